"""`nnkata` alone: the learner's progress, and the next command."""

import contextlib
import shlex
import time
from collections.abc import Mapping, Sequence

import click

from nnkata.errors import NotJudged, UsageError
from nnkata.features.clause import Clause
from nnkata.language import _, carried
from nnkata.latest_results import Standing, last
from nnkata.registry import current as kata
from nnkata.registry import option, use
from nnkata.reports.clean import clean
from nnkata.reports.failure import MARKS
from nnkata.reports.next_steps import built
from nnkata.reports.width import behind, columns, line_width, on_screen, wrap
from nnkata.runner.implementation import implementation_name
from nnkata.runner.run import known_clauses
from nnkata.runner.settings import configuration


def show(asked: bool = True) -> None:
    """Print the progress: in the current kata, or, if none was asked for, in that of the last check."""
    found = last()
    if found is not None and not asked:
        with contextlib.suppress(UsageError):  # its package may be gone
            use(found.kata)
    known = known_clauses()
    if found is not None and (found.kata, found.contract) == (kata().name, kata().contract):
        with on_screen():
            lines = stood(found, known)
    else:
        lines = begun(_named())
    lines += ["", _("All commands: {command}").format(command=carried("nnkata --help"))]
    click.echo("\n".join(lines))


def stood(found: Standing, known: Sequence[Clause]) -> list[str]:
    """The stages with the marks of their latest results, and the command for the first unfinished one."""
    name = clean(found.implementation)[0]
    when = time.strftime("%Y-%m-%d %H:%M", time.localtime(found.when))
    lines = [_("{name}, last checked {when}:").format(name=name, when=when), ""]
    missing = ""
    for stage in kata().stages:
        tags = [clause.tag for clause in known if clause.stage == stage]
        shown, whole = _stage(stage, tags, found.statuses)
        lines += shown
        missing = missing or ("" if whole else stage)
    lines.append("")
    again = ["nnkata", "check", name, *found.options]
    if missing:
        label = _("Next, {stage}:").format(stage=missing)
        return [*lines, *behind(label, carried(shlex.join([*again, "--upto", missing])), line_width())]
    return [*lines, *built(name)] if kata().built else lines[:-1]


def _stage(stage: str, tags: Sequence[str], statuses: Mapping[str, str]) -> tuple[list[str], bool]:
    """The lines of a stage, and whether the stage is finished; clauses that cannot be judged here do not count."""
    judged = [tag for tag in tags if statuses.get(tag, "skipped") != "skipped"]
    wrong = [tag.rpartition("-")[2] for tag in judged if statuses[tag] != "passed"]
    if not judged:
        idle = all(tag in statuses for tag in tags)
        return [f"  {MARKS['skipped'] if idle else '·'} {stage}"], idle
    mark = MARKS["failed" if wrong else "passed"]
    notes = _("not: {clauses}").format(clauses=", ".join(wrong)) if wrong else ""
    count = f"{len(judged) - len(wrong)}/{len(judged)}"
    head = f"  {mark} {stage:<15} {count:>5}"
    return wrap(notes, line_width(), f"{head}   ", " " * (columns(head) + 3)) or [head], not wrong


def begun(name: str) -> list[str]:
    """Advice for a folder in which nothing has been checked yet."""
    stage = kata().stages[0]
    if name:
        lines = [_("Nothing has been checked here yet. How far {name} is:").format(name=clean(name)[0])]
        return [*lines, f"  {carried(f'nnkata check {shlex.quote(name)} --upto {stage}{option()}')}"]
    return [
        _("Nothing has been checked here yet. To begin:"),
        f"  {carried(f'nnkata init {kata().entry}{option()}')}",
        f"  {carried(f'nnkata check {kata().entry} --upto {stage}{option()}')}",
    ]


def _named() -> str:
    """The implementation that the configuration, the environment or this folder names; empty where none does."""
    try:
        return implementation_name(None, configuration())
    except NotJudged:
        return ""
