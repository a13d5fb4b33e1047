"""Steps of the stage activations."""

from dataclasses import replace
from typing import Any

import numpy as np

from nnkata.katas.article.steps.common import then, when
from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.compare import TOLERANCE, array, holds, same
from nnkata.steps.needed import fits
from nnkata.subject import Raised

#: The step length of the complex-step derivative: Im f(x + ih) / h has no cancellation, so h can be tiny
#: (Squire and Trapp, SIAM Review 40 (1998), 110-112).
COMPLEX_STEP = 1e-30


def apply(world: World, name: str, numbers: Any, *more: Any) -> Any:
    """Call sigmoid or softmax of the latest network."""
    world.outcome = world.net.call(name, numbers, *more)
    world.notes["applied"] = numbers
    world.notes["call"] = f"{name}({{}}{', derivative=True' if more else ''})"
    return world.outcome.value


@when("sigmoid is applied to {numbers:Numbers}")
def sigmoid(world: World, numbers: list[float]) -> None:
    """Apply it to float64 numbers."""
    apply(world, "sigmoid", np.array(numbers))


@when("sigmoid is applied to {numbers:Numbers} as {dtype:Dtype}")
def sigmoid_as(world: World, numbers: list[float], dtype: str) -> None:
    """Apply it to numbers of a dtype."""
    apply(world, "sigmoid", np.array(numbers, dtype=dtype))


@when("the derivative of sigmoid is applied to {numbers:Numbers}")
def derivative(world: World, numbers: list[float]) -> None:
    """Apply it to float64 numbers."""
    apply(world, "sigmoid", np.array(numbers), True)


@when("the derivative of sigmoid is applied to {numbers:Numbers} as {dtype:Dtype}")
def derivative_as(world: World, numbers: list[float], dtype: str) -> None:
    """Apply it to numbers of a dtype."""
    apply(world, "sigmoid", np.array(numbers, dtype=dtype), True)


@when("softmax is applied to {numbers:Numbers}")
def softmax(world: World, numbers: list[float]) -> None:
    """Apply it to float64 numbers."""
    apply(world, "softmax", np.array(numbers))


@when("softmax is applied to {numbers:Numbers} as {dtype:Dtype}")
def softmax_as(world: World, numbers: list[float], dtype: str) -> None:
    """Apply it to numbers of a dtype."""
    apply(world, "softmax", np.array(numbers, dtype=dtype))


def random_numbers(world: World) -> Any:
    """Nine numbers around zero, where the functions bend."""
    return world.rng.normal(0.0, 3.0, 9)


@when("sigmoid is applied to random numbers and to their negatives")
def sigmoid_twice(world: World) -> None:
    """Keep both results."""
    numbers = random_numbers(world)
    world.notes["results"] = [apply(world, "sigmoid", numbers), apply(world, "sigmoid", -numbers)]


@when("the derivative of sigmoid is applied to random numbers")
def derivative_random(world: World) -> None:
    """Apply it to random numbers, and keep these."""
    apply(world, "sigmoid", random_numbers(world), True)


@when("softmax is applied to random numbers")
def softmax_random(world: World) -> None:
    """The result takes the place of the output."""
    world.output = apply(world, "softmax", random_numbers(world))


@when("softmax is applied to random numbers and to the same numbers plus 3")
def softmax_twice(world: World) -> None:
    """Keep both results."""
    numbers = random_numbers(world)
    world.notes["results"] = [apply(world, "softmax", numbers), apply(world, "softmax", numbers + 3.0)]


@when("sigmoid is applied to zeros of shape {shape:Shape}")
def sigmoid_shape(world: World, shape: tuple[int, ...]) -> None:
    """Apply it to an array (shape)."""
    apply(world, "sigmoid", np.zeros(shape))


@when("the derivative of sigmoid is applied to zeros of shape {shape:Shape}")
def derivative_shape(world: World, shape: tuple[int, ...]) -> None:
    """Apply it to an array (shape)."""
    apply(world, "sigmoid", np.zeros(shape), True)


@then("the result is {numbers:Numbers}")
def result_is(world: World, numbers: list[float]) -> None:
    """Every element is right to the feature's nine digits."""
    applied = world.notes["applied"]
    fits(len(numbers) == len(applied), _("the elements of the result"), len(numbers), len(applied))
    called = world.notes["call"].format(", ".join(f"{x:g}" for x in applied))
    same(called, world.outcome.value, numbers)


@then("the result is the slope of the sigmoid, found by a complex step")
def result_is_slope(world: World) -> None:
    """The slope is Im sigma(x + ih) / h, with a complex sigmoid of our own."""
    z = world.notes["applied"] + 1j * COMPLEX_STEP
    same("sigmoid(x, derivative=True)", world.outcome.value, (1 / (1 + np.exp(-z))).imag / COMPLEX_STEP)


@then("the two results add up to 1")
def sum_to_one(world: World) -> None:
    """The two results add up to 1, element by element."""
    first, second = (array("sigmoid(x)", value, (9,)) for value in world.notes["results"])
    same("sigmoid(x) + sigmoid(-x)", first + second, np.ones(9))


@then("the two results are the same")
def results_same(world: World) -> None:
    """The two results are equal up to rounding."""
    first, second = (array("softmax(x)", value, (9,)) for value in world.notes["results"])
    same(_("softmax(x + 3) against softmax(x)"), second, first)


@when("sigmoid, its derivative and softmax are applied to {numbers:Numbers} as {dtype:Dtype} and as {other:Dtype}")
def all_three(world: World, numbers: list[float], dtype: str, other: str) -> None:
    """Keep the warnings of each; other clauses are about exceptions, unless nothing gives a result."""
    warned: dict[str, set[str]] = {}
    raised: list[Raised] = []
    for name, more in (("sigmoid", ()), ("sigmoid", (True,)), ("softmax", ())):
        for kind in (dtype, other):
            try:
                apply(world, name, np.array(numbers, dtype=kind), *more)
            except Raised as error:
                raised.append(error)
                continue
            warned.setdefault(world.notes["call"].format("x"), set()).update(world.outcome.warnings)
    if not warned:
        raise raised[0]
    texts = tuple(f"{name}: {text}" for name in warned for text in sorted(warned[name]))
    world.outcome = replace(world.outcome, warnings=texts)


@then("the result has the shape {shape:Shape}")
def result_shape(world: World, shape: tuple[int, ...]) -> None:
    """Rows and columns of the result."""
    came = np.shape(world.outcome.value)
    holds(_("the shape of the result"), came == shape, came, shape)


@then("every element of the result is positive")
def result_positive(world: World) -> None:
    """No probability is zero or less."""
    _positive(world.outcome.value)


@then("every element of the output is positive")
def output_positive(world: World) -> None:
    """No probability is zero or less."""
    _positive(world.output)


def _positive(came: Any) -> None:
    output = array(_("the output"), came, np.shape(came))
    lowest = float(np.min(output, initial=np.inf))
    holds(_("the smallest element"), lowest > 0, lowest, _("more than 0"), evidence=output)


@then("the result sums to 1")
def result_sums_to_one(world: World) -> None:
    """The probabilities add up to 1."""
    _sums_to_one(world.outcome.value)


@then("the output sums to 1")
def output_sums_to_one(world: World) -> None:
    """The probabilities add up to 1."""
    _sums_to_one(world.output)


def _sums_to_one(came: Any) -> None:
    output = array(_("the output"), came, np.shape(came))
    total = float(np.sum(output, dtype=np.float64))
    fine = abs(total - 1) <= output.size * TOLERANCE[output.dtype.name]
    holds(_("the sum of the elements"), fine, total, 1.0, evidence=output)
