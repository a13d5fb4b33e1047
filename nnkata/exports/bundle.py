"""The common part of every export: the kit, the settings of judging, and the results before there is any other."""

import shlex
import sys
from pathlib import Path

import msgspec

from nnkata import registry
from nnkata.exports import kit
from nnkata.grading.task import Options
from nnkata.kata import Kata
from nnkata.language import _
from nnkata.reports.formats import failed
from nnkata.reports.unjudged import Unjudged

#: Names in the bundle: the settings, the results that count until there are others, the installer.
SETTINGS, NO_RESULTS, INSTALLER = "nnkata.json", "unjudged.json", "install.sh"
FILES = Path(__file__).with_name("files")


class Baked(msgspec.Struct, frozen=True):
    """The settings of a platform: the format of its results, the options of a batch, the points of each clause.

    `options.data` is a path in the bundle if it contains the data. Without a `seed`, each submission is judged on new
    random inputs.
    """

    form: str
    options: Options
    points: dict[str, float] = {}
    seed: int | None = None


def bundle(baked: Baked) -> dict[str, bytes]:
    """The files that all exports share: name to content.

    Raises:
        UsageError: something is not installed here.
        NotJudged: the data cannot be read.
    """
    chosen = registry.load(baked.options.kata)
    data, files = chosen.carried(baked.options.data)
    options = msgspec.structs.replace(baked.options, data=data)
    extras = ["openml"] if data in ("openml", "fashion", "kmnist") else []
    reason = _("the judging itself ended without a result: out of memory or time, or a fault of the grader's")
    return {
        **kit.wheels(chosen),
        "requirements.txt": kit.requirements(chosen, *extras).encode(),
        SETTINGS: msgspec.json.format(msgspec.json.encode(msgspec.structs.replace(baked, options=options))) + b"\n",
        NO_RESULTS: failed(baked.form, Unjudged(reason)).encode(),
        INSTALLER: _installer(chosen),
        **files,
    }


def _installer(chosen: Kata) -> bytes:
    """The installer, which judges the skeleton of that kata; `@KATA@` and `@ENTRY@` become its name and file."""
    text = (FILES / INSTALLER).read_text(encoding="utf-8")
    return text.replace("@KATA@", shlex.quote(chosen.name)).replace("@ENTRY@", shlex.quote(chosen.entry)).encode()


def scripts(platform: str) -> dict[str, bytes]:
    """The files of a platform, name to content; `@PYTHON@` becomes the Python version of the pins."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    root = FILES / platform
    return {
        path.relative_to(root).as_posix(): path.read_bytes().replace(b"@PYTHON@", version.encode())
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
