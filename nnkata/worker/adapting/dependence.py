"""Finds the arrays on which an output depends, and whether it is a network's output at all."""

from types import ModuleType

import numpy as np

from nnkata.worker.adapting import graph, obstacles
from nnkata.worker.adapting.graph import Array
from nnkata.worker.adapting.networks.makers import Maker
from nnkata.worker.adapting.outputs import Output
from nnkata.worker.adapting.trying import Fails, Function, made_of, quietly


def dependent(maker: Maker, output: Output, theirs: ModuleType, x: Array) -> bool:
    """Find the arrays on which the output depends, and randomise them; False if it is no network's output."""
    run = made_of("net, x", [output.line], theirs)
    candidates, least = graph.arrays(maker.net, "net"), 0 if maker.widths.one else 1
    rng = np.random.default_rng(5)
    candidates = {t: a for t, a in candidates.items() if a.flags.writeable and a.ndim <= 2 and a.size > least}
    first = {text: array.copy() for text, array in candidates.items()}
    for array in candidates.values():
        fan_in = max(array.shape) if array.ndim == 2 and min(array.shape) > 1 else 0
        array[...] = rng.normal(0, np.sqrt(3 / fan_in) if fan_in else 0.3, array.shape)
    try:
        with quietly():
            base = np.array(run(maker.net, x.copy()), float)
            again = np.array(run(maker.net, x.copy()), float)
    except Fails:
        return False
    if not np.array_equal(base, again):  # as with dropout: every array would seem to change it
        maker.random, maker.drops = True, maker.drops or output.named
        return False
    if base.shape != (len(x), maker.widths.classes) or not np.isfinite(base).all():
        return False
    if len(np.unique(base.round(9), axis=0)) < len(x):
        return False
    if _by_label(output, maker, theirs, x, base):
        return False
    output.mixed = _mixed(run, maker, x, base)
    held = graph.arrays(maker.net, "net").values()
    deep = [a for a in held if a.ndim > 2 and a.flags.writeable]
    if any(_moves(array, run, maker, x, base, rng) for array in deep):
        obstacles.met("output", output.call, "depends on weights of more than two dimensions, as of a convolution")
        return False
    moving = {text: array for text, array in candidates.items() if _moves(array, run, maker, x, base, rng)}
    output.others = {text: array for text, array in first.items() if text not in moving}
    output.parameters = moving = once(moving)
    matrices = [array.shape for array in moving.values() if array.ndim == 2 and min(array.shape) > 1]
    return any(maker.widths.one or maker.widths.classes in shape for shape in matrices)


def _moves(array: Array, run: Function, maker: Maker, x: Array, base: Array, rng: np.random.Generator) -> bool:
    """Whether the output changes with an array."""
    old = array.copy()
    array += rng.normal(0, 0.3, array.shape)
    try:
        with quietly():
            return not np.allclose(np.asarray(run(maker.net, x.copy()), float), base, rtol=1e-9, atol=1e-12)
    except Fails:
        return False
    finally:
        array[...] = old


def once(arrays: dict[str, Array]) -> dict[str, Array]:
    """The arrays without those whose memory others hold too: a vector gives way to the matrices that are views of it.

    Of a matrix and views of its parts the parts stay if they are the whole of it, and of views of one size the first.
    """
    kept = dict(arrays)
    for text, array in sorted(arrays.items(), key=lambda pair: -pair[1].size):
        if text not in kept:
            continue
        views = [other for other in kept if other != text and np.shares_memory(array, kept[other])]
        parts = [kept[other] for other in views if kept[other].size < array.size]
        if sum(part.size for part in parts) == array.size or (array.ndim == 1 and any(p.ndim == 2 for p in parts)):
            del kept[text]
        else:
            kept = {name: held for name, held in kept.items() if name not in views}
    return kept


def _by_label(output: Output, maker: Maker, theirs: ModuleType, x: Array, base: Array) -> bool:
    """Whether it changes with the label: then it is an error and not the output."""
    line = maker.widths.others(output.line)
    if line == output.line:
        return False
    try:
        with quietly():
            other = np.array(made_of("net, x", [line], theirs)(maker.net, x.copy()), float)
    except Fails:
        return False
    return other.shape != base.shape or not np.allclose(other, base)


def _mixed(run: Function, maker: Maker, x: Array, base: Array) -> bool:
    """Whether a sample's output is another without those after it."""
    try:
        with quietly():
            some = np.array(run(maker.net, x[:3].copy()), float)
    except Fails:
        return False
    return some.shape == base[:3].shape and not np.allclose(some, base[:3], rtol=1e-6, atol=1e-9)
