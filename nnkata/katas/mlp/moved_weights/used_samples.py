"""Which samples of a training set moved the weights of their own pixel: whether an epoch used them."""

import time
from collections.abc import Sequence

import numpy as np

from nnkata.katas.mlp.functions import Array, labels_of
from nnkata.katas.mlp.misconceptions.catalogue import Named
from nnkata.katas.mlp.moved_weights.pairing import across
from nnkata.katas.mlp.oracle import Pass
from nnkata.katas.mlp.world import World
from nnkata.language import _
from nnkata.steps.compare import Mismatch

#: The samples of a larger set for networks of fewer inputs: more than a usual batch, and no multiple of one.
LARGER = 67
#: The samples of larger sets that are followed, and the share of them that has to be unused: more than people keep for
#: a test of their own.
FOLLOWED, UNUSED = 40, 0.4
#: The seconds of a training of a larger set from which on there are no more.
SLOW = 0.3


def trained(world: World, epochs: int) -> None:
    """Train, and keep the parameters before and after."""
    world.before = world.written
    world.train(world.x.copy(), world.y.copy(), epochs)
    world.notes["after"] = [np.asarray(value, np.float64) for value in world.read()]


def first_weights(world: World) -> tuple[Array, Array]:
    """The first layer's weights (in, out), before and after."""
    layout = world.reading.layout or world.reading.ways[0]
    return layout.whole(world.before)[0][0], layout.whole(world.notes["after"])[0][0]


def unmoved(world: World, places: Sequence[int] = ()) -> list[int]:
    """The samples whose pixel's weights have not changed, without those that activate no unit before or after.

    Pixel n is that of sample n, or of the sample at the n-th of `places`. Weights that decay have only become smaller,
    also where a step shrinks them, which their gradients do not show; a row of one weight has no other direction.
    """
    at = list(places) or list(range(len(world.x)))
    before, after = first_weights(world)
    if decays(world) or before.shape[1] > 1:
        after = before + across(after - before, before)
    idle = [n for n in range(len(at)) if np.allclose(before[n], after[n], rtol=1e-9, atol=1e-12)]
    for parameters in (world.before, world.notes["after"]):
        if idle and (errors := errors_of(world, parameters)) is not None:
            idle = [n for n in idle if np.any(errors[at[n]])]
    return idle


def errors_of(world: World, parameters: list[Array]) -> Array | None:
    """Each sample's error at the first layer with these parameters, (n, width)."""
    reading = world.reading
    if reading.layout is None or reading.fit is None:
        return None
    return Pass(reading.fit.rule, reading.layout.whole(parameters), world.x).deltas(world.y)[0]


def decays(world: World) -> bool:
    """Whether the weights decay."""
    rule = world.reading.fit.rule if world.reading.fit is not None else None
    return rule is not None and (rule.decay > 0 or rule.sparse > 0)


def unused(world: World, still: Sequence[int]) -> tuple[str, ...]:
    """The mistake that leaves just these samples unused; none if that is unknown."""
    n, changed = len(world.x), world.outcome.after
    rows = np.asarray(changed[1]) if len(changed) > 1 and isinstance(changed[1], np.ndarray) else world.x
    if rows.shape == world.x.shape and len(np.unique(rows, axis=0)) < n:
        return ("rows-doubled-by-shuffle",)
    errors = errors_of(world, world.before)
    if errors is None or not world.reading.right:
        return ()
    used = n - len(still)
    if not used:  # the first layer does not learn at all
        return ()
    ahead = list(still) == list(range(used, n))
    before, after = first_weights(world)
    if ahead and used <= n / 2:  # only the first rows: all equally often, or the middle ones more often
        often = np.linalg.norm((after - before)[:used], axis=1) / np.linalg.norm(errors[:used], axis=1)
        few = 0.75 * np.median(often)
        return ("batches-overlap",) if (often[0] + often[-1]) / 2 < few else ("first-batch-only",)
    return ("rest-dropped",) if used > n / 2 and (ahead or used > 0.8 * n) and _rest(world, used) else ()


def _rest(world: World, used: int) -> bool:
    """Whether the unused samples are the rest of the last batch: none are left over of as many as were used.

    Or a whole batch is, where a loop ends before the last full one. Samples that each batch leaves out, or that are
    kept for a test of the network's own, are left over of any set.
    """
    whole, labels = world.x, world.y
    try:
        world.randomise()
        world.x, world.y = whole[:used], labels[:used]
        trained(world, 1)
        batch = len(unmoved(world))
    finally:
        world.x, world.y = whole, labels
    return not batch or (batch > len(whole) - used and used % batch == 0)


def most_of_more(world: World) -> None:
    """Most samples of a set that is larger than a usual batch have moved the weights of their pixel as well.

    In a network of few inputs only some samples of a training can have a pixel of their own; they are anywhere among
    the others. A network may keep some samples for a test of its own, so that more than these have to be unused.
    """
    inputs, classes = world.reading.inputs, max(world.reading.classes, 2)
    if inputs >= LARGER or (world.reading.narrow and "ReLU" in " ".join(world.reading.hidden)):
        return
    lit = unused = 0
    while lit < FOLLOWED:
        world.randomise()
        places = np.sort(world.rng.choice(LARGER, inputs, replace=False))
        world.x = np.zeros((LARGER, inputs))
        world.x[places, np.arange(inputs)] = 1.0
        world.y = labels_of(np.arange(LARGER) * 7 % classes, world.reading.classes)
        begun = time.perf_counter()
        trained(world, 1)
        if time.perf_counter() - begun > SLOW:
            return
        lit += inputs
        unused += len(unmoved(world, [int(place) for place in places]))
    if unused > UNUSED * lit:
        quantity = _("the share of a larger set's samples that were used")
        raise Mismatch(quantity, f"{1 - unused / lit:.0%}", "100%", Named())
