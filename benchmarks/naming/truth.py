"""Decide whether a diagnosis is right: from numbers, never from words alone.

A *name* of the catalogue is true of a mistake if the catalogue's network for it behaves, piece by piece and on inputs
that no clause used, like the submission with this mistake alone; or if the mistake lists it, because it differs only in
a constant (a decay of 0.9 is a decay). One of several layers is enough. A *formula* is true if the network with it in
place of the right one behaves like the submission (`formula`); one that cannot be evaluated is neither true nor false.
A *line* is right if it is one of the changed ones.
"""

import re
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np

from benchmarks.naming import formula, probe
from benchmarks.naming.case import Case
from benchmarks.naming.described import described
from benchmarks.naming.shapes import shaped
from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.katas.article.misconceptions.right import Right, reseed

#: The possible meanings of a text: |a| as length, slopes from A, the slope of the sigmoid that was read.
WAYS = ((0, False, False), (1, False, False), (0, True, False), (0, False, True), (0, True, True))
GRADIENT = re.compile(r"(?:change\[W|δ)([123])")
#: The name of an accuracy that is one number, whichever: an edit that makes it so states no constant beforehand.
CONSTANT = "accuracy-constant"
#: The seed of the inputs on which names are compared; no check uses it.
SEED = 90_001


@cache
def of_text(text: str) -> probe.Behaviour:
    """The behaviour of a file."""
    return probe.behaviour(probe.module_of(text), SEED)


@cache
def of_name(name: str) -> probe.Behaviour:
    """The behaviour of the catalogue's network for a mistake."""
    reseed(SEED)
    return probe.behaviour(CATALOGUE[name].module, SEED)


@cache
def of_right() -> probe.Behaviour:
    """The behaviour of the right network."""
    return probe.behaviour(probe.right_module(), SEED)


def named(name: str, case: Case) -> int | None:
    """The number of the case's mistake of which a name is true; None if there is none."""
    for number, truth in enumerate(case.truths):
        text = case.parts[number] if case.parts else case.text
        layers = [of_name(name), *(of_layer(name, layer) for layer in (1, 2, 3))]
        if name in truth.names or any(one is not None and same(of_text(text), one) for one in layers):
            return number
        if in_function(of_text(text), of_name(name)) or (name == CONSTANT and constant(of_text(text))):
            return number
    return None


def constant(found: probe.Behaviour) -> bool:
    """Whether the accuracy is wrong, and the same number for all sets of samples."""
    said = np.asarray(found.get("accuracy"), np.float64) if "accuracy" in probe.departed(found, of_right()) else None
    return said is not None and said.size > 1 and bool(np.ptp(said) == 0)


@cache
def of_layer(name: str, layer: int) -> probe.Behaviour | None:
    """The behaviour with the catalogue's mistake in one layer alone; None if the mistake does not belong to a layer."""
    network = CATALOGUE[name].module.DeepNeuralNetwork
    pieces = {n for cls in network.__mro__ if cls is not Right for n in vars(cls)} & {"slope", "back", "gradient"}
    if not pieces or not issubclass(network, Right):
        return None

    def only(piece: str) -> Any:
        def chosen(self: Any, number: int, *more: Any) -> Any:
            return getattr(network if number == layer else Right, piece)(self, number, *more)

        return chosen

    made = type("Only", (network,), {piece: only(piece) for piece in pieces})
    reseed(SEED)
    return probe.behaviour(SimpleNamespace(DeepNeuralNetwork=made, preprocess=CATALOGUE[name].module.preprocess), SEED)


@cache
def of_readings(readings: tuple[str, ...]) -> tuple[probe.Behaviour, ...]:
    """The behaviours of the networks that these texts describe together; none if one cannot be evaluated."""
    found = []
    for bars, from_a, own in WAYS:
        try:
            module = described(list(readings), bars, from_a, own)
        except formula.Unreadable:
            return ()
        found.append(probe.behaviour(module, SEED))
        if ("raised", "Unreadable") in [value for value in found[-1].values() if isinstance(value, tuple)]:
            return ()
    return tuple(found)


def same(found: probe.Behaviour, other: probe.Behaviour) -> bool:
    """Whether two behave alike; train and accuracy do not count after a wrong pass."""
    before = set(probe.departed(found, of_right())) - {"train", "accuracy"}
    return not probe.departed(found, other, frozenset({"train", "accuracy"} if before else ()))


def in_function(found: probe.Behaviour, other: probe.Behaviour) -> bool:
    """Whether one of the three functions equals that of another network, and everything else is right.

    A submission whose softmax method is wrong, and whose forward pass computes its softmax elsewhere, has this mistake
    in the method.
    """
    wrong = probe.departed(found, of_right())
    return set(wrong) <= set(FUNCTIONS) and any(
        probe.alike(found[one], other[one]) and not probe.alike(other[one], of_right()[one]) for one in wrong
    )


FUNCTIONS = ("sigmoid", "slope", "softmax")


def in_layer(key: str, found: probe.Behaviour, other: probe.Behaviour) -> bool:
    """Whether two give the same wrong gradient of a layer (or pixels, or labels); one is enough."""
    return probe.alike(found.get(key), other.get(key)) and not probe.alike(found.get(key), of_right().get(key))


@cache
def shows(name: str) -> bool:
    """Whether the network of a name differs from the right one on these inputs; a mere overflow does not show."""
    return CATALOGUE[name].source is None and bool(probe.departed(of_name(name), of_right()))


def read(texts: list[str], case: Case) -> tuple[set[int], bool]:
    """The case's mistakes of which formulas are true, and whether a formula is false.

    A formula is true alone, or together with the others that can be evaluated (a sigmoid and its slope are two halves).
    A formula that can be evaluated and is neither is false.
    """
    formulas = [text for text in dict.fromkeys(texts) if formula.READING.search(text)]
    files = case.parts or (case.text,)
    words = "\n".join(texts)
    true = {n for n, truth in enumerate(case.truths) if truth.says and re.search(truth.says, words)}
    true |= {n for n, truth in enumerate(case.truths) if any(shaped(text, truth, files[n]) for text in texts)}
    alone = {text: [_of((one,), case) for one in formula.alternatives(text)] for text in formulas}
    known = {text: set().union(*(one or () for one in found)) for text, found in alone.items() if None not in found}
    together = _of(tuple(known), case) if len(known) > 1 else None
    for found in (*known.values(), together or set()):
        true |= found
    said = {text for text in known if any(t.says and re.search(t.says, text) for t in case.truths)}
    return true, not together and any(not found for text, found in known.items() if text not in said)


#: The pieces of a formula, and their names in it.
PIECES = (
    ("preprocess", "x"),
    ("labels", "y"),
    ("sigmoid", "sigmoid(x)"),
    ("slope", "sigmoid(x, derivative=True)"),
    ("softmax", "softmax(x)"),
)


def _of(texts: tuple[str, ...], case: Case) -> set[int] | None:
    """The case's mistakes that these formulas describe together; None if they cannot be evaluated."""
    networks = of_readings(texts)
    if not networks:
        return None
    wholes = [of_text(text) for text in case.parts or (case.text,)]
    layers = [GRADIENT.match(text) for text in texts]
    parts = [key for key, name in PIECES if texts[0].startswith(f"{name}: ")]
    true = {
        n
        for n, whole in enumerate(wholes)
        for network in networks
        if same(whole, network)
        or in_function(whole, network)
        or any(in_layer(key, whole, network) for key in parts)
        or any(found and in_layer(f"G{found[1]}", whole, network) for found in layers)
    }
    if case.parts and any(same(of_text(case.text), network) for network in networks):
        true |= set(range(len(wholes)))
    return true
