"""The forms that a verdict can be written in, by name; a module each, imported when it is asked for.

Each module has `write(report) -> str`. For when there is no verdict because nothing could be judged, one may have
`failed(trouble) -> str`; any other writes a report with one test, which is an error.
"""

from importlib import import_module
from typing import Any

from nnkata.reports.report import Report
from nnkata.reports.unjudged import Unjudged

#: The forms; each is the name of its module in `nnkata.reports`, and has the endings that its files may have. A file
#: without an ending, or with one that no form has, may be of any form.
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
#: The module without which a form cannot be made.
NEEDS = {"html": "jinja2"}


def write(name: str, report: Report) -> str:
    """The report in the form of that name."""
    text: str = _module(name).write(report)
    return text


def failed(name: str, trouble: Unjudged) -> str:
    """That form's message if nothing could be judged: never one that a reader takes for a pass."""
    module = _module(name)
    text: str = module.failed(trouble) if hasattr(module, "failed") else module.write(trouble.report)
    return text


def _module(name: str) -> Any:
    return import_module(f"nnkata.reports.{name}")
