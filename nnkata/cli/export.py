"""`nnkata export PLATFORM --output …`: the files with which a platform judges submissions."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec

from nnkata.cli.failures import fail, on_terminal
from nnkata.cli.groups import Helpful
from nnkata.cli.options import Destination, Grouped, seed_option, skip_option, stage_option, upto_option
from nnkata.cli.translations import kata_option, language_option
from nnkata.errors import NotJudged
from nnkata.exports import exercism, gradescope, prairielearn
from nnkata.exports.bundle import Baked
from nnkata.files import write
from nnkata.grading.points import weights
from nnkata.grading.task import options_of
from nnkata.language import _, reason
from nnkata.marks import WRITERS
from nnkata.runner.run import known_clauses
from nnkata.runner.settings import BUNDLED, Asked, configuration, settled

DONE = 0
#: Platforms that another command serves.
ELSEWHERE = {
    **{platform: f"nnkata marks FOLDER --to {platform}" for platform in WRITERS},
    "vscode": "nnkata init FILE --vscode",
    "github": "nnkata init FILE --ci",
}


class Undone(Exception):
    """Nothing was exported; the text is the reason."""


class Platforms(Helpful):
    """The platforms."""

    def meant(self, word: str) -> str:
        """The platforms, or the command for another one."""
        if word in ELSEWHERE:
            return _("; that is {command}").format(command=ELSEWHERE[word])
        return _("; there are {names}").format(names=", ".join(self.commands))


@click.group(name="export", cls=Platforms, context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """Write a package with which a platform judges submissions: your installed kit, and the settings.

    Settings ([tool.nnkata]: skip, points, limits) come from the working directory's pyproject.toml.
    """


def judging(function: Callable[..., None]) -> Callable[..., None]:
    """The options for judging on the platform."""
    for option in (
        language_option,
        seed_option("The seed of all submissions; else each has its own."),
        click.option("--data", default=BUNDLED, help="bundled, openml, or a path, which is packed too."),
        skip_option,
        upto_option,
        stage_option,
        kata_option,
    ):
        function = option(function)
    return function


@command.command(name="gradescope", cls=Grouped, short_help="an autograder.zip")
@click.option("--output", default="autograder.zip", type=Destination(dir_okay=False, path_type=Path), show_default=True)
@judging
@click.pass_context
def to_gradescope(ctx: click.Context, /, output: Path, **how: Any) -> None:
    """Write an autograder.zip for Gradescope's page "Configure autograder".

    Exit status: 0 it is written, 2 it is not.
    """

    def export() -> None:
        if output.suffix.lower() not in ("", ".zip"):  # no file of another kind is overwritten; a pipe has no ending
            raise Undone(_("{path} has to end in {suffix}").format(path=output, suffix=".zip"))
        write(output, gradescope.export(baked("gradescope", gradescope.SECONDS, **how)))

    _carry_out(ctx, export)
    click.echo(_("Written: {path}").format(path=output))
    upload = _("Upload it on Gradescope: Configure Autograder, Ubuntu 22.04 or later, Update Autograder.")
    told = ["", upload, _("Then try it there on a right submission and on a wrong one.")]
    click.echo("\n".join(on_terminal(told)))
    ctx.exit(DONE)


@command.command(name="exercism", cls=Grouped, short_help="the folder of a test runner")
@click.option("--output", required=True, type=Destination(file_okay=False, path_type=Path), help="A new folder.")
@judging
@click.pass_context
def to_exercism(ctx: click.Context, /, output: Path, **how: Any) -> None:
    """Write the folder of an Exercism test runner: Dockerfile, bin/run.sh, tests.

    Exit status: 0 it is written, 2 it is not.
    """
    _carry_out(ctx, lambda: _folder(output, exercism.export(baked("exercism", exercism.SECONDS, **how))))
    click.echo(_("Written: {path}").format(path=output))
    click.echo("\n" + _("Build the image and try it on the solutions in tests/:"))
    click.echo(f"  {output}/bin/run-tests-in-docker.sh")
    ctx.exit(DONE)


@command.command(name="prairielearn", cls=Grouped, short_help="the folder of an external grader")
@click.option("--output", required=True, type=Destination(file_okay=False, path_type=Path), help="A new folder.")
@judging
@click.pass_context
def to_prairielearn(ctx: click.Context, /, output: Path, **how: Any) -> None:
    """Write the folder of a PrairieLearn external grader: Dockerfile, grade.sh, and the entries for info.json.

    Exit status: 0 it is written, 2 it is not.
    """
    _carry_out(ctx, lambda: _folder(output, prairielearn.export(baked("prairielearn", prairielearn.SECONDS, **how))))
    click.echo(_("Written: {path}").format(path=output))
    click.echo("\n" + _("Build the image, publish it, and name it in the info.json of your question:"))
    click.echo(f"  docker build -t OWNER/nnkata-grader {output}")
    ctx.exit(DONE)


def baked(
    form: str,
    seconds: float,
    *,
    stages: tuple[str, ...],
    upto: str | None,
    skipped: tuple[str, ...],
    data: str,
    seed: int | None,
) -> Baked:
    """The local options and configuration, for the platform; `seconds` limits the time of a submission's calls.

    Raises:
        UsageError: an option or the configuration names something unknown.
    """
    known = known_clauses()
    configured = configuration()
    kept = configured.limits
    within = msgspec.structs.replace(kept, submission_seconds=min(kept.submission_seconds, seconds))
    asked = Asked(lambda: known, stages=stages, upto=upto, skipped=skipped, data=data, seed=0)
    options = options_of(settled(asked, msgspec.structs.replace(configured, limits=within), form))
    return Baked(form, options, weights(configured.points, known), seed)


def _carry_out(ctx: click.Context, export: Callable[[], None]) -> None:
    try:
        export()
    except (NotJudged, Undone) as error:
        text = str(error)
    except OSError as error:
        text = _("{path} cannot be written: {strerror}").format(path=error.filename, strerror=reason(error))
    else:
        return
    fail(ctx, text)


def _folder(output: Path, files: dict[str, bytes]) -> None:
    """Write all files, or none, into a folder that is absent or empty."""
    if output.exists() and any(output.iterdir()):
        raise Undone(_("{path} exists and is not empty; give the name of a new folder").format(path=output))
    there = output.is_dir()  # it may be the working directory, over which nothing can be renamed
    part = (output if there else output.absolute().parent) / f".part-{output.name}"
    try:
        part.mkdir(parents=True)
        for name, content in files.items():
            target = part / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            target.chmod(0o755 if target.suffix == ".sh" else 0o644)
        if there:
            for entry in part.iterdir():
                entry.rename(output / entry.name)
            part.rmdir()
        else:
            part.rename(output)
    except OSError as error:
        shutil.rmtree(part, ignore_errors=True)
        raise OSError(error.errno, error.strerror, str(output)) from None
