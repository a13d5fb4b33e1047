"""What every export carries along: the kit, how submissions are to be judged, and what is said if nothing else is."""

import sys
from pathlib import Path

import msgspec

from nnkata.exports import kit
from nnkata.grading.task import Options
from nnkata.katas.mnist import DataError, load
from nnkata.katas.mnist.idx import PARTS
from nnkata.language import _, reason
from nnkata.reports.formats import failed
from nnkata.reports.unjudged import Unjudged

#: Names in the bundle: the settings, the results that stand until there are others, the installer, MNIST.
SETTINGS, UNJUDGED, INSTALLER, DATA = "nnkata.json", "unjudged.json", "install.sh", "data"
FILES = Path(__file__).with_name("files")


class Baked(msgspec.Struct, frozen=True):
    """How a platform judges: the form of its results, the options of a batch, the points of each clause.

    `options.data` is a path in the bundle where MNIST comes along. The options have no seed of their own: each
    submission is judged on new random inputs unless `seed` says otherwise.
    """

    form: str
    options: Options
    points: dict[str, float] = {}
    seed: int | None = None


def bundle(baked: Baked) -> dict[str, bytes]:
    """The files that all exports share: name to content.

    Raises:
        UsageError: something is not installed here.
        DataError: the data cannot be read.
    """
    name, content = kit.wheel()
    data, files = _data(baked.options.data)
    options = msgspec.structs.replace(baked.options, data=data)
    extras = ["openml"] if data == "openml" else []
    reason = _("the judging itself ended without a result: out of memory or time, or a fault of the grader's")
    return {
        name: content,
        "requirements.txt": kit.requirements(*extras).encode(),
        SETTINGS: msgspec.json.format(msgspec.json.encode(msgspec.structs.replace(baked, options=options))) + b"\n",
        UNJUDGED: failed(baked.form, Unjudged(reason)).encode(),
        INSTALLER: (FILES / INSTALLER).read_bytes(),
        **files,
    }


def scripts(platform: str) -> dict[str, bytes]:
    """The files of a platform, name to content; `@PYTHON@` becomes the version of Python that the pins are for."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    root = FILES / platform
    return {
        path.relative_to(root).as_posix(): path.read_bytes().replace(b"@PYTHON@", version.encode())
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def _data(name: str) -> tuple[str, dict[str, bytes]]:
    """What the data are called in the bundle, and their files if they come along."""
    if name in ("bundled", "openml"):
        return name, {}
    load(name)
    path = Path(name).expanduser()
    if path.is_file():
        return f"{DATA}/mnist.npz", {f"{DATA}/mnist.npz": path.read_bytes()}
    try:
        parts = [file for file in sorted(path.iterdir()) if file.name.startswith(PARTS) and file.is_file()]
        return DATA, {f"{DATA}/{file.name}": file.read_bytes() for file in parts}
    except OSError as error:
        raise DataError(path, _("cannot be read ({strerror})").format(strerror=reason(error)), "") from None
