"""The second kata: any multilayer perceptron, judged by the laws of its own architecture.

Here: the architecture as data, its mathematics, its reading, steps, known mistakes, texts. Not here: anything that
another kata could use, which belongs to the kit. The kit knows nothing of it but `KATA`.
"""

import importlib
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nnkata.kata import Command, Kata
from nnkata.language import later
from nnkata.misconceptions import Catalogue
from nnkata.packaged import placed

if TYPE_CHECKING:
    import numpy as np

    from nnkata.diagnosis import Diagnosed, Failed
    from nnkata.katas.mlp.world import World
    from nnkata.katas.mnist import Dataset
    from nnkata.subject import Subject
    from nnkata.traces.place import Place

#: The contract's version: it changes when a clause is added, retired or changes its meaning.
CONTRACT = "1.1"

#: The stages in the order in which a learner meets them; one feature file each.
STAGES = ("parameters", "start", "output", "gradients", "batches", "step", "training", "accuracy", "mnist")

#: The pages to read for a mistake: the parts of docs/any-network-clauses.md.
READINGS: Mapping[str, str] = {
    "parameters": later("the part on parameters"),
    "forward": later("the part on the way forward"),
    "backward": later("the part on the way back"),
    "batches": later("the part on batches"),
    "learning": later("the part on learning"),
    "accuracy": later("the part on accuracy"),
}

#: Modules with steps.
STEPS = ("common", "parameters", "output", "gradients", "batches", "step", "training", "epochs", "accuracy", "mnist")

HERE = Path(__file__).parent

ADAPT = Command(later("write the adapter with which a foreign network is judged"), "nnkata.katas.mlp.cli.adapt")


def _world(subject: "Subject", judged: Any, seed: int, clause: str) -> "World":
    from nnkata.katas.mlp.world import World

    return World(subject, judged, seed, clause)


def _catalogue() -> Catalogue:
    found: Catalogue = importlib.import_module("nnkata.katas.mlp.misconceptions").CATALOGUE
    return found


def _drawing_from(generator: "np.random.Generator") -> AbstractContextManager[None]:
    from nnkata.katas.mlp.misconceptions.right import drawing_from

    return drawing_from(generator)


def _lacks(there: Collection[str]) -> str:
    from nnkata.katas.mlp.required import lacks

    return lacks(there)


def _data(name: str) -> "Dataset":
    from nnkata.katas.mnist import load

    return load(name)


def _carried(name: str) -> tuple[str, dict[str, bytes]]:
    from nnkata.katas.mnist.export_files import carried

    return carried(name)


def _undeclared(table: Mapping[str, object]) -> str:
    from nnkata.katas.mlp.declaration import fault

    return fault(table)


def _recognised(subject: "Subject") -> str:
    from nnkata.katas.mlp.facts import recognised

    return recognised(subject)


def _formulas(failed: "Failed") -> "Mapping[str, Diagnosed]":
    from nnkata.katas.mlp.formulas import diagnose

    return diagnose(failed)


def _places(
    subject: "Subject", seed: int, sources: Mapping[str, str], errors: Mapping[str, BaseException]
) -> "Mapping[str, Place]":
    found: Mapping[str, Place] = importlib.import_module("nnkata.katas.mlp.lines.locate").places(
        subject, seed, sources, errors
    )
    return found


KATA = Kata(
    name="mlp",
    title=later("any multilayer perceptron"),
    contract=CONTRACT,
    stages=STAGES,
    class_name="",
    features=placed("features") / "mlp",
    skeleton=placed("mlp_skeleton.py"),
    reference=placed("mlp_reference.py"),
    steps=tuple(f"nnkata.katas.mlp.steps.{name}" for name in STEPS),
    world=_world,
    entry="adapter.py",
    lacks=_lacks,
    catalogue=_catalogue,
    explanations=HERE / "explanations",
    readings=READINGS,
    reading=later("docs/any-network-clauses.md, {part}"),
    drawing_from=_drawing_from,
    data=_data,
    carried=_carried,
    commands={"adapt": ADAPT},
    undeclared=_undeclared,
    recognised=_recognised,
    places=_places,
    formulas=_formulas,
)
