"""A course's files are looked at once, although each level of folders asks about them."""

from collections import Counter
from pathlib import Path

import pytest

from nnkata.grading.course.find import course
from nnkata.grading.path_cache import kept, once
from nnkata.grading.submission import contents
from tests.courses.making import network, put


def test_an_answer_is_kept_until_the_end_alone(tmp_path: Path) -> None:
    @once
    def size(path: Path) -> int:
        return path.stat().st_size

    file = tmp_path / "ada.py"
    file.write_bytes(b"1")
    with kept():
        assert size(file) == 1
        file.write_bytes(b"12")
        assert size(file) == 1
    assert size(file) == 2
    with kept():
        assert size(file) == 2


def test_a_file_below_folders_of_a_term_and_a_section_is_read_for_its_class_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Counter[Path] = Counter()
    has_class = contents._has_class

    def counted(path: Path) -> bool:
        read[path] += 1
        return has_class(path)

    monkeypatch.setattr(contents, "_has_class", counted)
    for section in ("section 1", "section 2"):
        who = {f"{name} {section[-1]}/network.py": network(name) for name in ("Ada Lee", "Bob Roe")}
        put(tmp_path / "2026" / "fall" / "HW3" / section, who)
    assert len(course(tmp_path).found) == 4
    # of the file, of its student's folder, each once
    assert max(read.values()) <= 2
