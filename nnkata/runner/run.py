"""Judges one implementation: runs the clauses in this process, and adds up the results."""

import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nnkata import registry
from nnkata.diagnosis import Diagnosed
from nnkata.errors import UsageError
from nnkata.features.clause import Clause
from nnkata.features.gherkin import clauses
from nnkata.language import _, use
from nnkata.places import feature_files
from nnkata.runner.diagnosis import Candidates, choose
from nnkata.runner.prepared import Prepared, prepare
from nnkata.runner.results import timeouts
from nnkata.runner.results.excerpts import around
from nnkata.runner.settings import Settings
from nnkata.runner.skipped import INTERRUPTED, NOT_ASKED, left_out
from nnkata.runner.versions import versions
from nnkata.subject import TimedOut
from nnkata.subject.walls.choice import described
from nnkata.texts import printable
from nnkata.traces.place import Place
from nnkata.verdict import CLASS_TAKEN, RECOGNISED, ClauseResult, Verdict, verdict

if TYPE_CHECKING:
    from nnkata.runner.results.collector import Begun, Collector, Progress


def known_clauses(features: Path | None = None) -> list[Clause]:
    """Every clause of the contract, in its order; or those of a user's own features, after checking these."""
    if features is None and registry.comes_along():
        return clauses(feature_files(None))
    from nnkata.features.own import kata_clauses, own_clauses

    return kata_clauses() if features is None else own_clauses(features)


class Interrupted(KeyboardInterrupt):
    """The user interrupted the run; `verdict` covers the clauses judged until then, the others are skipped."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self.verdict = verdict


def judge(
    settings: Settings,
    progress: "Progress" = lambda clause, status: None,
    prepared: Prepared | None = None,
    begun: "Begun" = lambda clause: None,
) -> Verdict:
    """Check an implementation against the contract; pass `prepared` if it exists already.

    Raises:
        NotJudged: there is nothing to judge, the data cannot be read, the features cannot run, or the chosen isolation
            does not work here.
        Interrupted: Ctrl-C, or SIGTERM, while clauses were judged.
    """
    started = time.perf_counter()
    use(settings.language)
    chosen = registry.use(settings.kata)
    ready = prepared or prepare(settings, sharing=True)
    try:
        from nnkata.runner.session import run

        known = known_clauses(settings.features)
        collector = run(settings, ready, progress, begun)
        whole = not (settings.first_failure or collector.interrupted)
        places = _places(settings, ready) if whole else {}
        read = {} if collector.interrupted else ready.diagnosed()
        places = {**places, **_of_stages(settings, ready, read)} if places else places
    finally:
        ready.close()
    if collector.problems:
        raise UsageError(_("the features cannot be run:") + "\n" + collector.problems[0])
    environment = {
        **versions(),
        "isolation": described(settings.isolation) if settings.user is None else f"{settings.isolation}, another user",
        **({"data": printable(settings.data)} if chosen.has_data else {}),
        "seed": str(settings.seed),
    }
    if recognised := chosen.recognised(ready.subject):
        environment[RECOGNISED] = recognised
    if ready.class_taken:
        environment[CLASS_TAKEN] = ready.class_taken
    if settings.features is not None:
        environment["features"] = printable(str(settings.features))
    stages = _stages(known, settings, collector, places, read)
    name, seconds = printable(settings.implementation), time.perf_counter() - started
    code = around((result for results in stages.values() for result in results), ready.facts.sources)
    found = verdict(stages, chosen.contract, name, seconds, environment, chosen.name, code)
    if collector.interrupted:
        raise Interrupted(found)
    return found


def _places(settings: Settings, ready: Prepared) -> Mapping[str, Place]:
    """The lines of its source at which the failures arise, as far as the kata can tell; none if it is not Python."""
    sources, errors = ready.facts.sources, ready.errors
    if not sources or not errors:
        return {}
    late = ((clause, timeouts.place(error, sources)) for clause, error in errors.items() if isinstance(error, TimedOut))
    found = {clause: place for clause, place in late if place}
    return {**found, **registry.current().places(ready.subject, settings.seed, sources, errors)}


def _of_stages(settings: Settings, ready: Prepared, read: Mapping[str, Diagnosed]) -> Mapping[str, Place]:
    """The lines of the clauses whose mistake is in a later part, where parts before it are wrong as well."""
    stages, find = {clause: one.stage for clause, one in read.items() if one.stage}, registry.current().places_of_stages
    if find is None or len(set(stages.values())) < 2:
        return {}
    return find(ready.subject, settings.seed, ready.facts.sources or {}, stages)


def _stages(
    known: list[Clause],
    settings: Settings,
    collector: "Collector",
    places: Mapping[str, Place],
    read: Mapping[str, Diagnosed],
) -> dict[str, list[ClauseResult]]:
    from nnkata.runner.results.result import outcome

    results = collector.results
    found = {clause.tag: results[clause.tag] for clause in known if clause.tag in results}
    failed = {tag: Candidates(result.sure, result.possible) for tag, result in found.items() if result.failed}
    named = choose(failed, [tag for tag, result in found.items() if result.status == "passed"])
    diagnosed = {clause: Diagnosed(name) for clause, name in named.items()}
    diagnosed |= {clause: replace(one, name=one.name or named.get(clause)) for clause, one in read.items()}
    stages: dict[str, list[ClauseResult]] = {}
    for clause in known:
        result = found.get(clause.tag)
        stages.setdefault(clause.stage, []).append(
            outcome(clause, settings, result, diagnosed, places.get(clause.tag))
            if result
            else _without(clause, settings, collector.interrupted)
        )
    return stages


def _without(clause: Clause, settings: Settings, interrupted: bool) -> ClauseResult:
    """A clause without a result: left out, or after the failure that ended the run; else an error."""
    reason = left_out(clause, settings.skip, settings.only, lambda: True)
    if settings.first_failure and reason is None:
        reason = _(NOT_ASKED)
    if interrupted and reason is None:
        reason = _(INTERRUPTED)
    return ClauseResult(
        clause.tag, clause.name, "skipped" if reason else "error", reason or _("the clause gave no result")
    )
