"""Mails saved from a mail program, one file each: students by the sender's address, attempts by time."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from pathlib import Path

from nnkata.grading.archives.mails import MAIL, Mail, owner, shared
from nnkata.grading.archives.mails import read as read_mail
from nnkata.grading.archives.member import Unreadable
from nnkata.grading.kinds import is_code
from nnkata.grading.platforms.handed import Handed, Listing
from nnkata.language import _


def read(entries: Sequence[Path], sure: bool) -> Listing | None:
    """Senders and their mails; None if code is in other files too. The course's own mails are nobody's.

    One address with several names is that of a list, so the name is a part of the key.
    """
    mails = {entry: mail for entry in entries if (mail := _mail(entry)) is not None}
    others = [entry for entry in entries if entry not in mails]
    if not mails or (not sure and any(entry.is_dir() or is_code(entry.name) for entry in others)):
        return None
    course = owner([*mails.values()])
    own = [entry for entry, mail in mails.items() if mail.address and mail.address == course]
    several = shared([*mails.values()])
    return Listing([_handed(entry, mail, several) for entry, mail in mails.items() if entry not in own], own)


def _mail(entry: Path) -> Mail | None:
    if not entry.name.lower().endswith(MAIL) or entry.is_symlink() or not entry.is_file():
        return None
    with suppress(Unreadable, OSError):
        return read_mail(entry)
    return None


def _handed(entry: Path, mail: Mail, several: Collection[str]) -> Handed:
    ids = {"email": mail.address, "name": mail.name}
    ids = {key: value for key, value in ids.items() if value} if mail.address else {}
    name = mail.name or (mail.subject if mail.address in several else "")
    key = f"{mail.address} {name.casefold()}" if mail.address else entry.name
    has_code = any(is_code(name) for name, _content in mail.files)
    why = "" if has_code else _("no Python file, notebook or archive is attached to the mail")
    return Handed(entry, key, name or mail.address, ids, entry.name, (mail.time,), why=why)
