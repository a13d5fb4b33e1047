"""Which call gives the gradients: those that come, that are kept, or the step that the parameters take, held against
central differences of the output."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from nnkata.worker import foreign
from nnkata.worker.adapting import graph
from nnkata.worker.adapting.calls import AtHand, functions_of, items, ways
from nnkata.worker.adapting.makers import Maker, hand_of, returned_names
from nnkata.worker.adapting.names import BACKWARD, FORWARD, RATE, role
from nnkata.worker.adapting.outputs import DUMMIES, FORMS, Output
from nnkata.worker.adapting.trying import Fails, made_of, quietly

Array = np.ndarray[Any, Any]
DIRECTIONS = 2
STEP = 1e-4
#: Half step and tolerance in float32, where an output's rounding is 1e-7.
STEP_FLOAT32, TOLERANCE_FLOAT32 = 5e-3, 1e-1
#: Cosine of the slopes that were found and those that were measured, from which on they are the same.
ALIKE = 0.9995
#: Labels as a network may want them, by the form of its batch.
LABELS = {
    "rows": ["y", "y.argmax(1)", "y.argmax(1)[:, None]"],
    "columns": ["y.T", "y.argmax(1)", "y.argmax(1)[None, :]", "y"],
    "vector": ["b", "b.argmax()"],
    "column": ["b[:, None]", "b.argmax()", "b"],
    "row": ["b[None, :]", "b.argmax()", "b", "np.array([b.argmax()])"],
}
#: What a global variable of the author's script most likely is, by the role of its name.
GLOBALS = {"count": "len(x)", "rate": "0.1", "batch": "len(x)", "decay": "0.0"}
SINGLE = ("vector", "column", "row")


@dataclass
class Found:
    """One way to the gradients, and how well it fits: arrays that fit, and the likeness of all."""

    lines: list[str]
    fits: int
    natural: bool
    likeness: float
    #: Whether all of it is the slope of some loss.
    alike: bool = False
    #: Whether a batch's gradients are the mean, or the sum, of its parts'.
    additive: bool = False
    #: The call, where it moves the parameters.
    step: str = ""
    why: str = ""

    @property
    def rank(self) -> tuple[bool, bool, int, bool, float]:
        """Better ones are larger."""
        return self.alike, self.additive, self.fits, self.natural, round(self.likeness, 3)


class Slopes:
    """Central differences of the output along random directions, and what losses make of them."""

    def __init__(self, run: Any, maker: Maker, output: Output, x: Array, y: Array) -> None:
        rng = np.random.default_rng(11)
        self.n = len(x)
        self.parameters = output.parameters
        self.directions: dict[str, list[Array]] = {}
        changes: dict[str, list[Array]] = {}
        base = np.array(run(maker.net, x.copy()), float)
        for text, array in output.parameters.items():
            old = array.copy()
            step = STEP if array.dtype == np.float64 else STEP_FLOAT32
            for _number in range(DIRECTIONS):
                direction = rng.normal(size=array.shape)
                direction /= np.linalg.norm(direction)
                sides = []
                for sign in (1, -1):
                    array[...] = old + sign * step * direction
                    sides.append(np.array(run(maker.net, x.copy()), float))
                array[...] = old
                self.directions.setdefault(text, []).append(direction)
                changes.setdefault(text, []).append((sides[0] - sides[1]) / (2 * step))
        self.losses = {
            name: {text: np.array([(error * change).sum() for change in each]) for text, each in changes.items()}
            for name, error in _errors(base, y).items()
        }

    def judge(self, gradients: Mapping[str, Any]) -> tuple[int, bool, float]:
        """How many arrays fit one loss at one scale, whether that scale is usual, and the likeness of all together."""
        best = (0, False, -1.0)
        came = {}
        for text, value in gradients.items():
            array = np.asarray(value, float)
            if array.size == 1 and self.parameters[text].size > 1:
                array = np.full(self.parameters[text].shape, array.ravel()[0])
            if array.size == self.parameters[text].size:
                whole = array.reshape(self.parameters[text].shape)
                came[text] = np.array([(whole * direction).sum() for direction in self.directions[text]])
        if len(came) < len(gradients) or not all(np.isfinite(v).all() for v in came.values()):
            return best
        for slopes in self.losses.values():
            best = max(best, self._fit(came, slopes))
        return best

    def _fit(self, came: Mapping[str, Array], slopes: Mapping[str, Array]) -> tuple[int, bool, float]:
        scales = {}
        for text, own in came.items():
            right = slopes[text]
            scale = float(own @ right / (right @ right)) if (right @ right) > 0 else 0.0
            tolerance = 1e-3 if self.parameters[text].dtype == np.float64 else TOLERANCE_FLOAT32
            if np.all(np.abs(own - scale * right) <= tolerance * np.abs(own).max(initial=0.0)) and scale > 0:
                scales[text] = scale
        groups = [[t for t in scales if np.isclose(scales[t], scales[one], rtol=1e-2)] for one in scales]
        group = max(groups, key=len, default=[])
        usual = [f * s for f in (1, 0.5, 2, 0.1, 0.2) for s in (1, 1 / self.n)]
        natural = bool(group) and any(np.isclose(scales[group[0]], u, rtol=1e-2) for u in usual)
        a, b = np.concatenate(list(came.values())), np.concatenate([slopes[t] for t in came])
        norm = float(np.linalg.norm(a) * np.linalg.norm(b))
        return len(group), natural, float(a @ b / norm) if norm else -1.0


def _errors(out: Array, y: Array) -> dict[str, Array]:
    """The derivative by the output of every loss that it may have."""
    found = {"squared error": 2 * (out - y)}
    e = np.exp(out - out.max(axis=1, keepdims=True))
    found["cross-entropy of logits"] = e / e.sum(axis=1, keepdims=True) - y
    if out.min() > 0 and out.max() < 1:
        found["cross-entropy"] = -y / out
        found["binary cross-entropy"] = (out - y) / (out * (1 - out))
    return found


def gradients(
    maker: Maker, output: Output, theirs: ModuleType, tree: ast.Module, x: Array, y: Array, run: Any
) -> Iterator[Found]:
    """Every way that gives as many arrays as there are parameters; which is best is for the caller to say."""
    slopes = Slopes(run, maker, output, x, y)
    single = output.form in SINGLE
    hand = _hand(maker, output)
    for forward in _forwards(output):
        for call, given in _calls(maker, output, theirs, hand):
            there = set(vars(theirs))
            before = {text: array.copy() for text, array in output.parameters.items()}
            kept = {} if maker.names else {t: (a, a.copy()) for t, a in graph.arrays(maker.net, "net").items()}
            needs = re.search(r"\bv\b", given) is not None or FORMS[output.form] not in given
            kind = FORWARD.match(output.call.partition("(")[0].rpartition(".")[2]) is not None
            lines = [f"v = {forward}"] if maker.block is None and (needs or kind) else []
            try:
                lines, value = _acted(maker, theirs, lines, call, x, y)
            except Fails:
                _forget(theirs, there)
                _restore(output, before, maker)
                continue
            moved = _moved(maker, output, before)
            _restore(output, before, maker)
            yield from _seen(maker, output, slopes, single, lines, call, value, moved, kept, before, x, y, theirs)
            _forget(theirs, there)
            _restore(output, before, maker)


def _forget(theirs: ModuleType, there: set[str]) -> None:
    """Global variables that a try has set: the next one has to say what it needs."""
    for name in set(vars(theirs)) - there:
        delattr(theirs, name)


def _forwards(output: Output) -> list[str]:
    """The way forward that a way back relies on; where it wants labels, with the real ones."""
    for dummy in DUMMIES[output.form]:
        if dummy in output.call:
            return [output.call.replace(dummy, label) for label in LABELS[output.form]]
    return [output.call]


def _acted(maker: Maker, theirs: ModuleType, lines: list[str], call: str, x: Array, y: Array) -> tuple[list[str], Any]:
    """Call it; a global variable that it misses, which the author's script sets, is set by what its name says."""
    arguments = (maker.net, x.copy(), y.copy(), x[0].copy(), y[0].copy())
    for _attempt in range(3):
        try:
            with quietly():
                return lines, made_of("net, x, y, a, b", [*lines, f"g = {call}", "return g"], theirs)(*arguments)
        except Fails as error:
            missing = re.match(r"NameError: name '(\w+)' is not defined", str(error))
            text = GLOBALS.get(role(missing[1])) if missing else None
            if missing is None or text is None:
                raise
            lines = [f"theirs.{missing[1]} = {text}", *lines]
    raise Fails("too many global variables are missing")


def _hand(maker: Maker, output: Output) -> AtHand:
    hand = hand_of(maker.names, maker.net)
    hand.named.update({name: text for name, text in output.parts.items() if name not in hand.named})
    errors = {
        "rows": ["(OUT - y) / len(x)", "OUT - y", "-y / OUT / len(x)"],
        "columns": ["(OUT - y.T) / len(x)", "OUT - y.T"],
    }
    taken = output.taken if output.taken.startswith(("v", "net")) else "v"
    error = [e.replace("OUT", taken) for e in errors.get(output.form, [])]
    label, given = LABELS[output.form], FORMS[output.form]
    caches = [text for text in ("v[1]", "v[-1]", "v") if taken != text] if output.value is not None else []
    return hand.plus(
        input=[given],
        label=label,
        output=[taken],
        rate=["0.1"],
        epochs=["1"],
        batch=["len(x)"],
        count=["len(x)"],
        flag=["False", "True"],
        decay=["0.0"],
        error=[*error, *label],
        cache=caches,
        params=["net"],
        pair=["list(zip(x, y))", "[(a[:, None], b[:, None]) for a, b in zip(x, y)]"],
    )


def _calls(maker: Maker, output: Output, theirs: ModuleType, hand: AtHand) -> Iterator[tuple[str, str]]:
    if maker.block is not None:
        for call in maker.block.calls(FORMS[output.form], LABELS[output.form], set(vars(theirs))):
            yield call, call
        return
    own = [] if maker.names else functions_of(maker.net, "net", lambda name: bool(BACKWARD.search(name)))
    module = functions_of(theirs, "theirs", lambda name: bool(BACKWARD.search(name))) if maker.names else []
    order = ("back", "grad", "prop", "step", "batch", "update", "learn", "train", "fit", "loss", "cost")

    def rank(pair: tuple[str, Any]) -> int:
        return next((place for place, part in enumerate(order) if part in pair[0].lower()), len(order))

    for callee, function in sorted([*own, *module], key=rank):
        if callee == output.call.partition("(")[0] and not isinstance(output.value, tuple | dict):
            continue
        for arguments in ways(function, hand):
            yield f"{callee}({arguments})", arguments


def _moved(maker: Maker, output: Output, before: Mapping[str, Array]) -> dict[str, Array]:
    """How far each parameter has moved, where all are still there."""
    now = graph.arrays(maker.net, "net")
    moves = {t: now[t] - old for t, old in before.items() if t in now and now[t].shape == old.shape}
    return moves if len(moves) == len(before) and any(np.any(move) for move in moves.values()) else {}


def _restore(output: Output, before: Mapping[str, Array], maker: Maker) -> None:
    now = graph.arrays(maker.net, "net")
    for text, old in before.items():
        array = now.get(text)
        if array is not None and array.shape == old.shape and array.flags.writeable:
            array[...] = old
            output.parameters[text] = array


def _seen(
    maker: Maker,
    output: Output,
    slopes: Slopes,
    single: bool,
    lines: list[str],
    call: str,
    value: Any,
    moved: Mapping[str, Array],
    kept: Mapping[str, Any],
    before: Mapping[str, Array],
    x: Array,
    y: Array,
    theirs: ModuleType,
) -> Iterator[Found]:
    """What was returned, what is kept, and how far the parameters moved, each as gradients."""
    names = list(output.parameters)
    if moved:
        for rate in _rates(maker, call, theirs):
            done = [line.replace(" = ", " := ", 1) if line.startswith("v = ") else line for line in lines]
            first = [line for line in done if not line.startswith(("v := ",))]
            acts = ", ".join([*(line for line in done if line.startswith("v := ")), call])
            act = f"moved(parameters, net, lambda: ({acts}), {rate})"
            whole = _wrapped(first, act, single)
            found = _measured(maker, output, slopes, whole, theirs, x, y, before)
            if found is not None:
                found.step, found.why = call, f"the step that the parameters take, divided by {rate}"
                yield found
                if found.rank[0]:
                    return
    own = _called(call, value, theirs)
    for texts, arrays in [*_matched(items("g", value), output, own), *_kept_ones(maker, output, kept)]:
        body = [f"{call}" if all(t.startswith("net") for t in texts) else f"g = {call}"]
        result = ", ".join(
            _shaped(t, a, output.parameters[name]) for t, a, name in zip(texts, arrays, names, strict=True)
        )
        whole = _wrapped([*lines, *body], f"[{result}]", single)
        found = _measured(maker, output, slopes, whole, theirs, x, y, before)
        if found is not None:
            found.why = "returned" if texts[0].startswith("g") else "kept by the network"
            yield found
    if maker.block is not None and isinstance(value, dict):
        steps = ", ".join(f"({name} - {name.replace('net[', 'g[', 1)}) / RATE" for name in names)
        for rate in _rates(maker, call, theirs):
            whole = _wrapped([f"g = {call}"], f"[{steps}]".replace("RATE", rate), single)
            found = _measured(maker, output, slopes, whole, theirs, x, y, before)
            if found is not None:
                found.why = f"the step that the parameters take, divided by {rate}"
                yield found


def _called(call: str, value: Any, theirs: ModuleType) -> dict[str, str]:
    """What the function calls the parts of the tuple that it returns, by the text of each."""
    names = returned_names(_tree(theirs), call.partition("(")[0].rpartition(".")[2])
    return {f"g[{n}]": name for n, name in enumerate(names)} if isinstance(value, tuple) else {}


@cache
def _tree(theirs: ModuleType) -> ast.Module:
    return ast.parse(foreign.code_of(Path(str(theirs.__file__))))


def _wrapped(lines: list[str], result: str, single: bool) -> list[str]:
    if not single:
        return [*lines, f"return {result}"]
    if not lines:
        return [f"return mean_of(lambda a, b: {result}, x, y)"]
    return ["def one(a, b):", *(f"    {line}" for line in lines), f"    return {result}", "return mean_of(one, x, y)"]


def _shaped(text: str, came: Any, held: Array) -> str:
    if np.shape(came) == held.shape or np.size(came) != held.size:
        return text
    return f"np.reshape({text}, {held.shape})"


def _matched(
    parts: Iterator[tuple[str, Any]], output: Output, called: Mapping[str, str] | None = None
) -> Iterator[tuple[list[str], list[Any]]]:
    """Assignments of what came to the parameters: in their order, reversed, or by name."""
    found = [(text, value) for text, value in parts if isinstance(value, np.ndarray | np.floating | float)]
    held = output.parameters
    seen: set[tuple[str, ...]] = set()
    named = {_key((called or {}).get(text, text)) for text, _value in found}
    sure = len(held) > 0 and all(_key(name) in named for name in held) and len({_key(n) for n in held}) == len(held)
    for order in (found, found[::-1]):
        for by_name in (True,) if sure else (True, False):
            texts = _assigned(order, held, called or {}, by_name)
            if texts is not None and tuple(texts) not in seen:
                seen.add(tuple(texts))
                values = dict(found)
                yield texts, [values[text] for text in texts]


def _assigned(
    found: list[tuple[str, Any]], held: Mapping[str, Array], called: Mapping[str, str], by_name: bool
) -> list[str] | None:
    left = list(found)
    texts = []
    for name, array in held.items():
        fitting = [pair for pair in left if _may_be(pair[1], array)]
        if by_name:
            alike = [p for p in fitting if (key := _key(called.get(p[0], p[0]))) and key == _key(name)]
            fitting = alike or fitting
        exact = [pair for pair in fitting if np.shape(pair[1]) == array.shape] or fitting
        if not exact:
            return None
        texts.append(exact[0][0])
        left.remove(exact[0])
    return texts


def _may_be(value: Any, array: Array) -> bool:
    shape = tuple(size for size in np.shape(value) if size > 1)
    wanted = tuple(size for size in array.shape if size > 1)
    return shape == wanted or (np.size(value) == 1 and len(wanted) == 1)


def _key(text: str) -> str:
    """`g['dW1']` and `net.W1` have the same: what is left of the last name without the words for a gradient."""
    last = "".join(c if c.isalnum() else " " for c in text).split()
    name = "".join(last[-1:] if not (last and last[-1].isdigit()) else last[-2:]).lower()
    for word in ("gradients", "gradient", "grads", "grad", "nabla", "delta", "d"):
        name = name.removeprefix(word) if name != word else name
    return name.replace("weights", "w").replace("weight", "w").replace("biases", "b").replace("bias", "b")


def _kept_ones(maker: Maker, output: Output, kept: Mapping[str, Any]) -> Iterator[tuple[list[str], list[Any]]]:
    """Arrays that hang on the network, changed or new, and are none of its parameters."""
    if maker.names:
        return
    now = graph.arrays(maker.net, "net")
    own = [
        (text, array)
        for text, array in now.items()
        if text not in output.parameters
        and (text not in kept or kept[text][0] is not array or np.any(kept[text][1] != array))
    ]
    yield from _matched(iter(own), output)


def _rates(maker: Maker, call: str, theirs: ModuleType) -> list[str]:
    """What the step was divided by: what was handed in, what the network keeps, usual ones."""
    if re.search(r"\b0\.1\b", call):
        return ["0.1"]
    held = vars(maker.net) if hasattr(maker.net, "__dict__") else {}
    own = [f"net.{name}" for name, value in held.items() if RATE.match(name) and isinstance(value, float | int)]
    for name, value in held.items():
        inner = vars(value) if hasattr(value, "__dict__") and not callable(value) else {}
        own += [f"net.{name}.{n}" for n, v in inner.items() if RATE.match(n) and isinstance(v, float)]
    own += [f"theirs.{n}" for n, v in vars(theirs).items() if RATE.match(n) and isinstance(v, float | int)]
    return own or [*_literals(theirs), "1.0"]


@cache
def _literals(theirs: ModuleType) -> tuple[str, ...]:
    """Numbers that the file gives to names of a rate."""
    found: dict[str, None] = {}
    for node in ast.walk(_tree(theirs)):
        pairs: list[tuple[str, ast.AST]] = []
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name | ast.Attribute):
            pairs = [(ast.unparse(node.targets[0]).rpartition(".")[2], node.value)]
        elif isinstance(node, ast.FunctionDef):
            last = node.args.args[len(node.args.args) - len(node.args.defaults) :]
            pairs = [(a.arg, value) for a, value in zip(last, node.args.defaults, strict=True)]
        elif isinstance(node, ast.keyword) and node.arg:
            pairs = [(node.arg, node.value)]
        for name, value in pairs:
            if RATE.match(name) and isinstance(value, ast.Constant) and isinstance(value.value, float | int):
                found[repr(value.value)] = None
    return (*found, "0.01", "0.1", "0.001")


def _measured(
    maker: Maker,
    output: Output,
    slopes: Slopes,
    lines: list[str],
    theirs: ModuleType,
    x: Array,
    y: Array,
    before: Mapping[str, Array],
) -> Found | None:
    """The lines as they will stand in the adapter, on a fresh batch, held against the slopes."""
    names = list(before)
    text = f"parameters = lambda net: [{', '.join(names)}]"
    try:
        with quietly():
            value = made_of("net, x, y", [text, *lines], theirs)(maker.net, x.copy(), y.copy())
        pairs = dict(zip(names, value, strict=True))
        fits, natural, likeness = slopes.judge(pairs)
    except (Fails, ValueError, TypeError):
        return None
    finally:
        _restore(output, before, maker)
    doubles = all(array.dtype == np.float64 for array in output.parameters.values())
    alike = fits == len(names) if doubles else likeness > ALIKE  # whatever float32 makes of single arrays
    additive = alike or _additive(maker, output, [text, *lines], theirs, x, y, before)
    return Found(lines, fits, natural, likeness, alike, additive)


def _additive(
    maker: Maker,
    output: Output,
    lines: list[str],
    theirs: ModuleType,
    x: Array,
    y: Array,
    before: Mapping[str, Array],
) -> bool:
    """Whether two halves of a batch, each with the last class in it, give what the whole gives: mean or sum.

    Labels in a form that broadcasts into something else do not, and wrong gradients mostly do.
    """
    labels = np.eye(y.shape[1])[[9, 3, 5, 9]]
    tried = made_of("net, x, y", lines, theirs)
    parts = []
    try:
        for some in (slice(0, 4), slice(0, 2), slice(2, 4)):
            with quietly():
                value = tried(maker.net, x[:4][some].copy(), labels[some].copy())
            parts.append(np.concatenate([np.ravel(np.asarray(array, float)) for array in value]))
            _restore(output, before, maker)
        whole, one, other = parts
        scale = float(np.abs(whole).max(initial=0.0)) * 1e-3
        return any(bool(np.all(np.abs(whole - (one + other) * f) <= scale)) for f in (0.5, 1.0))
    except (Fails, ValueError, TypeError):
        return False
    finally:
        _restore(output, before, maker)
