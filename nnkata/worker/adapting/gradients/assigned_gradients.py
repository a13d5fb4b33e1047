"""Assigns the arrays found to the parameters as their gradients: by name, by shape, by order."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

import numpy as np

from nnkata.worker.adapting.graph import Array
from nnkata.worker.adapting.source.usual_names import key_of


def matched(
    parts: Iterator[tuple[str, Any]], held: Mapping[str, Array], called: Mapping[str, str] | None = None
) -> Iterator[tuple[list[str], list[Any]]]:
    """Assignments of the arrays to the parameters: in order, reversed, the last list first, or by name."""
    found = [(text, value) for text, value in parts if isinstance(value, np.ndarray | np.floating | float)]
    seen: set[tuple[str, ...]] = set()
    named = {key_of((called or {}).get(text, text)) for text, _value in found}
    sure = len(held) > 0 and all(key_of(name) in named for name in held) and len({key_of(n) for n in held}) == len(held)
    lists = [list(group) for _key, group in groupby(found, key=lambda pair: pair[0].rpartition("[")[0])]
    for order in (found, [pair for own in reversed(lists) for pair in own], found[::-1]):
        for by_name in (True,) if sure else (True, False):
            texts = _assigned(order, held, called or {}, by_name)
            if texts is not None and tuple(texts) not in seen:
                seen.add(tuple(texts))
                values = dict(found)
                yield texts, [values[text] for text in texts]


def _assigned(
    found: list[tuple[str, Any]], held: Mapping[str, Array], called: Mapping[str, str], by_name: bool
) -> list[str] | None:
    left = list(found)
    texts = []
    for name, array in held.items():
        fitting = [pair for pair in left if _may_be(pair[1], array)]
        if by_name:
            alike = [p for p in fitting if (key := key_of(called.get(p[0], p[0]))) and key == key_of(name)]
            fitting = alike or fitting
        exact = [pair for pair in fitting if np.shape(pair[1]) == array.shape] or fitting
        if not exact:
            return None
        texts.append(exact[0][0])
        left.remove(exact[0])
    return texts


def _may_be(value: Any, array: Array) -> bool:
    shape = tuple(size for size in np.shape(value) if size > 1)
    wanted = tuple(size for size in array.shape if size > 1)
    return shape == wanted or (np.size(value) == 1 and len(wanted) == 1)
