"""An archive that cannot be read says why, and what is needed instead."""

import re
from pathlib import Path

import pytest

from nnkata.grading.archives.archive import Refused
from nnkata.grading.bundle import bundle
from nnkata.grading.course.find import Found


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.rar", b"Rar!\x1a\x07\x01\x00" + b"\x01" * 300, "not an archive that can be read: it has no files"),
        ("a.tar.gz", b"\x1f\x8bx", "a.tar.gz is not an archive that can be read: "),
        ("a.zip", b"PK\x03\x04x", "a.zip is not a zip archive that can be read: "),
        ("a.tar.zst", b"\x28\xb5\x2f\xfd", "a.tar.zst is packed in a form that is not read; a .zip archive is needed"),
    ],
)
def test_an_archive_that_cannot_be_read_says_why(name: str, content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Refused, match=re.escape(said)):
        bundle(Found("a", path))
