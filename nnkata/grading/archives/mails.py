"""Mails as archives: the files attached to a mail (.eml), and those of all mails of a mailbox (.mbox).

Sources: RFC 5322 and 2045 for a mail; RFC 4155 for a mailbox, whose mails each begin with a line "From ".
"""

import email
import email.utils
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from itertools import islice
from pathlib import Path

from nnkata.grading.archives.member import MAX_HELD, Member, Unreadable, held
from nnkata.language import _

MAIL, MAILBOX = ".eml", ".mbox"
#: The line before each mail of a mailbox; one of a text has a ">" before it.
BEGINS = re.compile(rb"(?:\A|\r?\n)From [^\n]*\n")
QUOTED = re.compile(rb"^>(>*From )", re.MULTILINE)
#: A forwarded mail, by its subject, and the address of a program: the sender is not the student.
PASSED_ON = re.compile(r"\s*(?:fwd?|wg|tr|rv|rif|i|转发|轉寄)\s*[:：]\s*", re.I)
ANSWERED = re.compile(r"(?:\s*(?:re|aw|回复|答复)\s*[:：])+\s*", re.I)
PROGRAM = re.compile(r"(?:no|not|donot)[._-]?reply|notifications?@|mailer|daemon", re.I)
#: The most characters of a header that are read, files of a mail, and multiparts of it: the parser is slow for more.
MAX_HEADER, MAX_FILES, MAX_DEPTH = 2000, 2000, 200
#: Newer Pythons (3.13, 3.12.6, 3.11.10) reject all addresses of a header for one that is odd or cut off, if not told
#: otherwise; older ones know no such rule. A list of receivers may be longer than the part that is read.
LOOSE = {"strict": False} if getattr(email.utils, "supports_strict_parsing", False) else {}
#: The text of a mail, as a file beside those attached.
TEXT = "message.txt"
#: The characters of a name that no path has.
BAD = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')


@dataclass(frozen=True)
class Mail:
    """A mail's sender and receivers, its time as sortable text, and the attached files with their names.

    Without an address, the sender is unknown, and the name is the subject.
    """

    address: str
    name: str
    subject: str
    receivers: tuple[str, ...]
    time: str
    files: tuple[tuple[str, bytes], ...]


def is_mail(path: Path) -> bool:
    """Whether a file has the name of a mail or of a mailbox."""
    return path.name.lower().endswith((MAIL, MAILBOX))


def members(path: Path, stack: ExitStack) -> Iterator[Member]:
    """The attached files of a mail; of a mailbox, in a folder for each sender and in it one for each mail.

    Raises:
        Unreadable: it is too large, or no mail.
    """
    if path.name.lower().endswith(MAIL):
        yield from (Member(name, held(content)) for name, content in read(path).files)
        return
    mails = [_in_mailbox(part, number) for number, part in enumerate(_parts(_content(path)), 1)]
    own, several = owner(mails), shared(mails)
    taken: Counter[str] = Counter()
    for number, mail in enumerate(mails, 1):
        if mail.address and mail.address == own:
            continue
        name = mail.name or (mail.subject if mail.address in several else "")
        called = f"{name} ({mail.address})" if name and mail.address else name or mail.address
        folder = f"{_fit(called)}/{_fit(mail.time or f'mail {number}')}"
        taken[folder] += 1  # two mails of one second
        folder += f"/{taken[folder]}" if taken[folder] > 1 else ""
        yield from (Member(f"{folder}/{file}", held(content)) for file, content in mail.files)


def _in_mailbox(content: bytes, number: int) -> Mail:
    """A mail of a mailbox; one that cannot be read counts as one of an unknown sender."""
    try:
        return _parsed(content)
    except Unreadable:
        return Mail("", f"mail {number}", "", (), "", ((TEXT, content),))


def read(path: Path) -> Mail:
    """A mail.

    Raises:
        Unreadable: it is too large, or no mail.
        OSError: it cannot be read.
    """
    return _parsed(_content(path))


def owner(mails: Sequence[Mail]) -> str:
    """The address that most mails are for: the course's, whose own mails are no submissions; empty if in doubt."""
    known = Counter(address for mail in mails for address in mail.receivers)
    (first, count), (_second, less) = (*known.most_common(2), ("", 0), ("", 0))[:2]
    return first if count > max(1, less) else ""


def shared(mails: Sequence[Mail]) -> set[str]:
    """The addresses without a name whose mails have files under several subjects: those of a room, not of a person."""
    subjects: dict[str, set[str]] = defaultdict(set)
    for mail in mails:
        if not mail.name and any(name != TEXT for name, _content_ in mail.files):
            subjects[mail.address].add(mail.subject.casefold())
    return {address for address, said in subjects.items() if address and len(said) > 1}


def _content(path: Path) -> bytes:
    if path.stat().st_size > MAX_HELD:
        raise Unreadable(_("a mailbox may have {size} MiB; save it in parts").format(size=MAX_HELD >> 20))
    return path.read_bytes()


def _parts(content: bytes) -> list[bytes]:
    starts = [*BEGINS.finditer(content)]
    ends = [*(found.start() for found in starts[1:]), len(content)]
    return [QUOTED.sub(rb"\1", content[found.end() : end]) for found, end in zip(starts, ends, strict=True)]


def _parsed(content: bytes) -> Mail:
    said = _("it is not a mail that can be read; save its attachments alone")
    if content.count(b"multipart/") > MAX_DEPTH:
        raise Unreadable(said)
    try:
        mail = _mail(email.message_from_bytes(content))
    except RecursionError:
        mail = None
    if mail is None:
        raise Unreadable(said)
    return mail


def _mail(message: Message) -> Mail | None:
    """The data of a mail; None if it has neither a sender nor a subject."""
    subject = _decoded(_header(message, "Subject")).strip()
    attached = [part for part in message.walk() if part is not message and part.get("From")]
    original = attached[0] if len(attached) == 1 else message
    named = [one for field in ("From", "Reply-To") for one in _addresses(original, field)]
    senders = [(name, address) for name, address in named if not PROGRAM.search(address)]
    if not senders and not subject:
        return None
    name, address = senders[0] if senders else ("", "")
    if (original is message and PASSED_ON.match(subject)) or not senders:
        name, address = PASSED_ON.sub("", subject), ""
    receivers = {mail for field in ("To", "Delivered-To") for _name, mail in _addresses(message, field)}
    return Mail(
        address, name, ANSWERED.sub("", subject), tuple(sorted(receivers)), _time(message), tuple(_files(message))
    )


def _time(message: Message) -> str:
    with suppress(ValueError, TypeError, IndexError, OverflowError):
        sent = parsedate_to_datetime(_header(message, "Date"))
        return (sent.astimezone(UTC) if sent.tzinfo else sent).strftime("%Y-%m-%d %H-%M-%S")
    return ""


def _header(message: Message, field: str) -> str:
    return str(message.get(field, ""))[:MAX_HEADER]


def _addresses(message: Message, field: str) -> list[tuple[str, str]]:
    """The names and addresses of a header, those without an address left out."""
    found = getaddresses([_header(message, field)], **LOOSE)
    return [(_decoded(name).strip(), address.casefold()) for name, address in found if "@" in address]


def _files(message: Message) -> Iterator[tuple[str, bytes]]:
    """The attached files, also those of attached mails, and the text; a second file of one name keeps both."""
    taken: Counter[str] = Counter()
    for part in islice(message.walk(), MAX_FILES):
        if part.is_multipart():
            continue
        try:
            name, content = _decoded((part.get_filename() or "")[:MAX_HEADER]), part.get_payload(decode=True)
        except (ValueError, LookupError, TypeError):
            continue
        is_text = part.get_content_type() == "text/plain"
        if not isinstance(content, bytes) or not (name or (is_text and content.strip())):
            continue
        name = _fit(name or TEXT)
        taken[name] += 1
        yield (name if taken[name] == 1 else f"{taken[name]}/{name}"), content


def _decoded(text: str) -> str:
    """A header's text; as it stands if its encoding is unknown or wrong."""
    try:
        return str(make_header(decode_header(text)))
    except (ValueError, LookupError):
        return text


def _fit(name: str) -> str:
    """A name fit for one part of a path."""
    return BAD.sub("_", name).strip(" .") or "unnamed"
