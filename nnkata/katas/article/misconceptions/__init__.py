"""Known wrong versions of the oracle's formulas: the mistake, the reason, the text to read. One module per stage.

What lives here: one class (or function, or text) a mistake. What must not: how a mistake is recognised in a run, which
is the runner's business.
"""

from nnkata.katas.article.misconceptions import (
    activations,
    backward,
    forward,
    initialization,
    preprocessing,
    source,
    training,
    update,
)
from nnkata.katas.article.misconceptions.catalogue import CATALOGUE

__all__ = ["CATALOGUE"]

_ = (activations, backward, forward, initialization, preprocessing, source, training, update)  # imported to register
