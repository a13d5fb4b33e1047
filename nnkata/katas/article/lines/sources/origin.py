"""The line above one that only uses a wrong value: a constant, a default, a choice, a selection."""

import ast
import re
from collections.abc import Iterator, Mapping

from nnkata.katas.article.lines.sources.trees import function_at, tree
from nnkata.traces.known import CLOSE, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen
from nnkata.worker.tree import nodes, spans

#: A variable or an attribute: `a`, `self.a`.
WORD = re.compile(r"^\w+(?:\.\w+)?$")
#: Numbers that the article, or a right network, has in preprocess and in the initialization.
AT_HOME = {-1, 0, 0.5, 1, 2, 3, 6, 10, 12, 28, 255, 784}


def constant(place: Place | None, sources: Mapping[str, str]) -> Place | None:
    """The line of an unusual number that a line uses, by a name of the module or a parameter; else the place."""
    statement, function = _around(place, sources) if place else (None, None)
    if place is None or statement is None:
        return place
    module = tree(sources[place.file])
    defined = [*_module(module), *(_defaults(function) if function else ())]
    defined += _bound(module, function) if function else ()
    for name in _names(statement):
        lines = [node.lineno for key, node in defined if key == name and node.value not in AT_HOME]
        if lines:
            return Place(place.file, lines[-1])
    return place


def _module(module: ast.Module) -> Iterator[tuple[str, ast.Constant]]:
    """The numbers to which a module gives names."""
    for node in module.body:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and _is_number(node.value):
            yield from ((t.id, node.value) for t in node.targets if isinstance(t, ast.Name))


def _defaults(function: ast.FunctionDef) -> Iterator[tuple[str, ast.Constant]]:
    """The numbers that are defaults of a function's parameters."""
    positional = [*function.args.posonlyargs, *function.args.args]
    pairs = [*zip(reversed(positional), reversed(function.args.defaults), strict=False)]
    pairs += [(a, d) for a, d in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True) if d]
    yield from ((a.arg, d) for a, d in pairs if isinstance(d, ast.Constant) and _is_number(d))


def _bound(module: ast.Module, function: ast.FunctionDef) -> Iterator[tuple[str, ast.Constant]]:
    """The numbers that `partial(function, name=number)` gives to its parameters."""
    for node in nodes(module):
        partial = isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "partial" and node.args
        if partial and isinstance(node, ast.Call) and ast.unparse(node.args[0]) == function.name:
            given = ((k.arg, k.value) for k in node.keywords if isinstance(k.value, ast.Constant))
            yield from ((name, value) for name, value in given if name and _is_number(value))


def _is_number(node: ast.Constant) -> bool:
    return isinstance(node.value, int | float) and not isinstance(node.value, bool)


def selected(place: Place, sources: Mapping[str, str]) -> Place:
    """The line that chose a function, or took an array by a computed index, where a line only applies it."""
    statement, function = _around(place, sources)
    call = _call(statement) if statement else None
    if function is None or call is None or not isinstance(call.func, ast.Name | ast.Attribute):
        return place
    given = [a for a in call.args if not isinstance(a, ast.Constant)]
    if len(given) == 1 and isinstance(given[0], ast.Name) and (line := by_index(place, sources).get(given[0].id)):
        return line
    for name, node in _assigned(place, function):
        if (
            isinstance(call.func, ast.Name)
            and name == call.func.id
            and isinstance(node.value, ast.IfExp | ast.Subscript)
        ):
            return Place(place.file, node.lineno)
    return place


def by_index(place: Place, sources: Mapping[str, str]) -> dict[str, Place]:
    """The names on a line to which a line before it in the function gives an element by a computed index."""
    statement, function = _around(place, sources)
    if statement is None or function is None:
        return {}
    return {
        name: Place(place.file, node.lineno)
        for name, node in _assigned(place, function)
        if name in _names(statement) and any(isinstance(n, ast.Name) for n in _indices(node.value))
    }


def _indices(node: ast.expr) -> Iterator[ast.AST]:
    """The parts of the indices of an element, or of an element of an element: `kept[i][0]`."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "pop" and node.args:
        yield ast.Name("pop")  # an element by its place, too
    while isinstance(node, ast.Subscript | ast.Attribute):
        if isinstance(node, ast.Subscript):
            yield from ast.walk(node.slice)
        node = node.value


def renamed(seen: Seen, place: Place, value: Array, sources: Mapping[str, str]) -> Place:
    """The line that gave a value a second name, where a line takes it by that name; else the place."""
    statement, function = _around(place, sources)
    if statement is None or function is None:
        return place
    inside = {n for n, frame in enumerate(seen.frames) if function_at(frame.place, sources) is function}
    own = (e for e in seen.events if e.frame in inside and WORD.match(e.name) and e.name != "return")
    named = {e.name: e.place for e in own if e.value.size == value.size and near(e.value, value)}
    said = [ast.unparse(n) for n in ast.walk(statement) if isinstance(n, ast.Name | ast.Attribute)]
    taken = [(name, named[name]) for name in dict.fromkeys(said) if name in named]
    again = len(named) > 1 or any("." in name for name, _line in taken)
    return taken[0][1] if len(taken) == 1 and again and taken[0][1].line else place


def made_once(place: Place, sources: Mapping[str, str]) -> Place:
    """The line before a loop that makes the array into which each round writes and which it keeps; else the place."""
    function = _around(place, sources)[1]
    every = [*ast.walk(function)] if function else []
    for loop in (n for n in every if isinstance(n, ast.For)):
        calls = [n for n in ast.walk(loop) if isinstance(n, ast.Call) and ast.unparse(n.func).endswith(".append")]
        kept = [n.args[0] for n in calls if n.args] + [
            n.value for n in ast.walk(loop) if isinstance(n, ast.Yield) and n.value
        ]
        stored = [n.value for n in ast.walk(loop) if isinstance(n, ast.Subscript) and isinstance(n.ctx, ast.Store)]
        names = {n.id for n in kept if isinstance(n, ast.Name)} & {n.id for n in stored if isinstance(n, ast.Name)}
        made = [(n, t) for n in every if isinstance(n, ast.Assign) for t in n.targets]
        lines = [n.lineno for n, t in made if isinstance(t, ast.Name) and t.id in names]
        if len(lines) == 1 and function and function.lineno < lines[0] < loop.lineno:
            return Place(place.file, lines[0])
    return place


def factor(seen: Seen, place: Place, ratio: float, sources: Mapping[str, str]) -> Place | None:
    """The line before that gave a name on a line a number by which its value is wrong: a factor, or a divisor."""
    statement, function = _around(place, sources)
    if statement is None or function is None or not ratio or abs(abs(ratio) - 1) < CLOSE:
        return None
    names = {*_names(statement)}
    lines = {Place(place.file, node.lineno) for _name, node in _assigned(place, function)}
    for event in seen.events:
        if event.name in names and event.place in lines and event.value.size == 1:
            number = abs(float(event.value.ravel()[0]))
            if any(abs(number - one) < CLOSE * one for one in (abs(ratio), 1 / abs(ratio))):
                return event.place
    return None


def named(place: Place, sources: Mapping[str, str]) -> list[int]:
    """The lines of the function that give a name on a line an element, an attribute or another name, without a call."""
    statement, function = _around(place, sources)
    every = [*ast.walk(statement)] if statement else []
    bases = {id(n.value) for n in every if isinstance(n, ast.Subscript | ast.Attribute)}
    taken = {n.id for n in every if isinstance(n, ast.Name) and id(n) not in bases}  # whole, not by an element
    return [
        node.lineno
        for node in (ast.walk(function) if function else ())
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Subscript | ast.Attribute | ast.Name)
        if any(isinstance(target, ast.Name) and target.id in taken for target in node.targets)
    ]


def alias(place: Place, sources: Mapping[str, str]) -> Place:
    """The line before that only gives a parameter a second name, which a line takes; else the place."""
    statement, function = _around(place, sources)
    if statement is None or function is None:
        return place
    every = [(name, node) for name, node in _assigned(place, function) if name in _names(statement)]
    given = {arg.arg for arg in function.args.args}
    lines = [
        node.lineno
        for name, node in every
        if isinstance(node.value, ast.Name) and node.value.id in given and [n for n, _one in every].count(name) == 1
    ]
    return Place(place.file, lines[0]) if len(lines) == 1 else place


def _assigned(place: Place, function: ast.FunctionDef) -> Iterator[tuple[str, ast.Assign]]:
    """The assignments to single names above a line in its function."""
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and node.lineno < place.line:
            target = node.targets[0]
            for one in target.elts if isinstance(target, ast.Tuple) else [target]:
                if isinstance(one, ast.Name):
                    yield one.id, node


def _call(statement: ast.stmt) -> ast.Call | None:
    """The only call of a statement, but for one around it: `a = f(x)`, `self.a.append(f(x))`."""
    value = getattr(statement, "value", None)
    if isinstance(value, ast.Call) and len(value.args) == 1 and isinstance(value.args[0], ast.Call):
        value = value.args[0]
    return value if isinstance(value, ast.Call) else None


def element(place: Place, sources: Mapping[str, str]) -> Place:
    """In a comprehension over several lines, the line of its element for that of its bracket."""
    for node in nodes(tree(sources.get(place.file, ""))):
        if isinstance(node, ast.DictComp | ast.ListComp | ast.GeneratorExp) and node.lineno == place.line:
            inner = node.value if isinstance(node, ast.DictComp) else node.elt
            return Place(place.file, inner.lineno)
    return place


def _names(statement: ast.stmt) -> list[str]:
    return [n.id for n in ast.walk(statement) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]


def _around(place: Place, sources: Mapping[str, str]) -> tuple[ast.stmt | None, ast.FunctionDef | None]:
    """The innermost statement on a line, and its function."""
    found = [
        node
        for node in nodes(tree(sources.get(place.file, "")))
        if isinstance(node, ast.stmt) and spans(node, place.line)
    ]
    functions = [node for node in found if isinstance(node, ast.FunctionDef)]
    simple = [node for node in found if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.If | ast.With)]
    return (simple[-1] if simple else None), (functions[-1] if functions else None)
