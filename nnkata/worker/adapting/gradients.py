"""Finds the call that gives the gradients: returned, stored, or as a step of the parameters.

They are compared with central differences of the output.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import product
from types import ModuleType
from typing import Any

import numpy as np

from nnkata.worker import chained
from nnkata.worker.adapting import graph, obstacles
from nnkata.worker.adapting.assigned import matched
from nnkata.worker.adapting.calls import AtHand, functions_of, items, takes_network, ways
from nnkata.worker.adapting.graph import Array
from nnkata.worker.adapting.layers import asked, loss_objects, losses_of, slopes_of_losses
from nnkata.worker.adapting.makers import Maker, hand_of
from nnkata.worker.adapting.measured import Found, Tried
from nnkata.worker.adapting.names import BACKWARD, FORWARD, TRAIN, UPDATE, role
from nnkata.worker.adapting.options import options, plain
from nnkata.worker.adapting.outputs import DUMMIES, GIVEN, SIZE, TURNED, Output
from nnkata.worker.adapting.parts import returned
from nnkata.worker.adapting.rates import rates, tree_of
from nnkata.worker.adapting.slopes import Slopes
from nnkata.worker.adapting.stored import Act, kept_ones, sets, shaped, stored, wrapped
from nnkata.worker.adapting.tensors import kept, losses
from nnkata.worker.adapting.trying import Fails, Function, made_of, quietly
from nnkata.worker.tensors import is_tensor

#: The possible forms of labels, by the form of the batch.
LABELS = {
    "rows": ["y", "y.argmax(1)", "y.argmax(1)[:, None]"],
    "columns": ["y.T", "y.argmax(1)", "y.argmax(1)[None, :]", "y"],
    "vector": ["b", "b.argmax()"],
    "column": ["b[:, None]", "b.argmax()", "b"],
    "row": ["b[None, :]", "b[:, None]", "b.argmax()", "b", "np.array([b.argmax()])"],  # rows in, columns out
    "stack": ["y[:, :, None]", "y"],
}
LABELS[TURNED] = LABELS["columns"]
#: A training set of one sample, for networks that go through a set by samples.
SETS = {"column": ["a[None, :, None]", "b[None, :, None]"], "row": ["a[None, None, :]", "b[None, None, :]"]}
#: The likely value of a global variable of the author's script, by the role of its name.
GLOBALS = {"count": "len(x)", "rate": "0.1", "batch": "len(x)", "decay": "0.0"}
#: The error about a value that the author's script sets before.
MISSING = re.compile(
    r"NameError: name '(?P<name>\w+)' is not defined|AttributeError: '\w+' object has no attribute '(?P<attribute>\w+)'"
)
#: Backward calls for which updates are tried.
MAX_BACKS = 4


def gradients(maker: Maker, output: Output, theirs: ModuleType, x: Array, y: Array, run: Function) -> Iterator[Found]:
    """Every way that gives as many arrays as there are parameters; the caller chooses the best."""
    tried = Tried(maker, output, theirs, x, y, Slopes(run, maker, output, x, y))
    yield from _of_tensors(tried)
    hand = _hand(maker, output, theirs)
    calls = list(_calls(maker, output, theirs, hand))
    for first, forward in product(_settings(tried), _forwards(output)):
        backs: dict[str, Act] = {}
        for call, given in calls:
            needs = re.search(r"\bv\b", given) is not None or GIVEN[output.form] not in given
            kind = FORWARD.match(output.call.partition("(")[0].rpartition(".")[2]) is not None
            lines = [f"v = {forward}"] if maker.block is None and (needs or kind or first) else []
            lines = [*first, *lines]
            for act in _acts(tried, lines, call):
                seen = False
                for found in _seen(tried, act):
                    seen, found.call = True, call
                    yield found
                if not seen:
                    obstacles.met("gradients", call, "neither gives, keeps nor makes changes like the parameters")
                if not act.moved and not maker.names and maker.block is None:
                    backs.setdefault(call.partition("(")[0], act)
        for call in _updates(maker, calls):  # forward, backward, and only then the step
            for back in list(backs.values())[:MAX_BACKS]:
                if back.call.partition("(")[0] != call.partition("(")[0]:
                    for act in _acts(tried, [*back.lines, back.call], call):
                        if act.moved:
                            yield from _steps(tried, act)


def _settings(tried: Tried) -> Iterator[list[str]]:
    """Nothing; then the lines that give samples and labels to a network that keeps both as attributes."""
    yield []
    samples, labels = ([n for n in tried.attributes if role(plain(n)) == kind] for kind in ("input", "label"))
    if samples and labels:
        left, right = (" = ".join(f"net.{name}" for name in names) for names in (samples, labels))
        for label in LABELS[tried.output.form]:
            yield [f"{left} = {GIVEN[tried.output.form]}", f"{right} = {label}"]


def _of_tensors(tried: Tried) -> Iterator[Found]:
    """The gradients that tensors keep after the way back from a loss."""
    output, texts = tried.output, kept(list(tried.before))
    if not is_tensor(output.value) or not texts:
        return
    result = f"[{', '.join(texts)}]"
    for loss in losses(tried.theirs, output.call, output.value, LABELS[output.form]):
        found = tried.measured(wrapped(["zeroed(net)", f"{loss}.backward()"], result, tried.single))
        if found is not None:
            found.why = "kept by its tensors"
            yield found
            if found.alike and found.natural:
                return


def _acts(tried: Tried, lines: list[str], call: str) -> Iterator[Act]:
    """Make the call, yield the outcome, and restore everything; again with each form of labels that are missing."""
    for label in LABELS[tried.output.form]:
        values = {**GLOBALS, "input": GIVEN[tried.output.form], "label": label}
        asked_for: set[str] = set()
        yield from _act(tried, lines, call, values, asked_for)
        if "label" not in asked_for:
            return


def _act(tried: Tried, lines: list[str], call: str, values: Mapping[str, str], asked_for: set[str]) -> Iterator[Act]:
    """Make the call, yield the outcome, and restore everything; yield nothing if the call fails."""
    maker, theirs = tried.maker, tried.theirs
    there, held = set(vars(theirs)), set(getattr(maker.net, "__dict__", ()))
    kept = {} if maker.names else {t: (a, a.copy()) for t, a in graph.arrays(maker.net, "net").items()}
    try:
        lines, value = _acted(tried, lines, call, values, asked_for)
        moved = _moved(maker, tried.before)
        tried.restore()
        yield Act(lines, call, value, moved, kept)
    except Fails as error:
        obstacles.met("gradients", call, str(error))
    finally:
        _forget(theirs, there)
        for name in set(getattr(maker.net, "__dict__", ())) - held:
            if role(name) in values:  # the next one has to set its own
                delattr(maker.net, name)
        tried.restore()


def _updates(maker: Maker, calls: list[tuple[str, str]]) -> list[str]:
    """Calls that take a step with stored gradients: they need no samples and no labels."""
    if maker.names or maker.block is not None:
        return []
    data = re.compile(r"\b[xyabv]\b")
    fitting = [c for c, given in calls if UPDATE.search(c.partition("(")[0]) and not data.search(given)]
    return list(dict.fromkeys(fitting))


def _forget(theirs: ModuleType, there: set[str]) -> None:
    """Remove the global variables that a trial has set: the next one has to set its own."""
    for name in set(vars(theirs)) - there:
        delattr(theirs, name)


def _forwards(output: Output) -> list[str]:
    """The forward call before a backward call; with the real labels, if it needs labels."""
    call = re.sub(r", (\w+)=True", lambda found: "" if role(found[1]) == "evaluating" else found[0], output.call)
    for dummy in DUMMIES[output.form]:
        if dummy in call:
            return [call.replace(dummy, label) for label in LABELS[output.form]]
    return [call]


def _acted(
    tried: Tried, lines: list[str], call: str, values: Mapping[str, str], asked_for: set[str]
) -> tuple[list[str], Any]:
    """Make the call; set a missing global variable, or attribute of the network, of the author's script by its name.

    `values` are their texts by role; the roles of those that were missing are put into `asked_for`.
    """
    maker, theirs, x, y = tried.maker, tried.theirs, tried.x, tried.y
    arguments = (maker.net, x.copy(), y.copy(), x[0].copy(), y[0].copy())
    for _attempt in range(5):
        try:
            with quietly():
                return lines, made_of("net, x, y, a, b", [*lines, f"g = {call}", "return g"], theirs)(*arguments)
        except Fails as error:
            missing = MISSING.match(str(error))
            name = (missing["name"] or missing["attribute"]) if missing else ""
            text = values.get(role(plain(name))) if name else None
            if missing is None or text is None or (maker.passed and missing["attribute"]):
                raise
            asked_for.add(role(plain(name)))
            lines = [f"{'theirs' if missing['name'] else 'net'}.{name} = {text}", *lines]
    raise Fails("too many values are missing")


def _hand(maker: Maker, output: Output, theirs: ModuleType) -> AtHand:
    hand = hand_of(maker, theirs)
    hand.options = lambda name: options(theirs, name)
    if not maker.passed:
        hand.named.update(loss_objects(theirs))
    hand.named.update({name: text for name, text in output.parts.items() if name not in hand.named})
    errors = {
        "rows": ["(OUT - y) / len(x)", "OUT - y", "-y / OUT / len(x)"],
        "columns": ["(OUT - y.T) / len(x)", "OUT - y.T"],
        "vector": ["OUT - b"],
        "column": ["OUT - b[:, None]"],
        "row": ["OUT - b[None, :]"],
        "stack": ["OUT - y[:, :, None]", "(OUT - y[:, :, None]) / len(x)"],
    }
    errors[TURNED] = errors["columns"]
    taken = output.taken if output.taken.startswith(("v", "net")) else "v"
    error = [e.replace("OUT", taken) for e in errors.get(output.form, [])]
    label, given = LABELS[output.form], GIVEN[output.form]
    caches = [text for text in ("v[1]", "v[-1]", "v") if taken != text] if output.value is not None else []
    if maker.layers:  # the file's own derivative of its loss is better evidence than ours
        error = [*slopes_of_losses(theirs, label[0], taken), *error]
    return hand.plus(
        input=[given, *SETS.get(output.form, [])[:1]],
        label=[*label, *SETS.get(output.form, [])[1:]],
        output=[taken, *label[:1]],  # a training pair may be called input and output
        rate=["0.1"],
        epochs=["1"],
        batch=[SIZE.get(output.form, "len(x)"), given],
        count=[SIZE.get(output.form, "len(x)")],
        flag=["False", "True"],
        evaluating=["False"],
        decay=["0.0"],
        error=[*error, *label],
        loss=losses_of(theirs),
        cache=caches,
        params=["net"],
        pair=["list(zip(x, y))", "[(a[:, None], b[:, None]) for a, b in zip(x, y)]"],
    )


def _calls(maker: Maker, output: Output, theirs: ModuleType, hand: AtHand) -> Iterator[tuple[str, str]]:
    if maker.block is not None:
        for call in maker.block.calls(GIVEN[output.form], LABELS[output.form], set(vars(theirs))):
            yield call, call
        return
    own = [] if maker.passed else functions_of(maker.net, "net", lambda name: bool(BACKWARD.search(name)))
    module = functions_of(theirs, "theirs", lambda name: bool(BACKWARD.search(name)))
    module = module if maker.passed else [pair for pair in module if takes_network(pair[1])]
    given = GIVEN[output.form]
    order = ("back", "grad", "prop", "step", "batch", "update", "learn", "train", "fit", "loss", "cost")

    def rank(pair: tuple[str, object]) -> int:
        return next((place for place, part in enumerate(order) if part in pair[0].lower()), len(order))

    for callee, function in sorted([*own, *module], key=rank):
        if callee == output.call.partition("(")[0] and not isinstance(output.value, tuple | dict):
            continue
        whole = given == "x.T" and TRAIN.match(callee.rpartition(".")[2])  # it may turn its set by itself
        for arguments in ways(function, hand.plus(input=[given, "x"]) if whole else hand):
            sets = [text in arguments for text in SETS.get(output.form, [])]
            if all(sets) or not any(sets):  # a set of samples needs a set of labels
                yield f"{callee}({arguments})", arguments
    if maker.layers:
        texts = {"rate": ["0.1"], "label": hand.roles["label"], "decay": ["0.0"], "flag": ["False"]}
        entered = any(chained.takes_entered(layer) for layer in maker.net) if isinstance(maker.net, list) else False
        of = f", of={GIVEN[output.form]}" if entered else ""
        asking = [of + more for more in asked(maker.net, chained.BACKWARD, texts)]
        for way, more in product(("back", "slopes"), asking):
            for error in [*hand.roles["error"], *hand.roles["output"]]:
                yield f"{way}(net, {error}{more})", f"{error}{more}"


def _moved(maker: Maker, before: Mapping[str, Array]) -> bool:
    """Whether a parameter has moved and all still exist."""
    now = graph.arrays(maker.net, "net")
    moves = {t: now[t] - old for t, old in before.items() if t in now and now[t].shape == old.shape}
    return len(moves) == len(before) and any(bool(np.any(move)) for move in moves.values())


def _steps(tried: Tried, act: Act) -> Iterator[Found]:
    """The step of the parameters as gradients, for each possible rate."""
    first = [line for line in act.lines if sets(line)]
    done = [line.replace("v = ", "v := ", 1) if line.startswith("v = ") else line for line in act.lines]
    acts = ", ".join([*(line for line in done if line not in first), act.call])
    for rate in rates(tried.maker, act.call, tried.theirs):
        moves = f"moved(parameters, net, lambda: ({acts}), {rate})"
        found = tried.measured(wrapped(first, moves, tried.single))
        if found is not None:
            found.step, found.why = act.call, f"the step that the parameters take, divided by {rate}"
            yield found
            if found.alike and found.natural:
                return


def _seen(tried: Tried, act: Act) -> Iterator[Found]:
    """The result, the stored arrays, and the step of the parameters, each as gradients."""
    maker, held, call = tried.maker, tried.output.parameters, act.call
    if act.moved:
        for step in _steps(tried, act):
            yield step
            if step.alike and step.natural:
                return
    own = _called(call, act.value, tried.theirs)
    returned = matched(items("g", act.value), held, own)
    for texts, arrays in [*returned, *kept_ones(maker, tried.output, act.kept)]:
        if all(text.startswith("net") for text in texts):
            found = stored(tried, act, texts, arrays)
        else:
            parts = zip(texts, arrays, held, strict=True)
            result = ", ".join(shaped(text, array, held[name]) for text, array, name in parts)
            found = tried.measured(wrapped([*act.lines, f"g = {call}"], f"[{result}]", tried.single))
        if found is not None:
            found.why = found.why or "returned"
            yield found
    if maker.block is not None and isinstance(act.value, dict):
        steps = ", ".join(f"({name} - {name.replace('net[', 'g[', 1)}) / RATE" for name in held)
        for rate in rates(maker, call, tried.theirs):
            found = tried.measured(wrapped([f"g = {call}"], f"[{steps}]".replace("RATE", rate), tried.single))
            if found is not None:
                found.why = f"the step that the parameters take, divided by {rate}"
                yield found


def _called(call: str, value: object, theirs: ModuleType) -> dict[str, str]:
    """The function's names for the parts of its returned tuple, by access text."""
    names = returned(tree_of(theirs), call.partition("(")[0].rpartition(".")[2])
    return {f"g[{n}]": name for n, name in enumerate(names)} if isinstance(value, tuple) else {}
