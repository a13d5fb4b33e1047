"""Mistakes on the way forward."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.catalogue import misconception
from nnkata.katas.article.misconceptions.right import Right, rng


@misconception(
    formula="output = σ(Z3)",
    hint="The ten outputs should share 1 among them. Which of the two activations does that?",
    read="feedforward",
)
class SigmoidAtOutput(Right):
    """The output layer uses the sigmoid instead of the softmax."""

    def output(self, logits: Any) -> Any:
        return oracle.sigmoid(logits)


@misconception(
    formula="output = Z3",
    hint="Can a probability be negative? Something has to turn the logits into probabilities.",
    read="feedforward",
)
class LogitsAtOutput(Right):
    """The output layer has no activation at all."""

    def output(self, logits: Any) -> Any:
        return logits


@misconception(
    formula="output = softmax(σ(Z3))",
    hint="After a sigmoid all logits lie between 0 and 1. How far apart can their probabilities still be?",
    read="feedforward",
)
class SigmoidBeforeSoftmax(Right):
    """The output layer applies the sigmoid and then the softmax."""

    def output(self, logits: Any) -> Any:
        return oracle.softmax(oracle.sigmoid(logits))


@misconception(
    formula="output = log softmax(Z3)",
    hint="Logarithms of probabilities are negative. The loss takes the logarithm later.",
    read="feedforward",
)
class LogSoftmaxAtOutput(Right):
    """The output is the logarithm of the probabilities."""

    def output(self, logits: Any) -> Any:
        return np.log(oracle.softmax(logits))


class Rewired(Right):
    """A forward pass that its children wire otherwise."""

    def hidden1(self) -> Any:
        """Pre-activation of the first hidden layer."""
        return self.params["W1"] @ self.A0

    def hidden2(self) -> Any:
        """Pre-activation of the second hidden layer."""
        return self.params["W2"] @ self.A1

    def logits(self) -> Any:
        """Pre-activation of the output."""
        return self.params["W3"] @ self.A2

    def forward_pass(self, x_train: Any) -> Any:
        """One sample to probabilities."""
        self.A0 = np.asarray(x_train, dtype=np.float64)
        self.Z1 = self.hidden1()
        self.A1 = self.sigmoid(self.Z1)
        self.Z2 = self.hidden2()
        self.A2 = self.sigmoid(self.Z2)
        self.Z3 = self.logits()
        self.A3 = self.softmax(self.Z3)
        return self.A3


@misconception(
    formula="Z2 = W2 @ Z1, Z3 = W3 @ Z2",
    hint="Three matrices in a row are one matrix. What has to happen between them?",
    read="feedforward",
)
class HiddenLayersLinear(Rewired):
    """The pre-activations Z go on to the next layer instead of the activations A."""

    def hidden2(self) -> Any:
        return self.params["W2"] @ self.Z1

    def logits(self) -> Any:
        return self.params["W3"] @ self.Z2


@misconception(
    formula="Z = W.T @ a where W is square",
    hint="The contract's W has a row for each unit. Does a.dot(W) take the rows or the columns?",
    read="feedforward",
)
class WeightsTransposedForward(Rewired):
    """The weights are applied transposed, as a @ W."""

    def hidden1(self) -> Any:
        return self.A0 @ self.params["W1"]

    def logits(self) -> Any:
        return self.A2 @ self.params["W3"]

    def hidden2(self) -> Any:
        return self.A1 @ self.params["W2"]


@misconception(
    formula="Z1 = W1 @ (x / |x|)",
    hint="The sample goes in as it is. What happens to a dark image and a bright one of the same digit?",
    read="feedforward",
)
class InputNormalised(Rewired):
    """Each sample is scaled to length 1 before it goes in."""

    def hidden1(self) -> Any:
        return self.params["W1"] @ (self.A0 / (np.linalg.norm(self.A0) or 1.0))


@misconception(
    formula="Z1 = W1 @ x + b",
    hint="The contract's layers have no biases: Z is the product and nothing else.",
    read="feedforward",
)
class BiasAdded(Rewired):
    """A bias is added to the pre-activations."""

    def hidden1(self) -> Any:
        return super().hidden1() + 1.0


@misconception(
    formula="weights kept beside params",
    hint="Change net.params['W1'] and send the same sample forward again. Where does your forward pass look?",
    read="feedforward",
)
class WeightsKeptElsewhere(Rewired):
    """The forward pass uses arrays that were remembered at the start, not what params holds now."""

    def __init__(self, sizes: Sequence[int], epochs: int = 10, l_rate: float = 0.001) -> None:
        super().__init__(sizes, epochs, l_rate)
        self.mine = dict(self.params)

    def hidden1(self) -> Any:
        return self.mine["W1"] @ self.A0

    def hidden2(self) -> Any:
        return self.mine["W2"] @ self.A1

    def logits(self) -> Any:
        return self.mine["W3"] @ self.A2

    def update_network_parameters(self, changes_to_w: Any) -> None:
        for key, change in changes_to_w.items():
            self.params[key] -= self.l_rate * change


@misconception(
    formula="Z1 ← Z1 + W1 @ x, never set back",
    hint="Send the same sample forward twice. What is left in your arrays from the first time?",
    read="feedforward",
)
class ForwardPilesUp(Rewired):
    """The pre-activations of the last call are added to those of this one."""

    def hidden1(self) -> Any:
        old = getattr(self, "Z1", 0.0)
        return super().hidden1() + old


@misconception(
    formula="A2 (1 + noise)",
    hint="Noise and dropout are not part of the article. Is the output the same when the sample comes twice?",
    read="feedforward",
)
class NoiseInForward(Rewired):
    """The activations are disturbed at random on the way forward, as by noise or dropout."""

    def logits(self) -> Any:
        return self.params["W3"] @ (self.A2 * rng().uniform(0.98, 1.02, self.A2.shape))


@misconception(
    formula="x ← another x in the forward pass",
    hint="An operator with = in it writes into the array that was handed in, and the caller's image changes.",
    read="feedforward",
)
class SampleChangedForward(Right):
    """The sample is changed in place on the way forward."""

    def forward_pass(self, x_train: Any) -> Any:
        output = super().forward_pass(np.array(x_train))
        x_train *= 0.5
        return output


@misconception(
    formula="W ← another W in the forward pass",
    hint="The forward pass looks at the weights. Who is allowed to change them?",
    read="feedforward",
)
class WeightsChangedForward(Right):
    """The forward pass changes the weights."""

    def forward_pass(self, x_train: Any) -> Any:
        output = super().forward_pass(x_train)
        self.params["W3"] *= 0.99
        return output


@misconception(
    formula="W ← W / |W| in the forward pass",
    hint="Look at the weights before and after a forward pass. Whose business is it to change them, and when?",
    read="feedforward",
)
class WeightsNormalisedForward(Right):
    """The forward pass scales every weight matrix to length 1 before it uses it."""

    def forward_pass(self, x_train: Any) -> Any:
        for key in ("W1", "W2", "W3"):
            self.params[key] /= np.sqrt(np.vdot(self.params[key], self.params[key])) or 1.0
        return super().forward_pass(x_train)
