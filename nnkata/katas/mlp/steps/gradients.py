"""Steps of the stage gradients."""

from typing import Any

import numpy as np

from nnkata.katas.mlp.description import described_loss
from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.misconceptions.catalogue import Named
from nnkata.katas.mlp.naming import all_names, of_gradients, of_scale
from nnkata.katas.mlp.steps import slopes
from nnkata.katas.mlp.steps.common import losses, lowered, same
from nnkata.katas.mlp.world import World, not_applicable
from nnkata.language import _
from nnkata.steps.compare import Mismatch, holds
from nnkata.steps.definitions import then, when


@then("there is one gradient of its shape for each parameter")
@then("每个参数都有一个形状相同的梯度")
def shapes(world: World) -> None:
    """Each gradient has the shape of its parameter."""
    for name, held, came in zip(world.reading.names, world.written, world.grads, strict=True):
        if np.shape(came) != held.shape:
            names = ["bias-summed-to-one-number"] if np.size(came) == 1 and held.size > 1 else []
            named = [n for n in names if any(n in found for found in of_gradients(world.reading).values())]
            quantity = _("the shape of the gradient of {name}").format(name=name)
            raise Mismatch(quantity, np.shape(came), held.shape, Named(*named))


@then("together they are the slope of the loss")
@then("它们合起来就是损失的导数")
def slope(world: World) -> None:
    """Compare with the module's own loss, else the inferred formula, else central differences of the output."""
    world.repeatable()
    reading = world.reading
    if world.offers("loss"):
        slopes.own(world)
    elif reading.layout is None:
        slopes.measured(world)
    else:
        wrong = _wrong(world)
        if wrong:
            leaf = wrong[-1]
            assert reading.fit is not None
            text = _("{wrong} of {all} gradients are not slopes of {loss}; that of {name}").format(
                wrong=len(wrong),
                all=len(reading.names),
                loss=described_loss(reading.fit.rule),
                name=reading.names[leaf],
            )
            names = all_names(reading, wrong) or _by_size(world)
            if not reading.fit.fitting and not names:
                text += _("; if it has another loss, give loss(net, x, y)")
            raise Mismatch(text, world.grads[leaf], world.notes["expected"][leaf], Named(*names))


def _wrong(world: World) -> list[int]:
    expected = world.notes["expected"] = world.expected(world.x, world.y)
    found = []
    for leaf, (came, right) in enumerate(zip(world.grads, expected, strict=True)):
        try:
            same("", _broadcast(came, right), right, world.reading.tolerance)
        except Mismatch:
            found.append(leaf)
    return found


def _broadcast(came: Any, right: Array) -> Any:
    """The gradient in the right shape if only its size fits; another clause judges the shape."""
    value = np.asarray(came) if isinstance(came, np.ndarray | float | int) else came
    return value.reshape(right.shape) if isinstance(value, np.ndarray) and value.size == right.size else value


def _by_size(world: World) -> tuple[str, ...]:
    """The mistakes that show in the size of the gradients' elements alone: normalised or clipped gradients."""
    came = [np.asarray(g, np.float64) for g in world.grads if isinstance(g, np.ndarray)]
    right = world.notes["expected"]
    if len(came) < len(right):
        return ()
    if all(abs(np.linalg.norm(g) - 1) < 1e-3 for g in came):
        return ("gradients-normalised",)
    largest = max(float(np.abs(g).max(initial=0.0)) for g in came)
    cut = [np.clip(r, -largest, largest) for r in right]
    pairs = [(g, c) for g, c in zip(came, cut, strict=True) if g.shape == c.shape]
    close = world.reading.tolerance
    fits = all(np.allclose(g, c, rtol=close, atol=close * largest) for g, c in pairs)
    return ("gradients-clipped",) if pairs and fits and largest > 0 else ()


@then("those of the last layer's weights are right")
@then("最后一层权重的梯度正确")
def last_weights(world: World) -> None:
    """The gradient of the output layer's weights is right."""
    _right(world, "weights", lambda place, depth: place == depth)


@then("those of the first layer's weights are right")
@then("第一层权重的梯度正确")
def first_weights(world: World) -> None:
    """The gradient of the first layer's weights, at the end of the backward pass, is right."""
    _right(world, "weights", lambda place, depth: place == 0 < depth)


@then("those of the layers between are right")
@then("中间各层权重的梯度正确")
def between(world: World) -> None:
    """The gradients of the weights between the first and the last layer are right."""
    _right(world, "weights", lambda place, depth: 0 < place < depth)


@then("that of the last layer's bias is right")
@then("最后一层偏置的梯度正确")
def last_bias(world: World) -> None:
    """The gradient of the output layer's bias is right."""
    _right(world, "bias", lambda place, depth: place == depth)


@then("those of the hidden layers' biases are right")
@then("各隐藏层偏置的梯度正确")
def hidden_biases(world: World) -> None:
    """The gradients of all other biases are right."""
    _right(world, "bias", lambda place, depth: place < depth)


def _right(world: World, kind: str, wanted: Any) -> None:
    world.repeatable()
    reading = world.reading
    expected = world.expected(world.x, world.y)
    layout = reading.layout
    assert layout is not None
    depth, found = len(layout.layers) - 1, 0
    for leaf, name in enumerate(reading.names):
        own, place = layout.kind(leaf)
        if own == kind and wanted(place, depth):
            found += 1
            names = of_gradients(reading).get(leaf, ())
            quantity = _("the gradient of {name}").format(name=name)
            came = _broadcast(world.grads[leaf], expected[leaf])
            try:
                same(quantity, came, expected[leaf], reading.tolerance, *names)
            except Mismatch as usual:
                if (fault := _fault(world, leaf, came, usual)) is not None:
                    raise fault from None
    if not found:
        not_applicable(_("the network has none"))


def _fault(world: World, leaf: int, came: Any, usual: Mismatch) -> Mismatch | None:
    """The fault of a gradient that differs from that of the usual losses; none if the module's own loss has this slope.

    The numbers of a usual loss are only shown if other gradients fit it.
    """
    if not world.offers("loss") or np.shape(came) != world.written[leaf].shape:
        return usual
    try:
        slopes.own_part(world, leaf, came)
    except Mismatch as own:
        return usual if world.reading.fit is not None and world.reading.fit.fitting else own
    return None


@then("their scale is that of a mean or a sum over the batch")
@then("它们的大小对应这批样本的平均或总和")
def scale(world: World) -> None:
    """The common factor of the gradients is a usual one: 1 or 1/n, times a factor of the loss; or the own loss's."""
    world.repeatable()
    fit = world.reading.fit
    if world.reading.layout is None or fit is None or not fit.fitting:
        not_applicable(_("no gradient fits a usual loss"))
    if fit.natural or (world.offers("loss") and _is_slope(world)):
        return
    rule = fit.rule
    first, second = world.reading.batches[:2]
    wanted = _("1 or 1/n times {loss}, or a usual multiple").format(loss=rule.loss)
    sizes = len(first.x), len(second.x)
    names = of_scale(world.reading)
    quantity = _("the factors of the gradients of {first} and of {second} samples").format(
        first=sizes[0], second=sizes[1]
    )
    raise Mismatch(quantity, "; ".join(f"{value:.3g}" for value in world.reading.scales()), wanted, Named(*names))


def _is_slope(world: World) -> bool:
    """Whether the gradients are the slope of the module's own loss."""
    try:
        slopes.own(world)
    except Mismatch:
        return False
    return True


@when("the gradients of another batch are taken")
@when("求另一批样本的梯度")
def of_another(world: World) -> None:
    """Take the gradients of a batch of another size in between."""
    world.before = [np.asarray(g, np.float64) for g in world.grads]
    x, y = world.samples(3)
    if world.offers("output"):  # a call of output must not affect the gradients either
        world.output(x)
    world.notes["other"] = [np.asarray(g, np.float64) for g in world.gradients(x, y)]


@then("the gradients of the first batch are as before")
@then("第一批样本的梯度与之前相同")
def as_before(world: World) -> None:
    """The gradients of the first batch are the same again: nothing is carried over from the batch in between."""
    world.repeatable()
    now = world.gradients(world.x, world.y)
    parts = zip(world.reading.names, now, world.before, world.notes["other"], strict=True)
    for name, came, before, other in parts:
        piled = np.shape(came) == before.shape and np.allclose(np.asarray(came), before + other, rtol=1e-6)
        names = ("gradients-pile-up",) if piled else ()
        same(_("the gradient of {name}, again").format(name=name), came, before, world.reading.tolerance, *names)


@then("the gradients are those of the other batch")
@then("得到的是另一批样本的梯度")
def of_the_other(world: World) -> None:
    """The gradients differ from those of the first batch."""
    x, y = world.samples(len(world.x))
    now = world.gradients(x, y)
    if all(np.array_equal(np.asarray(a), np.asarray(b)) for a, b in zip(now, world.grads, strict=True)):
        quantity = _("the gradients of another batch")
        names = ("gradients-of-an-earlier-batch",) if any(np.any(np.asarray(g)) for g in now) else ()
        raise Mismatch(quantity, now[-1], _("other ones"), Named(*names))


@then("a small step against them lowers the loss")
@then("沿它们的反方向走一小步，损失就变小")
def downhill(world: World) -> None:
    """A step of a thousandth of the parameters' length against the gradients lowers the loss.

    Where the loss is unknown, as the formula of the output is, it lowers at least one usual loss.
    """
    world.need("output")
    flat = [np.asarray(g, np.float64) for g in world.grads]
    if any(g.shape != held.shape for g, held in zip(flat, world.written, strict=True)):
        not_applicable(_("the gradients have other shapes than the parameters"))
    length = np.sqrt(sum(float((g**2).sum()) for g in flat))
    size = np.sqrt(sum(float((held**2).sum()) for held in world.written))
    if not length or not np.isfinite(length):
        raise Mismatch(_("the length of the gradient"), float(length), _("a positive number"), Named())

    before = losses(world)
    world.write([h - 1e-3 * size / length * g for h, g in zip(world.written, flat, strict=True)])
    after = losses(world)
    names = all_names(world.reading, range(len(flat)))
    holds(
        _("the loss after a small step"),
        lowered(before, after),
        after[0],
        _("less than {before:.6g}").format(before=before[0]),
        Named(*names),
    )
