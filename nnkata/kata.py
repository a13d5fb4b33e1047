"""A kata as data: everything that the kit needs to know of a contract.

A kata is a package with a `KATA`; `nnkata.registry` finds it.
"""

import contextlib
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from nnkata.errors import UsageError
from nnkata.language import _
from nnkata.misconceptions import Catalogue

if TYPE_CHECKING:  # every command loads the kata, and NumPy takes 70 ms
    import numpy as np

    from nnkata.diagnosis import Diagnose
    from nnkata.subject.face import Subject
    from nnkata.traces.place import Place


class World(Protocol):
    """The world of one clause's steps; the kit knows this much, the kata's steps more."""

    @property
    def measured(self) -> dict[str, float]:
        """Figures for the verdict, whether the clause passes or not."""


class Dataset(Protocol):
    """Data for clauses; the kit knows this much, the kata's steps more."""

    @property
    def full(self) -> bool:
        """Whether it suffices for clauses tagged `Kata.full_tag`."""


@dataclass(frozen=True)
class Command:
    """A command of a kata's own: the line that `nnkata --help` shows, and the module whose `command` it is."""

    text: str
    module: str


@dataclass(frozen=True)
class Names:
    """The names that a kata asks for. `told` is the answer of `nnkata.worker.offers`, from the submission's side.

    `request` returns the arguments of `offers`. `unfit` returns the reason why some stages cannot be judged, if the
    missing names exist under other names; else an empty text. `absent` returns the missing names, each with the message
    for a call of it. Both raise msgspec.ValidationError if `told` has another form. `shown` makes a `told` for a worker
    in another language that does not answer `offers`.
    """

    request: Sequence[object]
    unfit: Callable[[object, str, Collection[str]], str]
    absent: Callable[[object], dict[str, str]]
    shown: "Callable[[Subject], object] | None" = None


def _no_draws(generator: "np.random.Generator") -> AbstractContextManager[None]:
    return contextlib.nullcontext()


def _no_data(name: str) -> Dataset:
    raise UsageError(_("this kata has no data; leave --data out"))


Places = Callable[["Subject", int, Mapping[str, str], Mapping[str, BaseException]], "Mapping[str, Place]"]


def _no_places(
    subject: "Subject", seed: int, sources: Mapping[str, str], errors: Mapping[str, BaseException]
) -> "Mapping[str, Place]":
    return {}


@dataclass(frozen=True)
class Kata:
    """A contract and its parts. A function wraps each part that is expensive to import.

    `stages` are in the order in which a learner meets them; each has a file `STAGE.feature` in the folder `features`,
    and once more in `features/LANGUAGE`. `class_name` is the class that a submission defines, and `entry` the file to
    judge in a folder; without a class ("") the module's functions count. `steps` are modules with steps. `world` makes
    the world of a clause's steps from the subject, the facts (`nnkata.runner.submission.facts`: the data, the source,
    mypy's findings), the seed and the clause. `protocols` is a module of its own that mypy checks a submission against
    (`nnkata.runner.typecheck.members`): an instance of its class against the protocol named `instance`, the class
    itself against one of `classes`, each of `functions` against the protocol of that name, capitalised.
    """

    name: str
    title: str
    contract: str
    stages: tuple[str, ...]
    class_name: str
    features: Path
    skeleton: Path
    reference: Path
    steps: tuple[str, ...]
    world: Callable[["Subject", object, int, str], World]
    entry: str = "network.py"
    functions: tuple[str, ...] = ()
    names: Callable[[], Names] | None = None
    #: For a kata without a class, from the names of a module's functions: the message about missing ones without which
    #: no clause can be judged, with the lines to write; empty if none lacks.
    lacks: Callable[[Collection[str]], str] = lambda there: ""
    catalogue: Callable[[], Catalogue] = Catalogue
    #: Reads mistakes from the submission's numbers; without it, the kit repeats a failed clause on the wrong modules of
    #: the catalogue.
    diagnose: "Diagnose | None" = None
    #: Reads formulas from the submission's numbers, beside the names that the kit finds; for a kata without `diagnose`.
    formulas: "Diagnose | None" = None
    explanations: Path | None = None
    #: Parts of the kata's source text, by the names in `Misconception.read`.
    readings: Mapping[str, str] = field(default_factory=dict)
    #: The title of such a part for a reader.
    reading: str = "{part}"
    #: Long stages that ask the submission alone: a second core, if free, judges them beside the others.
    long_stages: tuple[str, ...] = ()
    #: Stages that are judged only if another stage has passed, unless the user asks for them: they would take long and
    #: show little.
    waits: Mapping[str, str] = field(default_factory=dict)
    #: The text after a complete pass, with the next commands, which know {name}.
    built: str = ""
    after: tuple[str, ...] = ()
    #: A context in which wrong modules draw their random numbers from this generator.
    drawing_from: Callable[["np.random.Generator"], AbstractContextManager[None]] = _no_draws
    #: From the subject, the seed, the source and the errors of failed clauses: the lines of the source at fault.
    places: Places = _no_places
    #: The same where several parts are wrong, from the stage of the part that each clause's diagnosis is about.
    places_of_stages: Callable[["Subject", int, Mapping[str, str], Mapping[str, str]], "Mapping[str, Place]"] | None = (
        None
    )
    #: From the subject, after a run: the kind of network that was read off its numbers, on one line; empty if none was.
    recognised: Callable[["Subject"], str] = lambda subject: ""
    protocols: Path | None = None
    instance: str = ""
    #: Alternative protocols of members: one of them is enough for the member.
    otherwise: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    #: The values of `--data`.
    data_help: str = "The data to judge with."
    #: The data for a value of `--data`. Raises NotJudged.
    data: Callable[[str], Dataset] = _no_data
    #: The data for a value of `--data` as files of an export: names there to contents.
    carried: Callable[[str], tuple[str, dict[str, bytes]]] = lambda name: (name, {})
    #: The tag of clauses that need more than the bundled data, and the reason for which they are skipped without it.
    full_tag: str = "full-data"
    not_full: str = ""
    commands: Mapping[str, Command] = field(default_factory=dict)
    #: From the kata's own table of the configuration: the message about a wrong key or value; empty if there is none.
    undeclared: Callable[[Mapping[str, object]], str] = lambda table: ""

    @property
    def has_data(self) -> bool:
        """Whether it judges with data: a verdict of a kata without any names none."""
        return self.data is not _no_data
