"""Known wrong versions of the oracle's formulas: the mistake, the reason, the text to read.

One module per stage, and one for compute_accuracy. One class, function or text per mistake. Nothing here recognises a
mistake in a run: `reading/` and the kit's runner do.
"""

from nnkata.katas.article.misconceptions import (
    activations,
    backward,
    forward,
    initialization,
    preprocessing,
    source,
    training,
    training_accuracy,
    update,
)
from nnkata.katas.article.misconceptions.catalogue import CATALOGUE

__all__ = ["CATALOGUE"]

# imported to register
_ = (activations, backward, forward, initialization, preprocessing, source, training, training_accuracy, update)
