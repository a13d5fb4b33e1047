"""The forward and the backward pass of a submission as departures: readings, names, the clauses they can turn red."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from nnkata.katas.article import oracle
from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import ANSWERS, LEARNING, MOST, Departure, of
from nnkata.katas.article.reading.observed import Observed, Pass, finite
from nnkata.katas.article.reading.passes import (
    backward,
    backward_state,
    forward,
    forward_state,
    inverted,
    kinds,
    unseen,
)
from nnkata.katas.article.reading.passes.changes import FED
from nnkata.katas.article.reading.passes.forward import SIGMOID, SOFTMAX, Model, Z
from nnkata.katas.article.reading.passes.gradients import text_of
from nnkata.katas.article.reading.passes.inverted import Affine
from nnkata.katas.article.reading.passes.own import NoValue, Own
from nnkata.katas.article.reading.passes.values import DOT, Case
from nnkata.language import _

FORWARD = of("forward") | ANSWERS
BEFORE = {"Z1": "W1·x", "Z2": "W2·A1", "Z3": "W3·A2"}
OUTPUTS = {
    "σ({z})": "sigmoid-at-output",
    "{z}": "logits-at-output",
    "softmax(σ({z}))": "sigmoid-before-softmax",
    "log softmax({z})": "log-softmax-at-output",
}
#: A form of Z, with the layers in which it has its name: in others, or in fewer, it is another mistake.
FORMS = {
    ("{w}ᵀ·{a}", (1, 2, 3)): "weights-transposed-forward",
    ("{w}·{z}", (2, 3)): "hidden-layers-linear",
    ("{w}·({a} / |{a}|)", (1,)): "input-normalised",
    ("({w} / |{w}|)·{a}", (1, 2, 3)): "weights-normalised-forward",
}
BOTH_BENDS = {
    "{z}": "hidden-layers-linear",
    "tanh({z})": "tanh-for-sigmoid",
    "max(0, {z})": "relu-for-sigmoid",
    "σ(-{z})": "sigmoid-mirrored",
}


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
    ways = [_told_apart(model, good, observed) for model in models]
    ways += [_told_apart(other, good, observed) for model in models for other in unseen.variants(model, good)]
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
        found.departures.append(_either([_affine(way.model.affine, way.kept) for way in ways if way.model.affine]))
    elif found.model.changed and not written:
        found.departures.append(_either([_forward(way.model, raised, way.fed) for way in ways]))
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
    """Forward passes that give the same outputs and the same gradients: all are said, and none is named."""
    if len(tied) == 1:
        return tied[0]
    texts = list(dict.fromkeys(one.reading for one in tied if one.reading is not None))
    return replace(tied[0], reading=say.either(texts), name=None)


def _affine(affine: Affine, kept: bool) -> Departure:
    """A factor or an offset; a number that is added to a pre-activation is a bias.

    `kept`: the quantity itself is kept without it; W alone gets it, or σ.
    """
    if kept and affine.place in ("x", "A1", "A2"):
        layer = 1 if affine.place == "x" else int(affine.place[1]) + 1
        fed = str(affine).replace(f"σ(Z{layer - 1})", affine.place)
        text = say.formula(f"Z{layer}", f"W{layer}·({fed})", f"W{layer}·{affine.place}")
        return Departure("forward", FORWARD, text)
    if kept:
        z = affine.place
        inner = str(affine).replace(affine.meant, z)
        text = say.formula(f"A{z[1]}", f"σ({inner})", f"σ({z})")
        return Departure("forward", FORWARD, text, "bias-added" if abs(affine.factor - 1) < 1e-4 else None)
    bias = affine.place in ("Z1", "Z2") and abs(affine.factor - 1) < 1e-4 and affine.offset
    text = say.formula(affine.place, str(affine), affine.meant)
    return Departure("forward", FORWARD, text, "bias-added" if bias else None)


@dataclass(frozen=True)
class Way:
    """A forward pass with the backward pass in its terms: its departures, and the values through the layers.

    `kept` is whether the activations are kept as they are meant, whatever is handed on; `cost` says how much departs,
    and how far the activations at hand are from those that the layers hand on.
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


def _told_apart(model: Model, good: Sequence[Pass], observed: Observed) -> Way:
    """The same, where output and A3, or σ'(Z3), are the same numbers: another output handed in tells them apart."""
    way = _simplest(model, good)
    alike = all(forward.near(case.a[3], oracle.sigmoid(case.z[3]), case.seen.close) for case in way.cases)
    texts = [(found.reading or "").replace("(output - y)", "") for found in way.departures]
    if not (way.cases and any("output" in text or (alike and "σ'(Z3)" in text) for text in texts)):
        return way
    other = _simplest(model, [*good, *observed.handed])
    return other if other.departures and all(found.reading for found in other.departures) else way


#: The number of the values at hand that are those which go into W, among the ways of `Model.cases`.
FED_AS_READ = 2


def _changed_input(layer: int, form: str) -> str:
    """A quantity that is changed before it goes into W and is kept so, for its gradient too."""
    inner = form.removeprefix("{w}·")
    inner = inner[1:-1] if inner[0] == "(" and inner[-1] == ")" else inner
    name, meant = ("x", "x") if layer == 1 else (f"A{layer - 1}", f"σ(Z{layer - 1})")
    return say.formula(name, inner.format(a=meant), meant)


def _forward(model: Model, raises: bool, fed: bool = False) -> Departure:
    texts, names = [], set()
    both = {layer for layer in (1, 2) if layer in model.changed and model.layers[layer - 1] == model.layers[0]} == {
        1,
        2,
    }
    for layer in model.changed:
        form, bend = model.layers[layer - 1]
        words = {"w": f"W{layer}", "a": text_of(layer), "z": f"Z{layer - 1}"}
        if form != Z:
            text = say.formula(f"Z{layer}", form.format(**words), f"W{layer}·{text_of(layer)}")
            text = _changed_input(layer, form) if fed and form in FED else text
            if fed and form == PAST_A2:
                text = say.either([text, say.formula("A2", "σ(Z1)", "σ(Z2)")])
            if form in ("{z}", "{a}", "x", "A1", "Z1") and bend in (
                SIGMOID,
                SOFTMAX,
            ):  # Z may be right, and another value handed on
                what, call = ("output", "softmax") if layer == 3 else (f"A{layer}", "σ")
                text = say.either([text, say.formula(what, f"{call}({form.format(**words)})", f"{call}(Z{layer})")])
            texts.append(text)
            places = tuple(n for n in model.changed if model.layers[n - 1][0] == form)
            names.add(FORMS.get((form, places)))
        if bend not in (SIGMOID, SOFTMAX):
            what, right = ("output", "softmax(Z3)") if layer == 3 else (f"A{layer}", f"σ(Z{layer})")
            texts.append(say.formula(what, bend.format(z=f"Z{layer}"), right))
            names.add(OUTPUTS.get(bend) if layer == 3 else BOTH_BENDS.get(bend) if both else None)
    name = names.pop() if len(names) == 1 else None
    return Departure("forward", FORWARD, _("; ").join(texts), name, raises)


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


def gradients(cases: Sequence[Case]) -> list[Departure]:
    """The departures of gradients from elsewhere than backward_pass."""
    return kinds.departures(backward.read(cases), cases, False)


def _numbers(case: Case) -> list[str]:
    return [key for key in ("W1", "W2", "W3") if finite(case.seen.changes.get(key)) is not None]
