"""Stages that wait: a long stage is not judged if the stage on which it rests fails, as it could show nothing new."""

from collections.abc import Mapping

from nnkata.features.clause import Clause
from nnkata.language import _, later
from nnkata.registry import current as kata
from nnkata.runner.results.collector import Collector
from nnkata.runner.settings import Settings

WAITS = later("waits until {stage} passes; --all judges it anyway")


def waits(settings: Settings) -> Mapping[str, str]:
    """The stages that wait in this run, each with the stage that it waits for."""
    return kata().waits if settings.waiting else {}


def waits_for(clause: Clause, settings: Settings, collector: Collector) -> str:
    """The reason to skip a clause whose stage waits in vain; else empty."""
    awaited = failed_before(clause.stage, settings, collector)
    return _(WAITS).format(stage=awaited) if awaited else ""


def failed_before(stage: str, settings: Settings, collector: Collector) -> str:
    """The stage that this one waits for, if a clause of that has failed; else empty."""
    awaited = waits(settings).get(stage, "")
    if not awaited:
        return ""
    failed = any(
        result.failed and tag.rpartition("-")[0] == awaited and tag not in settings.known_failures
        for tag, result in collector.results.items()
    )
    return awaited if failed else ""
