"""Formulas read back from a network's numbers, where the catalogue of mistakes has no entry for them.

Here: the text of a failed clause under "read from your numbers". Not here: names of mistakes (`katas/mlp/naming.py`),
and the inference of a right network's rule (`katas/mlp/reading.py`).
"""

from nnkata.katas.mlp.formulas.diagnosis import diagnose

__all__ = ["diagnose"]
