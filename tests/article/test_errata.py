"""Each entry of the errata proves its statement: its sessions run and give the printed output."""

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ERRATA = (ROOT / "docs" / "errata.md").read_text(encoding="utf-8")
SESSION = re.compile(r"^```pycon\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PREFACE, *PARTS = re.split(r"^## ", ERRATA, flags=re.MULTILINE)
ENTRIES = {part.partition("\n")[0]: part for part in PARTS}


def run(sessions: str) -> tuple[doctest.TestResults, list[str]]:
    """The result of the examples, which share their names, and the report on failed ones."""
    test = doctest.DocTestParser().get_doctest(sessions, {}, "errata", None, 0)
    said: list[str] = []
    return doctest.DocTestRunner(verbose=False).run(test, out=said.append), said


@pytest.mark.parametrize("entry", ENTRIES)
def test_an_entry_is_reproduced(entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "solutions"))
    result, said = run("\n".join(SESSION.findall(ENTRIES[entry])))
    assert result.attempted > 0, "an entry without a session proves nothing"
    assert result.failed == 0, "".join(said)


def test_the_chinese_errata_have_the_same_entries_with_the_same_sessions() -> None:
    text = (ROOT / "docs" / "errata.zh-CN.md").read_text(encoding="utf-8")
    assert SESSION.findall(text) == SESSION.findall(ERRATA)
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert [len(SESSION.findall(part)) for part in sections] == [len(SESSION.findall(part)) for part in PARTS]


def test_a_wrong_number_is_noticed() -> None:
    right = "\n".join(SESSION.findall(ENTRIES["Probabilities that sum to 3.5"]))
    assert run(right)[0].failed == 0
    assert run(right.replace("3.5 9", "3.4 9"))[0].failed == 1
