"""Reads the step from given gradients: by the change of the weights, once, twice, and for zero."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.reading import fit, say
from nnkata.katas.article.reading.departure import LEARNING, Departure, of
from nnkata.katas.article.reading.fit import Factor, number_text
from nnkata.katas.article.reading.observed import CLOSE, Observed, Probe, drawn, held
from nnkata.subject import Outcome, Raised

UPDATE = of("update") | LEARNING
MEANT = "W - l_rate · change[W]"
#: Gradients of this standard deviation, and of this multiple: a clip shows in the second.
SPREAD, LARGE = 0.3, 100.0
#: How far steps of one length may be apart: an optimiser divides by |change| + 1e-8, and some changes are small.
SIGN_CLOSE = 1e-2


@dataclass
class Step:
    """One update: the rate, the weights before and after, the gradients, and the result of the call."""

    rate: float
    before: dict[str, Array]
    change: dict[str, Array]
    after: dict[str, Array] | None = None
    outcome: Outcome | None = None
    raised: Raised | None = None
    close: float = CLOSE["float64"]

    @property
    def sizes(self) -> tuple[int, ...]:
        """The widths of the network."""
        return (self.before["W1"].shape[1], *(len(self.before[key]) for key in WEIGHTS))

    def moved(self, key: str) -> Array:
        """By how much a matrix moved."""
        return (self.after or self.before)[key] - self.before[key]


@dataclass
class Steps:
    """The updates of a reading, and the reading."""

    first: list[Step] = field(default_factory=list)
    large: list[Step] = field(default_factory=list)
    again: list[Step] = field(default_factory=list)
    zero: list[Step] = field(default_factory=list)
    rates: list[tuple[float, object]] = field(default_factory=list)


def update(probe: Probe, change: dict[str, Array]) -> Step:
    """One call, from the network's present weights."""
    done = Step(probe.rate, held(probe.net, probe.sizes) or probe.weights, change, close=CLOSE[probe.dtype])
    try:
        done.outcome = probe.net.call("update_network_parameters", {k: v.copy() for k, v in change.items()})
        done.after = held(probe.net, probe.sizes)
    except Raised as error:
        done.raised = error
    return done


def observe(observed: Observed) -> Steps | None:
    """Three networks of other widths and rates, each updated once, again, with zero, and with large gradients."""
    found = Steps()
    for number, (sizes, rate) in enumerate((((7, 6, 5, 4), 0.5), ((5, 4, 6, 3), 0.125), ((5, 5, 5, 5), 0.25)), 200):
        probe = observed.network(sizes, rate, number)
        if probe is None:
            return None
        change = drawn(probe.rng, sizes, SPREAD)
        found.first.append(update(probe, change))
        found.again.append(update(probe, change))
        found.zero.append(update(probe, {key: np.zeros_like(value) for key, value in change.items()}))
        try:
            found.rates.append((rate, probe.net.get("l_rate")))
        except Raised:
            found.rates.append((rate, None))
        other = observed.network(sizes, rate, number)
        if other is not None:
            found.large.append(update(other, {key: LARGE * value for key, value in change.items()}))
    return found


def read(observed: Observed) -> list[Departure]:
    """The departure of the update."""
    steps = observe(observed)
    if steps is None:
        return []
    raised = any(step.raised or step.after is None for step in steps.first)
    changed = _argument(steps.first[0])
    if raised:
        into = all(_into_a_row(step) for step in steps.first)
        text = say.formula("W", "each row of W - l_rate · change[W]", MEANT) if into else None
        return [Departure("update", UPDATE, text, "whole-step-for-each-row" if into else None, raises=True)]
    found = [*_first(steps)]
    if not found:
        found = _later(steps)
    if changed and not any(d.name == "ascent" for d in found):
        name = "gradients-changed-in-place" if _scaled(steps.first[0]) else None
        found.append(Departure("update", of("update", 4), changed, name))
    return found


def _into_a_row(step: Step) -> bool:
    """NumPy's message for writing a whole matrix into one of its rows; its shapes are the evidence."""
    text = step.raised.message if step.raised else ""
    shapes = [value.shape for value in step.change.values()]
    rows = any(f"non-broadcastable output operand with shape ({s[1]},)" in text for s in shapes)
    return rows and any(f"broadcast shape ({s[0]},{s[1]})" in text for s in shapes)


def _argument(step: Step) -> str | None:
    if step.outcome is None:
        return None
    before, after = step.outcome.given[0], step.outcome.after[0]
    if not isinstance(after, dict) or not isinstance(before, dict):
        return None
    for key in WEIGHTS:
        one, other = before.get(key), after.get(key)
        if isinstance(one, np.ndarray) and isinstance(other, np.ndarray) and not np.array_equal(one, other):
            changed = say.relation(one, other, f"change[{key}]")
            return say.written(f"change[{key}]", changed)
    return None


def _scaled(step: Step) -> bool:
    """Whether the gradients that were handed in have become those of the step: l_rate · change."""
    after = step.outcome.after[0] if step.outcome else None
    if not isinstance(after, dict):
        return False
    values = {key: after.get(key) for key in WEIGHTS}
    return all(
        isinstance(value, np.ndarray)
        and value.shape == step.change[key].shape
        and np.allclose(value, step.rate * step.change[key], rtol=step.close, atol=0.0)
        for key, value in values.items()
    )


def _right(steps: Sequence[Step], key: str) -> bool:
    return all(_near(s.moved(key), -s.rate * s.change[key], s, key) for s in steps)


def _near(one: Array, other: Array, step: Step, key: str) -> bool:
    """Weights are compared, so rounding is relative to them."""
    top = float(np.max(np.abs(step.before[key] + other), initial=0.0)) or 1.0
    return bool(np.max(np.abs(one - other)) <= step.close * top)


def _rounding(step: Step, key: str) -> float:
    """The rounding of a step, relative to its largest number: weights are compared, and they are larger."""
    whole = float(np.max(np.abs(step.before[key]), initial=0.0)) / (step.rate * float(np.max(np.abs(step.change[key]))))
    return step.close * max(1.0, whole)


def _first(steps: Steps) -> list[Departure]:
    """The effect of a network's first update."""
    wrong = [key for key in WEIGHTS if not _right(steps.first, key)]
    if not wrong:
        return []
    still = [key for key in wrong if all(not np.any(s.moved(key)) for s in steps.first)]
    if still == wrong:
        name = {3: "update-not-kept", 2: "only-last-layer-updated" if still == ["W1", "W2"] else None}.get(len(still))
        return [Departure("update", UPDATE, say.not_moved(still), name)]
    kinds: dict[str, tuple[str | None, list[str]]] = {}
    for key in (key for key in wrong if key not in still):
        formula, name = rule(steps, key)
        kinds.setdefault(formula, (name, []))[1].append(key)
    found = [Departure("update", UPDATE, say.not_moved(still))] if still else []
    for formula, (name, keys) in kinds.items():
        reading = say.formula(", ".join(keys), formula, MEANT) if formula else None
        if reading and _of_change_alone(formula) and not all(_again_alike(steps, key) for key in keys):
            reading, name = say.first_step(reading), None
        found.append(Departure("update", UPDATE, reading, name if len(keys) == 3 else None))
    texts = [one.reading for one in found if one.reading is not None]
    if len(texts) == len(found) > 1:  # one call of one function: its effects on all matrices are reported together
        return [Departure("update", UPDATE, "; ".join(texts))]
    return found


def _of_change_alone(formula: str) -> bool:
    """Whether a step of this formula depends on the gradient alone, so that the same gradient makes it again."""
    step = formula.replace("change[W]", "").removeprefix("W ")
    return formula.startswith("W ") and "W" not in step


def _again_alike(steps: Steps, key: str) -> bool:
    """Whether the same gradient once more makes the same step."""
    return all(
        np.max(np.abs(again.moved(key) - first.moved(key))) <= 1e-3 * np.max(np.abs(first.moved(key)), initial=0.0)
        for first, again in zip(steps.first, steps.again, strict=True)
        if not again.raised
    )


def rule(steps: Steps, key: str) -> tuple[str, str | None]:
    """The move of a matrix, in W and change[W], and its name; '' if it could not be read."""
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
    parts = found and [-c / s.rate for c, s in zip(found, first, strict=True)]
    if parts and (share := fit.law(parts, sizes, close)) and share.of:
        return f"W - {share}l_rate · change[W]", None
    both = fit.combination(seen, change, weights, close)
    laws = both and [fit.law(numbers, rates, close) for numbers in both]
    if laws and laws[0] and laws[1]:
        return _decay(laws[0], laws[1])
    both = fit.combination(seen, change, [np.sign(w) for w in weights], close)
    laws = both and [fit.law(numbers, rates, close) for numbers in both]
    if laws and laws[0] and laws[1]:
        return _decay(laws[0], laws[1], "sign(W)")
    whole = [-s.rate * c for s, c in zip(first, change, strict=True)]
    if part := fit.rows(seen, whole, max(_rounding(s, key) for s in first)):
        return f"W - l_rate · change[W] in {part}, W elsewhere", None
    bends = {
        "change[W] / |change[W]|": [c / (np.linalg.norm(c) or 1.0) for c in change],
        "sign(change[W])": [np.sign(c) for c in change],
        "|change[W]|": [np.abs(c) for c in change],
        "change[W]²": [c * c for c in change],
        "change[W] / max |change[W]|": [c / np.max(np.abs(c)) for c in change],
        "mean(change[W])": [np.full_like(c, c.mean()) for c in change],
        "change[W] ⊙ W": [c * w for c, w in zip(change, weights, strict=True)],
        "the rows of change[W] summed": [np.tile(c.sum(axis=0), (len(c), 1)) for c in change],
        "change[W].mean(axis=0)": [np.tile(c.mean(axis=0), (len(c), 1)) for c in change],
        "change[W].mean(axis=1) everywhere": [np.tile(c.mean(axis=1)[:, None], (1, c.shape[1])) for c in change],
        "change[W] in reverse order": [c[::-1] for c in change],
        "W": weights,
        "1": [np.ones_like(c) for c in change],
        "1 / change[W]": [1 / c for c in change],
        "W / change[W]": [w / c for c, w in zip(change, weights, strict=True)],
        "change[W] / W": [c / w for c, w in zip(change, weights, strict=True)],
    }
    for text, terms in bends.items():
        near = max(close, SIGN_CLOSE) if text.startswith("sign") else close
        found = fit.all_multiples(seen, terms, near)
        factor = found and fit.law(found, rates, near)
        if factor:
            normal = text == "change[W] / |change[W]|" and factor.of == "l_rate" and factor.value < 0
            return _step_text(factor, text), "step-normalised" if normal else None
    if clip := _clip(steps, key):
        return clip
    after = [w + m for w, m in zip(weights, seen, strict=True)]
    meant = [w - r * c for w, r, c in zip(weights, rates["l_rate"], change, strict=True)]
    if write := fit.distorted(after, meant, close):
        return write("W - l_rate · change[W]"), None
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
    for text, terms in {
        "W ⊙ change[W]": [c * w for c, w in zip(change, weights, strict=True)],
        "W / change[W]": [w / c for c, w in zip(change, weights, strict=True)],
        "change[W] / W": [c / w for c, w in zip(change, weights, strict=True)],
        "W": weights,
    }.items():
        factors = fit.all_multiples(after, terms, close)
        if factors and (factor := fit.law(factors, rates, close)):
            return f"{factor}{text}", None
    for text, terms in {
        "change[W]": change,
        "l_rate · change[W]": [r * c for r, c in zip(rates["l_rate"], change, strict=True)],
    }.items():
        if fit.all_multiples(after, terms, close):
            return f"{text} alone, W is gone", None
    return "", None


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
    right = first.of == "l_rate" and first.power == 1 and abs(first.value + 1) < 1e-4
    if second.value < 0:
        return f"W - {shrink}{term} - {minus}change[W]", "weight-decay" if right and term == "W" else None
    return f"W + {second}{term} - {minus}change[W]", None


def _clip(steps: Steps, key: str) -> tuple[str, str | None] | None:
    """Gradients that are cut off: every element is the step of one, or at the bound."""
    for these in (steps.first, steps.large):
        bounds = [float(np.max(np.abs(s.moved(key)), initial=0.0)) / s.rate for s in these]
        if not these or not bounds[0] or max(bounds) - min(bounds) > 1e-3 * max(bounds):
            continue
        bound = bounds[0]
        if all(_near(s.moved(key), -s.rate * np.clip(s.change[key], -bound, bound), s, key) for s in these):
            return f"W - l_rate · clip(change[W], ±{number_text(bound)})", "gradients-clipped"
    return None


def _later(steps: Steps) -> list[Departure]:
    """The first update is right: whether the second is, a large one, and one with zero."""
    found = []
    for key in WEIGHTS:
        if steps.large and not _right(steps.large, key):
            clip = _clip(steps, key)
            text = say.formula("W", clip[0], MEANT) if clip else None
            clauses = of("update", 6) | (LEARNING if clip is None else frozenset())
            found.append(Departure("update", clauses, text, clip and clip[1]))
            break
    if all(_right(steps.again, key) and _right(steps.zero, key) for key in WEIGHTS):
        return found
    clauses = of("update", 2) | LEARNING
    ratios = {key: _ratios(steps, key) for key in WEIGHTS}
    known = [r for r in ratios.values() if r is not None]
    if len(known) < len(WEIGHTS) or np.ptp([k for r in known for k in r[0]]) > 1e-3:
        return [*found, Departure("update", clauses, None)]
    second, third = known[0][0][0], known[0][1][0]
    rates = [float(now) / rate for rate, now in steps.rates if isinstance(now, int | float)]
    shrinks = [r for r in rates if abs(r - 1) > 1e-9]
    if shrinks and abs(third) < 1e-9:
        text = say.formula("l_rate", f"{number_text(second)} · l_rate", "l_rate")
        return [*found, Departure("update", clauses, text, "rate-decayed" if second < 1 else None)]
    beta = second - 1
    if abs(third - (beta + beta * beta)) < 1e-3 and abs(beta) > 1e-6:
        text = say.formula("W", f"v = {number_text(beta)} v + change[W], W - l_rate · v", MEANT)
        return [*found, Departure("update", clauses, text, "momentum" if 0 < beta < 1 else None)]
    if abs(third) < 1e-9:
        text = say.formula("W", f"W - {number_text(second)} · l_rate · change[W]", MEANT)
        return [*found, Departure("update", clauses, text)]
    return [*found, Departure("update", clauses, None)]


def _ratios(steps: Steps, key: str) -> tuple[list[float], list[float]] | None:
    """The second step and that with zero gradients, each in steps of the right length."""
    second, third = [], []
    for again, zero in zip(steps.again, steps.zero, strict=True):
        step = -again.rate * again.change[key]
        one, other = fit.multiple(again.moved(key), step, 1e-3), fit.multiple(zero.moved(key), step, 1e-3)
        if one is None or (other is None and np.any(zero.moved(key))):
            return None
        second.append(one)
        third.append(other or 0.0)
    return second, third
