"""The transport to an implementation in any language: a command that answers lines of JSON (docs/protocol.md).

It works like `Isolated`; only the form of the messages and the start differ.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from nnkata.early_worker import LOADER
from nnkata.language import _
from nnkata.subject import lines, pipes
from nnkata.subject.isolated import Isolated, Reply
from nnkata.subject.locate import Implementation
from nnkata.subject.walls.launch import Launch, kernel_limits
from nnkata.subject.walls.limits import Limits
from nnkata.worker import wire
from nnkata.worker.raised import Raised
from nnkata.worker.rounds import rounds
from nnkata.worker.system import Process

#: The version of the protocol, which `open` sends to the worker.
VERSION = "1"


def started(implementation: Implementation, folder: Path, limits: Limits) -> Launch:
    """The command, in the folder of its name, with the limits that suit any language.

    They exclude address space: runtimes with a garbage collector reserve more than they use.
    """
    _memory, *others = kernel_limits(limits, processes=0)
    within = [sys.executable, "-I", "-m", "nnkata.worker.within", "0", *others, "--"]
    environment = {key: os.environ[key] for key in ("PATH", "LANG", "LC_ALL", "HOME", LOADER) if key in os.environ}
    return Launch([*within, *implementation.command], environment, [VERSION], implementation.root)


class Command(Isolated):
    """Requests to a command, one line each way."""

    def __init__(self, implementation: Implementation, limits: Limits | None = None) -> None:
        super().__init__(implementation, limits, started)

    def ask(self, op: str, args: Sequence[Any], seconds: float) -> Any:
        """Carry out a request; the protocol has no `rounds`, `several` and `started`, whose parts are its requests."""
        if op == "several":
            return [self.ask(one, given, seconds) for one, given in args[0]]
        if op == "started":
            sizes, options, weights = args
            made = self.ask("new", [sizes, options], seconds)
            self.ask("assign", [made, weights, False], seconds)
            return [made, self.ask("get", [made, "params"], seconds)]
        if op != "rounds":
            return super().ask(op, args, seconds)
        network, calls, name, times = args

        def call(method: str, given: list[Any]) -> object:
            reply = self.ask("call", [network, method, given, False], seconds)
            return reply.get("value") if isinstance(reply, dict) else None

        return rounds(calls, times, call, lambda: self.ask("get", [network, name], seconds), Raised)

    def _pack(self, message: dict[str, object]) -> Sequence[wire.Buffer]:
        return [lines.pack(message)]

    def _reply(self, process: Process, deadline: float) -> Reply:
        """The next line, which has to be the only one."""
        line = bytearray()
        while not line.endswith(b"\n"):
            line += pipes.some(process, deadline)
            if len(line) > lines.MAX_LINE:
                raise wire.WireError(_("an answer over the size limit"))
        if line.count(b"\n") > 1:
            raise wire.WireError(_("more than one line in answer to a question"))
        return msgspec.convert(lines.unpack(bytes(line)), Reply)
