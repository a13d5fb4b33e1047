"""The calls that tell whether a piece of a module is right, with their values in a right network: for edits of it.

Where the numbers leave the rule open, such as a mean or a sum over the batch, the values of each rule are a choice.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from nnkata.katas.mlp.functions import ACTIVATIONS, OUTPUTS, USUAL, Array, labels_of
from nnkata.katas.mlp.moved_weights.optimizers import normalised
from nnkata.katas.mlp.oracle import Pass, Rule
from nnkata.katas.mlp.pieces import CLOSE, TRAINED, TURNED, Pieces, Program, Steps
from nnkata.katas.mlp.reading import Batch

#: The most samples of an epoch in which each has to be used.
LIT = 60


def _either(values: Sequence[Any]) -> Any:
    return values[0] if len(values) == 1 else {"either": list(values)}


def _output(pieces: Pieces) -> Program | None:
    reading = pieces.reading
    if not reading.ways:
        return None
    layout = reading.layout or reading.ways[0]
    depth = len(layout.layers) - 1
    if reading.layout is not None and reading.fit is not None:
        rules = [reading.fit.rule]
    else:
        shares = reading.classes > 1 and all(b.output is not None and b.output.min() >= 0 for b in reading.batches)
        rules = [
            Rule((hidden,) * depth, output, USUAL[output][0])
            for hidden in (ACTIVATIONS if depth else ["linear"])
            for output in (["softmax"] if shares else OUTPUTS)
        ]
    steps, meant = list[list[Any]](), list[list[Any]]()
    for batch in pieces.batches:
        outputs = [Pass(rule, layout.whole(batch.parameters), batch.x).output for rule in rules]
        steps.append(["asked", "output", [batch.x]])
        meant.append([[[_either(outputs)], [batch.x]], CLOSE])
    return Program([*pieces.ready, *steps], meant, pieces.ready)


def _gradients(pieces: Pieces) -> Program | None:
    rules, steps, meant = pieces.rules(), list[list[Any]](), list[list[Any]]()
    if pieces.reading.layout is None or not rules:
        return None
    order = pieces.order(next(pieces.batches))
    for batch in pieces.batches:
        choices = [pieces.gradients(rule, batch) for rule in rules]
        steps.append(["asked", "gradients", [batch.x, batch.y]])
        meant.append([[_either([[found[n] for n in order] for found in choices]), [batch.x, batch.y]], CLOSE])
    fine = _output(pieces)
    assert fine is not None
    held = [list(pieces.reading.batches[0].parameters), CLOSE]
    return Program(
        [*pieces.ready, *steps, ["held"], *fine.steps], [*meant, held, *fine.meant], fine.steps if fine else []
    )


def _loss(pieces: Pieces) -> Program | None:
    reading = pieces.reading
    if "loss" not in reading.offered or reading.layout is None or not reading.right:
        return None
    assert reading.fit is not None
    steps, meant = list[list[Any]](), list[list[Any]]()
    for batch in pieces.batches:
        value = float(pieces.passed(reading.fit.rule, batch).loss(batch.y))
        steps.append(["asked", "loss", [batch.x, batch.y]])
        meant.append([[[value], [batch.x, batch.y]], CLOSE])
    fine = _gradients(pieces)
    assert fine is not None
    return Program([*pieces.ready, *steps, *fine.steps], [*meant, *fine.meant], fine.steps)


def _directions(gradients: Sequence[Array]) -> Any:
    """The directions of a step: of plain descent, or of an optimizer whose first step has one length everywhere."""
    length = np.sqrt(sum(float((one**2).sum()) for one in gradients))
    count = np.sqrt(sum(float(np.count_nonzero(one)) for one in gradients))
    return _either([[-one / length for one in gradients], [-np.sign(one) / count for one in gradients]])


def _step(pieces: Pieces) -> Program | None:
    return _moving(pieces, "step", [], (TRAINED, 1))


def _train(pieces: Pieces) -> Program | None:
    """A sample alone is one batch, whatever the size of a batch."""
    return _moving(pieces, "train", [1], (1,))


def _order(pieces: Pieces) -> Program | None:
    return _moving(pieces, "train", [1], (TRAINED, 1))


def _used(pieces: Pieces) -> Program | None:
    """An epoch of samples that have an input of their own: each moves the weights of its input, if it has an error.

    Two epochs of a sample alone end as they do already, so that more epochs are no remedy.
    """
    reading = pieces.reading
    if "train" not in reading.offered or reading.layout is None or reading.fit is None or not reading.right:
        return None
    first, n = reading.batches[0], min(reading.inputs, LIT)
    given = [first.x[:1], first.y[:1]]
    alone = pieces.trained(given, [2])
    if alone is None:
        return None
    x, y = np.eye(reading.inputs)[:n], labels_of(np.arange(n) % max(reading.classes, 2), reading.classes)
    errors = pieces.passed(reading.fit.rule, Batch(first.parameters, x, y, None, [])).deltas(y)[0]
    some = np.any(errors, axis=1)
    moved = np.zeros(reading.inputs)
    moved[:n] = some
    steps: Steps = [*pieces.ready, ["asked", "train", [x[some], y[some], 1]]]
    steps += [["changed", reading.layout.layers[0][0], int(reading.layout.rows)]]
    steps += [*pieces.ready, ["asked", "train", [*given, 2]], ["held"]]
    fine: Steps = [*pieces.ready, ["asked", "gradients", given]]
    return Program(steps, [[None, 0.0], [moved, 0.0], [None, 0.0], [alone, CLOSE]], fine)


def _epochs(pieces: Pieces) -> Program | None:
    """Two epochs of one sample, which end as one does: they should go as far as two trainings."""
    if "train" not in pieces.reading.offered:
        return None
    first = pieces.reading.batches[0]
    given = [first.x[:1], first.y[:1]]
    ends = [pieces.trained(given, times) for times in ([1], [2], [1, 1])]
    once, longer, twice = ends
    if once is None or longer is None or twice is None or _same(once, twice) or not _same(once, longer):
        return None
    fine: Steps = [*pieces.ready, ["asked", "gradients", given]]
    return Program([*pieces.ready, ["asked", "train", [*given, 2]], ["held"]], [[None, 0.0], [twice, CLOSE]], fine)


def _same(one: Sequence[Array], other: Sequence[Array]) -> bool:
    return all(np.allclose(a, b, rtol=1e-9, atol=1e-12) for a, b in zip(one, other, strict=True))


def _moving(pieces: Pieces, name: str, more: list[Any], sizes: Sequence[int]) -> Program | None:
    """One step of all samples: its direction is that of the module's own gradients."""
    reading = pieces.reading
    if name not in reading.offered:
        return None
    first = reading.batches[0]
    steps, meant, fine, right = list[list[Any]](), list[list[Any]](), list[list[Any]](), list[list[Any]]()
    even = True
    for n in sizes:
        one = Batch(first.parameters, first.x[:n], first.y[:n], None, [])
        own = pieces.own(one)
        if own is None:
            return None
        even = even and _even(pieces, name, one, own)
        steps += [*pieces.ready, ["asked", name, [one.x, one.y, *more]], ["turned"]]
        meant += [[None, 0.0], [_directions(own), TURNED]]
        fine.append(["asked", "gradients", [one.x, one.y]])
        right.append([[[own[n] for n in pieces.order(one)], [one.x, one.y]], CLOSE])
    fine = [*pieces.ready, *fine]
    return None if even else Program([*steps, *fine], [*meant, *right], fine)


def _even(pieces: Pieces, name: str, one: Batch, own: Sequence[Array]) -> bool:
    """Whether a step, or a training in one batch, is that of an optimizer that moves all elements by one length."""
    given = [one.x, one.y]
    after = pieces.stepped(given) if name == "step" else pieces.trained(given, [1])
    if after is None or [array.shape for array in after] != [array.shape for array in own]:
        return False
    moves = [now - before for now, before in zip(after, one.parameters, strict=True)]
    return bool(normalised(moves, own))


def _predict(pieces: Pieces) -> Program | None:
    reading = pieces.reading
    if "predict" not in reading.offered or reading.classes < 2:
        return None
    batch = reading.batches[0]
    if batch.output is None:
        return None
    steps: Steps = [*pieces.ready, ["asked", "predict", [batch.x]], ["asked", "output", [batch.x]]]
    meant = [[[[batch.output.argmax(axis=1)], [batch.x]], 0.0], [[[batch.output], [batch.x]], CLOSE]]
    return Program(steps, meant, [*pieces.ready, steps[-1]])


def _accuracy(pieces: Pieces) -> Program | None:
    reading = pieces.reading
    batch = reading.batches[0]
    if "accuracy" not in reading.offered or reading.classes < 2 or batch.output is None:
        return None
    rest: Steps = [["asked", "output", [batch.x]]]
    steps, meant, n = list[list[Any]](), list[list[Any]](), len(batch.x)
    for right in (0, n // 3, n):
        answers = np.where(np.arange(n) < right, batch.output.argmax(axis=1), batch.output.argmin(axis=1))
        y = np.eye(reading.classes)[answers]
        steps.append(["asked", "accuracy", [batch.x, y]])
        meant.append([[[right / n], [batch.x, y]], CLOSE])
    meant.append([[[batch.output], [batch.x]], CLOSE])
    if predict := _predict(pieces):
        rest += predict.steps[2:3]
        meant += predict.meant[:1]
    return Program([*pieces.ready, *steps, *rest], meant, [*pieces.ready, *rest])


PROGRAMS: Mapping[str, Callable[[Pieces], Program | None]] = {
    "output": _output,
    "gradients": _gradients,
    "loss": _loss,
    "step": _step,
    "train": _train,
    "order": _order,
    "used": _used,
    "epochs": _epochs,
    "predict": _predict,
    "accuracy": _accuracy,
}
