"""Stops asking after too many timeouts: a hanging method costs the clauses that call it, and no others."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from nnkata.language import _
from nnkata.subject.face import TimedOut, Transport

#: Calls of one name that may time out: three times the limit of a call is enough to wait.
PATIENCE = 3
#: The same for each further name, after that many timeouts in all.
LATER = 1


class Patient:
    """A transport that stops calling a name: a method, a function, or making a network.

    Each number of arguments is counted separately: a hanging derivative does not cost the sigmoid.
    """

    def __init__(self, transport: Transport) -> None:
        self.inner = transport
        self._missed: Counter[tuple[str, int]] = Counter()

    def ready(self) -> None:
        """Import the implementation."""
        self.inner.ready()

    def begin(self) -> None:
        """A clause begins."""
        self.inner.begin()

    def close(self) -> None:
        """End the worker."""
        self.inner.close()

    def ask(self, op: str, args: Sequence[object], seconds: float) -> object:
        """Carry out the host's method `op`.

        Raises:
            TimedOut: it took too long, or did so too often before.
            Raised, Died: as the transport says.
        """
        key = name, _given = _called(op, args)
        missed = self._missed[key]
        if missed >= PATIENCE or (missed >= LATER and self._missed.total() >= PATIENCE):
            text = _("not run: {name} had no answer in time {count} times before")
            raise TimedOut(text.format(name=name, count=missed))
        try:
            return self.inner.ask(op, args, seconds)
        except TimedOut:
            self._missed[key] += 1
            raise


def _called(op: str, args: Sequence[Any]) -> tuple[str, int]:
    """The name that a request calls, the first one of `several`, and the number of its arguments."""
    if op == "several":
        return next((_called(one, given) for one, given in args[0] if one == "call"), (op, 0))
    given = args[2] if op == "call" and len(args) > 2 else ()
    return str(args[1]) if op == "call" else op, len(given) if isinstance(given, list | tuple) else 0
