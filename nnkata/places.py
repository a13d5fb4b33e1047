"""The contract's files for pytest and people: in an installed package, else in the repository."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from nnkata.errors import UsageError
from nnkata.gherkin import clauses
from nnkata.kata import current as kata
from nnkata.kata import placed
from nnkata.language import _, current


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


def feature_files(folder: Path | None, language: str | None = None) -> list[Path]:
    """The kata's features in the order of its stages, or those of a user's folder in the order of names.

    The kata's are in the given language, by default the current one; a user's are in any.

    Raises:
        UsageError: there is no feature.
    """
    if folder is None:
        own = features_folder(language or current())
        return [own / f"{stage}.feature" for stage in kata().stages]
    files: Sequence[Path] = sorted(folder.resolve().glob("*.feature"))
    if not files:
        raise UsageError(_("there is no .feature file in {folder}").format(folder=folder))
    return list(files)
