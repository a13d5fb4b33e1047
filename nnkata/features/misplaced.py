"""The advice for a line of a feature that cannot stand where it is, or that was meant as a title or a step."""

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gherkin.dialect import DIALECTS

from nnkata.language import _

#: A description line meant as a step: its keyword is followed by a colon.
#: The keywords of each language, by kind.
KEYWORDS: Mapping[str, Mapping[str, Any]] = dict(DIALECTS)
STEPS = ("given", "when", "then", "and", "but")
#: The titles that begin a part of a feature. A rule is left out: prose begins with "Rule of thumb", too.
TITLES = ("feature", "background", "scenario", "scenarioOutline", "examples")
COLON = re.compile(r"^\s*(\S+?)\s*[:：](?=\s|$)")
#: Another blank than a space behind a keyword, which makes the line a description too.
BLANK = re.compile(r"[\t\u00a0\u2000-\u200b\u3000\ufeff]")
#: A bar between the cells of a table; `\|` is a bar in a cell.
BAR = re.compile(r"(?<!\\)(?:\\\\)*\|")


def unexpected(message: str, above: Sequence[str], line: str = "") -> str:
    """The parser's message about a line, shortened: the full one lists everything that may be there."""
    said = message.partition(": ")[2] or message
    if said.startswith("inconsistent cell count"):
        return _ragged(above, line)
    if said.startswith("Language not supported: "):
        return _unknown(said.partition(": ")[2].strip())
    found = re.search(r"got '(.*)'$", said, re.S)
    if found is None:
        return _ended(said, above)
    text = _("'{text}' cannot stand here").format(text=found[1].strip()[:80])
    line, language = found[1], language_of(above)
    slip = _unseen(line) or slip_in_title(line, language) or _advice(line) or slip_in_step(line, language)
    return text + (slip or _open_row(line) or _below(above) or _begin(above))


def _unseen(line: str) -> str:
    """The fault of a line that begins with a character that no editor shows."""
    first = line.strip()[:1]
    text = _("; an unseen character stands before it, U+{code:04X}: take it away")
    return text.format(code=ord(first)) if first and unicodedata.category(first) in ("Cf", "Cc") else ""


def _begin(above: Sequence[str]) -> str:
    """The advice for a line above all titles."""
    said = [line for line in above if line.strip() and not line.strip().startswith(("#", "@"))]
    return "" if said else _("; a file begins with `Feature:` and a title")


def _ended(said: str, above: Sequence[str]) -> str:
    """The parser's message about a file that ends too early, in plain words; any other as it is."""
    if not said.startswith("unexpected end of file"):
        return said
    if "#DocStringSeparator" in said:
        return _("the file ends inside a text: its last line has to be three quotes or backticks, as its first is")
    if any(line.strip().startswith("@") for line in above[-1:]):
        return _("the file ends with a tag: a tag stands above its scenario")
    return _("the file ends too early")


def _open_row(line: str) -> str:
    """The fault of a table's row without a bar at its beginning."""
    bare = BAR.search(line) and not line.strip().startswith("|")
    return _("; a row of a table has bars between its cells and at both ends") if bare else ""


def _ragged(above: Sequence[str], line: str) -> str:
    """The fault of a table's row whose cells are not as many as those of the first row."""
    rows = [line]
    for before in reversed(above):
        if before.strip().startswith("|"):
            rows.append(before)
        elif before.strip() and not before.strip().startswith("#"):
            break
    count, first = (len(BAR.findall(row)) - 1 for row in (rows[0], rows[-1]))
    text = _("this row has {count} cells, the first of its table {first}; bars stand between cells and at both ends")
    bare = any(not row.rstrip().endswith("|") for row in rows)
    more = _("; a row of its table has no bar at its end, and its last cell does not count") if bare else ""
    return text.format(count=count, first=first) + more


def _unknown(said: str) -> str:
    """The fault of a language that Gherkin does not know, with the one that is meant."""
    name = said.casefold().replace("_", "-")
    known = {word.casefold(): code for code, of in KEYWORDS.items() for word in (of["name"], of["native"], code)}
    close = difflib.get_close_matches(name, known, 1, 0.75)
    text = _("Gherkin knows no language {name}").format(name=said)
    return text + (_("; ") + _("did you mean {name}?").format(name=known[close[0]]) if close else "")


def description_not(keyword: str) -> str:
    """The advice for a description line that begins with a step's keyword, as 当前 does with 当: it is a step."""
    return _("; if that line is description, let it not begin with {keyword}").format(keyword=keyword)


def _advice(line: str) -> str:
    """The fault of a misplaced line, as far as its keyword shows it."""
    found = COLON.match(line)
    if found is None:
        return ""
    for language, dialect in KEYWORDS.items():
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


def slip_in_title(line: str, language: str) -> str:
    """The fault of a line that is a title except for its colon or its capital, as far as its first words show it."""
    found = _keyword(line, TITLES, language)
    if found is None:
        return ""
    keyword, rest = found
    if rest.lstrip().startswith("："):
        return _("; the colon of a title is a plain one: `{keyword}:`").format(keyword=keyword)
    if re.match(r"\s+:", rest):
        return _("; no blank stands before the colon: `{keyword}:`").format(keyword=keyword)
    if rest.startswith(":"):
        return "" if line.strip().startswith(keyword) else _capital(f"{keyword}:")
    if line.strip().startswith(keyword) and not rest.strip().startswith(":"):
        return _("; a title has a colon after its keyword: `{keyword}:`").format(keyword=keyword)
    return ""


def slip_behind(line: str, language: str) -> str:
    """The fault of a line that is a step except for a colon or another blank than a space behind its keyword."""
    found = _keyword(line, STEPS, language)
    if found is None or not line.strip().startswith(found[0]):
        return ""
    if re.match(r"\s*[:：](?=\s|$)", found[1]):
        return _("; a step has no colon after its keyword")
    return _("; a plain space follows a keyword") if BLANK.match(found[1]) else ""


def keyworded(line: str) -> Iterator[tuple[str, str]]:
    """Each language of which a line begins with a step's keyword, and the text behind that."""
    said = line.strip()
    for language, dialect in KEYWORDS.items():
        for word in {word for kind in STEPS for word in dialect[kind]} - {"* "}:
            if said.startswith(word):
                yield language, said[len(word) :].strip()


def slip_in_step(line: str, language: str) -> str:
    """The fault of a line that is a step except for the capitals of its keyword."""
    found = _keyword(line, STEPS, language)
    return "" if found is None or line.strip().startswith(found[0]) else _capital(found[0])


def without_keyword(line: str, language: str) -> str:
    """The text of a line behind a step's keyword, in upper or lower case; empty without one."""
    found = _keyword(line, STEPS, language)
    return found[1].strip() if found else ""


def language_of(lines: Sequence[str]) -> str:
    """The language of a feature, from its first line; `en` without one."""
    said = [line.strip() for line in lines if line.strip()]
    found = re.match(r"#\s*language\s*:\s*(\S+)", said[0]) if said else None
    return found[1] if found and found[1] in KEYWORDS else "en"


def _capital(keyword: str) -> str:
    return _("; write `{keyword}`: capital and small letters count").format(keyword=keyword)


def _keyword(line: str, kinds: Sequence[str], language: str) -> tuple[str, str] | None:
    """The longest keyword with which a line begins, in upper or lower case, and the rest of the line."""
    said = line.strip()
    words = {word.strip() for name in (language, "en") for kind in kinds for word in KEYWORDS[name][kind]} - {"*"}
    for word in sorted(words, key=len, reverse=True):
        rest = said[len(word) :]
        whole = not (word.isascii() and rest[:1].isalnum())
        if said.casefold().startswith(word.casefold()) and whole:
            return word, rest
    return None


def _below(above: Sequence[str]) -> str:
    """The advice for a line that stands right below a step."""
    said = [line.strip() for line in above if line.strip()]
    dialect = KEYWORDS[language_of(above)]
    keywords = [word for kind in STEPS for word in dialect[kind] if said and said[-1].startswith(word)]
    if not keywords:
        return ""
    keyword = max(keywords, key=len).strip()
    text = _("; the line above it is a step, as it begins with {keyword}, and a step is one line")
    return text.format(keyword=keyword) + description_not(keyword)
