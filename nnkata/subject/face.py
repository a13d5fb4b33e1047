"""The face of an implementation for the steps, the same for every transport."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from nnkata.language import _, later
from nnkata.traces.place import Place
from nnkata.worker.raised import Raised
from nnkata.worker.rounds import RoundCall
from nnkata.worker.wire import Array, Opaque

__all__ = [
    "CALL_SECONDS",
    "Died",
    "NetworkFace",
    "Outcome",
    "Raised",
    "RoundCall",
    "Subject",
    "SubjectError",
    "TimedOut",
]

#: A call's time limit. An article-style call takes under a millisecond, so it only ends a hanging call.
CALL_SECONDS = 10.0


class SubjectError(Exception):
    """The implementation gave no answer at all."""


class TimedOut(SubjectError):
    """A call took longer than its limit; the worker was ended. `stack`: the running lines, the innermost first."""

    def __init__(self, text: str = "", stack: tuple[Place, ...] = ()) -> None:
        super().__init__(text)
        self.stack = stack

    def __reduce__(self) -> tuple[type["TimedOut"], tuple[str, tuple[Place, ...]]]:
        """Pickles it with its stack, between processes of the judging side."""
        return type(self), (str(self), self.stack)


class Died(SubjectError):
    """The worker ended, or sent something other than an answer."""


@dataclass(frozen=True)
class Outcome:
    """The outcome of a call: its value, its arguments before and afterwards, its runtime warnings."""

    value: Any = None
    given: tuple[Any, ...] = ()
    after: tuple[Any, ...] = ()
    warnings: tuple[str, ...] = ()


class Transport(Protocol):
    """How requests reach a `Host`."""

    def ready(self) -> None:
        """Import the implementation; raises `NotFound` if that fails."""

    def begin(self) -> None:
        """A clause begins: its time runs from here."""

    def close(self) -> None:
        """End the worker."""

    def ask(self, op: str, args: Sequence[object], seconds: float) -> Any:
        """Carry out the host's method `op`; raises `Raised`, `TimedOut` or `Died`."""


#: The kind of an exception of ours: the call made an object, and nothing of the method has run.
NOT_RUN = "NotRun"
#: The types of such objects.
UNRUN = {
    "coroutine": later("{name} is an `async def`, so that a call of it runs nothing: write `def`"),
    "generator": later("{name} has a `yield`, so that a call of it runs nothing: write `return`, or take it out"),
    "async_generator": later("{name} is an `async def`, so that a call of it runs nothing: write `def`"),
}


def outcome(name: str, args: Sequence[object], reply: object) -> Outcome:
    """The outcome of a call, from the worker's reply.

    Raises:
        Died: it is no such reply.
        Raised: the call made an object, and nothing of the method has run.
    """
    if not isinstance(reply, dict) or not isinstance(reply.get("changed"), dict):
        raise Died(_("the worker's answer is not the outcome of a call"))
    value = reply.get("value")
    kind = value.type if isinstance(value, Opaque) else type(value).__name__
    if kind in UNRUN:
        raise Raised(NOT_RUN, _(UNRUN[kind]).format(name=name), "")
    after = tuple(reply["changed"].get(str(number), arg) for number, arg in enumerate(args))
    return Outcome(value, tuple(args), after, tuple(map(str, reply.get("warnings") or ())))


class Subject:
    """One implementation. Arrays go in and come back as copies, so no step can touch the submission's memory."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport
        #: Missing names, each with the message for a call of it.
        self.absent: dict[str, str] = {}
        #: The number of the latest network; a worker keeps a few of the latest alone.
        self.latest: int = 0

    def network(self, sizes: Sequence[int], **options: object) -> "NetworkFace":
        """Make a network of these widths; `options` are further arguments of its class, by name."""
        return self._numbered(self.transport.ask("new", [list(sizes), options], CALL_SECONDS))

    def instance(self, *args: object, **options: object) -> "NetworkFace":
        """Make an object of the class with any arguments, for a kata whose class is not made of widths."""
        return self._numbered(self.transport.ask("instance", [list(args), options], CALL_SECONDS))

    def started(
        self, sizes: Sequence[int], weights: Mapping[str, Array], **options: object
    ) -> "tuple[NetworkFace, dict[str, Any]]":
        """Make a network, set its weights, and read its params, as one question."""
        reply = self.transport.ask("started", [list(sizes), options, dict(weights)], CALL_SECONDS)
        number, params = reply if isinstance(reply, list) and len(reply) == 2 else (None, None)
        return self._numbered(number), _dict(params)

    def _numbered(self, number: object) -> "NetworkFace":
        if type(number) is not int:
            raise Died(_("the worker gave a network no number"))
        self.latest = number
        return NetworkFace(self, number)

    def call(
        self, network: int | None, name: str, args: Sequence[object], rows: bool = False, seconds: float = CALL_SECONDS
    ) -> Outcome:
        """Call a method of a network, or a function of the module."""
        self.check(name)
        return outcome(name, args, self.transport.ask("call", [network, name, list(args), rows], seconds))

    def check(self, name: str) -> None:
        """Raise `Raised` if a name that is asked for is missing."""
        if name in self.absent:
            raise Raised("NotImplementedError", self.absent[name], "")

    def several(self, requests: Sequence[tuple[str, Sequence[object]]]) -> list[Any]:
        """Carry out several requests as one question, up to an exception; their results."""
        values = self.transport.ask("several", [list(requests)], CALL_SECONDS)
        if not isinstance(values, list) or len(values) != len(requests):
            raise Died(_("the worker's answer is not the outcome of a call"))
        return values

    def draw(self, seed: int | None = None) -> list[float]:
        """The next numbers of the global random generators on the implementation's side."""
        return [float(number) for number in self.transport.ask("draw", [seed], CALL_SECONDS)]

    def loaded(self) -> list[str]:
        """Third-party modules that the running code has loaded."""
        return [str(name) for name in self.transport.ask("loaded", [], CALL_SECONDS)]


@dataclass(frozen=True)
class NetworkFace:
    """One network of the implementation."""

    subject: Subject
    number: int

    def call(self, name: str, *args: object, rows: bool = False, seconds: float = CALL_SECONDS) -> Outcome:
        """Call a method; `rows` calls it once per row of its only argument and returns the list of values."""
        return self.subject.call(self.number, name, args, rows, seconds)

    def called(
        self, name: str, *args: object, weights: Mapping[str, Array] | None = None
    ) -> tuple[Outcome, dict[str, Any]]:
        """Set weights if there are any, call a method, and read the network's params, as one question."""
        self.subject.check(name)
        first = [] if weights is None else [self._assigning(weights)]
        call, read = ("call", [self.number, name, list(args), False]), ("get", [self.number, "params"])
        reply, params = self.subject.several([*first, call, read])[-2:]
        return outcome(name, args, reply), _dict(params)

    def rounds(self, calls: Sequence[RoundCall], name: str, times: int) -> list[Any]:
        """Call methods one after another, several times, as one question; an attribute's value after each round.

        Fewer values if a call raises.
        """
        values = self.subject.transport.ask("rounds", [self.number, list(calls), name, times], CALL_SECONDS)
        if not isinstance(values, list):
            raise Died(_("the worker's answer is not the outcome of a call"))
        return values[:times]

    def get(self, name: str) -> Any:
        """Read an attribute."""
        return self.subject.transport.ask("get", [self.number, name], CALL_SECONDS)

    def weights(self) -> dict[str, Any]:
        """The network's params, with values of any kind; an empty dict if they are no dict."""
        return _dict(self.get("params"))

    def assign(self, weights: Mapping[str, Array], replace: bool = False) -> None:
        """Set weights: into the existing arrays, so that the dtype stays, or with `replace` as new arrays."""
        self.subject.transport.ask(*self._assigning(weights, replace), CALL_SECONDS)

    def assigned(self, weights: Mapping[str, Array], replace: bool = False) -> dict[str, Any]:
        """Set weights, and read the network's params, as one question."""
        return _dict(self.subject.several([self._assigning(weights, replace), ("get", [self.number, "params"])])[1])

    def values_at(
        self, many: Sequence[Mapping[str, Array]], back: Mapping[str, Array], name: str, *args: object
    ) -> list[Any]:
        """The value of a method with each of these weights, as one question; then the weights are set to `back`."""
        call = "call", [self.number, name, list(args), False]
        requests = [request for weights in many for request in (self._assigning(weights), call)]
        return [_dict(reply).get("value") for reply in self.subject.several([*requests, self._assigning(back)])[1::2]]

    def _assigning(self, weights: Mapping[str, Array], replace: bool = False) -> tuple[str, list[object]]:
        return "assign", [self.number, dict(weights), replace]


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
