"""The pages of a batch, as files in its output folder."""

from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from nnkata.files import write
from nnkata.gherkin import Clause
from nnkata.grading.gradebook import Summary
from nnkata.reports.html import write as page
from nnkata.reports.html.classpage import classpage
from nnkata.reports.report import Report
from nnkata.verdict import Verdict


class Paper:
    """The pages of a batch: one for the class, and with `pages` one a verdict; none without the extra `html`."""

    def __init__(self, output: Path, known: Sequence[Clause], points: Mapping[str, float], pages: bool) -> None:
        """ModuleNotFoundError where pages are asked for and the extra is not installed."""
        self._output, self._known, self._points, self._pages = output, known, points, pages
        if pages:
            import_module("jinja2")

    def told(self, name: str, verdict: Verdict) -> None:
        """Write the page of a verdict."""
        if self._pages:
            path = self._output / "pages" / f"{name}.html"
            path.parent.mkdir(exist_ok=True)
            write(path, page(Report(verdict, self._known, self._points)).encode())

    def index(self, summary: Summary) -> Path | None:
        """Write the page of the class, with links to pages, or to verdicts where a submission has no page."""
        if find_spec("jinja2") is None:
            return None
        links = {}
        for name in summary.rows:
            there = (self._output / "pages" / f"{name}.html").exists()
            links[name] = f"pages/{name}.html" if there else f"verdicts/{name}.json"
        path = self._output / "index.html"
        write(path, classpage(summary, [clause.tag for clause in self._known], links).encode())
        return path
