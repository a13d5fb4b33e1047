"""The forms that a verdict can be written in, by name; a module each, imported when it is asked for.

Each module has `write(report) -> str`. One that a platform waits for also has `failed(reason) -> str`, for when there
is no verdict because the judging itself failed.
"""

from importlib import import_module
from typing import Any

from nnkata.reports.report import Report

#: The forms; each is the name of its module in `nnkata.reports`.
FORMATS = (
    *("text", "json", "junit", "gradescope", "exercism", "prairielearn", "github", "markdown", "classroom"),
    *("tap", "cucumber", "sarif", "csv", "html", "badge", "problems"),
)


def write(name: str, report: Report) -> str:
    """The report in the form of that name."""
    text: str = _module(name).write(report)
    return text


def failed(name: str, reason: str) -> str | None:
    """What that form says where the judging itself failed; None if it says nothing."""
    say = getattr(_module(name), "failed", None)
    return None if say is None else str(say(reason))


def _module(name: str) -> Any:
    return import_module(f"nnkata.reports.{name}")
