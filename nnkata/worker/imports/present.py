"""Whether a file or folder exists, as an import sees it: one that cannot be looked up does not."""

from pathlib import Path


def is_file(path: Path) -> bool:
    """Whether it is a file; not one in a folder that may not be searched, nor a text too long for a name."""
    try:
        return path.is_file()
    except OSError:
        return False


def is_folder(path: Path) -> bool:
    """Whether it is a folder, likewise."""
    try:
        return path.is_dir()
    except OSError:
        return False
