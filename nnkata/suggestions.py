"""The closest known name to an unknown one."""

import contextlib
import difflib
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from nnkata.language import _

#: The endings of files with a network, and the most names of a folder that are compared.
ENDINGS, MOST = (".py", ".ipynb"), 1000
#: The least likeness. At difflib's own 0.6, `nope` is close to `openml`, and `isolation` to `implementation`.
LEAST = 0.65


def meant(name: str, known: Iterable[str]) -> str:
    """`; did you mean backward-3?`, the end of a message; empty if no name is close."""
    close = difflib.get_close_matches(name.lower(), list(known), 1, LEAST)
    return _("; ") + _("did you mean {name}?").format(name=close[0]) if close else ""


def meant_file(target: str, here: Path | None = None) -> str:
    """The end of a message about an absent file: the Python file or notebook beside it whose name is closest."""
    path = Path(target)
    beside: list[str] = []
    with contextlib.suppress(OSError):
        found = islice(((here or Path()) / path).parent.iterdir(), MOST)
        beside = sorted(file.name for file in found if file.suffix.lower() in ENDINGS)
    stems = {Path(name).stem: name for name in reversed(beside)}  # the common ending makes no two names alike
    close = difflib.get_close_matches(path.stem.lower(), stems, 1, LEAST)
    if not close:
        return ""
    return _("; ") + _("did you mean {name}?").format(name=path.with_name(stems[close[0]]).as_posix())
