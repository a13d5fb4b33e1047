"""`nnkata predict weights.npz IMAGE`: the digit in a drawing."""

from pathlib import Path

import click
import numpy as np

from nnkata.cli.failures import fail
from nnkata.cli.translations import language_option
from nnkata.katas.article import oracle
from nnkata.katas.article.training.answer import beside, spoken
from nnkata.katas.article.training.table import percent
from nnkata.katas.article.training.weights import load
from nnkata.katas.mnist import DataError
from nnkata.language import _
from nnkata.reports.failure import painted, plain
from nnkata.reports.width import on_screen
from nnkata.terminal import coloured

DONE = 0


@click.command(name="predict")
@click.argument("weights", type=click.Path(path_type=Path))
@click.argument("image", type=click.Path(path_type=Path))
@click.option("--plain", "words", is_flag=True, help="Words instead of bars and a picture, for screen readers.")
@language_option
@click.pass_context
def command(ctx: click.Context, weights: Path, image: Path, words: bool) -> None:
    """Recognise the digit drawn in IMAGE, a PNG, with the WEIGHTS of `nnkata train NAME --save weights.npz`.

    The drawing is scaled and centred as MNIST's images were; it may be dark on light or light on dark, of any size.

    Exit status: 0, or 2 if there is nothing to recognise.
    """
    try:
        from nnkata.katas.article.training.drawing import DrawingError, read
    except ModuleNotFoundError as error:
        if error.name != "PIL":
            raise
        fail(ctx, _("predict needs the extra `predict`: pip install 'nnkata[predict]'"))
    try:
        params = load(weights)
        pixels = read(image)
    except (DataError, DrawingError) as error:
        fail(ctx, str(error))
    probabilities = oracle.forward(params, pixels).output
    digit = int(np.argmax(probabilities))
    ctx.with_resource(on_screen())
    paint = painted if coloured() and not words else plain
    text = _("It reads {digit}, with a probability of {percent}.").format(
        digit=digit, percent=percent(probabilities[digit])
    )
    lines = spoken(probabilities) if words else [_("The network's input:"), *beside(pixels, probabilities, paint)]
    click.echo("\n".join([paint(text, "bold"), "", *lines]))
    ctx.exit(DONE)
