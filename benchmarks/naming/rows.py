"""A row of the results for a case: its diagnosis, the truth of each part, and its outcome."""

from typing import Any

from benchmarks.naming import formula, probe
from benchmarks.naming.case import Case
from benchmarks.naming.truth import named, of_text, read, shows
from nnkata.verdict import ClauseResult, Verdict


def numeric(case: Case) -> bool:
    """Whether the case gives wrong numbers, and raises nowhere."""
    return not probe.raises(of_text(case.text))


def said(clause: ClauseResult) -> str:
    """The explanation of a failed clause: a name, a reading (or relation), a hint, or nothing."""
    reading = getattr(clause, "reading", None)
    if clause.misconception:
        return "name"
    if reading:
        return "reading"
    return "hint" if clause.hint else "nothing"


def judged(case: Case, verdict: Verdict) -> dict[str, Any]:
    """A row of the results: the case, its diagnosis, and the truth of each part."""
    failures = verdict.failures
    names = {clause.clause: clause.misconception for clause in failures if clause.misconception}
    true = {name: named(name, case) for name in set(names.values()) if name}
    readings = {c.clause: r for c in failures if (r := getattr(c, "reading", None))}
    read_rightly, read_wrongly = read(list(readings.values()), case)
    lines = {clause.clause: getattr(clause, "line", None) for clause in failures}
    first = failures[0] if failures else None
    wanted = frozenset().union(*(truth.lines for truth in case.truths))
    return {
        "case": case.name,
        "set": case.kind,
        "style": case.style,
        "mistakes": [t.mistake for t in case.truths],
        "quantities": [t.quantity for t in case.truths],
        "numeric": numeric(case),
        "red": len(failures),
        "stage": next((s.name for s in verdict.stages if not s.passed), ""),
        "names": sorted(name for name, number in true.items() if number is not None),
        "false": {c: name for c, name in names.items() if name and true[name] is None and _is_false(name, case)},
        "found": sorted({number for number in true.values() if number is not None} | read_rightly),
        "read wrongly": read_wrongly,
        "readings": readings,
        "first": said(first) if first else "",
        "said": {kind: sum(said(c) == kind for c in failures) for kind in ("name", "reading", "hint", "nothing")},
        "line": next((line for line in lines.values() if line), None),
        "lines": sorted(wanted),
        "line right": next((line for line in lines.values() if line), None) in wanted,
        "seconds": round(verdict.seconds, 2),
    }


def _is_false(name: str, case: Case) -> bool:
    """Whether an untrue name counts as false: it shows in numbers, or the case lists all true names."""
    return shows(name) or case.kind == "d"


def outcome(row: dict[str, Any]) -> str:
    """The outcome of a row: `false` if any statement is false, else its best statement."""
    if row["false"] or row["read wrongly"]:
        return "false"
    if not row["red"]:
        return "passes"
    if row["found"]:
        return "right"
    if any(formula.READING.search(text) for text in row["readings"].values()):
        return "unverified"
    if row["readings"]:
        return "relation"
    return "hint" if row["said"]["hint"] else "silent"
