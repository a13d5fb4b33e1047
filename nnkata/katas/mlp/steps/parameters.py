"""Steps of the stages parameters and start."""

import numpy as np

from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.layout import layouts
from nnkata.katas.mlp.misconceptions.catalogue import Named
from nnkata.katas.mlp.naming import of_output
from nnkata.katas.mlp.steps.common import pattern
from nnkata.katas.mlp.world import World, distinct, not_applicable
from nnkata.language import _
from nnkata.steps.compare import Mismatch, holds
from nnkata.steps.definitions import given, then, when

#: How many more fresh networks may show that they tell samples apart.
FRESH = 4


@given("a fresh network")
@given("一个新建的网络")
def fresh(world: World) -> None:
    """Make a network with `new`, and keep its parameters."""
    world.need("new")
    world.make()
    world.before = world.read()


@given("another fresh network")
@given("另一个新建的网络")
def another(world: World) -> None:
    """Make a second network, and keep the first."""
    world.notes["first"] = world.net
    world.make()


@then("its parameters are arrays of floating-point numbers")
@then("它的参数都是浮点数数组")
def arrays(world: World) -> None:
    """All parameters are arrays of floating-point numbers, and one is at least a vector, such as a neuron's weights."""
    found = world.read()
    shapes = [value.shape for value in found]
    enough = any(value.size > 1 for value in found)
    holds(_("the shapes of the parameters"), enough, str(shapes), _("a matrix or a vector among them"))


@when("other numbers are written into its parameters")
@when("往它的参数里写入别的数")
def written(world: World) -> None:
    """Write random parameters, keep the output, and write other ones."""
    world.need("output")
    world.randomise()
    world.out = world.output(world.x)
    world.randomise()


@then("its output is another one")
@then("它的输出随之改变")
def another_output(world: World) -> None:
    """The output changes: the network computes with the arrays that `parameters` returns."""
    now = world.output(world.x)
    if np.allclose(now, world.out, rtol=1e-6, atol=0):
        raise Mismatch(_("the output after other parameters"), now, _("another one"), Named("parameters-not-live"))


@then("the shapes make a chain of layers")
@then("各数组的形状能连成一串层")
def chain(world: World) -> None:
    """The width of each matrix fits the one before it, and each bias has its layer's width.

    Matrices that make no chain (a flat vector, a convolution, a way around a layer) belong to another kind of network.
    """
    shapes = [value.shape for value in world.read()]
    if world.reading.ways:
        return
    matrices = [shape for shape in shapes if sum(size > 1 for size in shape) > 1]
    widths = {width for way in layouts(matrices) for width in way.widths[1:]}
    if not widths or widths >= {int(np.prod(shape)) for shape in shapes if shape not in matrices}:
        not_applicable(_("its arrays do not form a chain of layers, with a bias each"))
    raise Mismatch(_("the shapes of the parameters"), str(shapes), _("matrices that chain, and biases"))


@then("changing any of them changes the output")
@then("改动其中任何一个都会改变输出")
def each_counts(world: World) -> None:
    """A change of each array changes the output; that of a bias that is never added does not."""
    world.need("output")
    base, kept = world.output(world.x), list(world.written)
    idle = []
    for place, name in enumerate(world.reading.names):
        noise = world.rng.normal(0.0, 0.5, kept[place].shape)
        world.write([value + noise if n == place else value for n, value in enumerate(kept)])
        if _same(world.output(world.x), base):
            idle.append(name)
    if idle:
        raise Mismatch(
            _("the parameters that change nothing"),
            ", ".join(idle),
            _("none"),
            Named(*(of_output(world.reading) & {"bias-not-added"})),
        )


def _same(one: Array, other: Array) -> bool:
    return bool(np.allclose(one, other, rtol=1e-9, atol=0))


@then("they are finite")
@then("它们都是有限的数")
def finite(world: World) -> None:
    """The new network's parameters have no nan and no infinity."""
    wrong = [
        name for name, value in zip(world.reading.names, world.before, strict=True) if not np.isfinite(value).all()
    ]
    holds(_("the parameters that are not finite"), not wrong, ", ".join(wrong), _("none"))


@then("no two units of a layer start alike")
@then("同一层中没有两个神经元的初始权重相同")
def units_differ(world: World) -> None:
    """No two hidden units have the same weights, since they would always get the same gradients."""
    if not world.reading.ways:
        not_applicable(_("the shapes do not form a chain of layers"))
    layout = world.reading.ways[0]
    for place, (weights, _bias) in enumerate(layout.whole(world.before)):
        if place == len(layout.layers) - 1 and place:  # the outputs differ by their labels
            continue
        differ = distinct(weights.T)
        if differ < weights.shape[1]:
            quantity = _("different units of layer {layer}").format(layer=place + 1)
            raise Mismatch(quantity, differ, weights.shape[1], Named("starts-at-zero" if _one_number(weights) else ""))


@then("writing into the one leaves the other as it is")
@then("改写其中一个，另一个不变")
def apart(world: World) -> None:
    """A change of the first network's parameters leaves the second one unchanged: they share no memory."""
    second, before = world.net, world.read()
    world.net = world.notes["first"]
    world.write([value + 1.0 for value in world.read()])
    world.net = second
    moved = [
        name
        for name, old, now in zip(world.reading.names, before, world.read(), strict=True)
        if not np.array_equal(old, now)
    ]
    if moved:
        quantity = _("the parameters that two networks share")
        raise Mismatch(quantity, ", ".join(moved), _("none"), Named("networks-share-arrays"))


@then(pattern("its outputs for {n:d} different images differ"))
@then(pattern("它对 {n:d} 张不同图像的输出互不相同"))
def outputs_differ(world: World, n: int) -> None:
    """A new network gives different outputs for different samples; one of a few does.

    In a layer of some ten ReLUs all may be idle for two of the samples, in one network of a thousand.
    """
    world.need("output")
    if world.reading.narrow:
        not_applicable(_("a layer has so few units that all of them may be idle for a sample"))
    out = world.output(world.samples(n)[0])
    for _number in range(FRESH if world.offers("new") else 0):
        if distinct(out) == n:
            break
        world.make()
        out = world.output(world.samples(n)[0])
    if distinct(out) < n or not np.isfinite(out).all():
        layers = [weights for way in world.reading.ways[:1] for weights, _bias in way.whole(world.read())]
        name = "starts-at-zero" if any(map(_one_number, layers)) else ""  # idle units alone are another fault
        raise Mismatch(_("the outputs of a fresh network"), out, _("{n} different rows").format(n=n), Named(name))


def _one_number(weights: Array) -> bool:
    """Whether all weights of a layer, of two units or more, are the same number."""
    return weights.shape[1] > 1 and float(np.ptp(weights)) == 0.0
