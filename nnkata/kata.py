"""The door between the kit and its katas: all that the kit needs to know of a contract.

A kata is a package with a `KATA`. One that comes with the kit is `nnkata.katas.NAME`; any other package offers its own
under the entry point group `nnkata.katas`. The kit asks `current()` and never imports a kata.
"""

import contextlib
import difflib
import importlib
import importlib.util
import pkgutil
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from nnkata.errors import UsageError
from nnkata.language import LANGUAGES, _
from nnkata.language import current as language
from nnkata.misconceptions import Catalogue

if TYPE_CHECKING:  # each command asks for the kata, and NumPy takes 70 ms
    import numpy as np

    from nnkata.diagnosis import Diagnose
    from nnkata.seen import Place
    from nnkata.subject.face import Subject

DEFAULT = "article"
PACKAGE = "nnkata.katas"
#: The entry point group under which a package offers a kata of its own.
GROUP = "nnkata.katas"


class World(Protocol):
    """The world of one clause's steps; the rest of it is between a kata and its steps."""

    @property
    def measured(self) -> dict[str, float]:
        """Figures for the verdict, whether the clause passes or not."""


class Dataset(Protocol):
    """Data that clauses are judged with; the rest of it is between a kata and its steps."""

    @property
    def full(self) -> bool:
        """Whether clauses tagged `Kata.full_tag` can be judged with it."""


@dataclass(frozen=True)
class Command:
    """A command of a kata's own: the line that `nnkata --help` shows, and the module whose `command` it is."""

    text: str
    module: str


@dataclass(frozen=True)
class Names:
    """The names that a kata asks for. `told` is what `nnkata.worker.offers` says, and comes from the submission's side.

    `request` are the arguments of `offers`. `unfit` says why the clauses of some stages cannot be judged, because what
    is missing is there under other names; empty where they can. `absent` are the names that are missing, with what is
    said where a clause calls them. Both raise msgspec.ValidationError where `told` is nothing of the kind. `shown`
    gives a `told` of a worker in another language that does not answer `offers`.
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
    """A contract, and what belongs to it. What is expensive to import stands behind a function.

    `stages` are in the order in which a learner meets them; each has a file `STAGE.feature` in the folder `features`,
    and once more in `features/LANGUAGE`. `class_name` is the class that a submission has, and `entry` the file that is
    judged in a folder; without a class ("") the module's functions count. `steps` are modules with steps. `world`
    makes what the steps of a clause work on, from the subject, what is known of its source and data, the seed and the
    clause. `protocols` is a module of its own that mypy checks a submission against (`nnkata.runner.members`): what its
    class makes against the protocol named `instance`,
    the class itself against one of `classes`, each of `functions` against the protocol of that name, capitalised.
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
    catalogue: Callable[[], Catalogue] = Catalogue
    #: Reads mistakes from what the submission computes; without it, a failed clause is repeated on the wrong modules of
    #: the catalogue.
    diagnose: "Diagnose | None" = None
    explanations: Path | None = None
    #: Parts of the text that the kata comes from, by the names that `Misconception.read` has.
    readings: Mapping[str, str] = field(default_factory=dict)
    #: How one of them is named to a reader.
    reading: str = "{part}"
    #: Stages that take long and ask the submission alone: where a core is free, they are judged beside the others.
    long_stages: tuple[str, ...] = ()
    #: A stage that is judged only when another has passed, unless it is asked for: it would take long and say little.
    waits: Mapping[str, str] = field(default_factory=dict)
    #: The text for a pass of everything, with commands to go on with, which know {name}.
    built: str = ""
    after: tuple[str, ...] = ()
    #: Within it, wrong modules draw their random numbers from this generator.
    drawing_from: Callable[["np.random.Generator"], AbstractContextManager[None]] = _no_draws
    #: From the subject, the seed, the source and what failed clauses raised: where in the source that comes from.
    places: Places = _no_places
    protocols: Path | None = None
    instance: str = ""
    #: Protocols of members that people write in another way too: each is enough for the member.
    otherwise: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    #: The values of `--data`.
    data_help: str = "The data to judge with."
    #: The data of a name that `--data` gives. Raises NotJudged.
    data: Callable[[str], Dataset] = _no_data
    #: The data of a name as files that an export takes along: their names there, and their contents.
    carried: Callable[[str], tuple[str, dict[str, bytes]]] = lambda name: (name, {})
    #: The tag of clauses that need more data than comes along, and why one is skipped without.
    full_tag: str = "full-data"
    not_full: str = ""
    commands: Mapping[str, Command] = field(default_factory=dict)


_current: list[Kata] = []


def option() -> str:
    """The option that a command in a message needs for the kata in use: none for the default."""
    name = current().name
    return "" if name == DEFAULT else f" --kata {name}"


def current() -> Kata:
    """The kata that is used now in this process; the article's where none was chosen."""
    if not _current:
        use(DEFAULT)
    return _current[0]


def use(name: str) -> Kata:
    """Use this kata from now on, in this process.

    Raises:
        UsageError: there is none of that name, or it cannot be imported.
    """
    _current[:] = [load(name)]
    return _current[0]


def load(name: str) -> Kata:
    """The kata of that name.

    Raises:
        UsageError: there is none, or it cannot be imported.
    """
    if _current and _current[0].name == name:
        return _current[0]
    if name.isidentifier() and importlib.util.find_spec(f"{PACKAGE}.{name}") is not None:
        found = getattr(importlib.import_module(f"{PACKAGE}.{name}"), "KATA", None)
    else:
        found = _installed(name)
    if not isinstance(found, Kata):
        there = names()
        close = difflib.get_close_matches(name, there, 1)
        text = _("there is no kata {name!a}; there are {names}").format(name=name[:60], names=", ".join(there))
        raise UsageError(text + ("; " + _("did you mean {name}?").format(name=close[0]) if close else ""))
    return found


def _installed(name: str) -> object:
    for entry in entry_points(group=GROUP, name=name):
        try:
            return entry.load()
        except Exception as error:  # whatever a package does while it is imported
            text = _("the kata {name} cannot be imported: {error}")
            raise UsageError(text.format(name=name, error=f"{type(error).__name__}: {error}")) from None
    return None


def names() -> list[str]:
    """The katas that there are: those of the kit, then those of other packages."""
    folder = importlib.import_module(PACKAGE).__path__
    own = [module.name for module in pkgutil.iter_modules(folder) if _is_kata(f"{PACKAGE}.{module.name}")]
    return [*own, *sorted({entry.name for entry in entry_points(group=GROUP)} - set(own))]


def _is_kata(module: str) -> bool:
    return isinstance(getattr(importlib.import_module(module), "KATA", None), Kata)


def skeletons() -> list[Path]:
    """Where the skeleton of the current kata lies, and where it would lie in each language."""
    path = current().skeleton
    return [path, *(path.parent / name.replace("-", "_") / path.name for name in LANGUAGES)]


def skeleton() -> str:
    """The skeleton of the current kata, in the current language where there is one in it."""
    path, *translated = skeletons()
    there = dict(zip(LANGUAGES, translated, strict=True))[language()]
    return (there if there.is_file() else path).read_text(encoding="utf-8")


#: The files of an installed package under `contract/`, and their places in the repository (as in pyproject.toml).
PACKAGED = {
    "features": "features",
    "test_contract.py": "tests/contract/test_contract.py",
    "skeleton.py": "solutions/skeleton.py",
    "zh_CN/skeleton.py": "solutions/zh_CN/skeleton.py",
    "reference.py": "reference/network.py",
    "mlp_skeleton.py": "solutions/mlp_skeleton.py",
    "mlp_reference.py": "reference/mlp.py",
}


def placed(name: str) -> Path:
    """A file or folder of PACKAGED: in an installed package, else in the repository."""
    package = Path(__file__).resolve().parent
    there = package / "contract" / name
    return there if there.exists() else package.parent / PACKAGED[name]
