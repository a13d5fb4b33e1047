"""Functions for readings in words about accuracy, labels and new weights: the values that a stated rule gives."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np

from nnkata.katas.article import oracle

AMONG = re.compile(r"the share with the label among the (?P<k>\d+) largest outputs")
LABEL = re.compile(r"y\[label\] = (?P<high>\S+), (?P<low>\S+) elsewhere")


def one_hot(labels: Any, said: str | None) -> Any:
    """The one-hot labels under the stated rule, the right ones without a rule; None for an unknown rule."""
    y = oracle.one_hot(labels)
    if said is None:
        return y
    digits = np.asarray(labels).astype(int)
    if found := LABEL.fullmatch(said):
        return y * float(found["high"]) + (1 - y) * float(found["low"])
    rules: dict[str, Callable[[], Any]] = {
        "y[label - 1] = 1": lambda: np.eye(10)[digits - 1],
        "y[label + 1] = 1": lambda: np.eye(10)[(digits + 1) % 10],
        "y[9 - label] = 1": lambda: np.eye(10)[9 - digits],
        "y[number of the sample] = 1": lambda: np.eye(10)[np.arange(len(digits)) % 10],
        "y[label] = label": lambda: y * digits[:, None],
        "y = label": lambda: digits.astype(np.float64),
        "y = label / 9": lambda: digits / 9,
        "columns for rows: y.T": lambda: y.T,
    }
    return rules[said]() if said in rules else None


def share(said: str, outputs: Any, ys: Any) -> float | None:
    """The accuracy under a rule in words; None if the rule is a formula."""
    hit = outputs.argmax(1) == ys.argmax(1)
    rows = outputs.argmax(1)[:, None] == ys
    whole = np.round(outputs) == ys
    half, n = (len(ys) + 1) // 2, len(ys)
    if found := AMONG.fullmatch(said):
        places = np.argsort(np.argsort(-outputs, axis=1), axis=1)[np.arange(n), ys.argmax(1)]
        return float(np.mean(places < int(found["k"])))
    rules: dict[str, Callable[[], Any]] = {
        "the number of right samples": lambda: hit.sum(),
        "the number of wrong samples": lambda: (~hit).sum(),
        "mean of (argmax(output) = y), a number against a row": lambda: rows.mean(),
        "mean of Σ (argmax(output) = y) / 100": lambda: rows.sum(0).mean() / 100,
        "mean of Σ (argmax(output) = y) / 100, of each sample": lambda: rows.sum(1).mean() / 100,
        "mean of (round(output) = y) over all elements": lambda: whole.mean(),
        "mean of (round(output) = y) in the whole row": lambda: whole.all(1).mean(),
        "the share in the first half": lambda: hit[:half].mean(),
        "the share in the first n // 2 samples": lambda: hit[: max(1, n // 2)].mean(),
        "the share in the second half": lambda: hit[n // 2 :].mean(),
        "the first sample alone": lambda: hit[0],
        "the last sample alone": lambda: hit[-1],
        "whether all are right": lambda: hit.all(),
        "whether one is right": lambda: hit.any(),
        "the mean output at the right class": lambda: np.sum(outputs * ys, 1).mean(),
        "the mean of the largest output": lambda: outputs.max(1).mean(),
        "mean cross-entropy": lambda: -np.log(np.abs(np.sum(outputs * ys, 1))).mean(),
        "the mean of (output - y)²": lambda: ((outputs - ys) ** 2).mean(),
        "the share with the label of sample i - 1": lambda: oracle.hits(outputs, np.roll(ys, 1, 0)),
        "mean(argmax(output) = argmax(y[n - 1 - i]))": lambda: oracle.hits(outputs, ys[::-1]),
        "the share with the label of sample i + 1": lambda: oracle.hits(outputs, np.roll(ys, -1, 0)),
        "mean(argmax(output, axis=0) = argmax(y, axis=0)), over the samples": lambda: np.mean(
            outputs.argmax(0) == ys.argmax(0)
        ),
    }
    return float(rules[said]()) if said in rules else None


MEAN = re.compile(r"numbers with a mean of (?P<mean>\S+) and a standard deviation of (?P<deviation>\S+)")


def start(said: str, normal: Any) -> Any:
    """New weights under a rule, from normal numbers; None if the rule is neither a number nor a mean."""
    if found := MEAN.fullmatch(said):
        return float(found["mean"]) + float(found["deviation"]) * normal
    try:
        return np.full_like(normal, float(said))
    except ValueError:
        return None
