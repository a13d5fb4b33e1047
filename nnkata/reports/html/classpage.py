"""A gradebook as one page: submissions × clauses, who holds which mistake; sorted and filtered where one reads it."""

from collections.abc import Mapping, Sequence
from urllib.parse import quote

from nnkata.grading.gradebook import ABSENT, Summary
from nnkata.kata import current as kata
from nnkata.language import _, current
from nnkata.reports.clean import clean

#: Pairs that share much, on the page; summary.json has more.
PAIRS = 50


def classpage(summary: Summary, clauses: Sequence[str], links: Mapping[str, str]) -> str:
    """The page; `clauses` in the contract's order, `links` from a submission to its verdict, relative to the page.

    Its content-security policy allows its own style sheet and script and nothing else.

    Raises:
        ModuleNotFoundError: the extra `html` is not installed.
    """
    from nnkata.reports.html.template import render

    rows = [
        {
            "name": clean(row.submission)[0],
            "link": quote(links[row.submission]),
            "passed": row.clauses_passed,
            "judged": row.clauses_judged,
            "points": f"{row.points:g}",
            "first": row.first_failure,
            "mistakes": " ".join(summary.mistakes_of.get(row.submission, ())),
            "statuses": summary.statuses[row.submission],
        }
        for row in sorted(summary.rows.values(), key=lambda row: row.submission.casefold())
    ]
    mistakes = [
        {
            "name": name,
            "text": _(kata().catalogue()[name].mistake) if name in kata().catalogue() else "",
            "count": len(people),
        }
        for name, people in sorted(summary.misconceptions.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    not_judged = [(clean(name)[0], clean(" ".join(why.split()))[0]) for name, why in summary.not_judged.items()]
    absent = [clean(row.submission)[0] for row in summary.lines() if row.status == ABSENT]
    alike = [(clean(p.first)[0], clean(p.second)[0], f"{p.share:.0%}") for p in summary.alike[:PAIRS]]
    clusters = [
        {
            "names": ", ".join(clean(name)[0] for name in cluster.submissions),
            "count": len(cluster.submissions),
            "feedback": clean(cluster.feedback),
        }
        for cluster in summary.clusters
        if len(cluster.submissions) > 1
    ]
    failed = summary.failed()
    failing = sorted(((tag, failed.get(tag, 0)) for tag in clauses), key=lambda pair: -pair[1])
    return render(
        "class.html.j2",
        ["style.css", "class.css"],
        "class.js",
        language=current(),
        rows=rows,
        clauses=list(clauses),
        mistakes=mistakes,
        not_judged=not_judged,
        absent=absent,
        alike=alike,
        clusters=clusters,
        failing=[pair for pair in failing[:10] if pair[1]],
        conform=sum(row.passed for row in summary.rows.values()),
    )
