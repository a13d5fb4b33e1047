"""Steps of the stage preprocessing."""

from typing import Any

import numpy as np

from nnkata.katas.article.oracle import CLASSES, GREY_LEVELS, PIXELS
from nnkata.katas.article.steps.common import given, then, when
from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.compare import array, equal, holds, kind, same
from nnkata.steps.needed import between, fits, numbers


@given("{count:d} images of shape {shape:Shape} as {dtype:Dtype}")
def images(world: World, count: int, shape: tuple[int, ...], dtype: str) -> None:
    """Images with random grey levels, every other one dark, and random labels."""
    fits(count > 0, _("the images"), count, _("at least {first}").format(first=1))
    levels = world.rng.integers(0, 256, (count, *shape))
    levels[1::2] //= 2
    world.x = levels.astype(dtype)
    world.y = world.rng.integers(0, CLASSES, count)


@given("the image starts with the grey levels {numbers:Numbers}")
def grey_levels(world: World, numbers: list[float]) -> None:
    """Set the first pixels of the first image."""
    first = world.x[0].reshape(-1)
    between(1, len(numbers), first.size, _("the pixels"))
    for number in numbers:
        between(0, number, GREY_LEVELS, _("a grey level"))
    first[: len(numbers)] = numbers


@given("no pixel is brighter than {level:d}")
def dark(world: World, level: int) -> None:
    """Random grey levels up to that one, which occurs."""
    between(0, level, GREY_LEVELS, _("a grey level"))
    world.x = world.rng.integers(0, level + 1, world.x.shape).astype(world.x.dtype)
    world.x[0, 0] = level


@given("the labels {numbers:Numbers}")
def labels(world: World, numbers: list[float]) -> None:
    """Set the labels, as integers."""
    world.y = np.array(_classes(numbers))


@given("the labels {numbers:Numbers} as texts")
def text_labels(world: World, numbers: list[float]) -> None:
    """Set the labels, as texts of one digit."""
    world.y = np.array([str(number) for number in _classes(numbers)])


def _classes(numbers: list[float]) -> list[int]:
    """The labels of a feature, each a digit."""
    for number in numbers:
        fits(number in range(CLASSES), _("a label"), f"{number:g}", _("a digit"))
    return [int(number) for number in numbers]


@when("they are preprocessed")
def preprocess(world: World) -> None:
    """Call the module's preprocess."""
    fits(len(world.y) == len(world.x), _("the labels"), len(world.y), len(world.x))
    world.outcome = world.subject.call(None, "preprocess", [world.x, world.y])


def result(world: World) -> tuple[Any, Any]:
    """The pair (x, y) that preprocess returned."""
    value = world.outcome.value
    fine = isinstance(value, tuple | list) and len(value) == 2
    holds(_("the result of preprocess"), fine, kind(value), _("a pair (x, y)"))
    return value[0], value[1]


def pixels(world: World) -> Any:
    """The x of the result as an array (N, 784), of any float dtype."""
    return array("x", result(world)[0], (len(world.x), PIXELS))


@then("x has the shape {shape:Shape}")
def x_shape(world: World, shape: tuple[int, ...]) -> None:
    """Rows and columns of x."""
    came = getattr(result(world)[0], "shape", None)
    holds(_("the shape of x"), came == shape, came, shape)


@then("x is of dtype {dtype:Dtype}")
def x_dtype(world: World, dtype: str) -> None:
    """The dtype of x."""
    came = str(getattr(result(world)[0], "dtype", None))
    holds(_("the dtype of x"), came == dtype, came, dtype)


@then("every element of x lies between 0 and 1")
def x_range(world: World) -> None:
    """The range of x; one image has all grey levels, so both ends occur."""
    x = np.asarray(result(world)[0])
    low, high = float(np.min(x)), float(np.max(x))
    holds(_("the smallest and the largest element of x"), low >= 0 and high <= 1, [low, high], _("between 0 and 1"))


@then("x starts with the numbers {numbers:Numbers}")
def x_starts(world: World, numbers: list[float]) -> None:
    """The first elements of x, to float32's seven digits."""
    fits(len(numbers) <= world.x.size, _("the elements of x"), len(numbers), world.x.size)
    came = pixels(world).ravel()[: len(numbers)]
    fine = np.allclose(came, numbers, rtol=0, atol=1e-7)
    holds(_("the first elements of x"), bool(fine), came, np.array(numbers))


@then("row by row x holds the grey levels of the images, divided by 255")
def x_values(world: World) -> None:
    """Every element of x."""
    same("x", pixels(world), world.x.reshape(len(world.x), PIXELS) / GREY_LEVELS)


@then("y is")
def y_is(world: World, datatable: list[list[str]]) -> None:
    """Every element of y; whole numbers of any dtype are fine."""
    came, expected = result(world)[1], numbers(datatable)
    fits(len(expected) == len(world.x), _("the rows of y"), len(expected), len(world.x))
    fine = isinstance(came, np.ndarray) and came.dtype.kind in "fiub"
    holds("y", fine, came if isinstance(came, np.ndarray) else kind(came), _("an array of numbers"))
    equal("y", came.astype(np.float64), expected)
