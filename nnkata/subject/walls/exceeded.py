"""Names the limit that a submission has hit, from the form of its failure."""

import signal

from nnkata.language import _
from nnkata.subject.walls.limits import Limits
from nnkata.subject.walls.memory import reserved

#: Python's messages when the kernel refuses, and the limits behind them.
SAID = {
    "File too large": "disk_mb",
    "No space left on device": "disk_mb",
    "Too many open files": "open_files",
    "can't start new thread": "processes",
    "Resource temporarily unavailable": "processes",
}
ENDED = {"SIGXCPU": "cpu_seconds", "SIGXFSZ": "disk_mb"}


def met(kind: str, message: str, limits: Limits) -> str:
    """The limit behind an exception, as an addition to its message; empty if there is none."""
    if kind == "MemoryError":
        text = _("over a limit: {name} = {value}; up to {reserved} MiB may be reserved")
        return text.format(name="memory_mb", value=limits.memory_mb, reserved=reserved(limits.memory_mb))
    if kind in ("OSError", "RuntimeError", "BlockingIOError"):
        return next((over(name, limits) for text, name in SAID.items() if text in message), "")
    return ""


def ended(status: int, limits: Limits) -> str:
    """The end of a process by its status, with the limit at which the kernel sends such a signal."""
    number = -status if status < 0 else status - 128  # bubblewrap passes a signal on like this
    known = {member.value: member.name for member in signal.Signals}
    if number not in known:
        text = _("the process ended (exit status {status}), as by os._exit()")
        return text.format(status=status)
    if known[number] in ENDED:
        return _("the process ended: {limit}").format(limit=over(ENDED[known[number]], limits))
    return _("the process ended (signal {name})").format(name=known[number])


def over(name: str, limits: Limits) -> str:
    """The message about a limit, with its name in the configuration; 0 means that the wall allows none at all."""
    if getattr(limits, name) == 0:
        return _("behind this wall there are none")
    return _("over a limit: {name} = {value}").format(name=name, value=getattr(limits, name))
