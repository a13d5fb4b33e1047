"""Steps of the stage forward."""

from typing import Any

import numpy as np
from pytest_bdd import parsers, then, when

from nnkata.katas.article import oracle
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.steps.common import pattern
from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.compare import array, equal, holds, same


@when("the sample goes forward")
@when(parsers.re(r"样本再?做一次前向传播"))
def forward(world: World) -> None:
    """One forward pass."""
    world.forward()


@when("the sample goes forward twice")
@when("样本做两次前向传播")
def forward_twice(world: World) -> None:
    """Keep both outputs."""
    world.notes["results"] = [world.forward(), world.forward()]


@when(
    "the sample goes forward with these weights, with others, and with the first in new arrays under the old names",
)
@when("样本先用这组权重、再用另一组权重、最后用原名下新数组里的第一组权重各做一次前向传播")
def forward_thrice(world: World) -> None:
    """Whoever kept a copy of an array, or the array itself, still has the weights of before.

    Where params is made anew each time that it is read, no array can be replaced in it: what it holds then counts.
    """
    first = world.params
    outputs = [world.forward()]
    world.hold(world.known_weights())
    outputs.append(world.forward())
    others = world.params
    world.hold(first, replace=True)
    kept = all(np.array_equal(world.params[key], others[key]) for key in WEIGHTS)
    world.notes["results"] = [outputs[kept], outputs[not kept], world.forward()]


@then("the first and the last output are the same, and the one between them is another")
@then("第一次和最后一次的输出相同，中间一次的输出不同")
def output_follows(world: World) -> None:
    """The same but for rounding: a new array may lie in memory so that sums are made in another order."""
    first, between, last = (array(_("the output"), value, (world.sizes[3],)) for value in world.notes["results"])
    same(_("the output with the first weights in new arrays"), last, first, world.precision(), before=between)
    moved = bool(np.any(between != first))
    holds(_("the output with other weights"), moved, between, _("another than with the first weights"), "the same")


@then(pattern("the output is {numbers:Numbers}"))
@then(pattern("输出为 {numbers:Numbers}"))
def output_is(world: World, numbers: list[float]) -> None:
    """The elements, to the seven digits that the feature states."""
    output: Any = array(_("the output"), world.output, (len(numbers),))
    same(_("the output"), output.astype(np.float32), numbers, world.precision())


@then("the output is what the mathematics gives")
@then("输出与数学公式的结果一致")
def output_right(world: World) -> None:
    """The oracle's output for the same weights and sample."""
    same(_("the output"), world.output, oracle.forward(world.params, world.x).output, world.precision())


@then("the two outputs are the same")
@then("两次的输出相同")
def outputs_same(world: World) -> None:
    """To the last bit."""
    first, second = world.notes["results"]
    equal(
        _("the output of the second call"), second, array(_("the output"), first, (world.sizes[3],)), evidence="differs"
    )
