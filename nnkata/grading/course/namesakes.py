"""Students of one name in a download, and one name in several folders of a course: a section's and a late one's."""

import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from nnkata.grading.names.named import ALONE, names_a_part
from nnkata.grading.names.versions import anybody
from nnkata.grading.names.words import words_of
from nnkata.grading.platforms.handed import Listing
from nnkata.language import _
from nnkata.texts import listed, natural, printable, text

#: Names in one message.
SHOWN = 3
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


def in_several(listings: Sequence[tuple[Path, Listing]]) -> dict[str, tuple[str, list[str]]]:
    """The names that several folders have, without regard to case: as written, and the folders.

    They are a section's and a late one's, or two students of one name.
    """
    places: dict[str, dict[str, str]] = defaultdict(dict)
    for folder, listing in listings:
        for one in listing.handed:
            places[_plain(one.who)].setdefault(text(folder.name), one.who)
    return {
        who: (next(iter(folders.values())), sorted(folders, key=natural))
        for who, folders in places.items()
        if len(folders) > 1
    }


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


def told_of_several(several: Mapping[str, tuple[str, Sequence[str]]]) -> tuple[str, ...]:
    """The note on names in several folders; empty without one."""
    if not several:
        return ()
    who, folders = next(iter(several.values()))
    said = _(
        "names in several folders ({count}, such as {who} in {folders}) count as different students; if they are one "
        "student's attempts, put them into one folder; if the folders are tasks, grade each by itself"
    )
    return (said.format(count=len(several), who=printable(who), folders=", ".join(folders)),)


def with_numbers(listings: Iterable[Listing]) -> tuple[str, ...]:
    """The note on full names in a folder that differ in a number alone, perhaps an attempt's; empty without one."""
    for listing in listings:
        called: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for who in sorted({one.who for one in listing.handed if not one.ids}, key=natural):
            words, numbers = words_of(who)
            if (
                len(words) > 1
                and not anybody(who)
                and any(len(number) >= ALONE for number in numbers)
                and not names_a_part(" ".join(words))
            ):
                called[tuple(words)].append(who)
        several = next((names for names in called.values() if len(names) > 1), None)
        if several and len(called) > 1:  # else the words are the course's
            said = _(
                "{names}: a submission each, as two students may have one name; of several attempts of one student, "
                "take away those that do not count"
            )
            return (said.format(names=listed([*map(printable, several)], SHOWN)),)
    return ()
