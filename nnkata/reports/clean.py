"""Text from a submission, made fit for a terminal: no control characters, no more than fits."""

import unicodedata

from nnkata.language import _

MAX_LINE = 200


def clean(text: str, lines: int = 40) -> list[str]:
    """The lines of a text without control and format characters, cut in length and number."""
    kept = ["".join(c for c in line if unicodedata.category(c) not in ("Cc", "Cf", "Cs")) for line in text.split("\n")]
    short = [line if len(line) <= MAX_LINE else line[: MAX_LINE - 1] + "…" for line in kept]
    return (
        short
        if len(short) <= lines
        else [*short[:lines], _("(and {count} more lines)").format(count=len(short) - lines)]
    )
