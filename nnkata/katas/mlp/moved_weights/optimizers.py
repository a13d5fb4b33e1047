"""Recognises optimizers whose steps are no multiple of the gradient, from the moves of two steps."""

from collections.abc import Sequence

import numpy as np

from nnkata.katas.mlp.functions import Array
from nnkata.language import _

#: Elements of a gradient below this share of its largest one: there the small number in Adam's denominator counts.
SMALL = 1e-3
#: The relative difference of two lengths that are equal but for that number, and for rounding in float32.
ALIKE = 1e-2


def normalised(moves: Sequence[Array], gradients: Sequence[Array]) -> str:
    """The reason why a first step has no rate: all elements move by one length, as with Adam; else an empty text."""
    lengths = []
    for move, gradient in zip(moves, gradients, strict=True):
        if move.shape != gradient.shape:
            return ""
        counts = np.abs(gradient) > SMALL * np.abs(gradient).max(initial=0.0)
        if np.any(move[counts] * gradient[counts] >= 0):
            return ""
        lengths.append(np.abs(move[counts]))
    every = np.concatenate([np.ravel(length) for length in lengths]) if lengths else np.zeros(0)
    if every.size < 2 or every.max() - every.min() > ALIKE * every.max():
        return ""
    return _("its first step moves all elements by one length, as with Adam, RMSprop or Adagrad")


def decaying(moves: Sequence[Array], gradients: Sequence[Array], parameters: Sequence[Array], tolerance: float) -> str:
    """The reason why a step is no multiple of the gradient: parameters decay in it, all at one share; else "".

    A move is then -rate · gradient - share · parameter, at one rate. Arrays of which nothing decays may be among them.
    One or two elements, as in the bias of a single output, fit any rate and share.
    """
    rates, shares = [], []
    for move, gradient, held in zip(moves, gradients, parameters, strict=True):
        table = np.stack([np.ravel(-gradient), np.ravel(-held)], axis=1)
        if move.shape != gradient.shape or not np.all(np.isfinite(table)):
            return ""
        if move.size < 3:
            continue
        rate, share = np.linalg.lstsq(table, np.ravel(move), rcond=None)[0]
        rest = np.abs(np.ravel(move) - table @ (rate, share)).max()
        if rest > tolerance * np.abs(move).max() or rate <= 0:
            return ""
        rates.append(rate)
        if abs(share) * np.abs(held).max() > tolerance * np.abs(move).max():  # else the step is that of the gradient
            shares.append(share)
    one = all(np.allclose(values, values[0], rtol=ALIKE) for values in (rates, shares) if values)
    return _("weights decay in its steps, beside the gradients") if one and shares and min(shares) > 0 else ""


def remembering(first: Array, second: Array, gradient: Array, tolerance: float) -> str:
    """The reason why a second step need not have the rate of the first: momentum, or a rate that changes; else "".

    The second move is -rate · gradient + share · first move; a share of 1 is no momentum, but gradients that pile up.
    """
    table = np.stack([np.ravel(-gradient), np.ravel(first)], axis=1)
    if not np.all(np.isfinite(table)) or not np.all(np.isfinite(second)):
        return ""
    rate, share = np.linalg.lstsq(table, np.ravel(second), rcond=None)[0]
    rest = np.abs(np.ravel(second) - table @ (rate, share)).max(initial=0.0)
    if rate <= 0 or rest > tolerance * np.abs(second).max(initial=0.0):
        return ""
    if abs(share) < tolerance:
        return _("its rate changes from step to step")
    if tolerance < share < 1 - tolerance:
        return _("its steps remember the earlier ones, as with momentum")
    return ""
