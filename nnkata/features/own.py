"""A user's own features: refuses, before a run, faults that pytest-bdd ignores silently or that end it."""

import difflib
import importlib
import re
from collections.abc import Collection, Iterator, Sequence
from itertools import count
from pathlib import Path
from types import ModuleType

from nnkata.errors import UsageError
from nnkata.explanations import topics
from nnkata.features.bdd import step_patterns
from nnkata.features.clause import Clause, is_clause_tag
from nnkata.features.fault import Fault
from nnkata.features.gherkin import clauses
from nnkata.features.lint import lint
from nnkata.features.matching import matches
from nnkata.features.tags import TAGS
from nnkata.kata_faults import told
from nnkata.language import _
from nnkata.places import feature_files
from nnkata.registry import comes_along
from nnkata.registry import current as kata
from nnkata.steps.definitions import StepPattern
from nnkata.suggestions import meant

#: Rules for the contract's own features alone, and faults that change no result.
FREE = frozenset(["clause-tag", "unknown-tag", "unused-column", "duplicate-test", "unchecked"])
#: Those of them that a user may want to know.
TOLD = frozenset(["unused-column", "unchecked"])
#: Rules about parts of a feature that pytest-bdd drops without a word, whatever the steps are.
DROPPED = frozenset(["duplicate-name", "step", "capitals", "title", "open-row", "no-steps", "duplicate-column"])
#: The least likeness of a tag that is misspelt: `slowly`, a tag of one's own, has 0.8 of `slow`.
MISSPELT = 0.88
#: The number of findings shown; more would scroll the first ones away.
SHOWN = 10


def own_clauses(folder: Path, steps: bool = True) -> list[Clause]:
    """The scenarios of a user's folder; without `steps`, they may use other steps than the kata's.

    Raises:
        UsageError: one of them would not run, would run in part, or would check nothing; the text states where and why.
    """
    files = feature_files(folder)
    _refuse(files, folder, _patterns() if steps else None)
    return clauses(files)


def kata_clauses() -> list[Clause]:
    """The scenarios of the current kata, which comes from another package.

    Raises:
        UsageError: one of them would not run, would run in part, or would check nothing; or a step module is at fault.
    """
    files = feature_files(None)
    known = clauses(files)
    if _sound.get(kata().name) != known:
        _refuse(files, kata().features, _patterns())
        if unfit := [*_unnamed(known), *_untranslated(known), *_misnamed({clause.tag for clause in known})]:
            raise UsageError(_("the kata {name} cannot be used: {fault}").format(name=kata().name, fault=unfit[0]))
        _sound[kata().name] = known
    return known


def _unnamed(known: Sequence[Clause]) -> Iterator[str]:
    """Scenarios whose name is no tag of a clause of their stage: another stage's, or none."""
    for clause in known:
        if not is_clause_tag(clause.tag, clause.stage):
            taken = {other.tag for other in known}
            free = next(tag for number in count(1) if (tag := f"{clause.stage}-{number}") not in taken)
            text = _("{file}, line {line}: the scenario has no tag of its stage; tag it @{tag}")
            yield text.format(file=clause.path.name, line=clause.line, tag=free)


def _untranslated(known: Sequence[Clause]) -> Iterator[str]:
    """Clauses that the features in the current language and the English ones do not share."""
    english = clauses(feature_files(None, "en"))
    for tag in sorted({clause.tag for clause in known} ^ {clause.tag for clause in english}):
        yield _("the features of its languages do not agree: {clause} is not in all of them").format(clause=tag)


def _misnamed(tags: Collection[str]) -> Iterator[str]:
    """Clauses that the known mistakes or the explanations name and that do not exist."""
    named = [(entry.name, (*entry.clauses, *entry.sometimes)) for entry in kata().catalogue().values()]
    named += [(name, tuple(topic.clauses.split())) for name, topic in topics("en").items()]
    for name, those in named:
        for tag in those:
            if tag not in tags:
                yield _("there is no clause {clause}").format(clause=repr(tag)) + f" ({name}){meant(tag, tags)}"


#: The clauses of katas that have been looked at: a batch needs them for each submission.
_sound: dict[str, list[Clause]] = {}


def _patterns() -> list[StepPattern]:
    return step_patterns(map(_imported, kata().steps))


def _imported(module: str) -> ModuleType:
    """A module of steps.

    Raises:
        UsageError: its import fails, in a kata of another package.
    """
    try:
        return importlib.import_module(module)
    except (Exception, SystemExit) as error:
        if comes_along():
            raise
        text = _("the steps {module} of the kata {name} cannot be imported: {error}")
        raise UsageError(text.format(module=module, name=kata().name, error=told(error))) from error


def _refuse(files: Sequence[Path], folder: Path, patterns: Sequence[StepPattern] | None) -> None:
    found = [finding for finding in lint(files, patterns) if finding.rule not in FREE]
    if any(finding.rule in ("placeholder", "no-examples") for finding in found):  # then a step has a <x> left in it
        found = [finding for finding in found if finding.rule != "missing-step" or "<" not in finding.message]
    if found:
        lines = [_("the features in {folder} cannot be run:").format(folder=folder), *map(_told, found[:SHOWN])]
        if len(found) > SHOWN:
            lines.append(_("(and {count} more)").format(count=len(found) - SHOWN))
        raise UsageError("\n".join(lines))


def remarks(folder: Path) -> list[str]:
    """Parts of a user's features that run, but may not be meant so: an outcome without a check, a misspelt tag."""
    files = feature_files(folder)
    known = TAGS | {kata().full_tag}
    patterns = _patterns()
    told = [fault for fault in lint(files, patterns) if fault.rule in TOLD]
    for clause in clauses(files):
        for tag, line in clause.marks:
            near = [] if tag in known else difflib.get_close_matches(tag, known, 1, MISSPELT)
            number = re.fullmatch(rf"{re.escape(clause.stage)}[\W_]?(\d+)\W*", tag)
            if number and not is_clause_tag(tag, clause.stage):
                near = [f"{clause.stage}-{number[1]}"]
            if near:
                text = _("@{tag} means nothing here") + _("; ") + _("did you mean {name}?")
                told.append(Fault(clause.path, line, "tag", text.format(tag=tag, name=f"@{near[0]}")))
    return [*map(_told, dict.fromkeys(told))][:SHOWN]


def lost_parts(files: Sequence[Path]) -> str:
    """The parts of these features that would not run or check nothing, one per line with its place; empty without any.

    Each file stands for itself: several test modules may bind scenarios of one title.
    """
    patterns = _patterns()
    found = [
        fault
        for file in files
        for fault in lint([file], patterns)
        if fault.rule in DROPPED or (fault.rule == "no-then" and _all_known(fault, patterns))
    ]
    return "\n".join(map(_told, found[:SHOWN]))


def _all_known(fault: Fault, patterns: Sequence[StepPattern]) -> bool:
    """Whether the scenario has the kata's steps alone: a When of a user's own may check something."""
    faulty = [clause for clause in clauses([fault.path]) if clause.line == fault.line]
    return all(matches(step, step.text, patterns) for clause in faulty for step in clause.parsed)


def _told(finding: Fault) -> str:
    """The finding, with the file's path relative to the working directory."""
    here = Path.cwd()
    path = finding.path.relative_to(here) if finding.path.is_relative_to(here) else finding.path
    return f"{path}:{finding.line}: {finding.message}"
