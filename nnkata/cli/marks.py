"""`nnkata marks DIR --to PLATFORM`: the marks of a batch, in the import format of a platform."""

import math
from collections.abc import Sequence
from pathlib import Path

import click

from nnkata.cli.failures import fail, on_terminal
from nnkata.cli.options import Destination, Grouped, OneOf
from nnkata.cli.translations import kata_option, language_option
from nnkata.errors import NotJudged, UsageError
from nnkata.files import write
from nnkata.grading.platforms import TITLES
from nnkata.grading.points import weights
from nnkata.grading.records import load
from nnkata.language import _, reason
from nnkata.marks import WRITERS
from nnkata.marks.feedback import feedback as write_feedback
from nnkata.marks.points import ADJUSTMENTS, Mark, marks, nothing, without
from nnkata.marks.sheet import Filled, read_sheet
from nnkata.reports.clean import told
from nnkata.runner.run import known_clauses
from nnkata.runner.settings import configuration
from nnkata.texts import headed


@click.command(name="marks", cls=Grouped)
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--to", required=True, type=OneOf(WRITERS, "PLATFORM"), help="The platform for the marks.")
@click.option(
    "--template",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The platform's own table, as downloaded: its ids, headings and language come back.",
)
@click.option("--column", "title", default="", help="The heading of the marks, or its beginning.")
@click.option(
    "--max", "most", type=click.FloatRange(0, min_open=True), help="Scale to this maximum; else the template's."
)
@click.option(
    "--output", type=Destination(dir_okay=False, path_type=Path), help="The file to write; default: in FOLDER."
)
@click.option(
    "--feedback",
    type=Destination(file_okay=False, path_type=Path),
    help="Also write one page of feedback per student to this folder.",
)
@kata_option
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    folder: Path,
    to: str,
    template: Path | None,
    title: str,
    most: float | None,
    output: Path | None,
    feedback: Path | None,
) -> None:
    """Write the marks of a batch in the form that its platform imports.

    FOLDER is the --output of `nnkata grade`. Nothing is judged again: points are computed from the verdicts that are
    kept there, by [tool.nnkata.points], and changed by adjustments.csv in FOLDER, which is yours to fill in. A
    submission without a verdict gets no mark unless you give one there.

    Exit status: 0 they are written, 2 they are not, or no student of the table has a mark.
    """
    try:
        if most is not None and not math.isfinite(most):  # click 8.5 takes nan for a number of any range
            raise UsageError(_("--max has to be a finite number above 0"))
        known = known_clauses()
        points = weights(configuration().points, known)
        batch = load(folder)
        found = marks(folder, batch, points)
        # another platform's own table has all students
        listed = [*found, *nothing(batch, found)] if to == "csv" else found
        filled = WRITERS[to](listed, read_sheet(template) if template else None, title, most)
        left = write_feedback(found, to, feedback, known, points) if feedback else []
        _for_somebody(found, filled, to, template)
        path = output or folder / "marks" / to / filled.filename
        _check_output(path, filled.filename, template)
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, filled.sheet.encoded())
    except NotJudged as error:
        fail(ctx, str(error))
    except OSError as error:
        text = _("{path} cannot be written: {strerror}")
        fail(ctx, text.format(path=error.filename or output or folder, strerror=reason(error)))
    except UnicodeEncodeError as error:
        fail(
            ctx,
            _("{path} cannot have the character {character!r}").format(path=path, character=error.object[error.start]),
        )
    lines = _said(filled, to, path, found)
    if feedback:
        if len(left) < len(found):
            lines.append(_("Feedback: {folder}, and as {folder}.zip").format(folder=feedback))
        lines += headed(_("No page there, as the platform would not know whose it is:"), left)
        if left:
            lines.append(_("For a page each, as for mails: --to csv --feedback {folder}").format(folder=feedback))
    if (folder / ADJUSTMENTS).exists():
        lines.append(_("Adjustments by hand: {path}").format(path=folder / ADJUSTMENTS))
    click.echo("\n".join(on_terminal([" ".join(told(line)) for text in lines for line in text.split("\n")])))


def _check_output(path: Path, usual: str, template: Path | None) -> None:
    """Refuse to overwrite a file of another kind, or the platform's own table.

    Raises:
        UsageError: the file is one of these.
    """
    suffix = Path(usual).suffix
    if path.suffix.lower() not in ("", ".txt", suffix):  # a device or a pipe has no ending
        raise UsageError(_("{path} has to end in {suffix}").format(path=path, suffix=suffix))
    if template and path.exists() and path.samefile(template):
        raise UsageError(_("--output {path} is the --template itself; name another file").format(path=path))


def _for_somebody(found: Sequence[Mark], filled: Filled, to: str, template: Path | None) -> None:
    """Refuse a table that would have no mark at all, although there are marks.

    Raises:
        UsageError: no mark is for a student of the table; the text has the remedy.
    """
    marked = [mark.record.submission for mark in found if mark.points is not None]
    if not marked or set(marked) - set(filled.unmatched):
        return
    if template is None:
        text = _("none of {count} marks has an id of {title}; give its own table: --template FILE")
    else:
        text = _(
            "none of {count} marks, such as {first}, is for a student of {file}; is it another course's table? "
            "`nnkata grade` with --roster FILE adds the ids and mails that {title} knows"
        )
    said = text.format(count=len(marked), first=marked[0], title=TITLES.get(to, "CSV"), file=template and template.name)
    raise UsageError(said)


def _above(found: Sequence[Mark], most: float | None) -> list[str]:
    """The submissions with more points than there are, by adjustments, such as `ada (150 of 100)`."""
    text = _("{name} ({points:g} of {most:g})")
    return [
        text.format(name=mark.record.submission, points=value, most=most or mark.full)
        for mark in found
        if (value := mark.scaled(most)) is not None and value > round(most or mark.full, 2)
    ]


def _above_the_maximum(to: str) -> str:
    """The heading of marks above the maximum: it says what the platform's import does with them."""
    if to == "moodle":
        return _("More than the maximum, which Moodle leaves out when it reads the table:")
    if to == "brightspace":
        return _("More than the maximum, to which Brightspace cuts it unless the item may exceed it:")
    return _("More than the maximum:")


def _said(filled: Filled, to: str, path: Path, found: Sequence[Mark]) -> list[str]:
    title = TITLES.get(to, "CSV")
    names, unjudged = [mark.record.submission for mark in found], without(found)
    given = len(names) - len({*unjudged, *filled.unmatched, *filled.several})
    lines = [
        _("{given} of {count} marks for {title}: {path}").format(given=given, count=len(names), title=title, path=path)
    ]
    if filled.most:
        lines.append(_("scaled to {most:g}").format(most=filled.most))
    if filled.most == 0:
        lines.append(_("not scaled, as the maximum of the table is 0; --max gives another one"))
    lines += headed(_above_the_maximum(to), _above(found, filled.most))
    lines += headed(_("No mark, as it could not be judged:"), unjudged)
    unmatched = _("Not in the table, of a name that several rows there have, or not to be changed there:")
    lines += headed(unmatched, filled.unmatched)
    lines += headed(_("No mark, as one student has several with different points; keep one of them:"), filled.several)
    lines += headed(_("In the table without a mark:"), [name for name in filled.blank if name not in unjudged])
    return [*lines, *filled.notes]
