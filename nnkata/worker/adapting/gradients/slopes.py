"""Central differences of the output, and the slopes of the usual losses, to compare gradients with."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from nnkata.worker.adapting.graph import Array
from nnkata.worker.adapting.networks.makers import Maker
from nnkata.worker.adapting.outputs import Output
from nnkata.worker.adapting.trying import Function

DIRECTIONS = 2
#: Values for labels of 0 and 1 that a network may make by itself.
TARGETS = ((0.01, 0.99), (0.1, 0.9), (-1.0, 1.0))
#: Usual factors of a loss.
FACTORS = (1, 0.5, 2, 0.1, 0.2)
STEP = 1e-4
#: Half step and tolerance in float32, whose rounding of an output is 1e-7.
STEP_FLOAT32, TOLERANCE_FLOAT32 = 5e-3, 1e-1
#: The least cosine between given and measured slopes at which they count as equal.
ALIKE = 0.9995


class Slopes:
    """Central differences of the output along random directions, and the slopes of losses from them."""

    def __init__(self, run: Function, maker: Maker, output: Output, x: Array, y: Array) -> None:
        rng = np.random.default_rng(11)
        self.n = len(x)
        #: Whether in the latest gradients every array is a slope of one loss, but at scales of its own.
        self.apart = False
        #: Whether in the latest gradients the number of samples divides some arrays and not others, or all twice.
        self.by_n = False
        self.parameters = output.parameters
        self.directions: dict[str, list[Array]] = {}
        changes: dict[str, list[Array]] = {}
        base = np.array(run(maker.net, x.copy()), float)
        for text, array in output.parameters.items():
            old = array.copy()
            step = STEP if array.dtype == np.float64 else STEP_FLOAT32
            for _number in range(DIRECTIONS):
                direction: Array = np.asarray(rng.normal(size=array.shape))
                direction /= np.linalg.norm(direction)
                sides = []
                for sign in (1, -1):
                    array[...] = old + sign * step * direction
                    sides.append(np.array(run(maker.net, x.copy()), float))
                array[...] = old
                self.directions.setdefault(text, []).append(direction)
                changes.setdefault(text, []).append((sides[0] - sides[1]) / (2 * step))

        def along(errors: Mapping[str, Array]) -> list[dict[str, Array]]:
            return [
                {text: np.array([(error * change).sum() for change in each]) for text, each in changes.items()}
                for error in errors.values()
            ]

        self.losses = along(_errors(base, y, maker.chosen))
        #: The same for rare losses, and for labels that stand for other values than 0 and 1; they count if every array
        #: fits.
        self.softer = along(_rare(base, y))
        for low, high in TARGETS:
            self.softer += along(_errors(base, low + (high - low) * y, maker.chosen))

    def judge(self, gradients: Mapping[str, Array]) -> tuple[int, bool, float]:
        """The number of arrays that fit one loss at one scale, whether the scale is usual, and the cosine of all."""
        best, self.apart, self.by_n = (0, False, -1.0), False, False
        came = {}
        for text, value in gradients.items():
            array = np.asarray(value, float)
            if array.size == 1 and self.parameters[text].size > 1:
                array = np.full(self.parameters[text].shape, array.ravel()[0])
            if array.size == self.parameters[text].size:
                whole = array.reshape(self.parameters[text].shape)
                came[text] = np.array([(whole * direction).sum() for direction in self.directions[text]])
        if len(came) < len(gradients) or not all(np.isfinite(v).all() for v in came.values()):
            return best
        for slopes in self.losses:
            best = max(best, self._fit(came, slopes))
        if best[0] < len(came):
            apart = self.apart
            softer = [fit for slopes in self.softer if (fit := self._fit(came, slopes))[0] == len(came)]
            softer += [fit for slopes in self.losses if (fit := self._decaying(came, slopes))[0] == len(came)]
            best, self.apart = max([best, *softer]), apart
        return best

    def _decaying(self, came: Mapping[str, Array], slopes: Mapping[str, Array]) -> tuple[int, bool, float]:
        """The fit without one multiple of all weights, which decay."""
        held = {
            text: np.array([(array * direction).sum() for direction in self.directions[text]])
            for text, array in self.parameters.items()
            if array.ndim > 1 and min(array.shape) > 1
        }
        table = [np.stack([slopes[text], held.get(text, np.zeros(DIRECTIONS))], axis=1) for text in came]
        scale = np.linalg.lstsq(np.concatenate(table), np.concatenate(list(came.values())), rcond=None)[0]
        return self._fit({text: own - scale[1] * held.get(text, 0.0) for text, own in came.items()}, slopes)

    def _fit(self, came: Mapping[str, Array], slopes: Mapping[str, Array]) -> tuple[int, bool, float]:
        scales = {}
        for text, own in came.items():
            right = slopes[text]
            scale = float(own @ right / (right @ right)) if (right @ right) > 0 else 0.0
            tolerance = 1e-3 if self.parameters[text].dtype == np.float64 else TOLERANCE_FLOAT32
            if np.all(np.abs(own - scale * right) <= tolerance * np.abs(own).max(initial=0.0)) and scale > 0:
                scales[text] = scale
        groups = [[t for t in scales if np.isclose(scales[t], scales[one], rtol=1e-2)] for one in scales]
        # a single number fits at a scale of its own, whatever it is
        groups = [group for group in groups if any(self.parameters[text].size > 1 for text in group)]
        group = max(groups, key=len, default=[])
        self.apart = self.apart or (len(scales) == len(came) > len(group))
        usual = [f * s for f in FACTORS for s in (1, 1 / self.n)]
        natural = bool(group) and _among(scales[group[0]], usual)
        if len(scales) == len(came):
            self.by_n = self.by_n or self._divided_apart([s for t, s in scales.items() if self.parameters[t].size > 1])
        a, b = np.concatenate(list(came.values())), np.concatenate([slopes[t] for t in came])
        norm = float(np.linalg.norm(a) * np.linalg.norm(b))
        return len(group), natural, float(a @ b / norm) if norm else -1.0

    def _divided_apart(self, scales: Sequence[float]) -> bool:
        """Whether scales differ by the number of samples alone, or are those of sums divided twice by it."""
        most, n = max(scales), self.n
        ratios = [most / scale for scale in scales]
        if all(_among(ratio, (1, n, n * n)) for ratio in ratios):
            return not _among(max(ratios), [1]) or _among(most, [factor / n**2 for factor in FACTORS])
        return False


def _among(value: float, values: Iterable[float]) -> bool:
    return any(np.isclose(value, one, rtol=1e-2) for one in values)


def _errors(out: Array, y: Array, chosen: bool = False) -> dict[str, Array]:
    """The derivatives of every possible loss by the output; layers that we chose end in logits only if linear."""
    found = {"squared error": 2 * (out - y)}
    e = np.exp(out - out.max(axis=1, keepdims=True))
    if out.shape[1] == 1:
        found["binary cross-entropy of logits"] = 1 / (1 + np.exp(-out)) - y
    elif not chosen or (out.min() < 0 and np.abs(out).max() > 1):
        found["cross-entropy of logits"] = e / e.sum(axis=1, keepdims=True) * y.sum(axis=1, keepdims=True) - y
    if out.min() > 0 and out.max() < 1:
        if out.shape[1] > 1:
            found["cross-entropy"] = -y / out
        found["binary cross-entropy"] = (out - y) / (out * (1 - out))
    return found


def _rare(out: Array, y: Array) -> dict[str, Array]:
    """The derivatives of losses that are tried if no usual one fits every array."""
    found = {"absolute error": np.sign(out - y), "Huber loss": np.clip(out - y, -1, 1), "log-cosh": np.tanh(out - y)}
    if out.shape[1] > 1:
        near = ((out - (out * y).sum(axis=1, keepdims=True) + 1 > 0) & (y == 0)).astype(float)
        found["hinge loss"] = near - y * near.sum(axis=1, keepdims=True)
    return found
