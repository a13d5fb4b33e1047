"""The line because of which a list for the way back still has the values of the sample before."""

import ast
from collections.abc import Mapping

from nnkata.katas.article.lines.sources.statements import that_ran
from nnkata.katas.article.lines.sources.trees import parameters
from nnkata.traces.place import Place
from nnkata.traces.trace import Seen


def grown(forward: Seen, sources: Mapping[str, str]) -> Place | None:
    """Where a list of an object is cut in part, else the only line that appends to one; None if it is emptied.

    `forward` is the forward pass of a second sample, after which the way back raises as it did not for the first.
    """
    cuts, appends = list[Place](), list[Place]()
    for file, node in that_ran(forward.codes(), sources):
        held = parameters(node)
        for inner in ast.walk(node):
            if isinstance(inner, ast.Delete):
                parts = [t for t in inner.targets if isinstance(t, ast.Subscript) and _is_kept(t.value, held)]
                cuts += [Place(file, inner.lineno)] * bool(parts)
            elif isinstance(inner, ast.Assign):
                empty = isinstance(inner.value, ast.List) and not inner.value.elts
                if empty and any(isinstance(t, ast.Attribute) for t in inner.targets):
                    return None
            elif isinstance(inner, ast.Call) and isinstance(inner.func, ast.Attribute):
                kept = _is_kept(inner.func.value, held)
                if kept and inner.func.attr == "clear":
                    return None
                appends += [Place(file, inner.lineno)] * (kept and inner.func.attr == "append")
    return cuts[0] if cuts else appends[0] if len(appends) == 1 else None


def _is_kept(node: ast.expr, held: set[str]) -> bool:
    """Whether a list is an attribute, or an argument of the function: not one of its own."""
    return isinstance(node, ast.Attribute) or (isinstance(node, ast.Name) and node.id in held)
