"""The formats of a verdict, by name: one module each, imported on use.

Each module has `write(report) -> str`. For the case that nothing could be judged, it may have `failed(trouble) -> str`;
without it, the format gets a report with one test, which is an error.
"""

from importlib import import_module
from typing import Any

from nnkata.reports.report import Report
from nnkata.reports.unjudged import Unjudged

#: The formats: the name of a module here, and the endings that its files may have. A file without an ending, or with
#: one of no format, may hold any format.
EXTENSIONS = {
    "text": (".txt", ".log"),
    "json": (".json",),
    "junit": (".xml",),
    "xunit": (".xml",),
    "gradescope": (".json",),
    "exercism": (".json",),
    "prairielearn": (".json",),
    "github": (".txt", ".log"),
    "markdown": (".md", ".markdown"),
    "classroom": (".txt",),
    "tap": (".tap", ".t"),
    "cucumber": (".json",),
    "sarif": (".sarif", ".json"),
    "csv": (".csv",),
    "html": (".html", ".htm"),
    "badge": (".json",),
    "problems": (".txt", ".log"),
}
FORMATS = tuple(EXTENSIONS)
#: The modules that a format needs.
NEEDS = {"html": "jinja2"}


def write(name: str, report: Report) -> str:
    """The report in the format of that name."""
    text: str = _module(name).write(report)
    return text


def failed(name: str, trouble: Unjudged) -> str:
    """That format's message if nothing could be judged: no reader may take it for a pass."""
    module = _module(name)
    text: str = module.failed(trouble) if hasattr(module, "failed") else module.write(trouble.report)
    return text


def _module(name: str) -> Any:
    return import_module(f"nnkata.reports.formats.{name}")
