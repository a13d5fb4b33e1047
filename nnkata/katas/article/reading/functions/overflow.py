"""The activations at large numbers: the functions that overflow there, and the bound of a clipped argument."""

from collections.abc import Iterator

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.departure import SIGMOID_ONLY, SOFTMAX_ONLY, Departure, of
from nnkata.katas.article.reading.fit import number_text
from nnkata.katas.article.reading.observed import CLOSE, finite
from nnkata.katas.article.reading.passes.forward import near
from nnkata.subject import NetworkFace, Outcome, Raised

#: Numbers for which e^-x or e^x overflows in float64 and in float32.
LARGE = np.array([-1000.0, 0.0, 1000.0])
AT_LARGE = {
    "sigmoid": (LARGE, np.array([0.0, 0.5, 1.0])),
    "slope": (LARGE, np.array([0.0, 0.25, 0.0])),
    "softmax": (LARGE[1:], np.array([0.0, 1.0])),
}


def ask(net: NetworkFace, name: str, x: Array) -> Outcome | Raised:
    """Call an activation: sigmoid, softmax, or the slope of the sigmoid; its exception, if it raises."""
    try:
        return net.call("softmax" if name == "softmax" else "sigmoid", x.copy(), *([True] if name == "slope" else []))
    except Raised as error:
        return error


def read(net: NetworkFace, wrong: set[str]) -> Iterator[Departure]:
    """For functions right at moderate numbers: whether they are right at large ones.

    A slope that overflows where a wrong sigmoid does is made of that one.
    """
    found = {name: _how(net, name, x, right) for name, (x, right) in AT_LARGE.items() if name not in wrong}
    bad, raises = [name for name, how in found.items() if how], "raises" in found.values()
    overflow = of("activations") - of("activations", 12, 14)
    if "sigmoid" in bad:
        clauses = (overflow - SOFTMAX_ONLY) - of("activations", 1, 2, 3, 4, 7)
        yield Departure("activations", clauses, *_told(net, "sigmoid", "sigmoid(x)"), raises)
    elif "slope" in bad and not ("sigmoid" in wrong and _how(net, "sigmoid", *AT_LARGE["sigmoid"])):
        clauses = (overflow - SOFTMAX_ONLY) - of("activations", 1, 2, 3, 4, 5, 7)
        yield Departure("activations", clauses, *_told(net, "slope", "sigmoid(x, derivative=True)"), raises)
    elif "sigmoid" not in wrong and (bound := _bound(net)):
        text = say.formula("sigmoid(x)", say.clipped(number_text(bound)), "1 / (1 + e^-x)")
        yield Departure("activations", of("activations", 2, 4, 5, 6), text)
    if "softmax" in bad:
        clauses = overflow - SIGMOID_ONLY - of("activations", 8, 9, 10)
        yield Departure("activations", clauses, say.overflow("softmax(x)", "±1000"), "softmax-overflows", raises)


def _told(net: NetworkFace, name: str, written: str) -> tuple[str, str | None]:
    """The text of a function that overflows, and its name: of one that takes e^-x in any precision."""
    x, right = AT_LARGE[name]
    where = _side(net, name)
    if not _how(net, name, x, right, ("float64",)):
        return say.overflow_single(written, where), None
    mistake = "sigmoid-overflows" if name == "sigmoid" else "derivative-overflows"
    return say.overflow(written, where), None if where == "1000" else mistake  # e^x / (1 + e^x) is another


def _side(net: NetworkFace, name: str) -> str:
    """The numbers at which a function overflows: "-1000", "1000", or "±1000"."""
    x, right = AT_LARGE[name]
    below, above = (bool(_how(net, name, x[part], right[part])) for part in (slice(2), slice(1, 3)))
    return "±1000" if below == above else "-1000" if below else "1000"


def _bound(net: NetworkFace) -> float:
    """The bound to which the sigmoid clips its argument, in float64; 0 for none."""
    outcome = ask(net, "sigmoid", LARGE)
    value = finite(outcome.value, LARGE.shape) if isinstance(outcome, Outcome) else None
    if value is None or not 0.5 < value[2] < 1 or not near(value, 1 - value[::-1], CLOSE["float64"]):
        return 0.0
    bound = float(np.log(value[2] / (1 - value[2])))
    inside = ask(net, "sigmoid", np.array([0.9 * bound, 1.1 * bound]))
    both = finite(inside.value, (2,)) if isinstance(inside, Outcome) else None
    cut = np.array([oracle.sigmoid(0.9 * bound), value[2]])
    return float(np.round(bound, 3)) if both is not None and near(both, cut, CLOSE["float64"]) else 0.0


def _how(net: NetworkFace, name: str, x: Array, right: Array, dtypes: tuple[str, ...] = ("float64", "float32")) -> str:
    """ "raises", "warns", or nothing."""
    for dtype in dtypes:
        with np.errstate(all="warn"):  # in this process, warnings that the reader ignores would be ignored there too
            outcome = ask(net, name, x.astype(dtype))
        if isinstance(outcome, Raised) and outcome.kind == "OverflowError":
            return "raises"
        if isinstance(outcome, Outcome):
            warned = any("overflow" in text for text in outcome.warnings)
            value = np.asarray(outcome.value) if isinstance(outcome.value, np.ndarray) else right
            if warned or (value.dtype.kind == "f" and not np.isfinite(value).all()):
                return "warns"
    return ""
