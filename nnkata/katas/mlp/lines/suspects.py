"""The line that made the first wrong value of a piece, from a trace of it.

For the output and the gradients it is the first one that makes a wrong value, for a step the line that wrote the
parameters, for a function's answer the line that made it, for a training the line that reorders samples or labels.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from nnkata.katas.mlp.lines.forward_values import first_wrong
from nnkata.katas.mlp.lines.gradient_line import GradientLine
from nnkata.katas.mlp.lines.pass_values import along, odd_moves, reordered, rows_alike, same_in_rows, unlike_rows
from nnkata.katas.mlp.lines.traced_calls import SAMPLES, Calls
from nnkata.katas.mlp.pieces import TRAINED
from nnkata.subject import Raised, SubjectError
from nnkata.traces.known import near
from nnkata.traces.place import Place


@dataclass
class Suspects:
    """The traces of a module, each made once; `names` are the mistakes that were named for its clauses."""

    calls: Calls
    sources: Mapping[str, str]
    names: frozenset[str]
    _found: dict[str, Place | None] = field(default_factory=dict)

    def of(self, piece: str) -> Place | None:
        """The suspected line of a piece that is wrong."""
        if piece not in self._found:
            find = {"output": self._output, "gradients": GradientLine(self.calls, self.names).found, "step": self._step}
            find |= {"start": self._start, "order": self._order}
            place = find[piece]() if piece in find else self._answered(piece)
            self._found[piece] = place and place.within(self.sources)
        return self._found[piece]

    def _output(self) -> Place | None:
        """The first line that makes a wrong value after those that are right by some usual functions."""
        layout = next(iter(self.calls.pieces.reading.ways), None)
        for n in reversed(SAMPLES) if layout else ():
            batch = self.calls.shortened(n)
            seen = self.calls.traced("output", batch.x, batch=batch)
            if seen and seen.raised:
                return Place.stated(seen.raised[2])
            if layout and seen and (place := first_wrong(seen, layout.whole(batch.parameters), batch.x)):
                return place
        return None

    def _step(self) -> Place | None:
        """The first line that makes the value after the step of a parameter that moves in another way than the others.

        Or one that a step would give it. An array that stays as it is has no such line.
        """
        batch = self.calls.shortened(SAMPLES[-1])
        own = self.calls.pieces.own(batch)
        seen = self.calls.traced("step", batch.x, batch.y, batch=batch, held=True)
        if seen is None or own is None:
            return None
        if seen.raised:
            return Place.stated(seen.raised[2])
        arrays = list(zip(batch.parameters, self.calls.after, own, strict=True))
        odd = [arrays[n] for n in odd_moves(arrays)]
        for event in (e for e in seen.events if e.place.line and e.value.size > 1):
            for before, after, gradient in odd:
                moved = event.value - before if event.value.shape == before.shape else None
                if moved is None or not np.any(moved) or near(event.value, gradient):
                    continue
                if near(event.value, after) or along(moved, gradient):
                    return event.place
        return None

    def _answered(self, piece: str) -> Place | None:
        """The first line with the value that a function answers; the last one if that is the number of right answers.

        All samples but the last are labelled as the network answers.
        """
        if piece not in ("predict", "accuracy"):
            return None
        batch, output = self.calls.shortened(SAMPLES[-1]), self.calls.pieces.reading.batches[0].output
        right, labels = SAMPLES[-1] - 1, batch.y
        if output is not None and self.calls.pieces.reading.classes > 1:
            some = output[: len(batch.x)]
            answers = np.where(np.arange(len(some)) < right, some.argmax(axis=1), some.argmin(axis=1))
            labels = np.eye(self.calls.pieces.reading.classes)[answers]
        given = [batch.x] if piece == "predict" else [batch.x, labels]
        seen = self.calls.traced(piece, *given, batch=batch)
        if seen is None or seen.raised:
            return Place.stated(seen.raised[2]) if seen and seen.raised else None
        value = seen.value["value"] if isinstance(seen.value, dict) else seen.value
        if not isinstance(value, np.ndarray | np.generic | int | float):
            return None
        came = np.asarray(value, np.float64)
        made = [event.place for event in seen.events if event.place.line and same_in_rows(event.value, came)]
        return made[-1 if piece == "accuracy" and np.all(came == right) else 0] if made else None

    def _start(self) -> Place | None:
        """The first line that makes a matrix of weights whose units are all alike."""
        sizes = {
            value.size for value in self.calls.pieces.reading.batches[0].parameters if min(value.shape, default=0) > 1
        }
        try:
            seen = self.calls.pieces.functions.traced("new")
        except (Raised, SubjectError):
            return None
        events = (e for e in seen.events if e.place.line and e.value.size in sizes) if seen else ()
        alike = (e for e in events if e.value.ndim == 2 and (rows_alike(e.value) or rows_alike(e.value.T)))
        return next((event.place for event in alike), None)

    def _order(self) -> Place | None:
        """The line that puts samples or labels into an order of their own."""
        batch = self.calls.shortened(TRAINED)
        y = np.abs(batch.y - 0.01 * (1 + np.arange(len(batch.x)))[:, None])  # which label is which
        seen = self.calls.traced("train", batch.x, y, 1, batch=batch)
        if seen is None:
            return None
        orders = [reordered(seen, whole) for whole in (batch.x, y)]
        together = orders[0] and orders[1] and orders[0][0][1] == orders[1][0][1]
        event = next((found[0][0] for found in reversed(orders) if found), None)
        if event is None or together:
            return unlike_rows(seen, batch.x, y)
        return event.place if event.place.line else seen.call_of(event.frame)
