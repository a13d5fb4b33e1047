"""Faults that pytest-bdd passes over in silence, and demands of the contract on its features: one rule each.

pytest-bdd runs only the last of two scenarios of one name, passes a scenario without steps, runs an outline without
examples once with a literal `<x>`, and takes any of several step functions that match a step. The files of one language
are linted together, as they are bound together; `nnkata.features.translation` compares two languages.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nnkata.features.bdd import make_python_name
from nnkata.features.clause import ANY, PLACEHOLDER, Clause, Examples, Step, filled, is_clause_tag
from nnkata.features.gherkin import FeatureError, clauses, described, open_rows, parse
from nnkata.features.matching import broken, matches
from nnkata.features.misplaced import (
    description_not,
    keyworded,
    slip_behind,
    slip_in_step,
    slip_in_title,
    without_keyword,
)
from nnkata.features.tags import TAGS
from nnkata.language import _
from nnkata.registry import current as kata
from nnkata.steps.definitions import StepPattern

#: Beside names that begin with _: marks of pytest that need arguments.
NO_MARK = ("parametrize", "usefixtures")
#: The most characters of a title, which names the scenario in each line of a report: four lines of a terminal.
LONGEST_TITLE = 300


@dataclass(frozen=True)
class Fault:
    """One fault: its place, the rule that it breaks, and a message."""

    path: Path
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        """In the form of compilers, so that editors jump to it."""
        return f"{self.path}:{self.line}: {self.message} ({self.rule})"


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
        found += [*_title(clause), *_tags(clause, allowed), *_steps(clause, patterns), *_examples(clause)]
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


def finding_in(clause: Clause, rule: str, message: str, line: int | None = None) -> Fault:
    """A fault of a clause, at its first line unless another is given."""
    said = f"{clause.tag}: {message}" if clause.tag else message
    return Fault(clause.path, clause.line if line is None else line, rule, said)


def _numbers(path: Path, own: Sequence[Clause]) -> Iterator[Fault]:
    """Clauses have to be numbered from 1 in the order of the file."""
    if not own:
        yield Fault(path, 1, "no-scenario", _("there is no scenario in it; add one, or take the file away"))
    for number, clause in enumerate(own, 1):
        if clause.tag != f"{path.stem}-{number}":
            text = _("has to be tagged @{stage}-{number}, as clause {number} of its file")
            yield finding_in(clause, "clause-tag", text.format(stage=path.stem, number=number))


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


def _title(clause: Clause) -> Iterator[Fault]:
    if len(clause.name) > LONGEST_TITLE:
        text = _("the title has {count} characters, more than {most}; write the rest below it, as a description")
        yield Fault(clause.path, clause.line, "long-title", text.format(count=len(clause.name), most=LONGEST_TITLE))


def _tags(clause: Clause, extra_tags: Collection[str]) -> Iterator[Fault]:
    for tag in sorted(clause.tags - set(extra_tags)):
        if is_clause_tag(tag, clause.stage):
            yield finding_in(clause, "clause-tag", _("has a second clause tag, @{tag}").format(tag=tag))
        else:
            yield finding_in(clause, "unknown-tag", _("@{tag} means nothing here").format(tag=tag))
    for tag, line in (*clause.marks, *((tag, table.line) for table in clause.tables for tag in table.tags)):
        if tag.startswith("_") or tag in NO_MARK:
            text = _("@{tag} cannot be a tag: pytest makes a mark of each, and refuses this one; rename it")
            yield finding_in(clause, "refused-tag", text.format(tag=tag), line)
    for table in clause.tables:
        for tag in table.tags:
            text = _("@{tag} on Examples means nothing; tag the scenario").format(tag=tag)
            yield finding_in(clause, "unknown-tag", text, table.line)


def _steps(clause: Clause, patterns: Sequence[StepPattern] | None) -> Iterator[Fault]:
    own = [step for step in clause.parsed if not step.background]
    if not own and clause.description.startswith("|"):
        text = _("a table stands below it, and no step; a table of values begins with `Examples:`")
        yield finding_in(clause, "no-steps", text)
    elif not own:
        yield finding_in(
            clause, "no-steps", _("has no steps of its own, and would pass; give it a Then, or take it out")
        )
    elif all(not _checks(step, patterns) for step in own):
        yield finding_in(clause, "no-then", _("has no Then, so it checks nothing; state the expected result"))
    elif late := [step for step in _behind(own) if step.kind == "when"]:
        text = _("{keyword} stands behind the last Then, so that nothing checks its outcome")
        yield finding_in(clause, "unchecked", text.format(keyword=late[0].keyword), late[0].line)
    for step in clause.parsed:
        if step.kind is None:
            text = _("{keyword} has no step before it to go on from; begin with Given, When or Then")
            said = text.format(keyword=step.keyword) + description_not(step.keyword)
            yield finding_in(clause, "first-step", said, step.line)


def _behind(steps: Sequence[Step]) -> Sequence[Step]:
    """The steps behind the last Then, or step of any kind, in the order of the file."""
    return steps[max((n + 1 for n, step in enumerate(steps) if step.kind in ("then", ANY)), default=len(steps)) :]


def _checks(step: Step, patterns: Sequence[StepPattern] | None) -> bool:
    """Whether the step is a Then; a * is one if its function is."""
    if step.kind != ANY or patterns is None:
        return step.kind in ("then", ANY)
    found = matches(step, step.text, patterns)
    return not found or any(pattern.type in ("then", None) for pattern in found)


def _examples(clause: Clause) -> Iterator[Fault]:
    used = {name for step in clause.parsed for name in _placeholders(step)}
    if clause.tables:  # the name of a plain scenario stays as it is
        used |= set(_in(clause.name))
    if clause.tables and not clause.examples:
        text = _("its tables of examples have no row of values: the first row of a table names the columns")
        yield finding_in(clause, "no-examples", text, clause.tables[0].line)
    elif clause.outline and not clause.examples:
        text = _("is an outline without examples, and would run with literal <x>; give it a table under Examples:")
        yield finding_in(clause, "no-examples", text)
    for table in clause.tables or (Examples(clause.line, (), (), ()),):
        columns = set(table.columns)
        if clause.examples and not table.rows:
            yield finding_in(clause, "no-examples", _("has a table of examples without rows; add one"), table.line)
        if len(columns) < len(table.columns):
            text = _("two columns have the same name, of which one would count; rename one")
            yield finding_in(clause, "duplicate-column", text, table.line)
        missing, unused = sorted(used - columns), sorted(columns - used)
        if (table.rows or not clause.outline) and missing:
            text = _("no column gives {names}; the columns are {columns}")
            if not clause.tables:
                text = _("{names} stands for a column of a table under Examples:, and there is none")
            names = ", ".join(f"<{name}>" for name in missing)
            there = ", ".join(table.columns) or _("none")
            yield finding_in(clause, "placeholder", text.format(names=names, columns=there), table.line)
        if unused:
            text = _("no step uses the column {names}").format(names=", ".join(unused))
            yield finding_in(clause, "unused-column", text, table.line)


def _placeholders(step: Step) -> Iterator[str]:
    texts = [step.text, *(cell for row in step.table for cell in row), step.docstring or ""]
    return (name for text in texts for name in _in(text))


def _in(text: str) -> Iterator[str]:
    """The placeholders that pytest-bdd sees, without comparisons such as `0 < p and p > 1`."""
    return (name for name in PLACEHOLDER.findall(text) if name == name.strip() or "<" in name)


def _names(known: Sequence[Clause]) -> Iterator[Fault]:
    """All features are bound in one module, where a scenario becomes a function of its name."""
    for clause in known:
        if not clause.name:
            yield finding_in(clause, "no-name", _("has no name; write one behind Scenario:"))
    for clause, first in _again([clause for clause in known if clause.name], lambda own: make_python_name(own.name)):
        if (first.path, first.name) == (clause.path, clause.name):
            text = _("has the name of another scenario of its file ({place}): only the last one would run; rename one")
            rule = "duplicate-name"
        else:
            text = _("makes the same test name as another scenario ({place}); rename one")
            rule = "duplicate-test"
        yield finding_in(clause, rule, text.format(place=f"{first.path.name}:{first.line}"))


def _duplicate_tags(known: Sequence[Clause]) -> Iterator[Fault]:
    for clause, first in _again(known, lambda clause: clause.tag):
        if (first.path, first.name) == (clause.path, clause.name):
            continue  # `_names` reports it
        text = _("another scenario has this tag or name ({place}): their results would be mixed; rename one")
        yield finding_in(clause, "duplicate-tag", text.format(place=f"{first.path.name}:{first.line}"))


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
                        yield finding_in(clause, rule, message, step.line)
