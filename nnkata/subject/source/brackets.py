"""Finds the ends of brackets and f-strings by the rules of Python 3.12: quotes may nest."""

import re
from collections.abc import Iterator

_QUOTES = re.compile(r"'''|\"\"\"|'|\"")
_OPEN, _CLOSE = "([{", ")]}"
#: The most characters read for one place, a quarter of a second: nobody writes a longer f-string by hand.
_STEPS = 200_000


class Reader:
    """Reads f-strings and brackets by the rules of Python 3.12, at most `left` more characters.

    Raises:
        RecursionError: it has read that many. (Strings in strings are read again at each depth.)
    """

    def __init__(self) -> None:
        self.left = _STEPS

    def f_string(self, text: str, place: int, quote: str) -> tuple[int, list[str]] | None:
        """The end of an f-string whose text begins at `place`, and its expressions."""
        parts: list[str] = []
        while place < len(text):
            self._step()
            if text.startswith(quote, place):
                return place + len(quote), parts
            if text[place] == "\n" and len(quote) == 1:
                return None
            if text[place] == "\\" or text[place : place + 2] in ("{{", "}}"):
                place += 2
            elif text[place] == "{":
                end = self.closing(text[place:])
                if end is None:
                    return None
                parts.append(self.expression(text[place + 1 : place + end - 1]))
                place += end
            else:
                place += 1
        return None

    def expression(self, field: str) -> str:
        """A replacement field without its conversion and format."""
        for place, letter in self._outside(field):
            if letter == ":" or (letter == "!" and field[place + 1 : place + 2] != "="):
                return field[:place]
        return re.sub(r"(?<![=!<>])=\s*$", "", field)

    def closing(self, text: str) -> int | None:
        """The end of the bracket with which a text begins; brackets in strings and comments do not count."""
        depth = 0
        for place, letter in self._letters(text):
            depth += (letter in _OPEN) - (letter in _CLOSE)
            if not depth:
                return place + 1
        return None

    def has_default(self, inside: str) -> bool:
        """Whether a type parameter among these has a default."""
        return any(letter == "=" and inside[place + 1 : place + 2] != "=" for place, letter in self._outside(inside))

    def _outside(self, text: str) -> Iterator[tuple[int, str]]:
        depth = 0
        for place, letter in self._letters(text):
            depth += (letter in _OPEN) - (letter in _CLOSE)
            if not depth:
                yield place, letter

    def _letters(self, text: str) -> Iterator[tuple[int, str]]:
        """Each character with its place, without those in strings and comments."""
        place = 0
        while place < len(text):
            self._step()
            string = _QUOTES.match(text, place)
            if string:
                begins = re.search(r"(?<!\w)(?:[fF][rR]?|[rR][fF])$", text[max(0, place - 3) : place])
                nested = self.f_string(text, string.end(), string[0]) if begins else None
                place = nested[0] if nested else self._string_end(text, string.end(), string[0])
            elif text[place] == "#":
                end = text.find("\n", place)
                place = len(text) if end < 0 else end
            else:
                yield place, text[place]
                place += 1

    def _string_end(self, text: str, place: int, quote: str) -> int:
        while place < len(text) and not text.startswith(quote, place):
            self._step()
            place += 2 if text[place] == "\\" else 1
        return min(len(text), place + len(quote))

    def _step(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise RecursionError
