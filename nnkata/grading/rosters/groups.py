"""The students of a submission by a pair or a group, and the keys of its members."""

import re
from collections.abc import Mapping, Sequence

from nnkata.grading.names.named import names_a_part, numbers_beside
from nnkata.grading.names.versions import version
from nnkata.grading.rosters.matching import LONGEST, MOST_WORDS, Matcher

#: Words between the names of a pair or a group.
AND = frozenset(("and", "und", "et", "y", "e", "with", "mit", "og", "och", "en", "team", "group", "pair", "gruppe"))


def pair(find: Matcher, name: str) -> list[int]:
    """The students of a pair or a group by the name of its submission, `ada_bob` or `张伟和李娜`; else none.

    All words are the ids and names of students, but for those of tasks and parts and those between people.
    """
    plain = version(name).who
    numbered = {at for number in numbers_beside(name) if (at := find.find([number], [])) is not None}
    if len(found := find.within(plain)) > 1:
        return found if numbered <= {*found} else []
    for between in (r"[\s_+&,;]+", r"[\s_+&,;-]+"):
        said = [word for word in re.split(between, plain) if word and word.casefold() not in AND]
        for words in (said, [word for word in said if not names_a_part(word)]):  # a word of a part may be a name: Ann
            sets = find.segments(words) if len(words) <= MOST_WORDS else set()
            if len(sets) == 1 and len(only := next(iter(sets))) > 1:
                parts = [part for count in range(1, LONGEST + 1) for part in _runs(words, count)]
                called = {at for part in parts if (at := find.find([], [part])) is not None}
                # one student's name with another one's number is a typing error
                return [] if numbered and called and not (numbered <= called or called <= numbered) else sorted(only)
    return []


def _runs(words: Sequence[str], count: int) -> list[str]:
    """The texts of so many words in a row."""
    return [" ".join(words[at : at + count]) for at in range(len(words) - count + 1)]


def of_group(people: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The keys of a group as a platform gives them, from the lines of its members: those that each has."""
    keys = (("sid", "id"), ("email", "mail"), ("name", "name"))
    return {key: ", ".join(one[of] for one in people) for key, of in keys if all(one[of] for one in people)}


def members(ids: Mapping[str, str]) -> list[dict[str, str]]:
    """The keys of each person of a group, from those of the group: mails or numbers with commas between."""
    split = {key: value.split(", ") for key, value in ids.items()}
    count = max((len(split[key]) for key in ("email", "sid") if key in split), default=1)
    if count == 1:
        return [dict(ids)]
    own = {key: values for key, values in split.items() if len(values) == count}
    return [{key: values[at] for key, values in own.items()} for at in range(count)]


def together(persons: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The line of a roster for a submission of these; empty without one."""
    if not persons:
        return {}
    joined = {key: ", ".join(one[key] for one in persons if one[key]) for key in ("name", "mail", "id")}
    return {**joined, "ids": "\n".join(one["ids"] for one in persons)}
