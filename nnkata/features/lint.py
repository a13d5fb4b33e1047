"""Faults that pytest-bdd ignores silently, and demands of the contract on its features: one rule each.

pytest-bdd runs only the last of two scenarios of one name, passes a scenario without steps, runs an outline without
examples once with a literal `<x>`, and takes any of several step functions that match a step. The files of one language
are linted together, as they are bound together; `nnkata.features.translation` compares two languages.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

from nnkata.features.bdd import make_python_name
from nnkata.features.clause import Clause, filled
from nnkata.features.fault import Fault, fault_of
from nnkata.features.gherkin import FeatureError, clauses, described, open_rows, parse
from nnkata.features.lint_clause import faults
from nnkata.features.matching import broken
from nnkata.features.misplaced import keyworded, slip_behind, slip_in_step, slip_in_title, without_keyword
from nnkata.features.tags import TAGS
from nnkata.language import _
from nnkata.registry import current as kata
from nnkata.steps.definitions import StepPattern


def lint(
    files: Sequence[Path], steps: Iterable[StepPattern] | None = None, extra_tags: Collection[str] | None = None
) -> list[Fault]:
    """All findings, in the order of the files and their lines.

    With `steps` None, matching of steps is not checked; with `extra_tags` None, those of the kit and of the current
    kata are allowed.
    """
    allowed = TAGS | {kata().full_tag} if extra_tags is None else extra_tags
    found: list[Fault] = []
    known: list[Clause] = []
    patterns = None if steps is None else list(steps)
    for path, own in read(files, found).items():
        known += own
        lost = [*_lost(path, patterns)]
        found += lost if lost and not own else [*lost, *_numbers(path, own)]
    for clause in known:
        found += faults(clause, allowed, patterns)
    found += [*_names(known), *_duplicate_tags(known)]
    if patterns is not None:
        found += _matches(known, patterns)
    return sorted(dict.fromkeys(found), key=lambda finding: (files.index(finding.path), finding.line))


def read(files: Iterable[Path], found: list[Fault]) -> dict[Path, list[Clause]]:
    """The clauses of each readable file; an unreadable one is a fault."""
    known: dict[Path, list[Clause]] = {}
    for path in files:
        try:
            known[path] = clauses([path])
        except FeatureError as error:
            found.append(Fault(path, error.line, "unreadable", error.why))
    return known


def _numbers(path: Path, own: Sequence[Clause]) -> Iterator[Fault]:
    """Clauses have to be numbered from 1 in the order of the file."""
    if not own:
        yield Fault(path, 1, "no-scenario", _("there is no scenario in it; add one, or take the file away"))
    for number, clause in enumerate(own, 1):
        if clause.tag != f"{path.stem}-{number}":
            text = _("has to be tagged @{stage}-{number}, as clause {number} of its file")
            yield fault_of(clause, "clause-tag", text.format(stage=path.stem, number=number))


def _lost(path: Path, patterns: Sequence[StepPattern] | None) -> Iterator[Fault]:
    """Lines of descriptions that were meant as a title, above a step, or as a step; Gherkin takes them for prose."""
    language = str(parse(path)["language"])
    for number in open_rows(path):
        text = _("this row has no bar at its end, and its last cell is dropped; end it with |")
        yield Fault(path, number, "open-row", text)
    for number, line, below, steps in described(path):
        prose = not re.search("[:：]", line) and slip_in_step(below, language)  # two lines with two slips are prose
        if (advice := slip_in_title(line, language)) and without_keyword(below, language) and not prose:
            said = _("'{text}' is read as a description").format(text=line[:80])
            yield Fault(path, number, "title", said + advice)
        elif (advice := slip_in_step(line, language)) and patterns is not None:
            text = without_keyword(line, language)
            if any(pattern.parser.is_matching(text) for pattern in patterns):
                said = _("'{text}' is read as a description").format(text=line[:80])
                yield Fault(path, number, "capitals", said + advice)
        elif advice := (steps and slip_behind(line, language)) or _misplaced(line, language, patterns or ()):
            said = _("'{text}' is read as a description").format(text=" ".join(line.split())[:80])
            yield Fault(path, number, "step", said + advice)


def _misplaced(line: str, language: str, patterns: Sequence[StepPattern]) -> str:
    """The advice for a line of a description that is a step of another language, or one above all scenarios."""
    for of, text in sorted(keyworded(line), key=lambda found: found[0] != language):
        if any(pattern.parser.is_matching(text) for pattern in patterns):
            if of == language:
                return _("; a step stands in a scenario, or below `Background:`")
            text = _("; its keyword is {language}, the file is {own}; `# language: {language}` at its top changes that")
            return text.format(language=of, own=language)
    return ""


def _names(known: Sequence[Clause]) -> Iterator[Fault]:
    """All features are bound in one module, where a scenario becomes a function of its name."""
    for clause in known:
        if not clause.name:
            yield fault_of(clause, "no-name", _("has no name; write one behind Scenario:"))
    for clause, first in _again([clause for clause in known if clause.name], lambda own: make_python_name(own.name)):
        if (first.path, first.name) == (clause.path, clause.name):
            text = _("has the name of another scenario of its file ({place}): only the last one would run; rename one")
            rule = "duplicate-name"
        else:
            text = _("makes the same test name as another scenario ({place}); rename one")
            rule = "duplicate-test"
        yield fault_of(clause, rule, text.format(place=f"{first.path.name}:{first.line}"))


def _duplicate_tags(known: Sequence[Clause]) -> Iterator[Fault]:
    for clause, first in _again(known, lambda clause: clause.tag):
        if (first.path, first.name) == (clause.path, clause.name):
            continue  # `_names` reports it
        text = _("another scenario has this tag or name ({place}): their results would be mixed; rename one")
        yield fault_of(clause, "duplicate-tag", text.format(place=f"{first.path.name}:{first.line}"))


def _again(known: Sequence[Clause], key: Callable[[Clause], str]) -> Iterator[tuple[Clause, Clause]]:
    """Every clause with the key of an earlier one, and the first of these."""
    groups: dict[str, list[Clause]] = defaultdict(list)
    for clause in known:
        groups[key(clause)].append(clause)
    return ((clause, group[0]) for group in groups.values() for clause in group[1:])


def _matches(known: Sequence[Clause], patterns: Sequence[StepPattern]) -> Iterator[Fault]:
    """Every step that runs, in every row of an outline, has one step function; each text is looked up once per line."""
    seen: set[tuple[Path, int, str]] = set()
    for clause in known:
        rows = list(zip(clause.examples, (line for table in clause.tables for line in table.lines), strict=True))
        for step in clause.parsed:
            for row, line in rows or [({}, 0)]:
                text = filled(step.text, row)
                if step.kind is not None and (clause.path, step.line, text) not in seen:
                    seen.add((clause.path, step.line, text))
                    of = "" if text == step.text else _(" (with the row in line {line})").format(line=line)
                    for rule, message in broken(step, text, patterns, of):
                        yield fault_of(clause, rule, message, step.line)
