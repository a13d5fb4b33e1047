"""Steps of the stage update."""

from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.steps.common import then, when
from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.compare import array, holds, same
from nnkata.steps.needed import finite
from nnkata.subject import Raised


def update(world: World) -> None:
    """One call of update_network_parameters with the world's changes.

    A network with more parameters, such as biases, may need their changes too: it gets zeros for them.
    """
    try:
        world.outcome = world.net.call("update_network_parameters", world.changes)
    except Raised as error:
        beside = _beside(world) if error.kind == "KeyError" else {}
        if not beside:
            raise
        world.changes = {**world.changes, **beside}
        world.net.assign(world.params)  # the call may have failed half way
        world.outcome = world.net.call("update_network_parameters", world.changes)


def _beside(world: World) -> dict[str, Any]:
    """Zeros for further results of the network's own backward pass that the world's changes lack."""
    x, y = world.sample()
    output = world.net.call("forward_pass", x).value
    own = world.net.call("backward_pass", y, output).value
    more = own.items() if isinstance(own, dict) else ()
    return {key: np.zeros_like(value) for key, value in more if key not in world.changes}


def random_changes(world: World, spread: float = 0.3) -> None:
    """Gradients that both sides know, normal with that standard deviation."""
    world.changes = world.known_weights(spread)


@when("the weights are updated with random gradients")
def update_random(world: World) -> None:
    """One update."""
    random_changes(world)
    update(world)


@when("the weights are updated with random gradients, {factor:d} times as large")
def update_large(world: World, factor: int) -> None:
    """One update."""
    random_changes(world, spread=0.3 * factor)
    update(world)


@when("the weights are updated twice with the same gradients")
def update_twice(world: World) -> None:
    """Two updates."""
    random_changes(world)
    update(world)
    update(world)


@when("the weights are updated with gradients of zero")
def update_zero(world: World) -> None:
    """One update that should change nothing."""
    world.changes = {key: np.zeros(world.shape(key)) for key in WEIGHTS}
    update(world)


@then("{key:Weight} has gone one step of {rate:g} times its gradient down")
def one_step(world: World, key: str, rate: float) -> None:
    """W - l_rate * gradient."""
    finite(rate, _("the learning rate"))
    same(
        _("{key} after the update").format(key=key),
        world.held()[key],
        world.params[key] - rate * world.changes[key],
    )


@then("the weights have gone two equal steps down")
def two_steps(world: World) -> None:
    """W - 2 * l_rate * gradient."""
    now = world.held()
    for key in WEIGHTS:
        expected = world.params[key] - 2 * world.rate * world.changes[key]
        same(_("{key} after two updates").format(key=key), now[key], expected)


@when("the network makes one step on the sample")
def step_on_sample(world: World) -> None:
    """Forward, backward, update; the loss before it is kept."""
    world.notes["loss"] = _losses(world, world.forward())
    world.backward()
    update(world)


@then("the loss of the sample is lower than before")
def lower(world: World) -> None:
    """A step of this length lowers it by about l_rate * |gradient|², for any weights.

    The loss is the cross-entropy; if that does not fall, the squared error, a possible choice of a network.
    """
    (before, squared), (after, squared_after) = world.notes["loss"], _losses(world, world.forward())
    fine = after < before or squared_after < squared
    holds(_("the loss after the step"), fine, after, _("less than {before:.6g}").format(before=before))


def _losses(world: World, output: Any) -> tuple[float, float]:
    """The cross-entropy and the squared error of an output for the world's label."""
    came = array(_("the output"), output, (world.sizes[3],)).astype(np.float64)
    held = np.clip(came, np.finfo(np.float64).tiny, None)
    return oracle.cross_entropy(held, world.y), float(np.sum((came - world.y) ** 2))
