"""Mistakes in the update of the weights."""

from typing import Any

from nnkata.katas.article.misconceptions.catalogue import misconception
from nnkata.katas.article.misconceptions.right import Right


@misconception(
    formula="W + l_rate · change",
    hint="The gradient points uphill, to a larger loss. Which way do you want to go?",
    read="update",
)
class Ascent(Right):
    """The step goes up the gradient instead of down."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        for key, change in changes_to_w.items():
            self.params[key] = self.params[key] + self.l_rate * change


@misconception(
    formula="W - change",
    hint="How long is a step? Change the learning rate and see whether anything else changes.",
    read="update",
)
class RateIgnored(Right):
    """The learning rate is left out of the update."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        for key, change in changes_to_w.items():
            self.params[key] = self.params[key] - change


@misconception(
    formula="W - c · change",
    hint="The network was told how fast to learn. Does the update use that number, or one of its own?",
    read="update",
)
class RateFixed(Right):
    """The update uses a fixed learning rate, whatever the network was made with."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        for key, change in changes_to_w.items():
            self.params[key] = self.params[key] - 0.001 * change


@misconception(
    formula="v = β v + change, W - l_rate · v",
    hint="Update twice with the same gradients. Why should the second step be longer than the first?",
    read="update",
)
class Momentum(Right):
    """The step is mixed with those before it (momentum)."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        old = getattr(self, "velocity", {})
        self.velocity = {key: 0.9 * old.get(key, 0.0) + change for key, change in changes_to_w.items()}
        super().update_network_parameters(self.velocity)


@misconception(
    formula="W (1 - λ) - l_rate · change",
    hint="If the gradient is zero, the loss cannot get better that way. Should a weight move then?",
    read="update",
)
class WeightDecay(Right):
    """Each update also shrinks the weights (weight decay)."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        for key, change in changes_to_w.items():
            self.params[key] = self.params[key] * (1 - 0.01 * self.l_rate) - self.l_rate * change


@misconception(
    formula="W - l_rate · change / |change|",
    hint="Near the minimum the gradient gets short, and so should the step.",
    read="update",
)
class StepNormalised(Right):
    """Every step has the same length, however long the gradient is."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        for key, change in changes_to_w.items():
            length = float((change**2).sum()) ** 0.5 or 1.0
            self.params[key] = self.params[key] - self.l_rate * change / length


@misconception(
    formula="W - l_rate · change, into a variable that is dropped",
    hint="After the call, look at params. Has the new matrix become one of its entries, or only a name in your loop?",
    read="update",
)
class UpdateNotKept(Right):
    """The new weights are computed and never put into params."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        return


@misconception(
    formula="W3 - l_rate · change[W3], W1 and W2 stay",
    hint="How many weight matrices does the network have, and through how many does your loop go?",
    read="update",
)
class OnlyLastLayerUpdated(Right):
    """Only the weights of the output layer are updated."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        super().update_network_parameters({"W3": changes_to_w["W3"]})


@misconception(
    formula="l_rate ← c l_rate after each update",
    hint="Look at the learning rate after a few updates. Is it the one that the network was made with?",
    read="update",
)
class RateDecayed(Right):
    """The learning rate shrinks with every update."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        super().update_network_parameters(changes_to_w)
        self.l_rate *= 0.9


@misconception(
    formula="each row of W - l_rate · change",
    hint="In the inner loop you hold one row of W. What shape has a row, and what shape has the change?",
    read="update",
)
class WholeStepForEachRow(Right):
    """The change of a whole weight matrix is subtracted from each of its rows."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        for key, change in changes_to_w.items():
            for row in self.params[key]:
                row -= self.l_rate * change


@misconception(
    formula="change ← l_rate · change",
    hint="An operator with = in it writes into the array that was handed in.",
    read="update",
)
class GradientsChangedInPlace(Right):
    """The update scales the caller's gradients in place."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        for key in changes_to_w:
            changes_to_w[key] *= self.l_rate
            self.params[key] = self.params[key] - changes_to_w[key]


@misconception(
    formula="W - l_rate · clip(change, -c, c)",
    hint="Update with a gradient of 30. How far does its weight go?",
    read="update",
)
class GradientsClipped(Right):
    """Gradients beyond a bound are cut off (gradient clipping)."""

    def update_network_parameters(self, changes_to_w: Any) -> None:
        super().update_network_parameters({key: change.clip(-1, 1) for key, change in changes_to_w.items()})
