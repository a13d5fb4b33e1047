"""Steps of the stage step."""

import numpy as np

from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.misconceptions.catalogue import Named
from nnkata.katas.mlp.moved_weights.optimizers import decaying, normalised, remembering
from nnkata.katas.mlp.moved_weights.update_order import moved_first
from nnkata.katas.mlp.world import World, not_applicable
from nnkata.language import _
from nnkata.steps.compare import Mismatch
from nnkata.steps.definitions import then, when

#: The relative tolerance of a rate by dtype: it is inferred from changes of the parameters, which are rounded.
RATE_TOLERANCE = {"float16": 1e-1, "float32": 1e-2, "float64": 1e-4}

#: A sum that should be 0, such as that of a softmax's errors, is the rounding of its numbers, a few times the epsilon
#: of their dtype.
ROUNDINGS = 16


@when("the network makes a step on the batch")
@when("网络在这批样本上更新一步")
def step(world: World) -> None:
    """Make a step, and keep the gradients before it and the changes of the parameters."""
    world.need("step")
    world.notes["before"] = [np.asarray(g, np.float64) for g in world.gradients(world.x, world.y)]
    world.write(world.written)
    base = world.written
    world.outcome = world.functions.call("step", world.net, world.x, world.y)
    now = [np.asarray(value, np.float64) for value in world.read()]
    world.notes["moves"] = [after - before for after, before in zip(now, base, strict=True)]


@then("every array of parameters has moved")
@then("每个参数数组都变了")
def moved(world: World) -> None:
    """Every parameter has changed whose gradient is more than the rounding of the largest one."""
    largest = [float(np.abs(gradient).max(initial=0.0)) for gradient in world.notes["before"]]
    least = ROUNDINGS * np.finfo(world.reading.precision).eps * max(largest)
    still = [
        name
        for name, move, slope in zip(world.reading.names, world.notes["moves"], largest, strict=True)
        if not np.any(move) and slope > least
    ]
    if still:
        names = _stayed(world, still)
        raise Mismatch(_("the parameters that did not move"), ", ".join(still), _("none"), Named(*names))


def _stayed(world: World, still: list[str]) -> tuple[str, ...]:
    if len(still) == len(world.reading.names):
        return ("step-moves-nothing",)
    ways = world.reading.ways
    kinds = {ways[0].kind(world.reading.names.index(name))[0] for name in still} if ways else set()
    every = kinds == {"bias"} and len(still) == biases_of(world)
    return ("step-leaves-biases",) if every and world.reading.right else ()


def biases_of(world: World) -> int:
    """The number of biases that are arrays of their own."""
    return sum(bias is not None for _weights, bias in world.reading.ways[0].layers)


@then("it went against the gradients, all at one rate")
@then("它沿各梯度的反方向走，且步长一致")
def one_rate(world: World) -> None:
    """The step is W - rate · gradient, with one positive rate for all parameters."""
    world.repeatable()
    moves, gradients = world.notes["moves"], world.notes["before"]
    if not any(np.any(move) for move in moves):
        raise Mismatch(_("the moves of the parameters"), 0.0, _("a step"), Named("step-moves-nothing"))
    if any(np.shape(g) != np.shape(m) for g, m in zip(gradients, moves, strict=True)):
        not_applicable(_("the gradients have other shapes than the parameters"))
    _plain(world, moves, gradients, world.written)
    last = max(range(len(moves)), key=lambda leaf: float(np.abs(gradients[leaf]).max(initial=0.0)))
    if world.reading.layout is not None:  # mistakes of other layers do not affect it
        last = world.reading.layout.layers[-1][0]
    rate, tolerance = -_ratio(moves[last], gradients[last]), RATE_TOLERANCE[world.reading.precision]
    if rate < 0:
        off = np.abs(moves[last] + rate * gradients[last]).max()
        up = off <= tolerance * np.abs(moves[last]).max()  # and not another way altogether
        raise Mismatch(_("the rate of the step"), rate, _("a positive number"), Named(*(["steps-up"] if up else [])))
    for name, move, gradient in zip(world.reading.names, moves, gradients, strict=True):
        expected = -rate * gradient
        limit = tolerance * float(np.abs(expected).max(initial=0.0)) + 1e-12
        if np.any(np.abs(move - expected) > limit):
            still = [n for n, m in zip(world.reading.names, moves, strict=True) if not np.any(m)]
            names = _stayed(world, still) if still else _carried(world, rate)
            raise Mismatch(_("the move of {name}").format(name=name), move, expected, Named(*names))


def _plain(world: World, moves: list[Array], gradients: list[Array], parameters: list[Array]) -> None:
    """Skip the clause if the first step is that of an optimizer in which it is no multiple of the gradient."""
    tolerance = RATE_TOLERANCE[world.reading.precision]
    if reason := normalised(moves, gradients) or decaying(moves, gradients, parameters, tolerance):
        not_applicable(reason)


def _ratio(move: Array, gradient: Array) -> float:
    return float((move * gradient).sum() / (gradient * gradient).sum())


def _carried(world: World, rate: float) -> tuple[str, ...]:
    """The name, if the changes fit weights that were updated before the error went back through them."""
    reading = world.reading
    if reading.layout is None or reading.fit is None:
        return ()
    return ("updated-before-carried-back",) if moved_first(world, rate) else ()


@then("a second step is as long as its gradients say")
@then("第二步的长短仍由它的梯度决定")
def second(world: World) -> None:
    """The second step has the rate of the first: nothing is carried over, but by an optimizer that remembers."""
    world.repeatable()
    first = [np.array(move) for move in world.notes["moves"]]
    gradients = [np.array(g) for g in world.notes["before"]]
    leaf = max(range(len(first)), key=lambda n: float(np.abs(first[n]).max(initial=0.0)))
    if not np.any(first[leaf]) or first[leaf].shape != gradients[leaf].shape:
        not_applicable(_("the first step moved nothing"))
    _plain(world, first, gradients, world.written)
    world.written = [np.asarray(value, np.float64) for value in world.read()]
    step(world)
    if not np.any(world.notes["before"][leaf]):
        not_applicable(_("the gradient of the second step is 0: no unit is active on the batch"))
    rates = [-_ratio(m[leaf], g[leaf]) for m, g in ((first, gradients), (world.notes["moves"], world.notes["before"]))]
    tolerance = 10 * RATE_TOLERANCE[world.reading.precision]
    if not np.isclose(rates[0], rates[1], rtol=tolerance):
        if reason := remembering(first[leaf], world.notes["moves"][leaf], world.notes["before"][leaf], tolerance):
            not_applicable(reason)
        raise Mismatch(_("the rate of the second step"), rates[1], rates[0], Named())
