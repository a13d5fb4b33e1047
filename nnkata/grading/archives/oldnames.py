"""Names in zip archives without the mark of UTF-8, in the encoding of the archiver's system.

All names of an archive have one encoding, so that all together decide. Explorer takes that of the computer's language.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

#: Letters of the beginnings of most Korean names.
FAMILIES = frozenset(
    "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민진나지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국"
)
#: The first and the last byte of the lead bytes of Hangul in EUC-KR, which are hanzi in GB 2312 too.
HANGUL = re.compile(rb"(?:[\x00-\x7f]|[\xb0-\xc8][\xa1-\xfe])*")
#: The fewest words of a Korean archive: of 3,000 pairs of Chinese names, 0.8 % would be Korean ones.
FEW = 3
#: A character beside Latin letters, as when another encoding is read as Chinese, and a Chinese word.
ALONE = re.compile(r"[A-Za-z][^\x00-\x7f](?![^\x00-\x7f])|(?<![^\x00-\x7f])[^\x00-\x7f][A-Za-z]")
TOGETHER = re.compile(r"[^\x00-\x7f]{2,}")
CYRILLIC = re.compile(r"(?<![A-Za-z])[\u0400-\u04ff]{2,}(?![A-Za-z])")


def decoded(names: Sequence[bytes]) -> Callable[[bytes], str]:
    """The function that decodes a name of an archive with these."""
    special = [name for name in names if not name.isascii()]
    likely = next((one for one, fits in FITS.items() if special and fits(special)), "")
    encoding = likely or ("gb2312" if _read(special, "gb2312") else "cp437")
    return lambda name: name.decode(encoding, errors="replace")


def is_misread(text: str) -> bool:
    """Whether a text has the look of Latin letters that are read as Chinese: Müller would be M黮ler."""
    return len(ALONE.findall(text)) > len(TOGETHER.findall(text))


def _read(names: Sequence[bytes], encoding: str) -> str:
    """All names in an encoding; empty if one of them is in another."""
    try:
        return "\n".join(name.decode(encoding) for name in names)
    except UnicodeDecodeError:
        return ""


def _beyond_ascii(text: str) -> list[str]:
    return [character for character in text if not character.isascii()]


def _is_utf8(names: Sequence[bytes]) -> bool:
    return bool(_read(names, "utf-8"))


def _is_latin(names: Sequence[bytes], encoding: str) -> bool:
    """Whether all letters beyond ASCII are Latin, and stand beside letters of ASCII."""
    text = _read(names, encoding)
    letters = _beyond_ascii(text)
    latin = all(unicodedata.name(letter, "").startswith("LATIN") and letter.isalpha() for letter in letters)
    return bool(letters) and latin and re.search(r"[^\x00-\x7f]{3}", text) is None


def _is_cyrillic(names: Sequence[bytes]) -> bool:
    text = _read(names, "cp866")
    letters = _beyond_ascii(text)
    return bool(letters) and len("".join(CYRILLIC.findall(text))) == len(letters)


def _is_korean(names: Sequence[bytes]) -> bool:
    """Whether all are Hangul, and half of the words are names of people; of one or two, each hanzi may be Hangul."""
    text = _read(names, "cp949") if all(map(HANGUL.fullmatch, names)) else ""
    words = re.findall("[\uac00-\ud7a3]{2,4}", text)
    return len(words) >= FEW and 2 * sum(word[0] in FAMILIES for word in words) >= len(words)


def _is_ideographic(names: Sequence[bytes], encoding: str) -> bool:
    text = _read(names, encoding)
    said = [unicodedata.name(letter, "") for letter in _beyond_ascii(text)]
    kinds = ("CJK", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC", "FULLWIDTH")
    return bool(said) and all(one.startswith(kinds) for one in said) and not is_misread(text)


#: The encodings in the order of asking.
FITS: dict[str, Callable[[Sequence[bytes]], bool]] = {
    "utf-8": _is_utf8,
    "cp437": lambda names: _is_latin(names, "cp437"),
    "cp850": lambda names: _is_latin(names, "cp850"),
    "cp852": lambda names: _is_latin(names, "cp852"),
    "cp866": _is_cyrillic,
    "cp949": _is_korean,
    "gb2312": lambda names: bool(text := _read(names, "gb2312")) and not is_misread(text),
    "cp932": lambda names: _is_ideographic(names, "cp932"),
    "big5": lambda names: _is_ideographic(names, "big5"),
    "gbk": lambda names: _is_ideographic(names, "gbk"),
    "cp1252": lambda names: _is_latin(names, "cp1252"),
}
