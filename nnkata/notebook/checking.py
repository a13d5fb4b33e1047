"""`nnkata.check`: a class that is at hand, or an implementation by its name, held against the contract."""

import contextlib
import html
import inspect
import random
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from nnkata.cli.options import chosen
from nnkata.gherkin import Clause
from nnkata.language import _, current, from_locale, use
from nnkata.notebook.cells import source_of
from nnkata.reports.report import Report
from nnkata.reports.text import SHELL, plain, render
from nnkata.runner.prepared import Facts, Prepared
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings, known_failures, limits, new_seed, skips
from nnkata.subject import InProcess, Subject, locate
from nnkata.verdict import Verdict
from nnkata.worker.host import Host

#: What is read off the source, and cannot be judged where there is none.
NEEDS_SOURCE = ("typing-1", "typing-2", "typing-3", "from-scratch-1", "from-scratch-3")
FILE = "cells.py"
#: How a clause of a live class is checked again.
AGAIN = "nnkata.check({name}, clauses=['{clause}'], seed={seed})"
#: CSS pixels of the frame that a page is shown in: what is first seen of it, the rest is scrolled to.
HEIGHT = 520


@dataclass(frozen=True)
class Checked:
    """A verdict that shows itself: as the page in a notebook, as the report of the terminal elsewhere.

    `source` is the text that mypy and the checks of imports have read; empty where the implementation is a file.
    """

    verdict: Verdict
    known: Sequence[Clause]
    every: bool = False
    source: str = ""
    again: str = SHELL

    @property
    def passed(self) -> bool:
        """Whether every clause that was judged passed."""
        return self.verdict.passed

    @property
    def score(self) -> float:
        """The share of the judged clauses that passed, 0 to 1."""
        return self.verdict.score

    def __str__(self) -> str:
        """The report of the terminal."""
        return render(self.verdict, self.known, plain, self.every, again=self.again)

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """The page, in a frame that keeps its style and the notebook's apart and that runs nothing."""
        try:
            from nnkata.reports.html import write

            page = write(Report(self.verdict, self.known))
        except ModuleNotFoundError:  # the extra `html` is not installed
            return f"<pre>{html.escape(str(self))}</pre>"
        style = f"width: 100%; height: {HEIGHT}px; border: 1px solid #8888; border-radius: 4px;"
        return f'<iframe sandbox srcdoc="{html.escape(page)}" style="{style}" title="nnkata"></iframe>'


def check(
    implementation: type | str | Path,
    *,
    preprocess: Any = None,
    stages: Sequence[str] = (),
    upto: str | None = None,
    clauses: Sequence[str] = (),
    skip: Collection[str] = (),
    every: bool = False,
    seed: int | None = None,
    data: str = "bundled",
    isolation: str = "process",
    language: str | None = None,
) -> Checked:
    """Hold an implementation against the contract.

    A class is judged as it is in this session, with whatever has been changed in it since it was defined: there is no
    time limit but an interrupt of the kernel. `preprocess` is the function of that name beside it, unless another is
    given. A text is a name as on the command line, and is judged in a worker process (`isolation`). `stages`, `upto`,
    `clauses` and `skip` choose clauses, `every` shows all failures in full, `seed` repeats the random inputs of another
    check.

    Raises:
        UsageError: there is no such stage or clause.
        NotFound: there is nothing to judge under that name.
        DataError: the data cannot be read.
        KeyboardInterrupt: the kernel was interrupted.
    """
    before = current()
    use(language or from_locale())
    try:
        known = known_clauses()
        tags = [clause.tag for clause in known]
        settings = Settings(
            implementation.__name__ if isinstance(implementation, type) else str(implementation),
            isolation="none" if isinstance(implementation, type) else isolation,
            data=data,
            skip=skips(tuple(skip), tags),
            only=chosen(known, tuple(stages), upto, tuple(clauses)),
            seed=new_seed() if seed is None else seed,
            limits=limits(),
            known_failures=known_failures(tags),
        )
        if not isinstance(implementation, type):
            return Checked(judge(settings), known, every)
        with _random_state(), tempfile.TemporaryDirectory(prefix="nnkata-") as folder:
            return _live(implementation, preprocess, settings, known, every, Path(folder))
    finally:
        use(before)


def _live(
    network: type, preprocess: Any, settings: Settings, known: Sequence[Clause], every: bool, folder: Path
) -> Checked:
    home = sys.modules.get(network.__module__)
    module = ModuleType(network.__module__)
    function = preprocess or getattr(home, "preprocess", None)
    if function is not None:
        module.preprocess = function  # type: ignore[attr-defined]
    setattr(module, network.__name__, network)
    host = Host()
    host.adopt(module, network.__name__)
    text = source_of(_cells(), [network.__name__, getattr(function, "__name__", "preprocess")])
    named = network.__name__.isidentifier()  # else no file can define it
    file = inspect.getsourcefile(network) if named and getattr(home, "__file__", None) else None
    if file is None and named and text.strip():
        file = str(folder / FILE)
        Path(file).write_text(text, encoding="utf-8")
    if file is None:
        reason = _("its source is not at hand: it was written at a prompt")
        settings = _skipping(settings, dict.fromkeys(NEEDS_SOURCE, reason))
    facts = Facts(settings, locate(f"{file}:{network.__name__}") if file else None)
    transport = InProcess(host)
    prepared = Prepared(settings, Subject(transport), facts, transport)
    return Checked(judge(settings, prepared=prepared), known, every, text if file else "", AGAIN)


def _skipping(settings: Settings, more: dict[str, str]) -> Settings:
    return replace(settings, skip={**more, **settings.skip})


def _cells() -> list[str]:
    """What has been run in this session so far, as Python; nothing outside IPython."""
    shell = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)()
    return [] if shell is None else [str(cell) for cell in shell.history_manager.input_hist_parsed]


@contextlib.contextmanager
def _random_state() -> Iterator[None]:
    """The session's random numbers go on afterwards as if nothing had been."""
    numpy, python = np.random.get_state(), random.getstate()
    try:
        yield
    finally:
        np.random.set_state(numpy)
        random.setstate(python)
