"""Reads a step: how each parameter moved, by its own gradient."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from nnkata.katas.mlp.formulas.factors import Factor, bent, combined, factor_of, number, scaled
from nnkata.katas.mlp.functions import Array
from nnkata.language import _
from nnkata.steps.compare import Mismatch
from nnkata.subject import Raised

if TYPE_CHECKING:
    from nnkata.katas.mlp.world import World

#: The samples of each batch.
SIZES = (3, 2, 4)
#: The rounding of a move in units of that of a gradient: it is a difference of parameters.
LOOSE = 100


def read(world: "World") -> str:
    """The moves that are not the rate of the others times the gradient; empty if none is read."""
    try:
        gradients, moves, held = _observed(world)
    except (Mismatch, Raised):
        return ""
    names, close = world.reading.names, LOOSE * world.reading.tolerance
    sizes = list(SIZES)
    factors = [
        factor_of([one[n] for one in moves], [one[n] for one in gradients], sizes, close) for n in range(len(names))
    ]
    rates = [None if factor is None or factor.power else factor for factor in factors]
    if uneven := _uneven(names, rates):
        return uneven
    usual = _usual(rates)
    texts: dict[str, list[str]] = {}
    for n, (name, rate) in enumerate(zip(names, rates, strict=True)):
        if usual is not None and rate is not None and np.isclose(rate.value, -abs(usual), rtol=1e-2):
            continue
        text = _moved(n, factors[n], gradients, moves, held, sizes, close)
        if text is not None:
            texts.setdefault(text, []).append(name)
    if any(text.startswith("clip(") for text in texts):  # a sign is a clip whose bound every element reaches
        texts = {text: of for text, of in texts.items() if "sign(" not in text}
    rate_text = _("rate") if usual is None else number(abs(usual))
    meant = "-" + rate_text + " · " + _("gradient")
    return _("; ").join(
        _("{what}: you compute {read}; it should be {meant}").format(
            what=_("the move of {name}").format(name=", ".join(of)), read=text, meant=meant
        )
        for text, of in texts.items()
    )


def _observed(world: "World") -> tuple[list[list[Array]], list[list[Array]], list[list[Array]]]:
    gradients, moves, held = [], [], []
    for n in SIZES:
        world.randomise()
        x, y = world.samples(n)
        came = [np.asarray(g, np.float64) for g in world.gradients(x, y)]
        world.write(world.written)
        base = world.written
        world.functions.call("step", world.net, x, y)
        after = [np.asarray(value, np.float64) for value in world.read()]
        gradients.append(came)
        moves.append([now - before for now, before in zip(after, base, strict=True)])
        held.append(list(base))
    return gradients, moves, held


def _uneven(names: Sequence[str], rates: Sequence[Factor | None]) -> str:
    """The moves where no rate is that of most parameters, so that each of two may be meant; empty otherwise."""
    groups: dict[str, list[str]] = {}
    for name, rate in zip(names, rates, strict=True):
        if rate is None or rate.value >= 0:
            return ""
        groups.setdefault(scaled(_("gradient"), rate), []).append(name)
    if len(groups) < 2 or max(map(len, groups.values())) > len(names) / 2:
        return ""
    parts = _("; ").join(f"{', '.join(of)}: {text}" for text, of in groups.items())
    return _("the moves have different rates ({parts}); it should be one for all").format(parts=parts)


def _usual(rates: Sequence[Factor | None]) -> float | None:
    """The rate that most parameters have, negative: that of the weights if as many have another."""
    known = [rate.value for rate in rates if rate is not None]
    if not known:
        return None
    return max(known, key=lambda value: (sum(np.isclose(value, other, rtol=1e-2) for other in known), value < 0))


def _moved(
    n: int,
    rate: Factor | None,
    gradients: Sequence[Sequence[Array]],
    moves: Sequence[Sequence[Array]],
    held: Sequence[Sequence[Array]],
    sizes: Sequence[int],
    close: float,
) -> str | None:
    """The formula of one parameter's moves by its gradient."""
    word = _("gradient")
    if rate is not None:
        return scaled(word, rate)
    seen = [one[n] for one in moves]
    if not any(np.any(move) for move in seen):
        return "0"
    own = [one[n] for one in gradients]
    if fits := bent(seen, own, sizes, close, rows=False):
        text, factor = fits[0]
        return scaled(text.format(*[word] * text.count("{}")), factor)
    before = [one[n] for one in held]
    if decayed := factor_of(seen, before, sizes, close):
        return scaled("W", decayed)
    for name, values in (("|W|", [np.abs(w) for w in before]), ("W", before)):
        if by_weights := factor_of(seen, [g * w for g, w in zip(own, values, strict=True)], sizes, close):
            return f"{scaled(word, by_weights)} · {name}"
    if numbers := combined(seen, [own, before], close):
        sign = "-" if numbers[1] < 0 else "+"
        return f"{scaled(word, Factor(numbers[0]))} {sign} {scaled('W', Factor(abs(numbers[1])))}"
    return None
