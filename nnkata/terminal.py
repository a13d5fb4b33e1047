"""Standard streams that are not UTF-8, are closed or cannot be written: none of them ends a command with a traceback.

A character that an encoding lacks, ours or a submission's, becomes one of the same meaning, `√` for `✓` in GBK, `+` in
ASCII; else it loses its accent; else it becomes a question mark. Output for programs is always UTF-8.
"""

import codecs
import contextlib
import os
import sys
import unicodedata
from pathlib import Path
from typing import TextIO

#: The columns of a new terminal.
NEW = 80
#: The name of the handler among Python's own, such as "replace".
HANDLER = "nnkata"
#: Characters of the same meaning, the best first. Encodings of East Asia have many of these themselves.
SAME = {
    **{"✓": "√+", "✗": "×x", "·": ".", "…": ("...",), "→": ("->",), "←": ("<-",), "×": "x", "−": "-", "²": ("^2",)},
    **{"σ": ("sigma",), "δ": ("delta",), "Σ": ("sum",), "∂": ("d",), "ᵀ": ("^T",), "⊗": ("(x)",), "√": ("sqrt",)},
    **{"⊙": "*", "⌊": "[", "⌋": "]", "λ": ("lambda",), "β": ("beta",), "Π": ("prod",), "µ": "u", "½": ("1/2",)},
    **{"┌": "+", "┐": "+", "└": "+", "┘": "+", "▏": " ", "▎": " ", "▍": " ", "▌": "#", "▋": "#", "▊": "#", "▉": "#"},
    **{"≤": ("<=",), "≥": (">=",), "≠": ("!=",), "≈": ("~",), "∞": ("inf",), "±": ("+-",), "′": "'", "°": ("deg",)},
    **{"“": '"', "”": '"', "‘": "'", "’": "'", "«": '"', "»": '"', "–": "-", "—": "-", "•": "*", "▲": "^", "▼": "v"},
    **{"█": "#", "▓": "#", "▒": "+", "░": ".", "│": "|", "─": "-", "┃": "|", "━": "-", "╸": "-", "╺": "-", "⏎": "$"},
    **{
        "，": ",",
        "。": ".",
        "：": ":",
        "；": ";",
        "（": "(",
        "）": ")",
        "、": ",",
        "！": "!",
        "？": "?",
        "《": "<",
        "》": ">",
    },
}
#: ASCII under another name: click takes the encoding "ascii" for a mistake and writes UTF-8.
ASCII = "nnkata_ascii"


def opened() -> None:
    """Open the null device for each standard stream that is closed: else a file of ours would get its number."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # the lowest free number is this one
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open("r+" if number else "r", encoding="utf-8"))  # noqa: SIM115  # open as long as the process lives


def draws(stream: TextIO) -> bool:
    """Whether a stream is a terminal that has colours and lines that change; `TERM=dumb`, as in Emacs, has neither."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def coloured() -> bool:
    """Whether standard output may have colours."""
    return draws(sys.stdout) and not os.environ.get("NO_COLOR")


def columns_of(descriptor: int) -> int:
    """The columns of a terminal; 80 if it does not tell them."""
    try:
        return os.get_terminal_size(descriptor).columns or NEW
    except OSError:
        return NEW


def lines_of(descriptor: int) -> int | None:
    """The lines of a terminal; None if it does not tell them."""
    try:
        return os.get_terminal_size(descriptor).lines or None
    except OSError:
        return None


def silenced(stream: TextIO | None = None) -> None:
    """Discard the rest of a stream, standard output by default: it cannot be written."""
    with contextlib.suppress(OSError, ValueError):  # an object in its place may have no number
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, (stream or sys.stdout).fileno())
        os.close(null)


def unheard() -> None:
    """Discard messages that cannot be written; at its end, Python tries again, and makes 120 of the exit status."""
    with contextlib.suppress(AttributeError, ValueError):  # an object in its place may have neither; closed
        try:
            sys.stderr.flush()
        except OSError:
            silenced(sys.stderr)


def instead(text: str, encoding: str) -> str:
    """The text with every character that the encoding lacks replaced."""
    return "".join(_instead(character, encoding) for character in text)


def _instead(character: str, encoding: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    for candidate in (character, *SAME.get(character, ()), plain):
        if candidate and can_show(candidate, encoding):
            return candidate
    return "?"


def can_show(text: str, encoding: str) -> bool:
    """Whether an encoding has every character of a text."""
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _handled(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return instead(error.object[error.start : error.end], error.encoding), error.end


def forgiving() -> None:
    """Let both streams of this process write any text, with replacements."""
    codecs.register_error(HANDLER, _handled)
    codecs.register(_ascii)
    for stream in (sys.stdout, sys.stderr):
        # an object that a program or a notebook has put in its place may have no encoding
        with contextlib.suppress(AttributeError, TypeError, ValueError, LookupError):
            ascii_only = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding=ASCII if ascii_only else None, errors=HANDLER)  # type: ignore[union-attr]  # see above


def _ascii(name: str) -> codecs.CodecInfo | None:
    if name != ASCII:
        return None
    plain = codecs.lookup("ascii")
    return codecs.CodecInfo(
        plain.encode,
        plain.decode,
        plain.streamreader,
        plain.streamwriter,
        plain.incrementalencoder,
        plain.incrementaldecoder,
        ASCII,
    )


def shows_chinese() -> bool:
    """Whether the screen can show Chinese."""
    return can_show("中", getattr(sys.stdout, "encoding", None) or "utf-8")
