"""The backward pass: values carried over from call to call, arguments that it changes, gradients under other keys."""

from collections.abc import Iterator, Sequence
from itertools import combinations, permutations

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import LEARNING, Departure, of
from nnkata.katas.article.reading.observed import Observed, Pass, Probe, finite
from nnkata.katas.article.reading.passes.forward import near
from nnkata.katas.article.reading.passes.forward_state import SIZES
from nnkata.katas.article.reading.passes.values import Case
from nnkata.language import _
from nnkata.subject import Raised


def backward(observed: Observed, updates: bool) -> Iterator[Departure]:
    """The backward pass: its arguments and keys, the weights, a second call, another sample, another output.

    `updates`: whether it is known to move the weights.
    """
    probe = observed.network(SIZES, 0.5, 501)
    if probe is None:
        return
    first = probe.there_and_back()
    if first.output is None or first.backward is None:
        return
    yield from _arguments(first)
    extra = [str(key) for key in first.changes if key not in ("W1", "W2", "W3")]
    if extra and len(_gradients(first) or {}) == 3 and not _are_weights(first):
        yield _other_keys(first, of("backward", 1))
    before, after = first.held.get("forward"), first.held.get("backward")
    moved = [k for k in before or {} if after and np.any(after[k] != before[k])] if before else []
    if before and after and moved and not updates:
        text = say.weights_written("backward_pass", ", ".join(moved))
        yield Departure("backward", of("backward", 11) | LEARNING, text)
    try:
        yield from _again(observed, probe, first)
    except Raised:
        return


def _arguments(first: Pass) -> Iterator[Departure]:
    assert first.backward is not None
    for index, name in enumerate(("y", "output")):
        if text := say.argument(first.backward, index, name):
            yield Departure("backward", of("backward", 12), text, "output-changed-in-place" if index else None)


def _other_keys(seen: Pass, clauses: frozenset[str]) -> Departure:
    text = say.other_keys("backward_pass", [str(key) for key in seen.changes])
    return Departure("backward", clauses, text, "other-keys-in-gradients", raises=True)


def renamed(cases: Sequence[Case]) -> Departure | None:
    """Gradients under other keys than the weights', and nothing under these."""
    for case in cases:
        keys = [str(key) for key in case.seen.changes]
        if not keys or any(key in keys for key in ("W1", "W2", "W3")):
            return None
        shapes = sorted(np.shape(value) for value in case.seen.changes.values())
        if shapes != sorted(case.weight(layer).shape for layer in (1, 2, 3)):
            return None
    return _other_keys(cases[0].seen, of("backward") | of("update") | LEARNING) if cases else None


def _are_weights(seen: Pass) -> bool:
    gradients = _gradients(seen)
    return gradients is not None and all(np.array_equal(one, seen.weights[key]) for key, one in gradients.items())


def returned(cases: Sequence[Case]) -> Departure | None:
    """The weights in place of the gradients, as if params were returned."""
    if not all(_are_weights(case.seen) for case in cases):
        return None
    return Departure("backward", of("backward") | LEARNING, say.formula("change[W]", "W", "δ ⊗ A"))


def swapped(cases: Sequence[Case]) -> Departure | None:
    """The right gradients under each other's keys."""
    names = {1: "δ1 ⊗ x", 2: "δ2 ⊗ A1", 3: "δ3 ⊗ A2"}
    for order in [*permutations((1, 2, 3))][1:]:
        if all(_are(case, order) for case in cases):
            texts = [
                say.formula(f"change[W{key}]", names[layer], names[key])
                for key, layer in zip((1, 2, 3), order, strict=True)
                if key != layer
            ]
            return Departure("backward", of("backward") | LEARNING, _("; ").join(texts))
    return None


def _are(case: Case, order: Sequence[int]) -> bool:
    """Whether the gradients are those of these layers."""
    delta, right = case.p - case.y, {}
    for layer in (3, 2, 1):
        right[layer] = np.outer(delta, case.a[layer - 1])
        if layer > 1:
            delta = (case.weight(layer).T @ delta) * case.own.slope(case.z[layer - 1])
    came = [finite(case.seen.changes.get(f"W{key}"), right[layer].shape) for key, layer in enumerate(order, 1)]
    close = case.seen.close
    return all(one is not None and near(one, right[layer], close) for one, layer in zip(came, order, strict=True))


def lacking(cases: Sequence[Case]) -> Departure | None:
    """Gradients of some of the weights, and none of the others."""
    keys = [[key for key in ("W1", "W2", "W3") if key in case.seen.changes] for case in cases]
    if any(one != keys[0] or not one or len(one) == 3 for one in keys):
        return None
    clauses = of("backward") | of("update") | LEARNING
    text = say.other_keys("backward_pass", keys[0])
    return Departure("backward", clauses, text, raises=True)


def _gradients(seen: Pass) -> dict[str, Array] | None:
    found = {key: finite(seen.changes.get(key)) for key in ("W1", "W2", "W3")}
    known = {key: value for key, value in found.items() if value is not None}
    return known if len(known) == len(found) else None


def _again(observed: Observed, probe: Probe, first: Pass) -> Iterator[Departure]:
    """The same sample again, and then another one, against a fresh network."""
    later = of("backward", 8, 9) | LEARNING
    again = probe.there_and_back(first.x, first.y)
    old, new = _gradients(first), _gradients(again)
    output, before = again.output, first.output
    if old is None or new is None or output is None or before is None or not near(output, before, 1e-6):
        return
    if not _same(new, old, first.close):
        twice = _same(new, {k: 2 * v for k, v in old.items()}, first.close)
        text = say.formula("change[W]", "change[W] + δ ⊗ A", "δ ⊗ A") if twice else say.unsteady()
        yield Departure("backward", later, text, "gradients-pile-up" if twice else None)
        return
    other, fresh = probe.there_and_back(), observed.network(SIZES, 0.5, 501)
    if fresh is None:
        return
    alone, mixed = _gradients(fresh.there_and_back(other.x, other.y)), _gradients(other)
    if alone is not None and mixed is not None and not _same(mixed, alone, first.close):
        columns = np.any(first.x) and near(
            mixed["W1"] / (np.abs(mixed["W1"]).max() or 1.0),
            np.outer(mixed["W1"] @ first.x / (first.x @ first.x), first.x) / (np.abs(mixed["W1"]).max() or 1.0),
            1e-4,
        )
        terms = "" if columns else _stale_terms(probe.weights, first, other, mixed)
        text = say.stale() if columns else say.stale_terms(terms) if terms else say.depends()
        yield Departure("backward", of("backward", 9) | LEARNING, text, "stale-forward-pass" if columns else None)


def _stale_terms(weights: dict[str, Array], first: Pass, other: Pass, came: dict[str, Array]) -> str:
    """The values of the hidden layers that are those of the first sample, in a backward pass right otherwise."""
    if other.p is None:
        return ""
    old, new = oracle.forward(weights, first.x), oracle.forward(weights, other.x)
    names = ("Z2", "A2", "Z1", "A1")
    for count in range(1, len(names) + 1):
        for stale in combinations(names, count):
            at = {name: getattr(old if name in stale else new, name.lower()) for name in names}
            delta3 = other.p - other.y
            delta2 = (weights["W3"].T @ delta3) * oracle.sigmoid_derivative(at["Z2"])
            delta1 = (weights["W2"].T @ delta2) * oracle.sigmoid_derivative(at["Z1"])
            made = {"W1": (delta1, other.x), "W2": (delta2, at["A1"]), "W3": (delta3, at["A2"])}
            if _same(came, {key: np.outer(*pair) for key, pair in made.items()}, other.close):
                return ", ".join(stale)
    return ""


def _same(one: dict[str, Array], other: dict[str, Array], close: float) -> bool:
    return all(near(one[k], other[k], close) for k in one)
