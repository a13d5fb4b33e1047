"""The fast part of the mutation test: a sample of mutants, and the list of survivors.

`make mutants` judges all of them (docs/mutants.md).
"""

import random
from pathlib import Path

import pytest

from benchmarks import mutants, mutation, operators, survivors

ROOT = Path(__file__).parents[2]
#: The number of mutants of each file.
SAMPLE = 8


@pytest.mark.parametrize("file", survivors.FILES)
def test_a_sample_of_mutants_is_killed_or_listed(file: str) -> None:
    places = random.Random(5).sample(mutation.sites(file), SAMPLE)
    results = list(mutants.judged(mutation.mutants(file, places)))
    assert [result for result in results if not result.sound] == []
    assert sum(result.killed is not None for result in results) >= SAMPLE // 2


def test_every_listed_mutant_exists_and_has_one_reason() -> None:
    assert mutants.stale() == []
    assert len(survivors.UNKILLED) == sum(group.mutants.count(",") + 1 for group in survivors.GROUPS)


def test_a_listed_mutant_that_does_not_exist_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = (survivors.FILES[0], "a line that is not there", "NumberReplacer 1")
    monkeypatch.setitem(survivors.UNKILLED, gone, survivors.GROUPS[0])
    assert mutants.stale() == [gone]


def test_a_listed_mutant_that_is_killed_and_an_unlisted_one_that_survives_are_unsound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = (survivors.FILES[1], "a line", "NumberReplacer 1")
    mutant = mutation.Mutant(name, 1, "before", "after", "text")
    for killed, listed, sound in [(1, 0, True), (0, 1, True), (1, 1, False), (0, 0, False)]:
        monkeypatch.setattr(mutants, "killer", lambda *_, killed=killed: ("update-1", "failed") if killed else None)
        monkeypatch.setattr(mutants, "UNKILLED", {name: survivors.GROUPS[0]} if listed else {})
        assert [result.sound for result in mutants.judged([mutant])] == [sound]


def test_a_mutant_that_is_killed_under_some_seeds_alone_is_unsound(monkeypatch: pytest.MonkeyPatch) -> None:
    mutant = mutation.Mutant((survivors.FILES[1], "a line", "NumberReplacer 1"), 1, "before", "after", "text")
    monkeypatch.setattr(mutants, "killer", lambda text, seed, *_: ("update-1", "failed") if seed == 11 else None)
    (result,) = mutants.judged([mutant], (11, 12))
    assert (result.differs, result.sound) == ([12], False)


def test_a_mutant_is_not_judged_by_the_bytecode_of_the_one_before() -> None:
    right = (ROOT / survivors.FILES[0]).read_text()
    wrong = right.replace("10, 784, 255", "10, 784, 256", 1)
    assert len(wrong) == len(right)
    assert wrong != right
    clause = ["preprocessing-4"]
    found = [mutants.killer(text, 1, clause) for text in (wrong, right, wrong, right)]  # far less than a second each
    assert found == [("preprocessing-4", "failed"), None] * 2


def test_mutants_of_prints_and_annotations_are_left_out() -> None:
    file = survivors.FILES[0]
    made = [
        site for site in mutation.sites(file) if "print(" in site.name[1] or site.name[1].startswith("def __init__")
    ]
    left = list(mutation.mutants(file, made))
    assert len(left) < len(made)
    assert not [mutant for mutant in left if "print(" in mutant.before or "seed: int |" not in mutant.after]


@pytest.mark.parametrize("file", survivors.FILES)
def test_the_originals_survive(file: str) -> None:
    assert mutants.killer((ROOT / file).read_text(), 1) is None


OWN = [
    ("y = a @ b", "MatMul_Mul", "y = (a) * (b)"),
    ("y = (a + c) @ b.T", "MatMul_Swapped", "y = (b.T) @ (a + c)"),
    ("y = f(a @ b)", "MatMul_LeftTransposed", "y = f((a).T @ (b))"),
    ("y = a @ b", "MatMul_RightTransposed", "y = (a) @ (b).T"),
    ("y = w.dot(a)", "MatMul_Swapped", "y = (a) @ (w)"),
    ("w['σ'] -= r * g", "AugAssign_Reversed", "w['σ'] += r * g"),
    ("x /= 255", "AugAssign_Reversed", "x *= 255"),
    ("x /= 255", "AugAssign_Assign", "x = 255"),
    ("g = 'σ', np.outer(e, a)", "Arguments_Swapped", "g = 'σ', np.outer(a, e)"),
    ("np.subtract(w, g, out=w)", "Arguments_Swapped", "np.subtract(g, w, out=w)"),
]


@pytest.mark.parametrize(("source", "operator", "changed"), OWN, ids=lambda value: value)
def test_an_operator_of_our_own_changes_one_thing(source: str, operator: str, changed: str) -> None:
    assert changed in [place.applied(source) for place in operators.places(source) if place.operator == operator]


def test_operators_of_our_own_have_nothing_to_do_with_other_code() -> None:
    assert operators.places("y = a * b + c\nx = f(a, b)\nx |= 1\n") == []
