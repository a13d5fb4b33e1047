"""Steps of the stage training."""

from collections.abc import Callable

import numpy as np

from nnkata.katas.mlp.facts import TIMES
from nnkata.katas.mlp.functions import Array, labels_of
from nnkata.katas.mlp.misconceptions.catalogue import Named
from nnkata.katas.mlp.moved_weights.pairing import PAIRED, Pairing, pairing, steady, unpaired
from nnkata.katas.mlp.moved_weights.used_samples import decays, first_weights, most_of_more, trained, unmoved, unused
from nnkata.katas.mlp.oracle import Pass
from nnkata.katas.mlp.steps.common import losses, lowered, pattern
from nnkata.katas.mlp.steps.step import biases_of
from nnkata.katas.mlp.world import World, not_applicable
from nnkata.language import _
from nnkata.steps.compare import Mismatch, holds
from nnkata.steps.definitions import given, then, when
from nnkata.subject import Raised

#: The size of a set whose samples have a pixel of their own: 301 is no multiple of usual batch sizes, so that the last
#: batch of an epoch is smaller.
MOST = 301
#: The samples from which on a share of them decides, and the most further trainings of a set that has fewer.
FEW, MORE = 40, 5
#: The least width of a hidden layer that shows whose label moved a weight: of 830 right networks with one of 3 to 7
#: units, six had a share by chance, none of them with 5 or more.
FEWEST = 5
#: The least cosine of the weights before and after an epoch; that of new random ones is 0 ± 0.1 in a layer of a hundred
#: weights.
ALIKE = 0.5
#: Weights so many times as long as random ones are no new start: an epoch alone adds a part to a start's length.
FAR = 3.0
#: The epochs of a second training, and the share of its pixels that are lit: their mean square is then 0.1, MNIST's.
EPOCHS, LIT = 5, 0.3


@given("a training set in which every sample has a pixel of its own")
@given("一个训练集，每个样本都有一个只属于它的像素")
def own_pixels(world: World) -> None:
    """Make a set in which only pixel i of sample i is lit; the labels cycle through the classes."""
    world.need("train")
    if not world.reading.ways or not world.reading.ways[0].layers:
        not_applicable(_("the shapes do not form a chain of layers"))
    n = min(world.reading.inputs, MOST)
    world.x = np.eye(world.reading.inputs)[:n]
    world.y = labels_of(np.arange(n) * 7 % max(world.reading.classes, 2), world.reading.classes)


@given(pattern("a training set of {n:d} random samples"))
@given(pattern("一个有 {n:d} 个随机样本的训练集"))
def random_set(world: World, n: int) -> None:
    """Draw n random samples and labels."""
    world.need("train")
    world.x, world.y = world.samples(n)


@when(pattern("the network is trained for {epochs:d} epoch"))
@when(pattern("the network is trained for {epochs:d} epochs"))
@when(pattern("网络训练 {epochs:d} 轮"))
def train(world: World, epochs: int) -> None:
    """Train, and keep the parameters before and after."""
    trained(world, epochs)


def _not_at_all(world: World) -> None:
    if all(np.array_equal(a, b) for a, b in zip(world.before, world.notes["after"], strict=True)):
        raise Mismatch(_("the moves of the parameters"), 0.0, _("some"), Named("train-moves-nothing"))


@then("every sample has moved the weights of its pixel")
@then("每个样本都改变了它的像素所连的权重")
def all_used(world: World) -> None:
    """The weights of each sample's pixel have changed; those of an unused sample would not.

    A sample may activate no unit at the moment of its visit, so with new random parameters it gets a second chance; in
    a network with a narrow layer several, and there the samples count that were used in none of the trainings.
    """
    _not_at_all(world)
    still = unmoved(world)
    for _again in range(TIMES if world.reading.narrow else 1):
        if not still:
            break
        world.randomise()
        train(world, 1)
        now = unmoved(world)
        still = [n for n in still if n in now] if world.reading.narrow else now
    if still:
        used = len(world.x) - len(still)
        raise Mismatch(_("the samples that were used"), used, len(world.x), Named(*unused(world, still)))
    most_of_more(world)


@then("each has moved them towards its own label")
@then("每个样本都使它们朝自己标签的方向改变")
def paired(world: World) -> None:
    """Most pixels' weights moved along the step of their sample's own label, compared with the steps of all labels."""
    _not_at_all(world)
    reading = world.reading
    if reading.layout is None or reading.fit is None:
        not_applicable(_("the function of the network could not be read from its numbers"))
    if reading.classes == 1:
        not_applicable(_("with one output, half of all moves are towards a wrong label too"))
    found = _pairing(world)
    for _again in range(min(MORE, -(-FEW // len(world.x)) - 1)):  # a few samples may keep their labels by chance
        likeness = _likeness(world)
        world.randomise()
        train(world, 1)
        if likeness < ALIKE or _likeness(world) < ALIKE:
            break
        found = found.and_those(_pairing(world))
    share = found.share
    if share < PAIRED and min(reading.ways[0].widths[1:-1], default=FEWEST) < FEWEST:  # its units move up or down alone
        not_applicable(_("a hidden layer of so few units does not tell whose label moved a weight"))
    bounded = reading.fit.rule.loss == "absolute error"  # the sign of an error hardly shows its label
    if share < PAIRED and (bounded or unpaired(reading.classes, len(found.own)) <= share or not _steady(world)):
        not_applicable(_("its steps are too long to tell which sample moved a weight"))
    before, after = first_weights(world)
    told = reading.right and _likeness(world) >= ALIKE and np.any(after[: len(world.x)] != before[: len(world.x)])
    name = found.name(reading.classes) if told else ""
    wanted = _("at least {share:.0%}").format(share=PAIRED)
    holds(
        _("the share of samples that moved towards their own label"),
        share >= PAIRED,
        f"{share:.0%}",
        wanted,
        Named(name),
    )


def _pairing(world: World) -> Pairing:
    """Whether the latest training moved each sample's weights towards its own label."""
    reading = world.reading
    assert reading.layout is not None
    assert reading.fit is not None
    before, after = (weights[: len(world.x)] for weights in first_weights(world))
    passed = Pass(reading.fit.rule, reading.layout.whole(world.before), world.x)
    found = pairing(passed, after - before, world.y, before if decays(world) else None)
    if len(found.own) and found.share < PAIRED:  # a step may shrink the weights, which their gradients do not show
        return max(found, pairing(passed, after - before, world.y, before), key=lambda one: one.share)
    return found


def _steady(world: World) -> bool:
    """Whether the latest training moved the network so little that its start tells where a sample moved a weight."""
    reading = world.reading
    assert reading.layout is not None
    assert reading.fit is not None
    before, after = (
        Pass(reading.fit.rule, reading.layout.whole(parameters), world.x)
        for parameters in (world.before, world.notes["after"])
    )
    return steady(before, after, world.y)


@then("it went on from the parameters that it had")
@then("训练是从原有参数继续的")
def went_on(world: World) -> None:
    """The first layer's weights still resemble the old ones; new random weights would not, but are no larger.

    A new start loses the old weights in a training on one sample as well; many long steps lose them only together.
    """
    quantity = _("the likeness of the first layer's weights before and after (1: the same direction)")
    likeness = _likeness(world)
    if not likeness > ALIKE and (_one_keeps(world) or not _length_ratio(world) <= FAR):
        not_applicable(_("its steps are too long to tell a new start from training"))
    name = "starts-again" if likeness > ALIKE or _steps_on(world) else ""
    holds(quantity, likeness > ALIKE, likeness, _("more than {least:g}").format(least=ALIKE), Named(name))


def _steps_on(world: World) -> bool:
    """Whether a single step leaves the first layer's weights alike: else training need not start again to lose them."""
    if not world.offers("step"):
        return True
    return _keeps(world, lambda x, y: world.functions.call("step", world.net, x, y))


def _one_keeps(world: World) -> bool:
    """Whether a training on one sample leaves the first layer's weights alike; not if it raises."""
    outcome = world.outcome
    try:
        return _keeps(world, lambda x, y: world.train(x, y, 1))
    except Raised:
        return False
    finally:
        world.outcome = outcome


def _keeps(world: World, act: Callable[[Array, Array], object]) -> bool:
    """Whether an act on the first sample, with the parameters before the training, leaves the first layer's alike."""
    before, after = world.before, world.notes["after"]
    world.write(before)
    act(world.x[:1].copy(), world.y[:1].copy())
    world.notes["after"] = [np.asarray(value, np.float64) for value in world.read()]
    alike = _likeness(world) > ALIKE
    world.before, world.notes["after"] = before, after
    return alike


def _likeness(world: World) -> float:
    before, after = first_weights(world)
    return float((before * after).sum() / (np.linalg.norm(before) * np.linalg.norm(after) + 1e-300))


def _length_ratio(world: World) -> float:
    """The first layer's weights after training over those before, or of a new network, whichever are longer."""
    before, after = first_weights(world)
    longest = float(np.linalg.norm(before))
    if "new" in world.functions.names():
        world.make()
        world.before = [np.asarray(value, np.float64) for value in world.read()]
        longest = max(longest, float(np.linalg.norm(first_weights(world)[0])))
    return float(np.linalg.norm(after)) / longest


@then("the loss of the set is lower than before")
@then("训练集上的损失比之前小")
def lower(world: World) -> None:
    """The loss is lower than before; or else after a training from the network's own start, whose rate is for that.

    The rate is also for samples as dark as MNIST's: where all pixels are lit, a step has three times the effect.
    """
    world.need("output")
    after = losses(world)
    world.write(world.before)
    before = losses(world)
    _not_at_all(world)
    good = lowered(before, after)
    if not good and "new" in world.functions.names():
        world.make()
        world.x = np.where(world.rng.random(world.x.shape) < LIT, world.x, 0.0)
        start = losses(world)
        world.train(world.x.copy(), world.y.copy(), EPOCHS)
        good = lowered(start, losses(world))
    wanted = _("less than {before:.6g}").format(before=before[0])
    holds(_("the loss after training"), good, after[0], wanted, Named())


@then("the training set is as it was")
@then("训练集保持不变")
def set_kept(world: World) -> None:
    """The caller's arrays are unchanged; only the order of the visits is free."""
    for place, name in ((1, "x"), (2, "y")):
        before, after = world.outcome.given[place], world.outcome.after[place]
        if not np.array_equal(before, after):
            doubled = len(np.unique(after, axis=0)) < len(np.unique(before, axis=0)) and name == "x"
            quantity = _("{name} after training").format(name=name)
            raise Mismatch(quantity, after, before, Named("rows-doubled-by-shuffle" if doubled else ""))


@then("every array of parameters has been trained")
@then("每个参数数组都得到了训练")
def all_trained(world: World) -> None:
    """Every array of parameters has changed."""
    pairs = zip(world.reading.names, world.before, world.notes["after"], strict=True)
    still = [name for name, before, after in pairs if np.array_equal(before, after)]
    if still:
        every = len(still) == len(world.reading.names)
        layout = world.reading.ways[0] if world.reading.ways else None
        kinds = {layout.kind(world.reading.names.index(name))[0] for name in still} if layout else set()
        name = "train-moves-nothing" if every else ""
        if kinds == {"bias"} and len(still) == biases_of(world) and world.reading.right:
            name = "step-leaves-biases"
        raise Mismatch(_("the parameters that did not move"), ", ".join(still), _("none"), Named(name))
