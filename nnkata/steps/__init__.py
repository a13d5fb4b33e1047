"""Gherkin steps, a module a stage: the vocabulary that features are written in.

Steps talk to a `World` (the subject and the inputs of one clause) and to the oracle only. A check that fails raises
`Mismatch` with what came and what should have come, and nothing here knows of mistakes by name.
"""

#: The modules that define steps, by the stage that they serve first.
MODULES = tuple(
    f"nnkata.steps.{name}"
    for name in (
        "common",
        "preprocessing",
        "activations",
        "initialization",
        "forward",
        "backward",
        "update",
        "training",
        "mnist",
        "typing",
        "from_scratch",
    )
)
