"""The line of a failure: where an exception arose, or the line that made the value of a named mistake.

For the latter the submission's gradients are traced once. The line is the first that makes a value which the mistake
gives and a right network does not; without a mistake that explains all wrong gradients there is none. The trace comes
from the untrusted side: it helps and proves nothing.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from nnkata.katas.mlp.facts import Reading, known
from nnkata.katas.mlp.functions import Array
from nnkata.katas.mlp.misconceptions.catalogue import Named
from nnkata.katas.mlp.naming import explaining
from nnkata.katas.mlp.oracle import Pass
from nnkata.katas.mlp.reading import Batch
from nnkata.seen import Known, Place, Seen
from nnkata.steps.compare import Mismatch
from nnkata.subject import Raised, Subject, SubjectError
from nnkata.subject.objects import Functions

#: The samples of the traced batch. One shows the mistakes of a sample most clearly, and its arrays fit into a trace;
#: several are needed for the mistakes of a batch.
SAMPLES = (1, 4)
#: Numbers below this share of the largest delta are rounding, as the sum of a softmax's errors is 1e-17, not 0.
ROUNDING = 1e-9


def places(
    subject: Subject, seed: int, sources: Mapping[str, str], errors: Mapping[str, BaseException]
) -> Mapping[str, Place]:
    """The line of each failed clause for which one is known."""
    found, made = dict[str, Place](), dict[frozenset[str], Place | None]()
    reading = known.get(subject)
    for clause, error in errors.items():
        place = None
        if isinstance(error, Raised):
            place = Place.stated(error.where)
        elif reading is not None and isinstance(error, Mismatch) and isinstance(error.evidence, Named):
            names = error.evidence.names
            if names and names not in made:
                made[names] = _maker(subject, reading, names)
            place = made.get(names)
        if place and (there := place.within(sources)):
            found[clause] = there
    return found


def _maker(subject: Subject, reading: Reading, names: frozenset[str]) -> Place | None:
    """The line of these mistakes; None if several explain the gradients and disagree."""
    passes = explaining(reading, names)
    for n in SAMPLES if passes else ():
        batch = _shortened(reading.batches[0], n)
        try:
            seen = _traced(subject, batch)
        except (Raised, SubjectError):
            continue
        found = {_first(seen, reading, kind, batch) for kind in passes} if seen and not seen.raised else set()
        if len(found) == 1 and (place := found.pop()):
            return place
    return None


def _shortened(batch: Batch, n: int) -> Batch:
    return Batch(batch.parameters, batch.x[:n], batch.y[:n], None, [])


def _traced(subject: Subject, batch: Batch) -> Seen | None:
    functions = Functions(subject)
    net = functions.keep("new") if "new" in functions.names() else None
    functions.write("parameters", net, values=list(batch.parameters))
    return functions.traced("gradients", net, batch.x, batch.y)


def _first(seen: Seen, reading: Reading, kind: type[Pass], batch: Batch) -> Place | None:
    """The first line that makes a value of the wrong pass which the right one has not."""
    assert reading.layout is not None
    assert reading.fit is not None
    layers, rule = reading.layout.whole(batch.parameters), reading.fit.rule
    with np.errstate(all="ignore"):
        right, wrong = Pass(rule, layers, batch.x), kind(rule, layers, batch.x)
        fine = Known().add(batch.x, batch.y, *batch.parameters, *right.Z, *right.A, *_values(right, batch))
        least = ROUNDING * max(float(np.max(np.abs(delta), initial=0.0)) for delta in right.deltas(batch.y))
        bad = [value for value in _values(wrong, batch) if np.max(np.abs(value), initial=0.0) > least]
        unlike = Known().add(*(value for value in bad if value not in fine))
        made = (event for event in seen.events if event.place.line and unlike.sized(event.value))
        places = (
            e.place for e in made if np.max(np.abs(e.value)) > least and e.value in unlike and e.value not in fine
        )
        return next(places, None)


def _values(passed: Pass, batch: Batch) -> Iterator[Array]:
    """The deltas and gradients of a pass, of the sum and of the mean over the batch."""
    scales = {1.0, 1.0 / len(batch.x), passed.scale()}
    arrays: Sequence[Array] = [
        *passed.deltas(batch.y),
        *(np.asarray(array) for pair in passed.gradients(batch.y) for array in pair if array is not None),
    ]
    for array in arrays:
        for scale in scales:
            yield scale * array
            if array.size > 1 and np.all(array == array.flat[0]):  # a sum over the layer, before it is broadcast
                yield np.asarray(scale * array.flat[0])
