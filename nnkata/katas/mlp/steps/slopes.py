"""Gradients compared with central differences of a loss along random directions; no steps."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnkata.katas.mlp.functions import LOSSES, Array
from nnkata.katas.mlp.misconceptions.catalogue import Named
from nnkata.katas.mlp.naming import all_names
from nnkata.katas.mlp.reading import usual_factors
from nnkata.katas.mlp.world import World, not_applicable
from nnkata.language import _
from nnkata.steps.compare import Mismatch
from nnkata.subject import Raised

#: Central differences by dtype: the half step, near the cube root of epsilon, and the largest difference of the two
#: slopes, relative to the larger one: kinks of a ReLU within the step change a slope by up to 1e-3 at some hundred
#: units.
HALF_STEP = {"float16": 5e-2, "float32": 5e-3, "float64": 1e-5}
SLOPE_TOLERANCE = {"float16": 2e-1, "float32": 2e-2, "float64": 2e-3}
DIRECTIONS = 3
#: The rounding of a loss in units of epsilon times its value: in float32, over 784 inputs, 6 samples and 3 layers, 6.
ROUNDINGS = 16
#: The share of a gradient beyond every slope of the output from which it is wrong, whatever the loss, if two samples
#: have it: right ones have 1e-9, and up to 1e-2 with a kink of a ReLU within the step.
BEYOND = 0.02


def _directions(world: World, count: int = DIRECTIONS) -> list[list[Array]]:
    """Random directions over all parameters; each array's part has length 1."""
    return [_unit([world.rng.normal(size=held.shape) for held in world.written]) for _number in range(count)]


def _unit(arrays: Sequence[Any]) -> list[Array]:
    """Arrays of length 1, or of zeros alone."""
    return [np.asarray(array / (np.linalg.norm(array) or 1.0)) for array in arrays]


def _along(gradients: Sequence[Any], direction: Sequence[Array]) -> float:
    parts = [np.sum(np.asarray(g, np.float64) * d) for g, d in zip(gradients, direction, strict=True)]
    return float(np.sum(parts))


def _moved(world: World, direction: Sequence[Array], of: Any) -> tuple[Array, Array]:
    """`of()` half a step behind and ahead along a direction of the parameters, which are restored afterwards."""
    base, step = world.written, HALF_STEP[world.reading.precision]
    found = []
    for sign in (-1.0, 1.0):
        world.write([value + sign * step * part for value, part in zip(base, direction, strict=True)])
        found.append(np.asarray(of(), np.float64))
    world.write(base)
    return found[0], found[1]


def _either_side(world: World, direction: Sequence[Array], of: Any) -> Array:
    """The central difference of `of()` along a direction of the parameters."""
    behind, ahead = _moved(world, direction, of)
    return np.asarray((ahead - behind) / (2 * HALF_STEP[world.reading.precision]))


def own(world: World) -> None:
    """Compare the gradient with central differences of the module's own loss.

    Along the gradient itself the slope is the longest, and rounding counts for least.

    Raises:
        Mismatch: a slope differs.
    """
    gradients = []
    for gradient, held in zip(world.grads, world.written, strict=True):
        if np.shape(gradient) != held.shape and np.size(gradient) != 1:
            not_applicable(_("the gradients have other shapes than the parameters"))
        value = np.asarray(gradient, np.float64)
        gradients.append(value if value.shape == held.shape else np.full(held.shape, value.item()))
    _compare(world, _("the slope along a random direction, by the gradients"), gradients, range(len(gradients)))


def own_part(world: World, leaf: int, gradient: Array) -> None:
    """Compare the gradient of one array, of its shape, with central differences of the module's own loss.

    Raises:
        Mismatch: a slope differs.
    """
    quantity = _("the slope along a random direction of {name}, by its gradient").format(name=world.reading.names[leaf])
    gradients = [gradient if n == leaf else np.zeros(held.shape) for n, held in enumerate(world.written)]
    _compare(world, quantity, gradients, (leaf,))


def _compare(world: World, quantity: str, gradients: Sequence[Array], leaves: Sequence[int]) -> None:
    """Check slopes by the gradients, along random directions of some arrays and along the gradients themselves.

    Each has to lie between the slopes behind and ahead, which a kink makes differ.
    """
    precision, here = world.reading.precision, world.loss(world.x, world.y)
    step = HALF_STEP[precision]
    rounding = ROUNDINGS * float(np.finfo(precision).eps) * abs(here) / step
    for whole in (*_directions(world), _unit(gradients)):
        direction = [part if leaf in leaves else np.zeros(part.shape) for leaf, part in enumerate(whole)]
        came = _along(gradients, direction)
        behind, ahead = _moved(world, direction, lambda: world.loss(world.x, world.y))
        low, high = sorted((float(here - behind) / step, float(ahead - here) / step))
        limit = SLOPE_TOLERANCE[precision] * max(abs(came), abs(low), abs(high), 1e-3) + rounding
        if not low - limit <= came <= high + limit:
            names = all_names(world.reading, leaves)
            raise Mismatch(quantity, came, (low + high) / 2, Named(*names))


def measured(world: World) -> None:
    """Compare the gradient with central differences of every usual loss of the output; one of them has to fit."""
    world.need("output")
    directions = _directions(world)
    base = np.asarray(world.output(world.x), np.float64)
    moved = [_either_side(world, direction, lambda: world.output(world.x)) for direction in directions]
    came = np.array([_along(world.grads, direction) for direction in directions])
    n, k = base.shape
    for name, loss in LOSSES.items():
        with np.errstate(all="ignore"):
            error = loss.error(base, world.y)
        if not np.isfinite(error).all():
            continue
        slopes = np.array([float(np.sum(error * change)) for change in moved])
        for factor in usual_factors(k):
            for scale in (factor, factor / n):
                limit = SLOPE_TOLERANCE[world.reading.precision] * np.max(np.abs(scale * slopes), initial=0.0)
                if np.all(np.abs(came - scale * slopes) <= limit):
                    world.notes["loss"] = name
                    return
    rest = min(beyond_the_output(world, sample) for sample in range(min(2, n)))
    if rest > BEYOND:
        text = _("the share of one sample's gradient that is the slope of no function of the output")
        raise Mismatch(text, rest, _("at most {most:g}").format(most=BEYOND), Named())
    not_applicable(
        _("neither the formula of the output nor a usual loss fits; give loss(net, x, y), whose slope will be measured")
    )


def beyond_the_output(world: World, sample: int) -> float:
    """The share of one sample's gradient that no loss explains, from 0 to 1; 0 if it cannot be measured.

    The gradient of any function of the k outputs is a combination of the outputs' own k slopes. A multiple of each
    array may be weight decay. Along more random directions than that, central differences tell.
    """
    x, y = world.x[sample : sample + 1], world.y[sample : sample + 1]
    size = sum(held.size for held in world.written)
    try:
        own = [np.asarray(g, np.float64) for g in world.gradients(x, y)]
        k = world.output(x).shape[1]
    except Raised:
        return 0.0
    unknown = k + len(own)
    fits = all(g.shape == held.shape for g, held in zip(own, world.written, strict=True))
    if not fits or world.reading.precision != "float64" or size < 4 * unknown:
        return 0.0
    rows, came = [], []
    for _number in range(3 * unknown):
        (direction,) = _directions(world, 1)
        change = _either_side(world, direction, lambda: world.output(x))
        decay = [float((held * part).sum()) for held, part in zip(world.written, direction, strict=True)]
        rows.append([*np.ravel(change), *decay])
        came.append(_along(own, direction))
    table, right = np.array(rows), np.array(came)
    length = float(np.linalg.norm(right))
    if not np.isfinite(table).all() or not np.isfinite(length) or not length:
        return 0.0
    rest = right - table @ np.linalg.lstsq(table, right, rcond=None)[0]
    return float(np.linalg.norm(rest)) / length
