"""The step function of a step: the one that matches its text, and takes its table and its text; else the fault."""

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from inspect import signature

from nnkata.clause import ANY, Step
from nnkata.language import _
from nnkata.misplaced import description_not
from nnkata.steps.definitions import StepPattern

#: A placeholder with blanks inside, which stays as it is.
SPACED = re.compile(r"<(?:\s+\w+\s*|\w+\s+)>")
#: Characters of word processors and other keyboards, and those that steps are written with.
TYPED = str.maketrans(
    "０１２３４５６７８９．－\u2212\u2013\u2011\u00a0\u3000", "0123456789.----  ", "\"'`\u2018\u2019\u201c\u201d"
)


#: The name of a rule, and a message.
Broken = tuple[str, str]


def matches(step: Step, text: str, patterns: Iterable[StepPattern]) -> list[StepPattern]:
    """The patterns that match a step of that text; there should be one."""
    return [p for p in patterns if step.kind in (ANY, p.type) or p.type is None if p.parser.is_matching(text)]


def broken(step: Step, text: str, patterns: Sequence[StepPattern]) -> Iterator[Broken]:
    """The rules about step functions that a step of that text breaks."""
    matching = matches(step, text, patterns)
    if not matching:
        said = _("no {kind} step is defined for {text}").format(kind=step.kind, text=repr(text))
        yield "missing-step", said + nearest(step, text, patterns)
    elif len(matching) > 1:
        names = ", ".join(repr(p.parser.name) for p in matching)
        yield "ambiguous-step", _("{text} matches several steps: {names}").format(text=repr(text), names=names)
    else:
        yield from _arguments(step, matching[0])


def _arguments(step: Step, pattern: StepPattern) -> Iterator[Broken]:
    """A table and a text go to the parameters of these names; pytest-bdd drops one that is not asked for."""
    wanted = signature(pattern.step_func).parameters
    for there, name, lacks, extra in (
        (
            bool(step.table),
            "datatable",
            _("{step} needs a table below it"),
            _("{step} takes no table, and would pass over this one"),
        ),
        (
            step.docstring is not None,
            "docstring",
            _("{step} needs a text below it"),
            _("{step} takes no text, and would pass over this one"),
        ),
    ):
        if there != (name in wanted):
            yield "argument", (extra if there else lacks).format(step=repr(step.text))


def _plain(text: str) -> str:
    """A step's text without quotes, a full stop at its end, a decimal comma, several blanks or unusual numbers."""
    typed = re.sub(r"(?<=\d),(?=\d)", ".", text.translate(TYPED))
    typed = re.sub(r"(?<![\w.])[+]?(-?)(?=\.?\d)\.?", lambda sign: sign[1] + ("0." if "." in sign[0] else ""), typed)
    return " ".join(typed.rstrip(" .。!！;；").split())


def nearest(step: Step, text: str, patterns: Sequence[StepPattern]) -> str:
    """The end of a message: the closest step, the same words with another keyword, or nearly the same words."""
    if other := [p for p in patterns if p.parser.is_matching(text)]:
        return _("; it is a {kind} step").format(kind=other[0].type)
    if "<" in text and SPACED.search(text):
        return _("; a placeholder has no blanks inside: <x>")
    plain = _plain(text)
    if plain != text and any(p.parser.is_matching(plain) for p in patterns if step.kind in (ANY, p.type)):
        return _("; ") + _("did you mean {name}?").format(name=repr(plain))
    names = [getattr(p.parser, "example", str(p.parser.name)) for p in patterns if step.kind in (ANY, p.type)]
    close = difflib.get_close_matches(text, names, 1)
    if close:
        return _("; ") + _("did you mean {name}?").format(name=repr(close[0]))
    return description_not(step.keyword) if step.joined else ""
