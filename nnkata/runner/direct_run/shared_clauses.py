"""The clauses that two processes share, one token each in a pipe: the process that reads it judges the clause."""

import os


class Claims:
    """Distributes clauses: this process takes them from the front, the other one from the back, a token each."""

    def __init__(self, count: int) -> None:
        self._read, write = os.pipe()
        os.set_blocking(self._read, False)
        os.write(write, b"." * count)
        os.close(write)

    def take(self) -> bool:
        """Take a clause for this process, if one is left; whether one was."""
        try:
            return bool(os.read(self._read, 1))
        except BlockingIOError:
            return False

    def close(self) -> None:
        """Take no more."""
        os.close(self._read)
