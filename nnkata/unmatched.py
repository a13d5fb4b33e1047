"""The advice for a step that no function matches."""

import difflib
import re
from collections.abc import Sequence

from nnkata.bdd import StepPattern
from nnkata.clause import ANY, Step
from nnkata.language import _
from nnkata.misplaced import description_not

#: A placeholder with blanks inside, which stays as it is.
SPACED = re.compile(r"<(?:\s+\w+\s*|\w+\s+)>")
#: Characters of word processors and other keyboards, and those that steps are written with.
TYPED = str.maketrans(
    "０１２３４５６７８９．－\u2212\u2013\u2011\u00a0\u3000", "0123456789.----  ", "\"'`\u2018\u2019\u201c\u201d"
)


def _plain(text: str) -> str:
    """A step's text without quotes, a full stop at its end, a decimal comma, several blanks or unusual digits."""
    typed = re.sub(r"(?<=\d),(?=\d)", ".", text.translate(TYPED))
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
    names = [str(p.parser.name) for p in patterns if step.kind in (ANY, p.type)]
    close = difflib.get_close_matches(text, names, 1)
    if close:
        return _("; ") + _("did you mean {name}?").format(name=repr(close[0]))
    return description_not(step.keyword) if step.joined else ""
