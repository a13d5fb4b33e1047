"""The owner of each submission of a batch by the roster, and the doubts about them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from nnkata.grading.course.find import Course
from nnkata.grading.records import Records, record, records
from nnkata.grading.rosters.groups import members, of_group, pair, together
from nnkata.grading.rosters.matching import matcher, of_folders, whose
from nnkata.language import _
from nnkata.texts import listed

#: Names in one message.
SHOWN = 5


def records_of(found: Course, people: list[dict[str, str]]) -> Records:
    """The students, from the platform and the roster, including those without a submission."""
    find = matcher(people)
    known, owners = [], defaultdict(list)
    told = {one.name: [whose(find, one.name, own) for own in members(one.ids)] for one in found.found}
    by_folder = of_folders(find, {one.path: told[one.name] for one in found.found})
    for submission in found.found:
        one, places = submission, told[submission.name]
        if len(places) == 1 and not one.ids and (group := pair(find, one.name)):
            one, places = replace(one, ids=of_group([people[at] for at in group])), [*group]
        elif one.path in by_folder:
            places = [by_folder[one.path]]
        known.append(record(one, together([people[at] for at in places if at is not None])))
        for at in places:
            owners[at].append(one.name)
    absent = [person for at, person in enumerate(people) if at not in owners]
    for known_by, name in found.absent.items():
        if find.find([known_by], [name]) is None:
            absent.append({"id": known_by, "name": name, "mail": ""})
    if people:
        found = replace(found, notes=(*found.notes, *_doubtful(owners, people)))
    return records(found, known, absent)


def _doubtful(owners: Mapping[int | None, list[str]], people: list[dict[str, str]]) -> Iterator[str]:
    """The doubts by the roster: several submissions of one student, and submissions of no student."""
    for at, names in owners.items():
        if at is not None and len(names) > 1:
            text = _(
                "{names} are all {person}'s by the roster: of several attempts, take those away that do not count; of "
                "several tasks, grade each in a folder of its own"
            )
            yield text.format(names=", ".join(names), person=people[at]["name"] or people[at]["id"])
    if None in owners:
        text = _("the roster has no student for {names}; complete it, or rename the submissions")
        yield text.format(names=listed(owners[None], SHOWN))
    for kind in ("ids", "mail"):
        called: dict[str, set[str]] = defaultdict(set)
        for person in people:
            for value in filter(None, person[kind].split("\n")):
                called[value.casefold()].add(person["name"])
        for value, several in called.items():
            if len(several) > 1:
                text = _("the roster has {value} for several students, {names}; correct it")
                yield text.format(value=value, names=listed(sorted(several), SHOWN))
