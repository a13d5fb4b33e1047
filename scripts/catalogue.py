"""Extract every text that reaches a person, bring the catalogues up to date, compile them.

Run it as `python scripts/catalogue.py` after a change of a text; then translate the missing texts that it lists, and
run it again. Texts are those in `_()` and `later()`, also in templates; those of the misconceptions; the commands'
help; and click's own messages.
"""

import importlib
import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from nnkata.cli import commands, module_of
from nnkata.cli import main as nnkata
from nnkata.cli.translations import CLICK, paragraphs
from nnkata.files import write
from nnkata.katas.article.misconceptions import CATALOGUE as ARTICLE
from nnkata.katas.mlp.misconceptions import CATALOGUE as MLP
from nnkata.language import FOLDER, LANGUAGES, compiled

ROOT = Path(__file__).resolve().parents[1]
#: Lines of the header that change each time, or that nobody fills in.
UNKEPT = (b'"Project-Id', b'"Report-', b'"POT-', b'"PO-Rev', b'"Last-', b'"Language-Team', b'"Generated')
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
KEYWORDS = {"_": None, "later": None}
METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]


@cache
def marked() -> tuple[tuple[str, str | tuple[str, ...]], ...]:
    """The files and the texts of all marks in them: a second of reading."""
    found = extract_from_dir(ROOT / "nnkata", METHODS, keywords=KEYWORDS, comment_tags=())
    return tuple((f"nnkata/{Path(name).as_posix()}", text) for name, _line, text, _comments, _context in found)


def template() -> Catalog:
    """Every text of the source, with its files."""
    catalogue = Catalog(project="nnkata")
    for file, text in marked():
        catalogue.add(text, locations=[(file, 0)])
    for entry in [*ARTICLE.values(), *MLP.values()]:
        for text in (entry.mistake, entry.formula, entry.hint):
            catalogue.add(text, locations=[(f"misconception {entry.name}".replace(" ", ":"), 0)])
    for name, text in [("", paragraphs(str(nnkata.help))), *commands().items()]:
        catalogue.add(text, locations=[(f"nnkata:{name}", 0)])
    for name in commands():
        for text in helps(importlib.import_module(module_of(name)).command):
            catalogue.add(text, locations=[(f"nnkata:{name}", 0)])
    for words in CLICK:
        catalogue.add(words, locations=[("click", 0)])
    return catalogue


def helps(command: click.Command) -> Iterator[str]:
    """The help of a command, of its options, and of its subcommands."""
    options = [param for param in command.params if isinstance(param, click.Option)]
    texts = [command.help, command.short_help, *(option.help for option in options)]
    defaults = [option.show_default for option in options if isinstance(option.show_default, str)]
    yield from map(paragraphs, filter(None, [*texts, *defaults]))
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from helps(below)


def translated(message: Message) -> bool:
    """Whether there is a translation, including plural forms."""
    return bool(message.string if isinstance(message.string, str) else message.string and message.string[0])


def updated(language: str) -> Catalog:
    """The catalogue of a language with exactly the texts of the source; new ones have no translation."""
    path = FOLDER / f"{language}.po"
    old = read_po(io.BytesIO(path.read_bytes())) if path.exists() else Catalog()
    new = Catalog(
        locale=language.replace("-", "_"), header_comment="# What nnkata says, in another language.", fuzzy=False
    )
    for message in template():
        if message.id:
            there = old.get(message.id)
            new.add(message.id, there.string if there else "", locations=message.locations)
    return new


def po(catalogue: Catalog) -> bytes:
    """The text form, sorted, without dates, names and line numbers, so that diffs stay small."""
    buffer = io.BytesIO()
    write_po(buffer, catalogue, width=120, sort_output=True, include_lineno=False)
    kept = [line for line in buffer.getvalue().splitlines() if not line.startswith(UNKEPT)]
    return b"\n".join(kept) + b"\n"


def mo(text: bytes) -> bytes:
    """The compiled form of a text form."""
    buffer, catalogue = io.BytesIO(), read_po(io.BytesIO(text))
    catalogue.creation_date = catalogue.revision_date = EPOCH  # otherwise Babel writes the present time
    write_mo(buffer, catalogue)
    return buffer.getvalue()


def main() -> int:
    """Write the catalogue of each language; 1 if a translation is missing."""
    missing = 0
    for language in LANGUAGES[1:]:
        catalogue = updated(language)
        text = po(catalogue)
        write(FOLDER / f"{language}.po", text)
        compiled(language).parent.mkdir(parents=True, exist_ok=True)  # absent for a new language
        write(compiled(language), mo(text))
        untranslated = [str(message.id) for message in catalogue if message.id and not translated(message)]
        print(f"{language}: {len(catalogue)} texts, {len(untranslated)} without a translation")
        print("".join(f"  {text!r}\n" for text in untranslated), end="")
        missing += len(untranslated)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
