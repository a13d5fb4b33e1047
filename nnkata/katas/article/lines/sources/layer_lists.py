"""The entry of a written list of layers or functions that a loop goes over, where the entry is at fault."""

import ast
from collections.abc import Iterator, Mapping

from nnkata.katas.article.lines.sources.layer_tables import LAYERS, displays, iterated
from nnkata.katas.article.lines.sources.trees import tree
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.traces.place import Place
from nnkata.worker.tree import nodes, spans


def among(place: Place, layer: int, sources: Mapping[str, str]) -> Place | None:
    """The element for a layer of the only written tuple of functions in the function of a line."""
    module = tree(sources.get(place.file, ""))
    within = [n for n in nodes(module) if isinstance(n, ast.FunctionDef) and spans(n, place.line)]
    made = {n.name for n in nodes(module) if isinstance(n, ast.FunctionDef)}
    shown = [n for n in ast.walk(within[-1]) if isinstance(n, ast.Tuple | ast.List)] if within else []
    found = [
        n.elts
        for n in shown
        if len(n.elts) == LAYERS and {one.id for one in n.elts if isinstance(one, ast.Name)} & made
    ]
    return Place(place.file, found[0][layer - 1].lineno) if len(found) == 1 else None


def keyed(place: Place, layer: int, sources: Mapping[str, str]) -> Place | None:
    """The entry for a layer of the written list of dicts over which the loop around a line goes.

    Not if its texts are those that a right list has: alike for both hidden layers, others for the output.
    """
    module = tree(sources.get(place.file, ""))
    line = [n for n in nodes(module) if isinstance(n, ast.Subscript) and n.lineno == place.line]
    said: set[object] = {n.slice.value for n in line if isinstance(n.slice, ast.Constant)}
    for gone_over in iterated(place, module):
        for items in displays(gone_over, module):
            dicts = [item for item in items if isinstance(item, ast.Dict)]
            if len(dicts) != LAYERS:
                continue
            texts = [_texts(one, said) for one in dicts]
            for key in (one for one in texts[0] if one in texts[1] and one in texts[2]):
                first, second, last = (text[key] for text in texts)
                if (first != second and layer < LAYERS) or (first == second == last and layer == LAYERS):
                    return Place(place.file, dicts[layer - 1].lineno)
    return None


def _texts(node: ast.Dict, said: set[object]) -> dict[object, str]:
    """The texts that a written dict has under some keys, but for the keys of weights."""
    pairs = zip(node.keys, node.values, strict=True)
    found = {k.value: v.value for k, v in pairs if isinstance(k, ast.Constant) and isinstance(v, ast.Constant)}
    return {key: text for key, text in found.items() if key in said and isinstance(text, str) and text not in WEIGHTS}


def of_a_kind(place: Place, layer: int, sources: Mapping[str, str]) -> Place | None:
    """The call that makes a layer, with another kind than a right list of layers has, on which a `match` depends.

    A right one has the same kind for both hidden layers, and another for the output.
    """
    module = tree(sources.get(place.file, ""))
    asked = [n.subject for n in nodes(module) if isinstance(n, ast.Match) and spans(n, place.line)]
    names = {one.attr for one in asked if isinstance(one, ast.Attribute)}
    for made in (n for n in nodes(module) if isinstance(n, ast.ClassDef)):
        fields = [n.target.id for n in made.body if isinstance(n, ast.AnnAssign) and isinstance(n.target, ast.Name)]
        calls = [n for n in nodes(module) if isinstance(n, ast.Call) and ast.unparse(n.func) == made.name]
        for place_in in (number for number, name in enumerate(fields) if name in names and len(calls) == LAYERS):
            calls.sort(key=lambda call: (call.lineno, call.col_offset))
            if all(len(call.args) > place_in for call in calls):
                first, second, last = (ast.unparse(call.args[place_in]) for call in calls)
                if (first != second and layer < LAYERS) or first == second == last:
                    return Place(place.file, calls[layer - 1].lineno)
    return None


def told(place: Place, sources: Mapping[str, str]) -> Place | None:
    """The only line that puts a value under the key by which a line takes its function: `act="softmax"`."""
    module = tree(sources.get(place.file, ""))
    within = [n for n in nodes(module) if isinstance(n, ast.FunctionDef) and spans(n, place.line)]
    called = [n.func for n in nodes(module) if isinstance(n, ast.Call) and n.lineno == place.line]
    names = {one.id for one in called if isinstance(one, ast.Name)}
    made = [n for n in ast.walk(within[-1]) if isinstance(n, ast.Assign)] if within else []
    called += [n.value for n in made if n.lineno < place.line and names & set(map(ast.unparse, n.targets))]
    slices = [n.slice for one in called for n in ast.walk(one) if isinstance(n, ast.Subscript)]
    keys = {one.value for one in slices if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    pairs: list[tuple[object, ast.expr]] = [(n.arg, n.value) for n in nodes(module) if isinstance(n, ast.keyword)]
    pairs += [
        (key.value, value)
        for n in nodes(module)
        if isinstance(n, ast.Dict)
        for key, value in zip(n.keys, n.values, strict=True)
        if isinstance(key, ast.Constant)
    ]
    lines = {value.lineno for key, value in pairs if key in keys}
    return Place(place.file, lines.pop()) if len(lines) == 1 else None


def lineup(place: Place, sources: Mapping[str, str]) -> Place | None:
    """The line that makes the list of layers, each by a call, over which the loop around a line goes."""
    every = nodes(tree(sources.get(place.file, "")))
    loops = [n for n in every if isinstance(n, ast.For) and n.lineno < place.line and spans(n, place.line)]
    said = {ast.unparse(loop.iter) for loop in loops}
    for made in every:
        if isinstance(made, ast.Assign) and isinstance(made.value, ast.List):
            calls = any(isinstance(n, ast.Call) for n in made.value.elts)
            if calls and not said.isdisjoint(map(ast.unparse, made.targets)):
                return Place(place.file, made.lineno)
    makers = {made.name for made in every if isinstance(made, ast.ClassDef) and not said.isdisjoint(_listed(made))}
    calls_ = (n for n in every if isinstance(n, ast.Call) and _lists(n) and ast.unparse(n.func) in makers)
    return next((Place(place.file, call.lineno) for call in calls_), None)


def _lists(call: ast.Call) -> bool:
    """Whether a call has several arguments, or one written list of calls."""
    one = call.args[0] if len(call.args) == 1 else None
    return len(call.args) > 1 or (isinstance(one, ast.List) and any(isinstance(n, ast.Call) for n in one.elts))


def _listed(made: ast.ClassDef) -> Iterator[str]:
    """The attributes in which a class keeps all arguments of its constructor, or its only one: `self.a = a`."""
    for init in (n for n in made.body if isinstance(n, ast.FunctionDef) and n.name == "__init__"):
        names = [init.args.vararg.arg] if init.args.vararg else [a.arg for a in init.args.args[1:]]
        for node in ast.walk(init):
            if isinstance(node, ast.Assign) and len(names) == 1:
                yield from map(ast.unparse, node.targets if names[0] in ast.unparse(node.value) else ())
