"""Runs mypy on a submission: in a separate process, on copies of the source, beside the other stages."""

import io
import keyword
import shutil
import sys
import tempfile
import tokenize
from dataclasses import replace
from pathlib import Path

from nnkata.errors import NotJudged
from nnkata.language import _
from nnkata.registry import current as kata
from nnkata.runner.typecheck.annotated_names import Source
from nnkata.runner.typecheck.findings import Finding, read
from nnkata.runner.typecheck.imports import for_mypy
from nnkata.runner.typecheck.keywords import by_name_alone
from nnkata.runner.typecheck.late_methods import attached
from nnkata.runner.typecheck.members import Conformance, Difference
from nnkata.runner.typecheck.number_calls import as_conversions
from nnkata.runner.typecheck.numpy_names import loosened
from nnkata.runner.typecheck.redefined import as_named, continued, overwritten
from nnkata.runner.typecheck.rules import counted
from nnkata.runner.typecheck.servers import Server, idle
from nnkata.runner.typecheck.subscripted_classes import as_annotated
from nnkata.runner.typecheck.type_comments import without_false_types
from nnkata.subject import Implementation
from nnkata.subject.walls.limits import Limits
from nnkata.worker.tree import tree_of

MEMORY_MB = Limits().memory_mb
SHIM = "nnkata_conformance.py"
PROTOCOLS = "nnkata_protocols.py"
#: The most characters of mypy's output; nobody reads more than a thousand lines.
MAX_TEXT = 1 << 20


class TypeCheck:
    """mypy on the submission in a separate process, started early and asked late.

    It sees copies of the submission's own source in an empty folder, our configuration, our stubs of NumPy and nothing
    else, so it reads no ini file and no plugin beside the submission. `memory_mb` limits its address space.
    """

    def __init__(self, implementation: Implementation, texts: dict[str, str], memory_mb: int = MEMORY_MB) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="nnkata-types-")
        texts = {name: text for name, text in texts.items() if tree_of(text) is not None}  # others would end mypy
        self._texts = texts
        self._said: tuple[list[Finding], list[str]] | None = None
        self._lost = ""  # the reason why there was no answer
        folder = Path(self._folder.name)
        source = folder / "source"
        main = implementation.path.relative_to(implementation.root)
        seen, self._renamed = for_mypy(texts, main.as_posix())
        for name, text in seen.items():
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            read_as = continued(overwritten(as_annotated(loosened(as_conversions(text)))))
            target.write_bytes(_encoded(without_false_types(read_as)))
        module = _module(main)
        if not _importable(main):
            module = next(name for name in ("submission", "nnkata_submission") if f"{name}.py" not in texts)
            (source / main).rename(source / f"{module}.py")
            self._renamed[f"{module}.py"] = main.as_posix()
        outside = [
            (module if one.file == main.as_posix() else _module(Path(one.file)), one.function, one.member)
            for one in attached(texts)
            if one.file == main.as_posix() or _importable(Path(one.file))
        ]
        self._members = Conformance(
            kata(), PROTOCOLS.removesuffix(".py"), module, implementation.class_name, outside, by_name_alone(texts)
        )
        protocols = kata().protocols
        if protocols is not None:
            shutil.copyfile(protocols, source / PROTOCOLS)  # a copy, or mypy would read all of nnkata's imports
            (source / SHIM).write_text(self._members.text, encoding="utf-8")
        if "." in module:  # mypy accepts either files or packages
            what = ["-p", module.split(".")[0], *(["-m", SHIM.removesuffix(".py")] if self._members.text else [])]
        else:
            what = sorted(path.name for path in source.glob("*.py"))
        self._server: Server | None = None
        self._request: list[str | int] = [str(source), str(folder), memory_mb, *what]
        self._ask()

    def trouble(self) -> list[str]:
        """The findings for which mypy read no further; empty if it read everything. Waits for mypy.

        Raises:
            NotJudged: mypy gave no answer, for a reason that lies in the machine or in mypy.
        """
        return self._answer()[1]

    def findings(self) -> list[Finding]:
        """mypy's findings about the submission that count (`nnkata.runner.typecheck.rules`)."""
        found = [finding for finding in self._answer()[0] if finding.file not in (SHIM, PROTOCOLS)]
        moved = [replace(f, file=self._renamed.get(f.file, f.file), message=as_named(f.message)) for f in found]
        return counted(moved, self._texts)

    def differences(self) -> list[Difference]:
        """The members that differ from the protocols, except attributes of which mypy sees the first value alone."""
        found = self._members.differences(f for f in self._answer()[0] if f.file == SHIM)
        late = {name for text in self._texts.values() for name in Source(text).late} if found else set()
        return [difference for difference in found if difference.member not in late]

    def close(self) -> None:
        """End mypy if it still runs, and remove the copies."""
        self._end()
        self._folder.cleanup()

    def _ask(self) -> None:
        self._server = idle.pop() if idle else Server()
        self._server.ask(self._request)

    def _answer(self) -> tuple[list[Finding], list[str]]:
        """mypy's findings, and those for which it read no further; asks once more if its process was killed."""
        while self._said is None:
            if self._server is None:
                raise NotJudged(self._lost)
            try:
                self._said = self._read()
            except OSError as error:
                if not self._lost and not isinstance(error, TimeoutError):
                    self._ask()
                self._lost = str(error)
        return self._said

    def _read(self) -> tuple[list[Finding], list[str]]:
        """The answer to a question.

        Raises:
            OSError: there is none.
        """
        assert self._server is not None
        try:
            status = self._server.answer()
        except OSError:
            self._end()
            raise
        idle.append(self._server)
        self._server = None
        findings, other = read(_output(Path(self._folder.name, "output")))
        if status in (0, 1):
            return findings, []
        ended = _("mypy ended with status {status}").format(status=status)
        if not findings:
            raise ChildProcessError("\n".join([*other[-1:], ended]))
        return findings, [*map(str, findings), *other, ended]

    def _end(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.end()


def _output(file: Path) -> str:
    """mypy's output, shortened; empty if mypy could not begin."""
    if not file.exists():
        return ""
    with file.open(encoding="utf-8", errors="replace") as output:
        return output.read(MAX_TEXT)


def _module(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")  # mypy knows a package by its folder


def _importable(path: Path) -> bool:
    """Whether an import of its name gives this file: people use any file name that their system allows."""
    parts = path.with_suffix("").parts
    named = all(part.isascii() and part.isidentifier() and not keyword.iskeyword(part) for part in parts)
    taken = sys.stdlib_module_names | {"numpy", "__init__", Path(SHIM).stem, Path(PROTOCOLS).stem}
    return path.suffix == ".py" and named and parts[0] not in taken


def _encoded(text: str) -> bytes:
    """A source text as bytes, in the encoding of its coding line."""
    encoding, _lines = tokenize.detect_encoding(io.BytesIO(text.encode()).readline)
    return text.encode(encoding)
