"""Departures of the forward pass: the text of each changed layer, and its name."""

from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import ANSWERS, Departure, of
from nnkata.katas.article.reading.passes.changes import FED
from nnkata.katas.article.reading.passes.forward import SIGMOID, SOFTMAX, Model, Z
from nnkata.katas.article.reading.passes.gradients import text_of
from nnkata.katas.article.reading.passes.inverted import Affine
from nnkata.katas.article.reading.passes.ways import PAST_A2
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


def of_affine(affine: Affine, kept: bool) -> Departure:
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


def _changed_input(layer: int, form: str) -> str:
    """A quantity that is changed before it goes into W and is kept so, for its gradient too."""
    inner = form.removeprefix("{w}·")
    inner = inner[1:-1] if inner[0] == "(" and inner[-1] == ")" else inner
    name, meant = ("x", "x") if layer == 1 else (f"A{layer - 1}", f"σ(Z{layer - 1})")
    return say.formula(name, inner.format(a=meant), meant)


def of_layers(model: Model, raises: bool, fed: bool = False) -> Departure:
    """The changed layers; `fed`: the values at hand are those that go into W."""
    texts, names = [], set()
    both = {1, 2} <= set(model.changed) and model.layers[0] == model.layers[1]
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
            ):  # Z may be right, and another value passed on
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
