"""Finds the call that gives the gradients: returned, stored, or as a step of the parameters.

They are compared with central differences of the output.
"""

import re
from collections.abc import Iterator
from functools import partial
from itertools import product
from types import ModuleType

import numpy as np

from nnkata.worker.adapting import obstacles
from nnkata.worker.adapting.calls import functions_of, items
from nnkata.worker.adapting.gradients.assigned_gradients import matched
from nnkata.worker.adapting.gradients.backward_calls import calls, hand_for
from nnkata.worker.adapting.gradients.found import Found
from nnkata.worker.adapting.gradients.learning_rates import doubling, rates
from nnkata.worker.adapting.gradients.measured import Tried
from nnkata.worker.adapting.gradients.slopes import Slopes
from nnkata.worker.adapting.gradients.stored_gradients import Act, kept_ones, sets, shaped, stored, wrapped
from nnkata.worker.adapting.gradients.trial_calls import acts
from nnkata.worker.adapting.graph import Array
from nnkata.worker.adapting.networks.data_widths import Widths
from nnkata.worker.adapting.networks.makers import Maker
from nnkata.worker.adapting.networks.tensor_frameworks import kept, losses
from nnkata.worker.adapting.outputs import GIVEN, Output, handed
from nnkata.worker.adapting.source.string_options import plain
from nnkata.worker.adapting.source.tuple_parts import parts_of
from nnkata.worker.adapting.source.usual_names import FORWARD, TRAIN, UPDATE, role
from nnkata.worker.adapting.trying import Function
from nnkata.worker.arguments import parameters_of
from nnkata.worker.foreign_code.tensors import is_tensor

#: Backward calls for which updates are tried.
MAX_BACKS = 4
#: Names of calls that make the gradients, or the step, of errors that the way back has kept; the most of them.
AGAIN, MAX_AGAIN = re.compile(r"update|apply|step|grad", re.I), 4
#: Ways forward without arguments that are tried for samples that the network keeps.
MAX_FORWARDS = 2
#: An error as labels minus output, for a step that adds.
REVERSED = re.compile(r"[(, ][yb](\.T|\[[^\]]*\])? - ")


def gradients(maker: Maker, output: Output, theirs: ModuleType, x: Array, y: Array, run: Function) -> Iterator[Found]:
    """Every way that gives as many arrays as there are parameters; the caller chooses the best."""
    tried = Tried(maker, output, theirs, x, y, Slopes(run, maker, output, x, y))
    yield from _of_tensors(tried)
    hand = hand_for(maker, output, theirs)
    for named in (True, False) if maker.block is None else (True,):
        credible = False
        for found in _of_calls(tried, list(calls(maker, output, theirs, hand, named))):
            credible = credible or found.credible
            yield found
        if credible:
            return


def _of_calls(tried: Tried, called: list[tuple[str, str]]) -> Iterator[Found]:
    """The gradients that these calls give, or several of them one after another."""
    maker, output = tried.maker, tried.output
    once = [f"net.{name} = 1" for name in tried.rounds]
    for first, forward in product(_settings(tried), _forwards(output, maker.widths)):
        backs: dict[tuple[str, bool], Act] = {}
        for call, given in called:
            needs = re.search(r"\bv\b", given) is not None or not handed(GIVEN[output.form], f"({given})")
            kind = FORWARD.match(output.call.partition("(")[0].rpartition(".")[2]) is not None
            lines = [f"v = {forward}"] if maker.block is None and (needs or kind or first) else []
            lines = [*first, *(once if TRAIN.match(call.partition("(")[0].rpartition(".")[2]) else []), *lines]
            for act in acts(tried, lines, call):
                seen = False
                for found in _seen(tried, act):
                    seen, found.call = True, call
                    yield found
                if not seen:
                    obstacles.met("gradients", call, "neither gives, keeps nor makes changes like the parameters")
                if not act.moved and not maker.names and maker.block is None:
                    backs.setdefault((call.partition("(")[0], bool(REVERSED.search(call))), act)
        updates, between = _updates(maker, called), list[Act]()
        for act in _after(tried, list(backs.values()), updates):  # forward, backward, and only then the step
            if act.moved:
                yield from _steps(tried, act)
            else:
                between.append(act)
                yield from _seen(tried, act)
        for act in _after(tried, between, updates):  # or a call that computes the gradients, and then the step
            if act.moved:
                yield from _steps(tried, act)


def _after(tried: Tried, before: list[Act], updates: list[str]) -> Iterator[Act]:
    """The outcomes of calls without data after others."""
    for call, first in product(updates, before[:MAX_BACKS]):
        if first.call.partition("(")[0] != call.partition("(")[0]:
            yield from acts(tried, [*first.lines, first.call], call)


def _settings(tried: Tried) -> Iterator[list[str]]:
    """Nothing; then the lines that give samples and labels to a network that keeps both as attributes.

    Its way forward may take them from there, and then goes before the way back.
    """
    yield []
    samples, labels = ([n for n in tried.attributes if role(plain(n)) == kind] for kind in ("input", "label"))
    if samples and labels:
        left, right = (" = ".join(f"net.{name}" for name in names) for names in (samples, labels))
        forwards = [
            f"{call}()"
            for call, function in functions_of(tried.maker.net, "net", FORWARD)
            if all(p.default is not p.empty for p in parameters_of(function))
        ]
        for label in tried.maker.widths.targets(tried.output.form):
            both = [f"{left} = {GIVEN[tried.output.form]}", f"{right} = {label}"]
            yield both
            yield from ([*both, forward] for forward in forwards[:MAX_FORWARDS])


def _of_tensors(tried: Tried) -> Iterator[Found]:
    """The gradients that tensors keep after the way back from a loss."""
    output, texts = tried.output, kept(list(tried.before))
    if not is_tensor(output.value) or not texts:
        return
    result = f"[{', '.join(texts)}]"
    for loss in losses(tried.theirs, output.call, output.value, tried.maker.widths.targets(output.form)):
        found = tried.measured(wrapped(["zeroed(net)", f"{loss}.backward()"], result, tried.single))
        if found is not None:
            found.why = "kept by its tensors"
            yield found
            if found.alike and found.natural:
                return


def _updates(maker: Maker, calls: list[tuple[str, str]]) -> list[str]:
    """Calls after the way back: a step with stored gradients, then those that need the samples again, and no labels."""
    if maker.names or maker.block is not None:
        return []
    data, samples = re.compile(r"\b[xyabv]\b"), re.compile(r"\b[ybv]\b")
    fitting = [c for c, given in calls if UPDATE.search(c.partition("(")[0]) and not data.search(given)]
    again = [c for c, given in calls if AGAIN.search(c.partition("(")[0]) and not samples.search(given)]
    return list(dict.fromkeys([*fitting, *again[:MAX_AGAIN]]))


def _forwards(output: Output, widths: Widths) -> list[str]:
    """The forward call before a backward call; with the real labels, if it needs labels."""
    call = re.sub(r", (\w+)=True", lambda found: "" if role(found[1]) == "evaluating" else found[0], output.call)
    for dummy in widths.dummies(output.form):
        if dummy in call:
            return [call.replace(dummy, label) for label in widths.targets(output.form)]
    return [call]


def _steps(tried: Tried, act: Act) -> Iterator[Found]:
    """The step of the parameters as gradients, for each possible rate."""
    first = [line for line in act.lines if sets(line)]
    done = [line.replace("v = ", "v := ", 1) if line.startswith("v = ") else line for line in act.lines]
    acts = ", ".join([*(line for line in done if line not in first), act.call])
    whole = wrapped(first, f"moved(parameters, net, lambda: ({acts}), 1.0)", tried.single)
    named = rates(tried.maker, act.call, tried.theirs)
    measured = [] if named == ["0.1"] else doubling(partial(tried.steps, whole), tried.maker.net, tried.theirs)
    for rate in dict.fromkeys([*measured, *named]):
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
    called = _called(call, act.value, tried.theirs)
    stepped = {f"g[{name!r}]" for name in maker.names} if maker.block is not None else set[str]()
    given = list(matched((pair for pair in items("g", act.value) if pair[0] not in stepped), held, called))
    for texts, arrays in [*given, *kept_ones(maker, tried.output, act.kept)]:
        if any(array is own for array in arrays for own in act.held):
            continue  # the parameters themselves
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
        yield from _from_new(tried, act, [name.replace("net[", "g[", 1) for name in held])
    elif maker.names and not act.moved:
        for texts, arrays in given:
            if all(np.shape(array) == own.shape for array, own in zip(arrays, held.values(), strict=True)):
                yield from _from_new(tried, act, texts)


def _from_new(tried: Tried, act: Act, texts: list[str]) -> Iterator[Found]:
    """The step as gradients, for each possible rate: the call gives the parameters after it, by these texts."""
    steps = ", ".join(f"({name} - {text}) / RATE" for name, text in zip(tried.before, texts, strict=True))
    for rate in rates(tried.maker, act.call, tried.theirs):
        lines = [*act.lines, f"g = {act.call}"]
        found = tried.measured(wrapped(lines, f"[{steps}]".replace("RATE", rate), tried.single))
        if found is not None:
            found.why = f"the step that the parameters take, divided by {rate}"
            yield found


def _called(call: str, value: object, theirs: ModuleType) -> dict[str, str]:
    """The function's names for the parts of its returned tuple, by access text."""
    names = parts_of(theirs, call.partition("(")[0].rpartition(".")[2])
    return {f"g[{n}]": name for n, name in enumerate(names)} if isinstance(value, tuple) else {}
