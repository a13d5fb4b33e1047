"""The calls that tell whether a piece of a module is right, with their values in a right network: for edits of it.

Where the numbers leave the rule open, such as a mean or a sum over the batch, the values of each rule are a choice.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from nnkata.katas.mlp.facts import Reading
from nnkata.katas.mlp.functions import ACTIVATIONS, OUTPUTS, USUAL, Array
from nnkata.katas.mlp.oracle import Pass, Rule
from nnkata.katas.mlp.reading import Batch, usual_factors
from nnkata.katas.mlp.world import in_order
from nnkata.subject import Raised, SubjectError
from nnkata.subject.objects import Functions
from nnkata.worker.kept import leaves

#: The tolerance of values, and of a direction that a step or a training takes.
CLOSE, TURNED = 1e-4, 1e-3
#: The samples of each batch of the programs.
SAMPLES = (3, 2)
#: The samples of a training in one batch.
TRAINED = 5

Steps = list[list[Any]]


@dataclass
class Program:
    """Calls, their values in a right network, each with its tolerance, and calls that are right already."""

    steps: Steps
    meant: list[list[Any]]
    fine: Steps = field(default_factory=list)


@dataclass
class Pieces:
    """A module, the facts about it, and the batches of the programs."""

    functions: Functions
    reading: Reading

    @property
    def batches(self) -> Iterator[Batch]:
        """The first samples of the batches from which the network was inferred."""
        first = self.reading.batches[0].parameters
        for batch, n in zip(self.reading.batches, SAMPLES, strict=False):
            yield Batch(first, batch.x[:n], batch.y[:n], None, [])

    @property
    def ready(self) -> Steps:
        """The steps that make a network with known parameters."""
        return [["made"], ["fill", list(self.reading.batches[0].parameters)]]

    def passed(self, rule: Rule, batch: Batch) -> Pass:
        """A right pass of a batch."""
        assert self.reading.layout is not None
        return Pass(rule, self.reading.layout.whole(batch.parameters), batch.x)

    def gradients(self, rule: Rule, batch: Batch) -> list[Array]:
        """The right gradients of a batch, as the module's parameters are."""
        assert self.reading.layout is not None
        return self.reading.layout.taken_apart(self.passed(rule, batch).gradients(batch.y))

    def rules(self) -> list[Rule]:
        """The rules that may be meant: those of the module's own loss, or that of its gradients, or the usual ones."""
        fit = self.reading.fit
        if fit is None:
            return []
        if "loss" in self.reading.offered and (own := list(self.of_loss())):
            return own
        if self.reading.right:
            return [fit.rule]
        if fit.fitting and fit.natural:
            return [fit.rule, replace(fit.rule, mean=not fit.rule.mean)]
        return list(self._usual((1.0,) if fit.fitting else (1.0, 0.5)))

    def _usual(self, factors: Sequence[float]) -> Iterator[Rule]:
        assert self.reading.fit is not None
        for loss in USUAL[self.reading.output]:
            for mean in (True, False):
                for factor in factors:
                    yield replace(self.reading.fit.rule, loss=loss, mean=mean, factor=factor, decay=0.0, sparse=0.0)

    def of_loss(self) -> Iterator[Rule]:
        """The usual rules whose losses are the module's own, on each batch, with the decay of its weights."""
        batches = list(self.batches)
        try:
            came = [self._loss(batch) for batch in batches]
        except (Raised, SubjectError, TypeError, ValueError):
            return
        assert self.reading.layout is not None
        for rule in self._usual(usual_factors(self.reading.layout.widths[-1])):
            rest = [own - float(self.passed(rule, one).loss(one.y)) for own, one in zip(came, batches, strict=True)]
            over = [part * len(one.x) for part, one in zip(rest, batches, strict=True)]
            near = CLOSE * max(map(abs, came))
            spread = not np.allclose(rest, rest[0], atol=near) and np.allclose(over, over[0], atol=near)
            if not spread and not np.allclose(rest, rest[0], atol=near):
                continue
            squares = sum(float((W**2).sum()) for W, _bias in self.reading.layout.whole(batches[0].parameters))
            decay = 2 * (over if spread else rest)[0] / squares
            yield replace(rule, decay=0.0 if abs(rest[0]) <= near else decay, spread=spread)

    def _loss(self, batch: Batch) -> float:
        net = self.functions.keep("new") if "new" in self.reading.offered else None
        self.functions.write("parameters", net, values=list(batch.parameters))
        return float(self.functions.call("loss", net, batch.x, batch.y).value)

    def own(self, batch: Batch) -> list[Array] | None:
        """The module's own gradients of a batch, in the order and shapes of its parameters; None without them."""
        net = self.functions.keep("new") if "new" in self.reading.offered else None
        try:
            self.functions.write("parameters", net, values=list(batch.parameters))
            found = list(leaves(self.functions.call("gradients", net, batch.x, batch.y).value))
        except (Raised, SubjectError):
            return None
        values = [np.asarray(value, np.float64) for value in in_order(found, self.reading.names)]
        shapes = [np.shape(value) for value in batch.parameters]
        return values if [value.shape for value in values] == shapes and all(map(np.any, values)) else None

    def order(self, batch: Batch) -> list[int]:
        """The number of the parameter to which each array of the module's gradients belongs, in its own order."""
        net = self.functions.keep("new") if "new" in self.reading.offered else None
        names = self.reading.names
        try:
            found = [name for name, _value in leaves(self.functions.call("gradients", net, batch.x, batch.y).value)]
        except (Raised, SubjectError):
            found = []
        if len(found) != len(names):
            return list(range(len(names)))
        places = in_order([(name, n) for n, name in enumerate(found)], names)
        return [places.index(n) for n in range(len(found))]


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


def _moving(pieces: Pieces, name: str, more: list[Any], sizes: Sequence[int]) -> Program | None:
    """One step of all samples: its direction is that of the module's own gradients."""
    reading = pieces.reading
    if name not in reading.offered:
        return None
    first = reading.batches[0]
    steps, meant, fine, right = list[list[Any]](), list[list[Any]](), list[list[Any]](), list[list[Any]]()
    for n in sizes:
        one = Batch(first.parameters, first.x[:n], first.y[:n], None, [])
        own = pieces.own(one)
        if own is None:
            return None
        steps += [*pieces.ready, ["asked", name, [one.x, one.y, *more]], ["turned"]]
        meant += [[None, 0.0], [_directions(own), TURNED]]
        fine.append(["asked", "gradients", [one.x, one.y]])
        right.append([[[own[n] for n in pieces.order(one)], [one.x, one.y]], CLOSE])
    fine = [*pieces.ready, *fine]
    return Program([*steps, *fine], [*meant, *right], fine)


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
    "predict": _predict,
    "accuracy": _accuracy,
}
