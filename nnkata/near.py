"""The closest known name to an unknown one."""

import difflib
from collections.abc import Iterable

from nnkata.language import _


def meant(name: str, known: Iterable[str]) -> str:
    """`; did you mean backward-3?`, the end of a message; empty if no name is close by difflib's measure."""
    close = difflib.get_close_matches(name.lower(), list(known), 1)
    return _("; ") + _("did you mean {name}?").format(name=close[0]) if close else ""
