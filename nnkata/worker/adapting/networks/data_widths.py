"""The widths of a network's data: MNIST's, or its own, from the shapes of its arrays; samples and labels of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from nnkata.worker.adapting import graph
from nnkata.worker.adapting.graph import Array
from nnkata.worker.adapting.source.usual_names import role

#: The most own widths of one network that are tried.
MAX_OWN = 8
#: The most inputs and outputs of a network; a wider array holds data.
MAX_INPUTS, MAX_CLASSES = 20_000, 1_000
#: The roles of names that may hold a label; a counter of a script's loop stays 0.
LABELS = ("label", "output")


@dataclass(frozen=True)
class Widths:
    """The number of inputs and of outputs of a network."""

    inputs: int = 784
    classes: int = 10

    @property
    def n(self) -> int:
        """The samples of a trial. With seven, 1/n twice is no usual factor of a loss; with five, 1/25 = (2/10)/5 is."""
        return 11 if 7 in (self.inputs, self.classes) else 7

    @property
    def one(self) -> bool:
        """Whether there is one output, whose labels are 0 and 1."""
        return self.classes == 1

    def labels(self, numbers: Sequence[int]) -> Array:
        """The labels (n, k) of numbered classes; the first number, and 9, stand for the last class."""
        last = self.classes - 1
        if self.one:
            return np.array([[float(number % 2)] for number in numbers])
        return np.eye(self.classes)[[last if number == 9 else number % self.classes for number in numbers]]

    def batch(self, rng: np.random.Generator) -> tuple[Array, Array]:
        """Random samples (n, d), and labels (n, k)."""
        return rng.random((self.n, self.inputs)), self.labels([3, 0, 9, 4, 1, 7, 4, 2, 5, 8, 6][: self.n])

    def dummies(self, form: str) -> list[str]:
        """Texts of labels for calls that need them though we want only their output."""
        if self.one:
            many = {"rows": "np.ones((len(x), 1))", "columns": "np.ones((1, len(x)))"}
            many["stack"] = "np.ones((len(x), 1, 1))"
            alone = {"vector": "np.ones(1)", "column": "np.ones((1, 1))", "row": "np.ones((1, 1))"}
            first = many.get("columns" if form == "turned" else form) or alone[form]
            return [first, "np.ones(len(x))" if form in (*many, "turned") else "1.0"]
        eye, numbers = f"np.eye({self.classes})", f"np.arange(len(x)) % {self.classes}"
        forms = {
            "rows": [f"{eye}[{numbers}]", numbers],
            "columns": [f"{eye}[{numbers}].T", numbers],
            "vector": [f"{eye}[0]", "0"],
            "column": [f"{eye}[:, :1]", "0"],
            "row": [f"{eye}[:1]", "0", "np.array([0])"],  # a set of one sample, from which a script draws
            "stack": [f"{eye}[{numbers}][:, :, None]", numbers],
        }
        return forms["columns" if form == "turned" else form]

    def others(self, line: str) -> str:
        """A line with other dummies in it."""
        if self.one:
            return line.replace("np.ones(", "np.zeros(").replace("1.0", "0.0")
        eye, k = f"np.eye({self.classes})", 3 % self.classes or 1
        line = re.sub(r"(?<=, )0(?=[,)])", str(k), line)
        line = re.sub(r"\b(\w+)=0(?=[,)])", lambda m: f"{m[1]}={k if role(m[1]) in LABELS else 0}", line)
        line = line.replace(f"np.arange(len(x)) % {self.classes}", f"(np.arange(len(x)) + {k}) % {self.classes}")
        line = (
            line.replace("np.array([0])", f"np.array([{k}])")
            .replace(f"{eye}[0]", f"{eye}[{k}]")
            .replace(f"{eye}[:, :1]", f"{eye}[:, {k}:{k + 1}]")
        )
        return line.replace(f"{eye}[:1]", f"{eye}[{k}:{k + 1}]")

    def targets(self, form: str) -> list[str]:
        """Texts of the forms of labels y (n, k), b (k,) for a batch in a form."""
        columns = ["y.T", "y.argmax(1)", "y.argmax(1)[None, :]", "y"]
        forms = {
            "rows": ["y", "y.argmax(1)", "y.argmax(1)[:, None]"],
            "columns": columns,
            "turned": columns,
            "vector": ["b", "b.argmax()"],
            "column": ["b[:, None]", "b.argmax()", "b", "np.array([b.argmax()])"],
            "row": ["b[None, :]", "b[:, None]", "b.argmax()", "b", "np.array([b.argmax()])"],  # rows in, columns out
            "stack": ["y[:, :, None]", "y"],
        }
        if not self.one:
            return forms[form]
        found = [text.replace("y.argmax(1)", "y[:, 0]").replace("b.argmax()", "b[0]") for text in forms[form]]
        return list(dict.fromkeys(found))


USUAL = Widths()


def own(net: object) -> list[Widths]:
    """The likely widths of a network's data from the shapes of its arrays, in their order."""
    found = dict.fromkeys(_own(list(graph.arrays(net, "net").values())))
    return [one for one in found if one.inputs <= MAX_INPUTS and one.classes <= MAX_CLASSES][:MAX_OWN]


def _own(arrays: Sequence[Array]) -> Iterator[Widths]:
    wide = [array.shape for array in arrays if array.ndim == 2 and min(array.shape) > 1]
    thin = {array.size for array in arrays if array.ndim == 2 and min(array.shape) == 1}
    turned = [shape[::-1] for shape in wide]
    ways = [wide, turned, wide[::-1], turned[::-1]] if wide else []
    for shapes in sorted(ways, key=lambda shapes: not _chain(shapes, 0)):
        inputs, width = shapes[0][0], shapes[-1][1]
        if len(wide) > 1:
            yield Widths(inputs, width)
        if len(wide) > 1 and _chain(shapes, 1):  # the bias is a row more of each matrix
            yield Widths(inputs - 1, width)
        if width in thin:  # a row or column of weights after it
            yield Widths(inputs, 1)
        if width + 1 in thin:  # a one is added to the hidden values, perhaps to the samples too
            yield from (Widths(n, 1) for n in (inputs - 1, inputs) if n)


def _chain(shapes: Sequence[tuple[int, ...]], more: int) -> bool:
    """Whether each matrix has as many rows as the one before has columns, or one more."""
    return all(one[1] + more == other[0] for one, other in pairwise(shapes))
