"""Finds the call that gives the output, and the form of its batch."""

import ast
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from types import ModuleType

import numpy as np

from nnkata.worker.adapting import graph, obstacles
from nnkata.worker.adapting.calls import functions_of, items, others_of, takes_network, ways
from nnkata.worker.adapting.graph import Array
from nnkata.worker.adapting.networks.data_widths import Widths
from nnkata.worker.adapting.networks.layers import asked
from nnkata.worker.adapting.networks.makers import Maker, hand_of
from nnkata.worker.adapting.networks.tensor_frameworks import tensor_of
from nnkata.worker.adapting.source.string_options import options
from nnkata.worker.adapting.source.tuple_parts import parts_of
from nnkata.worker.adapting.source.usual_names import FORWARD
from nnkata.worker.adapting.trying import Fails, made_of, quietly
from nnkata.worker.foreign_code import layer_chains
from nnkata.worker.foreign_code.local_variables import locals_of

#: The possible forms of a batch: rows, columns, one sample as a vector, a column or a row, a stack of columns.
ACTIVATION = re.compile(r"^(relu|sigmoid|tanh|leaky_?relu|softmax)$", re.I)
FORMS = {
    "rows": "x",
    "columns": "x.T",
    "vector": "a",
    "column": "a[:, None]",
    "row": "a[None, :]",
    "stack": "x[:, :, None]",
}
#: The form of rows of samples for which columns come out; it is found where rows are tried.
TURNED = "turned"
#: The number of samples, for the forms of one.
SIZE = dict.fromkeys(("vector", "column", "row"), "1")
GIVEN = {**FORMS, TURNED: "x"}
RANK = ("forward", "feed", "prop", "call", "proba", "sequential", "output", "query", "evaluate", "predict")


@dataclass
class Output:
    """The way to the output: the call, the part of its value, the form."""

    form: str
    call: str  # with x or a in it
    taken: str  # the output's text in terms of `v`, the call's value
    line: str  # the whole, for a batch x of rows
    parameters: dict[str, Array] = field(default_factory=dict)
    #: The network's other arrays, as it made them; random ones stand in their place, to show sums that grow in them.
    others: dict[str, Array] = field(default_factory=dict)
    #: The parts of the call's value, for functions that take them as arguments: name to text in terms of `v`.
    parts: dict[str, str] = field(default_factory=dict)
    value: object = None
    #: Whether its function is named after a way forward.
    named: bool = True
    #: Whether a sample's output depends on the others of its batch: then the author may hand in one at a time.
    mixed: bool = False


def outputs(maker: Maker, theirs: ModuleType, text: str, x: Array) -> Iterator[Output]:
    """Every way to the output that works on a batch, the likeliest first."""
    tree = ast.parse(text)
    if maker.block is not None:
        known = dict(vars(theirs))
        for form, given in FORMS.items():
            for call in maker.block.calls(given, maker.widths.dummies(form), known):
                yield from _tried(maker, theirs, tree, form, call, x)
        return
    own = [] if maker.passed else functions_of(maker.net, "net", FORWARD)
    module = functions_of(theirs, "theirs", FORWARD)
    module = module if maker.passed else [pair for pair in module if takes_network(pair[1])]
    named = sorted([*own, *module], key=lambda pair: _rank(pair[0]))
    yield from _called(maker, theirs, tree, named, x)
    # a name may mislead, or belong to a function that leaves out values that the way back needs
    if maker.layers:
        return
    others = [] if maker.passed else others_of(maker.net, "net", named)
    others += [p for p in others_of(theirs, "theirs", named) if maker.passed or takes_network(p[1])]
    for output in _called(maker, theirs, tree, others, x):
        if handed(GIVEN[output.form], output.call) and output.taken.startswith(
            "v"
        ):  # a setter gives nothing, and keeps its argument
            output.named = False
            yield output


def _called(
    maker: Maker, theirs: ModuleType, tree: ast.Module, calls: Sequence[tuple[str, Callable[..., object]]], x: Array
) -> Iterator[Output]:
    """The outputs of these methods and functions, in each form of a batch; for layers alone also those through all."""
    tensor = tensor_of(theirs)
    for form, given in FORMS.items():
        for callee, function in calls:
            hand = hand_of(maker, theirs).plus(
                input=[given, *([f"{tensor}({given})"] if tensor else [])],
                flag=["False"],
                index=["0"],
                evaluating=["True"],
                label=maker.widths.dummies(form),
                classes=[str(maker.widths.classes)],
                params=["net"],
                function=functions(theirs),
                batch=[SIZE.get(form, "len(x)"), given],  # called batch, it may be its size or its samples
                count=[SIZE.get(form, "len(x)")],
            )
            hand.options = lambda name: options(theirs, name)
            for arguments in ways(function, hand):
                call = f"{callee}({arguments})"
                if handed(given, call):
                    yield from _tried(maker, theirs, tree, form, call, x)
        if maker.layers:
            texts = {"label": maker.widths.dummies(form), "flag": ["False"], "evaluating": ["True"]}
            for more in asked(maker.net, layer_chains.FORWARD, texts):
                yield from _tried(maker, theirs, tree, form, f"through(net, {given}{more})", x)


def handed(given: str, call: str) -> bool:
    """Whether the samples are an argument: `argmax` has an x too, and `len(x)` hands none in."""
    return re.search(rf"(?:(?<!len)\(|=|, ){re.escape(given)}(?=[,)])", call) is not None


def functions(theirs: ModuleType) -> list[str]:
    """The file's activations, by their usual names."""
    return [f"theirs.{n}" for n, v in vars(theirs).items() if callable(v) and ACTIVATION.match(n)]


def _rank(text: str) -> int:
    name = text.rpartition(".")[2].lower()
    return next((place for place, part in enumerate(RANK) if part in name), len(RANK))


def _tried(maker: Maker, theirs: ModuleType, tree: ast.Module, form: str, call: str, x: Array) -> Iterator[Output]:
    held = None if maker.passed else dict(getattr(maker.net, "__dict__", {}))
    try:
        with quietly():
            value = made_of("net, x, a", [f"return {call}"], theirs)(maker.net, x.copy(), x[0].copy())
    except Fails as error:
        obstacles.met("output", call, str(error))
        _put_back(maker.net, held)
        return
    places = list(items("v", value)) if value is not None else []
    if maker.block is not None:  # a bias after its step may look like an output
        places = [pair for pair in places if not any(pair[0].startswith(f"v[{n!r}]") for n in maker.block.updated)]
    name = call.partition("(")[0].rpartition(".")[2]
    parts = {n: f"v[{place}]" for place, n in enumerate(parts_of(theirs, name))} if isinstance(value, tuple) else {}
    if isinstance(value, dict):
        parts.update({str(key): f"v[{key!r}]" for key in value})
    found = [(text, array) for text, array in places if _fits(array, form, maker.widths)]
    if form == "rows" and not found:
        turned = [(text, array) for text, array in places if _fits(array, TURNED, maker.widths)]
        found, form = (turned, TURNED) if turned else (found, form)
    if not found and not maker.passed:  # it is stored and not returned
        kept = graph.arrays(maker.net, "net").items()
        found = [(text, array) for text, array in kept if _fits(array, form, maker.widths)]
    if not found:
        obstacles.met("output", call, _instead(value, maker.widths))
        _put_back(maker.net, held)
    digits = all(np.isin(array, (0, 1)).all() for _text, array in found)  # nothing, or one-hot rows of the digits
    if digits and not call.startswith("inside") and maker.block is None:
        yield from _inside(maker, theirs, tree, form, call, x)
        if not found:
            _put_back(maker.net, held)  # a call that trains has run once more
    for taken, _array in sorted(found, key=lambda pair: not _sums_to_one(pair[1], form)) if places else reversed(found):
        yield Output(form, call, taken, _line(call, taken, form, maker.widths), parts=parts, value=value)


def _put_back(net: object, held: dict[str, object] | None) -> None:
    """Give the network its attributes again: a call that is no way forward may have set up another one."""
    if held:
        vars(net).clear()
        vars(net).update(held)


def _inside(maker: Maker, theirs: ModuleType, tree: ast.Module, form: str, call: str, x: Array) -> Iterator[Output]:
    """The outputs that a call computes and does not return, as one that gives the digits alone: its local variables."""
    before = {text: array.copy() for text, array in graph.arrays(maker.net, "net").items()}
    run = made_of("net, x, a", [f"return {call}"], theirs)
    try:
        with quietly():
            held = locals_of(lambda: run(maker.net, x.copy(), x[0].copy()))
    except Fails:
        return
    now = graph.arrays(maker.net, "net")
    if any(text not in now or not np.array_equal(now[text], array) for text, array in before.items()):
        return  # it trains
    fitting = [(key, array) for key, array in held.items() if _fits(array, form, maker.widths)]
    for (function, name), _array in sorted(fitting, key=lambda pair: not _sums_to_one(pair[1], form)):
        yield from _tried(maker, theirs, tree, form, f"inside(lambda: {call}, {function!r}, {name!r})", x)


def _instead(value: object, widths: Widths) -> str:
    """What came in place of an output."""
    if value is None:
        return "returns nothing, and no array of the network has the shape of an output"
    shapes = [str(np.shape(array)) for _text, array in items("v", value) if np.ndim(array)]
    came = f"arrays of {', '.join(shapes[:3])}" if shapes else type(value).__name__
    return f"gives {came}, where ({widths.n}, {widths.classes}) is wanted"


def _fits(array: object, form: str, widths: Widths) -> bool:
    if not isinstance(array, np.ndarray) or array.dtype.kind != "f" or not np.isfinite(array).all():
        return False
    n, k = widths.n, widths.classes
    shapes = {"rows": (n, k), "columns": (k, n), TURNED: (k, n), "stack": (n, k, 1)}
    if widths.one and array.shape == (n,) and form in ("rows", "columns"):
        return True
    return array.shape == shapes[form] if form in shapes else array.size == k


def _sums_to_one(array: Array, form: str) -> bool:
    axis = {"columns": 0, TURNED: 0, "rows": -1, "stack": 1}.get(form)
    if form in SIZE and array.size > 1:
        array, axis = np.asarray(array).reshape(1, -1, 1)[:, :, [0, 0]], 1  # as two samples; a matrix has no third axis
    if array.ndim < 2 or 1 in array.shape[:2]:  # of one output
        return True
    sums = array.sum(axis=axis)
    return bool(np.allclose(sums, 1, rtol=1e-4) and array.min() >= 0)


def _line(call: str, taken: str, form: str, widths: Widths) -> str:
    """The output of the whole batch, (n, k), as one or two statements."""
    kept = taken.startswith("net")
    value = f"({call}, {taken})[1]" if kept else taken.replace("v", call, 1) if taken.startswith("v") else call
    if widths.one and form in FORMS and form not in SIZE:
        return f"return np.reshape({value}, (-1, 1))"
    if form == "rows":
        return f"return {value}"
    if form in ("columns", TURNED, "stack"):
        return f"return {value}" + ("[:, :, 0]" if form == "stack" else ".T")
    return f"return np.stack([np.ravel({value}) for a in x])"
