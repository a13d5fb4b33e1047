"""Steps of the stage forward."""

from typing import Any

import numpy as np
from pytest_bdd import then, when

from nnkata import oracle
from nnkata.language import _
from nnkata.steps.common import pattern
from nnkata.steps.compare import array, equal, same
from nnkata.steps.world import World


@when("the sample goes forward")
def forward(world: World) -> None:
    """One forward pass."""
    world.forward()


@when("the sample goes forward twice")
def forward_twice(world: World) -> None:
    """Keep both outputs."""
    world.notes["results"] = [world.forward(), world.forward()]


@when("the entries of params are replaced by other weights")
def replace(world: World) -> None:
    """New arrays under the old names."""
    world.hold(world.known_weights(), replace=True)


@then(pattern("the output is {numbers:Numbers}"))
def output_is(world: World, numbers: list[float]) -> None:
    """The elements, to the seven digits that the feature states."""
    output: Any = array(_("the output"), world.output, (len(numbers),))
    same(_("the output"), output.astype(np.float32), numbers, world.precision())


@then("the output is what the mathematics gives")
def output_right(world: World) -> None:
    """The oracle's output for the same weights and sample."""
    same(_("the output"), world.output, oracle.forward(world.params, world.x).output, world.precision())


@then("the two outputs are the same")
def outputs_same(world: World) -> None:
    """To the last bit."""
    first, second = world.notes["results"]
    equal(
        _("the output of the second call"), second, array(_("the output"), first, (world.sizes[3],)), evidence="differs"
    )
