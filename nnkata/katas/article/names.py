"""Finds names of the contract that a submission lacks, and the names that it has instead.

An unfinished network has no other name for a missing part. It is judged as far as it goes.
"""

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from nnkata.language import _
from nnkata.subject.face import Subject
from nnkata.worker.wire import Opaque

#: The methods, the number of their arguments, and the names for them in public networks (76 of them, November 2026), in
#: small letters without underscores.
METHODS: Mapping[str, tuple[int, str]] = {
    "initialization": (0, "initialize initialise initweights initparams initializeparameters init weightsinit"),
    "sigmoid": (2, "sig logistic sigma activation act sigmoidfunction"),
    "softmax": (1, "stablesoftmax softmaxfunction outputactivation"),
    "forward_pass": (1, "forward forwardprop forwardpropagation feedforward fwd propagate feed"),
    "backward_pass": (2, "backward backprop backpropagation backwardprop backwardpropagation backpropagate bwd"),
    "update_network_parameters": (
        1,
        "update updateparams updateparameters updateweights updatenetwork updatenetworkparams step applygradients",
    ),
    "compute_accuracy": (2, "accuracy getaccuracy evaluate calcaccuracy computeacc acc score test"),
    "train": (4, "fit learn sgd gradientdescent trainnetwork training trainmodel"),
}
#: The calls of the methods on which the whole contract rests: another signature is another method.
CENTRAL = {
    "forward_pass": "(x_train)",
    "backward_pass": "(y_train, output)",
    "update_network_parameters": "(changes_to_w)",
}
SIZES, OPTIONS = [7, 6, 5, 4], {"epochs": 1, "l_rate": 0.5}
SIGNATURE = "(sizes, epochs=10, l_rate=0.001)"
PARAMS = "params"
KEYS = ("W1", "W2", "W3")
#: Names of a matrix of weights: w1, W_1, weights1, weight_1, Wt1, theta1.
MATRIX = re.compile(r"(w|wt|weights?|theta|kernel)_?\d", re.IGNORECASE)
#: The least difflib ratio of two names for the same thing: `foward_pass` and `forward_pass` have 0.96, `train` and
#: `train_step` 0.67, which may be a part of the missing one.
CLOSE = 0.8

#: The names that the clauses of a stage call, beside those that make a network.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "activations": ("sigmoid", "softmax"),
    "initialization": ("initialization", PARAMS),
    "forward": ("forward_pass", PARAMS),
    "backward": ("forward_pass", "backward_pass", PARAMS),
    "update": ("forward_pass", "backward_pass", "update_network_parameters", PARAMS),
    "training": (*METHODS, PARAMS),
    "mnist": ("forward_pass", "train", "compute_accuracy"),
}


class Offered(msgspec.Struct):
    """The answer of `nnkata.worker.offers`; it is from the submission's side, so only a hint."""

    functions: list[str] = []
    methods: dict[str, str] = {}
    refuses: list[str] = []
    takes: str = ""
    accepts: bool = True
    made: bool = False
    params: str = ""
    keys: list[str] | None = None
    matrices: list[str] = []


def request() -> list[Any]:
    """The arguments of the worker's `offers`."""
    return [SIZES, OPTIONS, {"preprocess": 2, **{name: count for name, (count, _known) in METHODS.items()}}]


def shown(subject: Subject) -> dict[str, Any]:
    """The names that a network shows: the keys of its params. Its methods count as present.

    Raises:
        Raised: it cannot be made, or has no params.
    """
    params = subject.network(SIZES, **OPTIONS).get(PARAMS)
    keys = [str(key)[:60] for key in params] if isinstance(params, dict) else None
    methods = dict.fromkeys(METHODS, "")
    kind = params.type if isinstance(params, Opaque) else type(params).__name__
    return {"functions": ["preprocess"], "methods": methods, "made": True, "params": kind, "keys": keys}


def unfit(told: Any, class_name: str, stages: Collection[str]) -> str:
    """The reason why the clauses of these stages cannot be judged: the missing and the present names; else empty.

    Raises:
        msgspec.ValidationError: `told` has another form.
    """
    offered = msgspec.convert(told, Offered)
    needed = {name for stage in stages for name in NEEDED.get(stage, ())}
    if not needed:
        return ""
    if not any(name in offered.methods for name in METHODS):
        text = _("{class_name} has none of the methods of the contract: {names}")
        there = [name for name in (*offered.methods, *offered.functions) if name != "preprocess"]
        more = _("; ") + _("it has {names}").format(names=", ".join(there[:8])) if there else ""
        return text.format(class_name=class_name, names=", ".join(METHODS)) + more
    if not offered.accepts:
        text = _("{class_name}{takes} cannot be called as the contract calls it: {class_name}{signature}")
        return text.format(class_name=class_name, takes=offered.takes, signature=SIGNATURE)
    differing = [*_methods(offered, needed), *(_params(offered) if PARAMS in needed and offered.made else [])]
    if not differing:
        return ""
    return _("{class_name} lacks {names}").format(class_name=class_name, names=", ".join(differing))


def absent(told: Any) -> dict[str, str]:
    """The missing functions and methods, each with the message for a clause that calls it."""
    offered = msgspec.convert(told, Offered)
    found = {}
    if "preprocess" not in offered.functions:
        close = _alike("preprocess", "preprocessdata preparedata prepare loaddata normalize", offered.functions)
        found["preprocess"] = _("there is no function preprocess beside the class") + _there(close)
    for name in METHODS:
        if name not in offered.methods:
            found[name] = _("there is no method {name}").format(name=name)
    return found


def _methods(offered: Offered, needed: Collection[str]) -> list[str]:
    found = []
    free = [name for name in offered.methods if name not in METHODS]
    for name, (_count, known) in METHODS.items():
        if name not in needed:
            continue
        if name in offered.methods:
            refused = name in CENTRAL and name in offered.refuses
            if refused or _swapped(name, offered.methods[name]):
                found.append(f"{name}{CENTRAL[name]}" + _there([name + offered.methods[name]]))
        elif inside := _alike(name, known, free):
            found.append(name + _there(inside))
        elif outside := _alike(name, known, offered.functions):
            text = _("{name} ({there} stands outside the class)")
            found.append(text.format(name=name, there=", ".join(outside)))
    return found


def _swapped(name: str, arguments: str) -> bool:
    """`backward_pass(x, y)`, where the contract hands in the label and the output."""
    names = [part.partition(":")[0].partition("=")[0].strip().lower() for part in arguments.strip("()").split(",")]
    names = [part for part in names if part != "self"]
    return name == "backward_pass" and len(names) == 2 and names[0].startswith("x") and names[1].startswith("y")


def _params(offered: Offered) -> list[str]:
    if offered.params and offered.keys is None:
        text = _("params as a dict with the keys {keys} (it is of the type {kind})")
        return [text.format(kind=offered.params, keys=", ".join(KEYS))]
    if not offered.params:
        return [PARAMS + _there(offered.matrices[:6])] if offered.matrices else []
    missing = [key for key in KEYS if key not in (offered.keys or ())]
    other = [key for key in offered.keys or () if key not in KEYS and MATRIX.fullmatch(key)]
    if not missing or not other:
        return []
    if any(key.endswith("0") for key in other):
        numbered = [key for key in offered.keys or () if MATRIX.fullmatch(key)]
        text = _("{missing} in params (it counts them from 0: {names})")
        return [text.format(missing=", ".join(KEYS), names=", ".join(numbered))]
    return [_("{missing} in params").format(missing=", ".join(missing)) + _there(other)]


def _alike(name: str, known: str, there: Sequence[str]) -> list[str]:
    """The present names that may mean this one."""
    plain = {candidate: re.sub(r"[^a-z0-9]", "", candidate.lower()) for candidate in there}
    target = name.replace("_", "")
    found = [candidate for candidate, text in plain.items() if text in (target, *known.split())]
    close = difflib.get_close_matches(target, list(plain.values()), 3, CLOSE)
    return list(dict.fromkeys([*found, *(candidate for candidate, text in plain.items() if text in close)]))


def _there(names: Sequence[str]) -> str:
    return _(" (it has {names})").format(names=", ".join(names)) if names else ""
