"""One submission as bytes, judged in the same way in a local process or on another machine."""

import hashlib
import re
import tempfile
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from nnkata import __version__, registry
from nnkata.grading.definitions_only import judged
from nnkata.kata_package import brought
from nnkata.language import _, for_others, use
from nnkata.places import feature_files
from nnkata.runner.run import known_clauses
from nnkata.runner.settings import BUNDLED, Settings
from nnkata.runner.skipped import left_out
from nnkata.runner.submission.foreign import is_foreign, only_of_framework
from nnkata.subject import NotFound
from nnkata.subject.source.import_advice import CALLS, RUNS, STOPS
from nnkata.subject.source.run_file import of_absent_file
from nnkata.subject.walls.limits import Limits
from nnkata.verdict import ClauseResult, Verdict, encode, verdict
from nnkata.worker.tree import forget

if TYPE_CHECKING:  # a judging process needs nothing that finds submissions
    from nnkata.grading.bundle import Bundle

#: In the environment of a verdict on a submission that could not be judged: the reason.
UNJUDGED = "unjudged"
#: There too: that it looks like a network with an interface of its own.
FOREIGN = "foreign"


class Options(msgspec.Struct, frozen=True):
    """The common options of a batch's submissions; `only` names the clauses, empty for all.

    `full` is whether the data suffice for clauses with the kata's `full_tag`.
    """

    isolation: str
    seed: int
    kata: str = registry.DEFAULT
    data: str = BUNDLED
    full: bool = False
    skip: dict[str, str] = {}
    only: tuple[str, ...] = ()
    limits: Limits = Limits()
    known_failures: dict[str, str] = {}
    declared: dict[str, object] = {}
    language: str = "en"


def options_of(settings: Settings) -> Options:
    """The options from a batch's settings.

    Raises:
        NotJudged: the data cannot be read.
    """
    return Options(
        isolation=settings.isolation,
        seed=settings.seed,
        kata=settings.kata,
        data=settings.data,
        full=settings.data != BUNDLED and registry.load(settings.kata).data(settings.data).full,
        skip=dict(settings.skip),
        only=tuple(sorted(settings.only or ())),
        limits=settings.limits,
        known_failures=dict(settings.known_failures),
        declared=dict(settings.declared),
        language=settings.language,
    )


class Task(msgspec.Struct, frozen=True):
    """A submission and its options; `places` has the cell and line of each line that is from a notebook.

    `absent` is said beside the reason if it cannot be judged: the file that its notebook runs was not handed in.
    """

    name: str
    entry: str
    files: dict[str, bytes]
    options: Options
    places: tuple[tuple[int, int], ...] = ()
    absent: str = ""


def task(name: str, found: "Bundle", options: Options) -> Task:
    """The task of judging a submission."""
    if not found.notebook:
        return Task(name, found.entry, found.files, options)
    absent = of_absent_file(found.notebook.text, found.files)
    return Task(name, found.entry, found.files, options, found.notebook.places, absent)


def contract_hash() -> str:
    """A hash of everything on which verdicts depend beside the submission: the features, the versions, a kata's code.

    The code of the kit's own katas goes with its version.
    """
    chosen = registry.current()
    digest = hashlib.sha256(f"{chosen.name} {chosen.contract} {__version__}".encode())
    for path in (*feature_files(None), *(path for _name, path in brought(chosen))):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def key(found: Task, contract: str) -> str:
    """A key of content, options and contract, without the name: equal for tasks with equal verdicts."""
    content = [found.entry, sorted(found.files.items()), found.options, contract, *filter(None, [found.absent])]
    return hashlib.sha256(msgspec.msgpack.encode(content)).hexdigest()


def laid_out(entry: str, files: Mapping[str, bytes], options: Options, folder: Path) -> Settings:
    """Write a submission's files into a folder; return the settings for judging it there."""
    for name, content in files.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return Settings(
        str(folder / entry),
        start=folder,
        kata=options.kata,
        isolation=options.isolation,
        data=options.data,
        seed=options.seed,
        skip=options.skip,
        only=frozenset(options.only) if options.only else None,
        limits=options.limits,
        known_failures=options.known_failures,
        declared=options.declared,
        language=options.language,
        beside=False,  # a job is a core; even with mypy beside it, two on two cores were 1.6 times as fast as one
    )


_one_at_a_time = threading.Lock()


def judge_task(message: bytes) -> bytes:
    """Judge a task, an encoded `Task`; the verdict as JSON. An unreadable submission gets a verdict of errors."""
    given = msgspec.msgpack.decode(message, type=Task)
    options = given.options
    with _one_at_a_time, for_others(), tempfile.TemporaryDirectory(prefix="nnkata-task-") as folder:
        use(options.language)
        registry.use(options.kata)
        settings = laid_out(given.entry, given.files, options, Path(folder))
        try:
            found = judged(settings, given.files.get(given.entry, b""))
        except NotFound as error:
            why = in_cells(str(error), given.entry, given.places) + given.absent
            source = given.files.get(given.entry, b"").decode("utf-8-sig", errors="replace")
            framework = only_of_framework(given.entry, source)
            foreign = not framework and is_foreign(source)
            if framework:
                why += "\n" + framework
            if foreign:
                why += "\n" + _("a network with an interface of its own: `nnkata adapt` writes the lines that it needs")
            return encode(unjudged(given.name, why, options, foreign))
        finally:
            forget()
    return encode(on_cells(msgspec.structs.replace(found, implementation=given.name), given.entry, given.places))


def in_cells(text: str, entry: str, places: Sequence[tuple[int, int]]) -> str:
    """A message about lines of a converted notebook, changed to its cells."""
    name = PurePosixPath(entry)

    def place(match: "re.Match[str]") -> str:
        line = int(match[1])
        if not 0 < line <= len(places):
            return match[0]
        cell, within = places[line - 1]
        return f"{name.stem}.ipynb, cell {cell}, line {within}"

    def sentence(match: "re.Match[str]") -> str:
        line = int(match[1])
        cell, within = places[line - 1] if 0 < line <= len(places) else (0, line)
        said = match[0].replace(match[1], str(within))
        return _("cell {number}: {why}").format(number=cell, why=said) if cell else said

    if not places:
        return text
    for said in (RUNS, CALLS, STOPS):
        text = re.sub(re.escape(_(said)).replace(re.escape("{line}"), r"(\d+)"), sentence, text)
    text = re.sub(rf"{re.escape(name.name)}(?:, line |:)(\d+)", place, text)
    return text.replace(name.name, f"{name.stem}.ipynb")


def on_cells(found: Verdict, entry: str, places: Sequence[tuple[int, int]]) -> Verdict:
    """A verdict on a converted notebook, with messages about its cells."""
    if not places:
        return found

    file, notebook = PurePosixPath(entry).name, f"{PurePosixPath(entry).stem}.ipynb"

    def said(clause: ClauseResult) -> ClauseResult:
        rows = tuple(msgspec.structs.replace(r, message=in_cells(r.message, entry, places)) for r in clause.examples)
        told = msgspec.structs.replace(clause, message=in_cells(clause.message, entry, places), examples=rows)
        if clause.file != file or clause.line is None or not 0 < clause.line <= len(places):
            return told
        cell, line = places[clause.line - 1]
        return msgspec.structs.replace(told, file=notebook, cell=cell, line=line)

    code = {name: lines for name, lines in found.code.items() if name != file}
    for number, text in found.code.get(file, {}).items():
        for cell, line in places[number - 1 : number]:  # none for the text's end
            code.setdefault(f"{notebook}, cell {cell}", {})[line] = text
    stages = [msgspec.structs.replace(s, clauses=tuple(map(said, s.clauses))) for s in found.stages]
    return msgspec.structs.replace(found, stages=tuple(stages), code=code)


def unjudged(name: str, reason: str, options: Options, foreign: bool = False) -> Verdict:
    """The verdict on a submission that could not be judged: each requested clause is an error with that reason."""
    stages: dict[str, list[ClauseResult]] = {}
    for clause in known_clauses():
        skipped = left_out(clause, options.skip, options.only or None, lambda: options.full)
        result = ClauseResult(clause.tag, clause.name, "skipped" if skipped else "error", skipped or reason)
        stages.setdefault(clause.stage, []).append(result)
    chosen = registry.load(options.kata)
    environment: Mapping[str, str] = {
        UNJUDGED: reason,
        "isolation": options.isolation,
        **({"data": options.data} if chosen.has_data else {}),
        "seed": str(options.seed),
        "nnkata": __version__,
        **({FOREIGN: "yes"} if foreign else {}),
    }
    return verdict(stages, chosen.contract, name, 0.0, dict(environment), options.kata)
