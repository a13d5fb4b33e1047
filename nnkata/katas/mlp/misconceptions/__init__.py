"""Known wrong modules: the mistake, the reason, the text to read. One module per direction.

What lives here: one class per mistake. What must not: how a mistake is recognised, which is `katas/mlp/naming.py`'s.
"""

from nnkata.katas.mlp.misconceptions import backward, forward, learning, scale, slopes, sums
from nnkata.katas.mlp.misconceptions.catalogue import CATALOGUE

__all__ = ["CATALOGUE"]

_ = (backward, forward, learning, scale, slopes, sums)  # imported to register
