"""What is right: decided from numbers, never from words alone.

A *name* of the catalogue is true of a mistake if the network that the catalogue has for it does, piece by piece and on
inputs that no clause used, what the submission with this mistake alone does; or if the mistake lists it, because it has
another constant (a decay of 0.9 is a decay). A *line* is right if it is one of those that were changed.
"""

from functools import cache
from typing import Any

from benchmarks.naming import probe
from benchmarks.naming.case import Case
from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.katas.article.misconceptions.right import reseed
from nnkata.verdict import ClauseResult, Verdict

#: The seed of the inputs on which names are compared: none that the contract is run with.
SEED = 90_001


@cache
def of_text(text: str) -> probe.Behaviour:
    """What a file does."""
    return probe.behaviour(probe.module_of(text), SEED)


@cache
def of_name(name: str) -> probe.Behaviour:
    """What the catalogue's network for a mistake does."""
    reseed(SEED)
    return probe.behaviour(CATALOGUE[name].module, SEED)


@cache
def of_right() -> probe.Behaviour:
    """What the right network does."""
    return probe.behaviour(probe.right_module(), SEED)


def named(name: str, case: Case) -> int | None:
    """Which of the case's mistakes (its number) a name is true of; None if of none."""
    for number, truth in enumerate(case.truths):
        text = case.parts[number] if case.parts else case.text
        if name in truth.names or not probe.departed(of_text(text), of_name(name)):
            return number
    return None


def numeric(case: Case) -> bool:
    """Whether the case gives wrong numbers, and raises nowhere."""
    return not probe.raises(of_text(case.text))


def said(clause: ClauseResult) -> str:
    """What a failed clause is told: a name, a formula, how it relates, a hint, or nothing."""
    reading = getattr(clause, "reading", None)
    if clause.misconception:
        return "name"
    if reading:
        return "reading"
    return "hint" if clause.hint else "nothing"


def judged(case: Case, verdict: Verdict) -> dict[str, Any]:
    """A row of the results: what the case was, what was said of it, and what of that is true."""
    failures = verdict.failures
    names = {clause.clause: clause.misconception for clause in failures if clause.misconception}
    true = {name: named(name, case) for name in set(names.values()) if name}
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
        "false": {clause: name for clause, name in names.items() if name and true[name] is None},
        "found": sorted({number for number in true.values() if number is not None}),
        "readings": {c.clause: r for c in failures if (r := getattr(c, "reading", None))},
        "first": said(first) if first else "",
        "said": {kind: sum(said(c) == kind for c in failures) for kind in ("name", "reading", "hint", "nothing")},
        "line": next((line for line in lines.values() if line), None),
        "lines": sorted(wanted),
        "line right": next((line for line in lines.values() if line), None) in wanted,
        "seconds": round(verdict.seconds, 2),
    }


def outcome(row: dict[str, Any]) -> str:
    """How a row counts: `false` if anything false was said of it, else by the best that was said."""
    if row["false"]:
        return "false"
    if not row["red"]:
        return "passes"
    if row["found"]:
        return "right"
    if row["readings"]:
        return "reading"
    return "hint" if row["said"]["hint"] else "silent"
