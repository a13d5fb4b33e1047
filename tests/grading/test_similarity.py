"""Similar submissions, and submissions with the same mistakes, for a person to examine."""

import itertools
import re
import tracemalloc
from pathlib import Path

import pytest

from nnkata.grading.mistake_groups import clusters
from nnkata.grading.similarity import MOST_PAIRS, SHOWN, Pair, Print, given_lines, lines, pairs, print_of
from nnkata.runner.run import known_clauses

ROOT = Path(__file__).parents[2]
GIVEN = given_lines([(ROOT / "solutions" / "skeleton.py").read_text(encoding="utf-8")])
REFERENCE = (ROOT / "reference" / "network.py").read_text(encoding="utf-8")
INDEPENDENT = sorted(
    {
        ROOT / "reference" / "network.py",
        ROOT / "solutions" / "printed.py",
        *(ROOT / "solutions" / "correct").glob("*.py"),
    }
)


def fingerprint(text: str) -> Print:
    return print_of({"network.py": text.encode()}, GIVEN)


def disguised(text: str) -> str:
    """The same network with other names, comments and layout."""
    for number, name in enumerate(("params", "rng", "sizes", "epochs", "forward_pass", "output", "error", "x_train")):
        text = re.sub(rf"\b{name}\b", f"v{number}", text)
    text = re.sub(r'"""[^"]*"""', '"""Mine."""', text)
    return "# all my own\n" + text.replace("\n\n", "\n\n\n# a step\n").replace("    ", "  ")


def test_a_copy_under_other_names_is_the_same() -> None:
    found = pairs({"ada": fingerprint(REFERENCE), "bob": fingerprint(disguised(REFERENCE))})
    assert found == [Pair("ada", "bob", 1.0, True)]


def test_a_copy_with_a_part_of_its_own_shares_most() -> None:
    head, rest = REFERENCE.split("    def train")
    tail = "    def _weights" + rest.split("    def _weights")[1]
    train = "\n".join(f"        a = a * {n} + len(b) // {n + 1} - d[{n}]" for n in range(40))
    own = f"{head}    def train(self, a, b, c, d):\n{train}\n\n{tail}"
    (pair,) = pairs({"ada": fingerprint(REFERENCE), "bob": fingerprint(disguised(own))})
    assert not pair.same
    assert SHOWN <= pair.share < 1


def test_networks_of_different_authors_are_not_reported_as_similar() -> None:
    prints = {path.name: fingerprint(path.read_text(encoding="utf-8")) for path in INDEPENDENT}
    assert len(prints) > 3
    assert pairs(prints) == []


def test_given_code_and_common_code_do_not_count() -> None:
    skeleton = (ROOT / "solutions" / "skeleton.py").read_text(encoding="utf-8")
    assert pairs({name: fingerprint(skeleton) for name in "ab"}) == []
    own = {
        f"s{n}": "\n".join(f"y{k} = f{k}({n} * x[{k}] + {n}, {n}) ** {n + k} - {n}" for k in range(60))
        for n in range(30)
    }
    assert pairs({name: fingerprint(REFERENCE + text) for name, text in own.items()}) == []


def test_a_text_that_is_not_python_is_read_up_to_its_error() -> None:
    assert list(lines("x = 1\ny = (\n")) == [("n", "=", "1"), ("n", "=", "(")]
    assert list(lines("\0")) == []
    assert fingerprint("").whole == ""
    assert pairs({"a": fingerprint(""), "b": fingerprint("")}) == []


def test_strings_and_names_do_not_count_but_numbers_and_library_calls_do() -> None:
    assert list(lines('a = "x"  # why')) == list(lines("b = 'other'"))
    assert list(lines("a = np.dot(b, 1)")) == list(lines("c = numpy.dot(d, 1)"))
    assert list(lines("a = np.dot(b, 1)")) != list(lines("a = np.outer(b, 1)"))
    assert list(lines("self.w = 1")) == list(lines("self.weights = 1"))


def test_submissions_with_the_same_mistakes_are_grouped_with_one_text() -> None:
    known = known_clauses()
    mistakes = {"ada": ("scalar-gradient",), "bob": ("scalar-gradient",), "eve": (), "carl": (), "dora": ()}
    failed = {
        "ada": ("backward-1",),
        "bob": ("backward-1", "update-6"),
        "eve": ("forward-1",),
        "carl": ("forward-1",),
        "dora": (),
    }
    first, second = clusters(mistakes, failed, known)
    assert (first.submissions, first.mistakes, first.clauses) == (["ada", "bob"], ["scalar-gradient"], ["backward-1"])
    assert "np.dot" in first.feedback
    assert (second.submissions, second.clauses) == (["carl", "eve"], ["forward-1"])
    assert "nnkata explain forward-1" in second.feedback


def test_a_class_that_hands_in_one_file_gives_the_first_pairs_and_keeps_no_others() -> None:
    one = fingerprint(REFERENCE)
    tracemalloc.start()
    try:
        found = pairs({f"s{n:04}": one for n in range(2000)})
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert [(pair.first, pair.second) for pair in found] == [("s0000", f"s{n:04}") for n in range(1, MOST_PAIRS + 1)]
    assert peak < 5e6  # bytes; all two million pairs took 650 MB


@pytest.mark.parametrize("count", [300])
def test_many_submissions_are_compared_quickly_and_each_pair_once(count: int) -> None:
    texts = {
        f"s{n}": REFERENCE if n % 50 == 0 else "\n".join(f"a{k} = g({n}, {k}) + {n % 7}" for k in range(80))
        for n in range(count)
    }
    found = pairs({name: fingerprint(text) for name, text in texts.items()})
    same = {(pair.first, pair.second) for pair in found if pair.same}
    assert same == set(itertools.combinations([f"s{n}" for n in range(0, count, 50)], 2))
