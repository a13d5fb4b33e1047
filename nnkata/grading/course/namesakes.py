"""Students of one name in a download, and one name in several folders of a course: a section's and a late one's."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from nnkata.grading.platforms.handed import Listing
from nnkata.language import _
from nnkata.texts import natural, text

#: The platforms' keys by which an instructor knows a student, the surest first.
KNOWN = ("sid", "eid", "user", "email")


def told_apart(listing: Listing) -> Listing:
    """With the platform's key behind the name of students who have the same one: `Ada Lee 1009`."""
    keys: dict[str, set[str]] = defaultdict(set)
    for one in listing.handed:
        keys[_plain(one.who)].add(one.key)
    handed = [
        replace(one, who=f"{one.who} {known}")
        if len(keys[_plain(one.who)]) > 1 and (known := next((one.ids[key] for key in KNOWN if one.ids.get(key)), ""))
        else one
        for one in listing.handed
    ]
    return replace(listing, handed=handed)


def in_several(listings: Sequence[tuple[Path, Listing]]) -> dict[str, list[str]]:
    """The folders of each name that several have: a section's and a late one's, or two students of one name."""
    places: dict[str, dict[str, None]] = defaultdict(dict)
    for folder, listing in listings:
        for one in listing.handed:
            places[_plain(one.who)][text(folder.name)] = None
    return {who: sorted(folders, key=natural) for who, folders in places.items() if len(folders) > 1}


def _plain(who: str) -> str:
    return unicodedata.normalize("NFC", text(who)).casefold()


def with_folder(listing: Listing, folder: Path, several: Collection[str]) -> Listing:
    """With the folder's name behind each name that other folders have too, which then says whose work it is."""
    handed = [
        replace(one, who=f"{one.who} ({text(folder.name)})", ids=one.ids or {"username": text(one.who)})
        if _plain(one.who) in several
        else one
        for one in listing.handed
    ]
    return replace(listing, handed=handed)


def told_of_several(several: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """The note on names in several folders; empty without one."""
    if not several:
        return ()
    who, folders = next(iter(several.items()))
    said = _(
        "names in several folders ({count}, such as {who} in {folders}) count as different students; if they are one "
        "student's attempts, put them into one folder; if the folders are tasks, grade each by itself"
    )
    return (said.format(count=len(several), who=who, folders=", ".join(folders)),)
