"""The images as three sets: the article's split, and a part that no training sees."""

from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.worker.wire.indexed import LEVELS, Indexed

#: Of the article's 15 %, a third is train's validation set; nnkata measures on the rest.
VALIDATION_SHARE = 3

Sets = list[tuple[Any, Any]]

#: The value of each grey level: that of a pixel, whatever the number of pixels.
GREY = oracle.pixels(np.resize(np.arange(LEVELS, dtype=np.uint8), (1, oracle.PIXELS)))[0, :LEVELS]
GREY.flags.writeable = False


def divided(images: Any, labels: Any) -> Sets:
    """Training, validation and unseen images, read-only: each float32 (n, 784) with one-hot labels (n, 10).

    images: (N, 784), grey levels; labels: (N,).
    """
    made = [(oracle.pixels(images[part]), oracle.one_hot(labels[part])) for part in _parts(len(images))]
    for array in (array for pair in made for array in pair):
        array.flags.writeable = False
    return made


def indexed(images: Any, labels: Any) -> Sets:
    """The same with the images as their grey levels, in a quarter of the memory; images: uint8 (N, 784)."""
    made = []
    for part in _parts(len(images)):
        levels, digits = images[part], oracle.one_hot(labels[part])
        levels.flags.writeable = digits.flags.writeable = False
        made.append((Indexed(levels, GREY), digits))
    return made


def _parts(count: int) -> tuple[Any, Any, Any]:
    train, test = oracle.split(count)
    cut = len(test) // VALIDATION_SHARE
    return train, test[:cut], test[cut:]
