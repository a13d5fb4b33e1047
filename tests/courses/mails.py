"""Course folders of saved mails."""

import base64
from collections.abc import Mapping
from pathlib import Path

from tests.courses.making import Course, course, network, put, zipped

NOVEMBER = "Nov 2026 10:00:00"


def mail(
    sender: str, subject: str, files: Mapping[str, bytes] | None = None, day: int = 1, zone: str = "+0000"
) -> bytes:
    head = f"From: {sender}\nTo: prof@x.org\nSubject: {subject}\nDate: {day} {NOVEMBER} {zone}\n"
    parts = [f"Content-Type: text/plain\n\nfrom me\n{subject}\n"]
    for name, content in (files or {}).items():
        kind = f'Content-Disposition: attachment; filename="{name}"\nContent-Transfer-Encoding: base64\n\n'
        parts.append(kind + base64.encodebytes(content).decode())
    body = "".join(f"--=part\n{part}\n" for part in parts)
    return f'{head}Content-Type: multipart/mixed; boundary="=part"\n\n{body}--=part--\n'.encode()


def mailbox(*mails: bytes) -> bytes:
    return b"".join(
        b"From x Sun Nov  1 10:00:00 2026\n" + one.replace(b"\nFrom ", b"\n>From ") + b"\n" for one in mails
    )


ADA = mail("Ada Lee <ada@x.org>", "HW3", {"network.py": network("ada")})
BOB = mail("Bob Roe <bob@x.org>", "HW3", {"n.zip": zipped({"network.py": network("bob")})})
AGAIN = mail("Bob Roe <bob@x.org>", "fixed", {"network.py": network("bob", 2)}, 2, "+0900")
THANKS = mail("Ada Lee <ada@x.org>", "thanks", day=3)
ILL = mail("Cy Tan <cy@x.org>", "ill")
TEACHER = mail("Prof <prof@x.org>", "Re: HW3", {"network.py": network("teacher")}, 4)
#: A teaching assistant passes a mail on; a program and a list send for students.
PASSED_ON = [mail("TA <ta@x.org>", f"Fwd: HW3 {who}", {"n.py": network(who)}) for who in ("di", "ed")]
BY_PROGRAM = [mail("LMS <noreply@x.org>", f"{who} has submitted", {"n.py": network(who)}) for who in ("fy", "gus")]
BY_LIST = [mail(f"{who} via list <l@x.org>", "HW3", {"n.py": network(who)}) for who in ("hal", "ida")]
#: Two students at the address of a room, without a name, in one second.
BY_ROOM = [mail("lab@x.org", f"HW3 {who}", {"n.py": network(who)}) for who in ("jo", "kim")]
ALL = [ADA, BOB, AGAIN, THANKS, ILL, TEACHER, *PASSED_ON, *BY_PROGRAM, *BY_LIST, *BY_ROOM]
JUDGED = {"ada": 1, "bob": 2} | dict.fromkeys(("di", "ed", "fy", "gus", "hal", "ida", "jo", "kim"), 1)


@course
def mails_of_a_mail_program(at: Path) -> Course:
    put(at / "HW3 mails", {f"{number}.eml": one for number, one in enumerate(ALL)})
    return Course(at, JUDGED, ("Cy Tan",), "mail")


@course
def a_mailbox(at: Path) -> Course:
    put(at, {"HW3.mbox": mailbox(*ALL)})
    return Course(at, JUDGED, ("Cy Tan (cy@x.org)",))


@course
def a_mailbox_in_a_backup(at: Path) -> Course:
    put(at / "Takeout", {"archive_browser.html": b"<html>", "Mail/HW3.mbox": mailbox(ADA, BOB)})
    return Course(at, dict.fromkeys(("ada", "bob"), 1))


@course
def late_mails_beside_a_download(at: Path) -> Course:
    put(at, {"Ada Lee_101_assignsubmission_file/n.py": network("ada"), "late/1.eml": BOB, "Di Po.eml": PASSED_ON[0]})
    return Course(at, dict.fromkeys(("ada", "bob", "di"), 1), (), "moodle")
