"""Gherkin steps of the kata `mlp`, a module a stage; they talk to a `World` and the oracle only."""
