"""Known wrong versions of the oracle's formulas: the mistake, the reason, the text to read.

One module per stage, or several, `STAGE_PART`. One class, function or text per mistake. Nothing here recognises a
mistake in a run: `reading/` and the kit's runner do.
"""

from nnkata.katas.article.misconceptions import (
    activations,
    backward,
    backward_loss,
    backward_state,
    forward,
    initialization,
    preprocessing,
    source,
    training,
    training_accuracy,
    training_samples,
    update,
)
from nnkata.katas.article.misconceptions.catalogue import CATALOGUE

__all__ = ["CATALOGUE"]

# imported to register
_ = (
    *(activations, backward, backward_loss, backward_state, forward, initialization, preprocessing, source),
    *(training, training_accuracy, training_samples, update),
)
