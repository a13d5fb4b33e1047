"""Steps of the stage mnist. Rate, epochs and thresholds are measured: see docs/statistics.md."""

from typing import Any

from nnkata.katas.article.sets import Sets, indexed
from nnkata.katas.article.steps.common import claimed, given, measured, then, when
from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.compare import Near, holds
from nnkata.steps.needed import between

SIZES = [784, 128, 64, 10]
RATE = 0.05
#: After an epoch no right network is below this, 12 deviations from the mean: below it, training stops and the clause
#: fails.
HOPELESS = 0.4
#: The images with which the thresholds were measured, the bundled ones.
MEASURED = 5000

#: The sets of the latest data, for every network that is judged on it: they are read-only, and 4 MB.
_made: tuple[Any, Sets] = (None, [])


@given("a network for MNIST")
def network(world: World) -> None:
    """The article's widths; one epoch per call of train, so that training can stop at the threshold."""
    world.make(SIZES, l_rate=RATE, epochs=1)


def unseen(world: World) -> tuple[Any, Any]:
    """Images and labels that train never gets."""
    return sets(world)[2]


def sets(world: World) -> Sets:
    """Training, validation and unseen images, each of float32 (n, 784) with one-hot labels (n, 10)."""
    global _made
    images, labels = world.judged.dataset.images, world.judged.dataset.labels
    if _made[0] is not images:
        _made = (images, indexed(images, labels))
    return _made[1]


@when("its accuracy is measured on images it has not seen")
def measure(world: World) -> None:
    """Forward passes, counted here."""
    world.notes["accuracy"] = world.measured["accuracy"] = measured(world, *unseen(world))


@then("the accuracy is below {percent:d} %")
def below(world: World, percent: int) -> None:
    """The accuracy is near chance."""
    between(1, percent, 100, _("the percentage"))
    came = world.notes["accuracy"]
    holds(
        _("the accuracy of a new network"),
        came < percent / 100,
        came,
        _("less than {percent} %").format(percent=percent) + _few(world),
        Near(came, 0.05),
    )


def _few(world: World) -> str:
    """A remark about data with fewer images than those of the thresholds: the data may be at fault."""
    n = len(world.judged.dataset.images)
    text = _(" - with {wanted} images or more; here are {n}")
    return text.format(wanted=MEASURED, n=n) if n < MEASURED else ""


@when("it is trained on MNIST, for up to {epochs:Epochs}")
def train(world: World, epochs: int) -> None:
    """One epoch at a time; the last step stops at the threshold."""
    world.notes["epochs"] = epochs


@then("its accuracy on images it has not seen is at least {percent:d} %")
def reaches(world: World, percent: int) -> None:
    """Training, with a measurement after each epoch."""
    between(1, percent, 100, _("the percentage"))
    training, validation, hidden = sets(world)
    came = 0.0
    for _epoch in range(world.notes["epochs"]):
        world.train(*training, *validation)
        came = world.measured["accuracy"] = measured(world, *hidden)
        if came >= percent / 100 or came < HOPELESS:
            break
    holds(
        _("the accuracy on unseen images"),
        came >= percent / 100,
        came,
        _("at least {percent} %").format(percent=percent) + _few(world),
        "too low",
    )


@when("compute_accuracy is asked about images it has not seen")
def ask(world: World) -> None:
    """Call compute_accuracy; nnkata measures on the same images."""
    xs, ys = unseen(world)
    world.notes["accuracy"] = measured(world, xs, ys)
    world.outcome = world.net.call("compute_accuracy", xs, ys, seconds=10 + 0.01 * len(xs))


@then("it agrees with the accuracy that its forward passes give")
def agrees(world: World) -> None:
    """The two accuracies agree to half a sample."""
    came, expected = claimed(world), world.notes["accuracy"]
    holds(
        _("the result of compute_accuracy"),
        abs(came - expected) <= 0.5 / len(unseen(world)[0]),
        came,
        expected,
        Near(came, 0.05),
    )
