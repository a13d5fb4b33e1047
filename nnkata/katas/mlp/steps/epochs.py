"""The step that compares trainings of several epochs with trainings of one."""

from collections.abc import Iterable

import numpy as np

from nnkata.katas.mlp.functions import Array, labels_of
from nnkata.katas.mlp.misconceptions.catalogue import Named
from nnkata.katas.mlp.steps.common import pattern
from nnkata.katas.mlp.world import World, not_applicable
from nnkata.language import _
from nnkata.steps.compare import Mismatch
from nnkata.steps.definitions import then
from nnkata.subject import Raised

#: The draws of each small set, and the trainings of one epoch: two samples may come in either order, by chance.
DRAWS, ORDERS = 2, 4
#: The samples of a set to learn, the spread of those of a class, and the epochs of its longer training.
LEARNT, SPREAD, LONGER = 60, 0.1, 8
#: How much further it has to go than one epoch: half of 69 right networks went 2.3 times as far, a tenth less than 1.2
#: times, so that this can only speak for a network.
FURTHER = 1.2


@then(pattern("{epochs:d} epochs change them further than one"))
@then(pattern("{epochs:d} 轮训练比一轮使它们变化更多"))
def further(world: World, epochs: int) -> None:
    """Trainings of one and of several epochs end at different parameters.

    Of one sample, and of one sample with two labels, an epoch leaves nothing to chance but their order. A network may
    stop early by its own rule (all samples right, no better on some of them); so it fails only if all trainings of both
    sets end at the same parameters, and a training of a set that can be learnt goes no further either.
    """
    world.need("train")
    if not world.reading.ways:
        not_applicable(_("the shapes do not form a chain of layers"))
    compared = 0
    for draw in range(DRAWS):
        for count in (1, 2):
            world.randomise()
            x, y = _sample(world, count, draw)
            try:
                once = [_trained(world, x, y, 1) for _order in range(1 if count == 1 else ORDERS)]
                more = _trained(world, x, y, epochs)
            except Raised:  # it keeps some samples for a test of its own, or the like
                continue
            if _equal(once[0], world.written):
                continue
            if not any(_equal(more, one) for one in once):
                return
            compared += 1
    if not compared:
        not_applicable(_("it does not train on one or two samples"))
    one, longer = _ways(world, (1, LONGER))
    if longer <= FURTHER * one:
        quantity = _("the parameters after {epochs} epochs").format(epochs=epochs)
        wanted = _("others, further from the start")
        raise Mismatch(quantity, _("those after one epoch"), wanted, Named("epochs-ignored"))


def _sample(world: World, count: int, draw: int) -> tuple[Array, Array]:
    """One sample `count` times, with a label of its own each time."""
    x, _label = world.samples(1)
    classes = world.reading.classes
    return np.repeat(x, count, axis=0), labels_of((np.arange(count) + draw) % max(classes, 2), classes)


def _ways(world: World, epochs: Iterable[int]) -> list[float]:
    """The distances that parameters move, from one start, in trainings on one set that can be learnt."""
    world.randomise()
    classes = world.reading.classes
    numbers = np.arange(LEARNT) % max(classes, 2)
    typical = world.rng.random((max(classes, 2), world.reading.inputs))
    x = np.clip(typical[numbers] + world.rng.normal(0.0, SPREAD, (LEARNT, world.reading.inputs)), 0.0, 1.0)
    ends = [_trained(world, x, labels_of(numbers, classes), count) for count in epochs]
    return [
        float(np.sqrt(sum(((now - old) ** 2).sum() for now, old in zip(end, world.written, strict=True))))
        for end in ends
    ]


def _trained(world: World, x: Array, y: Array, epochs: int) -> list[Array]:
    """The parameters after a training from those last written."""
    world.write(world.written)
    world.train(x.copy(), y.copy(), epochs)
    return [np.asarray(value, np.float64) for value in world.read()]


def _equal(one: list[Array], other: list[Array]) -> bool:
    return all(np.allclose(a, b, rtol=1e-9, atol=1e-12) for a, b in zip(one, other, strict=True))
