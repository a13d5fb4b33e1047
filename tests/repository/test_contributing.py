"""CONTRIBUTING names files, commands and tags that exist, and a begun clause is one that runs."""

import re
from importlib import import_module
from pathlib import Path

import new_clause
import pytest

from nnkata.features.bdd import step_patterns
from nnkata.features.gherkin import clauses
from nnkata.features.lint import lint
from nnkata.features.tags import TAGS
from nnkata.katas.article import CONTRACT, KATA
from nnkata.language import LANGUAGES
from nnkata.places import features_folder

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
#: Names in capitals that a contributor replaces.
OPEN = r"STAGE|NAME|PLATFORM|CODE"


def paths(text: str) -> list[str]:
    """The files and folders of the repository in a text, as patterns."""
    folders = sorted(path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith("."))
    found = re.findall(rf"(?<![\w/.])(?:{'|'.join(folders)})/[\w./-]*\w/?|[\w-]+\.(?:txt|yml)", text)
    return [re.sub(OPEN, "*", path) for path in found]


def missing(text: str) -> list[str]:
    """The named files and folders, make targets and tags that do not exist."""
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    return [
        *(path for path in paths(text) if not any(ROOT.glob(path))),
        *(target for target in re.findall(r"`make ([\w-]+)", text) if target not in targets),
        *(tag for tag in re.findall(r"`@([\w-]+)`", text) if tag not in (*TAGS, KATA.full_tag)),
    ]


def test_everything_that_it_names_exists() -> None:
    assert len(paths(TEXT)) > 20
    assert missing(TEXT) == []


@pytest.mark.parametrize(
    ("text", "gone"), [("`nnkata/gone.py`", "nnkata/gone.py"), ("`make sun`", "sun"), ("`@fast`", "fast")]
)
def test_a_name_of_nothing_is_found(text: str, gone: str) -> None:
    assert missing(text) == [gone]


def test_every_tag_of_a_clause_is_named() -> None:
    assert [tag for tag in (*TAGS, KATA.full_tag) if f"`@{tag}`" not in TEXT] == []


def versions(text: str) -> list[str]:
    """The current version of the contract, at each place of docs/contract.md that states it."""
    places = (r"^Version (\S+): ", r"^## Changes\n\n### (\S+)$", r'"contract": "(\S+)",')
    return [version for place in places for version in re.findall(place, text, re.M)]


def test_the_page_of_the_contract_has_its_version() -> None:
    text = (ROOT / "docs" / "contract.md").read_text(encoding="utf-8")
    assert versions(text) == [CONTRACT] * 3
    assert versions(text.replace(f"### {CONTRACT}", "### 0.9")) == [CONTRACT, "0.9", CONTRACT]


@pytest.mark.parametrize("stage", KATA.stages)
def test_a_begun_clause_has_a_step_that_some_function_matches(stage: str, tmp_path: Path) -> None:
    tag = f"{stage}-{new_clause.next_number(stage)}"
    files = new_clause.begun(stage, "It is new", tag, new_clause.topic_of(stage), {})
    for language in LANGUAGES:
        path = tmp_path / language / f"{stage}.feature"
        path.parent.mkdir()
        path.write_text(files[features_folder(language) / path.name], encoding="utf-8")
        assert clauses([path])[-1].tag == tag
        rules = {fault.rule for fault in lint([path], step_patterns(map(import_module, KATA.steps)))}
        assert rules <= {"no-then"}


def test_the_table_of_readers_counts_every_clause() -> None:
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    (row,) = re.findall(r"^\| `junit` \| junitparser .*$", page, re.M)
    counts = [sum(map(int, found.split("/"))) for found in re.findall(r"\d+/\d+/\d+", row)]
    assert counts[:-1] == [len(clauses(sorted(features_folder("en").glob("*.feature"))))] * 5, "readers_table.py"
