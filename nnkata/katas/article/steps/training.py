"""Steps of the stage training."""

from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.steps.common import measured, then, when
from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.compare import Mismatch, Near, holds, same
from nnkata.steps.needed import between, fits

#: The largest deviation of a sample's steps from one, measured along its gradient: in an epoch at a learning rate of
#: 0.0005 the weights move a little between the samples, by 5.1 % at most in 600,000 networks (docs/statistics.md).
DRIFT = 0.2


@when("it is trained on {copies:Copies} of a random sample")
def train_copies(world: World, copies: int) -> None:
    """The same sample again and again, so that the order does not matter."""
    world.x, world.y = world.sample()
    world.train(np.tile(world.x, (copies, 1)), np.tile(world.y, (copies, 1)))


@when("it is trained on {copies:d} copy of a random sample and validated on it under another label")
def train_against(world: World, copies: int) -> None:
    """The validation label is the first guess of the network, or the next class if that guess is right."""
    world.x, world.y = world.sample()
    guess = np.roll(world.y, 1)
    first = oracle.one_hot([int(np.argmax(oracle.forward(world.params, world.x).output))], world.sizes[3])[0]
    other = guess if np.array_equal(first, world.y) else first.astype(np.float64)
    xs = np.tile(world.x, (copies, 1))
    world.train(xs, np.tile(world.y, (copies, 1)), xs, np.tile(other, (copies, 1)))


@then("its weights are those after {steps:Steps}")
def after_steps(world: World, steps: int) -> None:
    """The weights are those of the oracle after the same number of steps."""
    expected = oracle.train(world.params, [world.x] * steps, [world.y] * steps, 1, world.rate)
    now = world.held()
    world.forward()
    precision = world.precision()
    for key in WEIGHTS:
        name = _("{key} after training").format(key=key)
        same(name, now[key], expected[key], precision, before=world.params[key])


def own_pixels(world: World, n: int, first: int = 0) -> tuple[Any, Any]:
    """n samples that have a pixel each (pixel `first` + i is 1, the rest is 0), with random labels."""
    between(first + 1, first + n, world.sizes[0], _("the samples with a pixel each"))
    labels = world.rng.integers(0, world.sizes[3], n)
    return np.eye(world.sizes[0])[first : first + n], oracle.one_hot(labels, world.sizes[3]).astype(np.float64)


@when("it is trained on {n:d} samples that have a pixel each")
def train_own(world: World, n: int) -> None:
    """Train for one epoch."""
    world.x, world.y = own_pixels(world, n)
    world.train(world.x, world.y)


@when("it is trained on {blank:d} blank samples and {n:d} that have a pixel each")
def train_large(world: World, blank: int, n: int) -> None:
    """The blank ones come first: all pixels 0, labels random. The others are the validation set too."""
    x, y = own_pixels(world, n)
    labels = world.rng.integers(0, world.sizes[3], blank)
    world.x = np.concatenate([np.zeros((blank, world.sizes[0])), x])
    world.y = np.concatenate([oracle.one_hot(labels, world.sizes[3]).astype(np.float64), y])
    world.train(world.x, world.y, x, y)


@then("each of the {n:d} pixels has moved its weights")
def all_moved(world: World, n: int) -> None:
    """Every column of W1 has changed."""
    pixels = int(np.sum(np.any(world.x, axis=1)))
    fits(n == pixels, _("the pixels"), n, pixels)
    lengths = np.linalg.norm(world.held()["W1"][:, :n] - world.params["W1"][:, :n], axis=0)
    holds(
        _("the samples with a pixel that have moved W1"),
        bool(lengths.all()),
        int(np.sum(lengths > 0)),
        n,
        _some(lengths),
    )


def _visits(world: World, ys: Any) -> Any:
    """The number of steps of each sample: its column of W1 has moved by that multiple of l_rate * gradient.

    At a learning rate of 0.0005 the weights hardly move, so each sample's step is nearly that from the start.
    """
    moved = world.held()["W1"].astype(np.float64) - world.params["W1"]
    counts = []
    for i, (x, y) in enumerate(zip(world.x, ys, strict=True)):
        step = -world.rate * oracle.gradients(world.params, x, y)["W1"][:, i]
        counts.append(float(step @ moved[:, i] / (step @ step)))
    return np.array(counts)


@then("every sample has made one step")
def once_each(world: World) -> None:
    """In any order; a column that has not moved is a sample left out, one that moved twice a repeated one."""
    moved = world.held()["W1"].astype(np.float64) - world.params["W1"]
    lengths = np.linalg.norm(moved[:, : len(world.x)], axis=0)
    by_label = np.array([_length(world, x) for x in world.x])
    counts = lengths / by_label[:, 0]
    fine = np.all((lengths >= (1 - DRIFT) * by_label[:, 1]) & (lengths <= (1 + DRIFT) * by_label[:, 2]))
    if not fine:
        raise Mismatch(
            _("the steps that each sample has made"),
            np.round(counts, 2),
            np.ones(len(counts)),
            _pattern(lengths, counts),
        )


def _length(world: World, x: Any) -> tuple[float, float, float]:
    """The typical, shortest and longest step of W1 by a sample, over all possible labels."""
    labels = np.eye(world.sizes[3])
    steps = [float(np.linalg.norm(oracle.gradients(world.params, x, y)["W1"])) * world.rate for y in labels]
    return float(np.mean(steps)), min(steps), max(steps)


def _pattern(lengths: Any, counts: Any) -> Any:
    """The moved samples and their distances, in any order: the same in every run of the same mistake."""
    moved = lengths > 0
    if moved.all():
        return [Near(float(count), 0.1) for count in counts]
    return _some(lengths)


def _some(lengths: Any) -> str:
    moved = lengths > 0
    if moved[:-1].all():
        return "all but the last"
    return {0: "none", 1: "one"}.get(int(moved.sum()), "some")


@then("every sample was learnt with its own label")
def own_labels(world: World) -> None:
    """The step of each sample has the direction of its own label's gradient."""
    counts = _visits(world, world.y)
    fine = np.abs(counts - 1) <= DRIFT
    if not fine.all():
        others = [_visits(world, np.tile(label, (len(world.y), 1))) for label in np.eye(world.sizes[3])]
        of_some_label = np.any(np.abs(np.array(others) - 1) <= DRIFT, axis=0).all()
        evidence = "steps of other labels" if of_some_label else [Near(float(count), 0.1) for count in counts]
        quantity = _("the steps of each sample towards its own label")
        raise Mismatch(quantity, np.round(counts, 2), np.ones(len(counts)), evidence)


@when("it is trained on {n:d} samples and validated on {m:d} others that have a pixel each")
def train_validate(world: World, n: int, m: int) -> None:
    """Training samples have the first pixels, validation samples the next ones."""
    world.x, world.y = own_pixels(world, n)
    x_val, y_val = own_pixels(world, m, first=n)
    world.train(world.x, world.y, x_val, y_val)
    world.notes["validation"] = slice(n, n + m)


@then("nothing was learnt from the validation samples")
def validation_kept(world: World) -> None:
    """The columns of W1 of the validation samples have not moved."""
    columns = world.notes["validation"]
    moved = np.linalg.norm(world.held()["W1"][:, columns] - world.params["W1"][:, columns], axis=0)
    evidence = [Near(float(length), 0.3 * float(length)) for length in moved]
    holds(_("the validation samples that were learnt"), not moved.any(), int(np.sum(moved > 0)), 0, evidence)


@when("it is trained on {n:d} images of MNIST")
def train_images(world: World, n: int) -> None:
    """Random images, with their labels."""
    images, labels = world.judged.dataset.images, world.judged.dataset.labels
    fits(world.sizes[0] == oracle.PIXELS, _("the first width"), world.sizes[0], oracle.PIXELS)
    fits(world.sizes[3] == oracle.CLASSES, _("the last width"), world.sizes[3], oracle.CLASSES)
    between(1, n, len(images), _("the images"))
    chosen = world.rng.choice(len(images), n, replace=False)
    world.x, world.y = oracle.pixels(images[chosen]), oracle.one_hot(labels[chosen])
    world.train(world.x, world.y)


@then("it gets all {n:d} right")
def all_right(world: World, n: int) -> None:
    """Every training image is right, by forward passes."""
    fits(n == len(world.x), _("the images"), n, len(world.x))
    right = round(measured(world, world.x, world.y) * n)
    holds(_("the images that it gets right"), right == n, right, n, "not all")
