"""Evaluate printed formulas: make the network that a reading describes, to compare it with the submission.

This is independent of the diagnosis: it uses only the text that a reader sees. A text that cannot be evaluated counts
as unverified.
"""

import re
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from benchmarks.naming import accuracies
from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.right import Right

#: Quantities of single layers, in the notation of readings; update and sigmoid belong to all layers.
LAYERED = re.compile(r"^(δ[123]|Z[123]|A[12]|output|change\[W[123]\])$")


class Term:
    """A number or an array, with the operators of the notation: · is @ , ⊙ is * and ⊗ is %."""

    __array_ufunc__ = None

    def __init__(self, value: Any) -> None:
        self.v = np.asarray(value, np.float64)

    @property
    def T(self) -> "Term":  # noqa: N802 - as NumPy calls it
        """The transpose."""
        return Term(self.v.T)

    def __matmul__(self, other: Any) -> "Term":
        a, b = self.v, of(other)
        return Term(a @ b if a.ndim and b.ndim else a * b)

    def __rmatmul__(self, other: Any) -> "Term":
        return Term(other) @ self

    def __mod__(self, other: Any) -> "Term":
        return Term(np.outer(self.v, of(other)))

    def __mul__(self, other: Any) -> "Term":
        return Term(self.v * of(other))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> "Term":
        return Term(self.v / of(other))

    def __rtruediv__(self, other: Any) -> "Term":
        return Term(of(other) / self.v)

    def __add__(self, other: Any) -> "Term":
        return Term(self.v + of(other))

    __radd__ = __add__

    def __sub__(self, other: Any) -> "Term":
        return Term(self.v - of(other))

    def __rsub__(self, other: Any) -> "Term":
        return Term(of(other) - self.v)

    def __neg__(self) -> "Term":
        return Term(-self.v)

    def sum(self, axis: Any = None, keepdims: bool = False) -> "Term":
        """The sum along an axis."""
        return Term(self.v.sum(axis=None if axis is None else int(axis), keepdims=keepdims))

    def spread(self, axis: Any = None) -> "Term":
        """The sum along an axis in each of its elements."""
        return Term(self.v.sum(axis=None if axis is None else int(axis), keepdims=True) + 0 * self.v)

    def __rpow__(self, base: Any) -> "Term":
        return Term(of(base) ** self.v)

    def __pow__(self, power: Any) -> "Term":
        return Term(self.v ** of(power))

    def __eq__(self, other: object) -> "Term":  # type: ignore[override]  # a term, as NumPy's
        return Term(self.v == of(other))

    def __gt__(self, other: Any) -> "Term":
        return Term(self.v > of(other))


def of(value: Any) -> Any:
    """The array of a term or number, in float64."""
    return value.v if isinstance(value, Term) else np.asarray(value, np.float64)


def _f(function: Any) -> Any:
    return lambda *values: Term(function(*map(of, values)))


FUNCTIONS = {
    "sig": _f(oracle.sigmoid),
    "dsig": _f(oracle.sigmoid_derivative),
    "softmax": _f(oracle.softmax),
    "tanh": _f(np.tanh),
    "exp": _f(np.exp),
    "log": _f(np.log),
    "sqrt": _f(np.sqrt),
    "round": _f(lambda values, digits=0: np.round(values, int(digits))),
    "sign": _f(np.sign),
    "sin": _f(np.sin),
    "arctan": _f(np.arctan),
    "absolute": _f(np.abs),
    "length": _f(lambda a: np.linalg.norm(a) or 1.0),  # the usual guard of a divisor
    "total": _f(np.sum),
    "mean": _f(np.mean),
    "median": _f(np.median),
    "largest": _f(np.max),
    "max": _f(np.maximum),
    "min": _f(np.minimum),
    "argmax": _f(lambda rows, axis=-1: np.argmax(rows, axis=int(axis))),
    "argmin": _f(lambda rows, axis=1: np.argmin(rows, axis=int(axis))),
    "flatmax": _f(np.argmax),
    "clip": lambda value, bound: Term(np.clip(of(value), -of(bound), of(bound))),
}


#: The signs of the notation and their Python form; longer ones first.
SIGNS = {"ᵀ": ".T", "²": "**2", "⊙": "*", "⊗": "%", "·": "@", "σ'": "dsig", "σ": "sig", "±": ""}
SINGLE = ", a single number for every x"
DEVIATION, STEPS = "a standard deviation of ", "steps on n samples"
READING = re.compile(r"(?P<what>[^;:]+?): you (?:compute|make) (?P<read>.+?); it should be (?P<meant>[^;]+)")
#: Half the step of a central difference of a function that was read; the best one is near the cube root of epsilon.
STEP = 1e-6
IN_TRAIN = "in the step that train makes, "
STILL = re.compile(r"((?:W[123](?:, )?)+) has not moved; it should be")
BY_SIGN = re.compile(r"(.+) for x > 0, (.+) for x < 0")
#: The functions of a network, in the notation of readings.
CALLS = ("sigmoid(x)", "sigmoid(x, derivative=True)", "softmax(x)")


#: An accuracy by the largest of other numbers than the outputs: those of a layer, or of a sample that was changed.
ANSWER = re.compile(r"mean\(argmax\((?P<answer>(?:output\(|\S*[AZ][123]).*)\) = argmax\(y\)\)")


def value_of(answer: str, weights: Mapping[str, Any], x: Any) -> Any:
    """The numbers of one sample of which the largest is its answer."""
    changed = answer.removeprefix("output(").removesuffix(")") if answer.startswith("output(") else answer
    trace = oracle.forward(weights, x)
    names = {"x": x, "Z1": trace.z1, "Z2": trace.z2, "Z3": trace.z3, "A1": trace.a1, "A2": trace.a2, **weights}
    values = value(changed, names)
    if not values:
        raise Unreadable(answer)
    return values[0] if changed == answer else oracle.forward(weights, values[0]).output


def python(text: str, bars: str) -> str:
    """The text as a Python expression; `bars` is the meaning of |a|: absolute or length."""
    text = re.sub(r"\.sum\((?:axis=)?(\d?)\) everywhere", r".spread(\1)", text).replace("number of inputs", "inputs")
    text = re.sub(r"tanh²\(([^()]*)\)", r"(tanh(\1) ** 2)", text)
    for old, new in SIGNS.items():
        text = text.replace(old, new)
    text = text.replace(" = ", " == ").replace("axis=", "")
    text = re.sub(r"argmax\(the whole of ([xy])\)", r"flatmax(\1)", text)
    text = re.sub(r"number of (classes|pixels)", r"\1", text)
    text = text.replace(")^", ")**").replace("³", "**3").replace("⁴", "**4")
    text = re.sub(r"e\^\((\w+) ([-+]) max\)", r"exp(\1 \2 largest(\1))", text)
    text = re.sub(r"change\[W(\d?)\]", r"G\1", text)
    text = re.sub(r"e\^(-?[\w.]+)", r"exp(\1)", text).replace("e^(", "exp(")
    text = re.sub(r"(\d+)\^(-?[\w.]+)", r"(\1 ** (\2))", text)
    text = re.sub(r"√(\w+(?:\([^)]*\))?)", r"sqrt(\1)", text).replace("√(", "sqrt(")
    text = re.sub(r"\|([^|]+)\|", rf"{bars}(\1)", text)
    text = text.replace("Σ (", "total(")
    text = re.sub(r"Σ ([\w.]+(?:\([^()]*\))?(?:\*\*2)?)", r"total(\1)", text)
    text = re.sub(r"\bmax ([A-Za-z]\w*)", r"largest(\1)", text)
    text = re.sub(r"\bmean ([A-Za-z]\w*)", r"mean(\1)", text)
    text = re.sub(r"\[([^\]]+ > [^\]]+)\]", r"(\1)", text)
    text = re.sub(r"(\d) (?=[A-Za-zδ(])", r"\1 * ", text)
    text = re.sub(r"\) (?=[A-Za-zδ(])", ") * ", text)
    return re.sub(r"\b((?:[A-Za-z]\d?)|output|pixel) (?=\()", r"\1 * ", text)


def value(text: str, names: Mapping[str, Any]) -> list[Any]:
    """The possible values of a text; none if it cannot be parsed.

    Raises:
        ValueError: it can be parsed, but the shapes of its arrays do not fit.
    """
    found, misfit = [], None
    text = text.removesuffix(", a single number")
    if halves := BY_SIGN.fullmatch(text):
        above, below = (value(half, names) for half in halves.groups())
        return [np.where(np.asarray(names["x"]) > 0, a, b) for a, b in zip(above, below, strict=False)]
    for bars in ("absolute", "length"):
        try:
            code = compile(python(text, bars), "formula", "eval")
            with np.errstate(all="ignore"):
                result = of(eval(code, {"__builtins__": {}, **FUNCTIONS, **{k: Term(v) for k, v in names.items()}}))
        except ValueError as error:
            misfit = error
        except Exception:
            continue
        else:
            found.append(result)
        if "|" not in text:
            break
    if misfit and not found:
        raise misfit
    return found


def alternatives(text: str) -> list[str]:
    """The single readings in one with several, such as 'f: you compute a, or b; it should be c', or whole readings."""
    if ", or " not in text:
        return [text]
    parts = text.split(", or ")
    if all(READING.search(part) for part in parts):
        return parts
    found = READING.fullmatch(text)
    if found is None:
        return [text]
    return [
        f"{found['what']}: you compute {read}; it should be {found['meant']}" for read in found["read"].split(", or ")
    ]


class Unreadable(Exception):
    """The form of a text is not one of those that can be evaluated."""


def described(readings: list[str], bars: int = 0, from_a: bool = False, own_slope: bool = False) -> Any:
    """The module that readings describe together; `from_a`: its slopes are A (1 - A), which equals σ'(Z) for σ alone.

    `own_slope`: if sigmoid alone was read, its derivative is that of the formula: a ReLU with the ReLU's slope.

    Raises:
        Unreadable: a reading cannot be evaluated.
    """
    own = [text.removeprefix(IN_TRAIN) for text in readings if text.startswith(IN_TRAIN)]
    trains = described(own, bars, from_a, own_slope).DeepNeuralNetwork if own else None
    readings = [text for text in readings if not text.startswith(IN_TRAIN)]
    said: dict[str, str] = {}
    read_as: dict[str, str] = {}
    for reading in readings:
        found = READING.findall(reading)
        if not found and not STILL.search(reading):
            raise Unreadable(reading)
        said |= {what.strip(): read for what, read, _meant in found}
        read_as |= {what.strip(): meant for what, _read, meant in found}
    updates = {key: key for reading in readings for keys in STILL.findall(reading) for key in keys.split(", ")}
    for what, read in list(said.items()):
        if what == "W" and read.startswith(DEVIATION):
            said["deviation"] = read.removeprefix(DEVIATION)
        elif what in ("W1", "W2", "W3") and read.startswith(DEVIATION):
            said[f"deviation {what}"] = read.removeprefix(DEVIATION)
        elif what in ("W", "W1", "W2", "W3") and "N(0, 1)" in read_as[what]:
            said[f"start {what}"] = read
        elif set(what.split(", ")) <= {"W", "W1", "W2", "W3"}:
            updates |= dict.fromkeys(what.split(", "), read)
        elif not LAYERED.match(what) and what not in (*CALLS, "x", "y", "compute_accuracy", STEPS):
            raise Unreadable(what)

    def at(what: str, right: Any, names: Mapping[str, Any]) -> Any:
        if what not in said:
            return right
        values = value(said[what], names)
        if not values:
            raise Unreadable(said[what])
        return values[min(bars, len(values) - 1)]

    fed = read_as.get("x") == "x"  # the reading is about a forward pass's use of its sample

    def preprocess(images: Any, labels: Any) -> Any:
        x, y = oracle.pixels(images), accuracies.one_hot(labels, said.get("y"))
        if y is None:
            raise Unreadable(said["y"])
        return x if fed else at("x", x, {"pixel": np.asarray(images, np.float64).reshape(len(images), -1)}), y

    class Described(Right):
        """A network with the formulas that were read in place of the right ones."""

        def draw(self, rows: int, columns: int) -> Any:
            layer = next((i for i in (1, 2, 3) if (self.sizes[i], self.sizes[i - 1]) == (rows, columns)), 0)
            if start := said.get(f"start W{layer}", said.get("start W")):
                drawn = accuracies.start(start, super().draw(rows, columns) / oracle.scale(rows))
                if drawn is None:
                    raise Unreadable(start)
                return drawn
            what = f"deviation W{layer}" if f"deviation W{layer}" in said else "deviation"
            spread = at(what, oracle.scale(rows), {"rows": rows, "columns": columns})
            return super().draw(rows, columns) / oracle.scale(rows) * spread

        def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
            if trains is not None:
                net = trains(self.sizes, self.epochs, self.l_rate)
                net.params = self.params
                net.train(x_train, y_train, x_val, y_val)
                return
            n = len(x_train)
            steps = int(at(STEPS, self.epochs * n, {"epochs": self.epochs, "n": n}))
            for i in range(max(0, steps)):
                self.visit(x_train[i % n], y_train[i % n])

        def compute_accuracy(self, x_val: Any, y_val: Any) -> Any:
            outputs, ys = np.array([self.forward_pass(x) for x in x_val]), np.asarray(y_val)
            right = float(np.sum(outputs.argmax(1) == ys.argmax(1)))
            names = {"output": outputs, "y": ys, "n": len(ys), "right": right, "wrong": len(ys) - right}
            names |= {"x": np.asarray(x_val), "classes": self.sizes[3], "pixels": self.sizes[0]}
            if (share := accuracies.share(said.get("compute_accuracy", ""), outputs, ys)) is not None:
                return share
            if found := ANSWER.fullmatch(said.get("compute_accuracy", "").partition(", or ")[0]):
                return oracle.hits([value_of(found["answer"], self.params, x) for x in np.asarray(x_val)], ys)
            return float(at("compute_accuracy", right / len(ys), names))

        def sigmoid(self, x: Any, derivative: bool = False) -> Any:
            what = CALLS[1] if derivative else CALLS[0]
            if derivative and own_slope and CALLS[0] in said and CALLS[1] not in said:
                rise = self.sigmoid(np.asarray(x, np.float64) + STEP) - self.sigmoid(np.asarray(x, np.float64) - STEP)
                return rise / (2 * STEP)
            if what in said and SINGLE in said[what]:
                return float(said[what].partition(SINGLE)[0])
            values = at(what, super().sigmoid(x, derivative), {"x": x, "n": np.size(x)})
            return np.broadcast_to(values, np.shape(x)).copy()

        def softmax(self, x: Any) -> Any:
            return np.broadcast_to(at(CALLS[2], super().softmax(x), {"x": x, "n": np.size(x)}), np.shape(x)).copy()

        def slope(self, layer: int) -> Any:
            a = self.now[f"A{layer}"]
            return a * (1 - a) if from_a else self.sigmoid(self.now[f"Z{layer}"], derivative=True)

        def forward_pass(self, x_train: Any) -> Any:
            now: dict[str, Any] = {**{k: self.params[k] for k in ("W1", "W2", "W3")}, "n": self.sizes[3]}
            now |= {f"n{layer}": size for layer, size in enumerate(self.sizes)}
            before = np.asarray(x_train, dtype=np.float64)
            before = at("x", before, {"x": before}) if fed else before
            now["x"] = now["A0"] = before
            for layer in (1, 2, 3):
                now["inputs"] = len(before)
                z = at(f"Z{layer}", now[f"W{layer}"] @ before, now)
                now[f"Z{layer}"] = z
                right = self.softmax(z) if layer == 3 else self.sigmoid(z)
                before = at("output" if layer == 3 else f"A{layer}", right, now)
                now["output" if layer == 3 else f"A{layer}"] = before
            now["A3"] = before
            self.now = now
            return before

        def backward_pass(self, y_train: Any, output: Any) -> Any:
            p, y = np.asarray(output, np.float64), np.asarray(y_train, np.float64)
            now = {**self.now, "output": p, "y": y, "l_rate": self.l_rate, "J": np.diag(p) - np.outer(p, p)}
            changes = {}
            delta = at("δ3", p - y, now)
            for layer in (3, 2, 1):
                if layer < 3:
                    right = (now[f"W{layer + 1}"].T @ delta) * self.slope(layer)
                    delta = at(f"δ{layer}", right, now)
                now[f"δ{layer}"] = delta
                below = now["x"] if layer == 1 else now[f"A{layer - 1}"]
                change = at(f"change[W{layer}]", np.outer(delta, below), now)
                nothing = said.get(f"change[W{layer}]") == "0"
                changes[f"W{layer}"] = np.zeros_like(now[f"W{layer}"]) if nothing else change
            return changes

        def update_network_parameters(self, changes_to_w: Any) -> None:
            for key, change in changes_to_w.items():
                W, names = self.params[key], {"l_rate": self.l_rate}
                text = updates.get(key, updates.get("W"))
                now = W - self.l_rate * change
                if text is not None:
                    values = value(text, names | {"W": W, key: W, "G": change, f"G{key[1]}": change})
                    if not values:
                        raise Unreadable(text)
                    now = values[min(bars, len(values) - 1)]
                self.params[key] = now

    return SimpleNamespace(DeepNeuralNetwork=Described, preprocess=preprocess)
