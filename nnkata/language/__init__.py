"""The language that messages, hints and reports are in: gettext, one catalogue per language.

What lives here: the choice of the language and the look-up. What must not: the texts of the features, which a language
states again in a folder of its own (features/zh-CN).

A text is marked where it is used, `_("the gradient of {key}").format(key=key)`, never as an f-string: its English form
is the key of its translation. A text that is made when a module is imported is marked with `later` and looked up when
it is shown; the texts of the misconceptions need no mark. `scripts/catalogue.py` finds all of them.
"""

import gettext
import locale
import os
import shlex
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

#: English needs no catalogue: it is what the source says.
LANGUAGES = ("en", "zh-CN")
#: Where the catalogues are: the texts as LANGUAGE.po, compiled in the folders where gettext itself looks.
FOLDER = Path(__file__).parent

#: The variable that names the language whatever the locale is.
VARIABLE = "NNKATA_LANGUAGE"

_chosen: tuple[str, gettext.NullTranslations] = ("en", gettext.NullTranslations())


def use(language: str) -> None:
    """Say everything in this language from now on, in this process.

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
    """The language that is used now, one of LANGUAGES."""
    return _chosen[0]


def named(text: str) -> str:
    """The language that a text names: `zh`, `zh_CN`, `zh-CN.UTF-8`, `en_GB`; empty where there is none of that name."""
    code = text.strip().split(".")[0].replace("_", "-").lower()
    exact = {language.lower(): language for language in LANGUAGES}
    return exact.get(code) or {"zh": "zh-CN", "en": "en"}.get(code.split("-")[0], "")


def carried(command: str) -> str:
    """A command that is printed, so that it runs as it stands and speaks the same language.

    It is called as this program was where PATH has no `nnkata`; English needs no word for the language.
    """
    program = Path(sys.argv[0])
    if command.startswith("nnkata ") and program.name == "nnkata" and shutil.which("nnkata") is None:
        command = shlex.quote(os.path.relpath(program)) + command.removeprefix("nnkata")
    return spoken(command)


def spoken(command: str) -> str:
    """A command that speaks the current language; English needs no word for it."""
    return command if current() == "en" else f"{command} --language {current().split('-')[0]}"


def from_locale(environment: Mapping[str, str] = os.environ) -> str:
    """The language that the environment asks for: NNKATA_LANGUAGE, else the user's locale.

    That is the first of LANGUAGE, LC_ALL, LC_MESSAGES and LANG that is set.
    """
    if chosen := named(environment.get(VARIABLE, "")):
        return chosen
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            code = locale.normalize(value.split(":")[0]).split(".")[0]
            return "zh-CN" if code.startswith("zh") else "en"
    return "en"


def _(text: str) -> str:
    """The text in the current language; for the empty one gettext would give the head of the catalogue."""
    return _chosen[1].gettext(text) if text else text


def reason(error: OSError) -> str:
    """What the system says of an error, in the current language where that is a usual one."""
    return _(error.strerror) if error.strerror else str(error)


def later(text: str) -> str:
    """Mark a text that is made at import, and leave it as it is: `_` looks it up when it is shown."""
    return text


#: What systems usually say of a file; anything else stays in the system's words.
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
