"""`nnkata check NAME`: the verdict on one implementation."""

import os
import sys
import tempfile
from pathlib import Path

import click

from nnkata.cli.options import chosen
from nnkata.data import DataError
from nnkata.gherkin import FeatureError
from nnkata.protocol import STAGES
from nnkata.reports.clean import clean
from nnkata.reports.text import painted, plain, render
from nnkata.runner.run import Progress, judge, known_clauses
from nnkata.runner.settings import (
    ISOLATIONS,
    Settings,
    UsageError,
    implementation_name,
    limits,
    module_folder,
    new_seed,
    skips,
)
from nnkata.subject import NotFound
from nnkata.subject.sandbox import NoSandbox
from nnkata.verdict import Verdict, encode

CONFORMS, DIFFERS, UNJUDGED = 0, 1, 2


@click.command(name="check")
@click.argument("name", required=False)
@click.option("--stage", "stages", multiple=True, type=click.Choice(STAGES), help="Judge this stage only; repeatable.")
@click.option("--upto", type=click.Choice(STAGES), help="Judge the stages up to this one.")
@click.option("--clause", "clauses", multiple=True, metavar="CLAUSE", help="Judge this clause only; repeatable.")
@click.option("--skip", "skipped", multiple=True, metavar="CLAUSE", help="Leave this clause out; repeatable.")
@click.option("--features", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Features of your own.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to say it.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--isolation", type=click.Choice(ISOLATIONS), default="process", help="Where the implementation runs.")
@click.option("--data", default="bundled", help="bundled, openml, or a path (IDX folder, mnist.npz).")
@click.option("--seed", type=click.IntRange(0), help="The seed of the random inputs; a verdict states its own.")
@click.option("--all", "every", is_flag=True, help="Show every failure in full.")
@click.pass_context
def command(
    ctx: click.Context,
    name: str | None,
    stages: tuple[str, ...],
    upto: str | None,
    clauses: tuple[str, ...],
    skipped: tuple[str, ...],
    features: Path | None,
    form: str,
    output: Path | None,
    isolation: str,
    data: str,
    seed: int | None,
    every: bool,
) -> None:
    """Hold an implementation against the contract.

    NAME is path/to/file.py, path/to/file.py:Class, package.module:Class, or a folder with a network.py. Without it,
    NNKATA_IMPLEMENTATION or [tool.nnkata] in pyproject.toml names it.

    Exit status: 0 it conforms, 1 it does not, 2 it could not be judged.
    """
    try:
        known = known_clauses(features)
        tags = [clause.tag for clause in known]
        only = chosen(known, stages, upto, clauses)
        settings = Settings(
            implementation_name(name),
            isolation=isolation,
            data=data,
            skip=skips(skipped, tags),
            only=only,
            features=features,
            seed=new_seed() if seed is None else seed,
            limits=limits(),
            start=module_folder(name),
        )
        verdict = judge(settings, _progress(only or frozenset(tags)))
    except (UsageError, NotFound, NoSandbox, DataError, FeatureError) as error:
        _clear()
        click.echo("\n".join(clean(f"nnkata: {error}")), err=True)
        ctx.exit(UNJUDGED)
    except KeyboardInterrupt:
        _clear()
        click.echo("nnkata: interrupted, no verdict", err=True)
        ctx.exit(UNJUDGED)
    _clear()
    coloured = output is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    text = encode(verdict).decode() if form == "json" else render(verdict, known, painted if coloured else plain, every)
    _write(text, output, ctx)
    ctx.exit(_status(verdict))


def _status(verdict: Verdict) -> int:
    if all(clause.status == "skipped" for clause in verdict.clauses):
        return UNJUDGED
    return CONFORMS if verdict.passed else DIFFERS


def _progress(asked: frozenset[str]) -> Progress:
    done: set[str] = set()

    def show(clause: str, status: str) -> None:
        done.add(clause)
        if clause in asked and sys.stderr.isatty():
            click.echo(f"\r{len(done & asked)}/{len(asked)} {clause:<24}", err=True, nl=False)

    return show


def _clear() -> None:
    if sys.stderr.isatty():
        click.echo("\r" + " " * 40 + "\r", err=True, nl=False)


def _write(text: str, output: Path | None, ctx: click.Context) -> None:
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        with tempfile.NamedTemporaryFile("w", dir=output.parent, delete=False, encoding="utf-8") as file:
            file.write(text)
        mask = os.umask(0)  # the only way to read it; a temporary file is its owner's alone
        os.umask(mask)
        Path(file.name).chmod(0o666 & ~mask)
        Path(file.name).replace(output)
    except OSError as error:
        click.echo(f"nnkata: {output} cannot be written: {error.strerror}", err=True)
        ctx.exit(UNJUDGED)
