"""Steps of the stage forward."""

from typing import Any

import numpy as np
from pytest_bdd import parsers, then, when

from nnkata.katas.article import oracle
from nnkata.katas.article.steps.common import pattern
from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.compare import array, equal, same


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


@when("the entries of params are replaced by other weights")
@when("把 params 中的各项换成另一组权重")
def replace(world: World) -> None:
    """New arrays under the old names."""
    world.hold(world.known_weights(), replace=True)


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
