"""Notices saves. Editors save by writing a new file and renaming it, so the folder is watched, not the file."""

import contextlib
import os
import threading
from collections.abc import Callable
from pathlib import Path

from watchfiles import Change, watch

from nnkata.threads import Stop

#: Milliseconds for gathering a burst of changes: a save is often two or three of them.
GATHERED, AT_MOST = 20, 200
#: Milliseconds after which it looks whether the folder is still there.
ASLEEP = 200
Identity = tuple[int, int]


class Saves:
    """A descriptor, `fileno`, readable when a file of the implementation has been saved, made or removed.

    `mine` tells whether a path belongs to it.
    """

    def __init__(self, folder: Path, mine: Callable[[Path], bool]) -> None:
        self._read, self._write = os.pipe()
        self._mine, self._stop = mine, Stop()
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
        again = False
        while not self._stop.is_set():
            if (watched := _identity(folder)) is None:
                self._stop.wait(ASLEEP / 1000)
                continue
            with contextlib.suppress(OSError):  # it went away before the watch began
                self._watch_until_replaced(folder, watched, again)
            again = True

    def _watch_until_replaced(self, folder: Path, watched: Identity, changed: bool) -> None:
        """Watch until the folder is removed, renamed or replaced, as by the checkout of a branch without it.

        `changed`: it replaces one that was watched, so its files count as saved.
        """
        for changes in watch(
            folder,
            watch_filter=lambda change, path: self._is_save(change, Path(path)),
            stop_event=self._stop,
            step=GATHERED,
            debounce=AT_MOST,
            rust_timeout=ASLEEP,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            there = _identity(folder) == watched
            if changes or changed or not there:
                os.write(self._write, b".")
            changed = False
            if not there:
                return

    def _is_save(self, _change: Change, path: Path) -> bool:
        return not {"__pycache__", "node_modules"} & set(path.parts) and self._mine(path)


def _identity(folder: Path) -> Identity | None:
    """The identity of a folder, unlike that of another one of its name; None if there is none."""
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
