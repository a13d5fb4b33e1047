"""Reads from a submission's numbers what it computes where something else was meant.

What lives here: one idea a file. `observed` asks the submission a fixed number of questions; `functions`, `wiring`,
`deltas` and `gradients` are what may stand where; `forward` and `backward` find which of it does; `diagnosis` gives
each failed clause what explains it. What must not: anything that the submission could reach, and any judgement.
"""

from nnkata.katas.article.reading.diagnosis import diagnose

__all__ = ["diagnose"]
