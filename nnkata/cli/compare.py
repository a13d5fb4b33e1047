"""`nnkata compare A B C`: several implementations side by side."""

import os
import sys
from collections.abc import Sequence

import click

from nnkata.cli.options import chosen, complete_implementation, skip_option
from nnkata.cli.trouble import fail
from nnkata.cli.words import language_option
from nnkata.katas.article.protocol import STAGES
from nnkata.katas.mnist import DataError
from nnkata.language import _
from nnkata.reports.table import table
from nnkata.reports.text import painted, plain
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import ISOLATIONS, Settings, UsageError, limits, new_seed, skips
from nnkata.subject import NotFound
from nnkata.subject.sandbox import NoSandbox
from nnkata.verdict import Verdict, indented


@click.command(name="compare")
@click.argument("names", nargs=-1, required=True, shell_complete=complete_implementation)
@click.option("--stage", "stages", multiple=True, type=click.Choice(STAGES), help="Judge this stage only; repeatable.")
@click.option("--upto", type=click.Choice(STAGES), help="Judge the stages up to this one.")
@skip_option
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to say it.")
@click.option("--isolation", type=click.Choice(ISOLATIONS), default="process", help="Where implementations run.")
@click.option("--data", default="bundled", help="bundled, openml, or a path (IDX folder, mnist.npz).")
@click.option("--seed", type=click.IntRange(0), help="The seed of the random inputs, the same for all.")
@click.option("--all", "every", is_flag=True, help="Also the clauses that all of them pass.")
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    names: tuple[str, ...],
    stages: tuple[str, ...],
    upto: str | None,
    skipped: tuple[str, ...],
    form: str,
    isolation: str,
    data: str,
    seed: int | None,
    every: bool,
) -> None:
    """Hold implementations against the contract, side by side: a column each, a row for each clause that one fails.

    Exit status: 0 all conform, 1 one does not, 2 one could not be judged.
    """
    same_seed = new_seed() if seed is None else seed
    verdicts: list[Verdict] = []
    try:
        known = known_clauses()
        skip, only = skips(skipped, [clause.tag for clause in known]), chosen(known, stages, upto)
        for name in names:
            settings = Settings(
                name, isolation=isolation, data=data, seed=same_seed, skip=skip, only=only, limits=limits()
            )
            verdicts.append(judge(settings))
    except (UsageError, NotFound, NoSandbox, DataError) as error:
        fail(ctx, str(error))
    except KeyboardInterrupt:
        click.echo(_("nnkata: interrupted, no verdict"), err=True)
        ctx.exit(2)
    paint = painted if sys.stdout.isatty() and not os.environ.get("NO_COLOR") else plain
    click.echo(_json(verdicts) if form == "json" else table(verdicts, paint, every), nl=False)
    ctx.exit(0 if all(verdict.passed for verdict in verdicts) else 1)


def _json(verdicts: Sequence[Verdict]) -> str:
    return indented(verdicts).decode()
