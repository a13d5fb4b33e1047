"""Runs a command within limits: `python -I -m nnkata.worker.within MEMORY CPU PROCESSES FILES DISK -- COMMAND...`."""

import os
import sys

from nnkata.worker.system import end_with_parent, limit


def main(arguments: list[str]) -> None:
    """Become the command; if it does not exist, exit with the shell's status for that."""
    limits, command = arguments[:5], arguments[6:]
    end_with_parent()
    limit(*map(int, limits))
    try:
        os.execvp(command[0], command)
    except OSError:
        os._exit(127)


if __name__ == "__main__":
    main(sys.argv[1:])
