"""Gherkin steps of the kata `mlp`, one module per stage; they talk to a `World` and the oracle only."""
