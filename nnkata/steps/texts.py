"""Step texts: in English beside the step, in any other language in a table `LANGUAGE.toml` in the folder of the steps.

    TEXTS = Texts(Path(__file__).parent, {"Sizes": Type(r"\\d+(?:-\\d+)+", widths)})
    given, when, then = TEXTS.given, TEXTS.when, TEXTS.then

    @given("a network of sizes {sizes:Sizes}")
    def network(world: World, sizes: list[int]) -> None: ...

and in `zh-CN.toml` (a list where there are several texts),

    "a network of sizes {sizes:Sizes}" = "一个各层宽度为 {sizes:Sizes} 的网络"
"""

import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from nnkata.steps import definitions
from nnkata.steps.definitions import Function
from nnkata.steps.pattern import Pattern, Type


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
        return self._decorated(definitions.given, text)

    def when(self, text: str) -> Callable[[Function], Function]:
        """Decorate the function of a `When` step."""
        return self._decorated(definitions.when, text)

    def then(self, text: str) -> Callable[[Function], Function]:
        """Decorate the function of a `Then` step."""
        return self._decorated(definitions.then, text)

    def pattern(self, text: str) -> Pattern:
        """A step text with the types of the kata, which the decorators of pytest-bdd take, too."""
        from pytest_bdd.parsers import StepParser  # 70 ms, for steps of a user's own alone

        StepParser.register(Pattern)
        return Pattern(text, self._types)

    def _decorated(self, step: Callable[[Pattern], Callable[..., Any]], text: str) -> Callable[[Function], Function]:
        def decorate(function: Function) -> Function:
            for each in (text, *self._translated(text)):
                step(Pattern(each, self._types))(function)
            return function

        return decorate

    def _translated(self, text: str) -> Iterator[str]:
        for language, table in self._tables.items():
            if text not in table:
                raise KeyError(text, language)  # a step without a line in a language's table
            said = table[text]
            yield from [said] if isinstance(said, str) else said
