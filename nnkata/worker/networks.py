"""The networks of a submission by number, of which only the latest stay."""

import gc
import weakref
from typing import Any

#: The latest networks that stay: a network may hold an open file or threads, of which a process has few. A check makes
#: 96 to 155 and uses none after the fifth that follows it (measured on right, wrong and unfinished ones).
MAX_NETWORKS = 8


class Networks(dict[int, Any]):
    """Networks by the order in which they were made, from 1."""

    def __init__(self) -> None:
        super().__init__()
        self._made = 0

    def add(self, network: object) -> int:
        """Keep a network, and forget the oldest; return the new one's number."""
        self._made += 1
        self[self._made] = network
        if self._stays(self._made - MAX_NETWORKS) and self._made % MAX_NETWORKS == 0:
            gc.collect()  # layers that refer to their network keep it, and its files, until then
        return self._made

    def _stays(self, number: int) -> bool:
        """Forget a network; whether it is still there, since something refers to it, or may be."""
        if number not in self:
            return False
        try:
            reference = weakref.ref(self[number])
        except TypeError:  # its class has slots
            return self.pop(number) is not None
        del self[number]
        return reference() is not None
