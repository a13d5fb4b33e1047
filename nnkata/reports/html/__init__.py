"""A verdict as one page to look at: nothing is fetched, nothing runs, all that comes from a submission is escaped."""

import base64
import hashlib
from pathlib import Path

from nnkata.reports.report import Report

HERE = Path(__file__).parent


def write(report: Report) -> str:
    """The page. Its content-security policy allows its own style sheet and nothing else.

    Raises:
        ModuleNotFoundError: the extra `html` is not installed.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from nnkata.reports.html import view

    style = (HERE / "style.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    page = environment.get_template("verdict.html.j2")
    return (
        page.render(**view.page(report), style=style, policy=f"default-src 'none'; style-src 'sha256-{digest}'") + "\n"
    )
