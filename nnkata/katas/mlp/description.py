"""A network in words, on one line."""

from collections.abc import Sequence

from nnkata.katas.mlp.layout import Layout
from nnkata.katas.mlp.oracle import Rule
from nnkata.language import _


def architecture(layout: Layout, hidden: Sequence[str], output: str) -> str:
    """A network on one line without its loss: `784-128-10 with biases; ReLU; softmax`."""
    biases = layout.biased
    return _("{widths} {biases}; {hidden}; {output}").format(
        widths="-".join(map(str, layout.widths)),
        biases=_("with biases") if all(biases) else _("biases in some layers") if any(biases) else _("without biases"),
        hidden=", ".join(dict.fromkeys(hidden)) or _("no hidden layer"),
        output=output,
    )


def described(layout: Layout, rule: Rule) -> str:
    """A network on one line: `784-128-10 with biases; ReLU; softmax; cross-entropy, mean of the batch`."""
    known = architecture(layout, rule.hidden, rule.output)
    return _("{architecture}; {loss}").format(architecture=known, loss=described_loss(rule))


def described_loss(rule: Rule) -> str:
    """A loss on one line: `cross-entropy, mean of the batch`."""
    text = _("{loss}, {reduction}").format(
        loss=rule.loss if rule.factor == 1 else f"{rule.factor:g} × {rule.loss}",
        reduction=_("mean of the batch") if rule.mean else _("sum over the batch"),
    )
    if rule.targets != (0.0, 1.0):
        text += _("; {low:g} and {high:g} for labels of 0 and 1").format(low=rule.targets[0], high=rule.targets[1])
    if rule.sparse:
        text += _("; {sparse:g} times the sum of absolute weights").format(sparse=rule.sparse)
    if rule.spread:
        return text + _("; weights decay by {decay:g} / n").format(decay=rule.decay)
    return text + (_("; weights decay by {decay:g}").format(decay=rule.decay) if rule.decay else "")
