"""The language of messages, hints and reports: gettext, one catalogue per language.

Here: the choice of the language and the look-up. Not here: the texts of the features, which each language states in a
folder of its own (features/zh-CN).

A text is marked where it is used, `_("the gradient of {key}").format(key=key)`, never as an f-string: its English form
is the key of its translation. A text made at import is marked with `later` and looked up when it is shown; the texts of
the misconceptions need no mark. `scripts/catalogue.py` finds all of them.
"""

import gettext
import locale
import os
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

#: English needs no catalogue: it is the language of the source.
LANGUAGES = ("en", "zh-CN")
#: The folder of the catalogues: the texts as LANGUAGE.po, compiled in the folders where gettext looks.
FOLDER = Path(__file__).parent

#: The variable that overrides the locale.
VARIABLE = "NNKATA_LANGUAGE"

_chosen: tuple[str, gettext.NullTranslations] = ("en", gettext.NullTranslations())
_for_others = False


def use(language: str) -> None:
    """Use this language for all messages from now on, in this process.

    Raises:
        ValueError: there is no such language.
    """
    global _chosen
    if language not in LANGUAGES:
        raise ValueError(f"there is no language {language}; there are {', '.join(LANGUAGES)}")
    if language == "en":
        _chosen = ("en", gettext.NullTranslations())
        return
    with compiled(language).open("rb") as file:
        _chosen = (language, gettext.GNUTranslations(file))


def compiled(language: str) -> Path:
    """The compiled catalogue of a language."""
    return FOLDER / language.replace("-", "_") / "LC_MESSAGES" / "messages.mo"


def current() -> str:
    """The current language, one of LANGUAGES."""
    return _chosen[0]


def named(text: str) -> str:
    """The language that a text names: `zh`, `zh_CN`, `zh-CN.UTF-8`, `en_GB`; empty if there is none."""
    code = text.strip().split(".")[0].replace("_", "-").lower()
    exact = {language.lower(): language for language in LANGUAGES}
    general = {language.split("-")[0]: language for language in LANGUAGES}
    return exact.get(code) or general.get(code.split("-")[0], "")


@contextmanager
def for_others() -> Iterator[None]:
    """Commands in texts made here are for other people: they do not name the program of this machine."""
    global _for_others
    before, _for_others = _for_others, True
    try:
        yield
    finally:
        _for_others = before


def carried(command: str) -> str:
    """A command for printing, complete: it runs as written and speaks the same language.

    If PATH has no `nnkata`, it names this program as the user called it; English needs no option for the language.
    """
    program, here = Path(sys.argv[0]), not _for_others
    if here and command.startswith("nnkata ") and program.name == "nnkata" and shutil.which("nnkata") is None:
        command = shlex.quote(os.path.relpath(program)) + command.removeprefix("nnkata")
    return spoken(command)


def spoken(command: str) -> str:
    """A command with the option for the current language; English needs none."""
    return command if current() == "en" else f"{command} --language {current().split('-')[0]}"


def from_locale(environment: Mapping[str, str] = os.environ) -> str:
    """The language of the environment: NNKATA_LANGUAGE, else the user's locale.

    The locale is the first of LANGUAGE, LC_ALL, LC_MESSAGES and LANG that is set.
    """
    if chosen := named(environment.get(VARIABLE, "")):
        return chosen
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            code = locale.normalize(value.split(":")[0]).split(".")[0]
            return next((each for each in LANGUAGES if code.startswith(each.split("-")[0])), "en")
    return "en"


def _(text: str) -> str:
    """The text in the current language. An empty text stays empty: gettext would return the catalogue's header."""
    return _chosen[1].gettext(text) if text else text


def reason(error: OSError) -> str:
    """The system's message of an error, in the current language if it is a usual one."""
    return _(error.strerror) if error.strerror else str(error)


def later(text: str) -> str:
    """Mark a text made at import and return it unchanged: `_` looks it up when it is shown."""
    return text


#: Systems' usual messages about files; any other keeps its own words.
SYSTEM = (
    later("No such file or directory"),
    later("Permission denied"),
    later("Is a directory"),
    later("Not a directory"),
    later("File exists"),
    later("File name too long"),
    later("No space left on device"),
    later("Read-only file system"),
    later("Too many levels of symbolic links"),
)
