"""Every known mistake turns exactly its listed clauses red, and is the first one named."""

from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.features.tags import BY_CHANCE, SLOW
from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.katas.article.misconceptions.catalogue import right_preprocess
from nnkata.katas.article.misconceptions.right import Right
from nnkata.misconceptions import Misconception, kebab
from nnkata.places import tagged
from nnkata.runner.diagnosis import Candidates, choose
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings
from nnkata.verdict import Verdict
from tests.support.memory import judged

PLAIN = Path(__file__).parents[2] / "solutions" / "correct" / "plain.py"
CLAUSES = known_clauses()
#: The stages about source text, which a network in memory lacks.
TEXTUAL = ("typing", "from-scratch")
BEHAVIOUR = frozenset(clause.tag for clause in CLAUSES if clause.stage not in TEXTUAL)
TEXT = frozenset(clause.tag for clause in CLAUSES if clause.stage in TEXTUAL)
NEEDS_ALL_OF_MNIST = frozenset(clause.tag for clause in CLAUSES if "full-mnist" in clause.tags)


def red(verdict: Verdict) -> list[str]:
    return [failure.clause for failure in verdict.failures]


BEHAVIOURAL = [entry for entry in CATALOGUE.values() if entry.source is None]
IN_TEXT = [entry for entry in CATALOGUE.values() if entry.source is not None]


def surprises(entry: Misconception, verdict: Verdict) -> set[str]:
    """The clauses that are red and should not be, and the reverse."""
    return (set(red(verdict)) ^ (set(entry.clauses) - NEEDS_ALL_OF_MNIST)) - set(entry.sometimes)


@cache
def looked_up(tag: str) -> frozenset[str]:
    """The members of the right network that a clause looks up, by itself or through other members."""
    names: set[str] = set()

    class Noted(Right):
        def __getattribute__(self, name: str) -> Any:
            names.add(name)
            return super().__getattribute__(name)

    def preprocess(images: Any, labels: Any) -> Any:
        names.add("preprocess")
        return right_preprocess(images, labels)

    assert red(judged(Noted, frozenset([tag]), preprocess)) == []
    return frozenset(names)


class Bare:
    """A class with the names that Python gives to each: 3.13 has more of them."""

    annotated: int


def changed(entry: Misconception) -> set[str]:
    """The members in which a wrong network differs from the right one."""
    network = entry.module.DeepNeuralNetwork
    kinds = network.__mro__[: network.__mro__.index(Right)]
    names = {name for kind in kinds for name in vars(kind)} - set(vars(Bare))
    return names if entry.module.preprocess is right_preprocess else names | {"preprocess"}


def reached(entry: Misconception) -> frozenset[str]:
    """The clauses that a mistake can touch: any other runs the code of the right network, which passes it."""
    names = changed(entry)
    if any(name.startswith("__") for name in names):  # Python looks these up by itself
        return BEHAVIOUR - tagged(SLOW)
    return frozenset(tag for tag in BEHAVIOUR - tagged(SLOW) if names & looked_up(tag))


@pytest.mark.parametrize("entry", BEHAVIOURAL, ids=lambda entry: str(entry.name))
def test_a_wrong_network_turns_exactly_its_clauses_red_and_is_named_first(entry: Misconception) -> None:
    """The clauses that it can touch; the slow ones only if it turns one red. scripts/turns_red.py runs all for all."""
    only = reached(entry) | (BEHAVIOUR & tagged(SLOW) if tagged(SLOW) & set(entry.clauses) else frozenset())
    verdict = judged(entry.module.DeepNeuralNetwork, only, entry.module.preprocess)
    assert surprises(entry, verdict) == set()
    assert verdict.failures[0].misconception == entry.name


def test_a_mistake_reaches_the_clauses_that_run_its_code_and_no_others() -> None:
    assert "preprocess" in looked_up("preprocessing-1")
    assert looked_up("training-1") >= {"train", "epoch", "gradient", "sigmoid", "update_network_parameters"}
    assert not looked_up("forward-2") & {"backward_pass", "preprocess", "train"}
    clauses = {stage: {clause.tag for clause in CLAUSES if clause.stage == stage} for stage in ("forward", "backward")}
    assert reached(CATALOGUE["gradients-zero"]) >= clauses["backward"]
    assert not reached(CATALOGUE["gradients-zero"]) & clauses["forward"]
    assert reached(CATALOGUE["arguments-not-kept"]) == BEHAVIOUR - tagged(SLOW)  # it has its own __init__


@pytest.mark.parametrize("entry", IN_TEXT, ids=lambda entry: str(entry.name))
def test_a_wrong_text_turns_exactly_its_clauses_red_and_is_named_first(entry: Misconception, tmp_path: Path) -> None:
    assert entry.source is not None
    path = tmp_path / "network.py"
    path.write_text(entry.source(PLAIN.read_text()))
    verdict = judge(Settings(str(path), seed=20, only=TEXT))
    assert surprises(entry, verdict) == set()
    assert verdict.failures[0].misconception == entry.name


def test_the_right_network_passes_every_clause_about_behaviour() -> None:
    assert red(judged(Right, BEHAVIOUR)) == []


def test_a_failure_that_no_known_mistake_explains_is_not_given_a_name() -> None:
    class Odd(Right):
        def sigmoid(self, x: object, derivative: bool = False) -> object:
            return super().sigmoid(x, derivative) * 1.01

    verdict = judged(Odd, BEHAVIOUR)
    assert "activations-1" in red(verdict)
    assert {failure.misconception for failure in verdict.failures} == {None}
    assert "should have come" in verdict.failures[0].message


def test_an_error_of_the_same_kind_with_another_cause_is_not_given_a_name() -> None:
    class Raises(Right):
        def update_network_parameters(self, changes_to_w: object) -> None:
            np.zeros(7)[...] += np.zeros((2, 6, 7))  # NumPy's error for the row of a matrix, with other shapes

    verdict = judged(Raises, frozenset({"update-1", "update-2"}))
    assert "ValueError: non-broadcastable output operand" in verdict.failures[0].message
    assert {failure.misconception for failure in verdict.failures} == {None}


@pytest.mark.parametrize("layers", [(1,), (2,), (3,), (1, 2), (1, 2, 3)], ids=str)
def test_no_clause_is_given_a_mistake_that_a_passed_clause_rules_out(layers: tuple[int, ...], tmp_path: Path) -> None:
    """Zero gradients fit many mistakes, since few numbers remain to distinguish them."""
    parts = PLAIN.read_text().split("np.outer(")
    assert len(parts) == 4  # W3, W2, W1
    text = parts[0]
    for layer, part in zip((3, 2, 1), parts[1:], strict=True):
        text += ("0 * np.outer(" if layer in layers else "np.outer(") + part
    path = tmp_path / "network.py"
    path.write_text(text)
    verdict = judge(Settings(str(path), seed=20, only=BEHAVIOUR - tagged(BY_CHANCE)))
    green = {clause.clause for stage in verdict.stages for clause in stage.clauses if clause.status == "passed"}
    assert "backward-2" in red(verdict) or 3 not in layers
    wrong = {
        failure.clause: name
        for failure in verdict.failures
        if (name := failure.misconception) and green & (set(CATALOGUE[name].clauses) - tagged(BY_CHANCE))
    }
    assert wrong == {}
    named = {failure.misconception for failure in verdict.failures if failure.clause.startswith("backward")}
    assert named == ({"gradients-zero"} if len(layers) == 3 else {None})


def test_a_mistake_that_explains_a_failure_is_not_named_where_a_clause_that_it_turns_red_has_passed() -> None:
    found = {"update-1": Candidates(sure=("only-last-layer-updated", "rate-ignored"))}
    first = choose(found, [])["update-1"]
    assert first in found["update-1"].sure
    assert choose(found, ["training-8", "mnist-2"]) == {"update-1": first}  # these depend on chance
    assert choose(found, ["training-17"]) == {"update-1": "rate-ignored"}
    assert choose(found, ["training-17", "training-7"]) == {}


def test_every_clause_has_a_mistake_that_turns_it_red() -> None:
    caught = {clause for entry in CATALOGUE.values() for clause in entry.clauses}
    assert [clause.tag for clause in CLAUSES if clause.tag not in caught] == []


def test_every_mistake_names_clauses_that_exist_in_contract_order() -> None:
    order = [clause.tag for clause in CLAUSES]
    for entry in CATALOGUE.values():
        assert list(entry.clauses) == sorted(entry.clauses, key=order.index), entry.name


def test_there_are_at_least_as_many_mistakes_as_promised() -> None:
    assert len(CATALOGUE) >= 45


def test_names_come_from_class_names() -> None:
    assert kebab("W1FromWrongDelta") == "w1-from-wrong-delta"
    assert kebab("ScalarGradient") == "scalar-gradient"
