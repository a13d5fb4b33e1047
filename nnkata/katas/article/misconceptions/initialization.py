"""Mistakes in the weights that a network starts with."""

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.catalogue import misconception
from nnkata.katas.article.misconceptions.right import Right, rng
from nnkata.katas.article.oracle import Array


@misconception(
    formula="W = 0",
    hint="With equal weights, in what do two units of a layer differ, and what will they ever learn differently?",
    read="initialization",
)
class WeightsZero(Right):
    """All weights start at zero."""

    def draw(self, rows: int, columns: int) -> Array:
        return np.zeros((rows, columns))


@misconception(
    formula="W = c",
    hint="With equal weights, in what do two units of a layer differ, and what will they ever learn differently?",
    read="initialization",
)
class WeightsConstant(Right):
    """All weights start with the same value."""

    def draw(self, rows: int, columns: int) -> Array:
        return np.full((rows, columns), 0.1)


@misconception(
    formula="W = the same row for every unit",
    hint="Is each row drawn, or one row repeated? Units that start alike stay alike.",
    read="initialization",
)
class RowsRepeated(Right):
    """Every unit of a layer starts with the same random weights."""

    def draw(self, rows: int, columns: int) -> Array:
        return np.tile(super().draw(rows, columns)[:1] * 1.0, (rows, 1))


@misconception(
    formula="W ~ U(0, 1) √(1/rows)",
    hint="Half of the weights should pull a unit down. What is the smallest number that your generator draws?",
    read="initialization",
)
class WeightsPositive(Right):
    """The weights are drawn between 0 and 1 instead of around zero."""

    def draw(self, rows: int, columns: int) -> Array:
        return rng().random((rows, columns)) * oracle.scale(rows)


@misconception(
    formula="W ~ |N(0, 1)| √(1/rows)",
    hint="Half of the weights should pull a unit down. What happens to a negative number on its way into W?",
    read="initialization",
)
class WeightsAbsolute(Right):
    """The weights have lost their signs, so none of them is negative."""

    def draw(self, rows: int, columns: int) -> Array:
        return np.abs(super().draw(rows, columns))


@misconception(
    formula="W ~ N(0, 1)",
    hint="784 inputs of size 1 add up to something large. Where is the sigmoid then, and how steep is it there?",
    read="initialization",
)
class WeightsUnscaled(Right):
    """The weights are drawn with standard deviation 1."""

    def draw(self, rows: int, columns: int) -> Array:
        return rng().normal(0.0, 1.0, (rows, columns))


@misconception(
    formula="W ~ N(0, 1/columns)",
    hint="Today most scale by the number of inputs. Which number of the shape does the article use?",
    read="initialization",
)
class ScaledByFanIn(Right):
    """The weights are scaled by the number of inputs (columns) instead of the number of units (rows)."""

    def draw(self, rows: int, columns: int) -> Array:
        return rng().normal(0.0, oracle.scale(columns), (rows, columns))


@misconception(
    formula="W ~ N(0, 1) / rows",
    hint="1 / rows is the variance. The numbers are multiplied by the standard deviation: how are the two related?",
    read="initialization",
)
class ScaledByVariance(Right):
    """The weights are multiplied by the variance instead of its root."""

    def draw(self, rows: int, columns: int) -> Array:
        return rng().normal(0.0, 1.0 / rows, (rows, columns))


@misconception(
    formula="W has a row for each input",
    hint="W @ a needs as many columns as a has elements. What is the shape of W1 if a is the image?",
    read="initialization",
)
class WeightsTransposed(Right):
    """The weight matrices are transposed: a row for each input instead of a row for each unit."""

    def draw(self, rows: int, columns: int) -> Array:
        return rng().normal(0.0, oracle.scale(rows), (columns, rows))


@misconception(
    formula="W1 is 128 × 784, whatever sizes says",
    hint="Make a network of other sizes and look at its shapes. Where do the numbers in your code come from?",
    read="initialization",
)
class FixedSizes(Right):
    """The shapes are those of the article, whatever sizes the network was made with."""

    def initialization(self) -> dict[str, Array]:
        return oracle.initial([784, 128, 64, 10], rng())


@misconception(
    formula="np.random.seed(number) in initialization",
    hint="Make two networks and compare them. Who else uses the generator that you seed?",
    read="initialization",
)
class GlobalSeed(Right):
    """The global random generator is seeded each time a network is made."""

    def draw(self, rows: int, columns: int) -> Array:
        np.random.seed(rows)
        return np.random.normal(0.0, oracle.scale(rows), (rows, columns))


@misconception(
    formula="default_rng(number) in initialization",
    hint="Make two networks and compare them. What does a generator give that starts at the same point each time?",
    read="initialization",
)
class OwnSeed(Right):
    """Every network draws from a generator with the same fixed seed, so all are alike."""

    def draw(self, rows: int, columns: int) -> Array:
        return np.random.default_rng(rows).normal(0.0, oracle.scale(rows), (rows, columns))


@misconception(
    formula="params belongs to the class",
    hint="A value that is set in the class body, or made once and handed out, exists once. What do two networks share?",
    read="initialization",
)
class ParametersShared(Right):
    """All networks of the same sizes share one set of weights."""

    made: ClassVar[dict[tuple[int, ...], dict[str, Array]]] = {}

    def initialization(self) -> dict[str, Array]:
        shared = self.made.setdefault(tuple(self.sizes), super().initialization())
        if not any(weights.any() for weights in shared.values()):  # zeroed by a clause: the next one starts anew
            shared.update(super().initialization())
        return shared


@misconception(
    formula="initialization() returns None",
    hint="What does a function without return give? The article uses what it returns.",
    read="initialization",
)
class InitializationReturnsNothing(Right):
    """initialization sets the weights but returns nothing."""

    def __init__(self, sizes: Sequence[int], epochs: int = 10, l_rate: float = 0.001) -> None:
        super().__init__(sizes, epochs, l_rate)
        self.params = super().initialization()

    def initialization(self) -> Any:
        return None


@misconception(
    formula="W1 and W3 alone",
    hint="Two hidden layers and an output: between how many pairs of layers do weights stand?",
    read="initialization",
)
class LayerForgotten(Right):
    """The matrix between the two hidden layers is missing."""

    def initialization(self) -> dict[str, Array]:
        weights = super().initialization()
        return {"W1": weights["W1"], "W3": weights["W3"]}


@misconception(
    formula="l_rate=0.001 or epochs=10 replaced in __init__",
    hint="Which numbers stand in the article's signature of __init__?",
    read="initialization",
)
class OtherDefaults(Right):
    """The defaults for epochs and learning rate are others than the article's."""

    def __init__(self, sizes: Sequence[int], epochs: int = 100, l_rate: float = 0.01) -> None:
        super().__init__(sizes, epochs, l_rate)


@misconception(
    formula="l_rate = c, whatever was passed",
    hint="What does your network remember of the arguments it was made with?",
    read="initialization",
)
class ArgumentsNotKept(Right):
    """The network does not keep the learning rate that it was made with."""

    def __init__(self, sizes: Sequence[int], epochs: int = 10, l_rate: float = 0.001) -> None:
        super().__init__(sizes, epochs, 0.001)
