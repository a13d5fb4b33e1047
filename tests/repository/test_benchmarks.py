"""The computations of the benchmarks, and the comparability of their contenders; no test here uses a clock."""

import contextlib
import itertools
import json
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from benchmarks import batch, breakdown, contenders, guard, peers_cost, reference_trials, report, timing, trees
from benchmarks.peers import assignment, common
from nnkata.katas import mnist as data
from nnkata.katas.article import oracle
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings
from reference.network import DeepNeuralNetwork

ROOT = Path(__file__).parents[2]
PLAIN, PRINTED = ROOT / "solutions/correct/plain.py", ROOT / "solutions/printed.py"


@pytest.mark.parametrize("power", [0.0, 1.0, 1.7, 2.0])
def test_a_power_law_is_found_with_its_exponent(power: float) -> None:
    sizes = [1, 3, 10, 50]
    fit = timing.exponent(sizes, [5 * size**power for size in sizes])
    assert fit == {"exponent": pytest.approx(power, abs=1e-3), "standard_error": pytest.approx(0, abs=1e-3)}


def test_costs_off_a_power_law_have_a_standard_error() -> None:
    assert timing.exponent([1, 2, 4, 8], [1, 1, 8, 8])["standard_error"] > 0.2


@pytest.mark.parametrize(("sizes", "costs"), [([1, 2], [1, 2]), ([1, 2, 3], [1, 0, 2]), ([0, 1, 2], [1, 1, 1])])
def test_too_few_points_or_none_above_zero_have_no_exponent(sizes: list[float], costs: list[float]) -> None:
    with pytest.raises(ValueError, match="three points"):
        timing.exponent(sizes, costs)


def test_a_spread_holds_the_median_and_the_quartiles() -> None:
    assert timing.spread([5, 1, 2, 4, 3]) == {"least": 1, "q1": 2, "median": 3, "q3": 4, "greatest": 5}


def test_ratios_and_differences_are_taken_within_a_round() -> None:
    slow, fast = [2.0, 40.0, 6.0], [1.0, 10.0, 3.0]
    assert timing.ratio(slow, fast)["median"] == 2
    assert timing.beyond(slow, fast)["median"] == 3


def test_contenders_alternate_their_order_and_the_warm_round_is_dropped() -> None:
    said: list[str] = []
    counts = itertools.count()

    def act(name: str) -> float:
        said.append(name)
        return float(next(counts))

    kept = timing.in_turn({name: partial(act, name) for name in "ab"}, rounds=2)
    assert "".join(said) == "baabba"
    assert kept == {"a": [2, 5], "b": [3, 4]}


def test_a_machine_is_described_without_its_name_or_paths() -> None:
    text = json.dumps(timing.machine())
    assert {"cpu", "cores", "blas", "packages"} <= set(json.loads(text))
    assert not re.search(r"/\w+/", text)


def test_a_command_that_fails_is_not_timed() -> None:
    timing.command([sys.executable, "-c", "pass"])()
    with pytest.raises(RuntimeError, match="ended with 3"):
        timing.command([sys.executable, "-c", "raise SystemExit(3)"])()


def rows(ratios: Sequence[float], band: float = 1.1) -> str:
    (row,) = guard.compared({"x": [1.0] * len(ratios)}, {"x": ratios}, {"x": band})
    return row.verdict


def test_a_version_is_slower_beyond_the_band_faster_below_it_and_neither_within() -> None:
    assert rows([1.2, 1.25, 1.15, 1.2, 1.3]) == "slower"
    assert rows([0.8, 0.85, 0.75, 0.8, 0.9]) == "faster"
    assert rows([1.05, 1.08, 0.98, 1.02, 1.09]) == rows([0.95, 0.93, 1.0, 0.96, 0.99]) == "no difference beyond noise"


def test_a_version_is_not_slower_where_the_rounds_disagree() -> None:
    assert rows([1.2, 0.7, 0.9, 1.3, 1.2]) == "no difference beyond noise"


def test_a_band_is_three_deviations_of_runs_of_one_version_and_never_narrower_than_the_least() -> None:
    assert guard.band([1.0] * 10) == guard.LEAST_BAND
    assert guard.band([np.exp(0.1), np.exp(-0.1)] * 5) == pytest.approx(np.exp(0.3), abs=1e-3)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of two commits, in place of this one; both have the module nnkata, with different texts."""
    folder = tmp_path / "repository"
    git = ["git", "-C", str(folder), "-c", "user.name=a", "-c", "user.email=a@b.c"]
    subprocess.run(["git", "init", "--quiet", str(folder)], check=True)
    for text in ("one", "two"):
        (folder / "nnkata.py").write_text(f"print({text!r})\n")
        subprocess.run([*git, "add", "--all"], check=True)
        subprocess.run([*git, "commit", "--quiet", "-m", text], check=True)
    monkeypatch.setattr(timing, "ROOT", folder)
    return folder


def test_a_missing_commit_is_replaced_by_the_previous_one(capsys: pytest.CaptureFixture[str], repository: Path) -> None:
    assert trees.commit("HEAD") != trees.commit("0" * 40)
    assert trees.commit("HEAD~1") == trees.commit("0" * 40)
    assert "0000" in capsys.readouterr().err


def test_both_versions_are_checked_out_alike_and_removed_afterwards(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NNKATA_CACHE", "of the test")  # monkeypatch restores it
    (repository / "nnkata.py").write_text("print('three, not committed')\n")
    with trees.trees("HEAD~1") as (base, head):
        assert base.root.parent == head.root.parent != repository
        said = [tree.run("-c", "import nnkata").strip() for tree in (base, head)]
        assert said == ["one", "three, not committed"]
    with trees.trees(None) as (base, head):
        assert [tree.run("-c", "import nnkata").strip() for tree in (base, head)] == ["three, not committed"] * 2
    left = subprocess.run(
        ["git", "-C", str(repository), "worktree", "list"], capture_output=True, text=True, check=True
    )
    assert len(left.stdout.splitlines()) == 1
    assert (repository / "nnkata.py").read_text() == "print('three, not committed')\n"


def test_each_version_is_imported_from_its_own_folder(tmp_path: Path) -> None:
    (tmp_path / "nnkata").mkdir()
    (tmp_path / "nnkata" / "__init__.py").write_text("here = True\n")
    other, mine = trees.checked_out(tmp_path, tmp_path / "a"), trees.checked_out(ROOT, tmp_path / "b")
    code = ("-I", "-c", "import nnkata, numpy; print(nnkata.__file__)")
    assert Path(other.run(*code).strip()) == tmp_path / "nnkata" / "__init__.py"
    assert Path(mine.run(*code).strip()) == ROOT / "nnkata" / "__init__.py"


def test_parts_of_a_run_add_up_to_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter([0, 1, 3, 7, 12, 20, 29])
    monkeypatch.setattr("benchmarks.breakdown.time.perf_counter", lambda: float(next(clock)))
    parts = breakdown.Parts()
    with parts.part("outer"):
        with parts.part("inner"):
            pass
        with parts.part("inner"):
            pass
    assert parts.seconds == {"outer": 2 + 5 + 9, "inner": 4 + 8}


@pytest.fixture(scope="module")
def some() -> tuple[Any, Any]:
    bundled = data.load("bundled")
    return oracle.pixels(bundled.images[::50]), oracle.one_hot(bundled.labels[::50])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_articles_corrected_code_takes_the_oracles_steps_in_its_dtype(some: tuple[Any, Any], dtype: type) -> None:
    x, y = (part.astype(dtype) for part in some)
    network = contenders.Article(contenders.SIZES, contenders.L_RATE, dtype)
    before = {key: network.params[key].astype(np.float64) for key in ("W1", "W2", "W3")}
    network.train(x, y)
    for key, wanted in oracle.train(before, x, y, 1, contenders.L_RATE).items():
        assert network.params[key].dtype == dtype
        np.testing.assert_allclose(network.params[key], wanted, rtol=0, atol=1e-4 if dtype is np.float32 else 1e-10)


def test_every_contender_that_is_installed_trains_and_the_floor_runs(some: tuple[Any, Any]) -> None:
    from benchmarks.reference_speed import MAKERS

    x, y = (part[:30] for part in some)
    for name, make in MAKERS.items():
        try:
            epoch = make(x, y)
        except ImportError:
            assert name.startswith("PyTorch")  # the group `bench`; the tests need all others anyway
            continue
        assert epoch() > 0, name


@pytest.mark.parametrize("trial", reference_trials.TRIALS)
def test_a_trial_ends_at_the_references_weights(trial: str, some: tuple[Any, Any]) -> None:
    assert reference_trials.distance(trial, *some) <= reference_trials.ROUNDING


def test_a_trial_with_other_steps_would_be_noticed(monkeypatch: pytest.MonkeyPatch, some: tuple[Any, Any]) -> None:
    class Skips(DeepNeuralNetwork):
        def _descend(self, x: Any, y: Any, W1: Any, W2: Any, W3: Any) -> None:
            super()._descend(x[:-1], y[:-1], W1, W2, W3)

    monkeypatch.setitem(reference_trials.TRIALS, "skips", (Skips, 32))
    assert reference_trials.distance("skips", *some) > 100 * reference_trials.ROUNDING


def numbers(name: str) -> set[str]:
    """The clauses of a plain test, by its name: test_backward_3_4 tests backward-3 and backward-4."""
    stage, rest = name.removeprefix("test_").split("_", 1)
    return {f"{stage}-{number}" for number in rest.split("_")}


def test_the_plain_tests_hold_the_clauses_up_to_mnist_that_need_no_more_data() -> None:
    held = set().union(*(numbers(name) for name in assignment.functions()))
    stages = {next(iter(numbers(name))).rsplit("-", 1)[0] for name in assignment.functions()}
    assert held == {clause.tag for clause in known_clauses() if clause.stage in stages} - {"mnist-4"}
    assert len(held) == peers_cost.CLAUSES


def failing(submission: Path, folder: Path) -> set[str]:
    """The broken clauses by the plain tests, for clauses with a test of their own."""
    peer = peers_cost.plain_pytest(folder)
    with contextlib.suppress(RuntimeError):
        peer.act(str(submission))()
    cases = ElementTree.parse(peer.record("")).iter("testcase")  # pytest's own file
    names = {case.attrib["name"].split("[")[0] for case in cases if case.find("failure") is not None}
    return {tag for name in names if len(numbers(name)) == 1 for tag in numbers(name)}


@pytest.mark.parametrize("change", [None, *batch.MISTAKES[:3]], ids=["right", "grey levels", "uphill", "an epoch less"])
def test_plain_tests_and_contract_find_the_same_clauses_broken(change: tuple[str, str] | None, tmp_path: Path) -> None:
    text = PLAIN.read_text()
    submission = tmp_path / "network.py"
    submission.write_text(text.replace(*change) if change else text)
    assert bool(change) == (submission.read_text() != text)
    found = judge(Settings(str(submission), seed=1))
    alone = {tag for name in assignment.functions() if len(numbers(name)) == 1 for tag in numbers(name)}
    broken = {c.clause for stage in found.stages for c in stage.clauses if c.status not in ("passed", "skipped")}
    assert failing(submission, tmp_path) == broken & alone
    assert bool(broken) == bool(change)


@pytest.fixture
def modules() -> Iterator[tuple[Any, Any]]:
    yield common.load(PLAIN), common.load(PRINTED)
    del sys.modules["submission"]


def test_as_an_assignment_the_functions_pass_a_right_network_and_fail_a_wrong_one(modules: tuple[Any, Any]) -> None:
    right, wrong = modules
    for name in ("test_preprocessing_5", "test_activations_11", "test_backward_3_4_5_6", "test_training_9"):
        assignment.hold(name, right.DeepNeuralNetwork, right.preprocess)
    with pytest.raises(AssertionError):
        assignment.hold("test_backward_3_4_5_6", wrong.DeepNeuralNetwork, wrong.preprocess)
    with pytest.raises(RuntimeWarning):
        assignment.hold("test_activations_5", wrong.DeepNeuralNetwork, wrong.preprocess)


def test_a_peer_that_does_not_run_is_not_counted_as_fast(tmp_path: Path) -> None:
    idle = peers_cost.Peer(lambda name: ["true"], lambda name: tmp_path / "record", lambda record: True)
    with pytest.raises(RuntimeError):
        idle.act("solutions/correct/plain.py")()


def test_a_peer_that_passes_everything_is_not_sound(tmp_path: Path) -> None:
    record = tmp_path / "record"
    lenient = peers_cost.Peer(lambda name: ["touch", str(record)], lambda name: record, lambda path: True)
    assert not peers_cost.sound(lenient)


def test_a_section_of_the_page_is_replaced_between_its_markers_and_nothing_else() -> None:
    page = "before\n<!-- a -->\nold\n<!-- /a -->\nafter <!-- b -->\n<!-- /b -->\n"
    assert report.filled(page, {"a": r"new \1"}) == page.replace("old", r"new \1")
    with pytest.raises(ValueError, match="no place for 'c'"):
        report.filled(page, {"c": "new"})


def test_the_page_has_the_tables_of_the_stored_results() -> None:
    for name, sections in (("performance.md", report.SECTIONS), ("scaling.md", report.SCALING)):
        made = report.tables(timing.RESULTS, sections)
        page = (ROOT / "docs" / name).read_text()
        assert set(made) == set(sections)
        assert report.filled(page, made) == page, "python -m benchmarks.report writes it"


def test_the_stored_bands_follow_from_at_least_ten_runs() -> None:
    kept = json.loads(guard.BANDS.read_text())
    assert set(kept["ratios"]) == set(guard.QUANTITIES)
    assert {len(ratios) for ratios in kept["ratios"].values()} == {kept["runs"]}
    assert kept["runs"] >= 10
    assert kept["bands"] == {name: guard.band(ratios) for name, ratios in kept["ratios"].items()}
