"""The network that readings describe, to compare it with the submission."""

import re
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

import numpy as np

from benchmarks.naming import accuracies
from benchmarks.naming.formula import CALLS, IN_TRAIN, STEPS, Formulas, Unreadable, parsed
from benchmarks.naming.notation import value
from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.right import Right

SINGLE = ", a single number for every x"
#: Half the step of a central difference of a function that was read; the best one is near the cube root of epsilon.
STEP = 1e-6
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


class Described(Right):
    """A network with the formulas that were read in place of the right ones."""

    formulas: Formulas
    #: Slopes are A (1 - A), which equals σ'(Z) for σ alone.
    from_a = False
    #: If sigmoid alone was read, its derivative is that of the formula: a ReLU with the ReLU's slope.
    own_slope = False
    #: The network whose formulas hold in `train`, if those are others.
    trains: "type[Described] | None" = None

    def draw(self, rows: int, columns: int) -> Any:
        layer = next((i for i in (1, 2, 3) if (self.sizes[i], self.sizes[i - 1]) == (rows, columns)), 0)
        if start := self.formulas.said.get(f"start W{layer}", self.formulas.said.get("start W")):
            drawn = accuracies.start(start, super().draw(rows, columns) / oracle.scale(rows))
            if drawn is None:
                raise Unreadable(start)
            return drawn
        what = f"deviation W{layer}" if f"deviation W{layer}" in self.formulas.said else "deviation"
        spread = self.formulas.at(what, oracle.scale(rows), {"rows": rows, "columns": columns})
        return super().draw(rows, columns) / oracle.scale(rows) * spread

    def train(self, x_train: Any, y_train: Any, x_val: Any, y_val: Any) -> None:
        if self.trains is not None:
            net = self.trains(self.sizes, self.epochs, self.l_rate)
            net.params = self.params
            net.train(x_train, y_train, x_val, y_val)
            return
        n = len(x_train)
        steps = int(self.formulas.at(STEPS, self.epochs * n, {"epochs": self.epochs, "n": n}))
        for i in range(max(0, steps)):
            self.visit(x_train[i % n], y_train[i % n])

    def compute_accuracy(self, x_val: Any, y_val: Any) -> Any:
        outputs, ys = np.array([self.forward_pass(x) for x in x_val]), np.asarray(y_val)
        right = float(np.sum(outputs.argmax(1) == ys.argmax(1)))
        names = {"output": outputs, "y": ys, "n": len(ys), "right": right, "wrong": len(ys) - right}
        names |= {"x": np.asarray(x_val), "classes": self.sizes[3], "pixels": self.sizes[0]}
        if (share := accuracies.share(self.formulas.said.get("compute_accuracy", ""), outputs, ys)) is not None:
            return share
        if found := ANSWER.fullmatch(self.formulas.said.get("compute_accuracy", "").partition(", or ")[0]):
            return oracle.hits([value_of(found["answer"], self.params, x) for x in np.asarray(x_val)], ys)
        return float(self.formulas.at("compute_accuracy", right / len(ys), names))

    def sigmoid(self, x: Any, derivative: bool = False) -> Any:
        what = CALLS[1] if derivative else CALLS[0]
        if derivative and self.own_slope and CALLS[0] in self.formulas.said and CALLS[1] not in self.formulas.said:
            rise = self.sigmoid(np.asarray(x, np.float64) + STEP) - self.sigmoid(np.asarray(x, np.float64) - STEP)
            return rise / (2 * STEP)
        if what in self.formulas.said and SINGLE in self.formulas.said[what]:
            return float(self.formulas.said[what].partition(SINGLE)[0])
        values = self.formulas.at(what, super().sigmoid(x, derivative), {"x": x, "n": np.size(x)})
        return np.broadcast_to(values, np.shape(x)).copy()

    def softmax(self, x: Any) -> Any:
        values = self.formulas.at(CALLS[2], super().softmax(x), {"x": x, "n": np.size(x)})
        return np.broadcast_to(values, np.shape(x)).copy()

    def slope(self, layer: int) -> Any:
        a = self.now[f"A{layer}"]
        return a * (1 - a) if self.from_a else self.sigmoid(self.now[f"Z{layer}"], derivative=True)

    def forward_pass(self, x_train: Any) -> Any:
        now: dict[str, Any] = {**{k: self.params[k] for k in ("W1", "W2", "W3")}, "n": self.sizes[3]}
        now |= {f"n{layer}": size for layer, size in enumerate(self.sizes)}
        before = np.asarray(x_train, dtype=np.float64)
        before = self.formulas.at("x", before, {"x": before}) if self.formulas.fed else before
        now["x"] = now["A0"] = before
        for layer in (1, 2, 3):
            now["inputs"] = len(before)
            z = self.formulas.at(f"Z{layer}", now[f"W{layer}"] @ before, now)
            now[f"Z{layer}"] = z
            right = self.softmax(z) if layer == 3 else self.sigmoid(z)
            before = self.formulas.at("output" if layer == 3 else f"A{layer}", right, now)
            now["output" if layer == 3 else f"A{layer}"] = before
        now["A3"] = before
        self.now = now
        return before

    def backward_pass(self, y_train: Any, output: Any) -> Any:
        p, y = np.asarray(output, np.float64), np.asarray(y_train, np.float64)
        now = {**self.now, "output": p, "y": y, "l_rate": self.l_rate, "J": np.diag(p) - np.outer(p, p)}
        changes = {}
        delta = self.formulas.at("δ3", p - y, now)
        for layer in (3, 2, 1):
            if layer < 3:
                right = (now[f"W{layer + 1}"].T @ delta) * self.slope(layer)
                delta = self.formulas.at(f"δ{layer}", right, now)
            now[f"δ{layer}"] = delta
            below = now["x"] if layer == 1 else now[f"A{layer - 1}"]
            change = self.formulas.at(f"change[W{layer}]", np.outer(delta, below), now)
            nothing = self.formulas.said.get(f"change[W{layer}]") == "0"
            changes[f"W{layer}"] = np.zeros_like(now[f"W{layer}"]) if nothing else change
        return changes

    def update_network_parameters(self, changes_to_w: Any) -> None:
        updates = self.formulas.updates
        for key, change in changes_to_w.items():
            W, text = self.params[key], updates.get(key, updates.get("W"))
            names = {"l_rate": self.l_rate, "W": W, key: W, "G": change, f"G{key[1]}": change}
            self.params[key] = W - self.l_rate * change if text is None else self.formulas.value(text, names)


def described(readings: list[str], bars: int = 0, from_a: bool = False, own_slope: bool = False) -> Any:
    """The module that readings describe together; the arguments choose among the possible meanings of their texts.

    Raises:
        Unreadable: a reading cannot be evaluated.
    """
    in_train = [text.removeprefix(IN_TRAIN) for text in readings if text.startswith(IN_TRAIN)]
    formulas = parsed([text for text in readings if not text.startswith(IN_TRAIN)], bars)
    parts = {
        "formulas": formulas,
        "from_a": from_a,
        "own_slope": own_slope,
        "trains": described(in_train, bars, from_a, own_slope).DeepNeuralNetwork if in_train else None,
    }

    def preprocess(images: Any, labels: Any) -> Any:
        x, y = oracle.pixels(images), accuracies.one_hot(labels, formulas.said.get("y"))
        if y is None:
            raise Unreadable(formulas.said["y"])
        pixels = np.asarray(images, np.float64).reshape(len(images), -1)
        return x if formulas.fed else formulas.at("x", x, {"pixel": pixels}), y

    return SimpleNamespace(DeepNeuralNetwork=type("Described", (Described,), parts), preprocess=preprocess)
