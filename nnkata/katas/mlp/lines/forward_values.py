"""The line of a forward pass that makes the first wrong value, from a trace of it."""

from collections.abc import Callable, Sequence

import numpy as np

from nnkata.katas.mlp.functions import ACTIVATIONS, Array
from nnkata.katas.mlp.lines.pass_values import parts_of_slope, same_in_rows
from nnkata.katas.mlp.oracle import Layer
from nnkata.traces.place import Place
from nnkata.traces.trace import Seen

_HIDDEN = [one.value for name, one in ACTIVATIONS.items() if name != "linear"]
#: The activations of which code computes parts first.
_GATED = ("GELU", "GELU (tanh)", "swish")
#: What code computes on the way from the last sums to a softmax.
_PARTS: Sequence[Callable[[Array], Array]] = (
    lambda z: z - z.max(axis=1, keepdims=True),
    lambda z: z - z.max(),
    lambda z: np.asarray(np.exp(z - z.max(axis=1, keepdims=True))),
    lambda z: np.asarray(np.exp(z - z.max())),
    lambda z: np.asarray(np.exp(z)),
)


def first_wrong(seen: Seen, layers: Sequence[Layer], x: Array) -> Place | None:
    """The first line after the right values that makes another one of the next size; else that of the output.

    The sums of a layer are right if they follow from the input, or from the sums before them by any activation.
    """

    def made(value: Array) -> int | None:
        return next((n for n, event in enumerate(seen.events) if same_in_rows(event.value, value)), None)

    inputs, right = [x], list[Array]()
    after, size = -1, len(x) * layers[0][0].shape[1]
    for place, (weights, bias) in enumerate(layers):
        sums = [value @ weights + (0.0 if bias is None else bias) for value in inputs]
        found = [z for z in sums if made(z) is not None]
        right += found
        last = place == len(layers) - 1
        with np.errstate(all="ignore"):
            every = [of(z) for z in sums for of in (_PARTS if last else _HIDDEN)]
        active = [value for value in every if made(value) is not None]
        if not found and not active:
            break
        after, size = max(made(value) or 0 for value in active or found), sums[0].size
        right += [*active, *(part for z in sums for name in _GATED for part in parts_of_slope(name, z))]
        inputs = [*active, *found]
        if active and not last:
            size = len(x) * layers[place + 1][0].shape[1]
    for event in seen.events[after + 1 :]:
        whole = event.value.size == size and (event.value.ndim > 1 or len(x) == 1)
        filled = whole and np.any(event.value != event.value.flat[0])
        if event.place.line and filled and not any(same_in_rows(event.value, value) for value in right):
            return event.place
    if not right and len(x) > 1:  # the code may take one sample after the other
        return None
    came = np.asarray(seen.value["value"] if isinstance(seen.value, dict) else seen.value)
    return next((e.place for e in seen.events[after + 1 :] if e.place.line and same_in_rows(e.value, came)), None)
