"""Notices saves. Editors save by writing a new file and renaming it, so the folder is watched, not the file."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

from watchfiles import Change, watch

#: Milliseconds for gathering a burst of changes: a save is often two or three of them.
GATHERED, AT_MOST = 20, 200


class Saves:
    """A descriptor, `fileno`, readable when a file of the implementation has been saved, made or removed.

    `mine` tells whether a path belongs to it.
    """

    def __init__(self, folder: Path, mine: Callable[[Path], bool]) -> None:
        self._read, self._write = os.pipe()
        self._mine, self._stop = mine, threading.Event()
        self._thread = threading.Thread(target=self._watch, args=(folder,), daemon=True)
        self._thread.start()

    def fileno(self) -> int:
        """The descriptor to wait for."""
        return self._read

    def seen(self) -> None:
        """Forget the saves so far."""
        os.read(self._read, 1 << 16)

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join()
        os.close(self._read)
        os.close(self._write)

    def _watch(self, folder: Path) -> None:
        for _changes in watch(
            folder,
            watch_filter=lambda change, path: self._is_save(change, Path(path)),
            stop_event=self._stop,
            step=GATHERED,
            debounce=AT_MOST,
            rust_timeout=200,
            raise_interrupt=False,
        ):
            os.write(self._write, b".")

    def _is_save(self, _change: Change, path: Path) -> bool:
        return not {"__pycache__", "node_modules"} & set(path.parts) and self._mine(path)
