"""Reads the step from given gradients: by the change of the weights, once, twice, and for zero."""

import numpy as np

from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.article.reading import fit, rule, say, updates
from nnkata.katas.article.reading.departure import LEARNING, Departure, of
from nnkata.katas.article.reading.fit import number_text
from nnkata.katas.article.reading.observed import Observed
from nnkata.katas.article.reading.updates import Step, Steps
from nnkata.language import _

UPDATE = of("update") | LEARNING
MEANT = "W - l_rate · change[W]"


def read(observed: Observed) -> list[Departure]:
    """The departure of the update."""
    steps = updates.observe(observed)
    if steps is None:
        return []
    raised = any(step.raised or step.after is None for step in steps.first)
    changed = _argument(steps.first[0])
    if raised and (crossed := _of_other_matrices(steps)):
        return [Departure("update", UPDATE, crossed, raises=True)]
    lost = {tuple(step.keys) for step in steps.first if not step.raised}
    if raised and len(lost) == 1 and set(kept := [*lost.pop()]) < {*WEIGHTS}:
        return [Departure("update", UPDATE, say.other_keys("params", kept), raises=True)]
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


def _of_other_matrices(steps: Steps) -> str:
    """The steps that begin at another matrix, or are made with its gradient: one fits only where all are square."""
    square = [step for step in steps.first if step.after is not None and len(set(step.sizes)) == 1]
    if not square or any(step.after is not None and step not in square for step in steps.first):
        return ""
    texts = []
    for key in WEIGHTS:
        pairs = [(key, key), *((one, other) for one in WEIGHTS for other in WEIGHTS)]
        found = next((pair for pair in pairs if all(_is_step(step, key, *pair) for step in square)), None)
        if found is None:
            return ""
        if found != (key, key):
            texts.append(say.formula(key, "{} - l_rate · change[{}]".format(*found), f"{key} - l_rate · change[{key}]"))
    return _("; ").join(texts)


def _is_step(step: Step, key: str, start: str, change: str) -> bool:
    """Whether a matrix has become that of a step from this one with the gradient of that one."""
    made = step.before[start] - step.rate * step.change[change]
    return updates.near(step.moved(key), made - step.before[key], step, key)


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
    """Whether the gradients of the caller have become those of the step: l_rate · change."""
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


def _first(steps: Steps) -> list[Departure]:
    """The effect of a network's first update."""
    wrong = [key for key in WEIGHTS if not updates.right(steps.first, key)]
    if not wrong:
        far = {rule.far(steps, key) for key in WEIGHTS}
        return [Departure("update", UPDATE, say.formula("W", text, MEANT)) for text in far if text and len(far) == 1]
    still = [key for key in wrong if all(not np.any(s.moved(key)) for s in steps.first)]
    if still == wrong:
        if any(np.any(step.moved(key)) for step in steps.again for key in still):  # a rate that begins at 0
            return [Departure("update", UPDATE, say.first_step(say.not_moved(still)))]
        name = {3: "update-not-kept", 2: "only-last-layer-updated" if still == ["W1", "W2"] else None}.get(len(still))
        return [Departure("update", UPDATE, say.not_moved(still), name)]
    kinds: dict[str, tuple[str | None, list[str]]] = {}
    for key in (key for key in wrong if key not in still):
        formula, name = rule.read(steps, key)
        kinds.setdefault(formula, (name, []))[1].append(key)
    found = [Departure("update", UPDATE, say.not_moved(still))] if still else []
    for formula, (name, keys) in kinds.items():
        reading = say.formula(", ".join(keys), formula, MEANT) if formula else None
        if averaged := _averaged(steps, keys[0]):
            reading, name = say.formula(", ".join(keys), averaged, MEANT), None
        elif reading and _of_change_alone(formula) and not all(_again_alike(steps, key) for key in keys):
            reading, name = say.first_step(reading), None
        found.append(Departure("update", UPDATE, reading, name if len(keys) == 3 else None))
    texts = [one.reading for one in found if one.reading is not None]
    if len(texts) == len(found) > 1:  # one call of one function: its effects on all matrices are reported together
        return [Departure("update", UPDATE, _("; ").join(texts))]
    return found


def _averaged(steps: Steps, key: str) -> str:
    """Steps by a running mean of the gradients that starts at 0: v = β v + (1 - β) change[W]; '' if they are others."""
    if any(step.raised for step in (*steps.first, *steps.again, *steps.zero)):
        return ""
    shares = [fit.multiple(s.moved(key), -s.rate * s.change[key], 1e-3) for s in steps.first]
    ratios = _ratios(steps, key)
    if ratios is None or any(share is None or not 0 < share < 1 for share in shares):
        return ""
    found = [share for share in shares if share is not None]
    fits = np.ptp(found) < 1e-3 * found[0] and all(
        abs(second - share * (2 - share)) < 1e-3 and abs(third - share * (1 - share) * (2 - share)) < 1e-3
        for share, second, third in zip(found, *ratios, strict=True)
    )
    number = number_text(round(1 - found[0], 6))
    return f"v = {number} v + (1 - {number}) change[W], W - l_rate · v" if fits else ""


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


def _later(steps: Steps) -> list[Departure]:
    """The first update is right: whether the second is, a large one, and one with zero."""
    found = []
    for key in WEIGHTS:
        if steps.large and not updates.right(steps.large, key):
            clip = rule.clip(steps, key)
            short = clip[0] if clip else rule.norm_clip(steps, key)
            text = say.formula("W", short, MEANT) if short else None
            clauses = of("update", 6) | (LEARNING if clip is None else frozenset())
            found.append(Departure("update", clauses, text, clip and clip[1]))
            break
    if all(updates.right(steps.again, key) and updates.right(steps.zero, key) for key in WEIGHTS):
        return found
    clauses = of("update", 2) | LEARNING
    if all(_from_the_start(steps, key) for key in WEIGHTS):
        text = say.second_step(say.formula("W", "(W before the first step) - l_rate · change[W]", MEANT))
        return [*found, Departure("update", clauses, text)]
    later = [step for step in (*steps.again, *steps.zero) if step.after is not None]
    if later and not any(np.any(step.moved(key)) for step in later for key in WEIGHTS):
        return [*found, Departure("update", clauses, say.second_step(say.not_moved([*WEIGHTS])))]
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
        text = say.second_step(say.formula("W", f"W - {number_text(second)} · l_rate · change[W]", MEANT))
        return [*found, Departure("update", clauses, text)]
    return [*found, Departure("update", clauses, None)]


def _from_the_start(steps: Steps, key: str) -> bool:
    """Whether each step is made from the weights before the first: the same one adds nothing, and zero undoes it."""
    return all(
        again.after is not None
        and zero.after is not None
        and not np.any(again.moved(key))
        and np.array_equal(zero.after[key], first.before[key])
        for first, again, zero in zip(steps.first, steps.again, steps.zero, strict=True)
    )


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
