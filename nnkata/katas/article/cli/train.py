"""`nnkata train NAME`: train an implementation on MNIST, and show its progress."""

import math
import os
import shlex
import sys
from collections.abc import Callable
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

import click

from nnkata.cli.failures import fail, say
from nnkata.cli.options import Destination, Grouped, complete_implementation, data_option, isolation_option, seed_option
from nnkata.cli.translations import language_option
from nnkata.errors import NotJudged, UsageError
from nnkata.files import write
from nnkata.grading.single_notebook import as_file
from nnkata.katas.article.steps.mnist import RATE
from nnkata.katas.article.training import table
from nnkata.katas.article.training.learning import Diverged, score
from nnkata.katas.article.training.progress import bar, can_be_shown
from nnkata.katas.article.training.session import Session, session
from nnkata.katas.article.training.weights import replaceable, save
from nnkata.language import _, carried, reason
from nnkata.reports.clean import clean, located
from nnkata.reports.report import worded
from nnkata.reports.width import WIDTH, wrap
from nnkata.runner.run import known_clauses
from nnkata.runner.settings import Asked, Settings, configuration, settled
from nnkata.steps.compare import Mismatch
from nnkata.subject import NotFound, Raised, SubjectError

DONE = 0
#: The accuracy that the contract demands after three epochs at its rate (features/mnist.feature).
ENOUGH = 0.8
#: Failures of an implementation while it learns.
FAULTS = (Raised, SubjectError, NotFound, Mismatch, Diverged)


class Unfinished(Exception):
    """There is no result; the text has the remedy."""


@click.command(name="train", cls=Grouped)
@click.argument("name", required=False, shell_complete=complete_implementation)
@data_option
@click.option("--epochs", default=10, type=click.IntRange(1), show_default=True, help="Passes over the images.")
@click.option("--rate", default=RATE, type=float, show_default=True, help="The learning rate, l_rate.")
@seed_option("The seed of the global random numbers of NumPy and Python.")
@isolation_option("How the implementation is isolated.")
@click.option(
    "--save", "saved", type=Destination(path_type=Path), metavar="FILE.npz", help="Save the weights to this file."
)
@click.option("--plots", type=Destination(path_type=Path), metavar="FILE.html", help="Write a page with diagrams.")
@click.option("--plain", "spoken", is_flag=True, help="No progress bar: for screen readers.")
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    name: str | None,
    data: str,
    epochs: int,
    rate: float,
    seed: int | None,
    isolation: str,
    saved: Path | None,
    plots: Path | None,
    spoken: bool,
) -> None:
    """Train an implementation on MNIST, one epoch per call, and measure it after each.

    NAME as for check. Ctrl-C ends the training and keeps what the complete epochs have taught. --plots trains the
    reference beside it and draws both.

    Exit status: 0 it has learnt, 2 it has not, or the request failed.
    """
    live = sys.stderr.isatty() and not spoken
    with ExitStack() as opened:
        try:
            _check_options(saved, plots, rate)
            asked = Asked(known_clauses, name, isolation=isolation, data=data, seed=seed)
            settings = settled(asked, configuration())
            given, _named, told, said = opened.enter_context(as_file(settings))
            for line in told:
                say(line)
            run = opened.enter_context(session(given, rate, compared=plots is not None))
        except NotJudged as error:
            fail(ctx, str(error))
        except KeyboardInterrupt:
            fail(ctx, _("interrupted before anything was learnt"))
        if live and not can_be_shown():
            click.echo(_("(for a progress bar: pip install 'nnkata[train]')"), err=True)
        click.echo("\n".join(_head(run, settings, epochs, rate)))
        end = _learn(run, epochs, live and can_be_shown())
        try:
            _close(run, settings, rate, end, saved, plots, said)
        except (*FAULTS, Unfinished) as error:
            fail(ctx, str(error))
        except OSError as error:
            path = error.filename if error.filename in (str(saved), str(plots)) else saved or plots
            fail(ctx, _("{path} cannot be written: {strerror}").format(path=path, strerror=reason(error)))
        except KeyboardInterrupt:
            fail(ctx, _("interrupted while it was being closed"))
    ctx.exit(DONE)


def _check_options(saved: Path | None, plots: Path | None, rate: float) -> None:
    """Check every option before the training.

    Raises:
        UsageError: an option cannot be carried out.
    """
    if not 0 < rate < math.inf:
        raise UsageError(_("--rate has to be a finite number above 0"))
    for path, suffix in ((saved, ".npz"), (plots, ".html")):
        if path is None:
            continue
        if path.suffix != suffix:  # nor is a network overwritten by its weights
            raise UsageError(_("{path} has to end in {suffix}").format(path=path, suffix=suffix))
        if path.is_dir():
            raise UsageError(_("{path} is a folder; name a file in it").format(path=path))
        if not path.parent.is_dir():
            raise UsageError(_("{path}: there is no folder {folder}").format(path=path, folder=path.parent))
        if not os.access(path.parent, os.W_OK):
            raise UsageError(
                _("{path} cannot be written: {strerror}").format(path=path, strerror=_("Permission denied"))
            )
    if saved and not replaceable(saved):
        raise UsageError(_("{path} exists and holds no weights; give another name").format(path=saved))
    if plots and not (find_spec("matplotlib") and find_spec("jinja2")):
        raise UsageError(_("--plots needs the extra `plots`: pip install 'nnkata[plots]'"))


def _head(run: Session, settings: Settings, epochs: int, rate: float) -> list[str]:
    learn, validation, unseen = (len(ys) for _xs, ys in run.sets)
    name = clean(settings.implementation)[0]
    texts = [
        _("{name} learns MNIST (epochs: {epochs}, rate: {rate:g}, seed: {seed})").format(
            name=name, epochs=epochs, rate=rate, seed=settings.seed
        ),
        _("{data} data: {learn:,} images to learn from, {validation:,} to validate, {unseen:,} unseen").format(
            data=worded(clean(settings.data)[0]), learn=learn, validation=validation, unseen=unseen
        ),
    ]
    return [*(line for text in texts for line in wrap(text, WIDTH)), "", *table.head(run.reference is not None)]


def _learn(run: Session, epochs: int, shown: bool) -> BaseException | None:
    """Run all epochs; return the error that ended them early, if any."""
    try:
        with bar(epochs, shown) as listener:
            run.run(epochs, listener)
    except (KeyboardInterrupt, *FAULTS) as error:
        return error
    return None


def _close(
    run: Session,
    settings: Settings,
    rate: float,
    end: BaseException | None,
    saved: Path | None,
    plots: Path | None,
    said: Callable[[str], str],
) -> None:
    """Save the weights first; then print the accuracy on unseen images.

    Raises:
        Unfinished: nothing was learnt, or the implementation failed on the way.
        Raised, SubjectError, NotFound, Mismatch, Diverged: it fails at reading.
        OSError: a file cannot be written.
        KeyboardInterrupt: another interrupt.
    """
    learnt = len(run.own.history) - 1
    name = shlex.quote(clean(settings.implementation)[0])
    if saved and learnt > 0:
        save(saved, run.own.weights)
    click.echo()
    if end is not None:
        _tell_end(end, learnt, saved, name, said)
    unseen = run.own.reads(*run.sets[2])
    reached = score(unseen, run.sets[2][1])
    click.echo(
        _("It recognises {accuracy} of the {count:,} unseen images.").format(
            count=len(unseen), accuracy=table.percent(reached.accuracy)
        )
    )
    if saved:
        click.echo(_("Weights: {path}").format(path=saved))
    if plots:
        from nnkata.katas.article.training.page import page

        text = page(run, settings, rate, unseen)
        write(plots, text.encode())
        click.echo(_("Pictures: {path}").format(path=plots))
    if reached.accuracy < ENOUGH:
        click.echo(
            _("That is low. Is it the network or the rate? {command}").format(command=carried(f"nnkata check {name}"))
        )
    elif saved:
        click.echo(_("Draw a digit, and have it recognised:"))
        click.echo("  " + carried(f"nnkata predict {shlex.quote(str(saved))} drawing.png"))
    elif end is None:
        click.echo(_("To keep the weights: --save FILE.npz"))


def _tell_end(end: BaseException, learnt: int, saved: Path | None, name: str, said: Callable[[str], str]) -> None:
    """Tell of an early end after `learnt` epochs.

    Raises:
        Unfinished: nothing was learnt, or the implementation failed on the way.
    """
    interrupted = isinstance(end, KeyboardInterrupt)
    why = _("interrupted") if interrupted else located(said(str(end)))
    when = _("in epoch {number}").format(number=learnt + 1) if learnt >= 0 else _("before the first epoch")
    say(_("{when}: {why}").format(when=when, why=why))
    if learnt > 0 and saved:
        say(_("{path} has the weights from before that").format(path=saved))
    elif learnt > 0:
        say(_("--save FILE.npz would have kept the weights from before that"))
    if not interrupted:
        raise Unfinished(_("to see the fault: {command}").format(command=carried(f"nnkata check {name}")))
    if learnt < 1:
        raise Unfinished(_("nothing was learnt"))
