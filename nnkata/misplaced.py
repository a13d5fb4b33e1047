"""The advice for a line of a feature that cannot stand where it is."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from gherkin.dialect import DIALECTS

from nnkata.language import _

#: A description line meant as a step: its keyword is followed by a colon.
STEPS = ("given", "when", "then", "and", "but")
COLON = re.compile(r"^\s*(\S+?)\s*[:：](?=\s|$)")
#: Another blank than a space behind a keyword, which makes the line a description too.
BLANK = re.compile(r"^\s*(\S+?)[\t\u00a0\u2000-\u200b\u3000\ufeff]")


def unexpected(message: str, above: Sequence[str]) -> str:
    """The parser's message about a line, shortened: the full one lists everything that may be there."""
    said = message.partition(": ")[2] or message
    found = re.search(r"got '(.*)'$", said, re.S)
    if found is None:
        return said
    text = _("'{text}' cannot stand here").format(text=found[1].strip()[:80])
    return text + (_advice(found[1]) or _below(above))


def description_not(keyword: str) -> str:
    """The advice for a description line that begins with a step's keyword, as 当前 does with 当: it is a step."""
    return _("; if that line is description, let it not begin with {keyword}").format(keyword=keyword)


def _advice(line: str) -> str:
    """The fault of a misplaced line, as far as its keyword shows it."""
    found = COLON.match(line)
    if found is None:
        return ""
    dialects: Mapping[str, Mapping[str, Any]] = dict(DIALECTS)
    for language, dialect in dialects.items():
        words = {kind: [word.strip() for word in dialect[kind]] for kind in (*STEPS, "feature", "background")}
        if any(found[1] in words[kind] for kind in STEPS):
            return _("; a step has no colon after its keyword")
        if found[1] in words["feature"]:
            several = _(
                "; a file has one feature, in one language: another file, or `# language: {language}` at its top"
            )
            return several.format(language=language)
        if found[1] in words["background"]:
            return _("; a background stands once, before the scenarios of its feature or rule")
    return ""


def _below(above: Sequence[str]) -> str:
    """The advice for a line that stands right below a step."""
    said = [line.strip() for line in above if line.strip()]
    language = re.match(r"#\s*language\s*:\s*(\S+)", said[0]) if said else None
    dialects: Mapping[str, Mapping[str, Any]] = dict(DIALECTS)
    dialect = dialects.get(language[1] if language else "en", dialects["en"])
    keywords = [word for kind in STEPS for word in dialect[kind] if said and said[-1].startswith(word)]
    if not keywords:
        return ""
    keyword = max(keywords, key=len).strip()
    text = _("; the line above it is a step, as it begins with {keyword}, and a step is one line")
    return text.format(keyword=keyword) + description_not(keyword)
