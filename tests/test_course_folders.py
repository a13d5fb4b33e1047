"""Nobody is lost: over a corpus of course folders with ground truth, and over folders that hypothesis makes up."""

import re
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import tests.more_course_folders  # noqa: F401  # more of them in COURSES
from nnkata.grading.archives import Refused, unpack
from nnkata.grading.find import Bundle, Found, bundle
from nnkata.grading.find import Course as Read
from nnkata.grading.find import course as read_course
from nnkata.grading.gather import text
from nnkata.grading.kinds import leaving
from tests.course_folders import COURSES, Course, helper, network, notebook, put, tarred, zipped
from tests.thousand import make

MARK = re.compile(rb"# by ([\w-]+)#(\d+)")


def read(made: Course, work: Path) -> Read:
    folder = made.path
    if folder.is_file():
        unpack(folder, work / "unpacked")
        folder = work / "unpacked"
    return read_course(folder, work=work, **made.options)


def marks(found: Bundle) -> set[tuple[str, int]]:
    return {(m[1].decode(), int(m[2])) for content in found.files.values() for m in MARK.finditer(content)}


@pytest.mark.parametrize("name", COURSES)
def test_nobody_is_lost_merged_or_split_and_the_latest_attempt_is_judged(name: str, tmp_path: Path) -> None:
    made = COURSES[name](tmp_path / "course")
    found = read(made, tmp_path)
    accounted(found)
    judged: Counter[str] = Counter()
    refused = []
    for one in found.found:
        bundled = outcome(one)
        if bundled is None:
            refused.append(one.name)
            continue
        entry = MARK.search(bundled.files[bundled.entry])
        whose = {who for who, _attempt in marks(bundled)}
        assert len(whose) == 1, f"{one.name} has the work of {whose}"
        (who,) = whose
        judged[who] += 1
        attempt = int(entry[2]) if entry else max(n for _who, n in marks(bundled))
        assert attempt == made.judged[who], f"attempt {attempt} of {who} is judged"
        if who in made.files:
            assert sorted(bundled.files) == sorted(made.files[who])
    assert judged == Counter(made.judged.keys())
    assert len(refused) == len(made.not_judged), refused
    assert all(any(who in name for name in refused) for who in made.not_judged), refused
    assert found.platform == made.platform
    assert sum(found.passed.values()) >= made.passed


def test_the_corpus_is_as_large_as_is_claimed() -> None:
    assert len(COURSES) >= 40


def accounted(found: Read) -> None:
    """Every entry is one of a submission, or of the export, or passed over; a folder of several is its entries."""
    entries = [name for one in found.found for name in one.entries]
    there = [path for folder in found.folders for path in folder.iterdir() if path not in found.folders]
    assert len(there) == len(entries) + len(found.own) + sum(found.passed.values())
    assert not Counter([*entries, *found.own]) - Counter(text(path.name) for path in there)


WHO = st.sampled_from(
    ["ada", "bob", "Zoë", "王", "o'neil", "a b", "x_1_2", "m\udcfcller", "Participant", "-n", "ada.old"]
)
NUMBER = st.integers(1, 120)
CONTENT = st.sampled_from(
    [
        network("x"),
        helper("x"),
        notebook("x"),
        b"",
        b"\xff\xfe\0",
        zipped({"n.py": network("x")}),
        tarred({"n.py": b""}),
    ]
)
SUFFIX = st.sampled_from(
    [".py", ".PY", ".ipynb", ".zip", ".tar.gz", ".txt", ".pdf", ".csv", "", ".html", ".rar", ".7z"]
)
NAME = st.one_of(
    st.builds("{}{}".format, WHO, SUFFIX),
    st.builds("{}_{}_assignsubmission_file_".format, WHO, NUMBER),
    st.builds("{}_{}_assignsubmission_file_{}{}".format, WHO, NUMBER, WHO, SUFFIX),
    st.builds("{}_{}_{}_net{}".format, WHO, NUMBER, NUMBER, SUFFIX),
    st.builds("{}_LATE_{}_{}_net-1{}".format, WHO, NUMBER, NUMBER, SUFFIX),
    st.builds("HW_{}_attempt_2026-01-{:02d}-10-00-00_n{}".format, WHO, st.integers(1, 28), SUFFIX),
    st.builds("{}-7 - {} - Jan {}, 2026 1000 AM".format, NUMBER, WHO, st.integers(1, 28)),
    st.builds("{}, X({})".format, WHO, WHO),
    st.sampled_from(
        ["venv", "__MACOSX", ".DS_Store", ".git", "grades.csv", "submission_metadata.yml", ".hidden.py", "index.html"]
    ),
)
FOLDERS = st.dictionaries(NAME, st.one_of(CONTENT, st.dictionaries(NAME, CONTENT, max_size=3)), min_size=1, max_size=12)


@settings(max_examples=100, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(FOLDERS)
def test_in_any_folder_every_entry_is_accounted_for(files: "dict[str, bytes | dict[str, bytes]]") -> None:
    with TemporaryDirectory() as made:
        folder = Path(made)
        for name, content in files.items():
            if isinstance(content, bytes):
                put(folder, {name: content})
            else:
                (folder / name).mkdir()
                put(folder / name, content)
        found = read_course(folder)
        accounted(found)
        for one in found.found:
            outcome(one)


def outcome(one: Found) -> Bundle | None:
    """It is judged, or a text says why not: anything else would end the batch."""
    try:
        found = bundle(one)
    except Refused as refused:
        reason = str(refused)
    else:
        reason = ""
    if reason:
        return None
    assert found.entry in found.files
    assert not any(leaving(part) for name in found.files for part in name.split("/")[:-1])
    for name in [one.name, *found.files, *found.notes, *one.entries, *one.ids.values()]:
        name.encode()
    return found


def test_of_a_thousand_mixed_entries_each_is_somebody_and_none_that_is_right_is_refused(tmp_path: Path) -> None:
    truth = make(tmp_path / "course", [network("x")])
    found = read_course(tmp_path / "course")
    accounted(found)
    assert {one.name for one in found.found} == truth.good | truth.faulty
    refused = {one.name for one in found.found if outcome(one) is None}
    assert refused < truth.faulty  # of the others a worker says why: they are empty, or no Python, or end at once
    assert len(truth.faulty) == 200
