"""Find English words in Chinese output: a word has to be a name, or to occur in the translations."""

import re
from collections.abc import Iterable
from functools import cache

from babel.messages.pofile import read_po

from nnkata.explanations import topics
from nnkata.katas.article import STAGES
from nnkata.katas.article.misconceptions import CATALOGUE
from nnkata.language import FOLDER

WORD = re.compile(r"(?<![A-Za-z_])[A-Za-z]{2,}(?![A-Za-z_])")
#: Parts of a text that are code: options, choices, commands, paths, names with a dot or a hyphen, quotes, and the
#: fields of a text.
CODE = re.compile(
    r"--language zh|--[a-z-]+"
    r"|\[[^\]]*\|[^\]]*\]|nnkata [a-z]+|pip install|[\w./]*[a-z]?[_./][a-z][\w./]*|'[^']*'|`[^`]*`"
    r"|[a-z]+(?:-[a-z0-9]+)+|{[^}]*}"
)
#: Names that occur in no translation: of programs, of fields of files and options, of the environment of a verdict, of
#: a language.
NAMES = "nnkata NumPy numpy python bundled process Linux zh"


@cache
def vocabulary() -> frozenset[str]:
    """The words that may occur in Chinese output: not those with a translation of their own, unless they are names."""
    with (FOLDER / "zh-CN.po").open("rb") as file:
        messages = {str(message.id): str(message.string) for message in read_po(file) if message.id}
    said = list(messages.values())
    for topic in topics("zh-CN").values():
        said += [topic.mathematics, topic.example, *topic.hints]
    words = [word for text in said for word in WORD.findall(CODE.sub(" ", text))]  # a quote ends with its text
    names = WORD.findall(CODE.sub(" ", " ".join([*STAGES, *CATALOGUE, NAMES])))
    return frozenset([*names, *(word for word in words if messages.get(word, word) == word)])


def english(texts: Iterable[str], names: str = "") -> list[str]:
    """The words of the texts that are neither in a translation, nor code, nor among `names`."""
    allowed = vocabulary() | set(names.split())
    return [word for text in texts for word in WORD.findall(CODE.sub(" ", text)) if word not in allowed]
