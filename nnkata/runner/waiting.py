"""Stages that wait: a long stage is not judged if the stage on which it rests fails, as it could show nothing new."""

from collections.abc import Mapping

import pytest

from nnkata.kata import current as kata
from nnkata.language import _, later
from nnkata.runner.collector import Collector
from nnkata.runner.items import clause_of
from nnkata.runner.settings import Settings

WAITS = later("waits until {stage} passes; --all does not")


def waits(settings: Settings) -> Mapping[str, str]:
    """The stages that wait in this run, each with the stage that it waits for."""
    return kata().waits if settings.waiting else {}


class Waiting:
    """A pytest plugin: skips the clauses of a stage if a clause of the stage that it waits for has failed."""

    def __init__(self, settings: Settings, collector: Collector) -> None:
        self._settings, self._collector = settings, collector

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skip the clause if its stage waits in vain."""
        clause = clause_of(item)
        if clause and (awaited := failed_before(clause.stage, self._settings, self._collector)):
            pytest.skip(_(WAITS).format(stage=awaited))


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
