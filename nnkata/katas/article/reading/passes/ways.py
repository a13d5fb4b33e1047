"""Ways to read both passes: a model of the forward pass, with the backward pass in its terms."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from nnkata.katas.article import oracle
from nnkata.katas.article.reading.departure import LEARNING, MOST, Departure, of
from nnkata.katas.article.reading.observed import Observed, Pass, finite
from nnkata.katas.article.reading.passes import (
    backward,
    backward_state,
    forward,
    kinds,
)
from nnkata.katas.article.reading.passes.forward import Model
from nnkata.katas.article.reading.passes.own import NoValue
from nnkata.katas.article.reading.passes.values import Case


@dataclass(frozen=True)
class Way:
    """A forward pass with the backward pass in its terms: its departures, and the values through the layers.

    `kept` is whether the activations are kept as they are meant, whatever the layers pass on; `cost` says how much
    departs, and how far the activations at hand are from those that the layers pass on.
    """

    model: Model
    departures: list[Departure]
    cases: list[Case]
    kept: bool
    cost: tuple[int, int]
    fed: bool = False


#: The last layer takes the output of the first: A1 is the input of W3, as it is of W2.
PAST_A2 = "{w}·A1"


def _simplest(model: Model, good: Sequence[Pass]) -> Way:
    """The backward pass in terms of the values that layers hand on, or of those to keep: the better of the two."""
    best: Way | None = None
    try:
        for number, cases in enumerate(model.cases(good)):
            found = _backward(cases)
            if best is None or len(found) < len(best.departures):
                fed = number == FED_AS_READ and model.affine is None
                far = 0 if model.layers[2][0] == PAST_A2 else number
                best = Way(model, found, cases, number == 1, (len(found), far), fed)
            if not found:
                break
    except NoValue:
        best = None
    if best is None:
        return Way(model, [Departure("backward", of("backward") | LEARNING, None)], [], False, (MOST, 0))
    if best.kept and model.affine is not None:  # the sample is at hand unchanged, whatever W gets
        return replace(best, kept=model.affine.place != "x")
    if model.affine is not None:
        return replace(best, kept=model.affine.place == "x")
    return replace(best, model=model.passed_on()) if best.kept else best


def told_apart(model: Model, good: Sequence[Pass], observed: Observed) -> Way:
    """The same; where output and A3, or σ'(Z3), are the same numbers, another output as argument tells them apart."""
    way = _simplest(model, good)
    alike = all(forward.near(case.a[3], oracle.sigmoid(case.z[3]), case.seen.close) for case in way.cases)
    texts = [(found.reading or "").replace("(output - y)", "") for found in way.departures]
    if not (way.cases and any("output" in text or (alike and "σ'(Z3)" in text) for text in texts)):
        return way
    other = _simplest(model, [*good, *observed.handed])
    return other if other.departures and all(found.reading for found in other.departures) else way


#: The number of the values at hand that are those which go into W, among the ways of `Model.cases`.
FED_AS_READ = 2


def _backward(cases: Sequence[Case]) -> list[Departure]:
    whole = [case for case in cases if len(_numbers(case)) == 3]
    raised = any("backward" in case.seen.raised for case in cases)
    if not whole and (renamed := backward_state.renamed(cases)):
        return [renamed]
    if not whole and (lacking := backward_state.lacking(cases)):
        return [lacking]
    if whole and (other := backward_state.returned(whole) or backward_state.swapped(whole)):
        return [other]
    if not whole:
        return [Departure("backward", of("backward") | LEARNING, None, raises=raised)] if cases else []
    rectangular = [case for case in whole if not case.seen.square]
    layers = backward.read(rectangular or whole)
    found = kinds.departures(layers, rectangular or whole, raised)
    if not found and raised:
        return [Departure("backward", of("backward") | LEARNING, None, raises=True)]
    return found


def _numbers(case: Case) -> list[str]:
    return [key for key in ("W1", "W2", "W3") if finite(case.seen.changes.get(key)) is not None]
