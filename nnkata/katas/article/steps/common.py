"""Steps that several stages share: make a network, give it weights and a sample, check that values stayed."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.compare import Mismatch, array, equal, holds
from nnkata.steps.needed import between, finite, fits, numbers
from nnkata.steps.pattern import Pattern, Type
from nnkata.steps.texts import Decorate, Texts

#: The article's defaults, passed explicitly: a network without defaults fails only the clause about them.
EPOCHS, RATE = 10, 0.001
NUMBER = r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
TYPES = {
    "Sizes": Type(r"[1-9]\d*(?:-[1-9]\d*){3}", lambda text: [int(n) for n in text.split("-")], "784-128-64-10"),
    "Numbers": Type(rf"{NUMBER}(?:, {NUMBER})*", lambda text: [float(n) for n in text.split(", ")], "0.5, -1"),
    "Weight": Type(r"W[123]", str, "W1"),
    "Dtype": Type(r"float32|float64|uint8", str, "float32"),
    "Epochs": Type(r"\d+ (?:epochs?|轮)", lambda text: int(text.split()[0]), "3 epochs"),
    "Copies": Type(r"\d+ (?:cop(?:y|ies)|份副本)", lambda text: int(text.split()[0]), "3 copies"),
    "Steps": Type(r"\d+ (?:steps?|步)", lambda text: int(text.split()[0]), "3 steps"),
    "Shape": Type(r"\d+(?:×\d+)*", lambda text: tuple(int(n) for n in text.split("×")), "28×28"),
}


TEXTS: Texts = Texts(Path(__file__).parent, TYPES)
given: Decorate = TEXTS.given
when: Decorate = TEXTS.when
then: Decorate = TEXTS.then


def pattern(text: str) -> Pattern:
    """A step text with the types of this kata: `784-128-64-10`, `0.5, -1`, `W1`, `float32`, `3 epochs`, `28×28`."""
    return TEXTS.pattern(text)


@given("a network of sizes {sizes:Sizes}")
def network(world: World, sizes: list[int]) -> None:
    """Make a network with the article's ten epochs and learning rate of 0.001, passed explicitly."""
    world.make(sizes, epochs=EPOCHS, l_rate=RATE)


@given("a network of sizes {sizes:Sizes} and nothing else")
def network_alone(world: World, sizes: list[int]) -> None:
    """Make a network with its own defaults for the rest."""
    world.make(sizes)


@given("a network of sizes {sizes:Sizes} with learning rate {rate:g}")
def network_rate(world: World, sizes: list[int], rate: float) -> None:
    """Make a network that learns at this rate."""
    finite(rate, _("the learning rate"))
    world.make(sizes, epochs=EPOCHS, l_rate=rate)


@given("a network of sizes {sizes:Sizes} with learning rate {rate:g} and {epochs:Epochs}")
def network_rate_epochs(world: World, sizes: list[int], rate: float, epochs: int) -> None:
    """Make a network that learns at this rate for this number of epochs."""
    finite(rate, _("the learning rate"))
    world.make(sizes, l_rate=rate, epochs=epochs)


@given("known random weights")
def known(world: World) -> None:
    """Give the network weights that both sides know."""
    world.hold(world.known_weights())


@given("the weights {key:Weight}")
def weights(world: World, key: str, datatable: list[list[str]]) -> None:
    """Give the network one matrix from a table, row by row."""
    world.hold({key: numbers(datatable)})


@given("a random sample")
def random_sample(world: World) -> None:
    """A random x and a one-hot y."""
    world.x, world.y = world.sample()


@given("the sample x = {numbers:Numbers} of class {label:d}")
def sample(world: World, numbers: list[float], label: int) -> None:
    """A given x, with the one-hot y of its class."""
    fits(len(numbers) == world.sizes[0], _("the elements of x"), len(numbers), world.sizes[0])
    between(0, label, world.sizes[3] - 1, _("the class"))
    world.x, world.y = np.array(numbers), np.eye(world.sizes[3])[label]


@then("the weights are as they were")
def weights_kept(world: World) -> None:
    """No weight has moved since it was set."""
    now = world.read()
    moved = [key for key in WEIGHTS if not np.array_equal(now[key], world.params[key])]
    holds(_("the weights that moved"), not moved, ", ".join(moved), _("none"))


@then("the arguments are as they were")
def arguments_kept(world: World) -> None:
    """The latest call has changed none of its arguments."""
    for index, (before, after) in enumerate(zip(world.outcome.given, world.outcome.after, strict=False)):
        equal(_("argument {index} after the call").format(index=index + 1), after, before)


@then("no warning was raised")
def no_warning(world: World) -> None:
    """NumPy gave no warning in the latest call; of an underflow, it gives one only if a submission asks for it."""
    warned = [text for text in world.outcome.warnings if "underflow" not in text]
    if warned:
        raise Mismatch(_("the warnings"), ", ".join(warned), _("none"), evidence=_kinds(warned))


def _kinds(warnings: Iterable[str]) -> list[str]:
    """The kinds of NumPy's warnings, without the function: overflow, invalid value, …"""
    return sorted({text.partition(" encountered")[0] for text in warnings})


def measured(world: World, xs: Any, ys: Any) -> float:
    """The accuracy of the network's own forward passes, counted here."""
    values = world.net.call("forward_pass", xs, rows=True, seconds=10 + 0.01 * len(xs)).value
    name = _("the output")
    outputs = [array(name, value, (world.sizes[3],)) for value in values]
    holds(_("the number of outputs"), len(outputs) == len(xs), len(outputs), len(xs))
    return oracle.hits(np.array(outputs), ys)


def claimed(world: World) -> float:
    """The result of compute_accuracy, as a number."""
    value = world.outcome.value
    number = isinstance(value, int | float | np.ndarray | np.number) and not isinstance(value, bool)
    fine = number and np.shape(value) == ()
    holds(_("the result of compute_accuracy"), fine, value, _("a number"))
    return float(value)
