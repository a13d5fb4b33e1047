"""A verdict as one HTML page: it fetches nothing, runs nothing, and escapes everything from a submission."""

from html import escape

from nnkata.language import current
from nnkata.reports.clean import clean
from nnkata.reports.report import Report
from nnkata.reports.unjudged import Unjudged


def write(report: Report, embedded: bool = False) -> str:
    """The page. Its content-security policy allows its own style sheet and nothing else.

    `embedded` is for a small frame: failures come first, skipped stages are left out.

    Raises:
        ModuleNotFoundError: the extra `html` is not installed.
    """
    from nnkata.reports.formats.html import view
    from nnkata.reports.formats.html.template import render

    styles = ["style.css", *(["embedded.css"] if embedded else [])]
    return render("verdict.html.j2", styles, **view.page(report, embedded))


def failed(trouble: Unjudged) -> str:
    """A page with the reason why there is no verdict; made without the extra, which may be the missing part."""
    title = escape(f"{trouble.title} {clean(trouble.implementation, 1)[0]}".strip())
    said = escape("\n".join(trouble.lines))
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    head = f'<!doctype html>\n<html lang="{current()}">\n<head>\n<meta charset="utf-8">\n{policy}\n'
    return f"{head}<title>{title}</title>\n</head>\n<body>\n<h1>{title}</h1>\n<pre>{said}</pre>\n</body>\n</html>\n"
