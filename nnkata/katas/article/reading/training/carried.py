"""Shares of the samples' steps that follow their places: rates by number, gradients that train carries on."""

import numpy as np

from nnkata.katas.article.oracle import Array
from nnkata.katas.article.reading import say
from nnkata.katas.article.reading.fit import number_text
from nnkata.katas.article.reading.training import say_train

#: The share of an earlier gradient in a step that is looked for.
LEAST, MOST = 0.05, 0.995
MEANT = "W - l_rate · change[W]"


def rising(shares: Array, close: float) -> str:
    """A rate that is multiplied by the number of the sample, from 0 or from 1; '' if the shares are others.

    `shares` are those of the samples in the order of the set, each with 1 for its own whole step.
    """
    numbers, n = np.arange(len(shares), dtype=np.float64), len(shares)
    for law, text in (
        (numbers + 1, "(i + 1) · l_rate"),
        (numbers, "i · l_rate"),
        ((numbers + 1) / n, "(i + 1)/n · l_rate"),
    ):
        if np.max(np.abs(shares - law)) <= close * np.max(law):
            return say.formula("l_rate", say.in_part(text, "x_train[i]"), "l_rate")
    return ""


def remembered(shares: Array, close: float) -> str:
    """Steps by a running sum or mean of the gradients, within train: its formula; '' if the shares are others.

    The gradient of the last sample but t counts in t + 1 steps, each time with a smaller part. The first one may be
    the start of a running mean.
    """
    falling = np.sort(shares)[::-1]
    counts = np.arange(len(falling), 0, -1, dtype=np.float64)
    for beta, scale, text in (
        (falling[-2] - 1, 0.0, "v = {0} v + change[W]"),
        (1 - falling[-1], 1.0, "v = {0} v + (1 - {0}) change[W]"),
    ):
        if not LEAST < beta < MOST:
            continue
        law = (1 - beta**counts) / (1.0 if scale else 1 - beta)
        begun = law.copy()
        begun[0] /= 1 - beta if scale else 1.0
        if any(np.max(np.abs(falling - one)) <= close * np.max(one) for one in (law, begun)):
            read = text.format(number_text(float(np.round(beta, 3))))
            return say_train.in_train(say.formula("W", f"{read}, W - l_rate · v", MEANT))
    return ""
