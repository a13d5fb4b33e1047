"""Gherkin steps, one module per stage: the vocabulary that features are written in.

Steps talk to a `World` (the subject and the inputs of one clause) and to the oracle only. A check that fails raises
`Mismatch` with what came and what should have come, and nothing here knows of mistakes by name.

Steps of one's own are written with `world.World`, which the fixture `world` is, with `common.pattern`, and with
`array`, `same`, `equal`, `holds` and `Mismatch` of `compare`: these are relied on from outside (docs/own-features.md).
"""
