"""The end of a batch's output: its result, and the next step."""

import re
import shlex
from collections import defaultdict
from collections.abc import Mapping
from itertools import islice
from pathlib import Path

from nnkata.grading.gradebook import Summary
from nnkata.grading.kinds import below
from nnkata.grading.platforms import TITLES
from nnkata.language import _, carried
from nnkata.reports.clean import told
from nnkata.texts import headed, in_a_line, listed, natural

#: Entries below a course folder among which the path of one is looked for.
MAX_LISTED = 100_000
#: Lines of each list, so that the whole fits on a screen: reasons, and names with one; failures, mistakes, pairs.
REASONS, NAMES, FIRST = 5, 3, 3


def closing(summary: Summary, output: Path, source: Path) -> str:
    """The text below a batch: its counts, the unjudged entries, the commonest failures, the files written."""
    rows = list(summary.rows.values())
    errors = summary.not_judged
    conform = sum(row.passed for row in rows)
    text = _("Submissions: {count}; conforming: {conform}; not conforming: {differ}.")
    if errors:
        text = _("Submissions: {count}; conforming: {conform}; not conforming: {differ}; not judged: {errors}.")
    differ = len(rows) - conform - len(errors)
    lines = [text.format(count=len(rows), conform=conform, differ=differ, errors=len(errors))]
    lines += _accounted(summary)
    lines += _foreign(summary, source)
    failed = summary.failed()
    worst = sorted((tag for tag in failed if failed[tag]), key=lambda tag: -failed[tag])[:FIRST]
    if worst:
        lines += ["", _("Failed most often:"), *(f"  {failed[tag]:>4}  {tag}" for tag in worst)]
    common = sorted(summary.misconceptions.items(), key=lambda item: -len(item[1]))[:FIRST]
    if common:
        lines += ["", _("Mistakes most often recognised:"), *(f"  {len(names):>4}  {name}" for name, names in common)]
    if summary.alike:
        lines += ["", _("Pairs that share much code, for you to look at (all in summary.json):")]
        lines += [f"  {pair.share:>4.0%}  {pair.first}, {pair.second}" for pair in summary.alike[:FIRST]]
    lines += ["", _("Gradebook: {path}").format(path=output / "gradebook.csv")]
    lines += [_("Verdicts:  {path}").format(path=f"{output / 'verdicts'}/NAME.json")]
    return "\n".join(lines) + "\n"


def _accounted(summary: Summary) -> list[str]:
    """The kind of the folder, and the reason for each entry that was not judged."""
    known = summary.records
    if known is None:
        return []
    lines = []
    if known.platform != "files":
        lines.append(
            _("Taken for {platform}; if it is another platform's: --from PLATFORM, see nnkata grade --help").format(
                platform=TITLES[known.platform]
            )
        )
    lines += [_("In doubt: {doubt}.").format(doubt=doubt) for doubt in known.doubts]
    lines += _not_judged(summary.not_judged)
    absent = [person.get("name") or person.get("mail") or person.get("id", "") for person in known.absent]
    lines += [" ".join(told(line)) for line in headed(_("Handed in nothing:"), absent)]
    older = sum(len(one.older) for one in known.submissions)
    if older:
        lines.append(_("Earlier attempts, not judged: {count} (in summary.json)").format(count=older))
    count = known.accounted
    if count["entries"] != count["in_submissions"]:
        text = _(
            "Entries: {entries}; in submissions: {in_submissions}; not judged: {not_judged}; "
            "the export's own: {of_the_export}; passed over: {passed_over}{kinds}."
        )
        kinds = ", ".join(f"{kind} {number}" for kind, number in known.passed_over.items())
        lines.append(text.format(**count, kinds=f" ({kinds})" if kinds else ""))
    return lines


def _not_judged(reasons: Mapping[str, str]) -> list[str]:
    """A line for each of the first reasons, with the names; the gradebook has all.

    Reasons that differ in the name of the submission's own file alone are one, with NAME for it.
    """
    names: dict[str, list[str]] = defaultdict(list)
    for name, whole in reasons.items():
        names[re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "NAME", in_a_line(whole))].append(name)
    lines = []
    for why, of in [*names.items()][:REASONS]:
        who = listed(of, NAMES) + (f" ({len(of)})" if len(of) > 1 else "")
        said = why if len(of) > 1 else in_a_line(reasons[of[0]])
        lines.append(" ".join(told(_("not judged: {name}: {why}").format(name=who, why=said))))
    if rest := sum(map(len, [*names.values()][REASONS:])):
        lines.append(_("not judged, for other reasons: {count} (in gradebook.csv)").format(count=rest))
    return lines


def _placed(source: Path, entry: str) -> Path:
    """An entry's path: at the top of a course, or below folders that hold parts of it."""
    if (source / entry).exists():
        return source / entry
    inside = islice(below(source), MAX_LISTED)
    return next((path for path in inside if path.name == entry), source / entry)


def _foreign(summary: Summary, source: Path) -> list[str]:
    """Advice for networks with an interface of their own: the command for the first of them."""
    if not summary.foreign or summary.records is None:
        return []
    first = min(summary.foreign, key=natural)
    entries = next((one.entries for one in summary.records.submissions if one.submission == first), [])
    path = _placed(source, entries[0]) if entries and source.is_dir() else Path(first)
    text = _("{count} with an interface of their own. The lines that the first of them needs:")
    command = carried(f"nnkata adapt {shlex.quote(str(path))}")
    return ["", text.format(count=len(summary.foreign)), f"  {command}"]
