"""The network of a well-known article: 784-128-64-10 in NumPy, sigmoid and softmax, per-sample SGD, MNIST.

The kit knows nothing of it but `KATA`.
"""

import importlib
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nnkata.kata import Command, Kata, Names
from nnkata.language import later
from nnkata.misconceptions import Catalogue
from nnkata.packaged import placed

if TYPE_CHECKING:
    import numpy as np

    from nnkata.diagnosis import Diagnosed, Failed
    from nnkata.katas.article.steps.world import World
    from nnkata.katas.mnist import Dataset
    from nnkata.subject import Subject
    from nnkata.traces.place import Place

#: The contract's version: it changes when a clause is added, retired or changes its meaning.
CONTRACT = "1.1"

#: The stages in the order in which a learner meets them; one feature file each.
STAGES = (
    "preprocessing",
    "activations",
    "initialization",
    "forward",
    "backward",
    "update",
    "training",
    "mnist",
    "typing",
    "from-scratch",
)

DEFAULT_CLASS = "DeepNeuralNetwork"

HERE = Path(__file__).parent

#: The texts to read, by the names in `Misconception.read` and in the explanations: the chapter of docs/tutorial.md,
#: which is the number of its stage, and the heading in the article.
READINGS: Mapping[str, str] = {
    "dataset": later("chapter 1; Casper Hansen's article, Imports and Dataset"),
    "activations": later("chapter 2; Casper Hansen's article, Feedforward"),
    "initialization": later("chapter 3; Casper Hansen's article, Initialization"),
    "feedforward": later("chapter 4; Casper Hansen's article, Feedforward"),
    "backpropagation": later("chapter 5; Casper Hansen's article, Backpropagation"),
    "update": later("chapter 6; Casper Hansen's article, Training"),
    "training": later("chapter 7; Casper Hansen's article, Training"),
    "results": later("chapter 8; Casper Hansen's article, Results"),
    "typing": later("chapter 9; the article has no types"),
    "from-scratch": later("chapter 10; Casper Hansen's article, Imports and Dataset"),
}

#: Modules with steps, by the first stage that uses them.
STEPS = (
    "common",
    "preprocessing",
    "activations",
    "initialization",
    "forward",
    "backward",
    "update",
    "training",
    "accuracy",
    "mnist",
    "laws",
    "typing",
    "from_scratch",
)


def _world(subject: "Subject", judged: Any, seed: int, clause: str) -> "World":
    from nnkata.katas.article.steps.world import World

    return World(subject, judged, seed, clause)


def _names() -> Names:
    from nnkata.katas.article import names

    return Names(names.request(), names.unfit, names.absent, names.shown)


def _catalogue() -> Catalogue:
    found: Catalogue = importlib.import_module("nnkata.katas.article.misconceptions").CATALOGUE
    return found


def _diagnose(failed: "Failed") -> "Mapping[str, Diagnosed]":
    found: Mapping[str, Diagnosed] = importlib.import_module("nnkata.katas.article.reading").diagnose(failed)
    return found


def _drawing_from(generator: "np.random.Generator") -> AbstractContextManager[None]:
    from nnkata.katas.article.misconceptions.right import drawing_from

    return drawing_from(generator)


def _places(
    subject: "Subject", seed: int, sources: Mapping[str, str], errors: Mapping[str, BaseException]
) -> "Mapping[str, Place]":
    from nnkata.katas.article.lines.locate import locate

    return locate(subject, seed, sources, errors)


def _places_of_stages(
    subject: "Subject", seed: int, sources: Mapping[str, str], stages: Mapping[str, str]
) -> "Mapping[str, Place]":
    from nnkata.katas.article.lines.locate import of_stages

    return of_stages(subject, seed, sources, stages)


def _data(name: str) -> "Dataset":
    from nnkata.katas.mnist import load

    return load(name)


def _carried(name: str) -> tuple[str, dict[str, bytes]]:
    from nnkata.katas.mnist.export_files import carried

    return carried(name)


KATA = Kata(
    name="article",
    title=later("the network of the article"),
    contract=CONTRACT,
    stages=STAGES,
    class_name=DEFAULT_CLASS,
    features=placed("features"),
    skeleton=placed("skeleton.py"),
    reference=placed("reference.py"),
    steps=tuple(f"nnkata.katas.article.steps.{name}" for name in STEPS),
    world=_world,
    functions=("preprocess",),
    names=_names,
    catalogue=_catalogue,
    diagnose=_diagnose,
    explanations=HERE / "explanations",
    readings=READINGS,
    reading=later("tutorial, {part}"),
    long_stages=("training", "mnist"),
    waits={"mnist": "training"},
    built=later("You have built a network that learns to recognise handwritten digits, from NumPy alone."),
    after=(
        "nnkata train {name} --save weights.npz --plots learnt.html",
        "nnkata predict weights.npz drawing.png",
        "nnkata check {name} --format badge --output badge.json",
    ),
    drawing_from=_drawing_from,
    places=_places,
    places_of_stages=_places_of_stages,
    protocols=HERE / "protocol.py",
    instance="Network",
    otherwise=(
        *("SigmoidByKeyword", "SigmoidOfTwo", "SigmoidOfTwoByKeyword"),
        *("SigmoidWithAndWithout", "SigmoidWithAndWithoutByKeyword"),
        "TrainByKeyword",
    ),
    classes=("NetworkClass", "NetworkClassOfTuple", "NetworkClassByKeyword", "NetworkClassOfTupleByKeyword"),
    data_help="bundled, openml, fashion, kmnist, or a path.",
    data=_data,
    carried=_carried,
    full_tag="full-mnist",
    not_full=later("needs the whole of MNIST: --data openml, or a path"),
    commands={
        "adapt": Command(
            later("write the adapter with which a foreign network is judged"), "nnkata.katas.mlp.cli.adapt"
        ),
        "train": Command(
            later("train an implementation on MNIST and show its progress"), "nnkata.katas.article.cli.train"
        ),
        "predict": Command(
            later("recognise the digit in a drawing, with trained weights"), "nnkata.katas.article.cli.predict"
        ),
        "protocol": Command(
            later("check a worker in another language against the protocol"), "nnkata.katas.article.cli.protocol"
        ),
    },
)
