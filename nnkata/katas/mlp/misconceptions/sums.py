"""Mistakes on the way back in sums and means: over the batch, over the layer, over both, or not at all."""

from typing import Any

import numpy as np

from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.misconceptions.base import Wrong, way
from nnkata.katas.mlp.misconceptions.catalogue import misconception
from nnkata.katas.mlp.misconceptions.right import Net, Right
from nnkata.katas.mlp.oracle import Rule


@way
@misconception(
    formula="db = Σ over samples and units of δ, one number",
    hint="Each unit has a bias of its own. Along which axis do the samples lie, and along which the units?",
    read="backward",
)
class BiasSummedToOneNumber(Right):
    """The biases' gradient is summed over the batch and over the layer, to one number for all its units."""

    as_scalar = False

    def gradients(self, net: Net, x: Any, y: Any) -> Any:
        found = super().gradients(net, x, y)
        return [g if g.ndim > 1 else g.flat[0] for g in found] if self.as_scalar else found

    @property
    def variants(self) -> tuple[type[Right], ...]:
        """The same as the one number that `np.sum` gives, which NumPy subtracts from each bias."""
        return () if self.as_scalar else (type("AsScalar", (type(self),), {"as_scalar": True}),)

    class way(Wrong):
        def bias_gradient(self, place: int, delta: Array) -> Any:
            right = super().bias_gradient(place, delta)
            return np.full_like(right, right.sum()) if self.here(place) else right


@way
@misconception(
    formula="db = mean over samples and units of δ, one number",
    hint="A mean without an axis is one number for the whole layer. Which axis is the batch?",
    read="backward",
)
class BiasAveragedToOneNumber(Right):
    """The biases' gradient is averaged over the batch and over the layer, to one number for all its units."""

    class way(Wrong):
        def bias_gradient(self, place: int, delta: Array) -> Any:
            right = super().bias_gradient(place, delta)
            return np.full_like(right, right.mean()) if self.here(place) else right


@way
@misconception(
    formula="db = 0",
    hint="A bias moves the output like any weight. What is its slope?",
    read="backward",
)
class BiasNeverLearns(Right):
    """The biases' gradient is zero: they keep their first values."""

    class way(Wrong):
        def bias_gradient(self, place: int, delta: Array) -> Any:
            right = super().bias_gradient(place, delta)
            return np.zeros_like(right) if self.here(place) else right


@way
@misconception(
    formula="dW = (1/n) Aᵀδ, but db = Σ δ",
    hint="Weights and biases belong to one loss. If it is a mean over the batch, what is divided by n?",
    read="batches",
)
class BiasNotAveraged(Right):
    """The weights' gradient is the mean of the batch, the biases' is its sum."""

    class way(Wrong):
        def bias_gradient(self, place: int, delta: Array) -> Any:
            right = super().bias_gradient(place, delta)
            return self.n * right if self.here(place) else right


@way
@misconception(
    formula="dW = Aᵀδ, but db = (1/n) Σ δ",
    hint="A matrix product over the batch is a sum. If the loss is a mean, what is missing from the weights' gradient?",
    read="batches",
)
class WeightsNotAveraged(Right):
    """The biases' gradient is the mean of the batch, the weights' is its sum."""

    class way(Wrong):
        def weight_gradient(self, place: int, delta: Array) -> Array:
            right = super().weight_gradient(place, delta)
            return self.n * right if self.here(place) else right


@way
@misconception(
    formula="dW = Aᵀδ, db = (1/n) Σ δ, with 1/n in δ already",
    hint="The mean over the batch is taken once. Does δ carry its 1/n before the biases' mean?",
    read="batches",
)
class BiasAveragedTwice(Right):
    """The biases' gradient is averaged over the batch although the error is already divided by n."""

    class way(Wrong):
        def bias_gradient(self, place: int, delta: Array) -> Any:
            right = super().bias_gradient(place, delta)
            return right / self.n if self.here(place) and self.rule.mean else right


@way
@misconception(
    formula="δ of each layer below divided by n once more",
    hint="The mean over the batch is taken once. Where does each δ already carry its 1/n?",
    read="batches",
)
class AveragedAtEveryLayer(Right):
    """The mean over the batch is taken again at every layer on the way back."""

    class way(Wrong):
        def back(self, place: int, delta: Array) -> Array:
            right = super().back(place, delta)
            return right / self.n if self.here(place) else right


@way
@misconception(
    formula="gradient of the last sample alone",
    hint="A loop over the batch has to add up. What is overwritten each time?",
    read="batches",
)
class LastSampleOnly(Right):
    """The gradient is that of the last sample of the batch alone."""

    class way(Wrong):
        of_error = True

        def error(self, y: Array) -> Array:
            right = super().error(y)
            right[:-1] = 0
            return right * self.n if self.rule.mean else right


@way
@misconception(
    formula="mean(A) ⊗ mean(δ)",
    hint="The mean of products is not the product of means. What is averaged first?",
    read="batches",
)
class MeansBeforeProduct(Right):
    """Activations and errors are averaged over the batch before they are multiplied."""

    class way(Wrong):
        def weight_gradient(self, place: int, delta: Array) -> Array:
            if not self.here(place):
                return super().weight_gradient(place, delta)
            return self.scale() * np.outer(self.A[place].sum(axis=0), delta.sum(axis=0)) / self.n


@way
@misconception(
    formula="db = Σ δ + λ b",
    hint="Weight decay is for the weights. Is a large bias a sign of overfitting?",
    read="learning",
)
class BiasesDecay(Right):
    """Weight decay is applied to the biases too, which the loss does not say."""

    rule = Rule(("ReLU", "ReLU"), "softmax", "cross-entropy", decay=0.1)

    class way(Wrong):
        def bias_gradient(self, place: int, delta: Array) -> Any:
            right = super().bias_gradient(place, delta)
            own = self.layers[place][1]
            return right + self.rule.decay * own if self.here(place) and own is not None else right
