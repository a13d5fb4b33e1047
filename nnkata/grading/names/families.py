"""Names of families that are words for a version, behind a first name and a line: `Sam_Old.py`, `Sam_Old_v2.py`."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping

FAMILY = re.compile(r"(?P<name>[A-Z][^\W\d_]+_(?:New|Old|Late|Neu|Copy|Draft|Final))(?P<rest>(?:[\s_.(-].*)?)$")


def with_families(owners: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """The names with such a family and the text behind it, by the whole name; `owners` has the name without a version.

    All of one owner have the family, two or more. Beside `Sam` or `Sam_New`, `Sam_Old` says a version.
    """
    of_owner: dict[str, list[str]] = defaultdict(list)
    for name, owner in owners.items():
        of_owner[owner.casefold()].append(name)
    families: dict[str, tuple[str, str]] = {}
    for names in of_owner.values():
        found = {name: FAMILY.match(unicodedata.normalize("NFC", name)) for name in names}
        told = {name: (one["name"], one["rest"]) for name, one in found.items() if one}
        if len(names) == len(told) > 1 and len({family for family, _rest in told.values()}) == 1:
            families |= told
    return families
