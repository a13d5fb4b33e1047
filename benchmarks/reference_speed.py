"""The images per second that the reference trains, one sample per step, beside other implementations and the floor.

    python -m benchmarks.reference_speed [--quick]

The contenders (benchmarks/contenders.py) take turns to train one epoch on the article's 4,250 bundled images, on one
thread. Those that are not installed are left out and listed. Writes benchmarks/results/reference_speed.json.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from benchmarks import contenders, timing
from nnkata.katas import mnist as data
from nnkata.katas.article import oracle
from reference.network import preprocess
from solutions.correct import flat, functional, plain

#: Name to the function that makes the contender from images and labels.
MAKERS: dict[str, Callable[[Any, Any], contenders.Epoch]] = {
    "reference": contenders.reference,
    "article, float64": partial(contenders.article, dtype=np.float64),
    "article, float32": partial(contenders.article, dtype=np.float32),
    "solutions/correct/plain.py": partial(contenders.kit, plain.DeepNeuralNetwork),
    "solutions/correct/functional.py": partial(contenders.kit, functional.DeepNeuralNetwork),
    "solutions/correct/flat.py": partial(contenders.kit, flat.DeepNeuralNetwork),
    "PyTorch": partial(contenders.pytorch, fused=False),
    "PyTorch, fused SGD": partial(contenders.pytorch, fused=True),
    "scikit-learn": contenders.scikit_learn,
    "floor, float32": lambda x, y: contenders.floor(x, np.float32),
    "floor, float64": lambda x, y: contenders.floor(x, np.float64),
}


def measure(images: int, rounds: int) -> dict[str, Any]:
    """The images per second of each, and the reference's speed as a multiple of it, within each round."""
    bundled = data.load("bundled")
    inside = oracle.split(len(bundled))[0][:images]
    x, y = preprocess(bundled.images[inside], bundled.labels[inside])
    ready, missing = {}, []
    for name, make in MAKERS.items():
        try:
            ready[name] = make(x, y)
        except ImportError:
            missing.append(name)
    taken = timing.in_turn(ready, rounds)
    speeds = {name: [len(x) / seconds for seconds in values] for name, values in taken.items()}
    rows = {
        name: {
            "images_a_second": timing.spread(values),
            "reference_is_times_as_fast": timing.ratio(speeds["reference"], values),
        }
        for name, values in speeds.items()
    }
    return {"images": len(x), "rounds": rounds, "not_installed": missing, "contenders": rows}


def main() -> None:
    """Measure, write the results, and print them."""
    options = timing.options(__doc__)
    found = measure(options.pick(4250, 1000), options.pick(15, 5))
    options.write("reference_speed", found)
    for name, row in found["contenders"].items():
        speed, ratio = row["images_a_second"]["median"], row["reference_is_times_as_fast"]
        print(f"{name:<32} {speed:>7,.0f} images/s; reference: {ratio['median']:.2f} times", end="")
        print(f" ({ratio['least']:.2f} to {ratio['greatest']:.2f})")
    if found["not_installed"]:
        print("not installed:", ", ".join(found["not_installed"]))


if __name__ == "__main__":
    main()
