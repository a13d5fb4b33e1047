"""`nnkata watch NAME`: check again whenever the file is saved."""

import sys
from pathlib import Path

import click

from nnkata.cli.failures import fail
from nnkata.cli.options import (
    Grouped,
    complete_implementation,
    isolation_option,
    laws_option,
    seed_option,
    skip_option,
    upto_option,
)
from nnkata.cli.translations import kata_option, language_option
from nnkata.errors import NotJudged
from nnkata.language import _
from nnkata.registry import current as kata
from nnkata.reports.clean import clean
from nnkata.reports.failure import painted, plain
from nnkata.reports.width import on_screen
from nnkata.runner.run import known_clauses
from nnkata.runner.settings import ISOLATIONS, Asked, Settings, configuration, settled
from nnkata.subject import NotFound, locate
from nnkata.terminal import coloured, draws

DONE = 0
#: Clear the screen and the lines above it, then move to the top left.
CLEAR = "\x1b[2J\x1b[3J\x1b[H"


@click.command(name="watch", cls=Grouped)
@click.argument("name", required=False, shell_complete=complete_implementation)
@kata_option
@upto_option
@skip_option
@laws_option
@isolation_option("How the implementation is isolated.", ISOLATIONS[1:])
@seed_option("The seed of the random inputs, the same for every save.")
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    name: str | None,
    upto: str | None,
    skipped: tuple[str, ...],
    laws: bool,
    isolation: str,
    seed: int | None,
) -> None:
    """Check an implementation against the contract, and again whenever it is saved.

    The last failure is tried first; slow clauses follow when the rest has passed. Keys: h for a hint, n for the next
    failure, r to check again, q to quit.

    Exit status: 0, or 2 if there is nothing to watch.
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
        asked = Asked(lambda: known, name, upto=upto, skipped=skipped, isolation=isolation, seed=seed, laws=laws)
        settings = settled(asked, configuration())
        path = watched(settings)
    except NotJudged as error:
        fail(ctx, str(error))
    screen = draws(sys.stdout)

    def show(text: str) -> None:
        click.echo((CLEAR if screen else "") + text, nl=not screen)

    saves = Saves(path.parent, lambda changed: changed.suffix == path.suffix and path.parent in changed.parents)
    try:
        click.echo(_("Checking {name} …").format(name=clean(settings.implementation)[0]))
        with interrupts() as interrupted, keys() as typed, on_screen():
            Watch(settings, known, painted if coloured() else plain, show).run(saves, typed, interrupted)
    finally:
        saves.close()
    ctx.exit(DONE)


def watched(settings: Settings) -> Path:
    """The named file, even while it is not valid Python.

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
            if name and (path / kata().entry).is_file():
                return path / kata().entry
        raise
