"""Steps about the accuracy that a network reports, of the stage training."""

from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.steps.common import claimed, given, then, when
from nnkata.katas.article.steps.world import World
from nnkata.language import _
from nnkata.steps.compare import array, holds
from nnkata.steps.needed import between, fits


@given("weights that pass the largest pixel through to the output")
def pass_through(world: World) -> None:
    """Identities, scaled so that the largest element dominates."""
    _equal(world, 4)
    world.hold({key: 4.0 * np.eye(world.sizes[0]) for key in WEIGHTS})


@given("weights that always answer class 0")
def constant(world: World) -> None:
    """Only the first unit of the output has an input."""
    _equal(world, 3)
    first = np.zeros(world.shape("W3"))
    first[0] = 4.0
    world.hold({"W1": np.eye(world.sizes[0]), "W2": np.eye(world.sizes[0]), "W3": first})


@given("random weights with which the answers differ from sample to sample")
def telling(world: World) -> None:
    """Random weights; W3 without the common part of all answers, each row of the length SHARP.

    With another activation in a layer, or the smallest output, at least one of 60 answers was another class in each of
    200 draws at 12-9-8-6.
    """
    weights = world.known_weights(SPREAD)
    xs, _ys = world.sample(MANY)
    usual = np.mean([oracle.forward(weights, x).a2 for x in xs], axis=0)
    w3 = weights["W3"] - np.outer(weights["W3"] @ usual, usual) / (usual @ usual)
    w3 = SHARP * w3 / np.linalg.norm(w3, axis=1, keepdims=True)
    world.hold({**weights, "W3": w3.astype(np.float32).astype(np.float64)})


#: The standard deviation of W1 and W2: hidden units are where a sigmoid is bent; and the length of a row of W3.
SPREAD, SHARP = 3.0, 8.0
#: The samples from which the common part of all answers is taken.
MANY = 200


def _equal(world: World, count: int) -> None:
    """The first widths are equal, so that identities are weights."""
    widths = world.sizes[:count]
    fits(len(set(widths)) == 1, _("the widths"), widths, _("{count} equal ones").format(count=count))


@when("the accuracy is computed on {n:d} samples of which {right:d} are right")
def accuracy_known(world: World, n: int, right: int) -> None:
    """Pixels in random order; the label is the network's own answer; at both ends and in random places, the next class.

    An order in which the classes take turns, with the wrong ones at the end, gives the right number by accident: the
    largest output of each column stands where the first label of that class does. A rule that takes the first or the
    last sample for right gives another number in every run.
    """
    fits(n > 0, _("the samples"), n, _("at least {first}").format(first=1))
    between(0, right, n, _("the right ones"))
    xs = np.eye(world.sizes[0])[world.rng.permutation(np.arange(n) % world.sizes[0])]
    outputs = world.net.call("forward_pass", xs, rows=True).value
    answers = np.array([int(np.argmax(array(_("the output"), value, (world.sizes[3],)))) for value in outputs])
    labels = (answers + _at_the_ends(world, n, n - right)) % world.sizes[3]
    _accuracy(world, xs, oracle.one_hot(labels, world.sizes[3]).astype(np.float64))


def _at_the_ends(world: World, n: int, count: int) -> Any:
    """A mask of `count` of n places: the first, the last, then random ones."""
    chosen = np.zeros(n, np.bool_)
    chosen[[0, -1][:count]] = True
    chosen[1 + world.rng.permutation(n - 2)[: count - 2]] = count > 2
    return chosen


@when("the accuracy is computed on {n:d} samples, {first:d} of class 0")
def accuracy_first(world: World, n: int, first: int) -> None:
    """Pixels and labels in random order, except for the first and the last, of class 0; other classes take turns.

    A rule that leaves out the first or the last sample gives another number in every run.
    """
    fits(n > 0, _("the samples"), n, _("at least {first}").format(first=1))
    between(0, first, n, _("those of class 0"))
    others = world.rng.permutation(1 + np.arange(n - first) % (world.sizes[3] - 1))
    labels = np.zeros(n, np.int64)
    labels[~_at_the_ends(world, n, first)] = others
    xs = np.eye(world.sizes[0])[labels % world.sizes[0]]
    _accuracy(world, xs, oracle.one_hot(labels, world.sizes[3]).astype(np.float64))


@when("the accuracy is computed on {n:d} random samples, each labelled with the network's own answer")
def accuracy_own(world: World, n: int) -> None:
    """Of half as many more samples, those whose largest output is clearest: rounding decides none of their answers.

    In 200 draws, the largest output exceeded the second by 0.009 or more.
    """
    fits(n > 0, _("the samples"), n, _("at least {first}").format(first=1))
    xs, _labels = world.sample(n + n // 2)
    outputs = world.net.call("forward_pass", xs, rows=True).value
    found = np.array([array(_("the output"), value, (world.sizes[3],)) for value in outputs], np.float64)
    ordered = np.sort(found, axis=1)
    clearest = np.sort(np.argsort(ordered[:, -2] - ordered[:, -1], kind="stable")[:n])
    labels = np.argmax(found[clearest], axis=1)
    _accuracy(world, xs[clearest], oracle.one_hot(labels, world.sizes[3]).astype(np.float64))


@when("the accuracy is computed on random samples")
def accuracy_random(world: World) -> None:
    """Compute the accuracy on ten random samples."""
    _accuracy(world, *world.sample(10))


def _accuracy(world: World, xs: Any, ys: Any) -> None:
    world.outcome = world.net.call("compute_accuracy", xs, ys)


@then("the accuracy is {expected:g}")
def accuracy_is(world: World, expected: float) -> None:
    """The accuracy is right, to the rounding of a float32 mean."""
    between(0, expected, 1, _("the accuracy"))
    came = claimed(world)
    holds(_("the accuracy"), abs(came - expected) <= 1e-6, came, f"{expected:g}")
