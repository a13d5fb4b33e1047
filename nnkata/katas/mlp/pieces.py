"""A module with the batches on which its pieces are asked for, and the form of a program of calls."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from nnkata.katas.mlp.facts import Reading
from nnkata.katas.mlp.functions import LOSSES, RARE, USUAL, Array
from nnkata.katas.mlp.oracle import Pass, Rule
from nnkata.katas.mlp.penalties import with_penalty
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
    def _drawn(self) -> Iterator[Batch]:
        """The same samples, with parameters that tell a penalty on squares from one on absolute values."""
        for batch, n in zip(self.reading.batches, SAMPLES, strict=False):
            yield Batch(batch.parameters, batch.x[:n], batch.y[:n], None, [])

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
        for loss in USUAL[self.reading.output]:
            yield from self._rules_of(loss, factors)

    def _rules_of(self, loss: str, factors: Sequence[float]) -> Iterator[Rule]:
        assert self.reading.fit is not None
        for mean in (True, False):
            for factor in factors:
                yield replace(self.reading.fit.rule, loss=loss, mean=mean, factor=factor, sparse=0.0)

    def of_loss(self) -> Iterator[Rule]:
        """The rules whose losses are the module's own, on each batch, with the penalty on its weights."""
        reading, batches = self.reading, list(self._drawn)
        try:
            came = [self._loss(batch) for batch in batches]
        except (Raised, SubjectError, TypeError, ValueError):
            return
        assert reading.layout is not None
        assert reading.fit is not None
        passes = [self.passed(reading.fit.rule, one) for one in batches]
        for loss in (*USUAL[reading.output], *RARE[reading.output]):
            totals = [
                float(LOSSES[loss].value(passed.output, passed.rule.wanted(one.y)))
                for passed, one in zip(passes, batches, strict=True)
            ]
            for rule in self._rules_of(loss, usual_factors(reading.layout.widths[-1])):
                scales = [rule.scale(passed.n) for passed in passes]
                rests = [own - scale * total for own, scale, total in zip(came, scales, totals, strict=True)]
                if (found := with_penalty(rule, rests, passes, CLOSE * max(map(abs, came)))) is not None:
                    yield found

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

    def trained(self, given: Sequence[Array], epochs: Sequence[int]) -> list[Array] | None:
        """The parameters after trainings of so many epochs each, one after the other; None if one raises."""
        return self._after("train", [(*given, count) for count in epochs])

    def stepped(self, given: Sequence[Array]) -> list[Array] | None:
        """The parameters after a step; None if it raises."""
        return self._after("step", [(*given,)])

    def _after(self, name: str, calls: Sequence[tuple[Any, ...]]) -> list[Array] | None:
        net = self.functions.keep("new") if "new" in self.reading.offered else None
        try:
            self.functions.write("parameters", net, values=list(self.reading.batches[0].parameters))
            for given in calls:
                self.functions.call(name, net, *(one.copy() if isinstance(one, np.ndarray) else one for one in given))
            found = list(leaves(self.functions.call("parameters", net).value))
        except (Raised, SubjectError):
            return None
        return [np.asarray(value, np.float64) for _name, value in found]

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
