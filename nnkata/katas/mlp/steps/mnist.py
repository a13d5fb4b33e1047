"""Steps of the stage mnist."""

import time

import numpy as np

from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.steps.common import pattern
from nnkata.katas.mlp.world import World, not_applicable
from nnkata.language import _
from nnkata.steps.compare import holds
from nnkata.steps.definitions import given, then, when

#: The limits of the training, in seconds and epochs: a network of 784-128-10 with batches of 32 takes 1 s; one that
#: makes a single step per epoch takes some hundred epochs of 50 ms.
SECONDS, EPOCHS = 30.0, 400
#: The limit in seconds for a network that still improves then: beside other processes, it may compute at a quarter of
#: its speed.
GAINING_SECONDS = 120.0


@given(pattern("{train:d} images of MNIST to learn from and {test:d} others"))
@given(pattern("{train:d} 张用来训练的 MNIST 图像和另外 {test:d} 张"))
def images(world: World, train: int, test: int) -> None:
    """Draw images at random: pixels divided by 255, one-hot labels."""
    world.need("train", "output")
    if (world.reading.inputs, world.reading.classes) != (784, 10):
        not_applicable(_("it is not a network of 784 inputs and 10 outputs"))
    pixels, labels = world.judged.dataset.images, world.judged.dataset.labels
    order = world.rng.permutation(len(pixels))[: train + test]
    x, y = pixels[order] / 255.0, np.eye(10)[labels[order]]
    world.x, world.y = x[:train], y[:train]
    world.notes["test"] = x[train:], y[train:]


def _accuracy(world: World, x: Array, y: Array) -> float:
    return float(np.mean(np.asarray(world.output(x)).argmax(axis=1) == y.argmax(axis=1)))


@when(pattern("the network learns until it knows {share:d} % of the others, or its time is up"))
@when(pattern("网络一直训练，直到识别对另外那些图像的 {share:d}%，或时间用完"))
def learn(world: World, share: int) -> None:
    """Train for more and more epochs, at the network's own settings, until it reaches the share or a limit."""
    began, epochs, more = time.monotonic(), 0, 1
    best, gains = 0.0, True
    while epochs < EPOCHS and 100 * best < share:
        if time.monotonic() - began > (GAINING_SECONDS if gains else SECONDS):
            break
        world.train(world.x, world.y, more)
        epochs, more = epochs + more, min(2 * more, 50)
        known = _accuracy(world, *world.notes["test"])
        best, gains = max(best, known), known > best
    world.notes["best"] = best
    world.measured["accuracy"], world.measured["epochs"] = best, float(epochs)


@then(pattern("it knows {share:d} % of them"))
@then(pattern("它识别对了其中的 {share:d}%"))
def knows(world: World, share: int) -> None:
    """The accuracy on unseen images, measured from the network's outputs, reaches the share."""
    text = f"{world.notes['best']:.1%}"
    holds(_("the share of new images that it knows"), 100 * world.notes["best"] >= share, text, f"{share} %")
