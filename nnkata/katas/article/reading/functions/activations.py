"""The activations of a submission: the departures of sigmoid, its derivative and softmax, each by its own values."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import ANSWERS, LEARNING, SIGMOID_ONLY, SOFTMAX_ONLY, Departure, of
from nnkata.katas.article.reading.fit import number_text
from nnkata.katas.article.reading.functions import overflow, piecewise, sigmoids, softmaxes
from nnkata.katas.article.reading.functions.overflow import ask
from nnkata.katas.article.reading.observed import CLOSE, Observed, finite
from nnkata.katas.article.reading.passes.forward import near
from nnkata.katas.article.reading.passes.own import WIDTHS, Own
from nnkata.subject import NetworkFace, Outcome, Raised

SIGMOID = (of("activations") - SOFTMAX_ONLY) | of("forward") | ANSWERS
SLOPE = (of("activations") - SOFTMAX_ONLY - of("activations", 1, 2, 5)) | of("backward", *range(4, 10), 13) | LEARNING
SOFTMAX = (of("activations") - SIGMOID_ONLY) | of("forward") | ANSWERS
#: Numbers on both sides of any usual bound of a piecewise activation, the farthest of which is 6.
WIDE = np.linspace(-9.0, 9.0, 73)
VALUES = {"tanh({z})": "tanh-for-sigmoid", "max(0, {z})": "relu-for-sigmoid", "σ(-{z})": "sigmoid-mirrored"}
SLOPES = {
    "σ(x)": "derivative-flag-ignored",
    "x (1 - x)": "derivative-of-activation",
    "σ(x) (1 + σ(x))": "derivative-sign",
}
OUTPUTS = {
    "e^({z} - max)": "softmax-without-sum",
    "{z} / Σ {z}": "softmax-without-exponential",
    "σ({z})": "sigmoid-for-softmax",
}


@dataclass
class Activations:
    """The findings: departures, and the functions for all later comparisons."""

    departures: list[Departure] = field(default_factory=list)
    own: Own = field(default_factory=Own)


def read(observed: Observed) -> Activations:
    """Ask for values at a few numbers; large ones, a matrix and the arguments afterwards among them."""
    found = Activations()
    try:
        net = observed.subject.network(WIDTHS)
    except Raised:
        return found
    rng = observed.rng(100)
    wrong: set[str] = set()
    x = np.abs(rng.normal(0.0, 2.0, 24)) * np.tile([1.0, -1.0], 12)  # as many of each sign, in any part
    values = {name: ask(net, name, x) for name in ("sigmoid", "slope")}
    for departure in _elementwise(net, x, values, wrong):
        found.departures.append(departure)
    for departure in _softmax(net, rng, wrong):
        found.departures.append(departure)
    found.departures += overflow.read(net, wrong)
    found.own = Own(net, frozenset(wrong))
    return found


def _elementwise(
    net: NetworkFace, x: Array, asked: dict[str, Outcome | Raised], wrong: set[str]
) -> Iterator[Departure]:
    meant = {"sigmoid": oracle.sigmoid(x), "slope": oracle.sigmoid_derivative(x)}
    came = {name: finite(o.value) if isinstance(o, Outcome) else None for name, o in asked.items()}
    read_as: sigmoids.Function | None = None
    for name in ("sigmoid", "slope"):
        value, clauses = came[name], SIGMOID if name == "sigmoid" else SLOPE
        written = "sigmoid(x)" if name == "sigmoid" else "sigmoid(x, derivative=True)"
        right = "1 / (1 + e^-x)" if name == "sigmoid" else "σ(x) (1 - σ(x))"
        if value is None:
            wrong.add(name)
            outcome = asked[name]
            yield Departure(
                "activations",
                clauses,
                say.no_array(written, outcome.value) if isinstance(outcome, Outcome) else None,
                raises=True,
            )
        elif value.shape != x.shape:
            wrong.add(name)
            flat = value.size == 1 and near(value.ravel(), np.array([meant[name].mean()]), CLOSE["float64"])
            if flat and name == "slope" and "sigmoid" in wrong:
                continue
            reading = say.formula(written, f"mean {right}", right) if flat else say.shape(written, value.shape, x.shape)
            if not flat and value.size == 1 and _is_constant(net, name, x, float(value.flat[0])):
                reading = say.formula(written, say.single_number(number_text(float(value.flat[0]))), right)
            yield Departure("activations", SIGMOID | SLOPE, reading, "sigmoid-flattens" if flat else None, raises=True)
        elif not near(value, meant[name], CLOSE["float64"]):
            wrong.add(name)
            found = _elsewhere_too(net, name, x, value, _read(name, x, value))
            found = found or _within_bounds(net, name, x, value)
            found = found or (_in_parts(net, name) if _by_elements(net, name, x, value) else None)
            if name == "slope" and _is_of_own_sigmoid(net, x, came["sigmoid"], value):
                continue  # a right formula with the submission's own sigmoid, which departs
            if name == "slope" and read_as is not None and sigmoids.is_slope_of(read_as, x, value):
                continue  # it belongs to the read function
            read_as = found if name == "sigmoid" else read_as
            text = say.formula(written, found.text, right) if found else None
            names = VALUES if name == "sigmoid" else SLOPES
            own = came["sigmoid"]
            if name == "slope" and (own is None or not near(own, meant["sigmoid"], CLOSE["float64"])):
                names = {key: one for key, one in SLOPES.items() if one != "derivative-flag-ignored"}  # it is not
            both = SIGMOID | SLOPE if name == "sigmoid" else clauses
            yield Departure("activations", both, text, names.get(found.key) if found and found.factor.one else None)
    yield from _shapes(net, wrong)
    yield from _changed(asked)


def _is_of_own_sigmoid(net: NetworkFace, x: Array, own: Array | None, came: Array) -> bool:
    """Whether the derivative is σ(x) (1 - σ(x)) or σ(x) σ(-x) with the values that sigmoid itself gives, in one factor
    or in both."""
    if own is None or own.shape != came.shape or not np.any(own):
        return False
    outcome = ask(net, "sigmoid", -x)
    mirrored = finite(outcome.value, x.shape) if isinstance(outcome, Outcome) else None
    others = [1 - own, 1 - oracle.sigmoid(x), *([] if mirrored is None else [mirrored])]
    return any(near(came, own * other, CLOSE["float64"]) for other in others)


def _is_constant(net: NetworkFace, name: str, x: Array, number: float) -> bool:
    """Whether other numbers give the same value."""
    outcome = ask(net, name, 1 - x)
    value = finite(outcome.value) if isinstance(outcome, Outcome) else None
    return value is not None and value.size == 1 and abs(float(value.flat[0]) - number) <= CLOSE["float64"]


def _read(name: str, x: Array, came: Array) -> sigmoids.Function | None:
    found = sigmoids.sigmoid(x, came) if name == "sigmoid" else sigmoids.slope(x, came)
    return found or sigmoids.by_sign(x, came, name == "slope")


def _elsewhere_too(
    net: NetworkFace, name: str, x: Array, came: Array, found: sigmoids.Function | None
) -> sigmoids.Function | None:
    """What was read, if other numbers, and fewer, are read alike: for one vector softmax is a multiple of e^x."""
    if found is None and name == "slope":
        return None
    other = x[::-1][: 2 * len(x) // 3] * 0.9
    outcome = ask(net, name, other)
    value = finite(outcome.value, other.shape) if isinstance(outcome, Outcome) else None
    again = None if value is None else _read(name, other, value)
    if found is not None and again is not None and again.text == found.text:
        return found
    if value is None:
        return None
    of_all = [sigmoids.of_all(x, came, name == "slope"), sigmoids.of_all(other, value, name == "slope")]
    return of_all[0] if of_all[0] is not None and of_all[0] == of_all[1] else None


def _within_bounds(net: NetworkFace, name: str, x: Array, came: Array) -> sigmoids.Function | None:
    """A straight line that is cut off, read from numbers far apart, if it gives the values read before."""
    outcome = ask(net, name, WIDE)
    value = finite(outcome.value, WIDE.shape) if isinstance(outcome, Outcome) else None
    found = None if value is None else sigmoids.bounded(WIDE, value)
    return found if found and found.curve and near(found.curve(x), came, CLOSE["float64"]) else None


def _by_elements(net: NetworkFace, name: str, x: Array, came: Array) -> bool:
    """Whether the first numbers alone give the same values as among others."""
    few = x[: len(x) // 2]
    outcome = ask(net, name, few)
    value = finite(outcome.value, few.shape) if isinstance(outcome, Outcome) else None
    return value is not None and near(value, came[: len(few)], CLOSE["float64"])


def _in_parts(net: NetworkFace, name: str) -> sigmoids.Function | None:
    """Formulas that hold for a part of the numbers each."""

    def values(x: Array) -> Array | None:
        outcome = ask(net, name, x)
        return finite(outcome.value, x.shape) if isinstance(outcome, Outcome) else None

    return piecewise.read(values, name == "slope")


def _shapes(net: NetworkFace, wrong: set[str]) -> Iterator[Departure]:
    """A matrix in, a vector out."""
    if wrong:
        return
    outcome = ask(net, "sigmoid", np.zeros((3, 4)))
    value = finite(outcome.value) if isinstance(outcome, Outcome) else None
    if value is not None and value.shape != (3, 4):
        raveled = value.shape == (12,)
        reading = say.shape("sigmoid(x)", value.shape, (3, 4))
        yield Departure("activations", of("activations", 7, 14), reading, "sigmoid-ravels" if raveled else None)


def _changed(asked: dict[str, Outcome | Raised]) -> Iterator[Departure]:
    for outcome in asked.values():
        if isinstance(outcome, Outcome) and (text := say.argument(outcome, 0, "x")):
            yield Departure("activations", of("activations", 12, 14), text, "sigmoid-changes-argument")
            return


def _softmax(net: NetworkFace, rng: np.random.Generator, wrong: set[str]) -> Iterator[Departure]:
    xs = [rng.normal(0.0, 2.0, n) for n in (7, 4, 5, 6)]
    asked = [ask(net, "softmax", x) for x in xs]
    came = [finite(o.value, x.shape) if isinstance(o, Outcome) else None for o, x in zip(asked, xs, strict=True)]
    values = [value for value in came if value is not None]
    written = "softmax(x)"
    if len(values) < len(xs):
        wrong.add("softmax")
        first = asked[0]
        reading = None
        if isinstance(first, Outcome):
            other = finite(first.value)
            reading = (
                say.no_array(written, first.value) if other is None else say.shape(written, other.shape, xs[0].shape)
            )
        yield Departure("activations", SOFTMAX, reading, raises=True)
    elif not all(near(value, oracle.softmax(x), CLOSE["float64"]) for value, x in zip(values, xs, strict=True)):
        wrong.add("softmax")
        found = softmaxes.read(xs, values)
        reading = say.formula(written, found.text, "e^x / Σ e^x") if found else None
        yield Departure("activations", SOFTMAX, reading, OUTPUTS.get(found.key) if found else None)
    if isinstance(asked[0], Outcome) and (text := say.argument(asked[0], 0, "x")):
        yield Departure("activations", of("activations", 12), text, "softmax-changes-argument")
