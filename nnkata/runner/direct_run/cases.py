"""The clauses of a kata as calls of their steps: one case per scenario, and per row of an outline."""

import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import Parameter, iscoroutinefunction, isgeneratorfunction, signature
from pathlib import Path

from nnkata.features.clause import ANY, Clause, Step
from nnkata.registry import current as kata
from nnkata.steps.definitions import StepPattern, step_definitions
from nnkata.steps.pattern import Pattern

#: The argument of a step that is no part of its text.
WORLD = "world"
#: The arguments of a step for the table and the text below it, as with pytest-bdd.
TABLE, DOCSTRING = "datatable", "docstring"


@dataclass(frozen=True, eq=False, slots=True)
class StepCall:
    """A step of a scenario as a call of its function; `worlds`: whether it takes the world."""

    text: str
    function: Callable[..., object]
    worlds: bool
    _step: Step
    _pattern: StepPattern

    @property
    def kind(self) -> str | None:
        """given, when or then."""
        return self._pattern.type

    def arguments(self) -> dict[str, object]:
        """The arguments in the feature, made anew."""
        return _arguments(self._step, self._pattern)


@dataclass(frozen=True, eq=False, slots=True)
class Case:
    """A clause with a row of its table; the row is empty if it has no table."""

    clause: Clause
    example: Mapping[str, str]
    steps: Sequence[StepCall]


#: The cases of each clause, by kata and file, with the clause that they were made of: a batch needs them each time.
_kept: dict[tuple[str, Path, str], tuple[Clause, Sequence[Case] | None]] = {}


def cases(clauses: Sequence[Clause]) -> list[Case] | None:
    """The cases of a kata's clauses, in their order; None if a step needs more of pytest than a `world`."""
    found = [_kept_of(clause) for clause in clauses]
    return [case for of in found if of for case in of] if all(of is not None for of in found) else None


def _kept_of(clause: Clause) -> Sequence[Case] | None:
    key = kata().name, clause.path, clause.tag
    if key not in _kept or _kept[key][0] is not clause:
        _kept[key] = clause, _made(clause)
    return _kept[key][1]


def _made(clause: Clause) -> Sequence[Case] | None:
    found = []
    for row in clause.examples or ({},):
        calls = [_call(step.filled(row)) for step in clause.parsed]
        if not calls or not all(calls):
            return None
        found.append(Case(clause, row, [call for call in calls if call]))
    return found


def _call(step: Step) -> StepCall | None:
    pattern = meant(kata().steps, step.kind, step.text)
    if pattern is None or pattern.converters or getattr(pattern, "target_fixture", None) is not None:
        return None
    function = pattern.step_func
    if isgeneratorfunction(function) or iscoroutinefunction(function):
        return None
    needed = {name for name, default in _names(function).items() if default is Parameter.empty}
    needed -= _arguments(step, pattern).keys()
    return None if needed - {WORLD} else StepCall(f"{step.keyword} {step.text}", function, bool(needed), step, pattern)


def _arguments(step: Step, pattern: StepPattern) -> dict[str, object]:
    names = _names(pattern.step_func)
    given = {name: value for name, value in (pattern.parser.parse_arguments(step.text) or {}).items() if name in names}
    if TABLE in names and step.table:
        given[TABLE] = [[*row] for row in step.table]
    if DOCSTRING in names and step.docstring is not None:
        given[DOCSTRING] = step.docstring
    return given


@cache
def _names(function: Callable[..., object]) -> Mapping[str, object]:
    """The names of a function's parameters, each with its default."""
    return {name: parameter.default for name, parameter in signature(function).parameters.items()}


@cache
def meant(modules: tuple[str, ...], kind: str | None, text: str) -> StepPattern | None:
    """The step definition that a kind and a text mean; None if there is none, or several."""
    plain, others = _definitions(modules)
    near = [*plain.get(text, ()), *(step for begin, step in others if text.startswith(begin))]
    of_kind = (step for step in near if kind == ANY or step.type in (kind, None))
    found = [step for step in of_kind if step.parser.is_matching(text)]
    return found[0] if len(found) == 1 else None


@cache
def _definitions(
    modules: tuple[str, ...],
) -> tuple[Mapping[str, Sequence[StepPattern]], Sequence[tuple[str, StepPattern]]]:
    """The step definitions without a placeholder, by their text; the others, each with the beginning of its text."""
    imported = [import_module(module) for module in modules]
    found: Sequence[StepPattern] = step_definitions(modules)
    if "pytest_bdd" in sys.modules:  # a kata of another package may have made its steps with it
        found = import_module("nnkata.features.bdd").step_patterns(imported)
    plain, others = defaultdict(list), []
    for step in found:
        if isinstance(step.parser, Pattern) and step.parser.plain:
            plain[step.parser.name].append(step)
        else:
            others.append((step.parser.begin if isinstance(step.parser, Pattern) else "", step))
    return plain, others
