"""The verdict as text for a terminal: the stages with their counts, then the first failure, on one screen."""

from collections.abc import Sequence

from nnkata.features.clause import Clause, is_clause_tag
from nnkata.language import _, carried
from nnkata.registry import current as kata
from nnkata.registry import option
from nnkata.reports.clean import clean
from nnkata.reports.failure import Look, failed_clause, hints, passes_again
from nnkata.reports.next_steps import SHELL, Manner, by_skip, is_interrupted, is_partial, next_stage, next_steps
from nnkata.reports.report import Report, worded
from nnkata.reports.unjudged import Unjudged
from nnkata.reports.width import WIDTH, columns, line_width, pad, rows, wrap
from nnkata.texts import listed
from nnkata.verdict import RECOGNISED, ClauseResult, StageResult, Verdict

#: The lines of a terminal of the usual size, 80 × 24, without the one for the next command.
SCREEN = 23
#: The least lines of a failure, whatever precedes it.
LEAST = 8
#: The most clauses named that `--skip` left out.
SKIPPED = 6
#: The most reasons of skipped stages above a failure, a line each.
MOST_REASONS = 2
NORMAL = Look()


def write(report: Report) -> str:
    """The whole report without colours, with the first failure, on one screen."""
    return render(report.verdict, report.known)


def failed(trouble: Unjudged) -> str:
    """The reason why there is no verdict."""
    name = f" {clean(trouble.implementation, 1)[0]}" if trouble.implementation else ""
    return "\n".join([_("{title}:").format(title=trouble.title + name), *trouble.lines]) + "\n"


def render(verdict: Verdict, known: Sequence[Clause], look: Look = NORMAL, manner: Manner = SHELL) -> str:
    """The whole report; `look` is the style of failures, `manner` the style of next steps."""
    by_tag = {clause.tag: clause for clause in known}
    failures = verdict.failures
    above = [*_head(verdict), "", *_stages(verdict, look), ""]
    if look.every:
        above += _mistakes(verdict)
    below = ["", *_close(verdict, len(failures), look, manner)]
    lines = above
    for failure in failures if look.every else failures[:1]:
        onward = _onward(failure, by_tag[failure.clause], verdict, manner, look.hints)
        room = screenful() - rows(above, line_width()) - rows(below, line_width()) - rows(onward, line_width()) - 1
        lines += [*failed_clause(failure, by_tag[failure.clause], look, max(room, LEAST)), "", *onward]
        lines += [""] if look.every and failure is not failures[-1] else []
    return "\n".join([*lines, *(below if failures else below[1:])]) + "\n"


def screenful() -> int:
    """The rows that a report may take: a new terminal's; twice as many on a narrower one, to say all."""
    return SCREEN if line_width() == WIDTH else 2 * SCREEN


def _head(verdict: Verdict) -> list[str]:
    results = verdict.clauses
    skipped = sum(result.status == "skipped" for result in results)
    environment = {"mypy": "?", **verdict.environment}  # another program's verdict may lack it
    counts = (_("1 clause") if len(results) == 1 else _("{count} clauses")).format(count=len(results))
    if skipped:
        counts += _(", {count} skipped").format(count=skipped)
    environment |= {key: worded(environment[key]) for key in ("data", "isolation") if key in environment}
    first = _("nnkata: {name} against contract {contract}, {counts}")
    second = _("Python {python}, NumPy {numpy}, mypy {mypy}, {data} data, isolation {isolation}, seed {seed}")
    if "data" not in environment or not kata().has_data:
        second = _("Python {python}, NumPy {numpy}, mypy {mypy}, isolation {isolation}, seed {seed}")
    name = clean(verdict.implementation)[0]
    lines = [first.format(name=name, contract=verdict.contract, counts=counts), second.format(**environment)]
    if recognised := environment.get(RECOGNISED):
        lines.append(_("Read off its numbers: {network}").format(network=clean(recognised, 1)[0]))
    return [row for line in lines for row in wrap(line, line_width(), "", "  ")]


def _stages(verdict: Verdict, look: Look) -> list[str]:
    """The stages: one line each if all pass; else the passing ones share a line, and so do the others.

    The stages without a judged clause share a line, with the reason.
    """
    judged = [stage for stage in verdict.stages if stage.judged]
    wrong = [stage for stage in judged if _wrong(stage)]
    lines: list[str] = []
    if look.every or not wrong:
        lines = [line for stage in judged for line in _stage(stage, look)]
    else:
        right = [f"{stage.name} {len(stage.judged)}/{len(stage.judged)}" for stage in judged if stage not in wrong]
        told = _shared("passed", "green", right, look)
        names = _shared("passed", "green", [text.partition(" ")[0] for text in right], look)
        lines += names if len(names) < len(told) else told
        lines += _stage(wrong[0], look)
        also = [f"{s.name} {len(s.judged) - len(_wrong(s))}/{len(s.judged)}" for s in wrong[1:]]
        lines += _shared("failed", "red", also, look)
    without: dict[str, list[str]] = {}
    for stage in verdict.stages:
        if not stage.judged:
            without.setdefault(stage.clauses[0].message if stage.clauses else "", []).append(stage.name)
    if wrong and not look.every and len(without) > MOST_REASONS:
        every = _(", ").join(stage.name for stage in verdict.stages if not stage.judged)
        both = _("skipped (reasons: --all): {stages}").format(stages=every)
        return lines + _shared("skipped", "dim", [both], look)
    for why, names in without.items():
        before = _("{reason}: ").format(reason=clean(why, 1)[0]) if why else ""
        told = _shared("skipped", "dim", names, look, before)
        if len(told) > 1 and len(names) > 1:
            told = _shared("skipped", "dim", [_("{count} stages").format(count=len(names))], look, before)
        lines += told
    return lines


def _wrong(stage: StageResult) -> list[str]:
    return [clause.clause.rpartition("-")[2] for clause in stage.judged if clause.status != "passed"]


def _mark(kind: str, colour: str, look: Look) -> tuple[str, int]:
    """The mark of a stage, padded to the widest, and that width."""
    width = max(columns(_(look.marks[each])) for each in ("passed", "failed", "skipped"))
    return look.paint(pad(_(look.marks[kind]), width), colour), width


def _shared(kind: str, colour: str, names: Sequence[str], look: Look, before: str = "") -> list[str]:
    if not names:
        return []
    mark, width = _mark(kind, colour, look)
    indent = " " * (width + 3)
    lines = wrap(before + _(", ").join(names), line_width(), indent, indent)
    return [f"  {mark} {lines[0][len(indent) :]}", *lines[1:]]


def _stage(stage: StageResult, look: Look) -> list[str]:
    judged, wrong = stage.judged, _wrong(stage)
    mark, width = _mark("failed" if wrong else "passed", "red" if wrong else "green", look)
    count = f"{len(judged) - len(wrong)}/{len(judged)}"
    notes = [_("not: {clauses}").format(clauses=", ".join(wrong))] if wrong else []
    if skipped := len(stage.clauses) - len(judged):
        notes.append(_("{count} skipped").format(count=skipped))
    head, indent = f"  {mark} {stage.name:<15} {count:>5}   ", " " * (width + 27)
    first, *more = wrap(_("; ").join(notes), line_width(), indent, indent) or [indent]
    return [(head + first[len(indent) :]).rstrip(), *more]


def _mistakes(verdict: Verdict) -> list[str]:
    """The recognised mistakes, each with the clauses that it explains."""
    named: dict[str, list[str]] = {}
    for failure in verdict.failures:
        if failure.misconception:
            named.setdefault(failure.misconception, []).append(failure.clause)
    lines = []
    for name, clauses in named.items():
        first, more = clauses[0], len(clauses) - 1
        at = _("{clause} and {more} more").format(clause=first, more=more) if more else first
        text = _("{name} ({clauses}): {mistake}").format(
            name=name, clauses=at, mistake=_(kata().catalogue()[name].mistake)
        )
        lines += wrap(text, line_width(), initial_indent="  ", subsequent_indent="    ")
    return [_("Mistakes recognised:"), *lines, ""] if len(named) > 1 else []


def _onward(failure: ClauseResult, clause: Clause, verdict: Verdict, manner: Manner, asked: int) -> list[str]:
    text, command = _("Again:  {command}"), manner.again(verdict, failure.clause)
    lines = [text.format(command=command)]
    if columns(lines[0]) > line_width() >= columns(f"  {command}"):  # a row of its own keeps it whole
        lines = [text.partition("{")[0].rstrip(), f"  {command}"]
    if is_clause_tag(failure.clause, clause.stage) and not passes_again(failure):
        explain = carried(f"{manner.explain} {failure.clause}{option()}")
        lines += _more(manner, explain, asked, len(hints(failure)))
    return lines


def _more(manner: Manner, explain: str, asked: int, there: int) -> list[str]:
    """The command that explains a clause, then how to see a further hint of those that are there, if one is.

    The remark gets a line of its own if both do not fit one.
    """
    before, _command, remark = _(manner.more).partition("{explain}")
    if asked:
        remark = _("  (another hint: --hint {count})").format(count=asked + 1)
    if asked >= there:
        remark = ""
    line = before + explain + remark
    if columns(line) <= line_width() or not remark:
        return [line]
    indent = " " * columns(before)
    return [before + explain, *wrap(remark.strip(), line_width(), indent, indent)]


def _close(verdict: Verdict, failures: int, look: Look, manner: Manner) -> list[str]:
    said = outcome(verdict)
    if not verdict.judged:
        return [look.paint(said, "red")]
    colour = "green" if verdict.passed else "red"
    others = _(manner.others).format(count=failures - 1) if failures > 1 and not look.every else ""
    lines = [look.paint(said, colour) + others]
    if columns(said + others) > line_width():
        lines = [*(look.paint(line, colour) for line in wrap(said, line_width())), *wrap(others, line_width())]
    return [*lines, *(next_stage(verdict, manner) if manner.further else next_steps(verdict))]


def outcome(verdict: Verdict) -> str:
    """One sentence: whether it conforms, and the counts of clauses."""
    judged = verdict.judged
    right = len(judged) - len(verdict.failures)
    if not judged:
        return _("Nothing was judged: every clause was skipped.")
    if not verdict.passed:
        text = _("Does not conform: {right} of {judged} clauses in {seconds:.1f} s.")
    elif is_interrupted(verdict):
        text = _("All {right} of the clauses judged so far pass, in {seconds:.1f} s.")
    elif is_partial(verdict) and right == 1:
        text = _("The clause asked for passes, in {seconds:.1f} s.")
    elif is_partial(verdict):
        text = _("All {right} of the clauses asked for pass, in {seconds:.1f} s.")
    else:
        text = _("Conforms: {right} of {judged} clauses in {seconds:.1f} s.")
    said = text.format(right=right, judged=len(judged), seconds=verdict.seconds)
    if verdict.passed and (skipped := by_skip(verdict)):
        said += _(" --skip left out {clauses}.").format(clauses=listed(skipped, SKIPPED))
    return said
