"""Statements of the sources by their kind: loops that ran, unused results, with statements, imports, empty arrays."""

import ast
import re
from collections.abc import Collection, Iterator, Mapping

from nnkata.katas.article.lines.sources.trees import function_at, head, tree
from nnkata.traces.place import Place
from nnkata.traces.trace import Seen
from nnkata.worker.tree import nodes, spans


def loops(seen: Seen, sources: Mapping[str, str], skip: Collection[int] = ()) -> list[Place]:
    """The heads of the loops of the functions that ran, the outer before the inner."""
    ran = list(dict.fromkeys(frame.code for number, frame in enumerate(seen.frames) if number not in skip))
    found = []
    for file, node in sorted(
        that_ran(ran, sources), key=lambda one: ran.index((Place(one[0], head(one[1])), one[1].name))
    ):
        apart = {
            n for one in ast.walk(node) if isinstance(one, ast.FunctionDef) and one is not node for n in ast.walk(one)
        }
        inner = [n for n in ast.walk(node) if isinstance(n, ast.For | ast.While) and n not in apart]
        found += [Place(file, n.lineno) for n in sorted(inner, key=lambda n: n.lineno)]
    return found


def comprehensions(seen: Seen, sources: Mapping[str, str]) -> list[Place]:
    """The first lines of the loops in the comprehensions of the called function."""
    node = function_at(seen.frames[0].place, sources)
    inner = [n for n in ast.walk(node) if isinstance(n, ast.comprehension)] if node else []
    return [Place(seen.frames[0].place.file, n.iter.lineno) for n in inner]


def again(seen: Seen, skip: Collection[int] = ()) -> Place | None:
    """The line on which a function calls itself, as a loop goes on."""
    inner = (n for n, f in enumerate(seen.frames) if f.parent >= 0 and n not in skip)
    return next(
        (seen.call_of(n) for n in inner if seen.frames[seen.frames[n].parent].code == seen.frames[n].code), None
    )


def shared(sources: Mapping[str, str]) -> Place | None:
    """The only line that makes one dict or list for several: `dict.fromkeys(keys, {})`, `[[]] * 3`, a default argument
    into which the function writes."""
    found = set[Place]()
    for file, text in sources.items():
        for node in nodes(tree(text)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "dict.fromkeys" and len(node.args) == 2:
                found |= {Place(file, node.lineno)} if isinstance(node.args[1], HOLDERS) else set()
            elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) and isinstance(node.left, ast.List):
                inner = [one for one in node.left.elts if isinstance(one, ast.Dict | ast.List)]
                found |= {Place(file, node.lineno)} if inner else set()
            elif isinstance(node, ast.FunctionDef):
                found |= {Place(file, default.lineno) for default in _written_defaults(node)}
    return next(iter(found)) if len(found) == 1 else None


#: Expressions that make something into which others write.
HOLDERS = (ast.Dict, ast.List, ast.Call)


def _written_defaults(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """The defaults that are dicts or lists into which the function writes by an index."""
    named = zip(reversed(function.args.args), reversed(function.args.defaults), strict=False)
    stored = (n for n in ast.walk(function) if isinstance(n, ast.Subscript) and isinstance(n.ctx, ast.Store))
    written = {ast.unparse(n.value) for n in stored}
    return (default for arg, default in named if isinstance(default, ast.Dict | ast.List) and arg.arg in written)


def that_ran(codes: Collection[tuple[Place, str]], sources: Mapping[str, str]) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions among these codes, each with its file."""
    for file, text in sources.items():
        for node in nodes(tree(text)):
            if isinstance(node, ast.FunctionDef) and (Place(file, head(node)), node.name) in codes:
                yield file, node


def dropped(place: Place, sources: Mapping[str, str]) -> Place:
    """The statement of an unused sum, product or comparison in the function; else the place itself."""
    module = tree(sources.get(place.file, ""))
    for node in nodes(module):
        if isinstance(node, ast.FunctionDef) and spans(node, place.line):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Expr) and _is_pure(inner.value, module):
                    return Place(place.file, inner.lineno)
    return place


def left_at_once(place: Place, sources: Mapping[str, str]) -> Place:
    """The return that leaves the `for` loop around a line in its first round, under no condition; else the place."""
    for node in nodes(tree(sources.get(place.file, ""))):
        around = isinstance(node, ast.For) and node.lineno < place.line and spans(node, place.line)
        if around and isinstance(node, ast.For) and isinstance(node.body[-1], ast.Return):
            return Place(place.file, node.body[-1].lineno)
    return place


def overwritten(place: Place, sources: Mapping[str, str]) -> Place:
    """The line of a loop that gives a name a new value in each round, where a line after the loop takes it as a sum.

    It is one if the name got a value before the loop, and no round looks at it; else the place itself.
    """
    functions = [n for n in nodes(tree(sources.get(place.file, ""))) if isinstance(n, ast.FunctionDef)]
    for function in (n for n in functions if spans(n, place.line)):
        loops_ = [n for n in ast.walk(function) if isinstance(n, ast.For) and (n.end_lineno or 0) < place.line]
        taken = [n.id for n in ast.walk(function) if isinstance(n, ast.Name) and n.lineno == place.line]
        for loop in loops_:
            said = [n for n in ast.walk(loop) if isinstance(n, ast.Name) and n.id in taken]
            before = {
                ast.unparse(target): made.value
                for made in ast.walk(function)
                if isinstance(made, ast.Assign) and made.lineno < loop.lineno
                for target in made.targets
            }
            for made in (n for n in loop.body if isinstance(n, ast.Assign) and isinstance(n.targets[0], ast.Name)):
                name = ast.unparse(made.targets[0])
                once = name in before and [n.id for n in said].count(name) == 1
                if once and isinstance(before[name], ast.Constant | ast.Call) and name in taken:
                    return Place(place.file, made.lineno)
    return place


#: Functions of NumPy, and methods of arrays, that give back a new array and leave their arguments as they are.
PURE = re.compile(
    r"^numpy\.(?:add|subtract|multiply|divide|true_divide|dot|matmul|outer|exp|maximum|minimum|clip|reshape|"
    r"transpose|ravel|append|concatenate|where|negative|square|sqrt|power|einsum|tensordot|sum|mean)$|"
    r"\.(?:reshape|transpose|ravel|flatten|astype|copy|clip|dot|sum|mean)$"
)


#: Those of them that take one array: a second one is that into which they write.
OF_ONE = re.compile(r"^numpy\.(?:exp|negative|square|sqrt)$")


def _of_numpy(function: ast.expr, module: ast.Module) -> str:
    """The name of a called function, with `numpy.` where the module has it from there, under whichever name."""
    name = ast.unparse(function)
    first, dot, rest = name.partition(".")
    for node in module.body:
        if isinstance(node, ast.ImportFrom) and node.module == "numpy" and not dot:
            name = next((f"numpy.{a.name}" for a in node.names if (a.asname or a.name) == first), name)
        elif isinstance(node, ast.Import) and any(
            a.name == "numpy" and (a.asname or a.name) == first for a in node.names
        ):
            name = f"numpy.{rest}"
    return name


def _is_pure(value: ast.expr, module: ast.Module) -> bool:
    """Whether an expression without a name for its result does nothing: a sum, `np.subtract(W, step)`, `x.copy()`."""
    if isinstance(value, ast.Call):
        written = any(keyword.arg == "out" for keyword in value.keywords)
        name = _of_numpy(value.func, module)
        return not written and len(value.args) < (2 if OF_ONE.search(name) else 3) and bool(PURE.search(name))
    return isinstance(value, ast.BinOp | ast.Compare)


def within_with(place: Place, sources: Mapping[str, str]) -> Place:
    """For the head of a with statement, at which Python leaves it, the line of the return within."""
    for node in nodes(tree(sources.get(place.file, ""))):
        if isinstance(node, ast.With) and node.lineno == place.line:
            inner = [n for n in ast.walk(node) if isinstance(n, ast.Return)]
            return Place(place.file, inner[-1].lineno) if inner else place
    return place


#: Methods that change their object, or their argument, and give nothing back.
IN_PLACE = {"shuffle", "sort", "append", "extend", "reverse", "update", "fill", "insert", "clear"}


def kept_nothing(place: Place, sources: Mapping[str, str]) -> Place | None:
    """The assignment of what such a method gives, to a name that a line uses."""
    for node in nodes(tree(sources.get(place.file, ""))):
        if isinstance(node, ast.FunctionDef) and spans(node, place.line):
            used = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and n.lineno == place.line}
            for one in (n for n in ast.walk(node) if isinstance(n, ast.Assign) and n.lineno < place.line):
                method = one.value.func if isinstance(one.value, ast.Call) else None
                names = {target.id for target in one.targets if isinstance(target, ast.Name)}
                if isinstance(method, ast.Attribute) and method.attr in IN_PLACE and names & used:
                    return Place(place.file, one.lineno)
    return None


def imported(name: str, sources: Mapping[str, str]) -> Place | None:
    """The line that imports a module, by its top-level name."""
    for file, text in sources.items():
        for node in nodes(tree(text)):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and node.level == 0 else []
            if any(each.partition(".")[0] == name for each in names) and isinstance(node, ast.stmt):
                return Place(file, node.lineno)
    return None


#: The functions that make an array of any numbers.
EMPTY = re.compile(r"\b(empty|empty_like)$")


def is_empty(place: Place, sources: Mapping[str, str]) -> bool:
    """Whether a line only makes an array whose numbers nobody has written: np.empty."""
    made = (n for n in nodes(tree(sources.get(place.file, ""))) if isinstance(n, ast.Assign) and n.lineno == place.line)
    return any(isinstance(n.value, ast.Call) and EMPTY.search(ast.unparse(n.value.func)) for n in made)
