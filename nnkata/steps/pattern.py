"""The text of a step with typed placeholders, in the form of `parse`: `a network of sizes {sizes:Sizes}`."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import parse


@dataclass(frozen=True)
class Type:
    """A type of `parse`: the texts that it accepts (`parse` reads the attribute `pattern`), and their values."""

    pattern: str
    convert: Callable[[str], Any]
    #: One of the texts, for messages.
    example: str = ""

    def __call__(self, text: str) -> Any:
        """The text's value."""
        return self.convert(text)


#: The numbers of `parse`, for examples.
NUMBERS = {"d": Type(r"[+-]?\d+", int, "3"), "g": Type(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", float, "0.1")}


class Pattern:
    """A step text, compiled only if it has a placeholder and a step of a run agrees with its beginning and end.

    It has the interface of pytest-bdd's `parsers.parse`.
    """

    def __init__(self, text: str, types: Mapping[str, Type] | None = None) -> None:
        self.name = text
        #: The text before the first placeholder.
        self.begin: str = text.partition("{")[0]
        #: Whether there is no placeholder.
        self.plain: bool = not {"{", "}"}.intersection(text)
        self._end = text.rpartition("}")[2]
        self._types = types or {}

    @cached_property
    def _parser(self) -> Any:  # `parse` has no types
        return parse.compile(self.name, extra_types=dict(self._types), case_sensitive=True)

    def is_matching(self, name: str) -> bool:
        """Whether a step of a feature matches it."""
        if self.plain:
            return name == self.name
        if not (name.startswith(self.begin) and name.endswith(self._end)):
            return False
        try:
            return bool(self._parser.parse(name))
        except ValueError:  # of a type's conversion
            return False

    def parse_arguments(self, name: str) -> dict[str, Any]:
        """The values of the placeholders in a matching step."""
        return {} if self.plain else dict(self._parser.parse(name).named)

    def example(self, like: str = "") -> str:
        """The text with a value in place of each placeholder: that of a similar text, if it fits, else an example."""
        rest = like

        def value(placeholder: re.Match[str]) -> str:
            nonlocal rest
            found = self._types.get(placeholder[1]) or NUMBERS.get(placeholder[1])
            if found is None:
                return placeholder[0]
            there = re.search(rf"(?<![\w.-])(?:{found.pattern})(?![\w-])", rest)
            if there is None:
                return found.example or placeholder[0]
            rest = f"{rest[: there.start()]} {rest[there.end() :]}"
            return there[0]

        return re.sub(r"\{\w*:(\w+)\}", value, self.name)
