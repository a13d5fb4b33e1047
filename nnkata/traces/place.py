"""A line of a source file."""

from collections.abc import Mapping
from typing import NamedTuple


class Place(NamedTuple):
    """A line of a source file, with the file's name relative to the submission's folder."""

    file: str
    line: int

    @classmethod
    def stated(cls, where: str) -> "Place | None":
        """That of an exception: `network.py, line 21`; None if it states none."""
        file, comma, line = where.rpartition(", line ")
        return cls(file, int(line)) if comma and line.isdecimal() and len(line) < 8 else None

    def within(self, sources: Mapping[str, str]) -> "Place | None":
        """With the name of the source, if it has such a line: a worker knows files without their folder."""
        named = [name for name in sources if self.file in (name, name.rpartition("/")[2])]
        if len(named) != 1 or not 0 < self.line <= len(sources[named[0]].splitlines()):
            return None
        return Place(named[0], self.line)
