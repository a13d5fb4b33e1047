"""A verdict as one page to look at: nothing is fetched, nothing runs, all that comes from a submission is escaped."""

from nnkata.reports.report import Report


def write(report: Report, embedded: bool = False) -> str:
    """The page. Its content-security policy allows its own style sheet and nothing else.

    `embedded` is for a small frame: what failed comes first, what was skipped is left out.

    Raises:
        ModuleNotFoundError: the extra `html` is not installed.
    """
    from nnkata.reports.html import view
    from nnkata.reports.html.template import render

    styles = ["style.css", *(["embedded.css"] if embedded else [])]
    return render("verdict.html.j2", styles, **view.page(report, embedded))
