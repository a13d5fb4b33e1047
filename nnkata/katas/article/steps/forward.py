"""Steps of the stage forward."""

from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.steps.common import then, when
from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.compare import array, equal, holds, same
from nnkata.steps.needed import fits


@when("the sample goes forward")
def forward(world: World) -> None:
    """One forward pass."""
    world.forward()


@when("the sample goes forward twice")
def forward_twice(world: World) -> None:
    """Keep both outputs."""
    world.notes["outputs"] = [world.forward(), world.forward()]


@when("the sample goes forward with these weights, with others, and with the first in new arrays under the old names")
def forward_thrice(world: World) -> None:
    """A network that kept an array, or a copy of it, still uses the earlier weights.

    If params is made on each access, no array in it can be replaced: its present content counts.
    """
    first = world.params
    outputs = [world.forward()]
    world.hold(world.known_weights())
    outputs.append(world.forward())
    others = world.params
    world.hold(first, replace=True)
    kept = all(np.array_equal(world.params[key], others[key]) for key in WEIGHTS)
    world.notes["outputs"] = [outputs[kept], outputs[not kept], world.forward()]


@then("the first and the last output are the same, and the one between them is another")
def output_follows(world: World) -> None:
    """The same except for rounding: another memory layout may change the order of sums."""
    first, between, last = (array(_("the output"), value, (world.sizes[3],)) for value in world.notes["outputs"])
    same(_("the output with the first weights in new arrays"), last, first, world.precision(), before=between)
    moved = bool(np.any(between != first))
    holds(_("the output with other weights"), moved, between, _("another than with the first weights"), "the same")


@then("the output is {numbers:Numbers}")
def output_is(world: World, numbers: list[float]) -> None:
    """Every element is right to the feature's seven digits."""
    fits(len(numbers) == world.sizes[3], _("the elements of the output"), len(numbers), world.sizes[3])
    output: Any = array(_("the output"), world.output, (len(numbers),))
    same(_("the output"), output.astype(np.float32), numbers, world.precision())


@then("the output is what the mathematics gives")
def output_right(world: World) -> None:
    """The output is the oracle's for the same weights and sample."""
    same(_("the output"), world.output, oracle.forward(world.params, world.x).output, world.precision())


@then("the two outputs are the same")
def outputs_same(world: World) -> None:
    """The outputs are equal to the last bit."""
    first, second = world.notes["outputs"]
    equal(
        _("the output of the second call"), second, array(_("the output"), first, (world.sizes[3],)), evidence="differs"
    )
