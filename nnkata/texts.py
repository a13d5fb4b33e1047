"""Texts from outside, made fit to be kept."""

import unicodedata


def printable(text: str) -> str:
    """A text in which control characters, format characters and those that no encoding has are escapes."""
    return "".join(
        c.encode("unicode_escape").decode() if c != "\n" and unicodedata.category(c) in ("Cc", "Cf", "Cs") else c
        for c in text
    )
