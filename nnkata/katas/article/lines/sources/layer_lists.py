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
