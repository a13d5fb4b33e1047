"""Calls to a module of functions; some arguments are objects that stay in the worker."""

from collections.abc import Sequence
from dataclasses import dataclass

from nnkata.language import _
from nnkata.subject.face import CALL_SECONDS, Died, Outcome, Subject
from nnkata.traces.trace import Seen, read


@dataclass(frozen=True)
class Handle:
    """An object in the worker, by its number."""

    number: int


class Functions:
    """The functions of a subject's module."""

    def __init__(self, subject: Subject) -> None:
        self.subject = subject

    def names(self) -> set[str]:
        """The existing functions."""
        reply = self.subject.transport.ask("names", [], CALL_SECONDS)
        return {name for name in reply if isinstance(name, str)} if isinstance(reply, list) else set()

    def keep(self, name: str, *args: object) -> Handle:
        """Call one and keep its result in the worker."""
        number = self.subject.transport.ask("keep", [name, *_placed(args)], CALL_SECONDS)
        if type(number) is not int:
            raise Died(_("the worker gave an object no number"))
        return Handle(number)

    def call(self, name: str, *args: object, seconds: float = CALL_SECONDS) -> Outcome:
        """Call one; its result, and its arguments afterwards, those that were sent."""
        reply = self.subject.transport.ask("apply", [name, *_placed(args)], seconds)
        if not isinstance(reply, dict) or not isinstance(reply.get("changed"), dict):
            raise Died(_("the worker's answer is not the outcome of a call"))
        after = tuple(reply["changed"].get(str(number), arg) for number, arg in enumerate(args))
        return Outcome(reply.get("value"), args, after, tuple(map(str, reply.get("warnings") or ())))

    def traced(self, name: str, *args: object) -> Seen | None:
        """Call one, and return the values that its lines assigned; None if the worker's answer is no such record."""
        return read(self.subject.transport.ask("traced", ["apply", [name, *_placed(args)]], CALL_SECONDS))

    def write(self, name: str, *args: object, values: Sequence[object]) -> None:
        """Write values into the live arrays that one returns, in their order."""
        self.subject.transport.ask("write", [name, *_placed(args), list(values)], CALL_SECONDS)


def _placed(args: Sequence[object]) -> tuple[list[object], list[list[int]]]:
    """The arguments to send, with None for kept objects; and the places and numbers of these."""
    kept = [[place, arg.number] for place, arg in enumerate(args) if isinstance(arg, Handle)]
    return [None if isinstance(arg, Handle) else arg for arg in args], kept
