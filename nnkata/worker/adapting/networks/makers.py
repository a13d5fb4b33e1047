"""The ways to make a network: by the author's own lines, a class and the names of its parameters, or functions."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import ModuleType

import numpy as np

from nnkata.worker.adapting import graph, obstacles
from nnkata.worker.adapting.calls import AtHand, functions_of
from nnkata.worker.adapting.networks.construction import made_at, ways
from nnkata.worker.adapting.networks.data_widths import USUAL, Widths, own
from nnkata.worker.adapting.networks.layer_containers import CONTAINED, contained
from nnkata.worker.adapting.networks.layers import COMPOSED, is_layers, layer_lists
from nnkata.worker.adapting.networks.passed_parameters import DEEPER, LAYERS, settings
from nnkata.worker.adapting.networks.python_numbers import GATHERED, gathered, lists
from nnkata.worker.adapting.networks.size_arguments import DICTS, SOFTMAX_DICTS
from nnkata.worker.adapting.networks.tensor_frameworks import SEQUENCE, sequences
from nnkata.worker.adapting.source.losses import losses
from nnkata.worker.adapting.source.script_loops import Block, blocks
from nnkata.worker.adapting.source.usual_names import FORWARD, key_of, role
from nnkata.worker.adapting.trying import Fails, value_of
from nnkata.worker.arguments import parameters_of

#: Networks of one file that are tried.
MAX_MAKERS = 30


@dataclass
class Maker:
    """One way: the lines of `new()`, the reason, and the network that it made when it was tried."""

    lines: list[str]
    why: str
    net: object
    #: For parameters that are passed around: their names, which are the keys of the dict that `net` is.
    names: tuple[str, ...] = ()
    #: For scripts: the lines in which the parameters take their step.
    block: Block | None = None
    #: Whether it is a list of layers, which functions are handed or nobody goes through.
    layers: bool = False
    #: Whether an output of it was another at the second call, as with dropout.
    random: bool = False
    #: Whether that was a way forward by its name: a function that trains or draws gives another result each time, too.
    drops: bool = False
    #: The widths of its data.
    widths: Widths = USUAL

    @property
    def chosen(self) -> bool:
        """Whether we chose its layers, which may be no network that the author means."""
        return self.why in (COMPOSED, CONTAINED)

    @property
    def passed(self) -> bool:
        """Whether functions take its parts, as it has no methods."""
        return bool(self.names) or self.layers


def makers(theirs: ModuleType, text: str) -> Iterator[Maker]:
    """Every way that works, the author's own first."""
    tree = ast.parse(text)
    seen: set[tuple[str, bool]] = set()  # a call may give a network, or parameters that are passed around
    made: set[str] = set()
    found = 0
    for lines, why, names in ways(tree, theirs):  # scripts come last, see below
        key = "\n".join(lines)
        if (key, bool(names)) in seen or found >= MAX_MAKERS or (not names and key.replace(DEEPER, LAYERS) in made):
            continue
        seen.add((key, bool(names)))
        try:
            net = value_of(lines, theirs)
        except Fails as error:
            obstacles.met("new", lines[0].removeprefix("return "), str(error))
            continue
        if not names and not isinstance(net, list) and (whole := gathered(lines, net, theirs)):
            found += 1
            yield Maker(whole[0], f"{why}; {GATHERED}", whole[1])
        if _is_network(net, names):
            found += 1
            made.add(key)
            yield Maker(lines, why, net, names)
        elif not isinstance(net, list | tuple):
            text = f"{type(net).__name__} has no method for the output with a usual name"
            obstacles.met("new", lines[0].removeprefix("return "), text)
    for lines in lists(tree, theirs):
        try:
            net = value_of(lines, theirs)
        except Fails:
            continue
        if isinstance(net, list) and (whole := gathered(lines, net, theirs)):
            yield Maker(whole[0], GATHERED, whole[1])
            break
    for lines, why in layer_lists(tree, theirs):
        try:
            net = value_of(lines, theirs)
        except Fails:
            continue
        if is_layers(net):
            yield Maker(lines, why, list(net), layers=True)
    for line in sequences(theirs):
        try:
            net = value_of([line], theirs)
        except Fails:
            continue
        yield Maker([line], SEQUENCE, net)
    for lines in contained(theirs):
        try:
            net = value_of(lines, theirs)
        except Fails as error:
            obstacles.met("new", lines[0].removeprefix("return "), str(error))
            continue
        yield Maker(lines, CONTAINED, net)
    for block in blocks(tree):
        for lines in _of_block(block, theirs):
            try:
                net = value_of(lines, theirs)
            except Fails:
                continue
            if net and any(array.ndim == 2 for array in graph.arrays(net, "net").values()):
                why = f"a script: lines {block.first} to {block.last} are its step"
                yield Maker(lines, why, net, tuple(net), block)
                break


def of_own_widths(theirs: ModuleType, text: str) -> Iterator[Maker]:
    """Every way again, with one output, and with the widths of the network's own data."""
    for maker in makers(theirs, text):
        if maker.chosen:
            continue
        yield from _of_one_output(maker, theirs)
        for widths in own(maker.net):
            if widths != USUAL:
                yield replace(maker, widths=widths, net=_fresh(maker, theirs))


def _fresh(maker: Maker, theirs: ModuleType) -> object:
    """Another network of the same lines: the trials of other widths may have set the first one up anew."""
    try:
        net = value_of(maker.lines, theirs)
    except Fails:
        return maker.net
    return list(net) if maker.layers else net


def _of_one_output(maker: Maker, theirs: ModuleType) -> Iterator[Maker]:
    """The network with one output in place of ten, where we chose its sizes: some networks know no other."""
    lines = [re.sub(r"(\b784\b.*)\b10\b", r"\g<1>1", line) for line in maker.lines]
    if lines == maker.lines or "np.eye" in "".join(lines):
        return
    try:
        net = value_of(lines, theirs)
    except Fails:
        return
    yield replace(maker, lines=lines, net=net, widths=Widths(USUAL.inputs, 1))


def _of_block(block: Block, theirs: ModuleType) -> Iterator[list[str]]:
    """The names that it updates, each made by the statements before it; those that hold arrays or layers."""
    held: list[str] = []
    given: dict[str, str] = {}
    one = False
    for name in block.updated:
        value, more = made_at(theirs, name, block.first)
        if own := graph.arrays({name: value}, "net"):
            held.append(name)
            given.update(more)
            again = graph.arrays({name: made_at(theirs, name, block.first)[0]}, "net")
            one = one or any(array is again.get(text) for text, array in own.items())  # that of the top level
    if held:
        texts = "".join(f", {name}={text}" for name, text in given.items())
        all_of = f"{{name: made(theirs, name, {block.first}{texts}) for name in {tuple(held)!r}}}"
        yield [f"return deepcopy({all_of})" if one else f"return {all_of}"]


def _is_network(net: object, names: tuple[str, ...]) -> bool:
    if names:
        return any(isinstance(value, np.ndarray) and value.ndim == 2 for value in _flat(net))
    if isinstance(net, type | ModuleType | np.ndarray):
        return False
    matrices = [array for array in graph.arrays(net, "net").values() if array.ndim == 2 and array.size > 1]
    return bool(functions_of(net, "net", FORWARD)) or (len(matrices) > 1 and hasattr(net, "__dict__"))


def _flat(value: object) -> Iterator[object]:
    if isinstance(value, Mapping):
        for item in value.values():
            yield from _flat(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _flat(item)
    else:
        yield value


def hand_of(maker: Maker, theirs: ModuleType) -> AtHand:
    """The parameters that are passed around, by their names, and all together; for layers also the file's loss."""
    if maker.layers:
        return AtHand({"params": ["net"]}, {"layers": "net", **losses(theirs)})
    if not maker.names:
        return AtHand(named=_own_weights(maker.net))
    given = [text for text in (DICTS, SOFTMAX_DICTS) if text in "".join(maker.lines)]
    named = {**_sizes_given(maker, theirs), **{name: f"net[{name!r}]" for name in maker.names}}
    if not any(key_of(name) == "w" for name in maker.names):  # all of them
        named["weights"] = "net"
    depth = sum(key_of(name).rstrip("0123456789") == "w" for name in maker.names)
    layers = [str(depth), str(depth + 1)] if depth else []  # the input counts as a layer, or it does not
    hand = AtHand({"params": ["net"], "architecture": given, "depth": layers}, named)
    hand.authored = lambda function: {
        name: [f"theirs.{name}"] for name in settings(theirs, function) if name not in named
    }
    return hand


def _own_weights(net: object) -> dict[str, str]:
    """The network's attributes with matrices, by their names: a method may be handed its own weights."""
    held = {name for name, value in getattr(net, "__dict__", {}).items() if _has_matrix(value)}
    return {name: f"net.{name}" for name in held if role(name) in ("unknown", "params")}


def _has_matrix(value: object) -> bool:
    return any(isinstance(item, np.ndarray) and item.ndim == 2 and min(item.shape) > 1 for item in _flat(value))


def _sizes_given(maker: Maker, theirs: ModuleType) -> dict[str, str]:
    """The lists of sizes with which a function made the parameters, by their names: other functions take them too."""
    for node in ast.walk(ast.parse("\n".join(line.removeprefix("return ") for line in maker.lines))):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("theirs."):
            names = [
                parameter.name
                for parameter in parameters_of(
                    getattr(theirs, ast.unparse(node.func).removeprefix("theirs."), None) or dict
                )
            ]
            return {n: ast.unparse(a) for n, a in zip(names, node.args, strict=False) if isinstance(a, ast.List)}
    return {}
