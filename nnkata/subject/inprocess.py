"""The transport without a wall: requests are plain calls, so a debugger and tracebacks work."""

from collections.abc import Sequence

from nnkata.subject import unimported
from nnkata.subject.face import Subject
from nnkata.subject.locate import Implementation
from nnkata.worker.host import Host, Raised


class InProcess:
    """Requests to a host in this process, without time limits."""

    def __init__(self, host: Host) -> None:
        self.host = host

    def ask(self, op: str, args: Sequence[object], seconds: float) -> object:
        """Carry out the host's method `op`."""
        return getattr(self.host, op)(*args)

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
        host = Host()
        try:
            implementation.require(host.open(*implementation.request))
        except Raised as error:
            raise unimported.raised(implementation, error) from error
        return cls(host)


def subject_of(module: object, class_name: str) -> Subject:
    """A subject made of a loaded module, without a record of the modules that it loads."""
    host = Host(noting=False)
    host.adopt(module, class_name)
    return Subject(InProcess(host))
