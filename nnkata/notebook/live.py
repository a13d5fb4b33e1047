"""A class that is at hand, made ready to be judged: its module's `preprocess`, its source, its worker."""

import builtins
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import msgspec

from nnkata.gherkin import Clause
from nnkata.katas.article.protocol import DEFAULT_CLASS
from nnkata.language import _, later
from nnkata.notebook.cells import cells, place_of
from nnkata.notebook.excerpt import excerpt
from nnkata.runner.prepared import Facts, Prepared
from nnkata.runner.settings import Settings
from nnkata.subject import Implementation, InProcess, Isolated, Subject
from nnkata.subject.forked import Forked
from nnkata.verdict import Verdict
from nnkata.worker.host import Host

#: The file that the statements which a class rests on would be; messages name their cells instead.
FILE = "nnkata_cells.py"
#: The stages that read the source.
READING = ("typing", "from-scratch")
UNREAD = later("its source cannot be read here ({names}): keep it in a file, or in a cell of a notebook")


@dataclass(frozen=True)
class Live:
    """A class and what goes with it.

    `text` is the source of a module that would define it, None if it lies on disk; `places` says where its lines
    stand, `labels` how the names of its code objects read. `unread` names what has no source.
    """

    network: type
    preprocess: Any
    implementation: Implementation
    text: str | None
    places: tuple[tuple[str, int], ...]
    labels: Mapping[str, tuple[str, int]]
    unread: tuple[str, ...]

    def asked(self, settings: Settings, known: list[Clause]) -> Settings:
        """These settings; clauses that read a source are skipped where there is none, with the reason."""
        if not self.unread:
            return settings
        reason = _(UNREAD).format(names=", ".join(self.unread)[:100])
        unread = {clause.tag: reason for clause in known if clause.stage in READING}
        return replace(settings, skip={**unread, **settings.skip})

    def placed(self, found: Verdict) -> Verdict:
        """The verdict with cells and their lines where its messages name lines of the gathered text."""

        def place(line: str) -> str:
            number = int(line) - 1
            if not 0 <= number < len(self.places):
                return self.network.__module__
            label, line_there = self.places[number]
            return _("{place}, line {line}").format(place=label, line=line_there)

        def said(message: str) -> str:
            if FILE not in message:
                return message
            message = re.sub(rf"{FILE}:(\d+)", lambda match: place(match[1]), message)
            return re.sub(r"\bon line (\d+)", lambda match: f"in {place(match[1])}", message)  # mypy's English

        stages = tuple(
            msgspec.structs.replace(
                stage,
                clauses=tuple(
                    msgspec.structs.replace(clause, message=said(clause.message)) for clause in stage.clauses
                ),
            )
            for stage in found.stages
        )
        return msgspec.structs.replace(found, stages=stages)

    def prepare(self, settings: Settings) -> Prepared:
        """Launch what it runs in: a fork of this process, or nothing where `settings.isolation` is none."""
        module = ModuleType(self.network.__module__)
        setattr(module, DEFAULT_CLASS, self.network)
        if self.preprocess is not None:
            module.preprocess = self.preprocess  # type: ignore[attr-defined]  # a module's attribute
        host = Host()
        host.adopt(module, DEFAULT_CLASS, self.labels)
        facts = Facts(settings, None if self.unread else self.implementation, self.text)
        if settings.data != "bundled":
            _loaded = facts.dataset
        if settings.isolation == "none":
            transport: InProcess | Isolated = InProcess(host)
        else:
            transport = Forked(self.implementation, host, settings.limits)
            transport.launch()
        return Prepared(settings, Subject(transport), facts, transport)


def live(network: type, preprocess: Any = None) -> Live:
    """A class with the `preprocess` that is given, else its module's; without one, the stage preprocessing fails."""
    module = sys.modules.get(network.__module__)
    namespace = vars(module) if module else {}
    function = namespace.get("preprocess") if preprocess is None else preprocess
    file = Path(str(getattr(module, "__file__", None) or ""))
    if network.__module__ != "__main__" and file.suffix == ".py" and file.is_file():
        return _of_file(network, function, namespace, file.absolute())
    return _of_cells(network, function, namespace)


def _of_file(network: type, preprocess: Any, namespace: Mapping[str, Any], file: Path) -> Live:
    parts = network.__module__.split(".")
    root = file.parents[len(parts) - 1 + (file.name == "__init__.py")]
    implementation = Implementation(network.__name__, file, root, network.__module__, network.__name__)
    named = {"preprocess": preprocess, network.__name__: network}
    other = [name for name, value in named.items() if value is not None and namespace.get(name) is not value]
    place = place_of(network)
    labels = {place[0]: (file.name, 0)} if place else {}
    return Live(network, preprocess, implementation, None, (), labels, tuple(other))


def _of_cells(network: type, preprocess: Any, namespace: Mapping[str, Any]) -> Live:
    name = network.__name__
    typed = cells(network, preprocess)
    values = {**namespace, name: network}
    function = _name_of(preprocess, namespace)
    values |= {function: preprocess} if preprocess is not None else {}
    found = excerpt(
        typed,
        [name, *([function] if preprocess is not None else [])],
        lambda each: each in values and not hasattr(builtins, each),
        lambda each: place_of(values.get(each)),
    )
    text = found.text + (f"preprocess = {function}\n" if function != "preprocess" else "")
    here = Path.cwd()
    implementation = Implementation(name, here / FILE, here, "", name)
    labels = {cell.name: (cell.label, cell.above) for cell in typed if cell.name}
    return Live(network, preprocess, implementation, text, found.places, labels, found.missing)


def _name_of(preprocess: Any, namespace: Mapping[str, Any]) -> str:
    """The name under which a function is found: preprocess, where it is that or nothing."""
    if preprocess is None or namespace.get("preprocess") is preprocess:
        return "preprocess"
    names = (name for name, value in namespace.items() if value is preprocess)
    return next(names, str(getattr(preprocess, "__name__", "preprocess")))
