"""The images as three sets: the article's split, and a part that no training sees."""

from typing import Any

from nnkata.katas.article import oracle

#: Of the article's 15 %, a third is handed to train as its validation set; nnkata measures on the rest.
VALIDATION_SHARE = 3

Sets = list[tuple[Any, Any]]


def divided(images: Any, labels: Any) -> Sets:
    """Training, validation and unseen images, read-only: each float32 (n, 784) with one-hot labels (n, 10).

    images: (N, 784), grey levels; labels: (N,).
    """
    train, test = oracle.split(len(images))
    cut = len(test) // VALIDATION_SHARE
    parts = (train, test[:cut], test[cut:])
    made = [(oracle.pixels(images[part]), oracle.one_hot(labels[part])) for part in parts]
    for array in (array for pair in made for array in pair):
        array.flags.writeable = False
    return made
