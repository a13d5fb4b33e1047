"""Decide whether a reading of a shape, of keys or of a setting is right."""

import re

import numpy as np

from benchmarks.naming import probe
from benchmarks.naming.case import Truth
from nnkata.katas.article.protocol import WEIGHTS

SHAPE = re.compile(r"(?P<what>\w+(?:\(x\))?): yours has the shape (?P<came>\([\d, ]+\)); it should be .+")

NO_ARRAY = re.compile(r"(?P<what>W[123]|x|y): yours is not an array but (?P<came>\w+)")

SETTING = re.compile(r"(?P<what>epochs|l_rate): you compute (?P<came>.+); it should be [\d.]+")

KEYS = re.compile(r"params: you compute the keys (?P<came>[\w, ]+); it should be the keys W1, W2, W3")

#: Quantities whose shape or keys a reading can state, and their pieces.
SHAPED = {"x": "preprocess", "y": "labels", "params": "initialization", "sigmoid(x)": "sigmoid"} | dict.fromkeys(
    WEIGHTS, "initialization"
)


def shaped(text: str, truth: Truth, whole: str) -> bool:
    """Whether a reading states the shape, keys or setting of the submission's first departing piece."""
    if setting := SETTING.fullmatch(text):
        made = probe.module_of(whole).DeepNeuralNetwork([20, 11, 7, 5], l_rate=0.25, epochs=3)
        return str(getattr(made, setting["what"], None))[:20] == setting["came"]
    shape, keys, kind = SHAPE.fullmatch(text), KEYS.search(text), NO_ARRAY.fullmatch(text)
    what = shape["what"] if shape else kind["what"] if kind else "params" if keys else ""
    if SHAPED.get(what) != truth.quantity:
        return False
    module = probe.module_of(whole)
    try:
        with probe.quiet():
            if what in ("x", "y"):
                images = np.zeros((4, 28, 28), np.uint8)
                value = module.preprocess(images, np.array([5, 0, 9, 3]))[what == "y"]
                came = type(value).__name__ if kind else str(np.shape(value))
            elif what == "sigmoid(x)":
                came = str(np.shape(module.DeepNeuralNetwork([7, 6, 5, 4]).sigmoid(np.linspace(-2, 2, 24))))
            else:
                params = module.DeepNeuralNetwork([784, 128, 64, 10]).params
                came = str(np.shape(params[what])) if shape else ", ".join(map(str, params))
                came = type(params[what]).__name__ if kind else came
    except Exception:
        return False
    found = shape or keys or kind
    return found is not None and came == found["came"]
