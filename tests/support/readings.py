"""The diagnosis of a network in memory, as if these clauses had failed on it."""

from collections.abc import Callable
from typing import Any

from nnkata.diagnosis import Failed
from nnkata.katas.article import DEFAULT_CLASS
from nnkata.katas.article.misconceptions.catalogue import module_of, right_preprocess
from nnkata.katas.article.reading import diagnose
from nnkata.steps.compare import Mismatch
from nnkata.subject.inprocess import subject_of


def read(
    network: type, *clauses: str, preprocess: Callable[[Any, Any], Any] = right_preprocess, seed: int = 7
) -> dict[str, Any]:
    """The `Diagnosed` of each clause; one without a diagnosis may be left out."""
    errors: dict[str, BaseException] = {clause: Mismatch("anything", 1.0, 2.0) for clause in clauses}
    return dict(diagnose(Failed(subject_of(module_of(network, preprocess), DEFAULT_CLASS), seed, errors)))
