"""A watched training: its task, the functions of a step, and the samples that went forward."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen

Code = tuple[Place, str]


@dataclass(frozen=True)
class Calls:
    """The functions that run in only one kind of call of a step; and the rest."""

    forward: Collection[Code]
    backward: Collection[Code]
    update: Collection[Code]
    accuracy: Collection[Code]
    shared: Collection[Code]
    #: forward_pass, backward_pass and compute_accuracy themselves.
    front: Code
    back: Code
    measure: Code


@dataclass(frozen=True)
class Task:
    """The arguments of train: samples (n, sizes[0]), labels, those for validation, epochs, rate; and the weights before
    and after it."""

    xs: Array
    ys: Array
    x_val: Array
    y_val: Array
    epochs: int
    rate: float
    weights: Mapping[str, Array]
    after: Mapping[str, Array] | None = None


def numbered(rows: Array, value: Array) -> int | None:
    """The number of the row equal to a value."""
    return next((n for n, row in enumerate(rows) if value.size == row.size and near(value, row)), None)


def all_in_each_epoch(visits: Sequence[int], task: Task) -> bool:
    """Whether each epoch visits each sample once."""
    n = len(task.xs)
    epochs = [sorted(visits[start : start + n]) for start in range(0, len(visits), n)]
    return epochs == [[*range(n)]] * task.epochs


def roots(seen: Seen, codes: Collection[Code], measuring: Collection[int]) -> list[int]:
    """The calls of these functions from elsewhere, in order."""
    return [
        number
        for number, frame in enumerate(seen.frames)
        if frame.code in codes
        and number not in measuring
        and not any(seen.frames[n].code in codes for n in seen.ancestors(frame.parent))
    ]


def handed(seen: Seen, number: int) -> list[Array]:
    """The arguments of a call, numbers among them."""
    return [e.value for e in seen.events if e.frame == number and e.place.line == 0]


def arguments(seen: Seen, number: int) -> list[Array]:
    """The arguments of a call that are arrays of several numbers."""
    return [value for value in handed(seen, number) if value.size > 1]


def went_forward(seen: Seen, task: Task, calls: Calls, measuring: Collection[int]) -> list[tuple[int, int]]:
    """The samples that went forward, in order: the number of the call and of the sample; -1 for another value."""
    found = []
    for number in roots(seen, calls.forward, measuring):
        numbers = [numbered(task.xs, value) for value in arguments(seen, number)]
        known = [n for n in numbers if n is not None]
        if known or any(value.size == task.xs.shape[1] for value in arguments(seen, number)):
            found.append((number, known[0] if known else -1))
    return found


def latest(visits: Sequence[tuple[int, int]], number: int) -> list[int]:
    """The last forward pass before a call, if there is one."""
    return [call for call, _sample in visits if call < number][-1:]
