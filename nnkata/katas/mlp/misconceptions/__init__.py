"""Known wrong modules: the mistake, the reason, the text to read. One module per direction.

Here: one class per mistake. Not here: the recognition of a mistake (`katas/mlp/naming.py`).
"""

from nnkata.katas.mlp.misconceptions import backward, forward, learning, learning_accuracy, masks, scale, slopes, sums
from nnkata.katas.mlp.misconceptions.catalogue import CATALOGUE

__all__ = ["CATALOGUE"]

_ = (backward, forward, learning, learning_accuracy, masks, scale, slopes, sums)  # imported to register
