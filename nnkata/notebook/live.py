"""Prepares a class of this process for judging: the functions beside it, its source, its worker."""

import builtins
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType

import msgspec

from nnkata.features.clause import Clause
from nnkata.features.tags import SOURCE
from nnkata.language import _, later
from nnkata.notebook.cells import cells, place_of
from nnkata.notebook.excerpt import excerpt
from nnkata.registry import current as kata
from nnkata.runner.prepared import Prepared
from nnkata.runner.settings import BUNDLED, Settings
from nnkata.runner.submission.facts import Facts
from nnkata.subject import Implementation, InProcess, Subject
from nnkata.subject.face import Transport
from nnkata.subject.forked import Forked
from nnkata.subject.timeouts import Patient
from nnkata.traces.place import Place
from nnkata.verdict import Verdict
from nnkata.worker.host import Host

#: The name of the file that the gathered statements would be; messages name their cells instead.
FILE = "nnkata_cells.py"
UNREAD = later("its source cannot be read here ({names}): keep it in a file, or in a cell of a notebook")


@dataclass(frozen=True)
class Live:
    """A class and its belongings.

    `functions` are those that the kata asks for beside the class, by name. `text` is the source of a module that would
    define it, None if it lies on disk; `places` has the origins of its lines, `labels` a person's names for the names
    in its code objects. `unread` are names without a source.
    """

    network: type
    functions: Mapping[str, object]
    implementation: Implementation
    text: str | None
    places: tuple[tuple[str, int], ...]
    labels: Mapping[str, tuple[str, int]]
    unread: tuple[str, ...]

    def asked(self, settings: Settings, known: list[Clause]) -> Settings:
        """These settings; clauses that read a source are skipped if there is none, with the reason."""
        if not self.unread:
            return settings
        reason = _(UNREAD).format(names=", ".join(self.unread)[:100])
        unread = {clause.tag: reason for clause in known if SOURCE in clause.tags}
        return replace(settings, skip={**unread, **settings.skip})

    def placed(self, found: Verdict) -> Verdict:
        """The verdict with cells and their lines in place of lines of the gathered text."""

        def place(line: str) -> str:
            number = int(line) - 1
            if not 0 <= number < len(self.places):
                return self.network.__module__
            label, line_there = self.places[number]
            return _("{place}, line {line}").format(place=label, line=line_there)

        def said(message: str) -> str:
            if FILE not in message:
                return message
            message = re.sub(rf"{FILE}(?::|, line |\s第\s)(\d+)(?:\s行)?", lambda match: place(match[1]), message)
            return re.sub(r"\bon line (\d+)", lambda match: f"in {place(match[1])}", message)  # mypy's English

        stages = tuple(
            msgspec.structs.replace(
                stage,
                clauses=tuple(
                    msgspec.structs.replace(clause, message=said(clause.message), line=None, file=None)  # of the cell
                    for clause in stage.clauses
                ),
            )
            for stage in found.stages
        )
        return msgspec.structs.replace(found, stages=stages)

    def gathered(self, line: Place) -> Place:
        """The line of the gathered text for a line of a cell, by the cell's name in code objects."""
        label, above = self.labels.get(line.file, ("", 0))
        origin = (label, line.line + above)
        return Place(FILE, self.places.index(origin) + 1) if origin in self.places else line

    def by_cell(self) -> dict[str, str]:
        """The gathered text by the label of each cell: the cell's lines at their numbers, those of others below."""
        lines = list(zip(self.places, (self.text or "").split("\n"), strict=False))  # renamed functions have no place
        found = {}
        for wanted in {label for label, _line in self.places}:
            own = {line: text for (label, line), text in lines if label == wanted}
            others = [text for (label, _line), text in lines if label != wanted]
            found[wanted] = "\n".join([*(own.get(line, "") for line in range(1, max(own) + 1)), *others])
        return found

    def prepare(self, settings: Settings) -> Prepared:
        """Launch its worker: a fork of this process, or nothing if `settings.isolation` is none."""
        module = ModuleType(self.network.__module__)
        class_name = kata().class_name
        if class_name:
            setattr(module, class_name, self.network)
        for name, function in self.functions.items():
            setattr(module, name, function)
        host = Host()
        host.adopt_running(module, class_name, self.labels)
        facts = Facts(settings, None if self.unread else self.implementation, self.text, self.by_cell())
        if settings.data != BUNDLED:
            _loaded = facts.dataset
        if settings.isolation == "none":
            transport: Transport = InProcess(host)
        else:
            forked = Forked(self.implementation, host, settings.limits, self.gathered)
            forked.launch()
            transport = Patient(forked)
        return Prepared(settings, Subject(transport), facts, transport, implementation=self.implementation)


def live_functions(namespace: Mapping[str, object]) -> Live:
    """The functions of a notebook, for a kata without a class. Clauses that read a source are skipped."""
    functions = {name: value for name, value in namespace.items() if callable(value) and not name.startswith("_")}
    here = Path.cwd()
    network = type("notebook", (), {"__module__": "__main__"})
    labels = {cell.name: (cell.label, cell.above) for cell in cells(*functions.values()) if cell.name}
    implementation = Implementation(network.__name__, here / FILE, here, "", "")
    return Live(network, functions, implementation, None, (), labels, tuple(functions))


def live(network: type, given: Mapping[str, object] | None = None) -> Live:
    """A class with the given functions, else those of its module."""
    module = sys.modules.get(network.__module__)
    namespace = vars(module) if module else {}
    there = {**namespace, **{name: function for name, function in (given or {}).items() if function is not None}}
    functions = {name: there[name] for name in kata().functions if there.get(name) is not None}
    file = Path(str(getattr(module, "__file__", None) or ""))
    if network.__module__ != "__main__" and file.suffix == ".py" and file.is_file():
        return _of_file(network, functions, namespace, file.absolute())
    return _of_cells(network, functions, namespace)


def _of_file(network: type, functions: Mapping[str, object], namespace: Mapping[str, object], file: Path) -> Live:
    parts = network.__module__.split(".")
    root = file.parents[len(parts) - 1 + (file.name == "__init__.py")]
    implementation = Implementation(network.__name__, file, root, network.__module__, network.__name__)
    named = {**functions, network.__name__: network}
    other = [name for name, value in named.items() if not _same(value, namespace.get(name))]
    place = place_of(network)
    labels = {place[0]: (file.name, 0)} if place else {}
    return Live(network, functions, implementation, None, (), labels, tuple(other))


def _same(one: object, other: object) -> bool:
    """Whether both are one object, or a class and its equal: `%autoreload` makes the old class equal to the new one."""
    if not isinstance(one, type) or not isinstance(other, type) or one.__qualname__ != other.__qualname__:
        return one is other
    codes, others = (
        {name: getattr(getattr(member, "__func__", member), "__code__", None) for name, member in vars(each).items()}
        for each in (one, other)
    )
    return codes == others


def _of_cells(network: type, functions: Mapping[str, object], namespace: Mapping[str, object]) -> Live:
    name = network.__name__
    typed = cells(network, *functions.values())
    called = {wanted: _name_of(wanted, function, namespace) for wanted, function in functions.items()}
    values = {**namespace, name: network, **{called[wanted]: function for wanted, function in functions.items()}}
    found = excerpt(
        typed,
        [name, *called.values()],
        lambda each: each in values and not hasattr(builtins, each),
        lambda each: place_of(values.get(each)),
    )
    renamed = [f"{wanted} = {there}\n" for wanted, there in called.items() if wanted != there]
    here = Path.cwd()
    implementation = Implementation(name, here / FILE, here, "", name)
    labels = {cell.name: (cell.label, cell.above) for cell in typed if cell.name}
    text = found.text + "".join(renamed)
    return Live(network, functions, implementation, text, found.places, labels, found.missing)


def _name_of(wanted: str, function: object, namespace: Mapping[str, object]) -> str:
    """The name of a function: the kata's, if it exists."""
    if namespace.get(wanted) is function:
        return wanted
    names = (name for name, value in namespace.items() if value is function)
    return next(names, str(getattr(function, "__name__", wanted)))
