"""Judge a network in memory; common to the tests of mistakes, languages and stages."""

from collections.abc import Callable
from typing import Any

from nnkata.katas.article import DEFAULT_CLASS
from nnkata.katas.article.misconceptions.catalogue import module_of, right_preprocess
from nnkata.katas.article.misconceptions.right import reseed
from nnkata.runner.prepared import Prepared
from nnkata.runner.run import judge
from nnkata.runner.settings import Settings
from nnkata.runner.submission.facts import Facts
from nnkata.subject.inprocess import subject_of
from nnkata.verdict import Verdict


def judged(
    network: type,
    only: frozenset[str],
    preprocess: Callable[[Any, Any], Any] = right_preprocess,
    language: str = "en",
    seed: int = 20,
) -> Verdict:
    """The verdict on these clauses, with fixed random numbers; the network has no source text."""
    reseed(seed)
    settings = Settings("in memory", seed=seed, only=only, language=language)  # with `none`, clauses are collected anew
    subject = subject_of(module_of(network, preprocess), DEFAULT_CLASS)
    return judge(settings, prepared=Prepared(settings, subject, Facts(settings, None), subject.transport))
