"""Mistakes in compute_accuracy, of the stage training: the rule, the samples, and changes as it measures."""

from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.catalogue import misconception
from nnkata.katas.article.misconceptions.right import Right


@misconception(
    formula="accuracy = c",
    hint="Does the number change when the answers do?",
    read="training",
)
class AccuracyConstant(Right):
    """compute_accuracy gives the same number whatever the answers are."""

    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        return 0.9137


@misconception(
    formula="accuracy = 100 · right / n",
    hint="The contract wants a fraction: what is half of the samples?",
    read="training",
)
class AccuracyPercent(Right):
    """compute_accuracy gives per cent instead of a fraction."""

    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        return 100 * super().compute_accuracy(x_val, y_val)


@misconception(
    formula="accuracy = number of right samples",
    hint="A fraction does not grow with the number of samples.",
    read="training",
)
class AccuracyCount(Right):
    """compute_accuracy counts the right samples and does not divide by their number."""

    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        return super().compute_accuracy(x_val, y_val) * len(x_val)


@misconception(
    formula="accuracy = mean of Σ (argmax(output) == y) / 100",
    hint="One side is the number of a class, the other a row of ten zeros and ones. What do you compare with what?",
    read="training",
)
class AccuracyOfNumberAgainstRow(Right):
    """The number of the answer is compared with each element of the one-hot label, as the article prints it."""

    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        hits = [np.argmax(self.forward_pass(x)) == y for x, y in zip(x_val, y_val, strict=True)]
        return float(np.average(sum(hits) / 100.0))


@misconception(
    formula="accuracy = mean of (round(output) == y) over all elements",
    hint="Nine of the ten elements of a label are 0. What does a network score that always answers nothing?",
    read="training",
)
class AccuracyElementWise(Right):
    """Each of the ten outputs is compared by itself, so even no answer scores 90 %."""

    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        outputs = np.array([self.forward_pass(x) for x in x_val])
        return float(np.mean(np.round(outputs) == y_val))


@misconception(
    formula="argmin(output) = argmax(y)",
    hint="Is the network's answer the class with the smallest or with the largest probability?",
    read="training",
)
class AccuracyByArgmin(Right):
    """The class with the smallest output counts as the answer."""

    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        return oracle.hits([-self.forward_pass(x) for x in x_val], y_val)


@misconception(
    formula="argmax(W3 · Z2) in place of argmax(output)",
    hint="compute_accuracy computes the layers itself. Are its functions those of forward_pass, or could it call that?",
    read="training",
)
class AccuracyByOwnPass(Right):
    """compute_accuracy has a forward pass of its own, with another activation or without one."""

    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        hidden = oracle.sigmoid(np.asarray(x_val) @ self.params["W1"].T)
        return oracle.hits(hidden @ self.params["W2"].T @ self.params["W3"].T, y_val)


@misconception(
    formula="accuracy on x_train, whatever is handed in",
    hint="Ask for the accuracy of other samples after training. Which images does your loop look at?",
    read="training",
)
class AccuracyOnTrainingSet(Right):
    """After training, compute_accuracy measures on the training set that train has stored."""

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        self.stored = x_train, y_train
        super().train(x_train, y_train, x_val, y_val)

    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        return super().compute_accuracy(*getattr(self, "stored", (x_val, y_val)))


@misconception(
    formula="accuracy on the first n / 2 samples",
    hint="Count how many samples your loop compares. Is it as many as were handed in, and are they the same ones?",
    read="training",
)
class AccuracyOnWrongSet(Right):
    """compute_accuracy measures on the first half of what it is given."""

    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        half = (len(x_val) + 1) // 2
        return super().compute_accuracy(x_val[:half], y_val[:half])


@misconception(
    formula="a step for each sample that is measured",
    hint="Measuring only looks. Which of the calls in your loop changes the weights?",
    read="training",
)
class TrainsAsItMeasures(Right):
    """compute_accuracy makes a step on every sample that it measures."""

    def compute_accuracy(self, x_val: Any, y_val: Any) -> float:
        outputs = []
        for x, y in zip(x_val, y_val, strict=True):
            outputs.append(self.forward_pass(x))
            self.update_network_parameters(self.backward_pass(y, outputs[-1]))
        return oracle.hits(outputs, y_val)
