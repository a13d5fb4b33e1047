"""Mails as archives: hostile ones, and the places of attached files."""

from pathlib import Path

import pytest

from nnkata.grading.archives.archive import Refused, opened
from tests.courses.mails import ADA, mail, mailbox


@pytest.mark.parametrize(
    ("head", "readable"),
    [
        (b"\0\0\0", False),
        (b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 3000, False),
        (b"From: a@x\n" + b"Content-Type: message/rfc822\n\n" * 3000, False),
        (b"From: " + b"(" * 100_000, False),
        (b"From: " + b"a@x," * 200_000 + b"\n\nx", True),
        (b"From: a@x\nSubject: " + b"=?utf-8?q?a?= " * 100_000 + b"\n\nx", True),
    ],
)
def test_a_hostile_mail_is_read_or_refused(head: bytes, readable: bool, tmp_path: Path) -> None:
    path = tmp_path / "ada.eml"
    path.write_bytes(head)
    if readable:
        with opened(path) as members:
            assert [member.name for member in members] == ["message.txt"]
    else:
        with pytest.raises(Refused, match="not a mail that can be read"), opened(path):
            pass


def test_attached_files_stay_in_the_folder_of_their_mail_and_a_broken_mail_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "all.mbox"
    path.write_bytes(mailbox(mail('"../../Ada" <ada@x.org>', "x", {"../../n.py": b"1", "/n.py": b"2"}), b"\0\n", ADA))
    with opened(path) as members:
        names = [member.name for member in members if member.name.endswith(".py")]
        assert any(member.name.startswith("mail 2/") for member in members)
    first = "_.._Ada (ada@x.org)/2026-11-01 10-00-00"
    assert names == [f"{first}/_.._n.py", f"{first}/_n.py", "Ada Lee (ada@x.org)/2026-11-01 10-00-00/network.py"]
