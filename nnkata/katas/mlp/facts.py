"""The facts about a module's networks, inferred once per run: functions, widths, layout and rule."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import numpy as np

from nnkata.katas.mlp.clipping import cut_off
from nnkata.katas.mlp.decays import beside
from nnkata.katas.mlp.description import architecture, described
from nnkata.katas.mlp.forward_functions import functions
from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.layout import Layout, layouts
from nnkata.katas.mlp.reading import TOLERANCE, Batch, Fit, close, gradients_of, loss_of, scales_of
from nnkata.katas.mlp.required import missing
from nnkata.language import _
from nnkata.steps.compare import Mismatch
from nnkata.subject import Raised, Subject

if TYPE_CHECKING:
    from nnkata.katas.mlp.world import World

#: The sizes of the two batches from which a network is inferred: neither divides the other, which tells a mean from a
#: sum and from any other division.
READ_FROM = (6, 4)
#: The width below which a hidden layer is narrow, and how often the batches are drawn for a network with one: its few
#: units may all be positive, which makes a leaky ReLU look like a ReLU.
NARROW, TIMES = 8, 6
#: The largest relative difference of gradients from their rule: a decay in one layer alone, which is none, is larger.
EXACT = 5e-3
#: The number of inputs if no shape shows it: MNIST's.
PIXELS = 784


@dataclass
class Reading:
    """The facts about a module's networks: its functions, widths, and, if they can be inferred, layout and rule."""

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
    #: Whether the gradients of a batch differ at random from call to call, while its output does not.
    random: bool = False
    #: Why the gradients are no slopes, if they are made smaller before they are handed out.
    cut: str = ""
    #: The diagnosis by array, made on first use.
    named: Any = None
    #: Whether the gradients of the batches are those of the inferred rule, its decay included.
    exact: bool = False

    @property
    def tolerance(self) -> float:
        """The largest relative difference that counts as rounding."""
        return TOLERANCE[self.precision]

    @property
    def narrow(self) -> bool:
        """Whether a hidden layer has so few units that all of them may be idle, or linear, on a batch by chance."""
        return any(width < NARROW for way in self.ways[:1] for width in way.widths[1:-1])

    @property
    def right(self) -> bool:
        """Whether all gradients fit the inferred loss, so that a later fault is not theirs."""
        return self.fit is not None and self.fit.natural and len(self.fit.fitting) == len(self.names) and self.exact

    def scales(self) -> list[float]:
        """The factor of the summed loss per batch, if at least one array of gradients fits."""
        assert self.layout is not None
        assert self.fit is not None
        rule = replace(self.fit.rule, mean=False, factor=1.0, decay=0.0, sparse=0.0)
        return list(scales_of(self.layout, rule, self.batches, self.tolerance)[self.fit.fitting[0]])


#: The largest relative change of gradients that may be rounding: of a sum of float32 in another order.
ROUNDING = 1e-4
#: The facts of each subject.
known: WeakKeyDictionary[Subject, Reading] = WeakKeyDictionary()


def read(world: "World") -> Reading:
    """Infer the facts from a new network; the result is also in `known`.

    Raises:
        Mismatch: functions are missing, or their results are malformed.
    """
    offered = frozenset(world.functions.names())
    if lacking := missing(offered):  # of a command: a module without them is not judged at all
        raise Mismatch(
            _("the functions of the module"), sorted(offered), _("also {name}").format(name=", ".join(lacking))
        )
    world.make()
    reading = Reading(offered, tuple(name for name, _value in world.held()))
    parameters = world.read()
    shapes = [np.shape(value) for value in parameters]
    reading.ways = tuple(layouts(shapes))
    reading.declared = _declared(world)
    dtypes = [value.dtype.name for value in parameters]
    if "output" in offered:
        reading.inputs, first = _first(world, reading.ways, shapes)
        reading.classes = first.shape[1]
        ends = (reading.inputs, reading.classes)  # a reversed chain is a chain, too
        reading.ways = tuple(way for way in reading.ways if (way.widths[0], way.widths[-1]) == ends)
        dtypes.append(first.dtype.name)
    elif reading.ways:
        reading.inputs, reading.classes = reading.ways[0].widths[0], reading.ways[0].widths[-1]
    reading.precision = max((name for name in dtypes if name in TOLERANCE), key=lambda name: TOLERANCE[name])
    known[world.subject] = reading
    for n in READ_FROM * (TIMES if reading.narrow else 1):
        world.randomise()
        x, y = world.samples(n)
        reading.batches.append(_batch(world, reading, x, y))
    reading.random = _random(world, reading)
    _recognise(reading)
    if not reading.right and reading.layout is not None and reading.fit is not None:
        decay, spread = beside(reading.layout, reading.fit.rule, reading.batches)
        if decay and not reading.fit.rule.decay:
            reading.fit = replace(reading.fit, rule=replace(reading.fit.rule, decay=abs(decay), spread=spread))
    if not reading.right:
        reading.cut = cut_off([batch.gradients for batch in reading.batches])
    return reading


def recognised(subject: Subject) -> str:
    """The network on one line, without its loss if its gradients have none; empty if its function is unknown."""
    reading = known.get(subject)
    if reading is None or reading.layout is None:
        return ""
    if reading.fit is None or not reading.fit.natural:
        return architecture(reading.layout, reading.hidden, reading.output)
    return described(reading.layout, reading.fit.rule)


def _declared(world: "World") -> dict[str, Any]:
    found = dict(getattr(world.judged, "declared", None) or {})
    if "declared" in world.functions.names():
        value = world.functions.call("declared").value
        found.update(value if isinstance(value, dict) else {})
    return found


def _first(world: "World", ways: Sequence[Layout], shapes: Sequence[tuple[int, ...]]) -> tuple[int, Array]:
    """The number of inputs, and an output: the first matrix's, or one fewer if the network adds a column of ones.

    Without a chain it is MNIST's, or any of the shapes.
    """
    chained = list(dict.fromkeys(way.widths[0] for way in ways))
    others = [size for shape in shapes if len(shape) == 2 for size in shape if size > 1]
    failure: Exception | None = None
    for width in dict.fromkeys([*chained, *(width - 1 for width in chained), PIXELS, *others]):
        try:
            return width, world.output(world.rng.random((3, width)))
        except (Raised, Mismatch) as error:
            failure = failure or error
    assert failure is not None
    raise failure


def _batch(world: "World", reading: Reading, x: Array, y: Array) -> Batch:
    output, gradients = None, []
    if "output" in reading.offered:
        output = np.asarray(world.output(x), np.float64)
    try:
        gradients = world.gradients(x, y)
    except (Raised, Mismatch):  # its own clause reports that
        gradients = [None] * len(reading.names)
    return Batch(world.written, x, y, output, [np.asarray(np.nan if g is None else g, np.float64) for g in gradients])


#: The draws of one batch's gradients.
DRAWS = 6


def _random(world: "World", reading: Reading) -> bool:
    """Whether the latest batch has other gradients each time, and one output.

    Of three draws a, b, c of one distribution, b - a and c - b have a cosine of -1/2 on average; gradients that pile
    up, or remember the batch before, change in one direction, or no longer. A few units that are off at random can
    give any cosine: one of DRAWS - 2 has to be near.
    """
    latest = reading.batches[-1]
    drawn = [_joined(latest)]
    while len(drawn) < DRAWS:
        world.write(latest.parameters)
        again = _batch(world, reading, latest.x, latest.y)
        drawn.append(_joined(again))
        if latest.output is not None and again.output is not None and np.any(again.output != latest.output):
            return False
        if len(drawn) == 3 and np.array_equal(drawn[0], drawn[1]) and np.array_equal(drawn[1], drawn[2]):
            return False
    if len({len(values) for values in drawn}) > 1 or not np.all(np.isfinite(np.concatenate(drawn))):
        return False
    changes = np.diff(np.stack(drawn), axis=0)
    lengths = np.linalg.norm(changes, axis=1)
    moved = lengths > ROUNDING * float(np.linalg.norm(drawn[0]))  # else the samples were summed in another order
    cosines = [
        float(changes[n] @ changes[n + 1]) / (lengths[n] * lengths[n + 1])
        for n in range(len(changes) - 1)
        if moved[n] and moved[n + 1]
    ]
    return any(-0.9 < cosine < 0.5 for cosine in cosines)


def _joined(batch: Batch) -> Array:
    return np.concatenate([np.ravel(gradient) for gradient in batch.gradients] or [np.zeros(0)])


def _recognise(reading: Reading) -> None:
    found = functions(reading.ways, reading.batches, reading.tolerance)
    if found is None:
        return
    reading.layout, reading.hidden, reading.output = found
    loss = str(reading.declared.get("loss", ""))
    reading.fit = loss_of(*found, reading.batches, reading.tolerance, loss)
    reading.exact = all(
        close(np.asarray(came), right, EXACT)
        for batch in reading.batches
        for came, right in zip(batch.gradients, gradients_of(reading.layout, reading.fit.rule, batch), strict=True)
    )
