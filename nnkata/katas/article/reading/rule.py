"""The formula of one step of a matrix, in W and change[W], and its name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import fit, say, updates
from nnkata.katas.article.reading.fit import Factor, number_text
from nnkata.katas.article.reading.passes import gradients
from nnkata.katas.article.reading.updates import Steps
from nnkata.language import _

#: How far steps of one length may be apart: an optimiser divides by |change| + 1e-8, and some changes are small.
SIGN_CLOSE = 1e-2


def read(steps: Steps, key: str) -> tuple[str, str | None]:
    """The formula of a matrix's moves, and its name; '' if it could not be read.

    A few rates do not show a function of the rate: a formula that a far smaller and a far larger one contradict holds
    for the rates of the others, and has no name.
    """
    text, name = _read(steps, key)
    far = [step for step in steps.far if step.after is not None]
    if not text:
        return _each(steps, key), None
    if not far:
        return text, name
    whole, named = _read(replace(steps, first=[*steps.first, *far]), key)
    if not whole and any(fit.multiple(s.moved(key), s.change[key], 10 * s.close) is None for s in far):
        return "", None  # the size of these gradients may be the reason, as well as the rate
    if whole:
        return text if _digits(whole) == _digits(text) else whole, named
    return say.in_part(text, "l_rate = " + ", ".join(number_text(s.rate) for s in steps.first)), None


def _each(steps: Steps, key: str) -> str:
    """The steps one by one, if each is a multiple of its gradient and they follow no law; '' if one is none."""
    factors = fit.all_multiples([s.moved(key) for s in steps.first], [s.change[key] for s in steps.first], 1e-4)
    sizes = [f"l_rate = {number_text(s.rate)}, epochs = {s.epochs}" for s in steps.first]
    told = [(Factor(float(f"{factor:.4g}")), size) for factor, size in zip(factors or [], sizes, strict=False)]
    return _("; ").join(say.in_part(_step_text(factor), size) for factor, size in told)


def norm_clip(steps: Steps, key: str) -> str:
    """The formula where long gradients are made shorter, and short ones are not; '' if it is another."""
    done = [s for s in (*steps.first, *steps.large, *steps.far) if s.after is not None]
    came, meant = [-s.moved(key) / s.rate for s in done], [s.change[key] for s in done]
    close = 10 * max((updates.rounding(s, key) for s in done), default=0.0)
    bound = gradients.norm_cut(came, meant, close)
    if not bound or all(np.linalg.norm(c) < (1 - 1e-3) * np.linalg.norm(m) for c, m in zip(came, meant, strict=True)):
        return ""
    return f"W - l_rate · ({gradients.shortened('change[W]', bound, came, meant, close)})"


def _digits(text: str) -> str:
    """A formula with three digits of its numbers."""
    return re.sub(r"\d+\.\d+", lambda found: f"{float(found[0]):.3g}", text)


def far(steps: Steps, key: str) -> str:
    """The formula of a step that is right for three rates, and of another length for a smaller or larger one."""
    found = []
    for step in steps.far:
        if step.after is not None and not updates.right([step], key):
            factor = fit.multiple(step.moved(key), step.change[key], 10 * step.close)
            if factor is None:
                return ""
            found.append(say.in_part(_step_text(Factor(factor)), f"l_rate = {number_text(step.rate)}"))
    return _("; ").join(found)


def _read(steps: Steps, key: str) -> tuple[str, str | None]:
    first = steps.first
    close = max(s.close for s in first) * 10
    seen = [s.moved(key) for s in first]
    change, weights = [s.change[key] for s in first], [s.before[key] for s in first]
    rates = {"l_rate": [s.rate for s in first]}
    n = {"rows": [float(len(w)) for w in weights], "columns": [float(w.shape[1]) for w in weights]}
    found = fit.all_multiples(seen, change, close)
    factor = found and fit.law(found, rates | n, close)
    if factor:
        return _step_text(factor), _step_name(factor)
    sizes = {"n": [float(s.sizes[3]) for s in first], **n, "n0": [float(s.sizes[0]) for s in first]}
    sizes["epochs"] = [float(s.epochs) for s in first]
    parts = found and [-c / s.rate for c, s in zip(found, first, strict=True)]
    if parts and (share := fit.law(parts, sizes, close)) and share.of:
        return f"W - {share}l_rate · change[W]", None
    both = fit.combination(seen, change, weights, close)
    laws = both and [fit.law(numbers, rates, close) for numbers in both]
    if laws and laws[0] and laws[1] and not laws[1].minus:
        return _decay(laws[0], laws[1])
    both = fit.combination(seen, change, [np.sign(w) for w in weights], close)
    laws = both and [fit.law(numbers, rates, close) for numbers in both]
    if laws and laws[0] and laws[1]:
        return _decay(laws[0], laws[1], "sign(W)")
    whole = [-s.rate * c for s, c in zip(first, change, strict=True)]
    if part := fit.rows(seen, whole, max(updates.rounding(s, key) for s in first)):
        return f"W - l_rate · change[W] in {part}, W elsewhere", None
    if short := norm_clip(steps, key):
        return short, None
    for text, terms in _bends(first, change, weights).items():
        near = max(close, SIGN_CLOSE) if text.startswith("sign") else close
        found = fit.all_multiples(seen, terms, near)
        factor = found and fit.law(found, rates, near)
        if factor:
            normal = text == "change[W] / |change[W]|" and factor.of == "l_rate" and factor.value < 0
            return _step_text(factor, text), "step-normalised" if normal else None
    if cut := clip(steps, key):
        return cut
    if root := _by_its_size(seen, change, rates["l_rate"], close):
        return root, None
    return _written(change, weights, seen, rates, close)


def _bends(
    first: Sequence[updates.Step], change: Sequence[Array], weights: Sequence[Array]
) -> Mapping[str, Sequence[Array]]:
    """What a step may subtract a multiple of, in place of change[W], by its formula."""
    return {
        "change[W] / |change[W]|": [c / (np.linalg.norm(c) or 1.0) for c in change],
        "sign(change[W])": [np.sign(c) for c in change],
        "|change[W]|": [np.abs(c) for c in change],
        "max(0, change[W])": [np.maximum(c, 0) for c in change],
        "min(0, change[W])": [np.minimum(c, 0) for c in change],
        "(change[W] - mean(change[W]))": [c - c.mean() for c in change],
        "√|change[W]|": [np.sqrt(np.abs(c)) for c in change],
        "change[W] ⊙ |change[W]|": [c * np.abs(c) for c in change],
        "change[W].T read off in another order (reshape)": [c.T.reshape(c.shape) for c in change],
        **{f"round(change[W], {digits})": [np.round(c, digits) for c in change] for digits in (1, 2, 3, 4)},
        "change[W] / |all changes|": [c / size for c, size in zip(change, _sizes(first), strict=True)],
        "change[W]²": [c * c for c in change],
        "change[W] / max |change[W]|": [c / np.max(np.abs(c)) for c in change],
        "mean(change[W])": [np.full_like(c, c.mean()) for c in change],
        "change[W] ⊙ W": [c * w for c, w in zip(change, weights, strict=True)],
        "the rows of change[W] summed": [np.tile(c.sum(axis=0), (len(c), 1)) for c in change],
        "the first row of change[W] in each row": [np.tile(c[0], (len(c), 1)) for c in change],
        "the last row of change[W] in each row": [np.tile(c[-1], (len(c), 1)) for c in change],
        "change[W].mean(axis=0)": [np.tile(c.mean(axis=0), (len(c), 1)) for c in change],
        "change[W].mean(axis=1) everywhere": [np.tile(c.mean(axis=1)[:, None], (1, c.shape[1])) for c in change],
        "change[W] in reverse order": [c[::-1] for c in change],
        "W": weights,
        "1": [np.ones_like(c) for c in change],
        "1 / change[W]": [1 / c for c in change],
        "W / change[W]": [w / c for c, w in zip(change, weights, strict=True)],
        "change[W] / W": [c / w for c, w in zip(change, weights, strict=True)],
    }


def _written(
    change: Sequence[Array],
    weights: Sequence[Array],
    seen: Sequence[Array],
    rates: Mapping[str, Sequence[float]],
    close: float,
) -> tuple[str, str | None]:
    """The formula of the new weights where the step itself has none: cut, rounded, or a sum of other terms."""
    after = [w + m for w, m in zip(weights, seen, strict=True)]
    meant = [w - r * c for w, r, c in zip(weights, rates["l_rate"], change, strict=True)]
    if bound := gradients.norm_cut(after, meant, close):
        return gradients.shortened("W - l_rate · change[W]", bound, after, meant, close), None
    if write := fit.distorted(after, meant, close):
        return write("W - l_rate · change[W]"), None
    for digits in (1, 2, 3):
        if all(np.max(np.abs(a - np.round(m, digits))) <= close for a, m in zip(after, meant, strict=True)):
            return f"round(W - l_rate · change[W], {digits})", None
    ones = [np.ones_like(c) for c in change]
    both = fit.combination(seen, change, ones, close)
    laws = both and [fit.law(numbers, rates, close) for numbers in both]
    if laws and laws[0] and laws[1]:
        sign = "-" if laws[1].value < 0 else "+"
        plus = str(Factor(abs(laws[1].value), laws[1].of, laws[1].power)).removesuffix(" · ") or "1"
        return f"{_step_text(laws[0])} {sign} {plus}", None
    both = fit.combination(after, change, ones, close)
    laws = both and [fit.law(numbers, rates, close) for numbers in both]
    if laws and laws[0] and laws[1]:
        number = str(laws[1]).removesuffix(" · ") or "1"
        minus = Factor(-laws[0].value, laws[0].of, laws[0].power)
        return f"{number} {'-' if laws[0].value < 0 else '+'} {minus if laws[0].value < 0 else laws[0]}change[W]", None
    both = fit.combination(after, change, weights, close)
    laws = both and [fit.law(numbers, rates, close) for numbers in both]
    if laws and laws[0] and laws[1]:
        front = Factor(abs(laws[1].value), laws[1].of, laws[1].power)
        return f"{laws[0]}change[W] {'-' if laws[1].value < 0 else '+'} {front}W", None
    for text, terms in {
        "W ⊙ change[W]": [c * w for c, w in zip(change, weights, strict=True)],
        "W / change[W]": [w / c for c, w in zip(change, weights, strict=True)],
        "change[W] / W": [c / w for c, w in zip(change, weights, strict=True)],
        "W": weights,
    }.items():
        factors = fit.all_multiples(after, terms, close)
        if factors and (factor := fit.law(factors, rates, close)):
            return f"{factor}{text}", None
    factors = fit.all_multiples(after, change, close)
    if factors and (factor := fit.law(factors, rates, close)):
        return f"{factor}change[W] alone, W is gone", None
    return "", None


def _sizes(first: Sequence[updates.Step]) -> list[float]:
    """The length of all gradients of a step as one vector."""
    return [float(np.sqrt(sum(np.vdot(c, c) for c in step.change.values()))) or 1.0 for step in first]


def _step_text(factor: Factor, term: str = "change[W]") -> str:
    minus = Factor(-factor.value, factor.of, factor.power)
    return f"W {'-' if factor.value < 0 else '+'} {minus if factor.value < 0 else factor}{term}"


def _step_name(factor: Factor) -> str | None:
    if factor.of == "l_rate" and factor.power == 1 and abs(factor.value - 1) < 1e-4:
        return "ascent"
    if factor.minus:
        return "rate-ignored"
    return "rate-fixed" if not factor.of and factor.value < 0 and abs(factor.value) < 1 else None


def _decay(first: Factor, second: Factor, term: str = "W") -> tuple[str, str | None]:
    minus = Factor(-first.value, first.of, first.power)
    shrink = Factor(-second.value, second.of, second.power)
    step = f"- {minus}change[W]" if first.value < 0 else f"+ {first}change[W]"
    right = first.of == "l_rate" and first.power == 1 and abs(first.value + 1) < 1e-4
    if second.value < 0:
        return f"W - {shrink}{term} {step}", "weight-decay" if right and term == "W" else None
    return f"W + {second}{term} {step}", None


def _by_its_size(seen: Sequence[Array], change: Sequence[Array], rates: Sequence[float], close: float) -> str:
    """A step over the root of the gradient's square and a number, as an optimiser begins; '' if it is none."""
    with np.errstate(all="ignore"):
        below = [(rate * c / s) ** 2 - c**2 for s, c, rate in zip(seen, change, rates, strict=True)]
    flat = np.concatenate([one.ravel() for one in below])
    number = float(np.median(flat))
    if not np.isfinite(flat).all() or number <= 0:
        return ""
    made = [-rate * c / np.sqrt(c**2 + number) for c, rate in zip(change, rates, strict=True)]
    fits = all(np.max(np.abs(s - m)) <= 10 * close * np.max(np.abs(m)) for s, m in zip(seen, made, strict=True))
    return f"W - l_rate · change[W] / √(change[W]² + {number_text(number)})" if fits else ""


def clip(steps: Steps, key: str) -> tuple[str, str | None] | None:
    """Gradients, or steps, that are cut off: every element is the step of one, or at the bound."""
    for these in (steps.first, steps.large):
        bounds = [float(np.max(np.abs(s.moved(key)), initial=0.0)) / s.rate for s in these]
        if not these or not bounds[0] or max(bounds) - min(bounds) > 1e-3 * max(bounds):
            continue
        bound = bounds[0]
        if all(updates.near(s.moved(key), -s.rate * np.clip(s.change[key], -bound, bound), s, key) for s in these):
            return f"W - l_rate · clip(change[W], ±{number_text(bound)})", "gradients-clipped"
    for these in (steps.first, steps.large):
        sizes = sorted(float(np.max(np.abs(s.moved(key)), initial=0.0)) for s in these)
        if len(sizes) < 2 or not sizes[-1] or sizes[-2] < (1 - 1e-3) * sizes[-1]:
            continue  # the longest two steps have the same bound
        bound = sizes[-1]
        if all(updates.near(s.moved(key), -np.clip(s.rate * s.change[key], -bound, bound), s, key) for s in these):
            return f"W - clip(l_rate · change[W], ±{number_text(bound)})", None
    return None
