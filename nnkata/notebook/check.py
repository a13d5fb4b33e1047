"""The call: what to judge and how, to a verdict; the check runs in a process apart, which an interrupt ends."""

import contextlib
import importlib
import os
import random
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from nnkata.cli.options import chosen
from nnkata.gherkin import FeatureError
from nnkata.katas.article.protocol import STAGES
from nnkata.katas.mnist import DataError
from nnkata.language import LANGUAGES, _, current, from_locale, use
from nnkata.notebook.live import Live, live
from nnkata.notebook.shown import Checked, shown
from nnkata.runner.apart import Check, Judged, Unjudged
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import (
    ISOLATIONS,
    Settings,
    UsageError,
    implementation_name,
    known_failures,
    limits,
    module_folder,
    new_seed,
    skips,
)
from nnkata.subject import NotFound
from nnkata.subject.sandbox import NoSandbox
from nnkata.verdict import Verdict


class NotJudged(Exception):
    """There is no verdict; the text says why and what to do."""

    def _render_traceback_(self) -> list[str]:
        """What IPython shows of it: the text alone, as the lines above it are not the user's."""
        return [f"nnkata: {self}"]


def check(
    what: type[Any] | str | os.PathLike[str] | None = None,
    *,
    upto: str | None = None,
    stages: Sequence[str] = (),
    clauses: Sequence[str] = (),
    skip: Sequence[str] = (),
    seed: int | None = None,
    data: str = "bundled",
    isolation: str = "process",
    language: str | None = None,
    preprocess: Any = None,
    every: bool = False,
) -> Checked:
    """Hold an implementation against the contract; the verdict shows itself in a notebook and at a prompt.

    `what` is a class, or a name as on the command line: path/to/file.py, path/to/file.py:Class, package.module:Class, a
    folder with a network.py, or nothing where NNKATA_IMPLEMENTATION or [tool.nnkata] names one. `upto` and `stages`,
    `clauses` and `skip`, `seed`, `data`, `isolation` and `language` are the options of `nnkata check`; `every` shows
    all failures in full where text is shown.

    A class is judged as it is in this process, with everything that it uses, by a fork of it: nothing that a check does
    is left behind here, and an interrupt ends it. `preprocess` is the function of its module (of a notebook: of any
    cell), if none is given. The stages typing and from-scratch read its file, or the statements of the cells that it
    rests on; they are skipped, with the reason, where these cannot be read, as at the prompt of Python before 3.13.
    With isolation="none" all happens in this very process: a debugger works, and no time limit is kept. A class is no
    stranger: what nobody trusts is named, and judged with isolation="process" or "sandbox".

    Raises:
        NotJudged: there is nothing to judge, or an option or the data are not what they should be.
        KeyboardInterrupt: it was interrupted; all that it had started has ended.
    """
    before = current()
    use(language if language in LANGUAGES else from_locale())
    try:
        _one_of("language", language, LANGUAGES)
        known = known_clauses()
        tags = [clause.tag for clause in known]
        at_hand = _live(what, preprocess, isolation)
        name = None if what is None or isinstance(what, type) else os.fspath(what)
        settings = Settings(
            at_hand.network.__name__ if at_hand else implementation_name(name),
            isolation=isolation,
            data=data,
            skip=skips(_several(skip), tags),
            only=chosen(
                known,
                [stage for each in _several(stages) if (stage := _one_of("stages", each, STAGES))],
                _one_of("upto", upto, STAGES),
                _several(clauses),
            ),
            seed=_seed(seed),
            limits=limits(),
            known_failures=known_failures(tags),
            start=None if at_hand else module_folder(name),
        )
        if at_hand is None:
            return shown(_judged(settings, None), repr(settings.implementation), every)
        found = _judged(at_hand.asked(settings, known), at_hand)
        return shown(at_hand.placed(found), at_hand.network.__name__, every, at_hand.text or "")
    except (UsageError, NotFound, NoSandbox, DataError, FeatureError) as error:
        raise NotJudged(str(error)) from None
    finally:
        use(before)


def _judged(settings: Settings, at_hand: Live | None) -> Verdict:
    """The verdict of a check in a process apart, or in this one.

    Raises:
        NotJudged: there is none.
    """
    if settings.isolation == "none":
        with _random_state():
            return judge(settings, prepared=at_hand.prepare(settings) if at_hand else None)
    importlib.import_module("nnkata.runner.warm")
    started = Check(settings, here=True, make=partial(at_hand.prepare, settings) if at_hand else None)
    try:
        while not isinstance(news := started.news(), Judged | Unjudged):
            pass
    finally:
        started.end()
    if isinstance(news, Unjudged):
        raise NotJudged(news.reason)
    return news.verdict


@contextlib.contextmanager
def _random_state() -> Iterator[None]:
    """The random numbers of this process go on afterwards as if nothing had been."""
    numpy, python = np.random.get_state(), random.getstate()
    try:
        yield
    finally:
        np.random.set_state(numpy)
        random.setstate(python)


def _live(what: Any, preprocess: Any, isolation: str) -> Live | None:
    """The class that is meant, or None where a name is.

    Raises:
        UsageError: it is neither, or the other arguments do not go with it.
    """
    _one_of("isolation", isolation, ISOLATIONS)
    if isinstance(what, type):
        if isolation == "sandbox":
            raise UsageError(_("a class of this process is in no sandbox; name its file: nnkata.check('network.py')"))
        return live(what, preprocess)
    if what is not None and not isinstance(what, str | os.PathLike):
        raise UsageError(
            _("check takes a class or the name of a file, not a {kind}; a class goes without brackets").format(
                kind=type(what).__name__
            )
        )
    if preprocess is not None:
        raise UsageError(_("preprocess goes with a class; a file has one of its own"))
    return None


def _one_of(option: str, value: str | None, known: Sequence[str]) -> str | None:
    if value is not None and value not in known:
        raise UsageError(
            _("{option}: there is no {value!a}; there are {known}").format(
                option=option, value=str(value)[:60], known=", ".join(known)
            )
        )
    return value


def _several(values: Sequence[str]) -> Sequence[str]:
    """Names; a single one may stand alone."""
    return [values] if isinstance(values, str) else list(values)


def _seed(seed: int | None) -> int:
    if seed is None:
        return new_seed()
    if not isinstance(seed, int) or seed < 0:
        raise UsageError(_("seed: a whole number from 0 on, not {seed!a}").format(seed=seed))
    return seed
