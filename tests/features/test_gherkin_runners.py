"""nnkata, cucumber-js and behave read the contract's features and a user's own features alike."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from readers import MODULES

from nnkata.features.gherkin import clauses
from nnkata.language import LANGUAGES
from nnkata.places import feature_files
from nnkata.reports.formats import write
from nnkata.reports.report import Report
from nnkata.verdict import ClauseResult, verdict
from tests.features.test_own_taken import TAKEN

CUCUMBER = MODULES / "@cucumber" / "cucumber" / "bin" / "cucumber.js"
#: The right features that both others accept: behave refuses a * before the first Given of a scenario.
OWN = [form for form in TAKEN if form != "stars"]
ENVIRONMENT = {"python": "", "numpy": "", "isolation": "", "data": "", "seed": ""}


class Seen(NamedTuple):
    """A scenario, or a row of an outline, in a runner's list: each step has its line, keyword and text."""

    file: str
    line: int
    keyword: str
    name: str
    tags: tuple[str, ...]
    steps: tuple[tuple[int, str, str], ...]


@pytest.fixture(scope="module")
def features(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contract's features in each language, and some of a user's own, each in a folder."""
    top = tmp_path_factory.mktemp("runners")
    for language in LANGUAGES:
        for file in feature_files(None, language):
            (top / language).mkdir(exist_ok=True)
            shutil.copyfile(file, top / language / file.name)
    for number, form in enumerate(OWN):
        (top / f"own{number}").mkdir()
        (top / f"own{number}" / "more.feature").write_bytes(TAKEN[form].encode())
    (top / "steps").mkdir()
    (top / "steps" / "none.py").touch()
    return top


def seen(features: list[Any], top: Path) -> list[Seen]:
    """The scenarios in Cucumber JSON."""
    found = []
    for feature in features:
        path = Path(feature["uri"])
        file = (path.relative_to(top) if path.is_absolute() else path).as_posix()
        for one in feature["elements"]:
            steps = tuple((step["line"], step["keyword"].strip(), step["name"]) for step in one["steps"])
            tags = tuple(tag["name"].lstrip("@") for tag in one["tags"])
            found.append(Seen(file, one["line"], one["keyword"], one["name"], tags, steps))
    return sorted(found)


@pytest.fixture(scope="module")
def ours(features: Path) -> list[Seen]:
    """The scenarios in the output of `--format cucumber` for a verdict that passes every clause."""
    found: list[Seen] = []
    for folder in sorted(path for path in features.iterdir() if any(path.glob("*.feature"))):
        known = clauses(sorted(folder.glob("*.feature")))
        stages: dict[str, list[ClauseResult]] = {}
        for clause in known:
            stages.setdefault(clause.stage, []).append(ClauseResult(clause.tag, clause.name, "passed"))
        report = Report(verdict(stages, "1", "network.py", 0.0, ENVIRONMENT), known)
        found += seen(json.loads(write("cucumber", report)), features)
    return sorted(found)


def test_cucumber_js_lists_the_same_scenarios_rows_steps_tags_and_lines(features: Path, ours: list[Seen]) -> None:
    if not CUCUMBER.exists():
        pytest.skip("needs `make readers`, as .ci/run does")
    files = sorted(path.relative_to(features).as_posix() for path in features.glob("*/*.feature"))
    command = ["node", str(CUCUMBER), "--dry-run", "--format", "json:found.json", *files]
    done = subprocess.run(command, cwd=features, capture_output=True, text=True, timeout=60, check=False)
    theirs = seen(json.loads((features / "found.json").read_text(encoding="utf-8")), features)
    assert len(theirs) > 200, done.stderr
    assert theirs == ours


def test_behave_lists_the_same_scenarios_rows_steps_tags_and_lines(features: Path, ours: list[Seen]) -> None:
    command = [sys.executable, "-m", "behave", "--dry-run", "--no-summary", "-f", "json", "-o", "behave.json"]
    marked = {f"own{number}" for number, form in enumerate(OWN) if "mark" in form}  # behave 1.3.3 refuses it
    command += sorted({each.file.partition("/")[0] for each in ours} - marked)
    done = subprocess.run(command, cwd=features, capture_output=True, text=True, timeout=60, check=False)
    found = []
    for feature in json.loads((features / "behave.json").read_text(encoding="utf-8")):
        for one in feature["elements"]:
            file, _colon, line = one["location"].rpartition(":")
            steps = tuple(
                (int(s["location"].rpartition(":")[2]), s["keyword"].strip(), s["name"]) for s in one["steps"]
            )
            if one["type"] != "background":
                name = one["name"].partition(" -- @")[0].rstrip()  # behave appends the number of a row to the title
                found.append(Seen(file, int(line), one["keyword"], name, tuple(sorted(one["tags"])), steps))
    assert len(found) > 200, done.stderr
    mine = [each._replace(tags=tuple(sorted(each.tags))) for each in ours if each.file.partition("/")[0] not in marked]
    assert sorted(found) == mine
