"""Steps of the stage update."""

import numpy as np
from pytest_bdd import then, when

from nnkata.katas.article import oracle
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.steps.common import pattern
from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.compare import holds, same


def update(world: World) -> None:
    """One call of update_network_parameters with the world's changes."""
    world.outcome = world.net.call("update_network_parameters", world.changes)


def random_changes(world: World, spread: float = 0.3) -> None:
    """Gradients that both sides know, normal with that standard deviation."""
    world.changes = world.known_weights(spread)


@when("the weights are updated with random gradients")
@when("用随机梯度更新权重")
def update_random(world: World) -> None:
    """One update."""
    random_changes(world)
    update(world)


@when(pattern("the weights are updated with random gradients, {factor:d} times as large"))
@when(pattern("用放大到 {factor:d} 倍的随机梯度更新权重"))
def update_large(world: World, factor: int) -> None:
    """One update."""
    random_changes(world, spread=0.3 * factor)
    update(world)


@when("the weights are updated twice with the same gradients")
@when("用同一组梯度更新权重两次")
def update_twice(world: World) -> None:
    """Two updates."""
    random_changes(world)
    update(world)
    update(world)


@when("the weights are updated with gradients of zero")
@when("用全零的梯度更新权重")
def update_zero(world: World) -> None:
    """One update that should do nothing."""
    world.changes = {key: np.zeros(world.shape(key)) for key in WEIGHTS}
    update(world)


@then(pattern("{key:Weight} has gone one step of {rate:g} times its gradient down"))
@then(pattern("{key:Weight} 减去了其梯度的 {rate:g} 倍"))
def one_step(world: World, key: str, rate: float) -> None:
    """W - l_rate * gradient."""
    same(
        _("{key} after the update").format(key=key),
        world.held()[key],
        world.params[key] - rate * world.changes[key],
    )


@then("the weights have gone two equal steps down")
@then("权重沿负梯度方向走了等长的两步")
def two_steps(world: World) -> None:
    """W - 2 * l_rate * gradient."""
    now = world.held()
    for key in WEIGHTS:
        expected = world.params[key] - 2 * world.rate * world.changes[key]
        same(_("{key} after two updates").format(key=key), now[key], expected)


@when("the network makes one step on the sample")
@when("网络在这个样本上更新一步")
def step_on_sample(world: World) -> None:
    """Forward, backward, update; the loss before it is kept."""
    world.forward()
    world.notes["loss"] = _loss(world)
    world.backward()
    update(world)


@then("the loss of the sample is lower than before")
@then("这个样本的损失比更新前小")
def lower(world: World) -> None:
    """A step of this length lowers it by about l_rate * |gradient|², whatever the weights."""
    before = world.notes["loss"]
    world.forward()
    after = _loss(world)
    holds(_("the loss after the step"), after < before, after, _("less than {before:.6g}").format(before=before))


def _loss(world: World) -> float:
    output = np.clip(np.asarray(world.output, dtype=np.float64), np.finfo(np.float64).tiny, None)
    return oracle.cross_entropy(output, world.y)
