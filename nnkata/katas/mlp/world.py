"""The world of one clause: the module, a network of it, a batch, and the reading of the network."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NoReturn, Protocol
from weakref import WeakKeyDictionary

import numpy as np
import pytest

from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.layout import Layout, layouts
from nnkata.katas.mlp.oracle import Pass, Rule
from nnkata.katas.mlp.reading import TOLERANCE, Batch, Fit, functions, loss_of, scales_of
from nnkata.katas.mnist import Dataset
from nnkata.language import _
from nnkata.steps.compare import Mismatch
from nnkata.subject import Outcome, Raised, Subject
from nnkata.subject.face import CALL_SECONDS
from nnkata.subject.objects import Functions, Handle
from nnkata.worker.kept import leaves

#: Samples of the two batches that a network is read from: two sizes, none a divisor of the other, tell a mean from a
#: sum and from a division by anything else.
READ_FROM = (6, 4)
#: Inputs where no shape tells them: MNIST's.
PIXELS = 784


class Judged(Protocol):
    """The run's facts about the module beside its behaviour."""

    @property
    def dataset(self) -> Dataset:
        """MNIST: images (N, 784) and labels (N,)."""

    @property
    def declared(self) -> Mapping[str, Any]:
        """The network's declaration in `[tool.nnkata.mlp]`."""


@dataclass
class Reading:
    """The facts about a module's networks: its functions, widths, and where they can be read, layout and rule."""

    offered: frozenset[str]
    names: tuple[str, ...] = ()
    inputs: int = PIXELS
    classes: int = 10
    precision: str = "float64"
    layout: Layout | None = None
    ways: tuple[Layout, ...] = ()
    hidden: tuple[str, ...] = ()
    output: str = ""
    fit: Fit | None = None
    declared: dict[str, Any] = field(default_factory=dict)
    batches: list[Batch] = field(default_factory=list)
    #: The diagnosis, by array; made when it is first asked for.
    named: Any = None

    @property
    def tolerance(self) -> float:
        """The largest relative difference that is rounding."""
        return TOLERANCE[self.precision]

    @property
    def right(self) -> bool:
        """Whether every array of gradients fits the loss that was read: faults further on are not theirs."""
        return self.fit is not None and self.fit.natural and len(self.fit.fitting) == len(self.names)

    def scales(self) -> list[float]:
        """The factor of the summed loss, batch by batch, where at least one array of gradients fits."""
        assert self.layout is not None
        assert self.fit is not None
        rule = Rule(self.fit.rule.hidden, self.fit.rule.output, self.fit.rule.loss, mean=False)
        return list(scales_of(self.layout, rule, self.batches, self.tolerance)[self.fit.fitting[0]])


_readings: WeakKeyDictionary[Subject, Reading] = WeakKeyDictionary()


class World:
    """One clause's world. Steps read and write its attributes; a fresh one with the same seed repeats the inputs."""

    def __init__(self, subject: Subject, judged: Judged, seed: int, clause: str) -> None:
        self.subject, self.judged, self.clause, self.seed = subject, judged, clause, seed
        self.functions = Functions(subject)
        self.rng: np.random.Generator = np.random.default_rng([seed, zlib.crc32(clause.encode())])
        self.net: Handle | None = None
        self.x: Array = np.empty((0, 0))
        self.y: Array = np.empty((0, 0))
        #: The values last written into the parameters, and those last read before.
        self.written: list[Array] = []
        self.before: list[Array] = []
        self.out: Array = np.empty((0, 0))
        self.grads: list[Any] = []
        self.outcome: Outcome = Outcome()
        self.notes: dict[str, Any] = {}
        self.measured: dict[str, float] = {}

    @property
    def reading(self) -> Reading:
        """The facts about the module's networks, read once per run."""
        if self.subject not in _readings:
            _readings[self.subject] = read(World(self.subject, self.judged, self.seed, "reading"))
        return _readings[self.subject]

    def offers(self, name: str) -> bool:
        """Whether the module has that function."""
        return name in self.reading.offered

    def need(self, *names: str) -> None:
        """Skip the clause unless the module has these functions."""
        missing = [name for name in names if not self.offers(name)]
        if missing:
            not_applicable(_("the module has no {name}()").format(name=missing[0]))

    def make(self) -> None:
        """Make a network, which becomes the latest."""
        self.net = self.functions.keep("new") if "new" in self.functions.names() else None

    def held(self) -> list[tuple[str, Any]]:
        """The parameters' names and values."""
        return list(leaves(self.functions.call("parameters", self.net).value))

    def read(self) -> list[Array]:
        """The parameters.

        Raises:
            Mismatch: one is no array of floating-point numbers.
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

    def _fan_in(self, shape: tuple[int, ...]) -> int:
        if len(shape) != 2 or min(shape) == 1:
            return 0
        ways = self.reading.ways if self.subject in _readings else layouts([np.shape(v) for _name, v in self.held()])
        return shape[0] if not ways or ways[0].rows else shape[1]

    def samples(self, n: int, inputs: int = 0, classes: int = 0) -> tuple[Array, Array]:
        """Random pixels in [0, 1], exact in float32, and one-hot labels.

        The first sample is of the last class: some networks make one-hot labels as wide as the largest of a batch, and
        a clause of its own is about that.
        """
        inputs, classes = inputs or self.reading.inputs, classes or self.reading.classes
        x = self.rng.random((n, inputs)).astype(np.float32).astype(np.float64)
        labels = self.rng.integers(0, classes, n)
        labels[:1] = classes - 1
        return x, np.eye(classes)[labels]

    def output(self, x: Array) -> Array:
        """The network's output for a batch.

        Raises:
            Mismatch: it is no array of one row per sample.
        """
        self.outcome = self.functions.call("output", self.net, x)
        value = self.outcome.value
        if not isinstance(value, np.ndarray) or value.ndim != 2 or len(value) != len(x) or value.dtype.kind != "f":
            came = value if isinstance(value, np.ndarray) else type(value).__name__
            raise Mismatch(
                _("the output"), came, _("an array of floats, a row for each of {n} samples").format(n=len(x))
            )
        return value

    def gradients(self, x: Array, y: Array) -> list[Any]:
        """The gradients of a batch, as many as there are parameters.

        Raises:
            Mismatch: there are more or fewer.
        """
        self.outcome = self.functions.call("gradients", self.net, x, y)
        found = [value for _name, value in leaves(self.outcome.value)]
        if len(found) != len(self.reading.names):
            raise Mismatch(_("the number of gradients"), len(found), len(self.reading.names))
        return found

    def loss(self, x: Array, y: Array) -> float:
        """The module's own loss of a batch."""
        return float(self.functions.call("loss", self.net, x, y).value)

    def train(self, x: Array, y: Array, epochs: int) -> None:
        """Train the latest network: at least 10 s and 10 ms a sample and epoch, as for the article's."""
        self.outcome = self.functions.call(
            "train", self.net, x, y, epochs, seconds=CALL_SECONDS + 0.01 * len(x) * epochs
        )

    def expected(self, x: Array, y: Array, parameters: Sequence[Array] | None = None) -> list[Array]:
        """The gradients that the rule gives; where none was read, the clause does not apply."""
        reading = self.reading
        if reading.layout is None or reading.fit is None:
            not_applicable(_("what the network computes could not be read from its numbers"))
        layers = reading.layout.whole(self.written if parameters is None else parameters)
        return reading.layout.taken_apart(Pass(reading.fit.rule, layers, x).gradients(y))


def not_applicable(reason: str) -> NoReturn:
    """The clause says nothing about this network, and why."""
    pytest.skip(_("not applicable: {reason}").format(reason=reason))


def read(world: World) -> Reading:
    """Read a module's networks, on a network of its own.

    Raises:
        Mismatch: the functions are not there, or their results are malformed.
    """
    offered = frozenset(world.functions.names())
    missing = [name for name in ("parameters", "gradients") if name not in offered]
    missing += [] if {"output", "loss"} & offered else ["output"]
    if missing:
        raise Mismatch(
            _("the functions of the module"), sorted(offered), _("also {name}").format(name=", ".join(missing))
        )
    world.make()
    reading = Reading(offered, tuple(name for name, _value in world.held()))
    parameters = world.read()
    shapes = [np.shape(value) for value in parameters]
    reading.ways = tuple(layouts(shapes))
    reading.declared = _declared(world)
    dtypes = [value.dtype.name for value in parameters]
    if "output" in offered:
        reading.inputs, first = _first(world, reading.ways)
        reading.classes = first.shape[1]
        ends = (reading.inputs, reading.classes)  # read backwards, a chain is one too
        reading.ways = tuple(way for way in reading.ways if (way.widths[0], way.widths[-1]) == ends)
        dtypes.append(first.dtype.name)
    elif reading.ways:
        reading.inputs, reading.classes = reading.ways[0].widths[0], reading.ways[0].widths[-1]
    reading.precision = max((name for name in dtypes if name in TOLERANCE), key=lambda name: TOLERANCE[name])
    _readings[world.subject] = reading
    for n in READ_FROM:
        world.write(world.draw())
        x, y = world.samples(n)
        reading.batches.append(_batch(world, reading, x, y))
    _recognise(reading)
    return reading


def _declared(world: World) -> dict[str, Any]:
    found = dict(getattr(world.judged, "declared", None) or {})
    if "declared" in world.functions.names():
        value = world.functions.call("declared").value
        found.update(value if isinstance(value, dict) else {})
    return found


def _first(world: World, ways: Sequence[Layout]) -> tuple[int, Array]:
    """The number of inputs, and an output: the matrices' first, or one fewer where a column of ones is added."""
    widths = list(dict.fromkeys(way.widths[0] for way in ways)) or [PIXELS]
    failure: Exception | None = None
    for width in [*widths, *(width - 1 for width in widths)]:
        try:
            return width, world.output(world.rng.random((3, width)))
        except (Raised, Mismatch) as error:
            failure = failure or error
    assert failure is not None
    raise failure


def _batch(world: World, reading: Reading, x: Array, y: Array) -> Batch:
    output, gradients = None, []
    if "output" in reading.offered:
        output = np.asarray(world.output(x), np.float64)
    try:
        gradients = world.gradients(x, y)
    except (Raised, Mismatch):  # its own clause says so
        gradients = [None] * len(reading.names)
    return Batch(world.written, x, y, output, [np.asarray(np.nan if g is None else g, np.float64) for g in gradients])


def _recognise(reading: Reading) -> None:
    found = functions(reading.ways, reading.batches, reading.tolerance)
    if found is None:
        return
    reading.layout, reading.hidden, reading.output = found
    loss = str(reading.declared.get("loss", ""))
    reading.fit = loss_of(*found, reading.batches, reading.tolerance, loss)
