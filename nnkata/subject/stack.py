"""The stack of a worker that gives no answer: its files and lines at the end of its time.

The worker writes it after its answers on a signal that other programs ignore (`nnkata/worker/__main__.py`). It comes
from the untrusted side: it helps a person and proves nothing.
"""

import contextlib
import os
import re
import signal
import time

from nnkata.subject import pipes
from nnkata.subject.face import TimedOut
from nnkata.subject.walls.memory import tree
from nnkata.traces.place import Place
from nnkata.worker.system import Process

#: Seconds to wait for it: it is written at once, unless the process is in the kernel or stopped.
SECONDS = 0.3
#: The bytes that are read, the frames that are kept, and the frame below all code of the submission.
MOST, FRAMES, END = 1 << 18, 50, b" in serve\n"
#: A frame, as CPython's faulthandler writes it.
FRAME = re.compile(rb'^  File "([^"\n]{1,500})", line (\d{1,7}) in ', re.MULTILINE)


def stack(process: Process) -> tuple[Place, ...]:
    """The files and lines of the running code, the innermost first; empty if it does not tell."""
    if not hasattr(signal, "SIGURG"):
        return ()
    for one in tree(process.pid):  # a sandbox's worker is below its walls
        with contextlib.suppress(OSError):
            os.kill(one, signal.SIGURG)
    text, deadline = b"", time.monotonic() + SECONDS
    with contextlib.suppress(TimedOut, pipes.Closed, OSError):
        while END not in text and len(text) < MOST:
            text += pipes.some(process, deadline)
    found = FRAME.findall(text[:MOST])[:FRAMES]
    return tuple(Place(file.decode(errors="replace"), int(line)) for file, line in found)
