"""The transport without a wall: requests are plain calls, so a debugger and tracebacks work."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from nnkata.subject.face import Subject
from nnkata.subject.locate import Implementation
from nnkata.worker.host import Host
from nnkata.worker.raised import Raised


class InProcess:
    """Requests to a host in this process, without time limits.

    What finds modules for the submission, those beside its file and stand-ins for absent ones, finds none for the kit:
    a `parse.py` beside the file is not the library of that name.
    """

    def __init__(self, host: Host) -> None:
        self.host = host
        self._finders = sys.meta_path[:]

    def ask(self, op: str, args: Sequence[object], seconds: float) -> object:
        """Carry out the host's method `op`."""
        with self._finding():
            return getattr(self.host, op)(*args)

    @contextmanager
    def _finding(self) -> Iterator[None]:
        """Within it, modules are found as the submission has them."""
        ours = sys.meta_path[:]
        sys.meta_path[:] = self._finders
        try:
            yield
        finally:
            self._finders, sys.meta_path[:] = sys.meta_path[:], ours

    def ready(self) -> None:
        """Nothing to do: it is ready."""

    def begin(self) -> None:
        """Nothing to do: there are no time limits."""

    def close(self) -> None:
        """Nothing to end."""

    @classmethod
    def open(cls, implementation: Implementation) -> "InProcess":
        """Import the implementation here.

        Raises:
            NotFound: it cannot be imported, or has no such class.
        """
        opened = cls(Host())
        try:
            implementation.require(opened.ask("open", implementation.request, 0.0))
        except Raised as error:
            from nnkata.subject import import_failure

            raise import_failure.raised(implementation, error) from error
        return opened


def subject_of(module: object, class_name: str) -> Subject:
    """A subject made of a loaded module, without a record of the modules that it loads."""
    host = Host(noting=False)
    host.adopt(module, class_name)
    return Subject(InProcess(host))
