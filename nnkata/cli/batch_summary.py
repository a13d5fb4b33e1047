"""The end of a batch's output: its result, and the next step."""

import re
import shlex
import sys
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from nnkata.cli.failures import on_terminal
from nnkata.grading.gradebook import Summary
from nnkata.grading.kinds import below
from nnkata.grading.platforms import TITLES
from nnkata.language import _, carried
from nnkata.marks import WRITERS
from nnkata.registry import option
from nnkata.reports.clean import told
from nnkata.reports.width import rows
from nnkata.terminal import columns_of, lines_of
from nnkata.texts import headed, in_a_line, labelled, listed, natural

#: Entries below a course folder among which the path of one is looked for.
MAX_LISTED = 100_000
#: Names with a reason; failures, mistakes, pairs.
NAMES, FIRST = 3, 3


@dataclass(frozen=True)
class Size:
    """The most lines for doubts and for reasons, the most names of those who handed in nothing.

    `tall`: whether failures, mistakes and pairs have a line each, or share one.
    """

    doubts: int
    reasons: int
    absent: int
    tall: bool = False


#: The sizes, the first one without regard to a screen.
SIZES = (Size(1000, 5, 20, tall=True), Size(3, 5, 8), Size(2, 3, 8), Size(1, 2, 3), Size(1, 1, 3))


def closing(
    summary: Summary, output: Path, source: Path, fits: Callable[[list[str]], bool] = lambda _lines: True
) -> list[str]:
    """The lines below a batch: its counts, the unjudged entries, the commonest failures, the files written.

    As many lines of the lists as fit on the screen; the files have all.
    """
    lines: list[str] = []
    for size in SIZES:
        lines = _lines(summary, output, source, size)
        if fits(lines):
            break
    return lines


def _lines(summary: Summary, output: Path, source: Path, size: Size) -> list[str]:
    rows = list(summary.rows.values())
    errors = summary.not_judged
    conform = sum(row.passed for row in rows)
    text = _("Submissions: {count}; conforming: {conform}; not conforming: {differ}.")
    if errors:
        text = _("Submissions: {count}; conforming: {conform}; not conforming: {differ}; not judged: {errors}.")
    differ = len(rows) - conform - len(errors)
    lines = [text.format(count=len(rows), conform=conform, differ=differ, errors=len(errors))]
    lines += _accounted(summary, size)
    lines += _foreign(summary, source)
    if summary.stuck:
        text = _("Clauses of which a step failed by itself, no fault of the submission: {clauses}; see the verdicts")
        named = [f"{clause} ({number})" for clause, number in summary.stuck.most_common()]
        lines += ["", *told(text.format(clauses=listed(named, FIRST)))]
    failed = summary.failed()
    worst = sorted((tag for tag in failed if failed[tag]), key=lambda tag: -failed[tag])
    common = sorted(summary.misconceptions.items(), key=lambda item: -len(item[1]))
    pairs = [(f"{pair.share:.0%}", f"{pair.first}, {pair.second}") for pair in summary.alike]
    lines += _listed(_("Failed most often:"), [(str(failed[tag]), tag) for tag in worst], size)
    lines += _listed(_("Mistakes most often recognised:"), [(str(len(names)), name) for name, names in common], size)
    lines += _listed(_("Pairs that share much code, for you to look at (all in summary.json):"), pairs, size)
    lines += ["", _("Gradebook: {path}").format(path=output / "gradebook.csv")]
    lines += [_("Verdicts:  {path}").format(path=f"{output / 'verdicts'}/NAME.json")]
    return lines


def next_steps(page: Path | None, output: Path, summary: Summary) -> list[str]:
    """The next steps after a batch: the page, and the command for the marks, for the platform if that is known."""
    text = _("To look at: {page}") if page else _("To have a page to look at: {command}")
    looked = text.format(page=page, command="pip install 'nnkata[html]'")
    platform = summary.records.platform if summary.records else ""
    to = platform if platform in WRITERS else "PLATFORM"
    marks = carried(f"nnkata marks {shlex.quote(str(output))} --to {to}{option()}")
    return [looked, _("Marks for your platform: {command}").format(command=marks)]


def fits_above(steps: Sequence[str]) -> Callable[[list[str]], bool]:
    """Whether the lines of a result fit on the terminal with the steps and a prompt below; always on no terminal."""
    height = lines_of(sys.stdout.fileno()) if sys.stdout.isatty() else None
    if height is None:
        return lambda _lines: True
    below = rows(steps, columns_of(sys.stdout.fileno())) + 1
    return lambda lines: len(on_terminal(lines)) + below <= height


def _listed(heading: str, items: Sequence[tuple[str, str]], size: Size) -> list[str]:
    """The first items, each with its number, below their heading or behind it; none without items."""
    if not items:
        return []
    if not size.tall:
        return [labelled(heading, _("; ").join(f"{number} {name}" for number, name in items[:FIRST]))]
    return ["", heading, *(f"  {number:>4}  {name}" for number, name in items[:FIRST])]


def _accounted(summary: Summary, size: Size) -> list[str]:
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
    lines += [_("In doubt: {doubt}.").format(doubt=doubt) for doubt in known.doubts[: size.doubts]]
    if rest := len(known.doubts[size.doubts :]):
        lines.append(_("In doubt, more: {count} (in submissions.json)").format(count=rest))
    lines += _not_judged(summary.not_judged, size.reasons)
    if summary.reduced:
        text = _("Judged by their definitions alone: {names}; the reasons are in gradebook.csv")
        names = listed(sorted(summary.reduced, key=natural), NAMES)
        lines += told(text.format(names=names))
    absent = [person.get("name") or person.get("mail") or person.get("id", "") for person in known.absent]
    lines += [" ".join(told(line)) for line in headed(_("Handed in nothing:"), absent, size.absent)]
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


def _not_judged(reasons: Mapping[str, str], most: int) -> list[str]:
    """A line for each of the first `most` reasons, with the names; the gradebook has all.

    Reasons that differ in the name of the submission's own file alone are one, with NAME for it.
    """
    names: dict[str, list[str]] = defaultdict(list)
    for name, whole in reasons.items():
        names[re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "NAME", in_a_line(whole))].append(name)
    lines = []
    for why, of in [*names.items()][:most]:
        who = listed(of, NAMES) + (f" ({len(of)})" if len(of) > 1 else "")
        said = why if len(of) > 1 else in_a_line(reasons[of[0]])
        lines.append(" ".join(told(_("not judged: {name}: {why}").format(name=who, why=said))))
    if rest := sum(map(len, [*names.values()][most:])):
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
