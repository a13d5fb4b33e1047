"""The rules of one clause: its title, its tags, its steps, its examples."""

from collections.abc import Collection, Iterator, Sequence

from nnkata.features.clause import ANY, PLACEHOLDER, Clause, Examples, Step, is_clause_tag
from nnkata.features.fault import Fault, fault_of
from nnkata.features.matching import matches
from nnkata.features.misplaced import description_not
from nnkata.language import _
from nnkata.steps.definitions import StepPattern

#: Beside names that begin with _: marks of pytest that need arguments.
NO_MARK = ("parametrize", "usefixtures")
#: The most characters of a title, which names the scenario in each line of a report: four lines of a terminal.
LONGEST_TITLE = 300


def faults(clause: Clause, allowed: Collection[str], patterns: Sequence[StepPattern] | None) -> Iterator[Fault]:
    """Those of a clause, beside its tag; `allowed` are the other tags that it may have."""
    yield from _title(clause)
    yield from _tags(clause, allowed)
    yield from _steps(clause, patterns)
    yield from _examples(clause)


def _title(clause: Clause) -> Iterator[Fault]:
    if len(clause.name) > LONGEST_TITLE:
        text = _("the title has {count} characters, more than {most}; write the rest below it, as a description")
        yield Fault(clause.path, clause.line, "long-title", text.format(count=len(clause.name), most=LONGEST_TITLE))


def _tags(clause: Clause, extra_tags: Collection[str]) -> Iterator[Fault]:
    for tag in sorted(clause.tags - set(extra_tags)):
        if is_clause_tag(tag, clause.stage):
            yield fault_of(clause, "clause-tag", _("has a second clause tag, @{tag}").format(tag=tag))
        else:
            yield fault_of(clause, "unknown-tag", _("@{tag} means nothing here").format(tag=tag))
    for tag, line in (*clause.marks, *((tag, table.line) for table in clause.tables for tag in table.tags)):
        if tag.startswith("_") or tag in NO_MARK:
            text = _("@{tag} cannot be a tag: pytest makes a mark of each, and refuses this one; rename it")
            yield fault_of(clause, "refused-tag", text.format(tag=tag), line)
    for table in clause.tables:
        for tag in table.tags:
            text = _("@{tag} on Examples means nothing; tag the scenario").format(tag=tag)
            yield fault_of(clause, "unknown-tag", text, table.line)


def _steps(clause: Clause, patterns: Sequence[StepPattern] | None) -> Iterator[Fault]:
    own = [step for step in clause.parsed if not step.background]
    if not own and clause.description.startswith("|"):
        text = _("a table stands below it, and no step; a table of values begins with `Examples:`")
        yield fault_of(clause, "no-steps", text)
    elif not own:
        yield fault_of(clause, "no-steps", _("has no steps of its own, and would pass; give it a Then, or take it out"))
    elif all(not _checks(step, patterns) for step in own):
        yield fault_of(clause, "no-then", _("has no Then, so it checks nothing; state the expected result"))
    elif late := [step for step in _behind(own) if step.kind == "when"]:
        text = _("{keyword} stands behind the last Then, so that nothing checks its outcome")
        yield fault_of(clause, "unchecked", text.format(keyword=late[0].keyword), late[0].line)
    for step in clause.parsed:
        if step.kind is None:
            text = _("{keyword} has no step before it to go on from; begin with Given, When or Then")
            said = text.format(keyword=step.keyword) + description_not(step.keyword)
            yield fault_of(clause, "first-step", said, step.line)


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
        yield fault_of(clause, "no-examples", text, clause.tables[0].line)
    elif clause.outline and not clause.examples:
        text = _("is an outline without examples, and would run with literal <x>; give it a table under Examples:")
        yield fault_of(clause, "no-examples", text)
    for table in clause.tables or (Examples(clause.line, (), (), ()),):
        columns = set(table.columns)
        if clause.examples and not table.rows:
            yield fault_of(clause, "no-examples", _("has a table of examples without rows; add one"), table.line)
        if len(columns) < len(table.columns):
            text = _("two columns have the same name, of which one would count; rename one")
            yield fault_of(clause, "duplicate-column", text, table.line)
        missing, unused = sorted(used - columns), sorted(columns - used)
        if (table.rows or not clause.outline) and missing:
            text = _("no column gives {names}; the columns are {columns}")
            if not clause.tables:
                text = _("{names} stands for a column of a table under Examples:, and there is none")
            names = ", ".join(f"<{name}>" for name in missing)
            there = ", ".join(table.columns) or _("none")
            yield fault_of(clause, "placeholder", text.format(names=names, columns=there), table.line)
        if unused:
            text = _("no step uses the column {names}").format(names=", ".join(unused))
            yield fault_of(clause, "unused-column", text, table.line)


def _placeholders(step: Step) -> Iterator[str]:
    texts = [step.text, *(cell for row in step.table for cell in row), step.docstring or ""]
    return (name for text in texts for name in _in(text))


def _in(text: str) -> Iterator[str]:
    """The placeholders that pytest-bdd sees, without comparisons such as `0 < p and p > 1`."""
    return (name for name in PLACEHOLDER.findall(text) if name == name.strip() or "<" in name)
