"""The contract's files for pytest and people: in an installed package, else in the repository."""

from functools import cache
from itertools import islice
from pathlib import Path

from nnkata.errors import UsageError
from nnkata.features.gherkin import clauses
from nnkata.language import LANGUAGES, _, current
from nnkata.packaged import placed
from nnkata.registry import current as kata

#: Entries of a folder without features that are looked at.
MAX_LISTED = 1000


def contract_folder() -> Path:
    """The folder with `test_contract.py`, which binds features to steps."""
    return placed("test_contract.py").parent


def features_folder(language: str = "en") -> Path:
    """The kata's own features in a language; in English if it has none in that one."""
    folder = kata().features
    return folder / language if language != "en" and (folder / language).is_dir() else folder


def tagged(tag: str) -> frozenset[str]:
    """The clauses of the kata with a tag."""
    return _tagged(kata().name, tag)


@cache
def _tagged(name: str, tag: str) -> frozenset[str]:
    return frozenset(clause.tag for clause in clauses(feature_files(None, "en")) if tag in clause.tags)


def unread(folder: Path) -> list[str]:
    """The features in a user's folder that are not read: those of folders inside it, and of another ending."""
    inside = sorted(path for path in islice(folder.rglob("*"), MAX_LISTED) if not path.name.startswith("."))
    named = [path for path in inside if path.suffix.lower() == ".feature" or path.name.lower().endswith(".feature.txt")]
    other = [path for path in named if path.is_file() and (path.parent != folder or path.suffix != ".feature")]
    return [path.relative_to(folder).as_posix() for path in other]


def _near(folder: Path) -> str:
    """Advice about feature files deeper in a folder, or with another ending, as own.feature.txt."""
    inside = islice(folder.rglob("*"), MAX_LISTED)
    found = next((p for p in inside if ".feature" in map(str.lower, p.suffixes) and p.is_file()), None)
    if found is None:
        return ""
    if found.parent == folder:
        return _("; rename {file}: the ending is .feature").format(file=found.name)
    return _("; there is {file}: name the folder that it is in").format(file=found.relative_to(folder))


def feature_files(folder: Path | None, language: str | None = None) -> list[Path]:
    """The kata's features in the order of its stages, or those of a user's folder in the order of names.

    The kata's are in the given language, by default the current one, and a stage that it lacks in English; a user's are
    in any.

    Raises:
        UsageError: there is no feature.
    """
    if folder is None:
        own, english = features_folder(language or current()), features_folder()
        names = [f"{stage}.feature" for stage in kata().stages]
        return [own / name if (own / name).is_file() else english / name for name in names]
    # A file ._NAME holds attributes of macOS, not text.
    files = [path for path in sorted(folder.resolve().glob("*.feature")) if not path.name.startswith("._")]
    if not files:
        raise UsageError(_("there is no .feature file in {folder}").format(folder=folder) + _near(folder))
    return files


def skeletons() -> list[Path]:
    """The place of the current kata's skeleton, and its place in each language."""
    path = kata().skeleton
    return [path, *(path.parent / name.replace("-", "_") / path.name for name in LANGUAGES)]


def skeleton() -> str:
    """The skeleton of the current kata, in the current language if that has one."""
    path, *translated = skeletons()
    there = dict(zip(LANGUAGES, translated, strict=True))[current()]
    return (there if there.is_file() else path).read_text(encoding="utf-8")
