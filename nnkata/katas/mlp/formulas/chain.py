"""Reads the gradients from the output down: each delta is computed from the one observed above it.

So one mistake hides no other, and an array that is only wrong because of a delta above has the reading of that delta.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from nnkata.katas.mlp.formulas import arrays, biases, deltas, output_deltas
from nnkata.katas.mlp.formulas.arrays import Form, over_batch
from nnkata.katas.mlp.formulas.cases import Case
from nnkata.katas.mlp.formulas.delta_forms import Read, Seen
from nnkata.katas.mlp.formulas.factors import SUMMED, alike
from nnkata.katas.mlp.formulas.terms import a, each
from nnkata.katas.mlp.functions import Array
from nnkata.language import _


@dataclass(frozen=True)
class Carried:
    """A delta that may go back to the layer below, and its departures; None is one that was not read."""

    values: Seen
    departures: tuple[str | None, ...] = ()


@dataclass
class Found:
    """The readings of one layer's arrays: an own departure, and those of the deltas; None where one was not read."""

    weights: list[str | None] = field(default_factory=list)
    bias: list[str | None] = field(default_factory=list)


class Chain:
    """The readings of all layers of a network by one rule."""

    def __init__(self, cases: Sequence[Case], names: Sequence[tuple[str, str]], close: float, meant: str = "") -> None:
        self.cases, self.names, self.close = cases, names, close
        self.layers = len(cases[0].passed.layers)
        self.mean = cases[0].passed.rule.mean
        self.meant = meant  # the right formula of the output's delta, where several losses may be meant
        self.found = [Found() for _layer in range(self.layers)]
        self.own: dict[int, Seen] = {}
        self.factors: list[tuple[str, float]] = []
        self.later: list[tuple[int, Sequence[Seen], Carried, bool]] = []
        carried = [Carried([])]
        for layer in range(self.layers, 0, -1):
            carried = self._layer(layer, carried)
        for bias in self.later:
            self._bias(*bias)
        if (
            len({round(value, 3) for _text, value in self.factors}) > 1
        ):  # of the deltas, or of both arrays of each layer
            self._without({text for text, _value in self.factors})

    @property
    def unread(self) -> int:
        """The number of arrays with a departure that no formula explains."""
        return sum(None in part for one in self.found for part in (one.weights, one.bias))

    @property
    def said(self) -> int:
        """The number of different departures."""
        return len({text for one in self.found for text in (*one.weights, *one.bias) if text})

    @property
    def times_n(self) -> int:
        """The number of different departures that are times the number of samples, which hardly anybody writes."""
        return len({text for one in self.found for text in (*one.weights, *one.bias) if text and " · n" in text})

    def _layer(self, layer: int, carried: Sequence[Carried]) -> list[Carried]:
        form = arrays.form_of(self.cases, layer, self.close)
        tried = [(one, self._right(layer, one), self._read(layer, form, one)) for one in carried]
        above, right, read = max(tried, key=lambda one: self._fits(layer, *one))  # the first of equal ones
        here = self.found[layer - 1]
        here.weights += above.departures
        here.bias += above.departures
        self.own[layer] = right
        if form is None:
            text = arrays.weights_alone(self.cases, layer, right, self.close)
            here.weights.append(text and self._weights(layer, text))
            self._bias(layer, [right], above)
            return [Carried(right, above.departures)]
        if read is not None and read.right:
            self.own[layer] = self._whole(form.deltas, right)
            if not form.right:
                here.weights.append(self._weights(layer, self._over(form.text.format(delta=f"δ{layer}"), form)))
            self._bias(layer, [self.own[layer], right], above)
            return [Carried(self.own[layer], above.departures)]
        return self._departed(layer, form, read, right, above)

    def _without(self, texts: set[str]) -> None:
        """Take readings back that another reading fits as well."""
        for one in self.found:
            one.weights = [None if text in texts else text for text in one.weights]
            one.bias = [None if text in texts else text for text in one.bias]

    def _fits(self, layer: int, above: Carried, right: Seen, read: Read | None) -> tuple[int, bool]:
        """How many arrays of a layer are right by a delta above, and whether the weights' gradient can be read."""
        return (read is not None and read.right) + self._bias_is(layer, right), read is not None

    def _departed(self, layer: int, form: Form, read: Read | None, right: Seen, above: Carried) -> list[Carried]:
        """A delta that does not follow from the one above: in the weights' gradient alone, or in both arrays."""
        here, text = self.found[layer - 1], None
        as_meant = Carried(right, above.departures)
        if self._bias_is(layer, right):
            if read is not None:
                text = self._weights(layer, self._alone(layer, form, read))
            here.weights.append(text)
            return [as_meant, Carried(form.deltas, (*above.departures, text))]
        if read is not None:
            text = _("{what}: you compute {read}; it should be {meant}").format(
                what=self._delta(layer), read=read.text, meant=self._meant(layer) + (" / n" if read.over else "")
            )
        elsewhere = self._of_another(layer, "weights")
        here.weights.append(elsewhere or text)
        if not form.right and not elsewhere:
            here.weights.append(self._weights(layer, self._over(form.text.format(delta=f"δ{layer}"), form)))
        self.own[layer] = form.deltas
        if self._has_bias(layer):
            if self._bias_is(layer, form.deltas):
                here.bias.append(text)
                if text and read is not None and read.factor is not None:
                    self.factors.append((text, read.factor.value))
            else:
                self._bias(layer, [form.deltas, right], above)
                if read is not None and read.factor is not None and not elsewhere:
                    here.weights[-1] = self._weights(layer, self._alone(layer, form, read))
        elif read is not None and layer == 1 and read.factor is not None:
            here.weights[-1] = self._weights(layer, self._alone(layer, form, read))
        return [Carried(form.deltas, (*above.departures, text)), as_meant]

    def _alone(self, layer: int, form: Form, read: Read) -> str:
        """The product of a gradient of weights with a delta of its own."""
        own = form.text.format(delta=f"δ{layer}")
        if read.factor is not None:
            return over_batch(own, self.mean, read.factor) + form.beside
        if read.rows.endswith(SUMMED) and form.right:
            return over_batch(f"(Σ {a(layer - 1)})ᵀ (Σ δ{layer})", self.mean, read.of_rows) + form.beside
        if read.rows:
            return read.rows.format(over_batch(own, self.mean, read.of_rows)) + form.beside
        return self._over(form.text.format(delta=f"[{read.text}]"), form)

    def _over(self, text: str, form: Form) -> str:
        return over_batch(text, self.mean) + form.beside

    def _right(self, layer: int, above: Carried) -> Seen:
        if layer == self.layers:
            return each(self.cases, lambda c: c.passed.rule.factor * c.passed.error(c.y))
        return deltas.right_hidden(self.cases, layer, above.values)

    def _read(self, layer: int, form: Form | None, above: Carried) -> Read | None:
        if form is None:
            return None
        top = layer == self.layers
        over: Seen = form.deltas if top else above.values
        chosen = [
            (case, seen, value)
            for case, seen, value in zip(self.cases, form.deltas, over, strict=True)
            if seen is not None and value is not None
        ]
        if len(chosen) < 2:
            return None
        cases, seen, values = [one[0] for one in chosen], [one[1] for one in chosen], [one[2] for one in chosen]
        loose = arrays.LOOSE * self.close
        if top:
            return output_deltas.of_output(cases, seen, loose)
        return deltas.of_hidden(cases, layer, seen, values, loose)

    def _whole(self, seen: Seen, right: Seen) -> Seen:
        """The observed values, and where they could not be observed those that follow."""
        return [value if value is not None else other for value, other in zip(seen, right, strict=True)]

    def _has_bias(self, layer: int) -> bool:
        return self.cases[0].passed.layers[layer - 1][1] is not None

    def _bias_is(self, layer: int, delta: Seen) -> bool:
        return self._has_bias(layer) and biases.bias_sum(self.cases, layer, delta, self.close)

    def _bias(self, layer: int, choices: Sequence[Seen], above: Carried, again: bool = False) -> None:
        """The own departure of a bias's gradient, by the first delta with which it has one.

        One that is not read is tried again when the deltas below are known.
        """
        if not self._has_bias(layer) or any(self._bias_is(layer, one) for one in choices):
            return
        here = self.found[layer - 1]
        if text := self._of_another(layer, "bias"):
            here.bias.append(text)
            return
        backs: Seen = [None] * len(self.cases)
        if layer < self.layers:
            backs = [
                None if d is None else d @ case.passed.layers[layer][0].T
                for case, d in zip(self.cases, above.values, strict=True)
            ]
        others = [(f"δ{n}", values) for n, values in self.own.items() if n != layer]
        if layer > 1 and not again:
            below = deltas.right_hidden(self.cases, layer - 1, choices[0])
            others.append((f"δ{layer - 1}", below))
        for delta in choices:
            if read := biases.bias_of(self.cases, layer, delta, backs, others, self.close):
                here.bias.append(self._said(layer, 1, read, over_batch(f"Σ δ{layer}", self.mean)))
                return
        if again:
            here.bias.append(None)
        else:
            self.later.append((layer, choices, above, True))

    def _of_another(self, layer: int, kind: str) -> str:
        """The reading of an array that is the right gradient of another one."""
        rights = [case.passed.gradients(case.y) for case in self.cases]
        part = 0 if kind == "weights" else 1
        for other in range(self.layers):
            if other == layer - 1 or rights[0][other][part] is None:
                continue
            seen = [(case.weights if part == 0 else case.biases)[layer - 1] for case in self.cases]
            meant = [np.asarray(right[other][part]) for right in rights]
            if all(value is not None for value in seen) and alike(
                [np.asarray(value) for value in seen], meant, arrays.LOOSE * self.close
            ):
                text = _("the gradient of {name}").format(name=self.names[other][part])
                own = self._meant_weights(layer) if part == 0 else over_batch(f"Σ δ{layer}", self.mean)
                return self._said(layer, part, text, own)
        return ""

    def _delta(self, layer: int) -> str:
        return f"δ{layer} (n, {self.cases[0].passed.layers[layer - 1][0].shape[1]})"

    def _meant(self, layer: int) -> str:
        if layer == self.layers:
            return self.meant or output_deltas.meant_of_output(self.cases)
        return deltas.meant_of_hidden(self.cases, layer)

    def _meant_weights(self, layer: int) -> str:
        return over_batch(f"{a(layer - 1)}ᵀ δ{layer}", self.mean) + arrays.decayed(self.cases[0].passed.rule, layer)

    def _weights(self, layer: int, text: str) -> str:
        return self._said(layer, 0, text, self._meant_weights(layer))

    def _said(self, layer: int, part: int, text: str, meant: str) -> str:
        weights, bias = self.cases[0].passed.layers[layer - 1]
        held: Array = weights if part == 0 or bias is None else bias
        own, name = f"{'b' if part else 'W'}{layer}", self.names[layer - 1][part]
        what = _("the gradient of {name}").format(name=own if own == name else f"{own} = {name}")
        shape = f"({', '.join(map(str, held.shape))}{',' if held.ndim == 1 else ''})"
        return _("{what}: you compute {read}; it should be {meant}").format(
            what=f"{what} {shape}", read=text, meant=meant
        )
