"""Steps of several stages: make a network, set its parameters, draw a batch, check that values are unchanged."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnkata.katas.mlp.functions import LOSSES, USUAL, Array
from nnkata.katas.mlp.misconceptions.catalogue import Named
from nnkata.katas.mlp.world import World
from nnkata.language import _
from nnkata.steps.compare import Mismatch
from nnkata.steps.definitions import given, then, when
from nnkata.steps.pattern import Pattern


def pattern(text: str) -> Pattern:
    """A step text with typed arguments in braces, such as `{n:d}`."""
    return Pattern(text)


def same(quantity: str, came: Any, expected: Array, tolerance: float, *names: str, least: float = 0.0) -> None:
    """Check that an array equals the expected one up to rounding; `names` are the mistakes that explain a difference.

    The tolerance is relative to the largest expected element, or to `least` if that is larger.

    Raises:
        Mismatch: the value differs, or is not an array of numbers.
    """
    value = np.asarray(came) if isinstance(came, np.ndarray | float | int) else None
    if value is None or value.dtype.kind not in "fiu":
        raise Mismatch(quantity, type(came).__name__, expected, Named(*names))
    scale = max(float(np.max(np.abs(expected), initial=0.0)), least) or 1.0
    fine = value.shape == expected.shape and bool(np.all(np.abs(value - expected) <= tolerance * scale))
    if not fine:
        raise Mismatch(quantity, value, expected, Named(*names))


@given("a network")
@given("一个网络")
def network(world: World) -> None:
    """Make a network with `new`; None without it."""
    _ = world.reading
    world.make()


@given("known random parameters")
@given("参数是已知的随机数")
def known(world: World) -> None:
    """Write random parameters, which the judging process knows, into the network."""
    world.randomise()


@given(pattern("a batch of {n:d} random samples"))
@given(pattern("一批 {n:d} 个随机样本"))
def batch(world: World, n: int) -> None:
    """Draw n random samples: pixels (n, d), one-hot labels (n, k)."""
    world.x, world.y = world.samples(n)


@given(pattern("a batch of {n:d} or more random samples"))
@given(pattern("一批不少于 {n:d} 个的随机样本"))
def batch_unlike_widths(world: World, n: int) -> None:
    """Draw n random samples, or the next number that is no layer's width: a division by the width then shows."""
    widths = {width for way in world.reading.ways[:1] for width in way.widths}
    while n in widths:
        n += 1
    batch(world, n)


@when("the batch goes forward")
@when("这批样本做一次前向传播")
def forward(world: World) -> None:
    """Keep the output of the batch, (n, k)."""
    world.need("output")
    world.out = world.output(world.x)


@when("the gradients of the batch are taken")
@when("求这批样本的梯度")
def gradients(world: World) -> None:
    """Keep the gradients of the batch."""
    world.grads = world.gradients(world.x, world.y)


@then("the parameters are as they were")
@then("参数保持不变")
def kept(world: World) -> None:
    """No parameter has changed since it was written."""
    moved = [
        name
        for (name, now), before in zip(world.held(), world.written, strict=True)
        if not np.array_equal(np.asarray(now, np.float64), before)
    ]
    if moved:
        raise Mismatch(
            _("the parameters that moved"), ", ".join(moved), _("none"), Named("gradients-move-the-parameters")
        )


@then("the arguments are as they were")
@then("传入的数据保持不变")
def arguments_kept(world: World) -> None:
    """The latest call has not changed its arguments."""
    words = (_("the network"), "x", "y")
    names = ("", "input-written-into", "labels-written-into")
    for place, (before, after) in enumerate(zip(world.outcome.given, world.outcome.after, strict=True)):
        if isinstance(before, np.ndarray) and not np.array_equal(before, after):
            raise Mismatch(_("{name} after the call").format(name=words[place]), after, before, Named(names[place]))


def lowered(before: Sequence[float], after: Sequence[float]) -> bool:
    """Whether a loss is lower than before: the one that is known, or one of those that may be."""
    return any(one > other for one, other in zip(before, after, strict=True))


def losses(world: World) -> list[float]:
    """The loss of the batch: the module's own, or that of its formula; else every usual one that may be its own."""
    if world.offers("loss"):
        return [world.loss(world.x, world.y)]
    fit, output = world.reading.fit, np.asarray(world.output(world.x), np.float64)
    usual = dict.fromkeys(["squared error", *(name for names in USUAL.values() for name in names)])
    wanted = fit.rule.wanted(world.y) if fit else world.y
    with np.errstate(all="ignore"):
        return [float(LOSSES[name].value(output, wanted)) for name in ([fit.rule.loss] if fit else usual)]
