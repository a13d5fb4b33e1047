"""Steps that several stages share: make a network, give it weights and a sample, look at what stayed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from pytest_bdd import given, parsers, then

from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.compare import Mismatch, equal, holds


@dataclass(frozen=True)
class Type:
    """A type of `parse`: which texts it takes (`pattern` is the name that `parse` looks for), and what they become."""

    pattern: str
    convert: Callable[[str], Any]

    def __call__(self, text: str) -> Any:
        """The text's value."""
        return self.convert(text)


#: The article's defaults, handed in where a clause is not about them: a network without defaults fails that one alone.
EPOCHS, RATE = 10, 0.001
NUMBER = r"-?[\d.]+(?:e-?\d+)?"
TYPES = {
    "Sizes": Type(r"\d+(?:-\d+)+", lambda text: [int(width) for width in text.split("-")]),
    "Numbers": Type(rf"{NUMBER}(?:, {NUMBER})*", lambda text: [float(number) for number in text.split(", ")]),
    "Weight": Type(r"W[123]", str),
    "Dtype": Type(r"float32|float64|uint8", str),
    "Epochs": Type(r"\d+ (?:epochs?|轮)", lambda text: int(text.split()[0])),
    "Shape": Type(r"\d+(?:×\d+)*", lambda text: tuple(int(n) for n in text.split("×"))),
}


class _Pattern(parsers.parse):
    """Most steps of a run do not even begin and end like this one; where none does, it is never compiled."""

    def __init__(self, text: str) -> None:
        super().__init__(text, extra_types=TYPES)
        self._begin, self._end = text.partition("{")[0], text.rpartition("}")[2]

    def is_matching(self, name: str) -> bool:
        return name.startswith(self._begin) and name.endswith(self._end) and super().is_matching(name)


def pattern(text: str) -> parsers.parse:
    """A step text with the project's own types: `784-128-64-10`, `0.5, -1`, `W1`, `float32`, `3 epochs`, `28×28`."""
    return _Pattern(text)


@given(pattern("a network of sizes {sizes:Sizes}"))
@given(pattern("一个各层宽度为 {sizes:Sizes} 的网络"))
def network(world: World, sizes: list[int]) -> None:
    """Make a network with the article's ten epochs and learning rate of 0.001, handed in."""
    world.make(sizes, epochs=EPOCHS, l_rate=RATE)


@given(pattern("a network of sizes {sizes:Sizes} and nothing else"))
@given(pattern("只指定各层宽度为 {sizes:Sizes} 的网络"))
def network_alone(world: World, sizes: list[int]) -> None:
    """Make a network with its own defaults for the rest."""
    world.make(sizes)


@given(pattern("a network of sizes {sizes:Sizes} with learning rate {rate:g}"))
@given(pattern("一个各层宽度为 {sizes:Sizes}、学习率为 {rate:g} 的网络"))
def network_rate(world: World, sizes: list[int], rate: float) -> None:
    """Make a network that learns at this rate."""
    world.make(sizes, epochs=EPOCHS, l_rate=rate)


@given(pattern("a network of sizes {sizes:Sizes} with learning rate {rate:g} and {epochs:Epochs}"))
@given(pattern("一个各层宽度为 {sizes:Sizes}、学习率为 {rate:g}、训练 {epochs:Epochs}的网络"))
def network_rate_epochs(world: World, sizes: list[int], rate: float, epochs: int) -> None:
    """Make a network that learns at this rate for so many epochs."""
    world.make(sizes, l_rate=rate, epochs=epochs)


@given("known random weights")
@given("权重是已知的随机数")
def known(world: World) -> None:
    """Give the network weights that both sides know."""
    world.hold(world.known_weights())


@given(pattern("the weights {key:Weight}"))
@given(pattern("权重 {key:Weight} 为"))
def weights(world: World, key: str, datatable: list[list[str]]) -> None:
    """Give the network one matrix from a table, row by row."""
    world.hold({key: np.array(datatable, dtype=np.float64)})


@given("a random sample")
@given("一个随机样本")
def random_sample(world: World) -> None:
    """A random x and a one-hot y."""
    world.x, world.y = world.sample()


@given(pattern("the sample x = {numbers:Numbers} of class {label:d}"))
@given(pattern("样本 x = {numbers:Numbers}，类别为 {label:d}"))
def sample(world: World, numbers: list[float], label: int) -> None:
    """A given x, with the one-hot y of its class."""
    world.x, world.y = np.array(numbers), np.eye(world.sizes[3])[label]


@then("the weights are as they were")
@then("权重保持不变")
def weights_kept(world: World) -> None:
    """No weight has moved since it was set."""
    now = world.read()
    moved = [key for key in WEIGHTS if not np.array_equal(now[key], world.params[key])]
    holds(_("the weights that moved"), not moved, ", ".join(moved), _("none"))


@then("the arguments are as they were")
@then("传入的参数保持不变")
def arguments_kept(world: World) -> None:
    """The latest call has changed nothing that was handed to it."""
    for index, (before, after) in enumerate(zip(world.outcome.given, world.outcome.after, strict=False)):
        equal(_("argument {index} after the call").format(index=index + 1), after, before)


@then("no warning was raised")
@then("没有产生任何警告")
def no_warning(world: World) -> None:
    """NumPy has warned of nothing in the latest call."""
    warned = world.outcome.warnings
    if warned:
        raise Mismatch(_("the warnings"), ", ".join(warned), _("none"), evidence=_kinds(warned))


def _kinds(warnings: Iterable[str]) -> list[str]:
    """What NumPy's warnings are of, without the function that met it: overflow, invalid value, …"""
    return sorted({text.partition(" encountered")[0] for text in warnings})
