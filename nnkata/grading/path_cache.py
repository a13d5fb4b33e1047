"""Answers about a path that are kept while a course is read, whose folders stay as they are meanwhile.

Each level of folders asks again whether the folders below hold code or a network; in a folder of a year, a term, a
course, a task and a section, each student's files were read eight times.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from pathlib import Path
from typing import TypeVar

Answer = TypeVar("Answer")
_KEPT: ContextVar[dict[tuple[object, str], object] | None] = ContextVar("kept", default=None)


@contextmanager
def kept() -> Iterator[None]:
    """Keep the answers until the end; a folder with other content has another path meanwhile."""
    token = _KEPT.set({})
    try:
        yield
    finally:
        _KEPT.reset(token)


def once(function: Callable[[Path], Answer]) -> Callable[[Path], Answer]:
    """The function, which answers from the cache; outside of `kept` it looks each time."""

    @wraps(function)
    def asked(path: Path) -> Answer:
        known = _KEPT.get()
        if known is None:
            return function(path)
        key = (function, str(path))
        if key not in known:
            known[key] = function(path)
        return known[key]  # type: ignore[return-value]  # the answer of this function

    return asked
