"""Steps of the stage accuracy."""

import numpy as np

from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.misconceptions.catalogue import Named
from nnkata.katas.mlp.steps.common import pattern
from nnkata.katas.mlp.world import World, not_applicable
from nnkata.language import _
from nnkata.steps.compare import Mismatch, holds
from nnkata.steps.definitions import given, then, when


def _of_classes(world: World) -> None:
    if world.reading.classes == 1:
        not_applicable(_("one output has no largest one: where it divides the classes is the author's choice"))


@when("the classes of the batch are predicted")
@when("预测这批样本的类别")
def predict(world: World) -> None:
    """Keep the outputs and the predicted classes."""
    world.need("predict", "output")
    _of_classes(world)
    world.out = world.output(world.x)
    world.outcome = world.functions.call("predict", world.net, world.x)


@then("each is that of the largest output")
@then("每个类别都是输出最大的那一类")
def largest(world: World) -> None:
    """`predict` returns n numbers, each the index of the largest output of its sample."""
    value = np.asarray(world.outcome.value) if isinstance(world.outcome.value, np.ndarray | list) else None
    right = np.asarray(world.out).argmax(axis=1)
    if value is None or value.size != len(right) or value.dtype.kind not in "iuf":
        raise Mismatch(_("the result of predict"), world.outcome.value, right, Named())
    flat = value.ravel()
    if not np.array_equal(flat, right):
        # Where the function of the outputs is not known, they may be wrong themselves, and the classes right.
        smallest = world.reading.fit is not None and np.array_equal(flat, np.asarray(world.out).argmin(axis=1))
        raise Mismatch(_("the result of predict"), value, right, Named("predicts-the-smallest" if smallest else ""))


@then("predicted again they are the same")
@then("再预测一次，结果相同")
def again(world: World) -> None:
    """A second call of `predict` gives the same classes, so chance plays no part."""
    now = world.functions.call("predict", world.net, world.x).value
    if not np.array_equal(np.asarray(now), np.asarray(world.outcome.value)):
        raise Mismatch(_("the result of predict when called again"), now, world.outcome.value, Named("dropout-left-on"))


@given(pattern("a set of {n:d} samples of which the first {right:d} are labelled as the network answers"))
@given(pattern("一组 {n:d} 个样本，其中前 {right:d} 个的标签与网络的回答一致"))
def known_answers(world: World, n: int, right: int) -> None:
    """Draw the samples; the others have the label of the smallest output."""
    world.need("accuracy", "output")
    _of_classes(world)
    world.x = world.samples(n)[0]
    out = np.asarray(world.output(world.x))
    labels = np.where(np.arange(n) < right, out.argmax(axis=1), out.argmin(axis=1))
    world.y = np.eye(world.reading.classes)[labels]
    world.out = out


@when("its accuracy is measured")
@when("测量它的准确率")
def measure(world: World) -> None:
    """Keep the module's accuracy."""
    world.need("accuracy", "output")
    world.outcome = world.functions.call("accuracy", world.net, world.x, world.y)


@then(pattern("it is {fraction:f}"))
@then(pattern("结果是 {fraction:f}"))
def fraction_is(world: World, fraction: float) -> None:
    """The accuracy is a single number, the fraction of right answers, to 1e-6."""
    value = world.outcome.value
    number = float(value) if isinstance(value, int | float | np.floating | np.ndarray) and np.size(value) == 1 else None
    if number is None:
        raise Mismatch(_("the accuracy"), str(value)[:100], fraction, Named())
    holds(
        _("the accuracy"), abs(number - fraction) < 1e-6, number, fraction, Named(*_measured(world, number, fraction))
    )


def _measured(world: World, came: float, right: float) -> list[str]:
    """The mistake that gives this number on this set; none if several do."""
    labels, answers = world.y.argmax(axis=1), world.out.argmax(axis=1)
    found = {
        "accuracy-as-percentage": 100 * right,
        "accuracy-as-count": len(world.x) * right,
        "accuracy-by-elements": float(np.mean(np.round(world.out) == world.y)),
        "accuracy-along-the-batch": float(np.mean(world.out.argmax(axis=0) == world.y.argmax(axis=0))),
    }
    named = [name for name, number in found.items() if abs(came - number) < 1e-6 < abs(number - right)]
    hits = labels == answers
    if came in (0.0, 1.0) and _of_the_last(came, hits) and _of_the_last(_turned(world), hits[::-1]):
        named.append("accuracy-of-the-last-batch")
    if came in (0.0, 1.0) and named in (["accuracy-by-elements"], ["accuracy-along-the-batch"]):
        return []  # none or all may have any reason
    return named if len(named) == 1 else []  # if several fit, none is certain


def _turned(world: World) -> float:
    """The accuracy of the same samples from the last to the first: none or all right may have any reason."""
    value = world.functions.call("accuracy", world.net, world.x[::-1].copy(), world.y[::-1].copy()).value
    return float(value) if np.size(value) == 1 else float("nan")


def _of_the_last(came: float, hits: Array) -> bool:
    """Whether this is the accuracy of only the last few samples."""
    return any(abs(came - float(hits[-size:].mean())) < 1e-6 for size in range(1, len(hits)))
