"""Files of the contract that pytest and people read: in an installed package, else in the repository."""

from collections.abc import Sequence
from pathlib import Path

from nnkata.errors import UsageError
from nnkata.kata import current as kata
from nnkata.kata import placed
from nnkata.language import _, current


def contract_folder() -> Path:
    """The folder with `test_contract.py`, which binds features to steps."""
    return placed("test_contract.py").parent


def features_folder(language: str = "en") -> Path:
    """The kata's own features in a language."""
    folder = kata().features
    return folder if language == "en" else folder / language


def feature_files(folder: Path | None, language: str | None = None) -> list[Path]:
    """The kata's features in the order of its stages, or those of a folder of one's own in the order of names.

    The kata's are in a language, the current one where none is said; those of one's own are in whichever they are.

    Raises:
        UsageError: there is none.
    """
    if folder is None:
        own = features_folder(language or current())
        return [own / f"{stage}.feature" for stage in kata().stages]
    files: Sequence[Path] = sorted(folder.resolve().glob("*.feature"))
    if not files:
        raise UsageError(_("there is no .feature file in {folder}").format(folder=folder))
    return list(files)
