"""The number of an attempt in words: `2nd try`, `second submission`, `2. Versuch`, `segundo intento`, `第二次提交`."""

import re

_FEW = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6,
    "erste": 1, "zweite": 2, "dritte": 3, "vierte": 4, "fünfte": 5,
    "premier": 1, "première": 1, "deuxième": 2, "seconde": 2, "troisième": 3, "quatrième": 4,
    "primer": 1, "primera": 1, "segundo": 2, "segunda": 2, "tercer": 3, "tercera": 3, "cuarto": 4,
    "primo": 1, "prima": 1, "secondo": 2, "seconda": 2, "terzo": 3, "terza": 3,
}  # fmt: skip  # a line per language
_EASTERN = {character: number for number, character in enumerate("一二三四五六七八九十", 1)}
_WORDS = "|".join(sorted(_FEW, key=len, reverse=True))
_WHAT = (
    "try|tries|attempt|submission|version|take|upload|versuch|abgabe|fassung|essai|tentative|remise|intento|entrega"
    "|tentativo|consegna"
)
#: Such a number; a name may stand before it and words behind it.
ORDINAL = re.compile(
    rf"(?<![^\W_])(?:(?P<digits>\d{{1,2}})(?:st|nd|rd|th|er|e|re|ère|[èe]me|do|to|[.ºª°])|(?P<word>{_WORDS})[rs]?)"
    rf"[\s_.-]*(?:{_WHAT})(?![^\W_])"
    rf"|(?<![^\W_])(?:take|try|attempt)[\s_.-]*(?P<behind>\d{{1,2}})(?!\d)"
    r"|第(?P<east>[一二三四五六七八九十]|\d{1,2})[次版回](?:提交|上传|作业|提出)?",
    re.I,
)


def ordinal(found: "re.Match[str]") -> int:
    """The number of a match of `ORDINAL`."""
    if word := found["word"]:
        return _FEW[word.casefold()]
    if east := found["east"]:
        return _EASTERN.get(east) or int(east)
    return int(found["digits"] or found["behind"])
