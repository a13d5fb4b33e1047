"""The next steps in a report: the commands that judge a clause again, explain it, or continue."""

import shlex
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from nnkata.language import _, carried, later
from nnkata.registry import DEFAULT, option
from nnkata.registry import current as kata
from nnkata.reports.clean import clean
from nnkata.reports.width import behind, columns, line_width, wrap
from nnkata.runner.settings import BUNDLED
from nnkata.runner.skipped import BY_LAWS, BY_SKIP, INTERRUPTED, NOT_ASKED
from nnkata.verdict import ClauseResult, StageResult, Verdict

#: The most `--skip` that a printed command repeats.
MOST_SKIPS = 3


def command(verdict: Verdict, clause: str) -> str:
    """The command that repeats the judging of a clause: with its seed, on its data, behind its wall."""
    words = [*_check(verdict), "--clause", clause, "--seed", verdict.environment["seed"], *circumstances(verdict)]
    return carried(shlex.join(words))


def _check(verdict: Verdict, program: str = "check") -> list[str]:
    return ["nnkata", program, clean(verdict.implementation)[0]]


def circumstances(verdict: Verdict) -> list[str]:
    """The options of a run that its next commands repeat: data, wall, features and kata, and `--laws`."""
    words = []
    if (data := verdict.environment.get("data", BUNDLED)) != BUNDLED:
        words += ["--data", data]
    wall, _comma, kind = verdict.environment["isolation"].partition(", ")
    if wall != "process":
        words += ["--isolation", kind if kind == "wasm" else wall]  # only there NumPy computes in another way
    if features := verdict.environment.get("features"):
        words += ["--features", features]
    if verdict.kata != DEFAULT:
        words += ["--kata", verdict.kata]
    return [*words, "--laws"] if _has(verdict, BY_LAWS) else words


@dataclass(frozen=True)
class Manner:
    """The wording of the next steps; by default, as commands for a shell.

    `again` makes the command that judges a clause again; `explain` precedes a clause; `more` tells how to read on, from
    the command `explain`; `others` tells how to see the other {count} failures. `further` makes the command that judges
    up to a stage where no shell commands follow a pass, as in a notebook.
    """

    again: Callable[[Verdict, str], str] = command
    explain: str = "nnkata explain"
    more: str = later("Why:    {explain}  (a hint: the check above with --hint)")
    others: str = later(" --all shows {count} more.")
    further: Callable[[Verdict, str], str] | None = None


SHELL = Manner()


def is_partial(verdict: Verdict) -> bool:
    """Whether the run covered a part of the contract only, so that a pass is not a pass of the whole."""
    return _has(verdict, NOT_ASKED) or bool(by_skip(verdict))


def by_skip(verdict: Verdict) -> list[str]:
    """The clauses that `--skip` left out."""
    return [clause.clause for clause in _left_out(verdict, BY_SKIP)]


def is_interrupted(verdict: Verdict) -> bool:
    """Whether the run did not reach some clauses, so that a pass is not a pass of all that the user asked for."""
    return _has(verdict, INTERRUPTED)


def _has(verdict: Verdict, reason: str) -> bool:
    return bool(_left_out(verdict, reason))


def _left_out(verdict: Verdict, reason: str) -> list[ClauseResult]:
    return [clause for clause in verdict.clauses if clause.status == "skipped" and clause.message == _(reason)]


def outcome(verdict: Verdict) -> str:
    """The outcome in words: only a verdict on the whole contract states that it conforms."""
    if not verdict.passed:
        return _("does not conform")
    return _("passes the requested clauses") if is_partial(verdict) else _("conforms")


def _of_kata(line: str) -> str:
    """The option for the kata, if a printed command lacks it."""
    return option() if line.startswith("nnkata ") and "--kata" not in line else ""


def built(name: str) -> list[str]:
    """The text for a network of that name that passes everything, with the commands for it.

    The user has not built the kata's reference: for it, the line tells how to begin.
    """
    if Path(name).absolute() == kata().reference:
        begin = carried(f"nnkata init {kata().entry}{option()}")
        return [_("That is the reference. To write your own:"), f"  {begin}"]
    lines = [carried(line.format(name=shlex.quote(name)) + _of_kata(line)) for line in kata().after]
    return [*wrap(_(kata().built), line_width()), *(f"  {line}" for line in lines)]


def next_steps(verdict: Verdict, program: str = "check") -> list[str]:
    """The lines under a pass: the next stage, the whole contract, or the uses of a finished network.

    `program` is the command that judges: `check`, or `watch`.
    """
    if not verdict.passed or is_interrupted(verdict) or verdict.environment.get("features"):
        return []
    name = clean(verdict.implementation)[0]
    if not is_partial(verdict):
        return ["", *built(name)] if kata().built else []
    check = [*_check(verdict, program), *circumstances(verdict)]
    skips = [word for clause in by_skip(verdict) for word in ("--skip", clause)]
    further = [*check, *(skips if len(skips) <= 2 * MOST_SKIPS else [])]
    last = max(number for number, stage in enumerate(verdict.stages) if stage.judged)
    if any(result.message == _(NOT_ASKED) for result in verdict.stages[last].clauses):
        return behind(
            _("Its stage:"), carried(shlex.join([*further, "--stage", verdict.stages[last].name])), line_width()
        )
    following = _unasked(verdict.stages[last + 1 :])
    if not following:
        return behind(_("The whole contract:"), carried(shlex.join(check)), line_width())
    stage = following[0]
    return _next(
        stage, [carried(f"nnkata explain {stage}{option()}"), carried(shlex.join([*further, "--upto", stage]))]
    )


def next_stage(verdict: Verdict, manner: Manner) -> list[str]:
    """The lines under a pass of the first stages in a notebook: how to read about the next one, and to judge it."""
    judged = [number for number, stage in enumerate(verdict.stages) if stage.judged]
    if not verdict.passed or is_interrupted(verdict) or not judged or manner.further is None:
        return []
    after = _unasked(verdict.stages[judged[-1] + 1 :])
    whole = all(
        clause.status != "skipped" or clause.message != _(NOT_ASKED) for clause in verdict.stages[judged[-1]].clauses
    )
    if not whole or not after:
        return []
    return _next(after[0], [carried(f"{manner.explain} {after[0]}{option()}"), manner.further(verdict, after[0])])


def _unasked(stages: Iterable[StageResult]) -> list[str]:
    """The stages that were not asked for; another one without a result has nothing to judge in this network."""
    return [stage.name for stage in stages if all(clause.message == _(NOT_ASKED) for clause in stage.clauses)]


def _next(stage: str, commands: list[str]) -> list[str]:
    label = _("Next, {stage}:").format(stage=stage)
    indent = columns(label) + 2
    if max(map(columns, commands)) + indent > line_width():
        return [label, *(f"  {command}" for command in commands)]
    return [f"{label}  {commands[0]}", " " * indent + commands[1]]
