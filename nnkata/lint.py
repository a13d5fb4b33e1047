"""What pytest-bdd lets pass in silence, and what the contract asks of its features: findings, a rule each.

pytest-bdd runs only the last of two scenarios of one name, passes a scenario without steps, runs an outline without
examples once with a literal `<x>`, and takes any of several step functions that match a step. The files of one
language are linted together, as they are bound together; `nnkata.translation` holds two languages together.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from nnkata.bdd import PARAM_RE, StepPattern, make_python_name, render_string
from nnkata.gherkin import Clause, Examples, FeatureError, Step, clauses, is_clause_tag
from nnkata.kata import current as kata
from nnkata.tags import TAGS


@dataclass(frozen=True)
class Finding:
    """One fault: where it is, which rule it breaks, and what is wrong."""

    path: Path
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        """As compilers print it, so that editors jump to it."""
        return f"{self.path}:{self.line}: {self.message} ({self.rule})"


def lint(
    files: Sequence[Path], steps: Iterable[StepPattern] | None = None, extra_tags: Collection[str] | None = None
) -> list[Finding]:
    """All findings, in the order of the files and their lines.

    `steps` of None leaves out whether steps match; `extra_tags` of None are those of the kit and of the current kata.
    """
    allowed = TAGS | {kata().full_tag} if extra_tags is None else extra_tags
    found: list[Finding] = []
    known: list[Clause] = []
    for path, own in read(files, found).items():
        known += own
        found += _numbers(path, own)
    for clause in known:
        found += [*_tags(clause, allowed), *_steps(clause), *_examples(clause)]
    found += [*_names(known), *_duplicate_tags(known)]
    if steps is not None:
        found += _matches(known, list(steps))
    return sorted(dict.fromkeys(found), key=lambda finding: (files.index(finding.path), finding.line))


def read(files: Iterable[Path], found: list[Finding]) -> dict[Path, list[Clause]]:
    """The clauses of each file that can be read; what cannot is a finding."""
    known: dict[Path, list[Clause]] = {}
    for path in files:
        try:
            known[path] = clauses([path])
        except FeatureError as error:
            found.append(Finding(path, error.line, "unreadable", str(error)))
    return known


def finding_in(clause: Clause, rule: str, message: str, line: int | None = None) -> Finding:
    """A fault of a clause, in its first line unless another is given."""
    return Finding(clause.path, clause.line if line is None else line, rule, f"{clause.tag}: {message}")


def _numbers(path: Path, own: Sequence[Clause]) -> Iterator[Finding]:
    """Clauses are numbered from 1 in the order of the file."""
    if not own:
        yield Finding(path, 1, "no-scenario", "there is no scenario in it")
    for number, clause in enumerate(own, 1):
        if clause.tag != f"{path.stem}-{number}":
            yield finding_in(
                clause, "clause-tag", f"has to be tagged @{path.stem}-{number}, as clause {number} of its file"
            )


def _tags(clause: Clause, extra_tags: Collection[str]) -> Iterator[Finding]:
    for tag in sorted(clause.tags - set(extra_tags)):
        if is_clause_tag(tag, clause.stage):
            yield finding_in(clause, "clause-tag", f"has a second clause tag, @{tag}")
        else:
            yield finding_in(clause, "unknown-tag", f"@{tag} means nothing here")
    for table in clause.tables:
        for tag in table.tags:
            yield finding_in(clause, "unknown-tag", f"@{tag} on Examples means nothing; tag the scenario", table.line)


def _steps(clause: Clause) -> Iterator[Finding]:
    own = [step for step in clause.parsed if not step.background]
    if not own:
        yield finding_in(clause, "no-steps", "has no steps of its own, and would pass")
    elif all(step.kind != "then" for step in own):
        yield finding_in(clause, "no-then", "has no Then, so it checks nothing")
    for step in clause.parsed:
        if step.kind is None:
            yield finding_in(clause, "first-step", f"{step.keyword} has no step before it to go on from", step.line)


def _examples(clause: Clause) -> Iterator[Finding]:
    used = {name for step in clause.parsed for name in _placeholders(step)} | set(_in(clause.name))
    if clause.outline and not clause.examples:
        yield finding_in(clause, "no-examples", "is an outline without examples, and would run with literal <x>")
    for table in clause.tables or (Examples(clause.line, (), (), ()),):
        columns = set(table.columns)
        if clause.examples and not table.rows:
            yield finding_in(clause, "no-examples", "has a table of examples without rows", table.line)
        if len(columns) < len(table.columns):
            yield finding_in(clause, "duplicate-column", "two columns have the same name: one would count", table.line)
        if (clause.tables or not clause.outline) and used - columns:
            yield finding_in(
                clause, "placeholder", f"no column gives <{'>, <'.join(sorted(used - columns))}>", table.line
            )
        if columns - used:
            names = ", ".join(sorted(columns - used))
            yield finding_in(clause, "unused-column", f"no step uses the column {names}", table.line)


def _placeholders(step: Step) -> Iterator[str]:
    texts = [step.text, *(cell for row in step.table for cell in row), step.docstring or ""]
    return (name for text in texts for name in _in(text))


def _in(text: str) -> Iterator[str]:
    """What pytest-bdd takes for placeholders, except for what can only be a comparison, as in `0 < p and p > 1`."""
    return (name for name in PARAM_RE.findall(text) if name == name.strip() or "<" in name)


def _names(known: Sequence[Clause]) -> Iterator[Finding]:
    """All features are bound in one module, where a scenario becomes a function of its name."""
    for clause in known:
        if not clause.name:
            yield finding_in(clause, "no-name", "has no name")
    for clause, first in _again(known, lambda clause: make_python_name(clause.name)):
        if (first.path, first.name) == (clause.path, clause.name):
            why = "has the name of another scenario of its file: only the last one would run"
        else:
            why = f"makes the same test name as {first.name!r}, test_{make_python_name(first.name)}"
        yield finding_in(clause, "duplicate-name", f"{why} ({first.path.name}:{first.line})")


def _duplicate_tags(known: Sequence[Clause]) -> Iterator[Finding]:
    for clause, first in _again(known, lambda clause: clause.tag):
        yield finding_in(clause, "duplicate-tag", f"another scenario has this tag ({first.path}:{first.line})")


def _again(known: Sequence[Clause], key: Callable[[Clause], str]) -> Iterator[tuple[Clause, Clause]]:
    """Every clause whose key an earlier one has too, with the first of them."""
    groups: dict[str, list[Clause]] = defaultdict(list)
    for clause in known:
        groups[key(clause)].append(clause)
    return ((clause, group[0]) for group in groups.values() for clause in group[1:])


def _matches(known: Sequence[Clause], patterns: Sequence[StepPattern]) -> Iterator[Finding]:
    """Every step that runs, in every row of an outline, has one step function; each text is looked up once a line."""
    seen: set[tuple[Path, int, str]] = set()
    for clause in known:
        for step in clause.parsed:
            for row in clause.examples or ({},):
                text = render_string(step.text, row)
                if step.kind is not None and (clause.path, step.line, text) not in seen:
                    seen.add((clause.path, step.line, text))
                    yield from _match(clause, step, text, patterns)


def matches(step: Step, text: str, patterns: Iterable[StepPattern]) -> list[StepPattern]:
    """The patterns that fit a step with that text; there should be one."""
    return [p for p in patterns if p.type in (step.kind, None) and p.parser.is_matching(text)]


def _match(clause: Clause, step: Step, text: str, patterns: Sequence[StepPattern]) -> Iterator[Finding]:
    matching = matches(step, text, patterns)
    if not matching:
        yield finding_in(clause, "missing-step", f"no {step.kind} step is defined for {text!r}", step.line)
    elif len(matching) > 1:
        names = ", ".join(repr(p.parser.name) for p in matching)
        yield finding_in(clause, "ambiguous-step", f"{text!r} matches several steps: {names}", step.line)
