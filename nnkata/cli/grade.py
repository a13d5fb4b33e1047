"""`nnkata grade FOLDER --output DIR`: the verdicts on a folder of submissions that nobody trusts."""

import os
import shlex
import shutil
import sys
import time
from itertools import islice
from pathlib import Path

import click

from nnkata.cli.options import (
    Known,
    data_option,
    isolation_option,
    laws_option,
    seed_option,
    skip_option,
    stage_option,
    upto_option,
)
from nnkata.cli.trouble import UNDONE, fail, say
from nnkata.cli.words import kata_option, language_option
from nnkata.errors import NotJudged
from nnkata.grading.batch import Batch, grade
from nnkata.grading.gradebook import Summary
from nnkata.grading.platforms import READERS, TITLES
from nnkata.grading.points import weights
from nnkata.grading.task import options_of
from nnkata.language import _, carried, reason
from nnkata.reports.clean import clean, told
from nnkata.reports.html.paper import Paper
from nnkata.reports.report import worded
from nnkata.reports.width import cut
from nnkata.runner.run import known_clauses
from nnkata.runner.settings import ISOLATIONS, Asked, configuration, settled
from nnkata.subject.sandbox import NoSandbox
from nnkata.subject.walls import described, wall_of
from nnkata.subject.wasm import SLOWER, slower
from nnkata.texts import in_a_line
from nnkata.verdict import Verdict

DONE, INTERRUPTED = 0, 130
#: Entries below a course folder among which the path of one is looked for.
MAX_LISTED = 100_000
PATTERN = "A regular expression for names from no platform: with (?P<who>…), and perhaps (?P<id>…), attempt, file."


@click.command(name="grade")
@click.argument("folder", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--output",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
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
    type=Known(list(READERS)),
    help="The platform of the download FOLDER; default: recognised.",
)
@click.option("--name-pattern", "pattern", default="", metavar="REGEX", help=PATTERN)
@click.option("--roster", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A list of students, CSV.")
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

    FOLDER holds name.py files, notebooks, archives, a folder each, clones, or what Moodle, Canvas, Gradescope,
    Blackboard, Brightspace or Sakai export. Each entry is judged, or the reason is given. A second run judges only
    changed submissions. Settings ([tool.nnkata]: skip, points, limits) come from the working directory's
    pyproject.toml, never from a submission.

    Exit status: 0 the batch was judged, 2 it could not be, 130 it was interrupted; what was done is kept.
    """
    progress = Progress()
    try:
        if scheduler is None and (wall := wall_of(isolation)):
            wall.works()
            isolation = wall.name  # one wall for all processes; a kept verdict counts for its wall alone
            click.echo(_("isolation: {wall}").format(wall=worded(described(isolation))), err=True)
            if wall.name == "wasm":
                text = _("WebAssembly: {factor:.1f} times the time of native code here; limits of time are {more}-fold")
                click.echo(text.format(factor=slower(), more=SLOWER), err=True)
        known = known_clauses()
        configured = configuration()
        asked = Asked(known, None, stages, upto, (), skipped, isolation, data, 0, laws=laws)
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
        fail(
            ctx,
            _("this needs the extra `{extra}` (pip install 'nnkata[{extra}]'): {error}").format(
                extra=extra, error=error
            ),
        )
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
        click.echo(_("nnkata: interrupted"), err=True)
        _kept(progress, output)
        ctx.exit(INTERRUPTED)
    progress.clear()
    click.echo(_close(summary, output, folder), nl=False)
    text = _("To look at: {page}") if page else _("To have a page to look at: {command}")
    click.echo(text.format(page=page, command="pip install 'nnkata[html]'"))
    ctx.exit(DONE)


def _kept(progress: "Progress", output: Path) -> None:
    """How much of the batch is kept after an early end."""
    text = _("{done} of {total} are kept in {folder}")
    click.echo(text.format(done=progress.done, total=progress.total, folder=output), err=True)
    click.echo(_("The same command goes on from there."), err=True)


class Progress:
    """Shows the progress of a batch: one changing line on a terminal, a line per tenth elsewhere."""

    def __init__(self) -> None:
        self.done = self.total = self.kept = self.passed = 0
        self._started = time.monotonic()
        self._live = sys.stderr.isatty()

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
            text = _("{rate:.0f} a minute{left}; {passed} conform")
            self.say(text.format(rate=60 * rate, left=left, passed=self.passed))

    def say(self, text: str) -> None:
        """Show this text with the number of submissions that are done."""
        line = f"{self.done}/{self.total}  {text}"
        if self._live:
            click.echo("\r" + cut(line, shutil.get_terminal_size().columns - 1) + "\x1b[K", err=True, nl=False)
        else:
            click.echo(line, err=True)

    def clear(self) -> None:
        """Erase the changing line."""
        if self._live:
            click.echo("\r\x1b[K", err=True, nl=False)


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    if minutes:
        return _("{minutes} min {seconds:02d} s").format(minutes=minutes, seconds=rest)
    return _("{seconds} s").format(seconds=rest)


def _placed(source: Path, entry: str) -> Path:
    """An entry's path: at the top of a course, or below folders that hold parts of it."""
    if (source / entry).exists():
        return source / entry
    inside = islice(source.rglob("*"), MAX_LISTED)
    return next((path for path in inside if path.name == entry), source / entry)


def _foreign(summary: Summary, source: Path) -> list[str]:
    """Advice for networks with an interface of their own: the command for the first of them."""
    if not summary.foreign or summary.records is None:
        return []
    first = sorted(summary.foreign, key=str.casefold)[0]
    entries = next((one.entries for one in summary.records.submissions if one.submission == first), [])
    path = _placed(source, entries[0]) if entries and source.is_dir() else Path(first)
    text = _("{count} with an interface of their own. The lines that the first of them needs:")
    command = carried(f"nnkata adapt {shlex.quote(str(path))}")
    return ["", text.format(count=len(summary.foreign)), f"  {command}"]


def _close(summary: Summary, output: Path, source: Path) -> str:
    rows = list(summary.rows.values())
    errors = summary.not_judged
    conform = sum(row.passed for row in rows)
    text = _("{count} submissions: {conform} conform, {differ} do not.")
    if errors:
        text = _("{count} submissions: {conform} conform, {differ} do not, {errors} could not be judged.")
    differ = len(rows) - conform - len(errors)
    lines = [text.format(count=len(rows), conform=conform, differ=differ, errors=len(errors))]
    lines += _accounted(summary)
    lines += _foreign(summary, source)
    failed = summary.failed()
    worst = sorted((tag for tag in failed if failed[tag]), key=lambda tag: -failed[tag])[:5]
    if worst:
        lines += ["", _("Failed most often:"), *(f"  {failed[tag]:>4}  {tag}" for tag in worst)]
    common = sorted(summary.misconceptions.items(), key=lambda item: -len(item[1]))[:5]
    if common:
        lines += ["", _("Mistakes most often recognised:"), *(f"  {len(names):>4}  {name}" for name, names in common)]
    if summary.alike:
        lines += ["", _("Share much, which is no verdict (all in summary.json):")]
        lines += [f"  {pair.share:>4.0%}  {pair.first}, {pair.second}" for pair in summary.alike[:5]]
    lines += ["", _("Gradebook: {path}").format(path=output / "gradebook.csv")]
    lines += [_("Verdicts:  {path}").format(path=f"{output / 'verdicts'}/NAME.json")]
    return "\n".join(lines) + "\n"


def _accounted(summary: Summary) -> list[str]:
    """The kind of the folder, and the reason for each entry that was not judged."""
    known = summary.records
    if known is None:
        return []
    lines = []
    if known.platform != "files":
        lines.append(
            _("Taken for {platform}; another: --from {names}").format(
                platform=TITLES[known.platform], names="|".join(READERS)
            )
        )
    lines += [_("In doubt: {doubt}.").format(doubt=doubt) for doubt in known.doubts]
    why = summary.not_judged
    for name, whole in why.items():
        lines += told(_("not judged: {name}: {why}").format(name=name, why=in_a_line(whole)))
    if known.absent:
        names = ", ".join(person.get("name") or person.get("id", "") for person in known.absent)
        lines += clean(_("Handed in nothing: {names}").format(names=names), 1)
    older = sum(len(one.older) for one in known.submissions)
    if older:
        lines.append(_("Earlier attempts, not judged: {count} (in summary.json)").format(count=older))
    count = known.accounted
    if count["entries"] != count["in_submissions"]:
        text = _(
            "Of {entries} entries {in_submissions} belong to submissions, {not_judged} are not judged, "
            "{of_the_export} are the export's own, {passed_over} were passed over{kinds}."
        )
        kinds = ", ".join(f"{kind} {number}" for kind, number in known.passed_over.items())
        lines.append(text.format(**count, kinds=f" ({kinds})" if kinds else ""))
    return lines
