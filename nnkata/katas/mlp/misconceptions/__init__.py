"""Known wrong modules: what is wrong, why, and what to read. A module a direction.

What lives here: one class a mistake. What must not: how a mistake is recognised, which is `katas/mlp/naming.py`'s.
"""

from nnkata.katas.mlp.misconceptions import backward, forward, learning, scale, slopes, sums
from nnkata.katas.mlp.misconceptions.catalogue import CATALOGUE

__all__ = ["CATALOGUE"]

_ = (backward, forward, learning, scale, slopes, sums)  # imported to register
