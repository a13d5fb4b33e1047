"""The forward and the backward pass of a submission as departures: readings, names, the clauses they can turn red."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import LEARNING, Departure, of
from nnkata.katas.article.reading.observed import Observed
from nnkata.katas.article.reading.passes import (
    backward,
    backward_state,
    forward,
    forward_state,
    inverted,
    unseen,
)
from nnkata.katas.article.reading.passes.forward import SIGMOID, Model
from nnkata.katas.article.reading.passes.forward_departures import BEFORE, FORWARD, of_affine, of_layers
from nnkata.katas.article.reading.passes.own import NoValue, Own
from nnkata.katas.article.reading.passes.values import DOT, Case
from nnkata.katas.article.reading.passes.ways import told_apart
from nnkata.language import _


@dataclass
class Network:
    """The findings about both passes; `cases` are the passes with the values of the layers, where these are known."""

    departures: list[Departure] = field(default_factory=list)
    model: Model | None = None
    cases: list[Case] = field(default_factory=list)


def read(observed: Observed, own: Own) -> Network:
    """Forward first; backward where the forward pass is known."""
    found = Network()
    passes = observed.passes
    good = [seen for seen in passes if seen.output is not None]
    models = forward.read(good, own, observed) if good else []
    first = models[0] if models else None
    found.departures += forward_state.forward(observed, first)
    raised = any(seen.output is None for seen in passes)
    if first is None and found.departures and not raised:
        return found
    if first is None and good and not own.wrong - {"slope"} and (added := inverted.biases(observed)):
        text = _("; ").join(say.formula(place, f"{BEFORE[place]} + b{place[1]}", BEFORE[place]) for place in added)
        found.departures.append(Departure("forward", FORWARD, text, "bias-added"))
        return found
    if first is None:
        found.departures.append(Departure("forward", FORWARD, None, raises=raised))
        return found
    models = unseen.told_apart(models, good)
    ways = [told_apart(model, good, observed) for model in models]
    ways += [told_apart(other, good, observed) for model in models for other in unseen.variants(model, good)]
    least = min(way.cost for way in ways)
    ways = [way for way in ways if way.cost == least]
    fewest = min(len(way.model.changed) for way in ways)
    ways = [way for way in ways if len(way.model.changed) == fewest]
    found.model, found.cases = ways[0].model, ways[0].cases
    told = [{departure.reading for departure in way.departures} for way in ways]  # the common part of ways that tie
    back = [departure for departure in ways[0].departures if all(departure.reading in texts for texts in told)]
    back = [departure for departure in back if departure.reading not in _followed(found.model)]
    written = any(d.name == "weights-normalised-forward" for d in found.departures)
    if found.model.affine is not None:
        found.departures.append(_either([of_affine(way.model.affine, way.kept) for way in ways if way.model.affine]))
    elif found.model.changed and not written:
        found.departures.append(_either([of_layers(way.model, raised, way.fed) for way in ways]))
    elif raised or not passes:
        found.departures.append(Departure("forward", FORWARD, None, raises=True))
    found.departures += back
    try:
        found.departures += backward_state.backward(
            observed, any(d.name == "updated-before-next-gradient" for d in back)
        )
    except NoValue:
        found.departures.append(Departure("backward", of("backward") | LEARNING, None))
    return found


#: Other functions of a hidden layer, each with the slopes of its delta that follow from it.
FOLLOWING = {
    "{z}": ("",),
    "tanh({z})": ("(1 - A{n}²)", "(1 - tanh²(Z{n}))"),
    "max(0, {z})": ("[Z{n} > 0]",),
}
#: The slope that follows from σ, whatever function stands for it in the forward pass.
OF_SIGMOID = f"A{{n}}{DOT}(1 - A{{n}})"


def _followed(model: Model) -> set[str]:
    """The readings of deltas that are right for the functions of a forward pass, which departs in these."""
    by_slope: dict[str, list[str]] = {}
    for layer in (2, 1):
        bend, delta = model.layers[layer - 1][1], backward.meant(layer)
        for slope in () if bend == SIGMOID else (*FOLLOWING.get(bend, ()), OF_SIGMOID):
            read = DOT.join(part for part in (delta.base, slope.format(n=layer)) if part)
            by_slope.setdefault(slope, []).append(say.formula(f"δ{layer}", read, str(delta)))
    found = {text for texts in by_slope.values() for text in (*texts, _("; ").join(texts))}
    if model.layers[2][1] == "softmax(σ({z}))":
        found.add(say.formula("δ3", f"{backward.meant(3).base}{DOT}σ'(Z3)", str(backward.meant(3))))
    return found


def _either(tied: Sequence[Departure]) -> Departure:
    """Forward passes that give the same outputs and the same gradients: all are shown, and none is named."""
    if len(tied) == 1:
        return tied[0]
    texts = list(dict.fromkeys(one.reading for one in tied if one.reading is not None))
    return replace(tied[0], reading=say.either(texts), name=None)
