"""Finds the small edits of a submission's code that make its values right: one of their lines is at fault.

The edits are made to the code of live functions, one at a time, and undone; no file changes. It runs after a clause
failed, within a limit of processor time. Its record comes from the untrusted side: it helps to find a line and proves
nothing. Standard library and NumPy only.
"""

import contextlib
import io
import itertools
import signal
import time
import types
import warnings
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np

from nnkata.worker.garbage import uncollected
from nnkata.worker.mending.constants import Table
from nnkata.worker.mending.defaults import Default, defaults
from nnkata.worker.mending.order import Line, ordered
from nnkata.worker.mending.program import generators_kept
from nnkata.worker.mending.units import Named, Source, Unit, ran

#: A run of edited code may take this multiple of the first run, and this processor time, in seconds.
PATIENCE, SHORTEST = 20.0, 0.02
#: The alarm is repeated after this processor time, in seconds: Python drops an exception raised in a destructor.
AGAIN = 0.02
#: The processor time of a run of the code as it is, in seconds.
FIRST = 1.0
Act = Callable[[], Generator[object]]


class RunEnded(BaseException):
    """The alarm ended a run of edited code; no `except Exception` of that code catches it."""


def mended(
    act: Act, right: Sequence[tuple[object, float]], place: Named, suspect: Line, fine: tuple[Act, Act], seconds: float
) -> list[list[object]] | None:
    """The edits with which `act` gives the right values, each as [file, line, kind]; None if it does as it is.

    Args:
        act: Calls the submission; the values that come.
        right: The values that are meant, each with its tolerance relative to the largest element; None stands for any,
            and a dict whose one key is `either` for a choice.
        place: Tells a person's name for a file of the submission.
        suspect: The line whose statement is tried first: if one of its edits is right, no other line is tried.
        fine: Two runs. The functions that the second calls beside the first are likely to be right, and edited last;
            those that the first calls, which make a network, are edited after these, unless they define functions.
        seconds: The limit of processor time.

    Nothing is edited if a function that runs may change something outside its process: it would do so for each edit.
    """
    if not hasattr(signal, "setitimer"):
        return []
    found: list[list[object]] = []
    with _quiet():
        start = time.process_time()
        if _right(act, right, FIRST):
            return None
        _run(act)
        limit = max(SHORTEST, PATIENCE * (time.process_time() - start))
        begun, known, lines = (ran(partial(_run, one), place) for one in (*fine, act))
        source = Source.of(place)
        if source.harms(lines):
            return []
        first = {code: one for code, one in lines.items() if code not in known}
        makers = {code for code in lines if code not in first and not first.keys().isdisjoint(_inner(code))}
        first |= {code: lines[code] for code in makers}  # each run makes their functions anew
        last = {code: one for code, one in lines.items() if code not in first and (code not in begun or _defines(code))}
        rest = {code: one for code, one in lines.items() if code not in first and code not in last}
        units, ran_ = [*source.units(first)], {*begun, *known, *lines}
        search = itertools.chain(
            ordered([*source.tables(units), *defaults(source.trees, source.words, ran_), *units], place, suspect),
            ordered(source.units(last), place, suspect),
            ordered(source.units(rest), place, suspect),
        )
        ends = time.process_time() + seconds
        hit = False
        for one, edit, own in search:
            if time.process_time() > ends or (hit and not own):
                break
            with one.unit.edited(edit) as made:
                if made and _right(act, right, limit):
                    kind = "passed by" if one.passes_by(edit) else edit.kind
                    found.append([*_line(one.unit, edit.line, place), kind])
                    hit |= own
    return found


def _defines(code: types.CodeType) -> bool:
    """Whether code defines functions."""
    return any(True for _one in _inner(code))


def _inner(code: types.CodeType) -> Iterator[types.CodeType]:
    """The code of the functions that code defines, also of those within them."""
    for const in code.co_consts:
        if isinstance(const, types.CodeType):
            yield const
            yield from _inner(const)


def _run(act: Act) -> None:
    """Run to the end, or to an exception."""
    _right(act, itertools.repeat((None, 0.0)), FIRST)


def _line(unit: Table | Default | Unit, line: int, place: Named) -> Line:
    name, above = place(unit.file) or ("", 0)
    return name, line + above


def _right(act: Act, right: Iterable[tuple[object, float]], limit: float) -> bool:
    """Whether a run gives the right values, without an exception and within this processor time, in seconds."""
    done = False

    def late(*_args: object) -> None:
        if not done:
            raise RunEnded

    before = signal.signal(signal.SIGVTALRM, late)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, limit, AGAIN)
        with contextlib.closing(act()) as values:
            return all(_alike(value, *one) for value, one in zip(values, right, strict=False))  # `right` may go on
    except (Exception, RunEnded, SystemExit):
        return False
    finally:
        done = True
        signal.setitimer(signal.ITIMER_VIRTUAL, 0.0)
        signal.signal(signal.SIGVTALRM, before)


def _alike(came: object, right: Any, close: float) -> bool:
    """Whether values are alike: arrays of one shape, to a tolerance relative to the largest element."""
    if right is None:
        return True
    if isinstance(right, dict) and right.keys() == {"either"}:
        return any(_alike(came, one, close) for one in right["either"])
    if isinstance(right, dict):
        return isinstance(came, dict) and all(
            key in came and _alike(came[key], one, close) for key, one in right.items()
        )
    if isinstance(right, list | tuple):
        if not isinstance(came, list | tuple) or len(came) != len(right):
            return False
        return all(_alike(one, meant, close) for one, meant in zip(came, right, strict=True))
    try:
        array, meant = np.asarray(came, dtype=np.float64), np.asarray(right, dtype=np.float64)
    except (TypeError, ValueError):
        return isinstance(came, str) and came == right
    scale = float(np.max(np.abs(meant), initial=0.0))
    return array.shape == meant.shape and bool(np.all(np.abs(array - meant) <= close * scale))


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    with (
        warnings.catch_warnings(),
        np.errstate(all="ignore"),
        contextlib.redirect_stdout(io.StringIO()),
        uncollected(),
        generators_kept(),
    ):
        warnings.simplefilter("ignore")
        yield
