"""The questions about preprocess, and the departures in their results."""

import numpy as np

from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import Departure, of
from nnkata.katas.article.reading.observed import Observed
from nnkata.katas.article.reading.preprocessing.labels import wrong_labels
from nnkata.katas.article.reading.preprocessing.pixels import wrong_pixels
from nnkata.katas.article.reading.preprocessing.results import ask
from nnkata.subject import Outcome


def read_preprocess(observed: Observed) -> list[Departure]:
    """The departures of preprocess, in the pixels and in the labels."""
    rng = observed.rng(600)
    images = rng.integers(0, 256, (4, 28, 28)).astype(np.uint8)
    images[1::2] //= 2
    dark = rng.integers(7, 101, (3, 784)).astype(np.uint8)  # neither black nor white
    labels = np.array([5, 0, 9, 3])
    asked = [ask(observed, images, labels), ask(observed, images.reshape(4, 784).astype(np.float64), labels)]
    asked.append(ask(observed, dark, np.array([1, 3, 1])))
    found = [*wrong_pixels([images.reshape(4, 784), images.reshape(4, 784), dark], asked, images)]
    found += wrong_labels(observed, asked, rng)
    for outcome in asked:
        if isinstance(outcome, Outcome) and (text := say.argument(outcome, 0, "images")):
            found.append(Departure("preprocessing", of("preprocessing", 9), text, "images-scaled-in-place"))
            break
    return found
