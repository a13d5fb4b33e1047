"""A verdict as one page to look at: nothing is fetched, nothing runs, all that comes from a submission is escaped."""

from nnkata.reports.report import Report


def write(report: Report) -> str:
    """The page. Its content-security policy allows its own style sheet and nothing else.

    Raises:
        ModuleNotFoundError: the extra `html` is not installed.
    """
    from nnkata.reports.html import view
    from nnkata.reports.html.template import render

    return render("verdict.html.j2", ["style.css"], **view.page(report))
