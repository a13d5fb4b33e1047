"""The call: implementation and options to a verdict; the check runs in a separate process, which an interrupt ends."""

import importlib
import inspect
import os
from collections.abc import Mapping, Sequence
from functools import partial

from nnkata import registry
from nnkata.errors import NotJudged, UsageError
from nnkata.language import LANGUAGES, _, current, from_locale, named, use
from nnkata.notebook.live import Live, live, live_functions
from nnkata.notebook.shown import Checked, shown
from nnkata.project import kata_of
from nnkata.runner.judging_process.separate_process import Check, Finished, GivenUp
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import BUNDLED, ISOLATIONS, Asked, Settings, configuration, new_seed, settled
from nnkata.suggestions import meant
from nnkata.verdict import Verdict
from nnkata.worker.mending.program import generators_kept


def check(
    what: type[object] | str | os.PathLike[str] | Mapping[str, object] | None = None,
    *,
    upto: str | None = None,
    stages: Sequence[str] = (),
    clauses: Sequence[str] = (),
    skip: Sequence[str] = (),
    seed: int | None = None,
    data: str = BUNDLED,
    isolation: str = "process",
    language: str | None = None,
    kata: str | None = None,
    every: bool = False,
    **functions: object,
) -> Checked:
    """Check an implementation against the contract; the verdict displays itself in a notebook and at a prompt.

    `what` is a class, or a name as on the command line: path/to/file.py, path/to/file.py:Class, package.module:Class, a
    folder with a network.py, or nothing where NNKATA_IMPLEMENTATION or [tool.nnkata] names one. For a kata without a
    class it may be a namespace of functions: `nnkata.check(globals(), kata="mlp")`. `upto` and `stages`, `clauses` and
    `skip`, `seed`, `data`, `isolation`, `language` and `kata` are the options of `nnkata check`; `every` shows all
    failures in full in the text form.

    A fork of this process judges the class with everything that it uses: a check leaves nothing behind here, and an
    interrupt ends it. Arguments by name give the contract's functions beside the class, such as `preprocess`; by
    default they are those of its module (in a notebook: of any cell). Clauses that read a source read its file, or the
    statements of the cells that it rests on; they are skipped, with the reason, where these cannot be read, as at the
    prompt of Python before 3.13. With isolation="none" all happens in this process: a debugger works, and there are no
    time limits. A class is code that you trust; give untrusted code by its file name, with isolation="process" or
    "sandbox".

    Raises:
        NotJudged: there is nothing to judge, or an option or the data are wrong. KeyboardInterrupt: the user
            interrupted it; everything that it started has ended.
    """
    before = current(), registry.current().name
    use(named(language or "") or from_locale())
    try:
        registry.use(kata or kata_of() or registry.DEFAULT)
        _one_of("language", named(language or "") or language, LANGUAGES)
        known = known_clauses()
        at_hand = _live(what, functions, isolation)
        stage_names = registry.current().stages
        asked = Asked(
            lambda: known,
            name=os.fspath(what) if isinstance(what, str | os.PathLike) else None,
            stages=[stage for each in _several(stages) if (stage := _one_of("stages", each, stage_names))],
            upto=_one_of("upto", upto, stage_names),
            clauses=_several(clauses),
            skipped=_several(skip),
            isolation=isolation,
            data=data,
            seed=_seed(seed),
        )
        settings = settled(asked, configuration(), at_hand.network.__name__ if at_hand else None)
        if at_hand is None:
            return shown(_judged(settings, None), repr(settings.implementation), every)
        found = _judged(at_hand.asked(settings, known), at_hand)
        call = at_hand.network.__name__ if registry.current().class_name else "globals()"
        return shown(at_hand.placed(found), call, every, at_hand.text or "")
    except NotJudged as error:
        raise NotJudged(str(error)) from None
    finally:
        use(before[0])
        registry.use(before[1])


def _judged(settings: Settings, at_hand: Live | None) -> Verdict:
    """The verdict of a check in a separate process, or in this one.

    Raises:
        NotJudged: there is none.
    """
    if settings.isolation == "none":
        with generators_kept():
            return judge(settings, prepared=at_hand.prepare(settings) if at_hand else None)
    importlib.import_module("nnkata.runner.judging_process.preloaded")
    started = Check(settings, here=True, make=partial(at_hand.prepare, settings) if at_hand else None)
    try:
        while not isinstance(news := started.news(), Finished | GivenUp):
            pass
    finally:
        started.end()
    if isinstance(news, GivenUp):
        raise NotJudged(news.reason)
    return news.verdict


def _live(what: object, functions: Mapping[str, object], isolation: str) -> Live | None:
    """The given class, or None for a name.

    Raises:
        UsageError: it is neither, or the other arguments do not fit it.
    """
    _one_of("isolation", isolation, ISOLATIONS)
    known = (*registry.current().functions, *(inspect.signature(check).parameters))
    if wrong := next((name for name in functions if name not in registry.current().functions), None):
        text = _("check has no argument {name!a}; its arguments are {known}").format(
            name=wrong[:60], known=", ".join(name for name in known if name not in ("what", "functions"))
        )
        raise UsageError(text + meant(wrong, known))
    of_functions = isinstance(what, Mapping) and not registry.current().class_name
    if (isinstance(what, type) or of_functions) and isolation not in ("none", "process"):
        raise UsageError(_("a class of this process is in no sandbox; name its file: nnkata.check('network.py')"))
    if isinstance(what, type):
        return live(what, functions)
    if isinstance(what, Mapping) and of_functions:
        return live_functions(what)
    if what is not None and not isinstance(what, str | os.PathLike):
        raise UsageError(
            _(
                "check takes a class or the name of a file, not an object of type {kind}; a class goes without brackets"
            ).format(kind=type(what).__name__)
        )
    if given := next((name for name, function in functions.items() if function is not None), None):
        raise UsageError(_("{name} goes with a class; a file has one of its own").format(name=given))
    return None


def _one_of(option: str, value: str | None, known: Sequence[str]) -> str | None:
    if value is not None and value not in known:
        raise UsageError(
            _("{option}: there is no {value!a}; there are {known}").format(
                option=option, value=str(value)[:60], known=", ".join(known)
            )
            + meant(str(value)[:60], known)
        )
    return value


def _several(values: Sequence[str]) -> Sequence[str]:
    """A list of names; a single text counts as one name."""
    return [values] if isinstance(values, str) else list(values)


def _seed(seed: int | None) -> int:
    if seed is None:
        return new_seed()
    if not isinstance(seed, int) or seed < 0:
        raise UsageError(_("seed: a whole number from 0 on, not {seed!a}").format(seed=seed))
    return seed
