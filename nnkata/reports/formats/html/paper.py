"""The pages of a batch, as files in its output folder."""

from collections.abc import Mapping, Sequence
from html import escape
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

from nnkata.features.clause import Clause
from nnkata.files import write
from nnkata.grading.gradebook import Summary
from nnkata.language import _
from nnkata.reports.clean import clean
from nnkata.reports.formats.html import write as page
from nnkata.reports.formats.html.classpage import classpage
from nnkata.reports.report import Report
from nnkata.texts import natural
from nnkata.verdict import Verdict

#: A comment of the template, which no submission can forge: its text is escaped there.
PLACE = "<!-- nnkata: neighbours -->"


class Paper:
    """The pages of a batch: one for the class, and with `pages` one per verdict; none without the extra `html`."""

    def __init__(self, output: Path, known: Sequence[Clause], points: Mapping[str, float], pages: bool) -> None:
        """For that output folder; `known` are the clauses and `points` their weights.

        Raises:
            ModuleNotFoundError: `pages` is true and the extra is not installed.
        """
        self._output, self._known, self._points, self._pages = output, known, points, pages
        if pages:
            import_module("jinja2")

    def told(self, name: str, verdict: Verdict) -> None:
        """Write the page of a verdict, also in place of one of an earlier run, which would show an older verdict."""
        path = self._output / "pages" / f"{name}.html"
        if self._pages or path.exists():
            if find_spec("jinja2") is None:
                path.unlink()
                return
            path.parent.mkdir(exist_ok=True)
            write(path, page(Report(verdict, self._known, self._points)).encode())

    def index(self, summary: Summary) -> Path | None:
        """Write the page of the class, with links to pages, or to verdicts of submissions without a page."""
        if find_spec("jinja2") is None:
            return None
        links = {}
        for path in (self._output / "pages").glob("*.html"):
            if path.stem not in summary.rows:
                path.unlink()  # of a student who is no longer in the folder
        names = sorted(summary.rows, key=natural)
        pages = {name: self._output / "pages" / f"{name}.html" for name in names}
        there = [name for name in names if pages[name].exists()]
        for name in names:
            links[name] = f"pages/{name}.html" if pages[name].exists() else f"verdicts/{name}.json"
        for number, name in enumerate(there):
            before = there[number - 1] if number else None
            after = there[number + 1] if number + 1 < len(there) else None
            write(pages[name], neighbours(pages[name].read_text(encoding="utf-8"), before, after).encode())
        path = self._output / "index.html"
        write(path, classpage(summary, self._known, links).encode())
        return path


def neighbours(text: str, before: str | None, after: str | None) -> str:
    """A page with links to the class and to the pages before and after it, if it has a place for them.

    They are added after all are judged, and only here: a student's own page mentions no other student.
    """
    found = [("../index.html", _("back to the class"))]
    found += [(f"{quote(before)}.html", _("previous: {name}").format(name=clean(before)[0]))] if before else []
    found += [(f"{quote(after)}.html", _("next: {name}").format(name=clean(after)[0]))] if after else []
    links = "".join(f'<a href="{href}">{escape(label)}</a>' for href, label in found)
    label = escape(_("Submissions"))
    return text.replace(PLACE, f'<nav class="neighbours" aria-label="{label}">{links}</nav>', 1)
