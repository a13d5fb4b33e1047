"""A form of names that the user gives, a platform or a pattern, instead of the recognised one."""

import re
from collections.abc import Sequence
from pathlib import Path

from nnkata.errors import UsageError
from nnkata.grading.platforms import TITLES
from nnkata.grading.platforms.handed import Handed, Listing
from nnkata.language import _
from nnkata.texts import text

#: The beginning of the keys of entries that a platform's reader does not know.
OTHERS = "file\0"


def by_pattern(entries: Sequence[Path], pattern: str) -> Listing:
    """The entries whose names a pattern fits, with its groups."""
    handed = []
    for path in entries:
        match = re.fullmatch(pattern, text(path.name)) or re.match(pattern, text(path.name))
        if match is None:
            continue
        groups = {name: value for name, value in match.groupdict().items() if value}
        number = groups.get("attempt", "")
        attempt = (int(number), "") if number.isdecimal() else (0, number)
        who = groups.get("who") or groups.get("id") or match[0]
        ids = {name: groups[name] for name in groups if name not in ("who", "attempt", "file")}
        file = "" if path.is_dir() else groups.get("file") or path.name
        handed.append(Handed(path, groups.get("id") or who, who, {**ids, "name": who}, file, attempt))
    return Listing(handed)


def some_fit(listings: Sequence[Listing], entries: Sequence[Path], platform: str) -> None:
    """Refuse a platform or a pattern that no name fits.

    Raises:
        UsageError: none does, and all entries would be read as those of no platform.
    """
    if not entries or any(not one.key.startswith(OTHERS) for listing in listings for one in listing.handed):
        return
    if platform:
        said = _("no name here is in the form of {title}, such as {name}; without --from the form is recognised")
    else:
        said = _("--name-pattern fits no name here, such as {name}")
    raise UsageError(said.format(title=TITLES.get(platform), name=text(entries[0].name)))
