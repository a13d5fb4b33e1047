"""One failed clause as text: its steps, the result, the mistake, hints; shortened to the available lines."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import click

from nnkata.explanations import explanation
from nnkata.features.clause import Clause
from nnkata.language import _, later
from nnkata.registry import current as kata
from nnkata.reports.clean import clean, message_lines
from nnkata.reports.report import filled, read_back, read_label, rows, stopped_at, wrong_line
from nnkata.reports.width import WIDTH, columns, cut, flow, line_width, pad, wrap
from nnkata.texts import labelled
from nnkata.verdict import PASSES_AGAIN, ClauseResult

#: The marks of a stage and of a step, and their words for screen readers.
MARKS = {"passed": "✓", "failed": "✗", "skipped": "-", "here": "✗"}
SPOKEN = {
    "passed": later("passed:"),
    "failed": later("failed:"),
    "skipped": later("skipped:"),
    "here": later("failed here:"),
}
#: The beginning of an array's row.
ROW = ("[", "...")
#: The line of a comparison above its array: the label, and the array's kind, shape and dtype.
NEXT = re.compile(r"(\s*[^:：]+[:：]\s*)(.+)[:：]")
#: A side of a comparison in one line: its label, and the value.
SIDE = re.compile(r"\s+[^:：]+[:：]\s*\S")
SHAPE = re.compile(r"\d+(?:×\d+)*")
#: The width of the widest label with which the others are aligned: `The mistake:`.
LABEL = 14
#: The least lines of a comparison: its subject, the result, the expected value.
LEAST = 3
#: Colours by meaning; without colour, `paint` is the identity.
Paint = Callable[[str, str], str]


def plain(text: str, colour: str) -> str:
    """No colour."""
    return text


def painted(text: str, colour: str) -> str:
    """Colour by its ANSI name, or bold, or dim."""
    if colour in ("bold", "dim"):
        return click.style(text, bold=colour == "bold", dim=colour == "dim")
    return click.style(text, fg=colour)


@dataclass(frozen=True)
class Look:
    """The style of failures: the number of hints; with or without the mistake; the first one, or all in full."""

    paint: Paint = plain
    marks: Mapping[str, str] = field(default_factory=lambda: MARKS)
    hints: int = 0
    diagnosis: bool = True
    every: bool = False


def failed_clause(failure: ClauseResult, clause: Clause, look: Look, room: int) -> list[str]:
    """One failure, in `room` lines if possible: fewer steps, rows, shorter paragraphs; in full if all are shown.

    Requested hints are never shortened.
    """
    parts = _Parts(failure, clause, look)
    fitting = (parts.made(*level) for level in _LEVELS)
    shown = next((lines for lines in fitting if look.every or len(lines) <= room), None)
    return shown or parts.made(*_LEVELS[-1])


#: The visible steps (2: with the description, 1: all, 0: the failed one), the lines of a message and of a paragraph,
#: and further texts (2: the text to read, 1: the formula of a mistake): from everything to the least that helps, a
#: comparison in three lines. A paragraph is cut last: the end of a reading is the right formula.
_LEVELS = (
    *((2, 99, 99, 2), (1, 99, 99, 2), (0, 99, 99, 2), (0, 99, 4, 2), (0, 8, 4, 2), (0, 6, 4, 2), (0, 4, 4, 2)),
    *((0, 3, 4, 2), (0, 3, 4, 1), (0, 3, 4, 0), (0, 2, 4, 0), (0, 2, 3, 0), (0, 2, 2, 0)),
)


class _Parts:
    """The parts of a failure, each at a chosen length."""

    def __init__(self, failure: ClauseResult, clause: Clause, look: Look) -> None:
        self._failure, self._clause, self._look = failure, clause, look

    def made(self, steps: int, message: int, paragraph: int, aside: int) -> list[str]:
        """All parts, with empty lines between them if there is room."""
        title = wrap(f"{self._failure.clause}: {self._clause.name}", line_width(), subsequent_indent="  ")
        lines = [self._look.paint(line, "bold") for line in title]
        if self._clause.description and steps == 2:
            described = flow(self._clause.description)
            lines += wrap(described, line_width() - 2, initial_indent="  ", subsequent_indent="  ")
        blank = [""] if steps == 2 else []
        lines += [*blank, *self._steps(steps, short=message <= LEAST), *blank, *self._message(message)]
        if told := self._told(paragraph, aside):
            lines += [*([""] if message > LEAST else []), *told]
        return lines

    def _steps(self, shown: int, short: bool) -> list[str]:
        here, look = self._look.marks["here"], self._look
        lines: list[str] = []
        for step in self._clause.steps:
            first, *table = filled(step, self._failure).split("\n")
            wrong = stopped_at(first, self._failure)
            if not (wrong or shown):
                continue
            head = labelled(f"  {_(here)}", "") if wrong else " " * 4
            broken = wrap(first, line_width(), initial_indent=head, subsequent_indent=" " * 8)
            broken = [cut(broken[0], line_width() - 2) + " …"] if short and len(broken) > 1 else broken
            lines += [look.paint(line, "red") for line in broken] if wrong else broken
            lines += [f"      {row.strip()}" for row in table] if shown else []
        return lines

    def _message(self, most: int) -> list[str]:
        told = message_lines(self._failure.message)
        made = (*(shortened(told, rows) for rows in (99, 3, 2, 1)), brief(told))
        lines = next((lines for lines in made if len(lines) <= most), made[-1])
        if len(lines) > most and self._failure.status == "failed" and all(map(SIDE.match, lines[-2:])):
            subject = lines[: most - 2]  # both sides of a comparison tell more than the whole of its subject
            if subject and len(subject) < len(lines) - 2:
                subject[-1] = cut(subject[-1], line_width() - 2) + " …"
            lines = [*subject, *lines[-2:]]
        elif len(lines) > most:
            lines = [*lines[: most - 1], "    …"]
        after = rows(self._failure)
        if self._look.diagnosis:
            after += wrong_line(self._failure)
        for line in after:
            lines += broken(line)
        return lines

    def _told(self, most: int, aside: int) -> list[str]:
        """The mistake and the text to read, then the requested hints, as labelled paragraphs."""
        read = aside > 1 and not self._look.hints  # that was shown before
        named = [each for each in mistake(self._failure, aside > 0) if read or each[0] != _("To read:")]
        asked = hints(self._failure)[: self._look.hints]
        texts = [*(named if self._look.diagnosis else []), *asked]
        if self._look.hints > len(hints(self._failure)) and not passes_again(self._failure):
            texts.append((_("Hint:"), _("There is no further hint.")))
        if not texts:
            return []
        aligned = max(columns(label) for label, _text in texts if columns(label) <= LABEL or len(texts) == 1) + 2
        lines = []
        for label, text in texts:
            indent = max(aligned, columns(label) + 2)
            block = wrap(text, line_width(), initial_indent=pad(label, indent), subsequent_indent=" " * indent)
            if len(block) > most and (label, text) not in asked:
                block = [*block[: most - 1], cut(block[most - 1], line_width() - 2) + " …"]
            lines += block
        return lines


def shortened(message: Sequence[str], most: int) -> list[str]:
    """The wrapped lines of a message, with at most `most` rows per array: both sides keep their first ones."""
    lines: list[str] = []
    row = 0
    for line in message:
        row = row + 1 if line.lstrip().startswith(ROW) else 0
        lines += broken(line) if row <= most else []
    return lines


def brief(message: Sequence[str]) -> list[str]:
    """The lines of a message, each array in the line that names it: its first row, or its shape if shapes differ."""
    heads = {
        number: found
        for number, (line, after) in enumerate(pairwise([*message, ""]))
        if after.lstrip().startswith(ROW) and (found := NEXT.fullmatch(line))
    }
    shapes = {found[0] for head in heads.values() if (found := SHAPE.search(head[2]))}
    lines: list[str] = []
    for number, line in enumerate(message):
        if number in heads:
            label, array = heads[number].groups()
            more = " …" if message[number + 2 : number + 3] and message[number + 2].lstrip().startswith(ROW) else ""
            whole = label + (array if len(shapes) > 1 else message[number + 1].strip() + more)
            lines.append(f"  {whole}" if columns(whole) + 2 <= WIDTH else f"  {cut(whole, WIDTH - 4)} …")
        elif not line.lstrip().startswith(ROW):
            lines += broken(line)
    return lines


def broken(line: str) -> list[str]:
    """A line of a message, indented by two columns and wrapped; a row of an array is cut at 80 columns."""
    if columns(line) + 2 <= line_width():
        return [f"  {line}"]
    if line.lstrip().startswith(ROW):
        return ["  " + cut(line, WIDTH - 4) + " …"] if columns(line) + 2 > WIDTH else [f"  {line}"]
    indent = " " * (2 + len(line) - len(line.lstrip()))
    return wrap(line, line_width(), indent, indent + "  ")


def mistake(failure: ClauseResult, formula: bool = True) -> list[tuple[str, str]]:
    """The mistake, by its name or as the formula read from the numbers, and its text to read.

    `formula`: whether the mistake's formula is shown behind its name.
    """
    entry = kata().catalogue().get(failure.misconception or "")
    if entry is not None:
        text = _("{mistake} ({name}: {formula})") if formula else _("{mistake} ({name})")
        text = text.format(mistake=_(entry.mistake), name=entry.name, formula=_(entry.formula))
        told = [(_("The mistake:"), text)]
    else:
        told = [(read_label(failure), read_back(failure))] if failure.reading else []
    read = further(failure)
    return [*told, *([(_("To read:"), read)] if read else [])]


def hints(failure: ClauseResult) -> list[tuple[str, str]]:
    """The hints in order of detail: the idea of the clause, the formula, the way to the line."""
    if passes_again(failure):
        return []
    topic, entry = explanation(failure.clause), kata().catalogue().get(failure.misconception or "")
    texts = list(topic.hints) if topic else []
    if entry is not None and failure.reading:
        texts.insert(1, clean(labelled(read_label(failure), failure.reading), 1)[0])
    if last := failure.hint or (_(entry.hint) if entry else ""):
        texts.append(last)
    return [(_("Hint:"), text) for text in dict.fromkeys(texts)]


def passes_again(failure: ClauseResult) -> bool:
    """Whether it fails only because it was expected to: there is nothing to read, and no hint."""
    return failure.message == _(PASSES_AGAIN)


def further(failure: ClauseResult) -> str:
    """The text to read for a failure: that of its mistake, else that of its clause; "" if neither is known."""
    about = kata().catalogue().get(failure.misconception or "") or explanation(failure.clause)
    if passes_again(failure):
        return ""
    return to_read(about.read) if about else ""


def to_read(part: str) -> str:
    """That part of the kata's text, in words."""
    return _(kata().reading).format(part=_(kata().readings[part]))
