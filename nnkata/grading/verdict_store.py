"""Verdicts kept between runs: SQLite in the output folder, safe against a kill at any moment."""

import errno
import os
import sqlite3
from pathlib import Path
from typing import Any

from nnkata.errors import UsageError
from nnkata.language import _

FILE = "verdicts.sqlite"


class Kept:
    """The verdicts of a batch by key, and its seed. Use it in one process alone."""

    def __init__(self, folder: Path) -> None:
        """Open or make the file.

        Raises:
            UsageError: the file exists and is no database of ours.
        """
        self._path = folder / FILE
        try:
            self._database = sqlite3.connect(self._path, isolation_level=None)
            self._database.execute("PRAGMA journal_mode = WAL")
            self._database.execute("CREATE TABLE IF NOT EXISTS verdicts (key TEXT PRIMARY KEY, verdict BLOB NOT NULL)")
            self._database.execute("CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        except sqlite3.Error as error:
            _full(error, self._path)
            raise UsageError(
                _("{path} cannot be used ({error}); move it away, or name another --output").format(
                    path=self._path, error=error
                )
            ) from None

    def get(self, key: str) -> bytes | None:
        """The verdict of that key.

        Raises:
            OSError: the file cannot be read.
        """
        row = self._execute("SELECT verdict FROM verdicts WHERE key = ?", key)
        return row[0] if row else None

    def put(self, key: str, verdict: bytes) -> None:
        """Keep a verdict; on disk when this returns.

        Raises:
            OSError: it cannot be written, as on a full disk.
        """
        self._execute("INSERT OR REPLACE INTO verdicts VALUES (?, ?)", key, verdict)

    def seed(self, given: int | None, new: int) -> int:
        """The batch's seed: the given one, else that of the last run, else a new one. It is stored.

        Raises:
            OSError: it cannot be written, as on a full disk.
        """
        row = self._execute("SELECT value FROM facts WHERE name = 'seed'")
        seed = given if given is not None else int(row[0]) if row else new
        self._execute("INSERT OR REPLACE INTO facts VALUES ('seed', ?)", str(seed))
        return seed

    def _execute(self, command: str, *values: str | bytes) -> Any:
        """The first row of the answer."""
        try:
            return self._database.execute(command, values).fetchone()
        except sqlite3.Error as error:
            _full(error, self._path)
            raise OSError(errno.EIO, str(error), str(self._path)) from None

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def _full(error: sqlite3.Error, path: Path) -> None:
    """Raise the system's error of a full disk, if that is the cause.

    SQLite maps the index of its log into memory; there a full disk is an error of input and output.

    Raises:
        OSError: the disk is full.
    """
    full = error.sqlite_errorcode in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE)
    if full:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from None
