"""MNIST and its kin, from one of three places: bundled with nnkata, from OpenML, or from files at a path."""

from contextlib import suppress
from functools import cache as cache_of_one_process
from itertools import islice
from pathlib import Path

from nnkata.katas.mnist.dataset import Dataset
from nnkata.katas.mnist.errors import DataError
from nnkata.language import _, later, reason
from nnkata.suggestions import meant

#: The data sets that are downloaded from OpenML by name (`nnkata.katas.mnist.openml.TITLES`).
OPENML = ("openml", "fashion", "kmnist")
#: Data sets without a usable copy there.
ELSEWHERE = ("emnist", "qmnist")
#: Files beside one that does not exist whose names are compared with its.
MOST_BESIDE = 200
DOWNLOAD = later("download it with torchvision.datasets.EMNIST or QMNIST, and give the folder that it makes")

__all__ = ["DataError", "Dataset", "load"]


def load(name: str, *, cache: Path | None = None) -> Dataset:
    """The dataset called `bundled`, `openml`, `fashion` or `kmnist`, or else at the path `name` (`Dataset` has shapes).

    A path is a file or a folder in a usual form (`nnkata.katas.mnist.detection`); a folder `bundled` is `./bundled`.
    The names except `bundled` are downloaded from OpenML. `cache` is where `openml` keeps its download (None:
    scikit-learn's own folder). Raises DataError, with a remedy, if the images are not available.
    """
    if name == "bundled":
        return _bundled()
    if name in OPENML:
        from nnkata.katas.mnist import openml

        return openml.load(cache, name)
    if not name.strip():
        from nnkata.katas.mnist.detection import GIVE

        raise DataError("--data", _("is empty"), GIVE)
    if name.lower() == "mnist" and not Path(name).exists():
        raise DataError(name, _("does not exist"), _("say bundled for 5,000 images of MNIST, openml for all"))
    if name in ELSEWHERE and not Path(name).exists():
        raise DataError(name, _("cannot be downloaded by its name"), DOWNLOAD)
    return _at(Path(name))


@cache_of_one_process
def _bundled() -> Dataset:
    """Always the same object: it is read-only, and a batch would hold many."""
    from nnkata.katas.mnist import bundled

    return bundled.load()


def _near(path: Path) -> str:
    """The closest name: one of these, or a file beside it."""
    if path.name == str(path) and (named := meant(path.name, ("bundled", *OPENML))):
        return named
    with suppress(OSError):
        beside = (entry for entry in islice(path.parent.iterdir(), MOST_BESIDE) if entry.is_file() or entry.is_dir())
        return meant(path.name, [entry.name for entry in beside])
    return ""


def _at(path: Path) -> Dataset:
    from nnkata.katas.mnist import detection

    with suppress(RuntimeError):  # a ~name without a user stays unchanged
        path = path.expanduser()
    try:
        if path.is_dir() or path.is_file():
            return detection.load(path)
        fault = _("is neither a file nor a folder") if path.exists() else _("does not exist") + _near(path)
    except OSError as error:
        fault = _("cannot be read ({strerror})").format(strerror=reason(error))
    raise DataError(path, fault, detection.GIVE)
