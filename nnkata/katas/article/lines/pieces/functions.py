"""The three functions: sigmoid, its derivative and softmax, which are examined before both passes."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.lines.calls import results
from nnkata.katas.article.lines.passes import activations
from nnkata.katas.article.lines.pieces.whole_training import TrainingPieces
from nnkata.katas.article.lines.sources import origin
from nnkata.katas.article.lines.sources.trees import function_at
from nnkata.steps.compare import Mismatch
from nnkata.subject import Raised, SubjectError
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array
from nnkata.worker.tree import spans

#: Beyond a bound that a function may have, and below those that a right one has.
FAR = np.array([-21.0, -9.0, -4.0, 0.5, 4.0, 9.0, 21.0])
MATRIX = np.linspace(-1.0, 1.0, 12).reshape(3, 4)


@dataclass
class FunctionPieces(TrainingPieces):
    """The pieces of the functions, and of a network with right passes; each is traced once, on demand."""

    #: Functions known to be wrong, with the line.
    _wrong: dict[tuple[Place, str], Place] = field(default_factory=dict)
    #: Functions that ran in calls with right results.
    _right: set[tuple[Place, str]] = field(default_factory=set)
    _found: dict[str, Place | None] = field(default_factory=dict)
    #: The line of a sigmoid that is right for moderate numbers, and wrong far from 0.
    bound: Place | None = None

    def of(self, piece: str) -> Place | None:
        """The place of a piece, asked for once."""
        if piece not in self._found:
            try:
                self._found[piece] = getattr(self, f"_{piece}")()
            except (Raised, SubjectError, Mismatch, KeyError, TypeError, ValueError, IndexError):
                self._found[piece] = None
        return self._found[piece]

    def _activation(self, name: str, right: Array, *args: Any) -> Place | None:
        seen = self.call(self.network(), name, *args)
        if not seen.raised and isinstance(seen.value, np.ndarray) and near(seen.value, right, 1e-6):
            self._right |= seen.codes()
            return results.written(seen, self.sources) or self._at_the_edge(name, *args[1:])
        if len(args) > 1 and (place := self._of_wrong_sigmoid(seen.value)):
            return place
        if len(args) > 1 and (place := activations.times(seen, args[0])):
            self.sure.add("slope")
            return place
        helpers = (self._wrong.get(code) for code in seen.codes() - {seen.frames[0].code} if self._at_fault(code))
        place = results.unreturned(seen, self.sources) or next(helpers, None)
        place = place or activations.unasked(seen, args[0], self.sources) if len(args) > 1 else place
        place = place or activations.activation(seen, args[0], "slope" if len(args) > 1 else name)
        place = place and origin.alias(place, self.sources)
        if seen.raised:
            return place or Place.stated(seen.raised[2])
        if place:
            self._wrong = dict.fromkeys(seen.codes(), place) | self._wrong
        return place

    def _of_wrong_sigmoid(self, slope: object) -> Place | None:
        """The line of a wrong sigmoid, where the slope follows from its values as it should from right ones."""
        place = self.of("sigmoid")
        s = self.network().call("sigmoid", self._z).value if place else None
        if not isinstance(s, np.ndarray) or not isinstance(slope, np.ndarray) or s.shape != slope.shape:
            return None
        return place if near(slope, s * (1 - s)) else None

    def _at_fault(self, code: tuple[Place, str]) -> bool:
        """Whether a function known to be wrong has the line at fault itself."""
        node, place = function_at(code[0], self.sources), self._wrong.get(code)
        return bool(node and place and place.file == code[0].file and spans(node, place.line))

    def _at_the_edge(self, name: str, *more: Any) -> Place | None:
        """The line of a function that is right for a vector of moderate numbers."""
        vectors = [np.array([-1000.0, 0.0, 1000.0]), *([np.array([-1000.0, -1000.0])] if name == "softmax" else [])]
        for vector in vectors:
            large = self.call(self.network(), name, vector, *more)
            if place := activations.at_large(large):
                return place
        reshaped = None
        if name != "softmax":
            net = self.network()
            far = self.call(net, name, FAR, *more)
            right = oracle.sigmoid_derivative(FAR) if more else oracle.sigmoid(FAR)
            if not far.raised and isinstance(far.value, np.ndarray) and not near(far.value, right):
                self.bound = self.bound or activations.activation(far, FAR, "slope" if more else name)
                return self.bound
            reshaped = activations.reshaped(self.call(net, name, MATRIX, *more), (3, 4))
        if reshaped or not any(self._overflows(name, dtype, *more) for dtype in ("float64", "float32")):
            return reshaped
        return activations.exponential(large, self.sources)

    def _overflows(self, name: str, dtype: str, *more: Any) -> bool:
        x = np.array([-1000.0, 0.0, 1000.0]).astype(dtype)
        return any("overflow" in text for text in self.network().call(name, x, *more).warnings)

    @property
    def _functions(self) -> tuple[dict[tuple[Place, str], Place], set[tuple[Place, str]]]:
        return self._wrong, self._right - self._wrong.keys()

    @cached_property
    def _z(self) -> Array:
        return self.rng().normal(0.0, 1.5, 21)

    def _sigmoid(self) -> Place | None:
        return self._activation("sigmoid", oracle.sigmoid(self._z), self._z)

    def _slope(self) -> Place | None:
        return self._activation("sigmoid", oracle.sigmoid_derivative(self._z), self._z, True)

    def _softmax(self) -> Place | None:
        return self._activation("softmax", oracle.softmax(self._z), self._z)

    def bent(self) -> None:
        """Examine the three functions first."""
        for name in ("sigmoid", "slope", "softmax"):
            self.of(name)
