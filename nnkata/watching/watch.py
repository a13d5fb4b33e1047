"""The loop: a save begins a check; keys and news of the check change the screen."""

import dataclasses
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import wait
from typing import Any

from nnkata.features.clause import Clause
from nnkata.features.tags import SLOW, TYPES
from nnkata.language import _
from nnkata.reports.clean import clean
from nnkata.reports.failure import Paint
from nnkata.reports.formats.text import screenful
from nnkata.reports.next_steps import next_steps
from nnkata.reports.width import columns, line_width, wrap
from nnkata.runner.judging_process.separate_process import Check, ClauseEnded, Finished, GivenUp
from nnkata.runner.settings import Settings
from nnkata.terminal import draws, lines_of
from nnkata.verdict import Verdict, verdict
from nnkata.watching import screen
from nnkata.watching.files import Saves
from nnkata.watching.keys import key

#: Clauses that the answer to a save does not wait for: they take seconds, or as long as mypy does.
LATER = frozenset([SLOW, TYPES])


class Watch:
    """The present check, its results so far, and the screen.

    A save begins a quick check: all but the clauses of LATER, the last failed stage first and whole, up to the first
    failure. If it fails, the whole is judged in the background, for the other failures and the mistake's name; if it
    passes, the clauses of LATER are.
    """

    def __init__(self, settings: Settings, known: Sequence[Clause], paint: Paint, show: Callable[[str], None]) -> None:
        self._settings, self._known, self._paint, self._show = settings, known, paint, show
        self._check: Check | None = None
        #: The process for the next save.
        self._next: Check | None = None
        self._quick = True
        self._begun = self._took = 0.0
        self._answered = ""
        self._statuses: dict[str, str] = {}
        self._verdict: Verdict | None = None
        self._problem = ""
        self._number = self._hints = 0

    def run(self, saves: Saves, typed: int | None, interrupted: int) -> None:
        """Run until the user types q, the input ends, or the descriptor `interrupted` is readable."""
        try:
            self.begin()
            while True:
                sources: list[Any] = [interrupted, saves.fileno(), *([typed] if typed is not None else [])]
                if self._check is not None:
                    sources.append(self._check.connection)
                ready: list[Any] = wait(sources)
                if interrupted in ready:
                    return
                if saves.fileno() in ready:
                    saves.seen()
                    self.begin()
                elif typed is not None and typed in ready:
                    if not self._press(key(typed)):
                        return
                elif self._check is not None:
                    self._hear(self._check)
        except (EOFError, ConnectionError):  # the signal that ends this process ended the server of the checks first
            if not wait([interrupted], 1.0):
                raise
        finally:
            self._end()
            if self._next is not None:
                self._next.end()

    def begin(self) -> None:
        """Check again; the screen stays until there is something new to show."""
        self._begin(quick=True)
        self._number = self._hints = 0
        self._begun = time.monotonic()

    def _begin(self, quick: bool) -> None:
        asked = [clause for clause in self._known if self._settings.only is None or clause.tag in self._settings.only]
        failed = self._verdict.failures if self._verdict else []
        first = failed[0].clause.rpartition("-")[0] if failed else None
        at_once = {clause.tag for clause in asked if clause.stage == first or not LATER & set(clause.tags)}
        only = {clause.tag for clause in asked}
        if quick:
            only = at_once or only
            self._statuses = {}
        elif not failed:
            only -= at_once or only
        settings = dataclasses.replace(self._settings, only=frozenset(only), first_failure=quick, first_stage=first)
        before, self._check = self._check, self._started(settings, quick) if only else None
        self._quick = quick or not only
        if before is not None:
            before.end()

    def _started(self, settings: Settings, quick: bool) -> Check:
        if quick and self._next is not None:
            check, self._next = self._next, None
            check.go(settings)
            return check
        return Check(settings)

    def _end(self) -> None:
        check, self._check = self._check, None
        if check is not None:
            check.end()

    def _hear(self, check: Check) -> None:
        news = check.news()
        if isinstance(news, ClauseEnded):
            if self._statuses.get(news.clause) not in screen.BAD:
                self._statuses[news.clause] = news.status
            return
        self._end()
        if self._quick:
            self._answered, self._took = time.strftime("%H:%M:%S"), time.monotonic() - self._begun
        if isinstance(news, GivenUp):
            self._problem, self._verdict = news.reason, None
        elif isinstance(news, Finished):
            self._problem = ""
            whole = not self._quick and self._verdict is not None and not self._verdict.failures
            self._verdict = merged(self._verdict, news.verdict) if whole and self._verdict else news.verdict
            told = set(self._statuses)
            self._statuses = {
                c.clause: str(c.status) for c in self._verdict.clauses if c.status != "skipped" or c.clause in told
            }
            if self._quick:
                self._begin(quick=False)
                if self._next is None:
                    self._next = Check(self._settings, ahead=True)
        self._draw()

    def _press(self, pressed: str) -> bool:
        failures = self._verdict.failures if self._verdict else []
        if pressed in ("q", ""):
            return False
        if pressed == "r":
            self.begin()
        elif pressed == "h":
            self._hints += bool(failures)
            self._draw()
        elif pressed in ("n", "\n", "\r") and failures:
            self._number, self._hints = (self._number + 1) % len(failures), 0
            self._draw()
        return True

    def _draw(self) -> None:
        lines, footer = [*self._head(), ""], self._footer()
        if self._verdict is None:
            lines += [line for text in clean(self._problem) for line in wrap(text, line_width())]
        else:
            lines += [*screen.stages(self._known, self._statuses, self._paint), ""]
            closing = screen.close(self._verdict, self._number, self._more(), self._paint)
            if self._verdict.failures:
                room = height() - len(lines) - len(closing) - len(footer) - 1
                shown = screen.failure(self._verdict, self._known, self._number, self._hints, self._paint, room)
                lines += [*shown, ""]
            lines += closing
            steps = [] if self._more() else [*next_steps(self._verdict, "watch"), ""]
            if len(steps) > 1 and len(lines) + len(steps) + len(footer) <= height():
                lines += steps
        self._show("\n".join([*lines, *(self._paint(line, "dim") for line in footer)]) + "\n")

    def _head(self) -> list[str]:
        title = f"nnkata watch {clean(self._settings.implementation)[0]}"
        now = _("{time}, after {seconds:.1f} s").format(time=self._answered, seconds=self._took)
        if columns(f"{title}  {now}") > line_width():
            return [self._paint(title, "bold"), now]
        return [self._paint(title, "bold") + f"  {now}"]

    def _more(self) -> str:
        if self._check is None or self._quick:
            return ""
        failing = bool(self._verdict and self._verdict.failures)
        return _("Looking for the mistake …") if failing else _("Judging the slow clauses …")

    def _footer(self) -> list[str]:
        text = _("Waiting for the next save.  r again · q quit")
        if not sys.stdin.isatty():
            text = _("Waiting for the next save.")
        elif self._verdict is not None and self._verdict.failures:
            text = _("Waiting for the next save.  h a hint · n the next failure · r again · q quit")
        if columns(text) <= line_width():
            return [text]
        return [line for part in text.split("  ") for line in wrap(part, line_width())]


def height() -> int:
    """The rows for the screen: at most a report's, fewer on a lower terminal, whose last one has the cursor."""
    rows = lines_of(sys.stdout.fileno()) if draws(sys.stdout) else None
    return min(screenful(), rows - 1) if rows else screenful()


def merged(first: Verdict, second: Verdict) -> Verdict:
    """One verdict from two about the same implementation, each clause from the one that judged it."""
    stages = {}
    for one, other in zip(first.stages, second.stages, strict=True):
        stages[one.name] = [a if a.status != "skipped" else b for a, b in zip(one.clauses, other.clauses, strict=True)]
    seconds = first.seconds + second.seconds
    return verdict(stages, first.contract, first.implementation, seconds, first.environment, first.kata)
