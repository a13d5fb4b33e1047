"""Empties the caches of a submission's functions, so that a traced or edited call runs their code again."""

from collections.abc import Iterator
from functools import lru_cache

#: What `functools.lru_cache` and `functools.cache` make.
CACHED = type(lru_cache(len))


def forget(module: object) -> None:
    """Empty the caches of the module's functions and of its classes' methods."""
    for value in _values(module):
        if type(value) is CACHED:
            value.cache_clear()


def _values(module: object) -> Iterator[object]:
    for value in list(vars(module).values()):
        if isinstance(value, type):
            for method in list(vars(value).values()):
                yield getattr(method, "__func__", method) if isinstance(method, staticmethod | classmethod) else method
        yield value
