"""`nnkata watch NAME`: check again whenever the file is saved."""

import os
import sys
from pathlib import Path

import click

from nnkata.cli.options import chosen, complete_implementation, skip_option
from nnkata.cli.trouble import fail
from nnkata.cli.words import language_option
from nnkata.katas.article.protocol import STAGES
from nnkata.language import _
from nnkata.reports.clean import clean
from nnkata.reports.text import painted, plain
from nnkata.runner.run import known_clauses
from nnkata.runner.settings import (
    ISOLATIONS,
    Settings,
    UsageError,
    implementation_name,
    known_failures,
    limits,
    module_folder,
    new_seed,
    skips,
)
from nnkata.subject import NotFound, locate
from nnkata.subject.locate import ENTRY

DONE = 0
#: Clear the screen, then what can be scrolled back to, then go to the top left.
CLEAR = "\x1b[2J\x1b[3J\x1b[H"


@click.command(name="watch")
@click.argument("name", required=False, shell_complete=complete_implementation)
@click.option("--upto", type=click.Choice(STAGES), help="Judge the stages up to this one.")
@skip_option
@click.option("--isolation", type=click.Choice(ISOLATIONS[1:]), default="process", help="Where it runs.")
@click.option("--seed", type=click.IntRange(0), help="The seed of the random inputs, the same for every save.")
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    name: str | None,
    upto: str | None,
    skipped: tuple[str, ...],
    isolation: str,
    seed: int | None,
) -> None:
    """Hold an implementation against the contract, and again whenever it is saved.

    What failed last is tried first. MNIST follows when the rest has passed. Keys: h for a hint, n for the next failure,
    r to check again, q to quit.

    Exit status: 0, or 2 where there is nothing to watch.
    """
    try:
        from nnkata.watching.files import Saves
        from nnkata.watching.interrupts import interrupts
        from nnkata.watching.keys import keys
        from nnkata.watching.watch import Watch
    except ModuleNotFoundError as error:
        if error.name != "watchfiles":
            raise
        fail(ctx, _("watch needs the extra `watch`: pip install 'nnkata[watch]'"))
    try:
        known = known_clauses()
        tags = [clause.tag for clause in known]
        settings = Settings(
            implementation_name(name),
            isolation=isolation,
            skip=skips(skipped, tags),
            only=chosen(known, (), upto, ()),
            seed=new_seed() if seed is None else seed,
            limits=limits(),
            known_failures=known_failures(tags),
            start=module_folder(name),
        )
        path = watched(settings)
    except (UsageError, NotFound) as error:
        fail(ctx, str(error))
    screen = sys.stdout.isatty()
    colours = screen and not os.environ.get("NO_COLOR")

    def show(text: str) -> None:
        click.echo((CLEAR if screen else "") + text, nl=not screen)

    saves = Saves(path.parent, lambda changed: changed.suffix == path.suffix and path.parent in changed.parents)
    try:
        click.echo(_("Checking {name} …").format(name=clean(settings.implementation)[0]))
        with interrupts() as interrupted, keys() as typed:
            Watch(settings, known, painted if colours else plain, show).run(saves, typed, interrupted)
    finally:
        saves.close()
    ctx.exit(DONE)


def watched(settings: Settings) -> Path:
    """The file that is meant, also where it is not Python just now.

    Raises:
        NotFound: there is no such file.
    """
    try:
        return locate(settings.implementation, settings.start).path
    except NotFound:
        here = settings.start or Path.cwd()
        for name in (settings.implementation, settings.implementation.rpartition(":")[0]):
            path = (here / name).absolute()
            if name and path.is_file():
                return path
            if name and (path / ENTRY).is_file():
                return path / ENTRY
        raise
