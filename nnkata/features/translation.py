"""Compares the features of two languages: the same clauses, steps, numbers and examples, and no text untranslated.

`nnkata.features.lint` checks each language separately; this module reads the two side by side. Words are free: names,
descriptions, the texts of steps, the columns of examples. Their meaning is compared by the step functions, by the
arguments that these get, and by the numbers.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from nnkata.features.clause import Clause, Row, Step, filled
from nnkata.features.fault import Fault, fault_of
from nnkata.features.gherkin import parse
from nnkata.features.lint import read
from nnkata.features.matching import matches
from nnkata.steps.definitions import StepPattern

NUMBER = re.compile(r"\d+(?:\.\d+)?")
WORD = re.compile(r"[A-Za-z]{2,}")
#: The number of consecutive words that a translation shares with its original only if it was left untranslated.
THREE_WORDS = re.compile(r"(?=\b([a-z]+ [a-z]+ [a-z]+)\b)", re.IGNORECASE)


def compare(
    features: Sequence[Path], translated: Sequence[Path], steps: Iterable[StepPattern] | None = None
) -> list[Fault]:
    """The places where a translation has another meaning, or the words of the original.

    With `steps` None, step functions are not compared. Findings name the translation, except for parts without a
    counterpart there.
    """
    found: list[Fault] = []
    ours = {path.stem: (path, own) for path, own in read(features, found).items()}
    theirs = {path.stem: (path, own) for path, own in read(translated, found).items()}
    unreadable = {finding.path.stem for finding in found}
    for path in [*features, *translated]:
        if path.stem not in unreadable and not (path.stem in ours and path.stem in theirs):
            found.append(Fault(path, 1, "translation", f"{path.name} is in one language only"))
    patterns = None if steps is None else list(steps)
    for stage in [stage for stage in ours if stage in theirs]:
        first = {clause.tag: clause for clause in ours[stage][1]}
        second = {clause.tag: clause for clause in theirs[stage][1]}
        found += _head(ours[stage][0], theirs[stage][0])
        for clause in [*first.values(), *second.values()]:
            if clause.tag not in first or clause.tag not in second:
                found.append(fault_of(clause, "translation", "is in one language only"))
        for tag in [tag for tag in first if tag in second]:
            found += _parts(first[tag], second[tag])
            found += _texts(first[tag], second[tag])
            if patterns is not None and len(first[tag].parsed) == len(second[tag].parsed):
                found += _meanings(first[tag], second[tag], patterns)
    return found


def _head(path: Path, other: Path) -> Iterator[Fault]:
    """The name and the description of a feature."""
    ours, theirs = parse(path), parse(other)
    for part in ("name", "description"):
        for message in _text(ours[part].strip(), theirs[part].strip()):
            yield Fault(other, theirs["location"]["line"], "translation", f"the {part} of the feature {message}")


def _parts(clause: Clause, other: Clause) -> Iterator[Fault]:
    """The parts that have to be identical."""
    shared: Mapping[str, Callable[[Clause], object]] = {
        "extra tags": lambda c: c.tags,
        "given, when and then": lambda c: [step.kind for step in c.parsed],
        "data tables": lambda c: [step.table for step in c.parsed if step.table],
        "docstrings": lambda c: [step.docstring for step in c.parsed if step.docstring is not None],
    }
    different = [what for what, part in shared.items() if part(clause) != part(other)]
    tables = [[table.rows for table in each.tables] for each in (clause, other)]
    if [*map(len, tables[0])] != [*map(len, tables[1])] or not all(
        _same_row(row, again)
        for ours, theirs in zip(*tables, strict=True)
        for row, again in zip(ours, theirs, strict=True)
    ):
        different.append("examples")
    for what in different:
        yield fault_of(other, "translation", f"the {what} are not those of {clause.path}:{clause.line}")


def _same_row(row: Row, other: Row) -> bool:
    """Cells have to be identical, except those of several words, which may be translated."""
    return len(row) == len(other) and all(
        cell == again or (len(WORD.findall(cell)) > 1 and _numbers(cell) == _numbers(again))
        for cell, again in zip(row, other, strict=True)
    )


def _texts(clause: Clause, other: Clause) -> Iterator[Fault]:
    """The parts with free wording."""
    pairs = [("name", clause.name, other.name), ("description", clause.description, other.description)]
    for what, ours, theirs in pairs:
        for message in _text(ours, theirs):
            yield fault_of(other, "translation", f"the {what} {message}")
    for step, again in zip(clause.parsed, other.parsed, strict=False):
        if left := _left(step.text, again.text):
            yield fault_of(other, "translation", f"the step {again.text!r} {left}", again.line)
    for table, copy in zip(clause.tables, other.tables, strict=False):
        for name, again_name in zip(table.columns, copy.columns, strict=False):
            if left := _left(name, again_name):
                yield fault_of(other, "translation", f"the column {again_name} {left}", copy.line)


def _text(text: str, other: str) -> Iterator[str]:
    """The fault in the translation of a text."""
    if bool(text) != bool(other):
        yield "is in one language only"
    elif _numbers(text) != _numbers(other):
        yield f"has the numbers {', '.join(_numbers(other)) or 'none'}, not {', '.join(_numbers(text)) or 'none'}"
    if left := _left(text, other):
        yield left


def _left(text: str, other: str) -> str:
    """Whether a text, or a part of it, was left untranslated."""
    if text == other and WORD.search(text):
        return "is not translated"
    same = set(THREE_WORDS.findall(" ".join(text.split()))) & set(THREE_WORDS.findall(" ".join(other.split())))
    return f"still has the words {min(same)!r}" if same else ""


def _numbers(text: str) -> list[str]:
    return sorted(NUMBER.findall(text))


def _meanings(clause: Clause, other: Clause, patterns: Sequence[StepPattern]) -> Iterator[Fault]:
    """Check that steps call the same function with the same arguments, in every row of the examples."""
    rows = zip(clause.examples or ({},), other.examples or ({},), strict=False)
    seen: set[int] = set()
    for row, again_row in rows:
        for step, again in zip(clause.parsed, other.parsed, strict=True):
            ours, theirs = _meaning(step, row, patterns), _meaning(again, again_row, patterns)
            if ours != theirs and ours and theirs and again.line not in seen:
                seen.add(again.line)
                message = f"{again.text!r} does not mean what {step.text!r} means ({clause.path.name}:{step.line})"
                yield fault_of(other, "translation", message, again.line)


def _meaning(step: Step, row: Mapping[str, str], patterns: Sequence[StepPattern]) -> tuple[object, str] | None:
    """The function of a step and its arguments; None if there is none, or more than one, which `lint` reports."""
    text = filled(step.text, row)
    matching = matches(step, text, patterns)
    if len(matching) != 1:
        return None
    (pattern,) = matching
    given = pattern.parser.parse_arguments(text) or {}
    arguments = {name: pattern.converters.get(name, _as_it_is)(value) for name, value in given.items()}
    return pattern.step_func, repr(sorted(arguments.items()))


def _as_it_is(value: object) -> object:
    return value
