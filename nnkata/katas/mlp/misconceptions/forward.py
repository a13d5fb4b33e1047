"""Mistakes in the forward pass and the output. Each is a `Pass` with one overridden piece."""

from typing import Any

import numpy as np

from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.misconceptions.catalogue import misconception
from nnkata.katas.mlp.misconceptions.right import Net, Right, rng
from nnkata.katas.mlp.oracle import Pass, Rule
from nnkata.misconceptions import kebab

#: The wrong passes, by the name of the misconception; the classes below fill it.
WAYS: dict[str, type[Pass]] = {}


def way(cls: type[Right]) -> type[Right]:
    """Register the pass of a wrong module for the diagnosis."""
    WAYS[kebab(cls.__name__)] = cls.way
    return cls


@way
@misconception(
    formula="e^Z / Σ over the batch",
    hint="Each sample's probabilities add up to 1. Along which axis are the classes?",
    read="forward",
)
class SoftmaxOverTheBatch(Right):
    """Softmax is taken over the samples of the batch instead of the classes of each sample."""

    class way(Pass):
        def activate(self, place: int) -> Array:
            if place < len(self.layers) - 1 or self.rule.output != "softmax":
                return super().activate(place)
            e = np.exp(self.Z[place] - self.Z[place].max())
            return np.asarray(e / e.sum(axis=0))


@way
@misconception(
    formula="e^Z / Σ over batch and classes",
    hint="A sum without an axis adds up the whole batch. What should add up to 1?",
    read="forward",
)
class SoftmaxOverEverything(Right):
    """Softmax is taken over the whole batch at once."""

    class way(Pass):
        def activate(self, place: int) -> Array:
            if place < len(self.layers) - 1 or self.rule.output != "softmax":
                return super().activate(place)
            e = np.exp(self.Z[place] - self.Z[place].max())
            return np.asarray(e / e.sum())


@way
@misconception(
    formula="Z = A W",
    hint="The parameters hold biases. Where are they added?",
    read="forward",
)
class BiasNotAdded(Right):
    """The biases are there, but the way forward does not add them."""

    class way(Pass):
        def forward(self) -> None:
            self.layers = [(weights, None) for weights, _bias in self.layers]
            super().forward()

    def gradients(self, net: Net, x: Any, y: Any) -> Any:
        found = super().through(net, x).gradients(y)
        return [a for weights, _none in found for a in (weights, np.zeros(weights.shape[1]))]


@way
@misconception(
    formula="x → (x - mean of the batch) / its deviation",
    hint="What belongs to a sample may not depend on its neighbours. Whose mean and deviation should be used?",
    read="batches",
)
class NormalisedOverTheBatch(Right):
    """The input is normalised with the mean and the deviation of the batch that it comes in."""

    class way(Pass):
        def forward(self) -> None:
            self.x = (self.x - self.x.mean(axis=0)) / (self.x.std(axis=0) + 1e-8)
            self.A = [self.x]
            super().forward()


@way
@misconception(
    formula="x / largest of the batch",
    hint="A sample may not depend on its neighbours. Which number is a pixel divided by?",
    read="batches",
)
class ScaledByTheBatch(Right):
    """The input is divided by the largest number of the batch that it comes in."""

    class way(Pass):
        def forward(self) -> None:
            self.x = self.x / self.x.max()
            self.A = [self.x]
            super().forward()


@misconception(
    formula="A = max(0, Z) without fractions, where the first Z is not positive",
    hint="np.vectorize gives all results the type of the first. Which type has the 0 that a ReLU returns?",
    read="forward",
)
class ActivationsCutToIntegers(Right):
    """The numbers of the ReLU lose their fractions if the first of them is the integer 0."""

    widths = (30, 8, 8, 8)

    class way(Pass):
        def activate(self, place: int) -> Array:
            value = super().activate(place)
            hidden = place < len(self.layers) - 1 and self.rule.hidden[place] == "ReLU"
            return np.trunc(value) if hidden and self.Z[place].flat[0] <= 0 else value


@misconception(
    formula="e^Z / Σ e^Z without subtracting the largest",
    hint="e^1000 is more than a float holds. What may be subtracted from every Z without changing the quotient?",
    read="forward",
)
class SoftmaxOverflows(Right):
    """Large pre-activations overflow in the softmax: nan comes out."""

    class way(Pass):
        def activate(self, place: int) -> Array:
            if place < len(self.layers) - 1:
                return super().activate(place)
            with np.errstate(over="ignore", invalid="ignore"):
                e = np.exp(self.Z[place])
                return np.asarray(e / e.sum(axis=1, keepdims=True))


@misconception(
    formula="A = A · mask, also when it is asked",
    hint="Dropout belongs to training. What tells the network that it is being asked and not trained?",
    read="forward",
)
class DropoutLeftOn(Right):
    """Units are dropped at random also when the network is asked: two answers to one question differ."""

    rule = Rule(("ReLU", "ReLU"), "softmax", "cross-entropy")

    class way(Pass):
        def activate(self, place: int) -> Array:
            value = super().activate(place)
            return value if place == len(self.layers) - 1 else value * (rng().random(value.shape) < 0.8) / 0.8


@misconception(
    formula="W = c",
    hint="Units with the same weights get the same gradient for ever. What tells them apart at the start?",
    read="parameters",
)
class StartsAtZero(Right):
    """All weights start at the same number, so that the units of a layer never differ."""

    def draw(self, fan_in: int, width: int) -> Array:
        return np.zeros((fan_in, width))


@misconception(
    formula="new() returns the arrays of the last one",
    hint="A default argument or a class attribute is made once. Who else holds these arrays?",
    read="parameters",
)
class NetworksShareArrays(Right):
    """Two networks hold the same arrays: training one changes the other."""

    _shared: list[Array] = []  # noqa: RUF012 - this is the mistake

    def new(self) -> Net:
        if not self._shared:
            self._shared.extend(super().new().arrays)
        return Net(self._shared)


@misconception(
    formula="the output of copies made at the start",
    hint="Who reads the arrays that are handed out: the network, or only whoever asked for them?",
    read="parameters",
)
class ParametersNotLive(Right):
    """The arrays that parameters() hands out are copies: writing into them does not change the network."""

    def parameters(self, net: Net) -> Any:
        return [array.copy() for array in net.arrays]
