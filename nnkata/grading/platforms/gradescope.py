"""Gradescope's export of submissions: `submission_metadata.yml` beside a folder for each, `submission_NUMBER`.

Source: the file itself, made by "Export Submissions" (guides.gradescope.com): a map from folders to ":submitters"
(":name", ":sid", ":email"), ":created_at", ":score" and more. PyYAML's safe loader (extra `archives`) reads it; without
that, the folder's name identifies the submission.
"""

import contextlib
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from nnkata.grading.kinds import head_of, is_archive, is_code, stem
from nnkata.grading.platforms.handed import Handed, Listing
from nnkata.language import _

METADATA = "submission_metadata.yml"
#: Bytes of metadata: 1,000 submissions with their whole history have 20 MB.
MAX_METADATA = 64 << 20


def read(entries: Sequence[Path], sure: bool) -> Listing | None:
    """Students and files, by mail address or number; None without the list of submissions."""
    listed = next((entry for entry in entries if entry.name == METADATA), None)
    if listed is None and not sure:
        return None
    told, doubt = _metadata(listed) if listed else ({}, "")
    handed = []
    for entry in entries:
        name = stem(entry.name) if is_archive(entry.name) else entry.name  # packed again by hand
        if entry == listed or not (name in told or entry.is_dir() or is_code(entry.name)):
            continue
        ids = _ids(name, told)
        attempt = (_made(told.get(name)), int(ids["submission"]) if ids["submission"].isdecimal() else 0)
        who = ids.get("name") or entry.name
        handed.append(Handed(entry, _key(ids), who, ids, "" if entry.is_dir() else entry.name, attempt))
    missing = _missing(listed, told, handed) if listed else []
    return Listing(handed, [listed] if listed else [], doubt=doubt, missing=missing)


def _ids(name: str, told: Mapping[str, object]) -> dict[str, str]:
    """The number of a submission, and the names, mails and numbers of its people."""
    people = _people(told.get(name))
    ids = {"submission": name.removeprefix("submission_")}
    for key in ("name", "email", "sid"):
        values = [person[key] for person in people if person.get(key)]
        ids |= {key: ", ".join(values)} if values else {}
    return ids


def _key(ids: Mapping[str, str]) -> str:
    return ids.get("email") or ids.get("sid") or ids["submission"]


def _missing(listed: Path, told: Mapping[str, object], handed: Sequence[Handed]) -> list[Handed]:
    """The people of the list whose folder is not there, also under their own name."""
    there = {one.key for one in handed} | {stem(one.entry.name).casefold() for one in handed}
    why = _("{file} lists {folder}, which is not in the folder; export the submissions again")
    found = []
    for name in told:
        ids = _ids(name, told) if isinstance(name, str) else {}
        who = ids.get("name") or ids.get("email") or ids.get("sid") or ""
        if who and _key(ids) not in there and who.casefold() not in there:
            said = why.format(file=listed.name, folder=name)
            found.append(Handed(listed, _key(ids), who, ids, why=said))
    return found


def _metadata(path: Path) -> tuple[Mapping[str, object], str]:
    try:
        import yaml
    except ImportError:
        return {}, _("names in {file} need the extra `archives` (pip install 'nnkata[archives]')").format(file=METADATA)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        content = head_of(path, MAX_METADATA + 1)
        if len(content) > MAX_METADATA:
            return {}, _("{file} is too large to be read").format(file=METADATA)
        found = yaml.load(content, loader)  # a safe loader
    except (yaml.YAMLError, OSError, RecursionError, ValueError) as error:
        return {}, _("{file} cannot be read: {error}").format(file=METADATA, error=str(error).split("\n")[0])
    return (found, "") if isinstance(found, dict) else ({}, "")


def _made(told: object) -> str:
    """The time of submission as a sortable text, in universal time: clocks are put back during a term."""
    made = told.get(":created_at", "") if isinstance(told, dict) else ""
    if isinstance(made, str):  # YAML does not take "2026-11-01 10:00:00 -0700" for a time
        with contextlib.suppress(ValueError):
            made = datetime.fromisoformat(re.sub(r" (?=[+-]\d{2}:?\d{2}$)", "", made.strip()))
    if isinstance(made, datetime) and made.tzinfo is not None:
        made = made.astimezone(UTC).replace(tzinfo=None)
    return str(made)


def _people(told: object) -> list[dict[str, str]]:
    people = told.get(":submitters") if isinstance(told, dict) else None
    rows = [person for person in people if isinstance(person, dict)] if isinstance(people, list) else []
    return [
        {key.lstrip(":"): str(value) for key, value in row.items() if isinstance(key, str) and value} for row in rows
    ]
