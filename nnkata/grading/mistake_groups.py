"""Groups of submissions with the same mistakes, with one text of feedback per group."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from nnkata.features.clause import Clause
from nnkata.language import _
from nnkata.registry import current as kata
from nnkata.registry import option
from nnkata.texts import labelled, natural

#: The most clauses named in a text; the others are counted.
NAMED = 5


class Cluster(msgspec.Struct, frozen=True):
    """Submissions with the same mistakes: the mistakes (none if none was recognised), the failed clauses, the text."""

    submissions: list[str]
    mistakes: list[str]
    clauses: list[str]
    feedback: str


def clusters(
    mistakes_of: Mapping[str, tuple[str, ...]], failed_of: Mapping[str, tuple[str, ...]], known: Sequence[Clause]
) -> list[Cluster]:
    """The clusters, the largest first: by recognised mistakes, or without any by the failed clauses."""
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], list[str]] = defaultdict(list)
    for name, failed in failed_of.items():
        if failed:
            mistakes = tuple(sorted(mistakes_of.get(name, ())))
            groups[mistakes, () if mistakes else failed].append(name)
    found = []
    for (mistakes, _failed), names in groups.items():
        in_all = [tag for tag in failed_of[names[0]] if all(tag in failed_of[name] for name in names)]
        text = _text(mistakes, in_all, known)
        found.append(Cluster(sorted(names, key=natural), list(mistakes), in_all, text))
    return sorted(found, key=lambda cluster: (-len(cluster.submissions), natural(cluster.submissions[0])))


def _text(mistakes: Sequence[str], failed: Sequence[str], known: Sequence[Clause]) -> str:
    """The feedback for a cluster: each mistake with its hint, else the demands of the failed clauses."""
    catalogue = kata().catalogue()
    lines = []
    for name in mistakes:
        if name in catalogue:
            lines.append(labelled(_(catalogue[name].mistake), _(catalogue[name].hint)))
    if not lines:
        names = {clause.tag: clause.name for clause in known}
        lines = [f"{tag}: {names.get(tag, '')}" for tag in failed[:NAMED]]
        if len(failed) > NAMED:
            lines.append(_("and {count} more").format(count=len(failed) - NAMED))
        if failed:
            text = _("`nnkata explain {clause}` explains the demand.")
            lines.append(text.format(clause=failed[0] + option()))
    return "\n".join(line for line in lines if line)
