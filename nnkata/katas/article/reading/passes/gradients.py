"""Reads the product that makes a gradient: the vector of its rows and that of its columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import fit, say
from nnkata.katas.article.reading.fit import Factor
from nnkata.katas.article.reading.passes.deltas import quantities
from nnkata.katas.article.reading.passes.values import Case


@dataclass(frozen=True)
class Form:
    """The composition of a gradient. `text` writes it with {delta} for the delta.

    `deltas` are the values in place of the delta in each case, if the numbers show them. `right` is whether the product
    is right, for any delta.
    """

    text: str
    kind: str
    deltas: tuple[Array, ...] | None = None
    right: bool = False


def sources(case: Case, layer: int) -> dict[str, Array]:
    """The candidates for the input of a layer's W, the right vector first: the activations of the layer before."""
    before = layer - 1
    found = {"x" if before == 0 else f"A{before}": case.a[before]}
    for other in (0, 1, 2, 3):
        name = "x" if other == 0 else "output" if other == 3 else f"A{other}"
        found[name] = case.p if other == 3 else case.a[other]
        if other:
            found[f"Z{other}"] = case.z[other]
            found[f"σ'(Z{other})"] = case.own.slope(case.z[other])
        found[f"(1 - {name})"] = 1 - found[name]
        found[f"{name}²"] = found[name] ** 2
        found[f"{name} / |{name}|"] = found[name] / (np.linalg.norm(found[name]) or 1.0)
    if before:
        found[f"σ(A{before})"] = oracle.sigmoid(case.a[before])
    else:
        found |= {"σ(x)": oracle.sigmoid(case.a[0]), "[x > 0]": (case.a[0] > 0).astype(np.float64)}
    if np.all(case.a[before]):
        found[f"(1 / {'x' if before == 0 else f'A{before}'})"] = 1 / case.a[before]
    own = text_of(layer)
    found[f"({own} - mean {own})"] = case.a[before] - case.a[before].mean()
    found["y"], found["A3"] = case.y, case.a[3]
    if {"sigmoid", "slope"} & case.own.wrong:  # else it is σ'(Z)
        found[f"({own} ⊙ (1 - {own}))"] = case.a[before] * (1 - case.a[before])
    return found | {"ones": np.ones(len(case.a[before]))}


def matrix(cases: Sequence[Case], layer: int, seen: Sequence[Array], close: float) -> Form | None:
    """u ⊗ v with a known v, or v ⊗ u; None if it is neither."""
    vectors = [sources(case, layer) for case in cases]
    width = [case.weight(layer).shape[0] for case in cases]
    names = [name for name in vectors[0] if all(name in other for other in vectors)]
    right = names[0]
    for turned, candidates in ((False, [right]), (True, [right]), (False, names[1:]), (True, names[1:])):
        for name in candidates:
            deltas = []
            for value, vector, rows in zip(seen, vectors, width, strict=True):
                delta = _left(value.T if turned else value, vector[name], close)
                if delta is None or len(delta) != rows:
                    break
                deltas.append(delta)
            if len(deltas) == len(seen):
                text = f"{name} ⊗ {{delta}}" if turned else f"{{delta}} ⊗ {name}"
                if name == "[x > 0]" and all(np.all(vector[name] == 1) for vector in vectors):  # no sample has a 0
                    text = say.either([text, text.replace(name, "ones")])
                kind = "transposed" if turned else "source:" + name
                return Form(text, kind, tuple(deltas), not turned and name == right)
    return _shifted(cases, layer, seen, close)


def _shifted(cases: Sequence[Case], layer: int, seen: Sequence[Array], close: float) -> Form | None:
    """u ⊗ (A + c), with any u and one c."""
    shifts, deltas = [], []
    for case, value in zip(cases, seen, strict=True):
        a = case.a[layer - 1]
        if value.shape != case.weight(layer).shape or len(a) <= 2:
            return None
        row = value[int(np.argmax(np.linalg.norm(value, axis=1)))]
        (times, plus), *_rest = np.linalg.lstsq(np.stack([a, np.ones_like(a)], axis=1), row, rcond=None)
        if abs(times) <= 1e-3 * abs(plus) or not times:
            return None
        shifts.append(float(plus / times))
        delta = _left(value, a + shifts[-1], 10 * close)
        if delta is None:
            return None
        deltas.append(delta)
    shift = float(np.mean(shifts))
    if np.ptp(shifts) > 100 * close * max(1.0, abs(shift)):
        return None
    text = f"({text_of(layer)} {'-' if shift < 0 else '+'} {fit.number_text(abs(round(shift, 6)))})"
    return Form(f"{{delta}} ⊗ {text}", f"source:{text}", tuple(deltas))


def decayed(cases: Sequence[Case], layer: int, seen: Sequence[Array], close: float) -> Form | None:
    """u ⊗ A + a multiple of W, with any u: the multiple is the rest beside A."""
    name = text_of(layer)
    factors, deltas = [], []
    for case, value in zip(cases, seen, strict=True):
        W, a = case.weight(layer), case.a[layer - 1]
        if value.shape != W.shape or not np.any(a):
            return None
        beside = np.eye(len(a)) - np.outer(a, a) / (a @ a)
        factor = fit.multiple(value @ beside, W @ beside, 10 * close)
        delta = None if factor is None else _left(value - factor * W, a, 10 * close)
        if factor is None or delta is None:
            return None
        factors.append(factor)
        deltas.append(delta)
    law = fit.law(factors, quantities(cases), close)
    if law is None:
        return None
    sign = "-" if law.value < 0 else "+"
    return Form(
        f"{{delta}} ⊗ {name} {sign} {Factor(abs(law.value), law.of, law.power)}W{layer}", "added", tuple(deltas)
    )


def _left(value: Array, right: Array, close: float) -> Array | None:
    """u where value = u ⊗ right; None if it is no such product."""
    length = float(right @ right)
    if value.shape[1] != len(right) or length < 1e-30:
        return None
    left = value @ right / length
    fine = np.max(np.abs(value - np.outer(left, right))) <= close * np.max(np.abs(value), initial=0.0)
    return np.asarray(left) if fine and np.any(left) else None


def anything(
    cases: Sequence[Case], layer: int, seen: Sequence[Array], deltas: Sequence[Mapping[str, Array]], close: float
) -> Form | None:
    """A gradient that is no matrix of the right shape, or one with something added: dots, sums, broadcasts, clips."""
    meant = [
        {name: np.outer(d, case.a[layer - 1]) for name, d in by.items()} for case, by in zip(cases, deltas, strict=True)
    ]
    if all(not np.any(value) and value.size == 1 for value in seen):
        return Form("0, a single number", "none")
    if all(not np.any(value) for value in seen):
        return Form(
            "0", "zero" if all(s.shape == m.shape for s, m in zip(seen, _first(meant), strict=True)) else "none"
        )
    right = next(iter(deltas[0]))
    if all(_near(value, each[right], close) for value, each in zip(seen, meant, strict=True)):  # one of them is 0
        known = tuple(each[right] for each in deltas)
        return Form(f"{{delta}} ⊗ {text_of(layer)}", f"source:{text_of(layer)}", known, right=True)
    for name in deltas[0]:
        outer = [each[name] for each in meant]
        for text, kind, made in _shaped(cases, layer, [each[name] for each in deltas], outer):
            found = fit.all_multiples(seen, made, close)
            factor = found and fit.law(found, quantities(cases), close)
            if factor:
                return Form(f"{factor}{text}", kind if factor.one else "other")
        if bound := norm_cut(seen, outer, close):
            return Form(shortened(f"{{delta}} ⊗ {text_of(layer)}", bound, seen, outer, close), "other")
        if part := fit.rows(seen, outer, close):
            return Form(f"{{delta}} ⊗ {text_of(layer)} in {part}, 0 elsewhere", "other")
        if write := fit.distorted(seen, outer, close):
            return Form(write(f"{{delta}} ⊗ A{layer - 1}" if layer > 1 else "{delta} ⊗ x"), "bent")
        for other, power in ((f"W{layer}", 1), ("1", 0), (f"sign(W{layer})", -1)):
            weights = [case.weight(layer) for case in cases]
            more = [np.sign(w) if power < 0 else w**power for w in weights]
            both = fit.combination(seen, outer, more, close)
            laws = both and [fit.law(numbers, quantities(cases), close) for numbers in both]
            if laws and laws[0] and laws[1]:
                sign = "-" if laws[1].value < 0 else "+"
                plus = Factor(abs(laws[1].value), laws[1].of, laws[1].power)
                text = f"{laws[0]}{{delta}} ⊗ {'x' if layer == 1 else f'A{layer - 1}'} {sign} {plus}{other}"
                return Form(text.replace(" · 1", "") if other == "1" else text, "added")
        for factor_name, values in (
            (f"W{layer}", [case.weight(layer) for case in cases]),
            (f"|W{layer}|", [np.abs(case.weight(layer)) for case in cases]),
            (f"sign(W{layer})", [np.sign(case.weight(layer)) for case in cases]),
        ):
            made = [o * v for o, v in zip(outer, values, strict=True)]
            if found := fit.all_multiples(seen, made, close):
                factor = fit.law(found, quantities(cases), close)
                if factor:
                    return Form(f"{factor}({{delta}} ⊗ {text_of(layer)}) ⊙ {factor_name}", "other")
    return None


def shortened(term: str, bound: float, seen: Sequence[Array], outer: Sequence[Array], close: float) -> str:
    """A term that is made shorter; where no value was left as it was, each may also be made of that length."""
    text = f"{term}, made shorter where |{term}| > {fit.number_text(bound)}"
    if all(np.max(np.abs(s - o)) > close * np.max(np.abs(o)) for s, o in zip(seen, outer, strict=True)):
        return say.either([text, f"{Factor(bound)}({term}) / |{term}|"])  # no short one has been seen
    return text


def norm_cut(seen: Sequence[Array], outer: Sequence[Array], close: float) -> float:
    """The bound of the norm, if longer gradients are shortened to it and others are unchanged; else 0."""
    if any(s.shape != o.shape for s, o in zip(seen, outer, strict=True)):
        return 0.0
    cut = [(s, o) for s, o in zip(seen, outer, strict=True) if np.max(np.abs(s - o)) > close * np.max(np.abs(o))]
    bounds = [float(np.linalg.norm(s)) for s, _o in cut]
    if len(cut) < 2 or np.ptp(bounds) > close * max(bounds):
        return 0.0
    bound = float(np.mean(bounds))
    fits = all(np.max(np.abs(s - o * (bound / np.linalg.norm(o)))) <= close * np.max(np.abs(s)) for s, o in cut)
    longer = all(np.linalg.norm(o) > bound for _s, o in cut)
    kept = [o for s, o in zip(seen, outer, strict=True) if not any(s is c for c, _o in cut)]
    return bound if fits and longer and all(np.linalg.norm(o) <= bound * (1 + close) for o in kept) else 0.0


def _first(meant: Sequence[Mapping[str, Array]]) -> list[Array]:
    return [next(iter(each.values())) for each in meant]


def _shaped(
    cases: Sequence[Case], layer: int, deltas: Sequence[Array], outer: Sequence[Array]
) -> list[tuple[str, str, list[Array]]]:
    """The products of a delta that have another shape than the weights: text, kind, values."""
    found: list[tuple[str, str, list[Array]]] = []
    own = "output" if layer == 3 else f"A{layer}"
    vectors = [sources(case, layer) | ({} if layer == 3 else {own: case.a[layer]}) for case in cases]
    for name in (own, *(n for n in vectors[0] if n != own)):
        if all(len(v[name]) == len(d) for v, d in zip(vectors, deltas, strict=True)):
            dots = [np.asarray(v[name] @ d) for v, d in zip(vectors, deltas, strict=True)]
            found.append((f"{{delta}} · {name}, a single number", f"dot:{name}", dots))
            products = [v[name] * d for v, d in zip(vectors, deltas, strict=True)]
            found.append((f"{{delta}} ⊙ {name}", "other", products))
            found.append((f"{{delta}} ⊙ {name} in each row", "other", [np.tile(p, (len(p), 1)) for p in products]))
            found.append((f"diag({{delta}} ⊙ {name})", "other", [np.diag(p) for p in products]))
    found.append(("{delta}", "other", list(deltas)))
    found.append(("{delta} · {delta}, a single number", "other", [np.asarray(d @ d) for d in deltas]))
    found.append(("Σ {delta}, a single number", "other", [np.asarray(d.sum()) for d in deltas]))
    text = f"({{delta}} ⊗ {'x' if layer == 1 else f'A{layer - 1}'})"
    for axis in (0, 1):
        found.append((f"{text}.sum(axis={axis})", "other", [o.sum(axis=axis) for o in outer]))
        found.append(
            (f"{text}.sum(axis={axis}) everywhere", "other", [o.sum(axis, keepdims=True) + 0 * o for o in outer])
        )
    found.append((f"{text}.sum(), a single number", "other", [np.asarray(o.sum()) for o in outer]))
    found.append((f"{text}.sum() everywhere", "other", [o.sum() + 0 * o for o in outer]))
    found.append((f"{text}, rows in reverse order", "other", [o[::-1] for o in outer]))
    found.append((f"{text}, columns in reverse order", "other", [o[:, ::-1] for o in outer]))
    found.append((f"{text}, read off in another order (reshape)", "other", [o.T.reshape(o.shape) for o in outer]))
    found.append((f"{text} as a vector", "other", [o.ravel() for o in outer]))
    ups = [v[text_of(layer)] for v in vectors]
    if all(len(u) >= len(d) for d, u in zip(deltas, ups, strict=True)):
        rows = [np.tile((d * u[: len(d)])[:, None], (1, len(u))) for d, u in zip(deltas, ups, strict=True)]
        found.append((f"{{delta}} ⊙ {text_of(layer)} in each column", "other", rows))
    for place, where in ((0, "first"), (-1, "last")):
        found.append(
            (
                f"{{delta}} ⊗ {text_of(layer)}, its {where} row in each row",
                "other",
                [np.tile(d[place] * u, (len(d), 1)) for d, u in zip(deltas, ups, strict=True)],
            )
        )
    sums = [d[:, None] + u[None, :] for d, u in zip(deltas, ups, strict=True)]
    found.append((f"{{delta}} + {text_of(layer)} (a sum for each pair)", "other", sums))
    columns = [d[:, None] for d in deltas]
    found.append(("{delta} as a column", "other", columns))
    return [(t, k, [np.asarray(m, np.float64) for m in made]) for t, k, made in found]


def _near(value: Array, meant: Array, close: float) -> bool:
    return value.shape == meant.shape and bool(
        np.max(np.abs(value - meant), initial=0.0) <= close * np.max(np.abs(meant), initial=0.0)
    )


def text_of(layer: int) -> str:
    """The input of a layer's W, in the article's notation."""
    return "x" if layer == 1 else f"A{layer - 1}"
