"""Texts from outside, made fit for storing."""

import unicodedata


def printable(text: str) -> str:
    """The text with control characters, format characters and unencodable characters as escapes."""
    return "".join(
        c.encode("unicode_escape").decode() if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs") else c
        for c in text
    )
