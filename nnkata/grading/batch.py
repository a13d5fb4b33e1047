"""A batch: find submissions, look up kept verdicts, judge the others, keep them, write the results."""

import re
import shlex
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from nnkata.errors import UsageError
from nnkata.files import disk_is_full, remove, write
from nnkata.grading.archives.archive import Refused, unpack
from nnkata.grading.bundle import bundle
from nnkata.grading.cleanup import janitor
from nnkata.grading.course.find import Course, Found, course
from nnkata.grading.course.found_roster import hint
from nnkata.grading.dask_cluster import cluster
from nnkata.grading.definitions_only import DEFINITIONS, note
from nnkata.grading.gradebook import Summary
from nnkata.grading.kinds import stem
from nnkata.grading.output_folder import alone, apart, unclaimed
from nnkata.grading.owners import records_of
from nnkata.grading.points import scored
from nnkata.grading.records import save
from nnkata.grading.rosters.roster import roster
from nnkata.grading.schedule import Lost, processes, run
from nnkata.grading.similarity import MOST_COMPARED, Print, given_lines, print_of
from nnkata.grading.task import Options, Task, contract_hash, key, task, unjudged
from nnkata.grading.verdict_store import Kept
from nnkata.language import _, reason
from nnkata.places import skeletons
from nnkata.registry import option
from nnkata.runner.settings import new_seed
from nnkata.subject.source.network_class import took
from nnkata.texts import text
from nnkata.verdict import CLASS_TAKEN, Verdict, decode, encode

#: Called for each finished submission, with its name, its verdict, and whether it needed no judging now.
Done = Callable[[str, Verdict, bool], None]


@dataclass(frozen=True)
class Batch:
    """The submissions to judge and the folder for the results; `seed` None means that of the last run."""

    source: Path
    output: Path
    options: Options
    points: dict[str, float]
    seed: int | None = None
    jobs: int = 1
    scheduler: str | None = None
    force: bool = False
    platform: str = ""
    pattern: str = ""
    roster: Path | None = None


def grade(
    batch: Batch, begun: Callable[[int], None], told: Done, say: Callable[[str], None] = lambda text: None
) -> Summary:
    """Judge a folder, or an archive, of submissions. An interrupted batch also writes the gradebook.

    Raises:
        UsageError: there is nothing to judge, or the output folder cannot be used.
    """
    with ExitStack() as stack:
        work = _work(batch, stack)
        found = _course(batch, work)
        people = roster(batch.roster) if batch.roster else []
        if not people:
            found = replace(found, notes=(*found.notes, *hint(found, batch.source)))
        submissions = list(found.found)
        kept = Kept(batch.output)
        stack.callback(kept.close)
        options = msgspec.structs.replace(batch.options, seed=kept.seed(batch.seed, new_seed()))
        summary = Summary(batch.points)
        summary.records = records_of(found, people)
        begun(len(submissions))

        notes: dict[str, tuple[str, ...]] = {}

        def finish(name: str, verdict: Verdict, old: bool) -> None:
            named = scored(msgspec.structs.replace(verdict, implementation=name), batch.points)
            write(batch.output / "verdicts" / f"{name}.json", encode(named))
            summary.add(name, named)
            if taken := named.environment.get(CLASS_TAKEN):
                notes[name] = (*notes.get(name, ()), took(name, taken))
            if reason := named.environment.get(DEFINITIONS):
                notes[name] = (*notes.get(name, ()), note(reason))
            told(name, named, old)

        stack.callback(lambda: _write(summary, notes, batch.output))
        stack.callback(lambda: _forget(batch.output / "verdicts", {found.name for found in submissions}))
        contract = contract_hash()
        fresh = _fresh(submissions, options, contract, kept if not batch.force else None, finish, notes, summary.prints)
        tasks = _announced(fresh, say)
        if batch.scheduler is not None:
            submit, jobs = stack.enter_context(cluster(batch.scheduler, say))
        else:
            jobs = min(batch.jobs, len(submissions))
            submit = stack.enter_context(processes(jobs, work))
        for done, outcome in run(tasks, submit, 2 * jobs):
            if isinstance(outcome, Lost):
                finish(done.name, unjudged(done.name, str(outcome), options), False)
                continue
            kept.put(key(done, contract), outcome)
            finish(done.name, decode(outcome), False)
        return summary


def _fresh(
    submissions: list[Found],
    options: Options,
    contract: str,
    kept: Kept | None,
    finish: Done,
    notes: dict[str, tuple[str, ...]],
    prints: dict[str, Print],
) -> Iterator[Task]:
    """The tasks to judge; submissions with a kept verdict, or without Python, are finished here."""
    begun = [path for path in skeletons() if path.is_file()]
    given_to_all = given_lines(path.read_text(encoding="utf-8") for path in begun)
    for found in submissions:
        try:
            bundled = bundle(found)
            if len(submissions) <= MOST_COMPARED:
                prints[found.name] = print_of(bundled.files, given_to_all)
            given, notes[found.name] = task(found.name, bundled, options), bundled.notes
        except (Refused, RecursionError, MemoryError) as error:
            finish(found.name, unjudged(found.name, str(error) or type(error).__name__, options), True)
            continue
        old = kept.get(key(given, contract)) if kept else None
        if old is not None:
            finish(found.name, decode(old), True)
        else:
            yield given


def _announced(tasks: Iterator[Task], say: Callable[[str], None]) -> Iterator[Task]:
    """The tasks, with a message before the first one, whose verdict takes some seconds."""
    for number, task_ in enumerate(tasks):
        if not number:
            say(_("judging the first of them"))
        yield task_


def _work(batch: Batch, stack: ExitStack) -> Path:
    """A temporary folder in the output folder."""
    apart(batch.source, batch.output)
    unclaimed(batch.output)
    try:
        (batch.output / "verdicts").mkdir(parents=True, exist_ok=True)
        stack.enter_context(alone(batch.output))
        for old in batch.output.glob(".work-*"):
            remove(old)  # left by a killed run
        work = Path(tempfile.mkdtemp(prefix=".work-", dir=batch.output)).resolve()
    except OSError as error:
        raise UsageError(
            _("{output} cannot be written: {strerror}").format(output=batch.output, strerror=reason(error))
        ) from None
    stack.callback(lambda: remove(work))
    stack.enter_context(janitor(work))
    return work


def _course(batch: Batch, work: Path) -> Course:
    source = batch.source
    try:
        if source.is_file():
            if source.suffix in (".py", ".ipynb"):
                text_ = _("{source} is one file: {command}; grade takes a folder, or an archive of one")
                command = f"nnkata check {shlex.quote(str(source))}{option()}"
                raise UsageError(text_.format(source=source, command=command))
            source = work / text(stem(source.name))
            unpack(batch.source, source)
        found = course(source, batch.platform, batch.pattern, work)
    except OSError as error:
        if disk_is_full(error):
            raise
        text_ = _("{source} cannot be read: {error}")
        raise UsageError(text_.format(source=batch.source, error=reason(error))) from None
    except Refused as error:
        raise UsageError(_("{source} cannot be read: {error}").format(source=batch.source, error=error)) from None
    except re.error as error:
        raise UsageError(_("--name-pattern is not a regular expression: {error}").format(error=error)) from None
    if not found.found:
        where = text(str(batch.source))
        raise UsageError(_("there is no submission in {source}: no .py file, no folder, no .zip").format(source=where))
    return found


def _write(summary: Summary, notes: Mapping[str, tuple[str, ...]], output: Path) -> None:
    """Write the results of the batch, with the notes from reading it."""
    if summary.records:
        why = {**summary.not_judged, **summary.pending}
        known = [
            msgspec.structs.replace(one, notes=list(notes.get(one.submission, ())), why=why.get(one.submission))
            for one in summary.records.submissions
        ]
        summary.records = msgspec.structs.replace(summary.records, submissions=known)
        save(summary.records, output)
    summary.write(output)


def _forget(folder: Path, names: set[str]) -> None:
    """Remove the verdicts of vanished submissions."""
    for path in folder.glob("*.json"):
        if path.stem not in names:
            path.unlink()
