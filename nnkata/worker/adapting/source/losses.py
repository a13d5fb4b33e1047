"""The losses of a file: functions, their slopes, classes; found by their names."""

import re
from types import ModuleType
from typing import TypeGuard

from nnkata.worker.arguments import parameters_of

LOSS = re.compile(r"loss|mse|cost|criterion|entropy|error|nll|huber|mean_?squared?", re.I)
SLOPE = re.compile(r"prime|deriv|grad|back|delta|(^|_)d_|_d$", re.I)
#: Names of a loss that a network is made with, and the most losses tried there.
HANDED = re.compile(r"loss|cost|criterion|^(error|err)_?(f|fn|func|function|obj|object|class)$", re.I)
MAX_HANDED = 3
#: A training function's names for the loss and its derivative.
LOSSES = ("loss", "loss_fn", "loss_func", "loss_function", "cost", "error_fn")
#: The names by which a network takes a loss as an object.
OBJECTS = ("loss_fn", "loss_func", "loss_function", "criterion", "loss_obj", "cost_fn", "cost_function")
PRIMES = ("loss_prime", "loss_grad", "loss_gradient", "loss_derivative", "d_loss", "cost_prime", "cost_derivative")


def slopes_of_losses(theirs: ModuleType, label: str, out: str) -> list[str]:
    """Calls that may give the output error: the file's own derivatives of losses, functions and classes."""
    found = []
    for name, value in vars(theirs).items():
        if not LOSS.search(name) or not callable(value):
            continue
        if not isinstance(value, type):
            found += [f"theirs.{name}({a}, {b})" for a, b in ((label, out), (out, label)) if SLOPE.search(name)]
        else:
            own = [n for n in vars(value) if SLOPE.search(n) and not n.startswith("__")]
            found += [f"theirs.{name}().{n}({a}, {b})" for n in own for a, b in ((out, label), (label, out))]
    return found


def loss_objects(theirs: ModuleType) -> dict[str, str]:
    """The argument for a loss as an object: one of the file's own class."""
    classes = [(name, cls) for name, cls in vars(theirs).items() if isinstance(cls, type) and LOSS.search(name)]
    for name, cls in classes:
        asked_for = [p for p in parameters_of(cls) if p.default is p.empty and "VAR" not in p.kind.name]
        if not asked_for and not issubclass(cls, Exception):
            return dict.fromkeys(OBJECTS, f"theirs.{name}()")
    return {}


def losses_of(theirs: ModuleType) -> list[str]:
    """Texts of the file's losses that are functions of two values, as one argument; slopes of losses are none."""
    owners = {"theirs": theirs, **{f"theirs.{n}": v for n, v in vars(theirs).items() if is_foreign(v)}}
    found = []
    for prefix, owner in owners.items():
        for name, value in list(vars(owner).items()):
            if LOSS.search(name) and not SLOPE.search(name) and callable(value) and not isinstance(value, type):
                found += [f"{prefix}.{name}"] if len(parameters_of(value)) >= 2 else []
    return found


def handed(theirs: ModuleType, name: str) -> list[str]:
    """Texts of a loss that a network is made with, by the parameter's name: its slope, an object, a function."""
    if not HANDED.search(name):
        return []
    if name in PRIMES:
        return [text for known, text in losses(theirs).items() if known == name]
    return [*dict.fromkeys(loss_objects(theirs).values()), *losses_of(theirs)][:MAX_HANDED]


def is_foreign(value: object) -> TypeGuard[ModuleType]:
    """Whether it is a module of the foreign files, as `functional`."""
    return isinstance(value, ModuleType) and "__left_out__" in vars(value)


def losses(theirs: ModuleType) -> dict[str, str]:
    """The arguments `loss` and `loss_prime` of a training function: the file's own pair."""
    own = [name for name, value in vars(theirs).items() if LOSS.search(name) and callable(value)]
    slopes = [name for name in own if SLOPE.search(name)]
    values = [name for name in own if name not in slopes]
    if not slopes or not values:
        return {}
    value = next((name for name in values if slopes[0].startswith(name)), values[0])
    return {**dict.fromkeys(LOSSES, f"theirs.{value}"), **dict.fromkeys(PRIMES, f"theirs.{slopes[0]}")}
