"""Gherkin steps, one module per stage: the vocabulary of features.

Steps talk to a `World` (the subject and the inputs of one clause) and to the oracle only. A failed check raises
`Mismatch` with the result and the expected value; nothing here names mistakes.

A user's own steps use `world.World`, the type of the fixture `world`, `common.pattern`, and `array`, `same`, `equal`,
`holds` and `Mismatch` of `compare`: these names are stable (docs/own-features.md).
"""
