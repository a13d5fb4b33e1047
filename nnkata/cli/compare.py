"""`nnkata compare A B C`: several implementations side by side."""

from collections.abc import Sequence

import click

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
from nnkata.cli.trouble import fail
from nnkata.cli.words import kata_option, language_option
from nnkata.errors import NotJudged
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

    Exit status: 0 all conform, 1 one does not, 2 one could not be judged.
    """
    same_seed = new_seed() if seed is None else seed
    verdicts: list[Verdict] = []
    try:
        known = known_clauses()
        configured = configuration()
        for name in names:
            asked = Asked(known, name, stages, upto, (), skipped, isolation, data, same_seed, laws=laws)
            settings = settled(asked, configured)
            verdicts.append(judge(settings))
    except NotJudged as error:
        fail(ctx, str(error))
    except KeyboardInterrupt:
        click.echo(_("nnkata: interrupted, no verdict"), err=True)
        ctx.exit(2)
    paint = painted if coloured() else plain
    click.echo(_json(verdicts) if form == "json" else table(verdicts, paint, every), nl=False)
    ctx.exit(0 if all(verdict.passed for verdict in verdicts) else 1)


def _json(verdicts: Sequence[Verdict]) -> str:
    return indented(verdicts).decode()
