"""Steps of the stage backward."""

from typing import Any

import numpy as np
from pytest_bdd import parsers, then, when

from nnkata.katas.article import oracle
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.steps.common import pattern
from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.compare import Mismatch, array, holds, same

#: Central differences: the half step by the dtype that the network works in, weights and output. The error is h²/6 of
#: the third derivative plus rounding / h; these are near the cube root of the dtype's epsilon, where it is smallest.
HALF_STEP = {"float32": 1e-2, "float64": 1e-5}
#: Largest difference of the two slopes, relative to the gradient's norm: 4 times the largest seen in 1,000,000 random
#: networks in float32, 200 times that of 100,000 in float64 (docs/statistics.md).
SLOPE_TOLERANCE = {"float32": 2e-2, "float64": 1e-6}
DIRECTIONS = 3


@when("the sample goes forward and its error back")
@when(parsers.re(r"样本再?做一次前向传播和反向传播"))
def there_and_back(world: World) -> None:
    """One forward and one backward pass."""
    world.forward()
    world.backward()


@when("another sample goes forward and its error back")
@when("另一个样本做一次前向传播和反向传播")
def another_there_and_back(world: World) -> None:
    """The same with a new sample."""
    world.x, world.y = world.sample()
    there_and_back(world)


@when("backward_pass is given an output that equals the label")
@when("传给 backward_pass 的输出恰好等于标签")
def no_error(world: World) -> None:
    """The output is the label itself."""
    world.output = np.array(world.y)
    world.backward()


@then("the gradients are those of W1, W2 and W3")
@then("得到的是 W1、W2 和 W3 的梯度")
def keys(world: World) -> None:
    """The keys, and no others; each of its matrix's shape."""
    holds(
        _("the keys of what backward_pass returns"),
        sorted(world.changes) == list(WEIGHTS),
        sorted(world.changes),
        WEIGHTS,
    )
    for key in WEIGHTS:
        came = np.shape(world.changes[key])
        holds(
            _("the shape of the gradient of {key}").format(key=key),
            came == world.shape(key),
            came or _("() - a single number"),
            world.shape(key),
        )


@then(pattern("the gradient of {key:Weight} is"))
@then(pattern("{key:Weight} 的梯度为"))
def gradient_is(world: World, key: str, datatable: list[list[str]]) -> None:
    """A table, row by row, to the seven digits that it states."""
    expected = np.array(datatable, dtype=np.float64)
    came: Any = array(_("the gradient of {key}").format(key=key), world.change(key), expected.shape)
    same(_("the gradient of {key}").format(key=key), came.astype(np.float32), expected)


@then(pattern("the gradient of {key:Weight} is what the mathematics gives"))
@then(pattern("{key:Weight} 的梯度与数学公式的结果一致"))
def gradient_right(world: World, key: str) -> None:
    """The oracle's gradient for the same weights and sample."""
    expected = oracle.gradients(world.params, world.x, world.y)
    same(_("the gradient of {key}").format(key=key), world.change(key), expected[key], world.precision())


@then("the gradients are what the mathematics gives")
@then("各个梯度都与数学公式的结果一致")
def gradients_right(world: World) -> None:
    """All three."""
    for key in reversed(WEIGHTS):
        gradient_right(world, key)


@then("every gradient is zero")
@then("每个梯度都为零")
def gradients_zero(world: World) -> None:
    """Without an error there is nothing to send back."""
    for key in reversed(WEIGHTS):
        same(_("the gradient of {key}").format(key=key), world.change(key), np.zeros(world.shape(key)))


@then(pattern("the gradient of {key:Weight} is the slope of the loss along random directions"))
@then(pattern("{key:Weight} 的梯度等于损失沿随机方向的斜率"))
def gradient_is_slope(world: World, key: str) -> None:
    """Central differences of the network's own loss: (L(W + hD) - L(W - hD)) / 2h against the sum of G * D."""
    gradient = array(_("the gradient of {key}").format(key=key), world.change(key), world.shape(key)).astype(np.float64)
    array(_("the output"), world.output, (world.sizes[3],))
    dtype = world.precision()
    half, slopes, sums = HALF_STEP[dtype], [], []
    for _direction in range(DIRECTIONS):
        direction = world.rng.normal(size=world.shape(key))
        direction /= np.linalg.norm(direction)
        losses = [_loss(world, key, world.params[key] + sign * half * direction) for sign in (1, -1)]
        slopes.append((losses[0] - losses[1]) / (2 * half))
        sums.append(float(np.sum(gradient * direction)))
    scale = float(np.linalg.norm(gradient)) or 1.0
    fine = np.allclose(sums, slopes, rtol=0, atol=SLOPE_TOLERANCE[dtype] * scale)
    quantity = _("the change of the loss along {count} directions, from the gradient of {key}")
    if not fine:
        quantity = quantity.format(count=DIRECTIONS, key=key)
        raise Mismatch(quantity, np.array(sums), np.array(slopes), evidence=gradient)


def _loss(world: World, key: str, matrix: Any) -> float:
    world.net.assign({**world.params, key: matrix})
    output = array(_("the output"), world.net.call("forward_pass", world.x).value, (world.sizes[3],))
    held = np.clip(output.astype(np.float64), np.finfo(np.float64).tiny, None)
    world.net.assign(world.params)
    return oracle.cross_entropy(held, world.y)
