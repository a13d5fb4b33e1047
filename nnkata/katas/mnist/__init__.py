"""MNIST, from one of three places: bundled with nnkata, from OpenML, or from files at a path."""

from contextlib import suppress
from functools import cache as cache_of_one_process
from pathlib import Path

from nnkata.katas.mnist.dataset import Dataset
from nnkata.katas.mnist.errors import DataError
from nnkata.language import _, reason

__all__ = ["DataError", "Dataset", "load"]


def load(name: str, *, cache: Path | None = None) -> Dataset:
    """The dataset called `bundled` or `openml`, or else at the path `name`; see `Dataset` for shapes and dtypes.

    A path is a folder of IDX files or a Keras `mnist.npz`; a folder that is itself called bundled is `./bundled`.
    `cache` is where `openml` keeps its download (None: scikit-learn's own folder). Raises DataError, with what to do,
    where the images cannot be had.
    """
    if name == "bundled":
        return _bundled()
    if name == "openml":
        from nnkata.katas.mnist import openml

        return openml.load(cache)
    return _at(Path(name))


@cache_of_one_process
def _bundled() -> Dataset:
    """The same one each time: it cannot be written to, and a batch would hold many."""
    from nnkata.katas.mnist import bundled

    return bundled.load()


def _at(path: Path) -> Dataset:
    from nnkata.katas.mnist import idx, keras_npz

    with suppress(RuntimeError):  # a ~name of nobody stays as it is
        path = path.expanduser()
    try:
        if path.is_dir():
            return idx.load(path)
        if path.is_file():
            return keras_npz.load(path)
        fault = _("is neither a file nor a folder") if path.exists() else _("does not exist")
    except OSError as error:
        fault = _("cannot be read ({strerror})").format(strerror=reason(error))
    raise DataError(path, fault, _("give bundled, openml, a folder of IDX files, or a Keras mnist.npz"))
