"""Steps of the stage backward."""

from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.steps.common import given, then, when
from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.compare import Mismatch, array, dimensions, holds, same
from nnkata.steps.needed import fits, numbers

#: Central differences: the half step by the network's working dtype, of weights and output. The error is h²/6 of the
#: third derivative plus rounding / h; these are near the cube root of the dtype's epsilon, where it is smallest.
HALF_STEP = {"float32": 1e-2, "float64": 1e-5}
#: Largest difference of the two slopes, relative to the gradient's norm: 4 times the largest seen in 1,000,000 random
#: networks in float32, 200 times that of 100,000 in float64 (docs/statistics.md).
SLOPE_TOLERANCE = {"float32": 2e-2, "float64": 1e-6}
DIRECTIONS = 3
#: The lead of the label's unit for a sure answer: 3 e^-22 is 8e-10.
SURE = 22.0


@when("the sample goes forward and its error back")
def there_and_back(world: World) -> None:
    """One forward and one backward pass; the changes of the one before are kept."""
    world.notes["before"] = vars(world).get("changes", {})
    world.forward()
    world.backward()


@when("another sample goes forward and its error back")
def another_there_and_back(world: World) -> None:
    """The same with a new sample."""
    world.x, world.y = world.sample()
    there_and_back(world)


@given("weights with which the output is the label but for 1e-9")
def sure_of_the_label(world: World) -> None:
    """W3 puts the label's unit 22 above the others at Z3, without biases: the output there is 1 - 3 e^-22.

    The output is a possible softmax output: its other elements are small, but not zero, in float32 too.
    """
    activations = oracle.forward(world.params, world.x).a2
    half = SURE / 2 / float(activations.sum())
    world.hold({"W3": np.where(world.y[:, None] > 0, half, -half) * np.ones(world.shape("W3"))})


@then("the gradients are those of W1, W2 and W3")
def keys(world: World) -> None:
    """The three keys are there, further ones are allowed; each gradient has its matrix's shape."""
    missing = [key for key in WEIGHTS if key not in world.changes]
    holds(_("the keys of the result of backward_pass"), not missing, sorted(world.changes, key=str), WEIGHTS)
    for key in WEIGHTS:
        came = np.shape(world.changes[key])
        holds(
            _("the shape of the gradient of {key}").format(key=key),
            came == world.shape(key),
            came or _("() - a single number"),
            world.shape(key),
        )


@then("the gradient of {key:Weight} is")
def gradient_is(world: World, key: str, datatable: list[list[str]]) -> None:
    """The gradient is that of the table, row by row, to its seven digits."""
    expected = numbers(datatable)
    fits(expected.shape == world.shape(key), key, dimensions(expected.shape), dimensions(world.shape(key)))
    came: Any = array(_("the gradient of {key}").format(key=key), world.change(key), expected.shape)
    same(_("the gradient of {key}").format(key=key), came.astype(np.float32), expected)


@then("the gradient of {key:Weight} is what the mathematics gives")
def gradient_right(world: World, key: str) -> None:
    """The gradient is the oracle's for the same weights and sample."""
    expected = oracle.gradients(world.params, world.x, world.y)
    same(_("the gradient of {key}").format(key=key), world.change(key), expected[key], world.precision())


@then("every gradient is zero, to within {bound:g}")
def gradients_zero(world: World, bound: float) -> None:
    """Without an error there is nothing to propagate.

    An error of e makes gradients of |W3| |W2| e at most: 1e-7 here, and 1e-5 with an output that is clipped at 1e-7
    for its logarithm. Mistakes that do not vanish with the error are above 1e-2.
    """
    fits(0 < bound < np.inf, _("the bound"), f"{bound:g}", _("more than 0"))
    for key in reversed(WEIGHTS):
        name = _("the gradient of {key}").format(key=key)
        gradient = array(name, world.change(key), world.shape(key))
        fine = bool(np.all(np.abs(gradient) <= bound))
        holds(name, fine, gradient, _("zero, to within {bound:g}").format(bound=bound))


@then("the gradients are those of the first time")
def gradients_repeated(world: World) -> None:
    """The gradients are equal up to rounding; both may be wrong."""
    for key in reversed(WEIGHTS):
        name = _("the gradient of {key} of the second call").format(key=key)
        first = array(_("the gradient of {key}").format(key=key), world.notes["before"].get(key), world.shape(key))
        same(name, world.change(key), first, world.precision())


@then("the gradient of {key:Weight} is the slope of the loss along random directions")
def gradient_is_slope(world: World, key: str) -> None:
    """Central differences of the cross-entropy of its own output: (L(W + hD) - L(W - hD)) / 2h against sum of G * D."""
    gradient = array(_("the gradient of {key}").format(key=key), world.change(key), world.shape(key)).astype(np.float64)
    array(_("the output"), world.output, (world.sizes[3],))
    dtype = world.precision()
    half, moved, sums = HALF_STEP[dtype], [], []
    for _direction in range(DIRECTIONS):
        direction = world.rng.normal(size=world.shape(key))
        direction /= np.linalg.norm(direction)
        moved += [{**world.params, key: world.params[key] + sign * half * direction} for sign in (1, -1)]
        sums.append(float(np.sum(gradient * direction)))
    losses = [_loss(output, world.y) for output in outputs_at(world, moved)]
    slopes = [(plus - minus) / (2 * half) for plus, minus in zip(losses[::2], losses[1::2], strict=True)]
    scale = float(np.linalg.norm(gradient)) or 1.0
    fine = np.allclose(sums, slopes, rtol=0, atol=SLOPE_TOLERANCE[dtype] * scale)
    quantity = _("the change of the loss along {count} directions, from the gradient of {key}")
    if not fine:
        quantity = quantity.format(count=DIRECTIONS, key=key)
        raise Mismatch(quantity, np.array(sums), np.array(slopes), evidence=gradient)


def outputs_at(world: World, many: list[dict[str, Any]]) -> list[Any]:
    """The output for the world's sample with each of these weights, in float64; the weights are the known ones again.

    Raises:
        Mismatch: one is no float array of its shape.
    """
    values = world.net.values_at(many, world.params, "forward_pass", world.x)
    return [array(_("the output"), value, (world.sizes[3],)).astype(np.float64) for value in values]


def _loss(output: Any, y: Any) -> float:
    return oracle.cross_entropy(np.clip(output, np.finfo(np.float64).tiny, None), y)
