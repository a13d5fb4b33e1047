"""Reads the formula of a hidden layer's delta from its observed values."""

from collections.abc import Iterator, Sequence

import numpy as np

from nnkata.katas.mlp.formulas.cases import Case
from nnkata.katas.mlp.formulas.delta_forms import Read, Seen, bent_right, powers, said_of
from nnkata.katas.mlp.formulas.factors import (
    EQUAL,
    Factor,
    combined,
    factor_of,
    number,
    scaled,
)
from nnkata.katas.mlp.formulas.terms import a, each, matrices, slope_name, slopes
from nnkata.katas.mlp.functions import Array, sigmoid
from nnkata.language import _

#: The largest usual number of a term in a sum.
WHOLE = 3


def meant_of_hidden(cases: Sequence[Case], layer: int) -> str:
    """The right formula of a hidden layer's delta."""
    text = _product(
        f"(δ{layer + 1} W{layer + 1}ᵀ)",
        slope_name(cases[0].passed.rule.hidden[layer - 1], f"Z{layer}") if _curved(cases, layer) else "1",
    )
    if _curved(cases, layer) or set(cases[0].passed.rule.hidden) == {"linear"}:
        return text
    return _("{formula}, as A{layer} = Z{layer} in your way forward").format(formula=text, layer=layer)


def _curved(cases: Sequence[Case], layer: int) -> bool:
    return cases[0].passed.rule.hidden[layer - 1] != "linear"


def _product(front: str, slope: str) -> str:
    return front if slope == "1" else f"{front} · {slope}"


def right_hidden(cases: Sequence[Case], layer: int, above: Seen) -> list[Array | None]:
    """The delta of a hidden layer (from 1) that follows from the one above."""
    return [
        None if delta is None else delta @ case.passed.layers[layer][0].T * case.passed.slope(layer - 1)
        for case, delta in zip(cases, above, strict=True)
    ]


def of_hidden(
    cases: Sequence[Case], layer: int, seen: Sequence[Array], above: Sequence[Array], close: float
) -> Read | None:
    """The formula of a hidden layer's delta (layers from 1) in terms of that above; None if there is none."""
    sizes = [case.n for case in cases]
    ways, curves = matrices(cases, layer), slopes(cases, layer)
    backs = [[delta @ way for delta, way in zip(above, values, strict=True)] for _text, values in ways]
    name, over = f"δ{layer + 1}", f"(δ{layer + 1} {ways[0][0]})"
    right = [back * curve for back, curve in zip(backs[0], curves[0][1], strict=True)]
    meant = _product(over, curves[0][0] if _curved(cases, layer) else "1")
    if factor := factor_of(seen, right, sizes, close):
        return Read(scaled(meant, factor), factor.one, factor)
    for tier in _tiers(cases, layer, above, ways, backs, curves, name, over):
        fits = [(text, f) for text, values in tier if (f := factor_of(seen, values, sizes, close))]
        if fits:
            return said_of(fits)
    if read := bent_right(seen, right, sizes, close, meant, 1.0) or _through_moved(
        cases, layer, seen, above, right, close
    ):
        return read
    for (text, _values), back in zip(ways, backs, strict=True):
        front = f"(δ{layer + 1} {text})" if text else name
        if read := _curve(cases, layer, seen, back, front, close):
            return read
    return None


def _through_moved(
    cases: Sequence[Case],
    layer: int,
    seen: Sequence[Array],
    above: Sequence[Array],
    right: Sequence[Array],
    close: float,
) -> Read | None:
    """A delta that came back through weights that had moved by a rate times their gradient."""
    lost = [
        delta
        @ (delta.T @ case.passed.A[layer])
        * case.passed.slope(layer - 1)
        / (case.n if case.passed.rule.mean else 1)
        for case, delta in zip(cases, above, strict=True)
    ]
    numbers = combined(seen, [right, lost], close)
    if numbers is None or abs(numbers[0] - 1) > EQUAL or numbers[1] >= 0:
        return None
    over = layer + 1
    front = f"(δ{over} (W{over} - {number(-numbers[1])} · dW{over})ᵀ)"
    return Read(
        _product(
            front, slope_name(cases[0].passed.rule.hidden[layer - 1], f"Z{layer}") if _curved(cases, layer) else "1"
        )
    )


def _curve(
    cases: Sequence[Case], layer: int, seen: Sequence[Array], back: Sequence[Array], front: str, close: float
) -> Read | None:
    """The error before the slope times a polynomial of A, straight lines of Z on both sides of 0, or another step."""
    z, own = f"Z{layer}", a(layer)
    if found := powers(cases, seen, back, [c.passed.A[layer] for c in cases], front, own, close):
        return found
    places = [case.passed.Z[layer - 1] for case in cases]
    if cases[0].passed.rule.hidden[layer - 1] == "swish" and (text := _gated(seen, back, places, z, close)):
        return Read(f"{front} · ({text})")
    halves: list[list[Array]] = []
    for power in (0, 1):
        halves.append([b * (v > 0) * v**power for b, v in zip(back, places, strict=True)])
        halves.append([b * (v <= 0) * v**power for b, v in zip(back, places, strict=True)])
    for count in (2, 4):
        if numbers := combined(seen, halves[:count], close):
            up, down = (_line(numbers[side::2], z) for side in (0, 1))
            return Read(_("{front} · ({up} where {z} > 0, else {down})").format(front=front, up=up, z=z, down=down))
    came, base, at = (np.concatenate([one.ravel() for one in values]) for values in (seen, back, places))
    least = close * float(np.max(np.abs(base)))
    on, off = np.abs(came - base) <= least, np.abs(came) <= least
    if np.all(on | off) and np.any(off & ~on) and np.any(on & ~off):
        low, high = float(at[off & ~on].max()), float(at[on & ~off].min())
        if low < high:
            return Read(f"{front} · [{z} > {_between(low, high)}]")
    return None


def _gated(seen: Sequence[Array], back: Sequence[Array], places: Sequence[Array], z: str, close: float) -> str:
    """The error before the slope times a sum of a swish's slope's terms with small whole numbers; empty if none."""
    gates = [sigmoid(value) for value in places]
    terms = [
        (f"σ({z})", gates),
        (f"σ'({z})", [s * (1 - s) for s in gates]),
        (f"{z} σ({z})", [v * s for v, s in zip(places, gates, strict=True)]),
        (f"{z} σ'({z})", [v * s * (1 - s) for v, s in zip(places, gates, strict=True)]),
        ("1", [np.ones_like(v) for v in places]),
        (z, list(places)),
    ]
    columns = [[b * v for b, v in zip(back, values, strict=True)] for _text, values in terms]
    numbers = combined(seen, columns, close) or []
    if any(abs(c - round(c)) > EQUAL or abs(c) > WHOLE for c in numbers):
        return ""
    text = ""
    for c, (name, _values) in zip(map(round, numbers), terms, strict=False):
        if c:
            part = name if abs(c) == 1 else f"{abs(c)} {name}" if name != "1" else f"{abs(c)}"
            text += f" {'-' if c < 0 else '+'} {part}" if text else f"-{part}" if c < 0 else part
    return text


def _line(numbers: Sequence[float], z: str) -> str:
    """A number, or a number plus a multiple of Z."""
    constant, *rest = [round(c, 6) for c in numbers]
    if not rest or not rest[0]:
        return number(constant)
    term = scaled(z, Factor(rest[0]))
    return f"{number(constant)} + {term}" if constant else term


def _between(low: float, high: float) -> str:
    """The shortest number between two."""
    for digits in range(8):
        if low <= (found := round((low + high) / 2, digits)) < high:
            return f"{found:g}"
    return f"{high:g}"


def _tiers(
    cases: Sequence[Case],
    layer: int,
    above: Sequence[Array],
    ways: Sequence[tuple[str, list[Array]]],
    backs: Sequence[Sequence[Array]],
    curves: Sequence[tuple[str, list[Array]]],
    name: str,
    over: str,
) -> Iterator[Iterator[tuple[str, list[Array]]]]:
    """Formulas with one departure, those with other deltas, and those with two departures."""

    def made(back: Sequence[Array], curve: Sequence[Array]) -> list[Array]:
        return [b * c for b, c in zip(back, curve, strict=True)]

    def carried(text: str) -> str:
        return f"({name} {text})" if text else name

    yield ((_product(over, text), made(backs[0], values)) for text, values in curves[1:])
    yield (
        (_product(carried(text), curves[0][0]), made(back, curves[0][1]))
        for (text, _values), back in zip(ways[1:], backs[1:], strict=True)
    )
    others = _others(cases, layer, above, name)
    yield (
        (
            _product(f"({text} {ways[0][0]})", curves[0][0]),
            made([d @ w for d, w in zip(values, ways[0][1], strict=True)], curves[0][1]),
        )
        for text, values in others
    )
    yield (
        (_product(carried(text), curve), made(back, values))
        for (text, _values), back in zip(ways[1:], backs[1:], strict=True)
        for curve, values in curves[1:]
    )
    yield (
        (
            _product(f"({text} {ways[0][0]})", curve),
            made([d @ w for d, w in zip(values, ways[0][1], strict=True)], slope),
        )
        for text, values in others
        for curve, slope in curves[1:]
    )


def _others(cases: Sequence[Case], layer: int, above: Sequence[Array], name: str) -> list[tuple[str, list[Array]]]:
    """What may be carried back in the place of the delta above."""
    found = [
        (f"|{name}|", [np.abs(delta) for delta in above]),
        (f"sign({name})", [np.sign(delta) for delta in above]),
        (f"{name}²", [delta**2 for delta in above]),
    ]
    layers = len(cases[0].passed.layers)
    if layer + 1 == layers:
        top = a(layers)
        found.append((f"({top} - y)", each(cases, lambda c: c.passed.A[-1] - c.passed.rule.wanted(c.y))))
        found.append((top, each(cases, lambda c: c.passed.A[-1])))
        found.append(("y", each(cases, lambda c: c.y)))
    for text, slope in slopes(cases, layer + 1)[:2] if layer + 1 < layers else ():
        if text != "1":
            found.append((f"{name} · {text}", [d * s for d, s in zip(above, slope, strict=True)]))
            with np.errstate(all="ignore"):
                found.append((f"{name} / {text}", [d / s for d, s in zip(above, slope, strict=True)]))
    return [one for one in found if all(np.isfinite(value).all() for value in one[1])]
