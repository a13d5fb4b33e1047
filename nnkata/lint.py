"""What pytest-bdd lets pass in silence, and what the contract asks of its features: findings, a rule each.

pytest-bdd runs only the last of two scenarios of one name, passes a scenario without steps, runs an outline without
examples once with a literal `<x>`, and takes any of several step functions that match a step.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from pytest_bdd.scenario import make_python_name
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from nnkata.gherkin import Clause, FeatureError, clauses

EXTRA_TAGS = frozenset(["full-mnist", "article-choice"])
PLACEHOLDER = re.compile(r"<([^<>]+)>")
KINDS = {"Given": "given", "When": "when", "Then": "then"}


@dataclass(frozen=True)
class Finding:
    """One fault: where it is, which rule it breaks, and what is wrong."""

    path: Path
    line: int
    rule: str
    message: str


def step_patterns(modules: Iterable[ModuleType]) -> list[StepFunctionContext]:
    """The steps that modules define (pytest-bdd leaves them in their modules as fixtures)."""
    modules = list(modules)
    names = {module.__name__ for module in modules}
    return [context for context in step_function_context_registry.values() if context.step_func.__module__ in names]


def lint(
    files: Sequence[Path], patterns: Collection[StepFunctionContext] = (), extra_tags: Collection[str] = EXTRA_TAGS
) -> list[Finding]:
    """All findings, in the order of the files; steps are matched only if there are patterns."""
    found: list[Finding] = []
    known: list[Clause] = []
    for path in files:
        try:
            own = clauses([path])
        except FeatureError as error:
            found.append(Finding(path, 1, "unreadable", str(error)))
            continue
        known += own
        found += _numbers(path, own)
    for clause in known:
        found += _tags(clause, extra_tags)
        found += _steps(clause)
        found += _examples(clause)
        found += _matches(clause, patterns) if patterns else ()
    return found + list(_names(known))


def _finding(clause: Clause, rule: str, message: str) -> Finding:
    return Finding(clause.path, clause.line, rule, f"{clause.tag}: {message}")


def _numbers(path: Path, own: Sequence[Clause]) -> Iterator[Finding]:
    """Clauses are numbered from 1 in the order of the file."""
    if not own:
        yield Finding(path, 1, "no-scenario", "there is no scenario in it")
    for number, clause in enumerate(own, 1):
        if clause.tag != f"{path.stem}-{number}":
            yield _finding(
                clause, "clause-tag", f"has to be tagged @{path.stem}-{number}, as clause {number} of its file"
            )


def _tags(clause: Clause, extra_tags: Collection[str]) -> Iterator[Finding]:
    for tag in sorted(clause.tags - set(extra_tags)):
        yield _finding(clause, "unknown-tag", f"@{tag} means nothing here")


def _steps(clause: Clause) -> Iterator[Finding]:
    if not clause.steps:
        yield _finding(clause, "no-steps", "has no steps, and would pass")
    elif not any(kind == "then" for kind, _ in _typed(clause.steps)):
        yield _finding(clause, "no-then", "has no Then, so it checks nothing")


def _examples(clause: Clause) -> Iterator[Finding]:
    used = set(PLACEHOLDER.findall("\n".join(clause.steps)))
    columns = {name for row in clause.examples for name in row}
    if clause.outline and not clause.examples:
        yield _finding(clause, "no-examples", "is an outline without examples, and would run with literal <x>")
    elif used - columns:
        yield _finding(clause, "placeholder", f"no example gives <{'>, <'.join(sorted(used - columns))}>")
    if columns - used:
        yield _finding(clause, "unused-column", f"no step uses the column {', '.join(sorted(columns - used))}")


def _names(known: Sequence[Clause]) -> Iterator[Finding]:
    """All features are bound in one module, where a scenario becomes a function of its name."""
    tags = Counter(clause.tag for clause in known)
    functions = Counter(make_python_name(clause.name) for clause in known)
    for clause in known:
        if functions[make_python_name(clause.name)] > 1:
            yield _finding(
                clause, "duplicate-name", f"another scenario is called {clause.name!r} too: only one would run"
            )
        if tags[clause.tag] > 1:
            yield _finding(clause, "duplicate-tag", "another scenario has this tag")


def _typed(steps: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Kind and text of each step; And and But go on with the kind before them."""
    kind = "given"
    for step in steps:
        keyword, _, text = step.split("\n")[0].partition(" ")
        kind = KINDS.get(keyword, kind)
        yield kind, text


def _matches(clause: Clause, patterns: Collection[StepFunctionContext]) -> Iterator[Finding]:
    for row in clause.examples or ({},):
        for kind, text in _typed(clause.steps):
            shown = PLACEHOLDER.sub(lambda match, row=row: row.get(match[1], match[0]), text)  # type: ignore[misc]
            matching = [p for p in patterns if p.type in (kind, None) and p.parser.is_matching(shown)]
            if not matching:
                yield _finding(clause, "missing-step", f"no step is defined for {shown!r}")
            elif len(matching) > 1:
                names = ", ".join(p.step_func.__name__ for p in matching)
                yield _finding(clause, "ambiguous-step", f"{shown!r} matches several steps: {names}")
