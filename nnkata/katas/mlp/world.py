"""The world of one clause: the module, one of its networks, a batch, and the facts about the network."""

import zlib
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn, Protocol

import numpy as np

from nnkata.katas.mlp.facts import Reading, known, read
from nnkata.katas.mlp.functions import Array, labels_of
from nnkata.katas.mlp.layout import layouts
from nnkata.katas.mlp.oracle import Pass
from nnkata.katas.mlp.parameter_names import titled
from nnkata.katas.mlp.reading import TOLERANCE
from nnkata.katas.mnist import Dataset
from nnkata.language import _, later
from nnkata.steps.compare import Mismatch
from nnkata.steps.definitions import Skipped
from nnkata.steps.needed import Needed
from nnkata.subject import Outcome, Subject
from nnkata.subject.face import CALL_SECONDS
from nnkata.subject.objects import Functions, Handle
from nnkata.worker.kept import leaves

#: The samples of which more than half have to differ in the output of a narrow network, and the most draws for that.
ALIVE, MOST_DRAWS = 16, 50


class Judged(Protocol):
    """The run's facts about the module beside its behaviour."""

    @property
    def dataset(self) -> Dataset:
        """MNIST: images (N, 784) and labels (N,)."""

    @property
    def declared(self) -> Mapping[str, Any]:
        """The network's declaration in `[tool.nnkata.mlp]`."""

    @property
    def sources(self) -> Mapping[str, str]:
        """The submission's own source files: name to text."""


class World:
    """One clause's world. Steps read and write its attributes; a fresh one with the same seed repeats the inputs."""

    #: The latest network; None if the module has functions alone.
    net: Needed[Handle | None] = Needed(later("a network"))
    x: Needed[Array] = Needed(later("a sample"))
    y: Needed[Array] = Needed(later("a label"))
    #: The values last written into the parameters, and an earlier set to compare with.
    written: Needed[list[Array]] = Needed(later("known weights"))
    before: Needed[list[Array]] = Needed(later("known weights"))
    out: Needed[Array] = Needed(later("an output"))
    grads: Needed[list[Any]] = Needed(later("gradients"))
    outcome: Needed[Outcome] = Needed(later("a result"))

    def __init__(self, subject: Subject, judged: Judged, seed: int, clause: str) -> None:
        self.subject, self.judged, self.clause, self.seed = subject, judged, clause, seed
        self.functions = Functions(subject)
        self.rng: np.random.Generator = np.random.default_rng([seed, zlib.crc32(clause.encode())])
        self.notes: dict[str, Any] = {}
        self.measured: dict[str, float] = {}

    @property
    def reading(self) -> Reading:
        """The facts about the module's networks, inferred once per run."""
        if self.subject not in known:
            known[self.subject] = read(World(self.subject, self.judged, self.seed, "reading"))
        return known[self.subject]

    def offers(self, name: str) -> bool:
        """Whether the module has this function."""
        return name in self.reading.offered

    def need(self, *names: str) -> None:
        """Skip the clause unless the module has these functions."""
        missing = [name for name in names if not self.offers(name)]
        if missing:
            not_applicable(_("the module has no {name}()").format(name=missing[0]))

    def repeatable(self) -> None:
        """Skip the clause if a batch's gradients are cut off, or differ from call to call while its output does not."""
        if self.reading.random:
            not_applicable(_("its gradients differ from call to call, as with dropout; give them without it"))
        if self.reading.cut:
            not_applicable(self.reading.cut)

    def make(self) -> None:
        """Make a network, which becomes the latest."""
        self.net = self.functions.keep("new") if "new" in self.functions.names() else None

    def held(self) -> list[tuple[str, Any]]:
        """The present names and values of the parameters."""
        found = list(leaves(self.functions.call("parameters", self.net).value))
        names = titled([name for name, _value in found], getattr(self.judged, "sources", {}))
        return [(name, value) for name, (_place, value) in zip(names, found, strict=True)]

    def read(self) -> list[Array]:
        """The parameters.

        Raises:
            Mismatch: one is not an array of floating-point numbers.
        """
        found = []
        for name, value in self.held():
            if not isinstance(value, np.ndarray) or value.dtype.name not in TOLERANCE:
                came = f"{type(value).__name__}" + (f" of {value.dtype}" if isinstance(value, np.ndarray) else "")
                raise Mismatch(_("the parameter {name}").format(name=name), came, _("an array of float32 or float64"))
            found.append(value)
        return found

    def write(self, values: Sequence[Array]) -> None:
        """Write into the parameters, and keep their new values, in float64."""
        self.functions.write("parameters", self.net, values=list(values))
        self.written = [np.asarray(value, np.float64) for value in self.read()]

    def draw(self) -> list[Array]:
        """Random parameters at which neither an activation nor the output is saturated, exact in float32.

        Weights are normal with variance 3 / inputs of their layer, as the mean square of a pixel is 1/3; biases 0.3.
        """
        found = []
        for value in self.read():
            fan_in = self._fan_in(value.shape)
            spread = np.sqrt(3.0 / fan_in) if fan_in else 0.3
            found.append(np.asarray(self.rng.normal(0.0, spread, value.shape), np.float32).astype(np.float64))
        return found

    def randomise(self) -> None:
        """Write random parameters; those of a narrow network again while its units give most samples the same output.

        A ReLU is zero for all samples by chance alone: in a layer of 24 units some always count, in one of three not.
        """
        self.write(self.draw())
        if self.subject not in known or not self.reading.narrow or not self.offers("output"):
            return
        x = self.rng.random((ALIVE, self.reading.inputs))
        for _number in range(MOST_DRAWS):
            if distinct(self.output(x)) > ALIVE // 2:
                return
            self.write(self.draw())

    def _fan_in(self, shape: tuple[int, ...]) -> int:
        if len(shape) != 2 or min(shape) == 1:
            return 0
        ways = self.reading.ways if self.subject in known else layouts([np.shape(v) for _name, v in self.held()])
        return shape[0] if not ways or ways[0].rows else shape[1]

    def samples(self, n: int, inputs: int = 0, classes: int = 0) -> tuple[Array, Array]:
        """Random pixels in [0, 1], exact in float32, and one-hot labels; 0 or 1 for a network of one output.

        The first sample has the last class, because some networks make one-hot labels only as wide as a batch's largest
        label; a separate clause tests that.
        """
        inputs, classes = inputs or self.reading.inputs, classes or self.reading.classes
        x = self.rng.random((n, inputs)).astype(np.float32).astype(np.float64)
        labels = self.rng.integers(0, max(classes, 2), n)
        labels[:1] = max(classes, 2) - 1
        return x, labels_of(labels, classes)

    def output(self, x: Array) -> Array:
        """The network's output for a batch.

        Raises:
            Mismatch: it is not an array with one row per sample.
        """
        self.outcome = self.functions.call("output", self.net, x)
        value = self.outcome.value
        array = isinstance(value, np.ndarray) and value.dtype.kind == "f"
        if not isinstance(value, np.ndarray) or not array or value.ndim != 2 or len(value) != len(x) or not value.size:
            came = value if isinstance(value, np.ndarray) else type(value).__name__
            raise Mismatch(
                _("the output"), came, _("an array of floats, a row for each of {n} samples").format(n=len(x))
            )
        return value

    def gradients(self, x: Array, y: Array) -> list[Any]:
        """The gradients of a batch, as many as there are parameters, and in their order.

        Raises:
            Mismatch: there are more or fewer, or lists of numbers, or no parameters, of which every law holds.
        """
        if not self.reading.names:
            raise Mismatch(_("the shapes of the parameters"), "[]", _("a matrix or a vector among them"))
        self.outcome = self.functions.call("gradients", self.net, x, y)
        found = list(leaves(self.outcome.value))
        if len(found) > len(self.reading.names) and all(isinstance(value, int | float) for _name, value in found):
            raise Mismatch(_("the gradients"), _("lists of numbers"), _("an array for each parameter: np.array(list)"))
        if len(found) != len(self.reading.names):
            raise Mismatch(_("the number of gradients"), len(found), len(self.reading.names))
        return in_order(found, self.reading.names)

    def loss(self, x: Array, y: Array) -> float:
        """The module's own loss of a batch.

        Raises:
            Mismatch: it is not a single number.
        """
        value = self.functions.call("loss", self.net, x, y).value
        if not isinstance(value, int | float | np.number | np.ndarray) or np.size(value) != 1:
            came = value if isinstance(value, np.ndarray) else type(value).__name__
            raise Mismatch(_("the loss"), came, _("a single number"))
        return float(np.asarray(value, np.float64).item())

    def train(self, x: Array, y: Array, epochs: int) -> None:
        """Train the latest network, for at least 10 s and 10 ms per sample and epoch, as in the article's kata."""
        self.outcome = self.functions.call(
            "train", self.net, x, y, epochs, seconds=CALL_SECONDS + 0.01 * len(x) * epochs
        )

    def expected(self, x: Array, y: Array, parameters: Sequence[Array] | None = None) -> list[Array]:
        """The gradients of the rule; without one, the clause does not apply."""
        reading = self.reading
        if reading.layout is None or reading.fit is None:
            not_applicable(_("the function of the network could not be read from its numbers"))
        layers = reading.layout.whole(self.written if parameters is None else parameters)
        return reading.layout.taken_apart(Pass(reading.fit.rule, layers, x).gradients(y))


def not_applicable(reason: str) -> NoReturn:
    """Skip the clause with the reason why it does not apply to this network."""
    raise Skipped(_("not applicable: {reason}").format(reason=reason))


def distinct(rows: Array) -> int:
    """The number of different rows; one with nan differs from all. `np.unique` would first import numpy.ma, 15 ms."""
    odd = np.isnan(rows).any(axis=1)
    return int(odd.sum()) + len({row.tobytes() for row in rows[~odd] + 0.0})


def in_order(gradients: Sequence[tuple[str, Any]], names: Sequence[str]) -> list[Any]:
    """Named gradients in the order of the parameters' names; as they are if their names are others.

    A dict may have its keys in any order, and `dW1` or `grad_W1` for the gradient of `W1`.
    """
    for prefix in ("", "d", "d_", "grad_"):
        named = {name.removeprefix(prefix): value for name, value in gradients}
        if named.keys() == set(names) and len(named) == len(gradients):
            return [named[name] for name in names]
    return [value for _name, value in gradients]
