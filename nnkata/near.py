"""The closest known name to an unknown one."""

import contextlib
import difflib
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from nnkata.language import _

#: The endings of files with a network, and the most names of a folder that are compared.
ENDINGS, MOST = (".py", ".ipynb"), 1000


def meant(name: str, known: Iterable[str]) -> str:
    """`; did you mean backward-3?`, the end of a message; empty if no name is close by difflib's measure."""
    close = difflib.get_close_matches(name.lower(), list(known), 1)
    return _("; ") + _("did you mean {name}?").format(name=close[0]) if close else ""


def meant_file(target: str, here: Path | None = None) -> str:
    """The end of a message about an absent file: the Python file or notebook beside it whose name is closest."""
    path = Path(target)
    beside: list[str] = []
    with contextlib.suppress(OSError):
        found = islice(((here or Path()) / path).parent.iterdir(), MOST)
        beside = sorted(file.name for file in found if file.suffix.lower() in ENDINGS)
    close = difflib.get_close_matches(path.name.lower(), beside, 1)
    if not close:
        return ""
    return _("; ") + _("did you mean {name}?").format(name=path.with_name(close[0]).as_posix())
