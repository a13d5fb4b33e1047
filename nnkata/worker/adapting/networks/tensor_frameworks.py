"""Frameworks with tensors of their own: the class of a tensor, networks made of layers, the gradients that it keeps."""

from collections.abc import Iterator
from itertools import islice, product
from types import ModuleType

import numpy as np

from nnkata.worker.adapting.networks.layers import HIDDEN, LAST, dense
from nnkata.worker.adapting.source.losses import LOSS, is_foreign
from nnkata.worker.adapting.trying import Fails, quietly
from nnkata.worker.arguments import parameters_of
from nnkata.worker.foreign_code.layer_chains import BACKWARD
from nnkata.worker.foreign_code.tensors import is_tensor

#: The end of a tensor's array in the text of a parameter, and that of its gradient.
DATA, GRAD = ".data", ".grad"
#: The reason for a network of the framework's layers.
SEQUENCE = "put together from the file's layers and their sequence"
#: The most networks put together, and the most losses tried.
MAX_SEQUENCES, MAX_LOSSES = 8, 120


def tensor_of(theirs: ModuleType) -> str:
    """The text of the class of tensors; empty if the file has none."""
    for name, cls in list(vars(theirs).items()):
        if isinstance(cls, type) and any(BACKWARD.match(member) for member in dir(cls)):
            try:
                with quietly():
                    made = cls(np.ones((2, 3)))
            except Fails:
                continue
            if is_tensor(made) and made.data.shape == (2, 3):
                return f"theirs.{name}"
    return ""


def sequences(theirs: ModuleType) -> Iterator[str]:
    """Networks of 784 inputs and 10 outputs from the framework's layers, in its class for a sequence."""
    if not tensor_of(theirs):
        return
    classes = [(name, cls) for name, cls in vars(theirs).items() if isinstance(cls, type)]
    pairs = [found for name, cls in classes for found in dense(name, cls, theirs, arrays=False)]
    hidden = [f"theirs.{name}()" for name, _cls in classes if HIDDEN.search(name) and not LAST.search(name)]
    for (one, other), between, (name, cls) in islice(product(pairs, hidden, classes), MAX_SEQUENCES * len(classes)):
        if "sequen" in name.lower():
            parts = f"{one}, {between}, {other}"
            many = any(p.kind is p.VAR_POSITIONAL for p in parameters_of(cls))
            yield f"return theirs.{name}({parts if many else f'[{parts}]'})"


def losses(theirs: ModuleType, out: str, value: object, labels: list[str]) -> Iterator[str]:
    """Texts of a loss as a tensor: the file's functions, classes and methods, then the sum of squares.

    `out` is the text of the output, `value` its tensor.
    """
    tensor = tensor_of(theirs) or f"type({out})"
    owners = {"theirs": theirs, **{f"theirs.{n}": v for n, v in vars(theirs).items() if is_foreign(v)}}
    called: list[str] = []
    for prefix, owner in owners.items():
        for name, loss in list(vars(owner).items()):
            if LOSS.search(name) and callable(loss):
                called.append(f"{prefix}.{name}()(" if isinstance(loss, type) else f"{prefix}.{name}(")
    own = [f"({out}).{name}(" for name in dir(type(value)) if LOSS.search(name)]
    given = [text for label in labels for text in (f"{tensor}({label})", label)]
    found = [f"{call}{out}, {label})" for call in called for label in given] + [f"{c}{t})" for c in own for t in given]
    error = f"({out} - {given[0]})"
    yield from islice(dict.fromkeys([*found, f"({error} * {error}).sum()"]), MAX_LOSSES)


def kept(parameters: list[str]) -> list[str]:
    """The texts of the gradients that the tensors keep; none if a parameter is no tensor's array."""
    texts = [text.removesuffix(DATA) + GRAD for text in parameters]
    return texts if all(text.endswith(DATA) for text in parameters) else []
