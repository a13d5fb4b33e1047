"""The line that made the first wrong value of the gradients, from a trace of them.

It is the first line that makes a value which the named mistake gives and a right network does not; else the first one
after the output whose value is on no right way back; else the one that made a wrong array of the result.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nnkata.katas.mlp.lines.back_values import right_values
from nnkata.katas.mlp.lines.delta_lines import before_slopes, delta_of, of_caller, of_other_loss, without_slope
from nnkata.katas.mlp.lines.pass_values import (
    answer_of,
    back,
    made_at,
    of_labels,
    on_the_way,
    same_in_rows,
    scales,
    values,
)
from nnkata.katas.mlp.lines.traced_calls import SAMPLES, Calls
from nnkata.katas.mlp.naming import explaining
from nnkata.katas.mlp.oracle import Pass, Rule
from nnkata.katas.mlp.pieces import CLOSE
from nnkata.katas.mlp.reading import Batch, close
from nnkata.traces.known import Known, near
from nnkata.traces.place import Place
from nnkata.traces.trace import Event, Seen
from nnkata.worker.kept import leaves

#: Numbers below this share of the largest delta are rounding, as the sum of a softmax's errors is 1e-17, not 0.
ROUNDING = 1e-9


@dataclass(frozen=True)
class GradientLine:
    """The search in the gradients of a module; `names` are the mistakes that were named for its clauses."""

    calls: Calls
    names: frozenset[str]

    def found(self) -> Place | None:
        """The suspected line; None if no value shows it."""
        reading = self.calls.pieces.reading
        if reading.layout is None or reading.fit is None:
            return None
        passes = explaining(reading, self.names) if self.names else []
        # of one sample, the gradient of a bias has the numbers of the delta that lacks its slope
        sizes = reversed(SAMPLES) if "hidden-slope-missing" in self.names else SAMPLES
        for n in sizes if passes else ():
            batch = self.calls.shortened(n)
            seen = self.calls.traced("gradients", batch.x, batch.y, batch=batch)
            if seen and not seen.raised:
                found = {self._first(seen, rule, kind, batch) for rule, kind in passes}
                if len(found) == 1 and (place := found.pop()):
                    return place
        batch = self.calls.shortened(SAMPLES[-1])
        seen = self.calls.traced("gradients", batch.x, batch.y, batch=batch)
        if seen is None:
            return None
        if seen.raised:
            return Place.stated(seen.raised[2])
        rules = self.calls.pieces.rules()
        if reading.fit.fitting and reading.fit.rule not in rules:  # right for a loss that is not the module's own
            other, *own = (self.calls.pieces.passed(rule, batch) for rule in (reading.fit.rule, *rules))
            if place := of_other_loss(seen, other, own, batch):
                return place
        return self._strange(seen, batch) or self._of_one(seen, batch) or self._returned(seen, batch)

    def _of_one(self, seen: Seen, batch: Batch) -> Place | None:
        """The first strange line for a sample alone, in code that never has the outputs of a whole batch."""
        if answer_of(seen, self.calls.pieces.passed(self.calls.pieces.rules()[0], batch)) is not None:
            return None
        one = self.calls.shortened(SAMPLES[0])
        again = self.calls.traced("gradients", one.x, one.y, batch=one)
        return self._strange(again, one) if again and not again.raised else None

    def _first(self, seen: Seen, rule: Rule, kind: type[Pass], batch: Batch) -> Place | None:
        """The first line that makes a value of the wrong pass which the right one has not."""
        right = self.calls.pieces.passed(rule, batch)
        with np.errstate(all="ignore"):
            wrong = kind(rule, right.layers, batch.x)
            fine = Known().add(batch.x, batch.y, *batch.parameters, *right.Z, *right.A, *values(right, batch))
            least = ROUNDING * max(float(np.max(np.abs(delta), initial=0.0)) for delta in right.deltas(batch.y))
            hidden = range(len(right.layers) - 1)
            fine.add(*(right.slope(place) for place in hidden))
            slopeless = "hidden-slope-missing" in self.names  # its deltas are what comes back
            fine.add(*(() if slopeless else back(right, batch)))
            slopes = [wrong.slope(place) for place in hidden]
            wrongs = [*slopes, *values(wrong, batch), *(() if slopeless else before_slopes(wrong, slopes, batch))]
            bad = [value for value in wrongs if np.max(np.abs(value), initial=0.0) > least]
            unlike = Known().add(*(value for value in bad if value not in fine))
            masks = Known().add(*(z > 0 for z in right.Z[:-1]))  # a leaky one's forward pass may make them
            begun = next((n for n, e in enumerate(seen.events) if same_in_rows(e.value, right.output)), 0)
            fine.add(*(event.value for event in seen.events[:begun] if event.value in masks))
            made = (event for event in seen.events if event.place.line and unlike.sized(event.value))
            events = [e for e in made if np.max(np.abs(e.value)) > least and e.value in unlike and e.value not in fine]
        if not events:
            return None
        if "activation-as-slope" in self.names:  # the right activation's value, where a slope is meant
            own = (e for e in seen.of_call(events[0]) if seen.called_once(e.frame))  # not the activation's function
            found = [e for e in own if any(same_in_rows(e.value, value) for value in slopes)]
            return (found or events)[0].place
        if "slope-of-activation" in self.names:  # a right slope's function, that is handed another value
            given = (e.value for e in seen.events if e.frame == events[0].frame and e.place.line == 0)
            if events[0].frame and any(same_in_rows(value, a) for value in given for a in right.A[1:-1]):
                return seen.call_of(events[0].frame)
        return without_slope(seen, events) if slopeless else events[0].place

    def _strange(self, seen: Seen, batch: Batch) -> Place | None:
        """The first line after the output that makes a value which is on no right way back, of a wrong array's size."""
        rules = self.calls.pieces.rules()
        passed = self.calls.pieces.passed(rules[0], batch)
        arrays = [array for layer in passed.layers for array in layer if array is not None]
        fine, parts = right_values(self.calls.pieces, rules, batch)
        sizes, own = self._wrong_sizes(rules, passed.n), {array.size for array in arrays}
        begun, forward, late = False, Known(), list[Event]()
        answer = answer_of(seen, passed)
        for event in seen.events:
            begun = begun or (answer is not None and same_in_rows(event.value, answer))
            filled = event.value.size in sizes and bool(np.any(event.value != event.value.flat[0]))
            filled = filled and not of_labels(event.value, batch.y)
            if filled and not begun and event.value not in forward:
                forward.add(event.value)
            if begun and event.value not in forward and event.place.line and filled:
                late.append(event)
        for n, event in enumerate(late):
            part = event.name != "return" and event.value in parts
            if (
                not part
                and event.value not in fine
                and (event.value.size in own or not on_the_way(seen, late[n:], fine))
            ):
                every = [self.calls.pieces.passed(rule, batch) for rule in rules]
                right = Known().add(*(scale * one.deltas(batch.y)[-1] for one in every for scale in scales(one)))
                return delta_of(seen, event, passed, right) or of_caller(seen, event, fine) or made_at(seen, event)
        return None

    def _wrong_sizes(self, rules: Sequence[Rule], n: int) -> set[int]:
        """The sizes of arrays that may be wrong: a right gradient shows that the delta, of n samples, is right."""
        pieces, batch = self.calls.pieces, self.calls.pieces.reading.batches[0]
        known = [pieces.gradients(rule, batch) for rule in rules]
        right = {n for n, came in enumerate(batch.gradients) if any(close(came, one[n], CLOSE) for one in known)}
        found, layout = set[int](), pieces.reading.layout
        assert layout is not None
        for layer, width in zip(layout.layers, layout.widths[1:], strict=True):
            own = {leaf for leaf in layer if leaf is not None}
            wrong = own - right if len(right) < len(batch.gradients) else own
            sizes = {leaf: batch.parameters[leaf].size for leaf in own}
            found |= {sizes[leaf] for leaf in wrong}
            found |= {sum(sizes.values())} if wrong else set()  # weights and bias in one array
            found |= {width * n} if wrong == own else set()
        return found - {1}

    def _returned(self, seen: Seen, batch: Batch) -> Place | None:
        """The first line with the value of an array of the result that is wrong by all rules, or by the likeliest."""
        rules = self.calls.pieces.rules()
        return self._result(seen, batch, rules) or self._result(seen, batch, rules[:1])

    def _result(self, seen: Seen, batch: Batch, rules: Sequence[Rule]) -> Place | None:
        value = seen.value.get("value") if isinstance(seen.value, dict) and "value" in seen.value else seen.value
        fine = Known().add(*(array for rule in rules for array in self.calls.pieces.gradients(rule, batch)))
        wrong = Known()
        shapes, zeros = {np.shape(held) for held in batch.parameters}, set[int]()
        for _name, array in leaves(value):
            if not isinstance(array, np.ndarray) or array.dtype.kind != "f":
                continue
            if not np.any(array):
                zeros.add(array.size)
            elif array not in fine or array.shape not in shapes:
                wrong.add(array)
        events = [e for e in seen.events if e.place.line and e.value.size > 1 and wrong.sized(e.value)]
        made = next((event.place for event in events if np.any(event.value) and event.value in wrong), None)
        if made is not None:
            return made
        output = self.calls.pieces.passed(rules[0], batch).output
        after = next((n for n, event in enumerate(seen.events) if near(event.value, output)), len(seen.events))
        zeros -= {event.value.size for event in seen.events[:after] if not np.any(event.value)}  # not made here
        late = (e for e in seen.events[after:] if e.place.line and e.value.size in zeros and not np.any(e.value))
        return next((event.place for event in late), None)
