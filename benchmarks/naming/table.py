"""The rows as single lines, as tables, and as the generated part of docs/diagnosis.md."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.naming.rows import outcome

Row = dict[str, Any]
SETS = {
    "a": "one-token edits",
    "b": "single mistakes outside the catalogue",
    "c": "pairs of mistakes",
    "d": "the catalogue in four styles",
    "e": "right networks",
}
OUTCOMES = ("right", "false", "unverified", "relation", "hint", "silent", "passes")
BEGIN, END = "<!-- naming: begin -->", "<!-- naming: end -->"
TOP, BELOW = "<!-- summary: begin -->", "<!-- summary: end -->"


def line(row: Row) -> str:
    """The outcome of one case, in a line."""
    if row.get("late"):
        return f"{row['case']}: NO VERDICT, {row['late']}"
    text = f"{row['case']}: {outcome(row)}, {row['red']} red, said {row['said']}, names {row['names']}"
    if row["false"]:
        text += f", FALSE {sorted(set(row['false'].values()))}"
    if row["read wrongly"]:
        text += ", READ WRONGLY"
    if row["readings"]:
        text += f", reads {next(iter(row['readings'].values()))!r}"
    return text + f", line {row['line']} of {row['lines']}"


def tables(rows: Sequence[Row]) -> str:
    """All tables, in Markdown."""
    good = [row for row in rows if not row.get("late")]
    lost = [f"- {row['case']}: {row['late']}" for row in rows if row.get("late")]
    missing = "Without a verdict:\n\n" + "\n".join(lost) if lost else ""
    parts = [missing, _outcomes("set", SETS, good), _pairs(good), _stages(good), _lines(good), _clauses(good)]
    return "\n\n".join(part for part in parts if part)


def _table(head: Sequence[str], body: Sequence[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(map(str, cells)) + " |" for cells in body)])


def _outcomes(key: str, names: dict[str, str], rows: Sequence[Row]) -> str:
    body = []
    for name, words in names.items():
        for numeric, kind in ((True, "numbers"), (False, "exceptions")):
            some = [row for row in rows if row[key] == name and row["numeric"] is numeric]
            if some:
                counts = Counter(map(outcome, some))
                body.append([f"{name}: {words}, {kind}", len(some), *(counts[o] for o in OUTCOMES)])
    return _table(["set", "cases", *OUTCOMES], body)


def _pairs(rows: Sequence[Row]) -> str:
    some = [row for row in rows if row["set"] == "c"]
    counts = Counter(len(row["found"]) for row in some)
    return _table(["pairs", "cases"], [[f"{n} of 2 parts named", counts[n]] for n in (2, 1, 0)]) if some else ""


def _stages(rows: Sequence[Row]) -> str:
    some = [row for row in rows if row["stage"]]
    body = []
    for stage in dict.fromkeys(row["stage"] for row in some):
        here = [row for row in some if row["stage"] == stage]
        counts = Counter(map(outcome, here))
        body.append([stage, len(here), *(counts[o] for o in OUTCOMES)])
    return _table(["first red stage", "cases", *OUTCOMES], body) if body else ""


def _lines(rows: Sequence[Row]) -> str:
    body = []
    for name, words in SETS.items():
        some = [row for row in rows if row["set"] == name and row["red"] and row["lines"]]
        if some:
            told = [row for row in some if row["line"]]
            body.append([f"{name}: {words}", len(some), sum(r["line right"] for r in told), len(told)])
    return _table(["line", "cases", "right", "told"], body) if body else ""


def _clauses(rows: Sequence[Row]) -> str:
    """The explanations of failed clauses, counted over all sets."""
    said = Counter[str]()
    for row in rows:
        said.update(row["said"])
    body = [[sum(said.values()), *(said[kind] for kind in ("name", "reading", "hint", "nothing"))]]
    return _table(["failed clauses", "a name", "a reading or a relation", "a hint alone", "nothing"], body)


def summary(rows: Sequence[Row]) -> str:
    """The figures of a run for the top of the page, as an item of a list."""
    good = [row for row in rows if not row.get("late")]
    false = sum(outcome(row) == "false" for row in good)
    numbers = [row for row in good if row["numeric"] and row["set"] != "e"]
    pointed = [row for row in good if row["red"] and row["lines"]]
    read, lines = sum(outcome(row) == "right" for row in numbers), sum(bool(row["line right"]) for row in pointed)
    return (
        f"- Of {len(rows):,} made submissions with a fresh seed, {false or 'none'} got a false name or formula. Of"
        f" those with a\n  mistake in the numbers, {read} of {len(numbers)} are read rightly; {lines} of {len(pointed)}"
        " lines are right ([the last run](#the-last-run))."
    )


def publish(rows: Sequence[Row], seed: int, made: int, page: Path) -> None:
    """Write the figures between the marks of a page; `made` is the number of cases in the sets."""
    text = page.read_text(encoding="utf-8")
    some = f"{made}" if len(rows) == made else f"{len(rows)} of {made}"
    text = _between(text, TOP, summary(rows), BELOW)
    text = _between(text, BEGIN, f"\nSeed {seed}, {some} cases.\n\n{tables(rows)}\n", END)
    page.write_text(text, encoding="utf-8")


def _between(text: str, begin: str, content: str, end: str) -> str:
    before, _begin, rest = text.partition(begin)
    _old, _end, after = rest.partition(end)
    return f"{before}{begin}\n{content}\n{end}{after}"
