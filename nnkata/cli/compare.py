"""`nnkata compare A B C`: several implementations side by side."""

import shutil
import sys
from collections.abc import Sequence
from contextlib import closing

import click

from nnkata.cli.failures import UNDONE, fail, say
from nnkata.cli.options import (
    Grouped,
    OneOf,
    complete_implementation,
    data_option,
    isolation_option,
    laws_option,
    seed_option,
    skip_option,
    stage_option,
    upto_option,
)
from nnkata.cli.progress import progress
from nnkata.cli.translations import kata_option, language_option
from nnkata.errors import NotJudged, UsageError
from nnkata.grading.single_notebook import as_file
from nnkata.language import _
from nnkata.reports.failure import painted, plain
from nnkata.reports.table import table
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Asked, configuration, new_seed, settled
from nnkata.terminal import coloured
from nnkata.verdict import Verdict, indented


@click.command(name="compare", cls=Grouped)
@click.argument("names", nargs=-1, required=True, shell_complete=complete_implementation)
@kata_option
@stage_option
@upto_option
@skip_option
@laws_option
@click.option("--format", "form", type=OneOf(["text", "json"]), default="text", help="Output format.")
@isolation_option("How each implementation is isolated.")
@data_option
@seed_option("The seed of the random inputs, the same for all.")
@click.option("--all", "every", is_flag=True, help="Also show the clauses that all implementations pass.")
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    names: tuple[str, ...],
    stages: tuple[str, ...],
    upto: str | None,
    skipped: tuple[str, ...],
    laws: bool,
    form: str,
    isolation: str,
    data: str,
    seed: int | None,
    every: bool,
) -> None:
    """Compare implementations: one column per implementation, one row per clause that one of them fails.

    Exit status: 0 all conform, 1 one does not, 2 one could not be judged; the table then shows the others.
    """
    same_seed = new_seed() if seed is None else seed
    verdicts: list[Verdict] = []
    unjudged: list[str] = []
    try:
        known = known_clauses()
        configured = configuration()
        for number, name in enumerate(names, 1):
            asked = Asked(lambda: known, name, stages, upto, (), skipped, isolation, data, same_seed, laws=laws)
            settings = settled(asked, configured)
            try:
                with as_file(settings) as (given, named, broken, _said):
                    for cell in broken:
                        say(cell)
                    with closing(progress(lambda: known, settings.only, f"{number}/{len(names)}  ")) as line:
                        verdicts.append(named(judge(given, line.ended, begun=line.began)))
            except UsageError:
                raise
            except NotJudged as error:  # the others are judged, and all such reasons are reported at once
                unjudged.append(str(error) if name in str(error) else f"{name}: {error}")
    except NotJudged as error:
        fail(ctx, str(error))
    except KeyboardInterrupt:
        click.echo(_("nnkata: interrupted, no verdict"), err=True)
        ctx.exit(UNDONE)
    paint = painted if coloured() else plain
    columns, lines = shutil.get_terminal_size() if sys.stdout.isatty() else (0, 1)
    if verdicts and not (unjudged and form == "json"):
        shown = _json(verdicts) if form == "json" else table(verdicts, paint, every, columns, lines - 1)
        click.echo(shown, nl=False)
    for reason in unjudged:
        say(reason)
    if unjudged:
        ctx.exit(UNDONE)
    ctx.exit(0 if all(verdict.passed for verdict in verdicts) else 1)


def _json(verdicts: Sequence[Verdict]) -> str:
    return indented(verdicts).decode()
