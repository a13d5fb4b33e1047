"""The limits of a submission: memory, processes, files, time. Set under `[tool.nnkata.limits]`."""

from typing import Annotated

import msgspec

from nnkata.language import _
from nnkata.suggestions import meant

#: The largest value of a limit.
MOST = 1_000_000
Count = Annotated[int, msgspec.Meta(ge=1, le=MOST)]
Seconds = Annotated[float, msgspec.Meta(gt=0, le=MOST)]


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The limits of one submission. The kernel enforces the first block, the judging process the second.

    Article-style code needs about 5 s of time and 105 MiB of memory for the whole contract on the bundled data, and
    gigabytes on the whole of MNIST as float64; the defaults leave a slow implementation twenty times that time.
    """

    #: MiB that each process may use; on a system without that figure, MiB of its address space.
    memory_mb: Count = 4096
    #: Seconds of processor time of each process.
    cpu_seconds: Count = 300
    #: Processes and threads at a time, in the sandbox alone: elsewhere the kernel counts all those of the user.
    processes: Count = 16
    #: Files that a process may have open. A check makes up to 160 networks, each with a log file if its author likes.
    open_files: Count = 256
    #: MiB of a written file, and of all files in the sandbox together.
    disk_mb: Count = 64

    #: Seconds of a call; a training call gets 10 ms more per sample and epoch.
    call_seconds: Seconds = 10.0
    #: Seconds of all calls of a clause.
    clause_seconds: Seconds = 300.0
    #: Seconds from the start of the first worker to the end of the last call.
    submission_seconds: Seconds = 600.0


def limits_of(table: object) -> Limits:
    """The limits that a configuration names, the defaults for the rest.

    Raises:
        ValueError: it is no table, or one of its entries is unknown or out of range.
    """
    if not isinstance(table, dict):
        raise ValueError(_("limits under [tool.nnkata] has to be a table: limits = {call_seconds = 20}"))
    keys = Limits.__struct_fields__
    for key, value in table.items():
        if key not in keys:
            text = _("[tool.nnkata.limits] has no key {key!a}; its keys are {keys}")
            raise ValueError(text.format(key=key[:60], keys=", ".join(keys)) + meant(key, keys))
        try:
            msgspec.convert({key: value}, Limits, strict=True)
        except msgspec.ValidationError:
            whole = isinstance(getattr(Limits(), key), int)
            text = (
                _("{key} under [tool.nnkata.limits] is {value}; it has to be a whole number from 1 to {most}")
                if whole
                else _("{key} under [tool.nnkata.limits] is {value}; it has to be a number above 0, at most {most}")
            )
            raise ValueError(text.format(key=key, value=repr(value)[:60], most=MOST)) from None
    return msgspec.convert(table, Limits, strict=True)
