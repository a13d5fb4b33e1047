"""Step texts: in English beside the step, in any other language in a table `LANGUAGE.toml` in the folder of the steps.

    TEXTS = Texts(Path(__file__).parent, {"Sizes": Type(r"\\d+(?:-\\d+)+", widths)})
    given, when, then = TEXTS.given, TEXTS.when, TEXTS.then

    @given("a network of sizes {sizes:Sizes}")
    def network(world: World, sizes: list[int]) -> None: ...

and in `zh-CN.toml` (a list where there are several texts),

    "a network of sizes {sizes:Sizes}" = "一个各层宽度为 {sizes:Sizes} 的网络"
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

import pytest_bdd
from pytest_bdd import parsers

Function = TypeVar("Function", bound=Callable[..., Any])


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


class Pattern(parsers.parse):
    """A step text, compiled only if it has a placeholder and a step of a run agrees with its beginning and end."""

    def __init__(self, text: str, types: Mapping[str, Type]) -> None:
        super().__init__(text, extra_types=dict(types))
        self._begin, self._end = text.partition("{")[0], text.rpartition("}")[2]
        self._types, self._plain = types, not {"{", "}"}.intersection(text)

    def is_matching(self, name: str) -> bool:
        """Whether a step of a feature matches it."""
        if self._plain:
            return name == self.name
        return name.startswith(self._begin) and name.endswith(self._end) and super().is_matching(name)

    def parse_arguments(self, name: str) -> dict[str, Any]:
        """The values of the placeholders in a matching step."""
        return {} if self._plain else super().parse_arguments(name)

    @property
    def example(self) -> str:
        """The text with an example in place of each type that has one."""
        return re.sub(r"\{\w+:(\w+)\}", self._shown, self.name)

    def _shown(self, placeholder: re.Match[str]) -> str:
        found = self._types.get(placeholder[1])
        return (found and found.example) or placeholder[0]


class Decorate(Protocol):
    """A decorator of steps, made from their English text."""

    def __call__(self, text: str) -> Callable[[Function], Function]:
        """Decorate the function of a step, which stays as it is."""


class Texts:
    """The step texts of a kata. A placeholder may name one of `types`, beside those of `parse`."""

    def __init__(self, folder: Path, types: Mapping[str, Type] | None = None) -> None:
        self._types = types or {}
        self._tables = {
            path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.toml"))
        }

    def given(self, text: str) -> Callable[[Function], Function]:
        """Decorate the function of a `Given` step, in every language."""
        return self._decorated(pytest_bdd.given, text)

    def when(self, text: str) -> Callable[[Function], Function]:
        """Decorate the function of a `When` step."""
        return self._decorated(pytest_bdd.when, text)

    def then(self, text: str) -> Callable[[Function], Function]:
        """Decorate the function of a `Then` step."""
        return self._decorated(pytest_bdd.then, text)

    def pattern(self, text: str) -> Pattern:
        """A step text with the types of the kata, for the decorators of pytest-bdd itself."""
        return Pattern(text, self._types)

    def _decorated(self, step: Callable[..., Any], text: str) -> Callable[[Function], Function]:
        def decorate(function: Function) -> Function:
            for each in (text, *self._translated(text)):
                step(self.pattern(each), stacklevel=2)(function)  # 2: the module that decorates keeps the step
            return function

        return decorate

    def _translated(self, text: str) -> Iterator[str]:
        for language, table in self._tables.items():
            if text not in table:
                raise KeyError(text, language)  # a step without a line in a language's table
            said = table[text]
            yield from [said] if isinstance(said, str) else said
