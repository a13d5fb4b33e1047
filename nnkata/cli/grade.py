"""`nnkata grade FOLDER --output DIR`: the verdicts on a folder of untrusted submissions."""

import contextlib
import os
import sys
import time
from pathlib import Path

import click

from nnkata.cli.batch_summary import closing, fits_above, next_steps
from nnkata.cli.failures import UNDONE, fail, on_terminal, say
from nnkata.cli.options import (
    Destination,
    Grouped,
    OneOf,
    data_option,
    isolation_option,
    laws_option,
    seed_option,
    skip_option,
    stage_option,
    upto_option,
)
from nnkata.cli.translations import kata_option, language_option
from nnkata.errors import NotJudged, UsageError
from nnkata.grading.batch import Batch, grade
from nnkata.grading.platforms import READERS
from nnkata.grading.points import weights
from nnkata.grading.task import options_of
from nnkata.language import _, reason
from nnkata.reports.formats.html.paper import Paper
from nnkata.reports.report import worded
from nnkata.reports.width import cut
from nnkata.runner.run import known_clauses
from nnkata.runner.settings import ISOLATIONS, Asked, configuration, settled
from nnkata.subject.walls.choice import described, wall_of
from nnkata.subject.walls.sandbox import NoSandbox
from nnkata.subject.walls.wasm import SLOWER, slower
from nnkata.terminal import columns_of, draws
from nnkata.verdict import Verdict

DONE, INTERRUPTED = 0, 130
PATTERN = "A regular expression for names of another form: with (?P<who>…), optionally (?P<id>…), attempt and file."


@click.command(name="grade", cls=Grouped)
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--output",
    required=True,
    type=Destination(file_okay=False, path_type=Path),
    help="The folder for verdicts and gradebook.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    default=os.cpu_count() or 1,
    show_default="cores",
    help="How many submissions to judge in parallel.",
)
@click.option("--scheduler", metavar="ADDRESS", help="A Dask scheduler, tcp://HOST:PORT, instead of --jobs.")
@isolation_option("How each submission is isolated.", [*ISOLATIONS[2:], "process"], "sandbox")
@kata_option
@stage_option
@upto_option
@click.option(
    "--from",
    "platform",
    type=OneOf(READERS, "PLATFORM"),
    help="The platform of the download FOLDER; default: recognised.",
)
@click.option("--name-pattern", "pattern", default="", metavar="REGEX", help=PATTERN)
@click.option(
    "--roster",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A list of students: CSV or a spreadsheet.",
)
@skip_option
@laws_option
@data_option
@seed_option("The seed of the random inputs; a batch keeps its own.")
@click.option("--pages", is_flag=True, help="Also write one page per verdict, about 10 ms each (extra html).")
@click.option("--force", is_flag=True, help="Judge all again, not only changed submissions.")
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    folder: Path,
    output: Path,
    jobs: int,
    scheduler: str | None,
    isolation: str,
    stages: tuple[str, ...],
    upto: str | None,
    skipped: tuple[str, ...],
    laws: bool,
    data: str,
    seed: int | None,
    pages: bool,
    force: bool,
    platform: str | None,
    pattern: str,
    roster: Path | None,
) -> None:
    """Judge every submission in FOLDER (or an archive of one) and write verdicts and a gradebook.

    FOLDER holds name.py files, notebooks, archives, one folder per student, clones, or an export of Moodle, Canvas,
    Gradescope, Blackboard, Brightspace or Sakai. Each entry is judged, or the reason is given. A second run judges only
    changed submissions. Settings ([tool.nnkata]: skip, points, limits) come from the working directory's
    pyproject.toml, never from a submission.

    Exit status: 0 the batch was judged, 2 it could not be, 130 it was interrupted; what was done is kept.
    """
    progress = Progress()
    try:
        if platform and pattern:
            raise UsageError(_("--from and --name-pattern exclude each other"))
        if scheduler is None:
            isolation = _one_wall(isolation)
        known = known_clauses()
        configured = configuration()
        asked = Asked(lambda: known, None, stages, upto, (), skipped, isolation, data, 0, laws=laws)
        options = options_of(settled(asked, configured, str(folder)))
        points = weights(configured.points, known)
        batch = Batch(folder, output, options, points, seed, jobs, scheduler, force, platform or "", pattern, roster)
        paper = Paper(output, known, points, pages)

        def told(name: str, verdict: Verdict, old: bool) -> None:
            progress.told(name, verdict, old)
            paper.told(name, verdict)

        summary = grade(batch, progress.begin, told, progress.say)
        page = paper.index(summary)
    except NoSandbox as error:
        more = _("Or use --isolation process, which lets submissions read your files; verdicts state it.")
        fail(ctx, f"{error}\n{more}")
    except ImportError as error:
        extra = "html" if error.name == "jinja2" else "cluster"
        text = _("this needs the extra `{extra}` (pip install 'nnkata[{extra}]'): {error}")
        fail(ctx, text.format(extra=extra, error=error))
    except NotJudged as error:
        fail(ctx, str(error))
    except OSError as error:
        progress.clear()
        text = _("{path} cannot be written: {strerror}")
        path = error.filename if isinstance(error.filename, str) else str(output)
        say(text.format(path=path, strerror=reason(error)))
        _kept(progress, output)
        ctx.exit(UNDONE)
    except KeyboardInterrupt:
        progress.clear()
        _aside(_("nnkata: interrupted"))
        _kept(progress, output)
        ctx.exit(INTERRUPTED)
    progress.clear()
    steps = next_steps(page, output, summary)
    click.echo("\n".join([*on_terminal(closing(summary, output, folder, fits_above(steps))), *steps]))
    ctx.exit(DONE)


def _one_wall(isolation: str) -> str:
    """The wall for all processes, which is shown: a kept verdict counts for its wall alone."""
    wall = wall_of(isolation)
    if wall is None:
        return isolation
    _aside(_("isolation: {wall}").format(wall=worded(described(wall.name))))
    if wall.name == "wasm":
        text = _("WebAssembly: {factor:.1f} times the time of native code here; limits of time are {more}-fold")
        _aside(text.format(factor=slower(), more=SLOWER))
    return wall.name


def _aside(text: str, nl: bool = True) -> None:
    """Print to standard error; if its reader has gone, the batch goes on."""
    with contextlib.suppress(OSError):
        click.echo(text, err=True, nl=nl)


def _kept(progress: "Progress", output: Path) -> None:
    """The kept part of the batch after an early end, if it had begun."""
    if not progress.total:
        return
    text = _("{done} of {total} are kept in {folder}")
    _aside(text.format(done=progress.done, total=progress.total, folder=output))
    _aside(_("The same command goes on from there."))


class Progress:
    """Shows the progress of a batch: one changing line on a terminal, a line per tenth elsewhere."""

    def __init__(self) -> None:
        self.done = self.total = self.kept = self.passed = 0
        self._started = time.monotonic()
        self._live = draws(sys.stderr)

    def begin(self, total: int) -> None:
        """The number of submissions found."""
        self.total, self._started = total, time.monotonic()
        self.say(_("checking which submissions are already judged"))

    def told(self, name: str, verdict: Verdict, old: bool) -> None:
        """One more submission is done."""
        self.done, self.kept, self.passed = self.done + 1, self.kept + old, self.passed + verdict.passed
        fresh = self.done - self.kept
        rate = fresh / max(time.monotonic() - self._started, 1e-9)
        left = (
            _(", {time} left").format(time=_time((self.total - self.done) / rate))
            if fresh and self.done < self.total
            else ""
        )
        tenth = self.done * 10 // max(1, self.total) > (self.done - 1) * 10 // max(1, self.total)
        if self._live or tenth:
            text = _("{rate:.0f} a minute{left}; {passed} conform") if fresh else _("already judged; {passed} conform")
            self.say(text.format(rate=60 * rate, left=left, passed=self.passed))

    def say(self, text: str) -> None:
        """Show this text with the number of submissions that are done."""
        line = f"{self.done}/{self.total}  {text}"
        if self._live:
            _aside("\r" + cut(line, columns_of(sys.stderr.fileno()) - 1) + "\x1b[K", nl=False)
        else:
            _aside(line)

    def clear(self) -> None:
        """Erase the changing line."""
        if self._live:
            _aside("\r\x1b[K", nl=False)


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if minutes:
        return _("{minutes} min {seconds:02d} s").format(minutes=minutes, seconds=rest)
    return _("{seconds} s").format(seconds=rest)
