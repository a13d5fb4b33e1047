"""The page of a training: pictures, remarks on them, and the numbers. Nothing is fetched, nothing runs."""

import base64
import struct
from collections.abc import Mapping
from typing import Any

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.training import pictures, table
from nnkata.katas.article.training.learning import GRADIENTS
from nnkata.katas.article.training.session import Session
from nnkata.language import _, current
from nnkata.reports.clean import clean
from nnkata.reports.formats.html.template import render
from nnkata.reports.report import worded
from nnkata.runner.settings import Settings

#: A browser's pixels per inch.
CSS_INCH = 96


def page(run: Session, settings: Settings, rate: float, unseen: Array) -> str:
    """The page; `unseen` (n, 10) are the network's outputs for the unseen images."""
    assert run.reference is not None
    own, reference = run.own.history, run.reference.history
    digits = run.sets[2][1].argmax(axis=1)
    right = int(np.sum(digits == unseen.argmax(axis=1)))
    rows = [(number, *pair) for number, pair in enumerate(zip(own, reference, strict=False))]
    return render(
        "training.html.j2",
        ["style.css", "training.css"],
        pictures=True,
        language=current(),
        implementation=clean(settings.implementation)[0],
        sum=_("{right:,} of {count:,} unseen images recognised ({accuracy})").format(
            right=right, count=len(digits), accuracy=table.percent(right / len(digits))
        ),
        title=_("{name} learns MNIST").format(name=clean(settings.implementation)[0]),
        facts=_("{data} data, {count:,} images to learn from; epochs: {epochs}, rate: {rate:g}, seed: {seed}").format(
            data=worded(clean(settings.data)[0]),
            count=len(run.sets[0][1]),
            epochs=len(own) - 1,
            rate=rate,
            seed=settings.seed,
        ),
        figures=[*_answers(run, unseen), *_weights(run)],
        numbers=_("The numbers"),
        head=[
            _("epoch"),
            _("seconds"),
            _("training, loss"),
            _("training, accuracy"),
            _("validation, loss"),
            _("validation, accuracy"),
            _("reference, validation, accuracy"),
        ],
        rows=[table.cells(number, mine, other) for number, mine, other in rows],
    )


def _answers(run: Session, unseen: Array) -> list[Mapping[str, Any]]:
    """The figures about the network's answers."""
    assert run.reference is not None
    own, reference = run.own.history, run.reference.history
    xs, ys = run.sets[2]
    digits, read = ys.argmax(axis=1), unseen.argmax(axis=1)
    wrong = pictures.surest_mistakes(digits, unseen)
    figures = [
        _figure(
            _("Learning curves"),
            pictures.curves(own, reference),
            _(
                "Solid lines: the validation images, which the network does not learn from. Dotted lines: the training "
                "images. If the dotted line goes on improving and the solid one stays behind, the network learns its "
                "images by heart. The reference learned from the same images at the same rate; a right network ends "
                "close to it."
            ),
        ),
        _figure(
            _("Confusion matrix"),
            pictures.confusion(digits, read),
            _("Rows are the digits, columns the answers. The numbers off the diagonal are wrong answers."),
        ),
    ]
    if len(wrong):
        figures.append(
            _figure(
                _("Its surest mistakes"),
                pictures.mistakes(xs[wrong], digits[wrong], unseen[wrong]),
                _("The digit → the answer, with its probability. Would you have recognised them?"),
            )
        )
    return figures


def _weights(run: Session) -> list[Mapping[str, Any]]:
    """The figures about the weights and their gradients."""
    assert run.reference is not None
    return [
        _figure(
            _("The weights of the first layer"),
            pictures.first_layer(run.own.weights["W1"]),
            _(
                "Each square is a row of W1: the weights from the 28×28 pixels to one of the 128 units. Ink on orange "
                "pixels raises the unit's Z1, ink on purple ones lowers it."
            ),
        ),
        _figure(
            _("Their change by training"),
            pictures.first_layer(run.own.weights["W1"] - run.own.first["W1"]),
            _(
                "The same, minus the random weights before training: the strokes and gaps to which each unit has "
                "learned to respond. At the edges, where no digit has ink, no weight moves."
            ),
        ),
        _figure(
            _("Size of the gradients"),
            pictures.gradient_sizes(run.own.history, run.reference.history),
            _(
                "The elements of each gradient, over {count} training images. On its way back the error is multiplied "
                "by a derivative of the sigmoid, 1/4 at most, at each hidden layer, so those of W1 are mostly the "
                "smallest."
            ).format(count=GRADIENTS),
        ),
    ]


def _figure(title: str, png: bytes, caption: str) -> Mapping[str, Any]:
    width, height = struct.unpack(">II", png[16:24])  # the first chunk of a PNG has its size
    return {
        "title": title,
        "source": "data:image/png;base64," + base64.b64encode(png).decode(),
        "caption": caption,
        "width": round(width * CSS_INCH / pictures.DPI),
        "height": round(height * CSS_INCH / pictures.DPI),
    }
