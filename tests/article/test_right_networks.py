"""Right networks in many ways of writing: none is refused, except by a choice of the article.

`WAYS` make the article's choices and fail nothing. `CHOICES` make other ones: they fail only the tagged clauses listed
beside them, and nothing with --laws.
"""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from nnkata.features.tags import CHOICE
from nnkata.katas.article import DEFAULT_CLASS
from nnkata.runner.prepared import Prepared
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings, choices
from nnkata.runner.submission.facts import Facts
from nnkata.subject.face import Subject
from nnkata.subject.inprocess import InProcess, subject_of
from nnkata.worker.host import Host
from nnkata.worker.wire import HEAD
from nnkata.worker.wire.packing import pack
from nnkata.worker.wire.unpacking import unpack
from tests.article.right_choices import CHOICES
from tests.article.right_kinds import KINDS
from tests.article.right_ways import BASE, OUTER, UPDATE, WAYS, Change

CLAUSES = known_clauses()
BEHAVIOUR = frozenset(clause.tag for clause in CLAUSES if clause.stage != "mnist" and "source" not in clause.tags)
TAGGED = frozenset(clause.tag for clause in CLAUSES if CHOICE in clause.tags)


def written(changes: Change) -> str:
    """The base with its changes, each of which has to apply."""
    text = BASE
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


def travelled(value: Any) -> Any:
    """A value after its way through a wall."""
    frame = b"".join(map(bytes, pack({"value": value})))
    header, _body = HEAD.unpack(frame[: HEAD.size])
    return unpack(frame[HEAD.size : HEAD.size + header], memoryview(bytearray(frame[HEAD.size + header :])))["value"]


class Wired(InProcess):
    """A transport that encodes requests and answers as for a worker."""

    def ask(self, op: str, args: Sequence[Any], seconds: float) -> Any:
        return travelled(super().ask(op, travelled(list(args)), seconds))


def failed(
    text: str, seed: int, laws: bool = False, wired: bool = False, only: frozenset[str] = BEHAVIOUR
) -> list[str]:
    """The behaviour clauses that a network fails in this process; `wired`: its answers are encoded as a worker's."""
    module: dict[str, Any] = {"__name__": "submission"}
    exec(compile(text, "submission", "exec"), module)  # a text of this project
    subject = subject_of(SimpleNamespace(**module), DEFAULT_CLASS)
    if wired:
        host = Host(noting=False)
        host.adopt(SimpleNamespace(**module), DEFAULT_CLASS)
        subject = Subject(Wired(host))
    skip = choices(CLAUSES, laws)
    settings = Settings("it", seed=seed, only=only, skip=skip)  # with `none`, clauses are collected anew
    np.random.seed(seed)
    verdict = judge(settings, prepared=Prepared(settings, subject, Facts(settings, None), subject.transport))
    return [failure.clause for failure in verdict.failures]


@pytest.mark.parametrize("way", WAYS)
def test_a_right_network_fails_nothing_however_it_is_written(way: str) -> None:
    assert failed(written(WAYS[way]), seed=list(WAYS).index(way)) == []


@pytest.mark.parametrize("seed", [2, 12, 19])
@pytest.mark.parametrize(("rate", "right"), [("self.l_rate", True), ("1.001 * self.l_rate", False)])
def test_weights_that_lose_their_float32_in_training_are_judged_as_float32(rate: str, right: bool, seed: int) -> None:
    changes = WAYS["float32 weights that a step makes float64"]
    changes = {old: new.replace("self.l_rate", rate) for old, new in changes.items()}
    only = frozenset(["training-1", "training-2", "training-3"])
    assert (failed(written(changes), seed, only=only) == []) == right


@pytest.mark.parametrize("kind", KINDS)
def test_a_right_network_fails_nothing_whatever_its_objects_are(kind: str) -> None:
    """Their answers are encoded as behind a wall."""
    assert failed(written(KINDS[kind]), seed=list(KINDS).index(kind), wired=True) == []


def test_a_wall_makes_no_difference_to_numbers_of_numpys() -> None:
    assert failed(written(KINDS["NumPy's numbers for the settings"]), seed=1) == []


@pytest.mark.parametrize("choice", CHOICES)
def test_a_right_network_with_other_choices_fails_tagged_clauses_alone(choice: str) -> None:
    changes, clauses = CHOICES[choice]
    came = failed(written(changes), seed=list(CHOICES).index(choice))
    assert set(came) == set(clauses)
    assert set(came) <= TAGGED


def test_with_laws_alone_the_tagged_clauses_are_left_out_so_that_such_a_network_passes() -> None:
    """For each of them it follows: the clauses that are not tagged have passed above, and these are the same."""
    assert set(choices(CLAUSES, True)) == TAGGED
    for choice in ("the sum of batches of 4", "labels from 0.01 to 0.99"):
        changes, clauses = CHOICES[choice]
        assert clauses
        assert failed(written(changes), seed=list(CHOICES).index(choice), laws=True) == []


def test_the_corpus_has_the_stated_number_of_right_networks() -> None:
    everything = {**WAYS, **KINDS}
    texts = [
        written(changes) for changes in (*everything.values(), *(changes for changes, _clauses in CHOICES.values()))
    ]
    assert len(set(texts)) == len(texts) >= 60


def test_every_choice_has_a_right_network_that_chose_differently() -> None:
    """Exceptions: choices that need MNIST, names of attributes and keys, and a form of the weights that nobody uses."""
    unmade = {"initialization-3", "initialization-4", "initialization-6", "mnist-2", "mnist-4"}
    assert TAGGED - unmade == {clause for _changes, clauses in CHOICES.values() for clause in clauses}


def test_a_wrong_network_fails_a_law() -> None:
    for old, new in (
        ('p["W3"].T @ d3', '2 * p["W3"].T @ d3'),
        (OUTER[0], f"-{OUTER[0]}"),
        (UPDATE, UPDATE.replace("-=", "+=")),
    ):
        assert failed(written({old: new}), seed=1, laws=True) != []
