"""A gradebook as one page: submissions × clauses, who holds which mistake; sorted and filtered where one reads it."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from nnkata.grading.gradebook import Summary
from nnkata.language import current
from nnkata.misconceptions import CATALOGUE
from nnkata.reports.clean import clean

HERE = Path(__file__).parent
FINE = ("passed", "skipped")


def classpage(summary: Summary, clauses: Sequence[str], links: Mapping[str, str]) -> str:
    """The page; `clauses` in the contract's order, `links` from a submission to its verdict, relative to the page.

    Its content-security policy allows its own style sheet and script and nothing else.

    Raises:
        ModuleNotFoundError: the extra `html` is not installed.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    style = (HERE / "style.css").read_text(encoding="utf-8") + (HERE / "class.css").read_text(encoding="utf-8")
    script = (HERE / "class.js").read_text(encoding="utf-8")
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
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
        {"name": name, "text": CATALOGUE[name].mistake if name in CATALOGUE else "", "count": len(people)}
        for name, people in sorted(summary.misconceptions.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    outcomes = {tag: summary.clauses.get(tag, {}) for tag in clauses}
    failed = {tag: sum(n for status, n in found.items() if status not in FINE) for tag, found in outcomes.items()}
    failing = sorted(failed.items(), key=lambda pair: -pair[1])
    text = environment.get_template("class.html.j2").render(
        language=current(),
        rows=rows,
        clauses=list(clauses),
        mistakes=mistakes,
        failing=[pair for pair in failing[:10] if pair[1]],
        conform=sum(row.passed for row in summary.rows.values()),
        style=style,
        script=script,
        policy=f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'",
    )
    return text + "\n"


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
