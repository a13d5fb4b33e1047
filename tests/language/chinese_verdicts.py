"""Verdicts in Chinese of many kinds, made without a run."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import nnkata.language as language
from nnkata.explanations import topics
from nnkata.features.clause import Clause
from nnkata.grading.definitions_only import DEFINITIONS
from nnkata.katas.article import KATA, STAGES
from nnkata.katas.article import READINGS as ARTICLE
from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.reports.report import Report
from nnkata.runner.run import known_clauses
from nnkata.runner.skipped import BY_SKIP, INTERRUPTED, NOT_ASKED
from nnkata.verdict import ClauseResult, Compared, ExampleResult, Status, Verdict, verdict
from tests.support.chinese import english

ENVIRONMENT = {
    "python": "3.11.7",
    "numpy": "2.4",
    "platform": "Linux",
    "isolation": "process",
    "data": "bundled",
    "recognised": "784-10，带偏置",
}


def stated(clause: Clause) -> Clause:
    """The clause as in a Chinese feature, since the reports do not translate the texts of features."""
    steps = ("假如 有一个网络", "当 样本前向传播", "那么 梯度正确")
    parts = [
        replace(part, keyword=text[:2].strip(), text=text[2:].strip())
        for part, text in zip(clause.parsed, steps, strict=False)
    ]
    return replace(clause, name="条款的名称", description="条款的说明。", steps=steps, parsed=tuple(parts))


KNOWN = [stated(clause) for clause in known_clauses()]


ARRAYS = Compared((2, 2), (2, 2), [[1.0, None], [0.0, -2.0]], [[1.0, 2.0], [3.0, 4.0]])


SHAPES = Compared((), (6, 7))


def report(*found: ClauseResult) -> Report:
    """A verdict on these clauses alone, all of one stage."""
    stages = {found[0].clause.rpartition("-")[0]: list(found)}
    code = {"net.py": {2: "x = 1", 3: "x += 1"}}
    return Report(verdict(stages, "1.0", "net.py", 1.5, {**ENVIRONMENT, "seed": "7"}, code=code), KNOWN)


def result(tag: str, status: Status, mistake: str | None = None, **more: Any) -> ClauseResult:
    message = "" if status == "passed" else "梯度\n  实际得到：1"
    return ClauseResult(tag, "条款的名称", status, message, mistake, step="那么 梯度正确", **more)


#: Two rows of an outline, one of which fails.
ROWS = (ExampleResult({"宽度": "2"}, "passed"), ExampleResult({"宽度": "3"}, "failed", "梯度"))


def reports() -> dict[str, Report]:
    """One report of each kind; together they contain every text."""
    mixed = [
        result("backward-1", "failed", "bias-added", compared=SHAPES, reading="δ3", file="net.py", line=3),
        result("backward-2", "failed", "momentum", compared=ARRAYS),
        result("backward-3", "error", "bias-added", reading="δ3"),
        result("backward-4", "timeout"),
        result("backward-5", "skipped"),
        ClauseResult("backward-6", "条款的名称", "failed", "行\n" * 60),
        result("forward-1", "failed", example={"宽度": "3"}, examples=ROWS),
    ]
    measured = {"accuracy": 0.9}
    why = dict(zip(STAGES, "甲乙丙", strict=False))
    left = {stage: [ClauseResult(f"{stage}-1", "条款的名称", "skipped", reason)] for stage, reason in why.items()}
    several = verdict(
        {**left, "backward": [result("backward-1", "failed")]},
        "1.0",
        "net.py",
        1.5,
        ENVIRONMENT | {"seed": "7", DEFINITIONS: "行"},
    )
    plain = [entry for entry in CATALOGUE.values() if not english([language._(entry.formula)])]
    named = {entry.read: entry.name for entry in reversed(plain)}  # the first of each
    unnamed = {topic.read: topic.clauses.split()[0] for topic in topics("en").values() if topic.read not in named}
    assert named.keys() | unnamed.keys() == ARTICLE.keys()
    return {
        "mixed": report(*mixed),
        "right": report(result("mnist-2", "passed", measured=measured)),
        "nothing": report(result("mnist-1", "skipped"), result("mnist-2", "skipped")),
        "parts": report(
            *(result(f"backward-{n}", "failed", name) for n, name in enumerate(named.values(), 1)),
            *(result(clause, "failed") for clause in unnamed.values()),
        ),
        "several": Report(several, KNOWN),
        "many": report(*(result(f"training-{number % 17 + 1}", "failed") for number in range(22))),
    }


def partial() -> Iterator[Verdict]:
    """Verdicts on a part of the contract: the first stage, a part of a stage, the last stage."""
    left = [ClauseResult(f"{stage}-1", "条款的名称", "skipped", language._(NOT_ASKED)) for stage in STAGES]
    passed = [result(f"{stage}-1", "passed") for stage in STAGES]
    two = [passed[0], result(f"{STAGES[0]}-2", "passed")]
    last = STAGES[-1]
    for judged in ({STAGES[0]: [passed[0]]}, {STAGES[0]: two}, {last: [passed[-1], left[-1]]}, {last: [passed[-1]]}):
        stages = {stage: judged.get(stage, [clause]) for stage, clause in zip(STAGES, left, strict=True)}
        yield verdict(stages, "1.0", "net.py", 1.5, {**ENVIRONMENT, "seed": "7"})


def elsewhere() -> Iterator[Verdict]:
    """Verdicts with other isolations, on the reference, interrupted, with --skip, with an exception in a cell."""
    right = {"mnist": [result("mnist-1", "passed")]}
    for isolation in ("sandbox, landlock", "process, another user", "none"):
        yield verdict(right, "1.0", "net.py", 1.5, {**ENVIRONMENT, "isolation": isolation, "seed": "7"})
    yield verdict(right, "1.0", str(KATA.reference), 1.5, {**ENVIRONMENT, "seed": "7"})
    for reason in (INTERRUPTED, BY_SKIP):
        left = ClauseResult("mnist-2", "条款的名称", "skipped", language._(reason))
        yield verdict({"mnist": [*right["mnist"], left]}, "1.0", "net.py", 1.5, {**ENVIRONMENT, "seed": "7"})
    raised = ClauseResult("mnist-1", "条款的名称", "failed", "梯度 (net.ipynb, cell 2, line 3)", step="那么 梯度正确")
    yield verdict({"mnist": [raised]}, "1.0", "net.py", 1.5, {**ENVIRONMENT, "seed": "7"})
