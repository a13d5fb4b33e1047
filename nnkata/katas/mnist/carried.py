"""The data as files that an export takes along."""

from pathlib import Path

from nnkata.katas.mnist import load
from nnkata.katas.mnist.errors import DataError
from nnkata.katas.mnist.idx import PARTS
from nnkata.language import _, reason

#: The name of the data in a bundle.
FOLDER = "data"


def carried(name: str) -> tuple[str, dict[str, bytes]]:
    """The name of the data in a bundle, and their files if they come along.

    Raises:
        DataError: the data cannot be read.
    """
    if name in ("bundled", "openml"):
        return name, {}
    load(name)
    path = Path(name).expanduser()
    if path.is_file():
        return f"{FOLDER}/mnist.npz", {f"{FOLDER}/mnist.npz": path.read_bytes()}
    try:
        parts = [file for file in sorted(path.iterdir()) if file.name.startswith(PARTS) and file.is_file()]
        return FOLDER, {f"{FOLDER}/{file.name}": file.read_bytes() for file in parts}
    except OSError as error:
        raise DataError(path, _("cannot be read ({strerror})").format(strerror=reason(error)), "") from None
