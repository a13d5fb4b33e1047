"""The available katas, those of the kit and those of other packages, and the one that this process uses.

A kata that comes with the kit is the package `nnkata.katas.NAME`; any other package offers its own under the entry
point group `nnkata.katas`. The kit asks `current()` and never imports a kata.
"""

import contextlib
import importlib
import importlib.util
import pkgutil
import shlex
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from nnkata.errors import UsageError
from nnkata.kata import Kata, Names
from nnkata.kata_faults import RETURNED, faults, guarded, told
from nnkata.language import _
from nnkata.misconceptions import Catalogue
from nnkata.suggestions import meant

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint, EntryPoints

DEFAULT = "article"
PACKAGE = "nnkata.katas"
#: The entry point group under which a package offers a kata of its own.
GROUP = "nnkata.katas"

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
    """The kata with parts whose exceptions are reported as its own."""
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
    """The entry point of the package that brought a kata; None for one of the kit."""
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
