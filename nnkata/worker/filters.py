"""Keeps a submission's own filters of warnings from its import to its calls, away from the rest of the process."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

Action = Literal["ignore", "default", "always"]


class Filters:
    """The filters that a submission sets anywhere, such as `warnings.filterwarnings("ignore")`.

    A warning that it wants to see is recorded at each call. Those that raise are left out: its values would not come.
    """

    def __init__(self) -> None:
        self._own: list[tuple[Action, str, type[Warning], str, int]] = []

    def take(self) -> None:
        """Those of the process, for a submission that has been loaded already."""
        self._own = [kept for item in warnings.filters if (kept := _read(item))]

    @contextmanager
    def kept(self, others: Action) -> Iterator[list[warnings.WarningMessage]]:
        """A context with its filters, which records warnings; `others`: the action for warnings without a filter."""
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter(others)
            before = list(warnings.filters)
            for own in reversed(self._own):
                warnings.filterwarnings(*own)
            try:
                yield caught
            finally:
                self._own = [kept for item in warnings.filters if item not in before and (kept := _read(item))]


def _read(item: object) -> tuple[Action, str, type[Warning], str, int] | None:
    """A filter as the arguments that make it; None if it raises or has another form, as the list may hold anything."""
    if not (isinstance(item, tuple) and len(item) == 5) or item[0] == "error":
        return None
    action, message, category, module, line = item
    if not (isinstance(category, type) and issubclass(category, Warning) and isinstance(line, int)):
        return None
    return "ignore" if action == "ignore" else "always", _pattern(message), category, _pattern(module), line


def _pattern(of: object) -> str:
    text = of.pattern if isinstance(of, re.Pattern) else of
    return text if isinstance(text, str) else ""
