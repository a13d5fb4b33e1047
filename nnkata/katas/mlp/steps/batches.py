"""Steps of the stage batches."""

import numpy as np

from nnkata.katas.mlp.clipping import cut_off
from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.misconceptions.catalogue import Named
from nnkata.katas.mlp.naming import all_names, of_scale
from nnkata.katas.mlp.steps.common import same
from nnkata.katas.mlp.trial import SMALL
from nnkata.katas.mlp.world import World, not_applicable
from nnkata.language import _
from nnkata.steps.compare import Mismatch
from nnkata.steps.definitions import then
from nnkata.subject import Raised


@then("they are the mean, or the sum, of the samples' own")
@then("它们等于各个样本梯度的平均或总和")
def of_samples(world: World) -> None:
    """The batch's gradient is the mean or the sum of its samples' own gradients; not applicable with weight decay."""
    world.repeatable()
    n = len(world.x)
    try:
        own = [world.gradients(world.x[i : i + 1], world.y[i : i + 1]) for i in range(n)]
    except Raised:
        not_applicable(_("the gradients of a single sample cannot be computed"))
    sums = [np.sum([np.asarray(g[leaf], np.float64) for g in own], axis=0) for leaf in range(len(world.grads))]
    ways = [(_("mean"), 1.0 / n), (_("sum"), 1.0)]
    rule = world.reading.fit.rule if world.reading.fit else None
    if rule is not None and (rule.decay or rule.sparse):
        not_applicable(_("weight decay is part of each sample's gradient"))
    for _name, factor in ways:
        if all(_close(world, came, factor * total) for came, total in zip(world.grads, sums, strict=True)):
            return
    if reason := cut_off([world.grads, *own]):
        not_applicable(reason)
    leaf = next(
        leaf
        for leaf, (came, total) in enumerate(zip(world.grads, sums, strict=True))
        if not _close(world, came, total / n)
    )
    names = set(all_names(world.reading, range(len(sums)))) or set(of_scale(world.reading))
    quantity = _("the gradient of {name} for the batch").format(name=world.reading.names[leaf])
    raise Mismatch(quantity, np.asarray(world.grads[leaf]), sums[leaf] / n, Named(*names))


def _least(world: World) -> float:
    """Smaller numbers, relative to the batch's largest gradient, are rounding: a softmax's errors add up to 1e-17."""
    return SMALL * max((float(np.max(np.abs(np.asarray(g)), initial=0.0)) for g in world.grads), default=0.0)


def _close(world: World, came: object, expected: Array) -> bool:
    try:
        same("", came, expected, 2 * world.reading.tolerance, least=_least(world))
    except Mismatch:
        return False
    return True


@then("a batch of one sample has them too")
@then("只有一个样本的一批也能求梯度")
def of_one(world: World) -> None:
    """The gradients of a single sample are finite: the last batch of an epoch may be that small."""
    found = world.gradients(world.x[:1], world.y[:1])
    for name, came in zip(world.reading.names, found, strict=True):
        if not np.isfinite(np.asarray(came, np.float64)).all():
            raise Mismatch(
                _("the gradient of {name} for one sample").format(name=name), came, _("finite numbers"), Named()
            )


@then("a batch without the last class has them too")
@then("没有最后一类的一批也能求梯度")
def without_last(world: World) -> None:
    """The gradients exist if the last class is missing: one-hot labels have a column for every class."""
    if world.reading.classes == 1:
        not_applicable(_("one output has no last class"))
    labels = np.arange(len(world.x)) % max(1, world.reading.classes - 1)
    try:
        found = world.gradients(world.x, np.eye(world.reading.classes)[labels])
    except Raised as error:
        world.gradients(world.x, world.y)  # raises, too, unless it is for want of that class
        wanted = _("gradients, as for any batch")
        raise Mismatch(
            _("a batch without the last class"), str(error), wanted, Named("one-hot-as-wide-as-the-batch")
        ) from None
    for name, came in zip(world.reading.names, found, strict=True):
        if not np.isfinite(np.asarray(came, np.float64)).all():
            raise Mismatch(
                _("the gradient of {name} for one class").format(name=name), came, _("finite numbers"), Named()
            )


@then("in another order the batch has the same")
@then("样本换个顺序，梯度不变")
def reordered(world: World) -> None:
    """The gradients do not depend on the order of the samples."""
    world.repeatable()
    order = np.roll(np.arange(len(world.x)), 1)
    now = world.gradients(world.x[order], world.y[order])
    names = all_names(world.reading, range(len(now)))
    for name, came, before in zip(world.reading.names, now, world.grads, strict=True):
        expected, quantity = np.asarray(before, np.float64), _("the gradient of {name}").format(name=name)
        same(quantity, came, expected, 2 * world.reading.tolerance, *names, least=_least(world))
