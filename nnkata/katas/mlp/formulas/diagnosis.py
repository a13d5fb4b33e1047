"""Gives each failed clause the formulas that its numbers show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import cast

import numpy as np

from nnkata.diagnosis import Diagnosed, Failed
from nnkata.katas.mlp.description import described_loss
from nnkata.katas.mlp.facts import Reading, known
from nnkata.katas.mlp.formulas import outputs, updates
from nnkata.katas.mlp.formulas.arrays import decay_of
from nnkata.katas.mlp.formulas.cases import Case, cases_of
from nnkata.katas.mlp.formulas.chain import Chain
from nnkata.katas.mlp.formulas.delta_forms import either
from nnkata.katas.mlp.formulas.factors import by_size, scaled
from nnkata.katas.mlp.formulas.phrases import translated
from nnkata.katas.mlp.formulas.terms import unit_error
from nnkata.katas.mlp.functions import USUAL, Array
from nnkata.katas.mlp.oracle import Rule
from nnkata.katas.mlp.pieces import Pieces
from nnkata.katas.mlp.reading import loss_of
from nnkata.katas.mlp.world import Judged, World
from nnkata.language import _
from nnkata.steps.compare import Mismatch
from nnkata.subject import Died, Raised, SubjectError, TimedOut
from nnkata.subject.objects import Functions
from nnkata.worker.kept import NotLive

#: Whether a fault in a reading is raised, for tests and measurements, or only costs the reading.
STRICT = False
#: The clauses that speak of one kind of array: weights or bias, and whether its layer (from 0, of `depth` + 1) counts.
ARRAYS: Mapping[str, tuple[str, Callable[[int, int], bool]]] = {
    "gradients-3": ("weights", lambda place, depth: place == depth),
    "gradients-4": ("weights", lambda place, depth: 0 < place < depth),
    "gradients-5": ("weights", lambda place, depth: place == 0 < depth),
    "gradients-6": ("bias", lambda place, depth: place == depth),
    "gradients-7": ("bias", lambda place, depth: place < depth),
}
#: The clauses that speak of all gradients, of their scale, of a step, and of the output.
ALL = ("gradients-1", "gradients-2", "gradients-13", "batches-1", "batches-3")
OUTPUT = ("parameters-4", "output-2", "output-4", "output-6", "output-7", "gradients-2", "batches-1")
STEPS = ("step-1", "step-2")
#: The losses that are usual enough to be meant, by output, where the numbers do not tell.
MEANT = {
    "softmax": ("cross-entropy",),
    "sigmoid": ("binary cross-entropy", "squared error"),
    "linear": ("squared error",),
    "tanh": ("squared error",),
    "ReLU": ("squared error",),
}
SCALE = ("gradients-2", "gradients-8", "batches-1")


def diagnose(failed: Failed) -> Mapping[str, Diagnosed]:
    """The formulas for each failed clause whose numbers differ; a clause without one is left out."""
    found: dict[str, Diagnosed] = {}
    reading = known.get(failed.subject)
    errors = {clause: error for clause, error in failed.errors.items() if isinstance(error, Mismatch)}
    if reading is None or reading.random or reading.cut or reading.precision == "float16" or not errors:
        return found
    try:
        with np.errstate(all="ignore"):
            for clause, text in _texts(failed, reading, errors).items():
                found[clause] = Diagnosed(None, translated(text))
    except (TimedOut, Died, Raised, SubjectError, Mismatch, NotLive):
        pass
    except Exception:
        if STRICT:
            raise  # a value that no formula accepts: the readings so far count, and no verdict is lost
    return found


def _texts(failed: Failed, reading: Reading, errors: Mapping[str, Mismatch]) -> dict[str, str]:
    world = World(failed.subject, cast(Judged, failed.facts), failed.seed, "formulas")
    world.make()
    found: dict[str, str] = {}
    stages = {clause.rpartition("-")[0] for clause in errors}
    if stages & {"gradients", "batches"} and reading.layout is not None:
        found |= _of_gradients(world, reading, errors)
    output = [clause for clause in errors if clause in OUTPUT]
    if output and (text := outputs.read(reading)):
        found |= dict.fromkeys(output, text)
    steps = [clause for clause in errors if clause in STEPS]
    if steps and "step" in reading.offered and (text := updates.read(world)):
        found |= dict.fromkeys(steps, text)
    return found


def _of_gradients(world: World, reading: Reading, errors: Mapping[str, Mismatch]) -> dict[str, str]:
    fit = reading.fit
    assert fit is not None
    own = _own_rules(world, reading)
    if len(fit.fitting) == len(reading.names) and not fit.natural:
        text = _of_scale(reading)
        return {clause: text for clause in errors if text and clause in SCALE}
    if reading.right and own and not any(_same(fit.rule, one) for one in own) and (text := _of_loss(fit.rule, own)):
        return {clause: text for clause in errors if clause in SCALE}
    chains = _chains(world, reading, own)
    found = {}
    if fit.fitting and not fit.natural and "gradients-8" in errors and (text := _of_scale(reading)):
        found["gradients-8"] = text
    for clause in errors:
        told = list(dict.fromkeys(_said(clause, chain) for chain in chains))
        if told and all(told):
            found[clause] = either(told)
    return found


def _said(clause: str, chain: Chain) -> str:
    """The departures of the arrays of which a clause speaks, from the output down; empty if none was read."""
    if clause not in ALL and clause not in ARRAYS:
        return ""
    kind, counts = ARRAYS.get(clause, ("", lambda place, depth: True))
    depth = len(chain.found) - 1
    texts = [
        text
        for place in range(depth, -1, -1)
        if counts(place, depth)
        for part, read in (("weights", chain.found[place].weights), ("bias", chain.found[place].bias))
        if kind in ("", part)
        for text in read
        if text
    ]
    return _("; ").join(dict.fromkeys(texts))


def _own_rules(world: World, reading: Reading) -> list[Rule]:
    """The usual rules that the module's own loss is; none without one."""
    if "loss" not in reading.offered or len(reading.batches) < 2:
        return []
    pieces = Pieces(Functions(world.subject), reading)
    return list(pieces.of_loss())


def _same(one: Rule, other: Rule) -> bool:
    """Whether two rules are the same, but for the rounding of their penalties."""
    alike = np.allclose([one.decay, one.sparse], [other.decay, other.sparse], rtol=1e-2)
    return bool(alike) and one == replace(other, decay=one.decay, sparse=one.sparse)


def _of_loss(rule: Rule, own: Sequence[Rule]) -> str:
    """Gradients that are all those of a usual loss, which is not the module's own."""
    if not own:
        return ""
    text = _("your gradients are those of {loss}; your loss is {own}")
    return text.format(loss=described_loss(rule), own=described_loss(own[0]))


def _of_scale(reading: Reading) -> str:
    """Gradients that are all right but for one factor."""
    found = by_size(reading.scales(), [len(batch.x) for batch in reading.batches])
    if found is None:
        return ""
    twice = 2.0 if reading.fit is not None and reading.fit.rule.loss == "squared error" else 1.0
    term = scaled("Σ", replace(found, value=twice * found.value))
    text = _("your gradients: you compute {read}, with Σ the sum over the batch; it should be Σ / n or Σ")
    return text.format(read=term)


def _chains(world: World, reading: Reading, own: Sequence[Rule]) -> list[Chain]:
    """The readings by the rule that leaves fewest departures, and by others that leave as few."""
    layout, fit = reading.layout, reading.fit
    assert layout is not None
    assert fit is not None
    base = own[0] if own else fit.rule
    cases = cases_of(world, base)
    if not cases:
        return []
    decay = base.decay if own else _decay(cases, base, reading.tolerance)
    sparse = base.sparse if own or base.sparse or decay else _sparse(cases, reading.tolerance)
    names = [
        (reading.names[weights], reading.names[weights if bias is None else bias]) for weights, bias in layout.layers
    ]
    rules, meant = [replace(base, decay=decay, sparse=sparse)], ""
    losses = USUAL[base.output] if "loss" not in reading.declared and not own else ()
    opened = not fit.fitting or (not fit.natural and len(fit.fitting) < len(reading.names))
    if losses and opened:
        usual = [
            replace(base, loss=loss, factor=1.0, decay=decay, sparse=sparse) for loss in MEANT.get(base.output, losses)
        ]
        rules = [replace(rule, mean=mean) for rule in usual for mean in (True, False)]
        formulas = list(dict.fromkeys(unit_error(rule, len(layout.layers))[0] for rule in usual))
        meant = _("{formula} with a usual loss").format(formula=either(formulas))
    elif losses:
        fits = [
            loss_of(layout, base.hidden, base.output, reading.batches, reading.tolerance, loss)
            for loss in losses
            if loss != base.loss
        ]
        rules += [replace(other.rule, decay=decay, sparse=sparse) for other in fits if other.fitting and other.natural]
    chains = [Chain([case.under(rule) for case in cases], names, reading.tolerance, meant) for rule in rules]
    best = min((chain.unread, chain.said, chain.times_n) for chain in chains)
    fewest = [chain for chain in chains if (chain.unread, chain.said, chain.times_n) == best]
    return fewest[:1] if opened else fewest


def _decay(cases: Sequence[Case], rule: Rule, close: float) -> float:
    """The multiple of the weights that most layers' gradients have; the rule's own if no two of them agree."""
    if rule.spread:
        return rule.decay
    shared = _shared(cases, close, np.positive)
    return rule.decay if shared is None else abs(shared)


def _sparse(cases: Sequence[Case], close: float) -> float:
    """The multiple of the signs of the weights that most layers' gradients have; 0 if no two of them agree."""
    return abs(_shared(cases, close, np.sign) or 0.0)


def _shared(cases: Sequence[Case], close: float, change: Callable[[Array], Array]) -> float | None:
    """The multiple of changed weights that more than half of the layers' gradients have, at least two."""
    layers = range(1, len(cases[0].passed.layers) + 1)
    found = [one for layer in layers if (one := decay_of(cases, layer, close, change)) is not None]
    shared = [one for one in found if sum(np.isclose(one, other, rtol=1e-3, atol=1e-9) for other in found) > 1]
    return shared[0] if len(shared) > len(found) / 2 else None
