"""The texts of readings: the formula that was read beside the right one, in the reader's language."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnkata.katas.article.reading.observed import finite
from nnkata.katas.article.reading.phrases import translated
from nnkata.language import _
from nnkata.subject import Outcome


def formula(what: str, read: str, meant: str) -> str:
    """The formula of a quantity, and the right one."""
    text = _("{what}: you compute {read}; meant is {meant}")
    return text.format(what=what, read=translated(read), meant=translated(meant))


def either(texts: Sequence[str]) -> str:
    """Formulas that the numbers cannot distinguish: all are stated, four at most."""
    text = texts[0]
    for other in texts[1:4]:
        text = _("{one}, or {other}").format(one=text, other=other)
    return text


def by_sign(positive: str, negative: str) -> str:
    """A function that is computed in two ways."""
    return _("{positive} for x > 0, {negative} for x < 0").format(positive=positive, negative=negative)


def clipped(bound: str) -> str:
    """A sigmoid that cuts its argument."""
    return _("σ(x), with x cut to ±{bound}").format(bound=bound)


def overflow(what: str) -> str:
    """A function that is right at moderate numbers alone."""
    return _("{what}: right for moderate x, but it overflows at x = ±1000 (e^1000 = ∞)").format(what=what)


def shape(what: str, came: tuple[int, ...], meant: tuple[int, ...]) -> str:
    """A wrong shape."""
    return _("{what}: yours has the shape {came}; meant is {meant}").format(what=what, came=came, meant=meant)


def like(shape: tuple[int, ...], names: str) -> str:
    """A shape, and the values of that shape in the network."""
    written = f"({shape[0]},)" if len(shape) == 1 else str(shape)
    return _("{shape}, the shape of {names}").format(shape=written, names=names)


def misfit(parts: Sequence[str], sizes: Sequence[int]) -> str:
    """Arrays that do not fit, in a network of these widths."""
    text = _("two arrays do not fit: {arrays} (widths {widths})")
    return text.format(arrays=" · ".join(parts), widths=", ".join(map(str, sizes)))


def no_array(what: str, value: Any) -> str:
    """The result is no array of numbers at all."""
    if isinstance(value, np.ndarray):
        if not np.issubdtype(value.dtype, np.number):
            return _("{what}: yours is an array of {kind}; meant is one of numbers").format(what=what, kind=value.dtype)
        return _("{what}: yours is not finite everywhere (nan or inf)").format(what=what)
    if value is None:
        return _("{what}: yours gives nothing back; is there a return?").format(what=what)
    kind = getattr(value, "type", None) if type(value).__name__ == "Opaque" else type(value).__name__
    return _("{what}: yours is no array but {kind}").format(what=what, kind=str(kind)[:40])


def single_number(number: str) -> str:
    """A function that gives one number for any argument."""
    return _("{number}, a single number for every x").format(number=number)


def argument(outcome: Outcome, index: int, name: str) -> str | None:
    """The change that a call made in an array argument; None if there is none."""
    before, after = outcome.given[index], outcome.after[index]
    one, other = finite(before), finite(after)
    if one is None or other is None or one.shape != other.shape or np.array_equal(one, other):
        return None
    return written(name, relation(one, other, name))


def written(name: str, changed: str) -> str:
    """A call that writes into its arguments."""
    return _("the call writes into the array that it is given: {name} becomes {changed}").format(
        name=name, changed=changed
    )


def first_step(text: str) -> str:
    """A formula of the first step alone."""
    said = _("{text}; the second step is another one: something is kept from step to step")
    return said.format(text=text)


def not_moved(keys: list[str]) -> str:
    """Weights that an update leaves where they are."""
    return _("{keys} has not moved; meant is {meant}").format(keys=", ".join(keys), meant="W - l_rate · change[W]")


def rows_lost(name: str) -> str:
    """The effect of Python's random.shuffle on an array: it exchanges views of rows."""
    text = _("some rows of {name} are there twice after train, others are gone: random.shuffle does that to an array")
    return text.format(name=name)


def reordered(name: str) -> str:
    """An array whose rows stand in another order."""
    return _("{name} in another order").format(name=name)


def measuring() -> str:
    """compute_accuracy moves the weights."""
    return _("compute_accuracy moves the weights; it should only look")


def drawn_anew(once: bool) -> str:
    """Weights that train has thrown away."""
    where = _("when train begins") if once else _("in every epoch")
    return _("the weights are drawn anew {where}; meant is that training goes on from those that are there").format(
        where=where
    )


def validation(too: bool) -> str:
    """Samples of the validation set that made a step."""
    if too:
        return _("the samples of x_val make steps as well; meant are those of x_train alone")
    return _("the samples of x_val make steps instead of those of x_train")


def steps(read: str, meant: str) -> str:
    """How many steps train makes on n samples."""
    return _("steps on n samples: you make {read}; meant is {meant}").format(read=read, meant=meant)


def stops(listed: str) -> str:
    """Epochs that were left out."""
    return _("train ends before its last epoch: steps made with {listed}; meant is epochs · n").format(listed=listed)


def mean_step() -> str:
    """A batch of the whole set."""
    return _("an epoch makes one step with the mean of the gradients; meant is a step for each sample")


def biases_learnt(layers: Sequence[int]) -> str:
    """The word for biases that a right network learns, and the contract's has not."""
    places = ", ".join(f"b{layer}" for layer in layers)
    text = _("train moves biases too ({places}); the network of the contract has none (--laws leaves such choices out)")
    return text.format(places=places)


def one_step() -> str:
    """An epoch that steps once, with the last gradient."""
    return _("an epoch makes one step, with the gradient of a single sample; meant is a step for each sample")


def batches(size: int, dropped: bool) -> str:
    """A step for so many samples together."""
    if dropped:
        text = _("a step is made with the mean of {size} samples, and an incomplete last batch makes none; {meant}")
    else:
        text = _("a step is made with the mean of {size} samples; {meant}")
    return text.format(size=size, meant=_("meant is a step for each sample"))


def scheduled(second: str, both: str) -> str:
    """A rate that changes from epoch to epoch by no fixed factor."""
    text = _(
        "the rate changes from epoch to epoch: the second of two epochs has {second} l_rate, the last two of three "
        "have {both} l_rate together; meant is l_rate in each"
    )
    return text.format(second=second, both=both)


def sum_step() -> str:
    """A sum over the whole set."""
    return _("an epoch makes one step with the sum of the gradients; meant is a step for each sample")


def sum_of_batches() -> str:
    """The sums of the gradients of some samples each."""
    return _("a step is made with the sum of the gradients of several samples; meant is a step for each sample")


def visits(part: str) -> str:
    """The part of the training set that makes steps."""
    return _("an epoch goes over {part}; meant is all of x_train").format(part=part)


def times(listed: str) -> str:
    """How often each of seven samples made a step."""
    return _("seven samples made so many steps in an epoch: {listed}; meant is one each").format(listed=listed)


def share(part: str) -> str:
    """Each sample makes a part of a step."""
    return _("each sample's step is {part} of its own; meant is the whole").format(part=part)


def cut(after: int, before: int) -> str:
    """A large set whose end is not used."""
    return _("of 1512 samples those from somewhere in {after} to {before} on make no step").format(
        after=after, before=before
    )


def other_label() -> str:
    """A label of another sample."""
    return _("the label of another sample")


def in_train(text: str) -> str:
    """A formula read from the step of train, not from backward_pass."""
    return _("in the step that train makes, {text}").format(text=text)


def no_number(what: str, value: Any) -> str:
    """A value that should be a number."""
    kind = getattr(value, "type", None) if type(value).__name__ == "Opaque" else type(value).__name__
    if isinstance(value, np.ndarray) and value.ndim:
        kind = _("an array of shape {shape}").format(shape=value.shape)
    return _("{what}: yours gives {kind}; meant is a number").format(what=what, kind=str(kind)[:60])


def stored() -> str:
    """A stored set."""
    return _("the share of the set that train has stored")


def weights_written(call: str, changed: str) -> str:
    """A call that moves the weights wrongly."""
    return _("{call} writes into the weights: {changed}").format(call=call, changed=changed)


def unsteady() -> str:
    """The same call gives other numbers."""
    return _("the same call gives other numbers the second time")


def not_followed(keys: Sequence[str]) -> str:
    """Weights that are not looked at."""
    text = _("the output does not follow {keys} in params: another matrix there changes nothing")
    return text.format(keys=", ".join(keys))


def kept_elsewhere() -> str:
    """Weights beside params."""
    return _("the output does not follow params: new matrices there change nothing")


def stale() -> str:
    """Activations of another sample."""
    return _("the activations are those of the first sample; meant are those of the latest forward pass")


def keys(names: list[str]) -> str:
    """Keys of a dict, at most eight."""
    if not names:
        return _("no keys")
    return _("the keys {names}").format(names=", ".join(name[:20] for name in names[:8]))


def by_columns() -> str:
    """The order of pixels of a transposed image."""
    return _("the pixels column by column")


def by_rows() -> str:
    """The order of pixels."""
    return _("the pixels row by row")


def columns(count: str) -> str:
    """The number of columns of a one-hot matrix."""
    return _("{count} columns").format(count=count)


def seen() -> str:
    """As many columns as there are labels."""
    return _("as many as labels occur")


def texts() -> str:
    """Labels that are texts."""
    return _("labels that are texts ('5') raise an error; OpenML gives them so")


def rows_alike() -> str:
    """Every row is the first."""
    return _("all rows of a matrix are the same; meant is that each is drawn")


def positive() -> str:
    """No weight is negative."""
    return _("no negative number")


def mean_and_deviation(mean: str, deviation: str) -> str:
    """A mean that is not zero, with the standard deviation."""
    return _("numbers with a mean of {mean} and a standard deviation of {deviation}").format(
        mean=mean, deviation=deviation
    )


def deviation(law: str) -> str:
    """A standard deviation."""
    return _("a standard deviation of {law}").format(law=law)


def shared() -> str:
    """Two networks with one set of weights."""
    return _("two networks share their arrays: what is written into one is in the other")


def seeds() -> str:
    """A new network seeds a global generator."""
    return _("a new network seeds the global random generator")


def same_start() -> str:
    """Networks that start alike."""
    return _("two networks start with the same numbers; meant is that each draws its own")


def knows(share: str) -> str:
    """A network that recognises digits before training."""
    return _("a new network reads {share} of the digits before it has learnt anything").format(share=share)


def wraps() -> str:
    """Arithmetic of unsigned bytes."""
    return _("in uint8, where 0 - 1 is 255")


def relation(before: Any, after: Any, name: str) -> str:
    """The new content of an array, in terms of the old."""
    with np.errstate(all="ignore"):
        ratio, difference = after / before, after - before
    steady = ratio[np.isfinite(ratio)]
    if steady.size and np.ptp(steady) <= 1e-6 * abs(steady[0]) and np.all(after[before == 0] == 0):
        return f"{steady[0]:.4g} {name}"
    if np.ptp(difference) <= 1e-9 * (np.max(np.abs(difference)) or 1.0):
        return f"{name} {'-' if difference.flat[0] < 0 else '+'} {abs(difference.flat[0]):.4g}"
    return _("other numbers")
