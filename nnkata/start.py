"""The start of the program: an interrupt while its modules load ends it without a traceback, as it ends any program."""

import signal
import sys
from typing import Any

from nnkata.worker.garbage import importing

#: The exit status of a shell for an interrupted program.
INTERRUPTED = 130


def main(**named: Any) -> None:
    """Load and run the commands; `named` is for click. Python without docstrings is refused with status 2."""
    if sys.flags.optimize > 1:
        from nnkata.language import _

        text = _("nnkata: Python runs without docstrings, which hold texts of nnkata; unset PYTHONOPTIMIZE=2 or -OO")
        print(text, file=sys.stderr)
        raise SystemExit(2)
    interruptible = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if interruptible:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    with importing():
        from nnkata.cli import main as run

    if interruptible:
        from nnkata.worker.system import raised_again

        sys.unraisablehook = raised_again(signal.SIGINT)  # commands import more modules, and Python ignores some
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run(**named)
    except KeyboardInterrupt:  # before a command is chosen, which then tells of it
        raise SystemExit(INTERRUPTED) from None
