"""The values that right code may make on its way back, by any of the rules that may be meant."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from nnkata.katas.mlp.functions import ACTIVATIONS
from nnkata.katas.mlp.lines.pass_values import back, joined, of_logits, of_margins, of_outputs, of_slopes, values
from nnkata.katas.mlp.oracle import Rule
from nnkata.katas.mlp.pieces import Pieces
from nnkata.katas.mlp.reading import Batch
from nnkata.traces.known import Known


def right_values(pieces: Pieces, rules: Sequence[Rule], batch: Batch) -> tuple[Known, Known]:
    """The right values of a batch, forward and back, and the parts of slopes, which no function may return as one."""
    passed = pieces.passed(rules[0], batch)
    arrays = [array for layer in passed.layers for array in layer if array is not None]
    with np.errstate(all="ignore"):
        fine, parts = Known().add(batch.x, batch.y, *batch.parameters, *passed.Z, *passed.A), Known()
        fine.add(*(factor * (passed.output - batch.y) for factor in (1, -1, 2, 1 / passed.n, 2 / passed.n)))
        fine.add((passed.output - batch.y) ** 2)
        if passed.rule.output in ACTIVATIONS:
            fine.add(ACTIVATIONS[passed.rule.output].slope(passed.Z[-1]))
        for rule in rules:
            one = pieces.passed(rule, batch)
            plain = pieces.passed(replace(rule, decay=0.0, sparse=0.0), batch)
            fine.add(*values(one, batch), *values(plain, batch), *joined(one, batch), *joined(plain, batch))
            fine.add(*(one.slope(place) for place in range(len(one.layers) - 1)))
            fine.add(*of_outputs(one, batch), *of_logits(one), *of_margins(one, batch))
            fine.add(*back(one, batch), *(rule.decay_of(passed.n) * array for array in arrays))
            parts.add(*of_slopes(one))
    return fine, parts
