"""The texts of readings: the formula that was read beside the right one, in the reader's language."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.reading.observed import finite
from nnkata.katas.article.reading.phrases import translated
from nnkata.language import _
from nnkata.subject import Outcome


def formula(what: str, read: str, meant: str) -> str:
    """The formula of a quantity, and the right one."""
    text = _("{what}: you compute {read}; it should be {meant}")
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


def in_part(formula: str, part: str) -> str:
    """The formula of a function for a part of the numbers."""
    return _("{formula} for {part}").format(formula=formula, part=part)


def clipped(bound: str) -> str:
    """A sigmoid that cuts its argument."""
    return _("σ(x), with x cut to ±{bound}").format(bound=bound)


def overflow(what: str, where: str) -> str:
    """A function that is right at moderate numbers alone."""
    return _("{what}: right for moderate x, but it overflows at x = {where} (e^1000 = ∞)").format(
        what=what, where=where
    )


def overflow_single(what: str, where: str) -> str:
    """A function that overflows in float32 alone, as one does that cuts its argument for float64."""
    text = _("{what}: right in float64, but in float32 it overflows at x = {where}: e^88 is the largest power there")
    return text.format(what=what, where=where)


def shape(what: str, came: tuple[int, ...], meant: tuple[int, ...]) -> str:
    """A wrong shape."""
    return _("{what}: yours has the shape {came}; it should be {meant}").format(what=what, came=came, meant=meant)


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
            return _("{what}: yours is an array of {kind}; it should be one of numbers").format(
                what=what, kind=value.dtype
            )
        return _("{what}: yours is not finite everywhere (nan or inf)").format(what=what)
    if value is None:
        return _("{what}: yours returns nothing; is there a return statement?").format(what=what)
    kind = getattr(value, "type", None) if type(value).__name__ == "Opaque" else type(value).__name__
    return _("{what}: yours is of type {kind}, not an array").format(what=what, kind=str(kind)[:40])


def no_pair(what: str, value: Any) -> str:
    """A result that is not two values."""
    if value is None:
        return _("{what}: yours returns nothing; is there a return statement?").format(what=what)
    kind = getattr(value, "type", None) if type(value).__name__ == "Opaque" else type(value).__name__
    return _("{what}: yours gives {kind}; it should be the pair x, y").format(what=what, kind=str(kind)[:40])


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


def second_step(text: str) -> str:
    """A formula of the second step; the first is right."""
    return _("{text}; that is the second step, and the first one is right").format(text=text)


def not_moved(keys: list[str]) -> str:
    """Weights that an update leaves where they are."""
    one = _("{keys} has not moved; it should be {meant}")
    several = _("{keys} have not moved; each should be {meant}")
    return (one if len(keys) == 1 else several).format(keys=", ".join(keys), meant="W - l_rate · change[W]")


def no_number(what: str, value: Any) -> str:
    """A value that should be a number."""
    kind = getattr(value, "type", None) if type(value).__name__ == "Opaque" else type(value).__name__
    if isinstance(value, float | np.ndarray) and np.ndim(value) == 0 and np.asarray(value).dtype.kind == "f":
        kind = f"{float(value):g}"  # nan or inf
    if isinstance(value, np.ndarray) and value.ndim:
        kind = _("an array of shape {shape}").format(shape=value.shape)
    return _("{what}: yours gives {kind}; it should be a number").format(what=what, kind=str(kind)[:60])


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


def depends() -> str:
    """Results that another sample before changes."""
    return _("the result for a sample depends on the samples before it")


def stale_terms(names: str) -> str:
    """Values of the backward pass that belong to the first sample."""
    return _("{names}: those of the first sample; they should be those of the latest forward pass").format(names=names)


def stale() -> str:
    """Activations of another sample."""
    return _("the activations are those of the first sample; they should be those of the latest forward pass")


def other_keys(what: str, names: list[str]) -> str:
    """A dict with other keys than W1, W2 and W3; at most eight of them are named."""
    if not names:
        return _("{what}: yours has none of the keys W1, W2 and W3").format(what=what)
    return formula(what, _keys(names), _keys(list(WEIGHTS)))


def _keys(names: list[str]) -> str:
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
    return _("all rows of a matrix are the same; each should be drawn by itself")


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
    return _("two networks share their arrays: a change of one changes the other")


def seeds() -> str:
    """A new network seeds a global generator."""
    return _("a new network seeds the global random generator")


def same_start() -> str:
    """Networks that start alike."""
    return _("two networks start with the same numbers; each should draw its own")


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
