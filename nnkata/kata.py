"""The door between the kit and its katas: everything that the kit needs to know of a contract.

A kata is a package with a `KATA`. One that comes with the kit is `nnkata.katas.NAME`; any other package offers its own
under the entry point group `nnkata.katas`. The kit asks `current()` and never imports a kata.
"""

import contextlib
import importlib
import importlib.util
import pkgutil
import shlex
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from nnkata.errors import UsageError
from nnkata.language import LANGUAGES, _
from nnkata.language import current as language
from nnkata.misconceptions import Catalogue
from nnkata.near import meant
from nnkata.offered import RETURNED, faults, guarded, told

if TYPE_CHECKING:  # every command loads the kata, and NumPy takes 70 ms
    from importlib.metadata import EntryPoint, EntryPoints

    import numpy as np

    from nnkata.diagnosis import Diagnose
    from nnkata.seen import Place
    from nnkata.subject.face import Subject

DEFAULT = "article"
PACKAGE = "nnkata.katas"
#: The entry point group under which a package offers a kata of its own.
GROUP = "nnkata.katas"


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
    the world of a clause's steps from the subject, the facts (`nnkata.runner.facts`: the data, the source, mypy's
    findings), the seed and the clause. `protocols` is a module of its
    own that mypy checks a submission against (`nnkata.runner.typecheck.members`): an instance of its class against the
    protocol named `instance`, the class itself against one of `classes`, each of `functions` against the protocol of
    that name, capitalised.
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


_current: list[Kata] = []


def option() -> str:
    """The option for the current kata in a printed command: none for the default."""
    return "".join(f" {shlex.quote(word)}" for word in option_words())


def option_words() -> list[str]:
    """The words of that option."""
    name = current().name
    return [] if name == DEFAULT else ["--kata", name]


def current() -> Kata:
    """The kata of this process; the article's if none was chosen."""
    if not _current:
        use(DEFAULT)
    return _current[0]


def use(name: str) -> Kata:
    """Use this kata from now on, in this process.

    Raises:
        UsageError: there is none of that name, or its import fails.
    """
    _current[:] = [load(name)]
    return _current[0]


def load(name: str) -> Kata:
    """The kata of that name.

    Raises:
        UsageError: there is none, or its import fails.
    """
    if _current and _current[0].name == name:
        return _current[0]
    module = f"{PACKAGE}.{name}"
    found = getattr(importlib.import_module(module), "KATA", None) if _in_kit(name) else _installed(name)
    if not isinstance(found, Kata):
        there = names()
        text = _("there is no kata {name!a}; there are {names}").format(name=name[:60], names=", ".join(there))
        offer = _("; a package offers one by an entry point of the group {group}").format(group=GROUP)
        raise UsageError(text + (meant(name, there) or offer))
    return found


def _entries() -> "EntryPoints":
    from importlib.metadata import entry_points  # 8 ms, for a kata of another package and lists of katas

    return entry_points(group=GROUP)


def _installed(name: str) -> object:
    entries = list(_entries().select(name=name))
    if not entries:
        return None
    if len({entry.value for entry in entries}) > 1:
        text = _("several packages offer a kata {name}: {packages}; uninstall all but one")
        packages = ", ".join(f"{entry.dist.name if entry.dist else '?'} ({entry.value})" for entry in entries)
        raise UsageError(text.format(name=name, packages=packages))
    try:
        found = entries[0].load()
    except (Exception, SystemExit) as error:  # a package may raise anything during its import
        text = _("the kata {name} cannot be imported: {error}")
        raise UsageError(text.format(name=name, error=told(error))) from None
    if not isinstance(found, Kata):
        text = _("the entry point {name} names {value}, which is not an nnkata.kata.Kata")
        raise UsageError(text.format(name=name, value=entries[0].value))
    if wrong := next(faults(vars(found), name), ""):
        raise UsageError(_("the kata {name} cannot be used: {fault}").format(name=name, fault=wrong))
    return _safe(found)


def _safe(found: Kata) -> Kata:
    """The kata with parts whose exceptions are told as its own."""
    what = _("the known mistakes of the kata {name} cannot be read").format(name=found.name)
    catalogue = guarded(partial(_whole, found.catalogue, found.readings), what)
    parts: dict[str, Any] = {"catalogue": catalogue}
    if found.has_data:
        parts["data"] = guarded(found.data, _("the data of the kata {name} cannot be read").format(name=found.name))
    for part, kind in {**RETURNED, "names": Names}.items():
        if (own := getattr(found, part)) is not None:
            text = _("{part} of the kata {name} is at fault").format(part=part, name=found.name)
            parts[part] = guarded(own, text, kind)
    return replace(found, **parts)


def _whole(catalogue: Callable[[], Catalogue], readings: Mapping[str, str]) -> Catalogue:
    found = catalogue()
    if not isinstance(found, Catalogue):
        raise TypeError(f"catalogue() returns {found!r}, not a Catalogue")
    for entry in found.values():
        if entry.read not in readings:
            raise ValueError(f"{entry.name} is to be read in {entry.read!r}, which is not among the readings")
        clauses: object = entry.clauses
        if isinstance(clauses, str):
            raise TypeError(f"the clauses of {entry.name} are a text, not a tuple")
    return found


def comes_along() -> bool:
    """Whether the current kata comes with the kit, whose tests check its features."""
    return _in_kit(current().name)


def _in_kit(name: str) -> bool:
    return name.isidentifier() and importlib.util.find_spec(f"{PACKAGE}.{name}") is not None


def offer(found: Kata) -> "EntryPoint | None":
    """The entry point of another package by which a kata came; None for one of the kit."""
    return None if _in_kit(found.name) else next(iter(_entries().select(name=found.name)), None)


def names() -> list[str]:
    """All katas: those of the kit, then those of other packages."""
    folder = importlib.import_module(PACKAGE).__path__
    own = [module.name for module in pkgutil.iter_modules(folder) if _is_kata(f"{PACKAGE}.{module.name}")]
    return [*own, *sorted({entry.name for entry in _entries()} - set(own))]


def others() -> list[Kata]:
    """All katas but the current one; one that cannot be imported is left out."""
    found = []
    for name in names():
        if name != current().name:
            with contextlib.suppress(UsageError):
                found.append(load(name))
    return found


def _is_kata(module: str) -> bool:
    return isinstance(getattr(importlib.import_module(module), "KATA", None), Kata)


def skeletons() -> list[Path]:
    """The place of the current kata's skeleton, and its place in each language."""
    path = current().skeleton
    return [path, *(path.parent / name.replace("-", "_") / path.name for name in LANGUAGES)]


def skeleton() -> str:
    """The skeleton of the current kata, in the current language if that has one."""
    path, *translated = skeletons()
    there = dict(zip(LANGUAGES, translated, strict=True))[language()]
    return (there if there.is_file() else path).read_text(encoding="utf-8")
