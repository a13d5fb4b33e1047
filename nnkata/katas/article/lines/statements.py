"""Statements of the sources by their kind: loops that ran, unused results, with statements, imports."""

import ast
from collections.abc import Collection, Iterator, Mapping

from nnkata.katas.article.lines.source import function_at, head, tree
from nnkata.seen import Place, Seen
from nnkata.worker.tree import nodes


def loops(seen: Seen, sources: Mapping[str, str], skip: Collection[int] = ()) -> list[Place]:
    """The heads of the loops of the functions that ran, the outer before the inner."""
    ran = list(dict.fromkeys(frame.code for number, frame in enumerate(seen.frames) if number not in skip))
    found = []
    for file, node in sorted(
        that_ran(ran, sources), key=lambda one: ran.index((Place(one[0], head(one[1])), one[1].name))
    ):
        inner = [n for n in ast.walk(node) if isinstance(n, ast.For | ast.While)]
        found += [Place(file, n.lineno) for n in sorted(inner, key=lambda n: n.lineno)]
    return found


def comprehensions(seen: Seen, sources: Mapping[str, str]) -> list[Place]:
    """The first lines of the loops in the comprehensions of the called function."""
    node = function_at(seen.frames[0].place, sources)
    inner = [n for n in ast.walk(node) if isinstance(n, ast.comprehension)] if node else []
    return [Place(seen.frames[0].place.file, n.iter.lineno) for n in inner]


def that_ran(codes: Collection[tuple[Place, str]], sources: Mapping[str, str]) -> Iterator[tuple[str, ast.FunctionDef]]:
    """The functions among these codes, each with its file."""
    for file, text in sources.items():
        for node in nodes(tree(text)):
            if isinstance(node, ast.FunctionDef) and (Place(file, head(node)), node.name) in codes:
                yield file, node


def dropped(place: Place, sources: Mapping[str, str]) -> Place:
    """The statement of an unused sum, product or comparison in the function; else the place itself."""
    for node in nodes(tree(sources.get(place.file, ""))):
        if isinstance(node, ast.FunctionDef) and node.lineno <= place.line <= (node.end_lineno or 0):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Expr) and isinstance(inner.value, ast.BinOp | ast.Compare):
                    return Place(place.file, inner.lineno)
    return place


def within_with(place: Place, sources: Mapping[str, str]) -> Place:
    """For the head of a with statement, at which Python leaves it, the line of the return within."""
    for node in nodes(tree(sources.get(place.file, ""))):
        if isinstance(node, ast.With) and node.lineno == place.line:
            inner = [n for n in ast.walk(node) if isinstance(n, ast.Return)]
            return Place(place.file, inner[-1].lineno) if inner else place
    return place


def raised(where: str) -> Place | None:
    """The place in the submission's exception: `network.py, line 21`."""
    file, comma, line = where.rpartition(", line ")
    return Place(file, int(line)) if comma and line.isdecimal() and len(line) < 8 else None


def imported(name: str, sources: Mapping[str, str]) -> Place | None:
    """The line that imports a module, by its top-level name."""
    for file, text in sources.items():
        for node in nodes(tree(text)):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module and node.level == 0 else []
            if any(each.partition(".")[0] == name for each in names) and isinstance(node, ast.stmt):
                return Place(file, node.lineno)
    return None
