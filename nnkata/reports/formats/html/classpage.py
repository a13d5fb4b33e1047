"""A gradebook as one page: submissions × clauses, the submissions with each mistake; the reader sorts and filters."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from urllib.parse import quote

from nnkata.features.clause import Clause
from nnkata.grading.gradebook import ABSENT, LETTERS, Summary
from nnkata.language import _, current
from nnkata.registry import current as kata
from nnkata.reports.clean import clean, told
from nnkata.reports.report import OUTCOMES
from nnkata.texts import in_a_line, natural

#: The most pairs of similar submissions on the page; summary.json has more.
PAIRS = 50
#: The key for a failure without a recognised mistake; no mistake has such a name.
UNNAMED = "?"


def classpage(summary: Summary, known: Sequence[Clause], links: Mapping[str, str]) -> str:
    """The page; `known` in the contract's order, `links` from a submission to its verdict, relative to the page.

    Its content-security policy allows its own style sheet and script and nothing else.

    Raises:
        ModuleNotFoundError: the extra `html` is not installed.
    """
    from nnkata.reports.formats.html.template import render

    rows = _rows(summary, links)
    absent = [clean(row.submission)[0] for row in summary.lines() if row.status == ABSENT]
    alike = [(clean(p.first)[0], clean(p.second)[0], f"{p.share:.0%}") for p in summary.alike[:PAIRS]]
    failed = summary.failed()
    failing = sorted(((c.tag, failed.get(c.tag, 0), clean(c.name, 1)[0]) for c in known), key=lambda found: -found[1])
    stages = Counter(clause.stage for clause in known)
    return render(
        "class.html.j2",
        ["style.css", "class.css"],
        "class.js",
        language=current(),
        rows=rows,
        clauses=[clause.tag for clause in known],
        names=[clean(clause.name, 1)[0] for clause in known],
        outcomes=json.dumps({LETTERS[status]: _(text) for status, text in OUTCOMES.items()}),
        stages=list(stages.items()),
        mistakes=_mistakes(summary, rows),
        not_judged=len(summary.not_judged),
        absent=absent,
        doubts=[" ".join(told(doubt)) for doubt in summary.records.doubts] if summary.records else [],
        alike=alike,
        clusters=_clusters(summary),
        failing=[found for found in failing if found[1]],
        conform=sum(row.passed for row in summary.rows.values()),
    )


def _rows(summary: Summary, links: Mapping[str, str]) -> list[dict[str, object]]:
    """A row per submission, in the order of their names."""
    unjudged = summary.not_judged
    return [
        {
            "name": clean(row.submission)[0],
            "link": quote(links[row.submission]),
            "passed": row.clauses_passed,
            "judged": row.clauses_judged,
            "points": f"{row.points:g}",
            "full": f"{row.max_points:g}",
            "first": row.first_failure,
            "mistakes": " ".join(
                summary.mistakes_of.get(row.submission, ()) or ([UNNAMED] if row.first_failure else [])
            ),
            "why": " ".join(line.strip() for line in told(in_a_line(unjudged.get(row.submission, "")))),
            "statuses": summary.statuses[row.submission],
        }
        for row in sorted(summary.rows.values(), key=lambda row: natural(row.submission))
    ]


def _mistakes(summary: Summary, rows: Sequence[Mapping[str, object]]) -> list[dict[str, object]]:
    """The mistakes, those of the most submissions first; failures without a name last."""
    known = kata().catalogue()
    found: list[dict[str, object]] = [
        {
            "name": name,
            "shown": name,
            "text": _(known[name].mistake) if name in known else "",
            "count": len(people),
        }
        for name, people in sorted(summary.misconceptions.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    if unnamed := sum(row["mistakes"] == UNNAMED and not row["why"] for row in rows):
        text = _("something failed, and no named mistake fits; the verdict has the formula, where one was read")
        found.append({"name": UNNAMED, "shown": _("without a name"), "text": text, "count": unnamed})
    return found


def _clusters(summary: Summary) -> list[dict[str, object]]:
    """The groups of submissions with the same feedback."""
    return [
        {
            "names": ", ".join(clean(name)[0] for name in cluster.submissions),
            "count": len(cluster.submissions),
            "feedback": clean(cluster.feedback),
        }
        for cluster in summary.clusters
        if len(cluster.submissions) > 1
    ]
