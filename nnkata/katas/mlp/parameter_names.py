"""The names of parameters that are a plain list: those of the adapter's own line, `return [net.W1, net.b1]`."""

import ast
import functools
import re
from collections.abc import Mapping, Sequence

#: The name of an item of a plain list.
PLACE = re.compile(r"\[\d+\]")
#: The beginning of the text of an array, which says no more than that it is the network's; a key that is a name.
OWNER, KEY = re.compile(r"^(net|theirs)\.(?=\w)"), re.compile(r"^net\[(['\"])(\w+)\1\]")
#: The most characters of a name.
LONGEST = 60


def titled(names: Sequence[str], sources: Mapping[str, str]) -> list[str]:
    """The names `[0]`, `[1]`, …, as the list in the source of `parameters` has them; others as they are.

    The source is read and not run; it names nothing if it has another number of items, or the same text twice.
    """
    if names and all(map(PLACE.fullmatch, names)):
        for text in sources.values():
            found = _listed(text)
            if len(found) == len(names):
                return list(found)
    return list(names)


@functools.lru_cache(maxsize=16)
def _listed(text: str) -> tuple[str, ...]:
    """The items of the list that the text's function `parameters` returns; none if it returns anything else."""
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    functions = [node for node in body if isinstance(node, ast.FunctionDef) and node.name == "parameters"]
    last = functions[-1].body[-1] if functions else None
    if not isinstance(last, ast.Return) or not isinstance(last.value, ast.List | ast.Tuple):
        return ()
    found = tuple(_short(ast.unparse(item)) for item in last.value.elts)
    plain = all(name.isprintable() and len(name) <= LONGEST for name in found)
    return found if plain and len(set(found)) == len(found) else ()


def _short(text: str) -> str:
    return KEY.sub(r"\2", OWNER.sub("", text))
