"""Telling a thread to end, from a main thread that a signal may interrupt."""

from queue import Empty, SimpleQueue


class Stop:
    """A flag that stays set, in place of `threading.Event`.

    The exception of a signal's handler inside of `Event.set` can leave the event's lock taken; the next `set` then
    waits for ever (seen in CPython 3.11, whose `Condition.__enter__` is Python). Here each step is one call in C.
    """

    def __init__(self) -> None:
        self._told = False
        self._queue: SimpleQueue[None] = SimpleQueue()

    def set(self) -> None:
        """Tell the thread to end."""
        self._told = True
        self._queue.put(None)

    def is_set(self) -> bool:
        """Whether it was told."""
        return self._told

    def wait(self, seconds: float) -> bool:
        """Whether it was told, at the latest after so many seconds; for one thread."""
        if not self._told:
            try:
                self._queue.get(timeout=seconds)
            except Empty:
                return self._told
        return True
