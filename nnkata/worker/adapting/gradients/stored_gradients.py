"""A call that gives gradients as adapter's lines: its effect, and gradients that the network keeps."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from nnkata.worker.adapting import graph
from nnkata.worker.adapting.gradients.assigned_gradients import matched
from nnkata.worker.adapting.gradients.found import Found
from nnkata.worker.adapting.gradients.learning_rates import rates
from nnkata.worker.adapting.gradients.measured import Tried
from nnkata.worker.adapting.graph import Array
from nnkata.worker.adapting.networks.makers import Maker
from nnkata.worker.adapting.outputs import Output

#: Names of the running means of gradients, as momentum and Adam keep them, and the usual share of a new one.
MEANS, ONE_OF_TEN = re.compile(r"mom|adam|veloc|mean|avg|average|\.[mv](_\w*)?\b", re.I), "0.1"


@dataclass
class Act:
    """A successful call: the lines before it, its result, and its effect on the network."""

    lines: list[str]
    call: str
    value: object
    moved: bool
    kept: Mapping[str, tuple[Array, Array]] = field(default_factory=dict)
    #: The network's arrays after the call, in the parameters' places: a step may return them.
    held: tuple[Array, ...] = ()


def stored(tried: Tried, act: Act, texts: list[str], arrays: list[Any]) -> Found | None:
    """Arrays that the network keeps as gradients: cleared before, as they may be a sum, and divided by a rate."""
    held, best = tried.output.parameters, None
    clear = f"for array in ({', '.join(texts)},): array[...] = 0"
    kept_mean = [ONE_OF_TEN] if any(MEANS.search(text) for text in texts) else []
    for rate in ["", *kept_mean, *rates(tried.maker, act.call, tried.theirs)]:
        over = f" / {rate}" if rate else ""
        parts = zip(texts, arrays, held, strict=True)
        result = "[" + ", ".join(shaped(text, array, held[name]) + over for text, array, name in parts) + "]"
        body = [*act.lines, act.call]
        if act.moved:  # the parameters have to stay
            done = [line.replace("v = ", "v := ", 1) for line in body if not sets(line)]
            result = f"still(parameters, net, lambda: ({', '.join(done)}, {result})[-1])"
            body = [line for line in act.lines if sets(line)]
        for before in [[clear]] if rate in kept_mean else [[], [clear]]:
            found = tried.measured(wrapped([*before, *body], result, tried.single))
            found = found if found is not None and found.labelled else None
            if found is not None and (best is None or found.rank > best.rank):
                over_time = f", {rate} of a new one in a running mean" if rate in kept_mean else f", divided by {rate}"
                found.why = "kept by the network" + (over_time if rate else "")
                best = found
            if found is not None and found.alike and found.natural:  # else it may be a sum over the calls tried so far
                break
        if best is None or not best.alike or best.natural:
            break
    return best


def wrapped(lines: list[str], result: str, single: bool) -> list[str]:
    """The lines of a function that returns the result; for one sample, the mean over the batch."""
    if not single:
        return [*lines, f"return {result}"]
    if not lines:
        return [f"return mean_of(lambda a, b: {result}, x, y)"]
    return ["def one(a, b):", *(f"    {line}" for line in lines), f"    return {result}", "return mean_of(one, x, y)"]


def shaped(text: str, came: Any, held: Array) -> str:
    """The text of an array in its parameter's shape."""
    if np.shape(came) == held.shape or np.size(came) != held.size:
        return text
    return f"np.reshape({text}, {held.shape})"


def sets(line: str) -> bool:
    """Whether a line sets a value that the author's script sets: a global variable, or an attribute such as a rate."""
    return re.match(r"(?:theirs|net)\.\w+ = ", line) is not None


def kept_ones(
    maker: Maker, output: Output, kept: Mapping[str, tuple[Array, Array]]
) -> Iterator[tuple[list[str], list[Any]]]:
    """Arrays of the network, changed or new, that are not parameters."""
    if maker.names:
        return
    yield from _in_one(maker, output)
    now = graph.arrays(maker.net, "net")
    own = [
        (text, array)
        for text, array in now.items()
        if text not in output.parameters
        and (text not in kept or kept[text][0] is not array or np.any(kept[text][1] != array))
    ]
    yield from matched(iter(own), output.parameters)


def _in_one(maker: Maker, output: Output) -> Iterator[tuple[list[str], list[Any]]]:
    """A list or tuple of the network with something for each parameter, in their order: a wrong sum is one number."""
    held = list(output.parameters.values())
    for name, value in getattr(maker.net, "__dict__", {}).items():
        if isinstance(value, list | tuple) and len(value) == len(held) and any(np.ndim(part) == 0 for part in value):
            pairs = zip(value, held, strict=True)
            if all(isinstance(v, np.ndarray | float) and np.size(v) in (1, array.size) for v, array in pairs):
                yield [f"net.{name}[{n}]" for n in range(len(held))], list(value)
