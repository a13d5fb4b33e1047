"""Functions whose defaults name an absent variable, such as data of the top level: the same without these defaults.

Standard library only.
"""

import ast
from copy import deepcopy


def without(node: ast.stmt, name: str) -> ast.stmt | None:
    """A copy of a definition without the defaults that name a variable; None if it has none.

    Parameters before one of these lose theirs too, as Python demands.
    """
    copy, changed = deepcopy(node), False
    for inner in ast.walk(copy):
        if isinstance(inner, ast.FunctionDef):
            given = inner.args
            last = max((n for n, value in enumerate(given.defaults) if _names(value, name)), default=-1)
            alone = [None if value is not None and _names(value, name) else value for value in given.kw_defaults]
            changed = changed or last >= 0 or alone != given.kw_defaults
            given.defaults, given.kw_defaults = given.defaults[last + 1 :], alone
    return copy if changed else None


def _names(value: ast.expr, name: str) -> bool:
    return any(isinstance(node, ast.Name) and node.id == name for node in ast.walk(value))
