"""The fast part of the false-alarm benchmark: no clause fails for a correct implementation, with a few seeds each."""

import math
import re
import tomllib
import unicodedata
from importlib.resources import files
from pathlib import Path

import pytest

from benchmarks import false_alarms
from nnkata.features.gherkin import clauses
from nnkata.katas.article.steps.initialization import STANDARD_ERRORS
from nnkata.places import feature_files
from tests.support.late import Late

ROOT = Path(__file__).parents[2]
stats = Late("scipy.stats")
RAISED = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")


@pytest.mark.parametrize("path", false_alarms.VARIANTS, ids=lambda path: str(path.stem))
def test_a_correct_implementation_fails_nothing_with_any_of_a_few_seeds(path: Path) -> None:
    entry = false_alarms.alarms(path, 2)
    assert entry["failures"] == []
    assert entry["clauses judged"] > 2 * len(false_alarms.QUICK)


def test_an_incorrect_implementation_is_noticed() -> None:
    entry = false_alarms.alarms(ROOT / "solutions" / "printed.py", 1)
    assert "backward-3" in {failure["clause"] for failure in entry["failures"]}


def test_the_stated_false_alarm_rates_of_new_weights_are_the_computed_ones() -> None:
    sizes = [128 * 784, 64 * 128, 10 * 64]
    means = sum(2 * stats.t.sf(STANDARD_ERRORS, size - 1) for size in sizes)
    spreads = 0.0
    for size in sizes:
        low, high = (size * (1 + side * STANDARD_ERRORS / (2 * size) ** 0.5) ** 2 for side in (-1, 1))
        spreads += stats.chi2.cdf(low, size - 1) + stats.chi2.sf(high, size - 1)
    computed = {"initialization-6": means, "initialization-7": spreads}
    said: dict[str, set[int]] = {}
    for language in ("en", "zh-CN"):
        with files("nnkata.katas.article.explanations").joinpath(f"{language}.clauses.toml").open("rb") as file:
            explained = tomllib.load(file)
        for clause in clauses(feature_files(None, language)):
            if clause.tag in computed:
                texts = clause.description + " ".join(str(part.get(clause.tag, "")) for part in explained.values())
                powers = re.findall(
                    r"10\^(\d+)", RAISED.sub(lambda found: f"^{unicodedata.normalize('NFKC', found[0])}", texts)
                )
                said.setdefault(clause.tag, set()).update(map(int, powers))
    assert said == {clause: {math.floor(-math.log10(rate))} for clause, rate in computed.items()}
