"""A verdict that displays itself: as a page in a notebook, else as the text for a terminal."""

import contextlib
import html
from collections.abc import Iterator
from typing import Any

from nnkata import registry
from nnkata.language import _, current, later, use
from nnkata.notebook.cells import shell
from nnkata.reports.clean import clean
from nnkata.reports.failure import Look
from nnkata.reports.formats.text import render
from nnkata.reports.next_steps import Manner
from nnkata.reports.report import Report, counts
from nnkata.runner.run import known_clauses
from nnkata.verdict import Verdict

#: The height in pixels of a page without a failure, and with a failure and pictures; the user can drag its lower edge.
LOW, HIGH = 320, 560
#: A page follows the system's light or dark theme; JupyterLab and VS Code have themes of their own.
DARK = (
    "<style>@media (prefers-color-scheme: light) { [data-jp-theme-light=false] .nnkata-page, .vscode-dark .nnkata-page"
    " { filter: invert(0.9) hue-rotate(180deg) } }</style>"
)
PRE = '<pre style="white-space: pre-wrap">{text}</pre>'


class Checked(Verdict, frozen=True, dict=True):
    """A verdict with the displays of a notebook and a prompt.

    `repr`, `print` and IPython's text are the report of `nnkata check` in 80 columns, without colour; a notebook shows
    the page (extra `html`), which runs nothing, fetches nothing and contains its styles.
    """

    @property
    def source(self) -> str:
        """The statements of cells that the stages typing and from-scratch read; empty for a file."""
        return str(vars(self).get("source", ""))

    def text(self, every: bool = False) -> str:
        """The report; `every` shows all failures in full instead of the first one."""
        with self._in_its_words():
            return render(self, known_clauses(), Look(every=every), self._manner())

    def __repr__(self) -> str:
        """The report."""
        return self.text(vars(self).get("every", False)).rstrip("\n")

    def __str__(self) -> str:
        """The report."""
        return repr(self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """The display where IPython shows text."""
        printer.text(repr(self))

    def _repr_html_(self) -> str:
        """The display in a notebook; the text, if the extra `html` is not installed."""
        right, judged, _skipped = counts(self)
        try:
            with self._in_its_words():
                page = _page(self)
                title = _("nnkata: {right} of {judged} clauses").format(right=right, judged=judged)
        except ModuleNotFoundError:
            return PRE.format(text=html.escape(repr(self)))
        height = HIGH if self.failures else LOW
        style = f"width: 100%; height: {height}px; border: 1px solid #8888; resize: vertical; overflow: auto"
        return (
            f'{DARK}<iframe class="nnkata-page" title="{html.escape(title)}" sandbox style="{style}" '
            f'srcdoc="{html.escape(page)}">'
            f"{html.escape(repr(self))}</iframe>"
        )

    @contextlib.contextmanager
    def _in_its_words(self) -> Iterator[None]:
        before = current(), registry.current().name
        use(vars(self).get("language", before[0]))
        registry.use(self.kata)
        try:
            yield
        finally:
            use(before[0])
            registry.use(before[1])

    def _manner(self) -> Manner:
        call, known = vars(self).get("call", clean(repr(self.implementation))[0]), shell() is not None

        def named(verdict: Verdict) -> str:
            return f', kata="{verdict.kata}"' if verdict.kata != registry.DEFAULT else ""

        def again(verdict: Verdict, clause: str) -> str:
            return f'nnkata.check({call}, clauses=["{clause}"], seed={verdict.environment["seed"]}{named(verdict)})'

        def further(verdict: Verdict, stage: str) -> str:
            return f'nnkata.check({call}, upto="{stage}"{named(verdict)})'

        others = later(" every=True shows {count} more.")
        more = later("Why:    {explain}  (a hint: the same with --hint)")
        return Manner(again, "!nnkata explain" if known else "nnkata explain", more, others, further)


def shown(found: Verdict, call: str, every: bool = False, source: str = "") -> Checked:
    """The verdict, which displays itself; `call` is the Python name of the implementation."""
    fields = {name: getattr(found, name) for name in found.__struct_fields__}
    made = Checked(**fields)
    vars(made).update(call=clean(call)[0], every=every, source=source, language=current())
    return made


def _page(verdict: Verdict) -> str:
    from nnkata.reports.formats.html import write

    return write(Report(verdict, known_clauses()), embedded=True)
