"""The measurement of names: its sets are as described, and right and false are decided correctly."""

import random

import pytest

from benchmarks.naming import formula, probe, truth
from benchmarks.naming.case import Case, Mistake, Truth, Writing, made, mistakes
from benchmarks.naming.described import described
from benchmarks.naming.edits import edits
from benchmarks.naming.sets import made_sets
from benchmarks.naming.templates import STYLES

KNOWN = {mistake.name: mistake for mistake in (*mistakes("mistakes"), *mistakes("known"))}


def case(name: str, style: str = "article", *more: str) -> Case:
    """A network with one of the mistakes, or two."""
    rng = random.Random(5)
    return made("b", 0, Writing.drawn(rng, style), *(KNOWN[each] for each in (name, *more)), rng=rng)


def test_the_same_seed_makes_the_same_sets_and_another_makes_others() -> None:
    first, again, other = (list(made_sets(seed, "e")) for seed in (3, 3, 4))
    assert first == again
    assert [c.text for c in first] != [c.text for c in other]


def test_right_networks_do_what_the_oracle_does_in_every_style() -> None:
    right = probe.behaviour(probe.right_module(), 5)
    found = [probe.behaviour(probe.module_of(c.text), 5) for c in list(made_sets(8, "e"))[:: len(STYLES) + 1]]
    assert [probe.departed(one, right) for one in found] == [[] for _ in found]


@pytest.mark.parametrize("name", [mistake.name for mistake in mistakes("mistakes")][::9])
def test_a_mistake_departs_and_is_in_its_stated_lines(name: str) -> None:
    wrong = case(name)
    assert probe.departed(truth.of_text(wrong.text), truth.of_right())
    assert wrong.truths[0].lines
    assert max(wrong.truths[0].lines) <= len(wrong.text.splitlines())


def test_a_name_is_true_of_its_own_mistake_and_of_no_other() -> None:
    wrong = case("derivative-missing", "loops")
    assert truth.named("derivative-missing", wrong) == 0
    assert truth.named("error-sign-flipped", wrong) is None


def test_a_name_is_true_of_a_mistake_that_was_made_in_one_layer_alone() -> None:
    one = Mistake("one", "delta1", "A for the slope", {"D1": "dot(N.T, E) * A"})
    rng = random.Random(5)
    assert truth.named("sigmoid-for-derivative", made("b", 0, Writing.drawn(rng, "fields"), one, rng=rng)) == 0


@pytest.mark.parametrize(
    ("name", "true", "false"),
    [
        ("z3-from-z2", "Z3: you compute W3·Z2", "Z3: you compute W3·A1"),
        (
            "error-squared",
            "δ3: you compute (output - y)²",
            "δ3: you compute -(output - y)",
        ),
        (
            "softmax-2-norm",
            "softmax(x): you compute e^x / |e^x|",
            "softmax(x): you compute e^x",
        ),
        (
            "g3-halved",
            "change[W3]: you compute 0.5 δ3 ⊗ A2",
            "change[W3]: you compute 2 δ3 ⊗ A2",
        ),
        (
            "init-he",
            "W: you compute a standard deviation of √(2/columns)",
            "W: you compute a standard deviation of 2",
        ),
        (
            "accuracy-errors",
            "compute_accuracy: you compute wrong / n",
            "compute_accuracy: you compute right / 100",
        ),
    ],
)
def test_a_printed_formula_is_evaluated_and_compared_with_the_submission(name: str, true: str, false: str) -> None:
    wrong = case(name, "functions")
    silent = Case(wrong.name, wrong.kind, wrong.style, wrong.text, tuple(_without_words(wrong)))
    assert truth.read([f"{true}; it should be another"], silent) == ({0}, False)
    assert truth.read([f"{false}; it should be another"], silent) == (set(), True)
    assert truth.read(["the mean of something else"], silent) == (set(), False)


def _without_words(wrong: Case) -> list[Truth]:
    return [Truth(t.mistake, t.quantity, t.what, t.lines, t.names) for t in wrong.truths]


def test_each_mistake_of_a_pair_has_its_own_lines_and_name() -> None:
    both = case("derivative-missing", "article", "ascent")
    assert [truth.named(name, both) for name in ("derivative-missing", "ascent", "momentum")] == [0, 1, None]
    assert not both.truths[0].lines & both.truths[1].lines


def test_a_formula_that_cannot_be_read_is_neither_true_nor_false() -> None:
    with pytest.raises(formula.Unreadable):
        described(["labels: you compute something; it should be more"])


def test_an_edit_changes_one_token_of_one_line() -> None:
    text = Writing.drawn(random.Random(2), "fields").text()
    for edit in edits(text, random.Random(3))[::12]:
        changed = [a != b for a, b in zip(text.splitlines(), edit.apply(text).splitlines(), strict=True)]
        assert sum(changed) <= 1
        assert changed[edit.line - 1] or edit.old == edit.new
