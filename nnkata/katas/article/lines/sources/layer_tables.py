"""The entry of a table, a tuple or a call that gave a line of all layers the wrong function or the wrong number."""

import ast
from collections.abc import Callable, Iterator, Mapping

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.lines.sources.trees import parameters, tree
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen
from nnkata.worker.tree import nodes, spans

#: Functions that people take for the one of a layer.
BENDS: tuple[Callable[[Array], Array], ...] = (
    oracle.sigmoid,
    oracle.softmax,
    oracle.sigmoid_derivative,
    np.tanh,
    lambda z: z,
    lambda z: np.maximum(z, 0.0),
    lambda z: np.maximum(z, 0.01 * z),
)
LAYERS = 3


def bent(value: Array, z: Array) -> bool:
    """Whether a value is that of another function of z."""
    return any(near(value, bend(z)) for bend in BENDS)


def chosen(place: Place, layer: int, sources: Mapping[str, str]) -> Place | None:
    """The line that names the function which a line applies for a layer: in a loop's tuple, a table, or a call."""
    module = tree(sources.get(place.file, ""))
    within = [n for n in nodes(module) if isinstance(n, ast.FunctionDef) and spans(n, place.line)]
    for node in (n for n in nodes(module) if isinstance(n, ast.Call) and n.lineno == place.line):
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        told = node.func
        if isinstance(told, ast.Call) and ast.unparse(told.func) == "getattr" and len(told.args) == 2:
            told = told.args[1]  # by its name: getattr(net, self.function)(z)
        if isinstance(told, ast.Attribute) and isinstance(told.value, ast.Name):
            name = told.attr
        if not name or not within:
            continue
        line = _looped(within[-1], name, layer, place.line, module) if isinstance(node.func, ast.Name) else None
        makers = [n.name for n in within[:-1] if name in parameters(n)]
        if isinstance(told, ast.Attribute):
            makers += [n.name for n in nodes(module) if isinstance(n, ast.ClassDef) and _is_given(n, name)]
        line = line or next((at for maker in makers if (at := _call(module, maker, layer))), None)
        if line:
            return Place(place.file, line)
    return None


def applied(seen: Seen, frame: int, place: Place, sources: Mapping[str, str]) -> Place | None:
    """The line that passed a function to the one of a frame, which applies its own parameter on a line."""
    module = tree(sources.get(place.file, ""))
    within = [n for n in nodes(module) if isinstance(n, ast.FunctionDef) and spans(n, place.line)]
    calls = [n for n in nodes(module) if isinstance(n, ast.Call) and n.lineno == place.line]
    names = {n.func.id for n in calls if isinstance(n.func, ast.Name)}
    return seen.call_of(frame) if frame and within and names & parameters(within[-1]) else None


def branch(place: Place, sources: Mapping[str, str]) -> Place | None:
    """The condition around a line, of whose two branches, each with a function of its own, the wrong one was taken."""
    for node in reversed([*nodes(tree(sources.get(place.file, "")))]):
        if isinstance(node, ast.If) and node.orelse and node.lineno < place.line <= (node.end_lineno or 0):
            one, other = (_called(part) for part in (node.body, node.orelse))
            if one and other and one != other:
                return Place(place.file, node.lineno)
        if isinstance(node, ast.Match):
            for case in (c for c in node.cases if c.body[0].lineno <= place.line <= (c.body[-1].end_lineno or 0)):
                if any(_called(other.body) - _called(case.body) for other in node.cases):
                    return Place(place.file, case.pattern.lineno)
    return None


def condition(place: Place, sources: Mapping[str, str]) -> Place | None:
    """The condition of a return that stands alone under it, without another branch."""
    for node in nodes(tree(sources.get(place.file, ""))):
        if not isinstance(node, ast.If) or node.orelse or not isinstance(node.body[0], ast.Return):
            continue
        if node.body[0].lineno == place.line != node.lineno:
            return Place(place.file, node.lineno)
    return None


def _called(body: list[ast.stmt]) -> set[str]:
    return {ast.unparse(n.func) for s in body for n in ast.walk(s) if isinstance(n, ast.Call)}


def numbers(place: Place, layer: int, sources: Mapping[str, str]) -> Place | None:
    """The entry of a table of numbers for a layer over which the loop around a line goes."""
    module = tree(sources.get(place.file, ""))
    for gone_over in iterated(place, module):
        for items in displays(gone_over, module):
            written = [n.value for one in items for n in ast.walk(one) if isinstance(n, ast.Constant)]
            if len(items) == LAYERS and any(type(value) is int for value in written):
                return Place(place.file, items[layer - 1].lineno)
    return None


def iterated(place: Place, module: ast.Module) -> Iterator[ast.expr]:
    """What the loops around a line go over, those within an expression too."""
    for node in nodes(module):
        if isinstance(node, ast.For) and node.lineno < place.line and spans(node, place.line):
            yield node.iter
        elif isinstance(node, ast.DictComp | ast.ListComp | ast.GeneratorExp) and spans(node, place.line):
            yield node.generators[0].iter


def doubled(sources: Mapping[str, str]) -> Place | None:
    """Of three calls that make one layer each by its key, the second with the same key."""
    for file, text in sources.items():
        calls: dict[str, list[tuple[int, int, str]]] = {}
        for node in (n for n in nodes(tree(text)) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)):
            every = [n for a in node.args for n in ast.walk(a)]  # in a lambda, too
            keys = [n.value for n in every if isinstance(n, ast.Constant) and n.value in WEIGHTS]
            if len(keys) == 1:
                calls.setdefault(ast.unparse(node.func), []).append((node.lineno, node.col_offset, str(keys[0])))
        for made in (sorted(one) for one in calls.values() if len(one) == LAYERS):
            keys_ = [key for _line, _column, key in made]
            if len(set(keys_)) == LAYERS - 1:
                return Place(file, next(line for n, (line, _c, key) in enumerate(made) if key in keys_[:n]))
    return None


def program(place: Place, sources: Mapping[str, str]) -> Place | None:
    """The line of the written list of steps, more than there are layers, over which the loop around a line goes."""
    module = tree(sources.get(place.file, ""))
    loops = (n for n in nodes(module) if isinstance(n, ast.For) and n.lineno < place.line)
    for loop in (n for n in loops if spans(n, place.line)):
        for items in displays(loop.iter, module):
            if len(items) > LAYERS and all(isinstance(item, ast.Tuple | ast.Constant) for item in items):
                return Place(place.file, items[0].lineno)
    return None


def _is_given(made: ast.ClassDef, name: str) -> bool:
    """Whether a class is made with a value of this name: a field, or a parameter of its constructor."""
    fields = {n.target.id for n in made.body if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)}
    inits = [n for n in made.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"]
    return name in fields or any(name in parameters(init) for init in inits)


def _looped(function: ast.FunctionDef, name: str, layer: int, line: int, module: ast.Module) -> int | None:
    """The element for a layer of the tuple from which a loop takes a name."""
    for loop in (n for n in ast.walk(function) if isinstance(n, ast.For) and n.lineno < line and spans(n, line)):
        targets = loop.target.elts if isinstance(loop.target, ast.Tuple) else [loop.target]
        if any(isinstance(n, ast.Name) and n.id == name for target in targets for n in ast.walk(target)):
            if there := _yielded(loop.iter, layer, module):
                return there
            for items in displays(loop.iter, module):
                named = all(isinstance(item, ast.Name | ast.Attribute | ast.Lambda) for item in items)
                if len(items) == LAYERS and named:
                    return items[layer - 1].lineno
    return None


def _yielded(iterated: ast.expr, layer: int, module: ast.Module) -> int | None:
    """The yield for a layer of the generator that a loop goes through: one each, or one in a loop and one for the
    last layer."""
    name = ast.unparse(iterated.func).rpartition(".")[2] if isinstance(iterated, ast.Call) else ""
    made = next((n for n in nodes(module) if isinstance(n, ast.FunctionDef) and n.name == name), None)
    yields = sorted(n.lineno for n in ast.walk(made) if isinstance(n, ast.Yield)) if made else []
    loops = [n for n in ast.walk(made) if isinstance(n, ast.For)] if made else []
    if len(yields) == LAYERS and not loops:
        return yields[layer - 1]
    if len(yields) == 2 and len(loops) == 1 and spans(loops[0], yields[0]) and not spans(loops[0], yields[1]):
        return yields[layer == LAYERS]
    return None


def displays(node: ast.expr, module: ast.Module) -> Iterator[list[ast.expr]]:
    """The tuples, lists and dicts written in an expression, or to which a name in it was assigned."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Tuple | ast.List):
            yield inner.elts
        elif isinstance(inner, ast.Name | ast.Attribute):
            said = ast.unparse(inner)
            for made in nodes(module):
                if isinstance(made, ast.Assign) and any(ast.unparse(target) == said for target in made.targets):
                    if isinstance(made.value, ast.Tuple | ast.List):
                        yield made.value.elts
                    elif isinstance(made.value, ast.Dict):
                        yield made.value.values


def _call(module: ast.Module, name: str, layer: int) -> int | None:
    """The call for a layer among the three that make one each: the one with its key, or by their order."""
    calls = [n for n in nodes(module) if isinstance(n, ast.Call) and ast.unparse(n.func).rpartition(".")[2] == name]
    if len(calls) != LAYERS:
        return None
    key = f"W{layer}"
    keyed = [n for n in calls if any(isinstance(a, ast.Constant) and a.value == key for a in n.args)]
    calls.sort(key=lambda n: (n.lineno, n.col_offset))
    return (keyed[0] if len(keyed) == 1 else calls[layer - 1]).lineno
