"""Reads the wrong formulas of a submission from its numbers.

`observed` asks the submission a fixed number of questions. `preprocessing`, `initialization`, `functions`, `passes`,
`update` and `training` read the stages; `fit` compares numbers with candidates, `say` has the texts, and `diagnosis`
gives each failed clause its explanation. Not here: anything that the submission could reach, and any judgement.
"""

from nnkata.katas.article.reading.diagnosis import diagnose

__all__ = ["diagnose"]
