"""Large sparse files: they are reported at once, as a disk can hold many gigabytes of zeros."""

import time
from pathlib import Path

import pytest

from nnkata.grading.archives.archive import Refused
from nnkata.grading.bundle import bundle
from nnkata.grading.course.find import course

#: Bytes: tarfile's own test for xz would unpack these zeros, which takes minutes.
HUGE = 4 << 30
#: The limit of the answer in seconds; it takes 0.1 s.
SOON = 20


def test_gigabytes_of_zeros_are_quickly_reported_as_no_archive(tmp_path: Path) -> None:
    (tmp_path / "course").mkdir()
    for name in ("ada.zip", "bob.tar.gz", "eve.py", "carl.ipynb", "dora.txt"):
        with (tmp_path / "course" / name).open("wb") as file:
            file.truncate(HUGE)
    begun = time.monotonic()
    found = course(tmp_path / "course", work=tmp_path / "work").found
    assert [one.name for one in found] == ["ada", "bob", "carl", "dora", "eve"]
    for one in found:
        with pytest.raises(Refused):
            bundle(one)
    assert time.monotonic() - begun < SOON
