"""Steps of the stage output."""

import numpy as np

from nnkata.katas.mlp.description import described
from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.misconceptions.catalogue import Named
from nnkata.katas.mlp.naming import of_output, of_single_samples
from nnkata.katas.mlp.oracle import Pass
from nnkata.katas.mlp.steps.common import same
from nnkata.katas.mlp.world import World, not_applicable
from nnkata.language import _
from nnkata.steps.compare import Mismatch, holds
from nnkata.steps.definitions import then, when

#: The factor for large weights: it gives pre-activations of some hundreds, where e^z exceeds float32 and, in the second
#: layer, float64.
LARGE = 1000.0
BETWEEN_SAMPLES = (
    "normalised-over-the-batch",
    "scaled-by-the-batch",
    "softmax-over-the-batch",
    "softmax-over-everything",
)


@then("there is one row of finite numbers for each sample")
@then("每个样本对应一行有限的数")
def rows(world: World) -> None:
    """All outputs are finite; `World.output` has checked the shape."""
    if not np.isfinite(world.out).all():
        raise Mismatch(_("the output"), world.out, _("finite numbers"), Named("softmax-overflows"))


@then("the output is what the layers give")
@then("输出就是各层算出来的结果")
def formula(world: World) -> None:
    """The inferred formula gives this output too; without one, a known mistake fails, else it does not apply."""
    reading = world.reading
    if not reading.ways:
        not_applicable(_("the shapes do not form a chain of layers"))
    if reading.layout is None or reading.fit is None:
        names = of_output(reading)
        if names:
            wanted = _("activations of the layers, one after the other, on each row")
            raise Mismatch(_("the formula of the output"), ", ".join(sorted(names)), wanted, Named(*names))
        not_applicable(_("no usual activations give this output"))
    expected = Pass(reading.fit.rule, reading.layout.whole(world.written), world.x).output
    same(_("the output"), world.out, expected, reading.tolerance)


@then("what is declared is what was read")
@then("声明的与推断出来的一致")
def declared(world: World) -> None:
    """The declaration agrees with the network that was inferred from the numbers."""
    reading = world.reading
    if not reading.declared:
        not_applicable(_("nothing is declared"))
    if reading.layout is None or reading.fit is None:
        not_applicable(_("the function of the network could not be read from its numbers"))
    rule = reading.fit.rule
    read = {
        "widths": "-".join(map(str, reading.layout.widths)),
        "hidden": ", ".join(dict.fromkeys(rule.hidden)),
        "output": rule.output,
        "loss": rule.loss,
        "reduction": "mean" if rule.mean else "sum",
    }
    for name, value in reading.declared.items():
        if name in read:
            quantity = _("the declared {name}, against {network}").format(
                name=name, network=described(reading.layout, rule)
            )
            holds(quantity, str(value) == read[name], read[name], value)


@then("each sample alone gives what it gives in the batch")
@then("每个样本单独输入时的输出与它在这批样本中时相同")
def alone(world: World) -> None:
    """Each sample alone gives the same output as in the batch, so no sample affects another."""
    found = np.concatenate([world.output(world.x[n : n + 1]) for n in range(len(world.x))])
    names = of_output(world.reading) & set(BETWEEN_SAMPLES)
    names |= of_single_samples(world.reading, world.written, world.x, found)
    same(_("the outputs one by one"), found, np.asarray(world.out), world.reading.tolerance, *names)


@then("asked again it gives the same")
@then("再算一次，输出相同")
def again(world: World) -> None:
    """A second call gives exactly the same output, so chance plays no part."""
    now = world.output(world.x)
    if not np.array_equal(now, world.out, equal_nan=True):
        raise Mismatch(_("the output when asked again"), now, world.out, Named("dropout-left-on"))


@then("in another order the samples give the same rows")
@then("样本换个顺序，各自的输出不变")
def other_order(world: World) -> None:
    """In another order, each sample keeps its row of the output."""
    order = world.rng.permutation(len(world.x))
    names = of_output(world.reading) & set(BETWEEN_SAMPLES)
    same(
        _("the rows in another order"), world.output(world.x[order]), world.out[order], world.reading.tolerance, *names
    )


@then("each row is a distribution")
@then("每一行都是一个概率分布")
def distribution(world: World) -> None:
    """Each row is non-negative and adds up to 1, if the output is a softmax, even along a wrong axis."""
    names = of_output(world.reading) if world.reading.layout is None else frozenset()
    wrong_axis = names & {"softmax-over-the-batch", "softmax-over-everything"}
    if world.reading.output != "softmax" and not wrong_axis:
        not_applicable(_("the output is not a softmax"))
    sums = np.asarray(world.out, np.float64).sum(axis=1)
    same(_("the sums of the rows"), sums, np.ones(len(sums)), world.reading.tolerance, *wrong_axis)
    holds(_("the smallest output"), bool(world.out.min() >= 0), float(world.out.min()), _("0 or more"))


@when("its weights are very large")
@when("它的权重非常大")
def large(world: World) -> None:
    """Multiply the parameters by a large factor."""
    world.write([LARGE * value for value in world.written])


@then("the output is finite")
@then("输出是有限的数")
def finite(world: World) -> None:
    """A saturated softmax or sigmoid gives no nan."""
    if world.reading.output not in ("softmax", "sigmoid"):
        not_applicable(_("the output is neither softmax nor sigmoid"))
    wrong = _not_finite(world.out)
    if wrong:
        raise Mismatch(_("the outputs that are not finite"), wrong, 0, Named("softmax-overflows"))


def _not_finite(out: Array) -> int:
    return int((~np.isfinite(out)).sum())
