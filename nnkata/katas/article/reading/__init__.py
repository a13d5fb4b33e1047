"""Reads the wrong formulas of a submission from its numbers.

Here, one idea per file: `observed` asks the submission a fixed number of questions; `functions`, `wiring`, `deltas` and
`gradients` have the candidates; `forward` and `backward` select among them; `diagnosis` gives each failed clause its
explanation. Not here: anything that the submission could reach, and any judgement.
"""

from nnkata.katas.article.reading.diagnosis import diagnose

__all__ = ["diagnose"]
