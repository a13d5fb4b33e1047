"""The parts of course folders with ground truth, and their registry.

Every file of a student names the student and the attempt, so its text reveals a finder that loses, merges or splits
students, or takes an older attempt. `COURSES` has a maker for each folder.
"""

import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import py7zr


@dataclass(frozen=True)
class Course:
    """A folder, or an archive, with the truth about it.

    `judged` has the latest attempt of each student; `not_judged` are students without anything to judge; `files` are
    the files of a student's submission, and `rows` the names of all submissions, if the test compares them.
    """

    path: Path
    judged: Mapping[str, int]
    not_judged: Sequence[str] = ()
    platform: str = "files"
    options: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, Sequence[str]] = field(default_factory=dict)
    passed: int = 0
    rows: Sequence[str] = ()


Maker = Callable[[Path], Course]
COURSES: dict[str, Maker] = {}


def course(maker: Maker) -> Maker:
    COURSES[maker.__name__] = maker
    return maker


def network(who: str, attempt: int = 1, imports: str = "") -> bytes:
    """A text that looks like a network; it need not be right."""
    return f"{imports}# by {who}#{attempt}\nclass DeepNeuralNetwork:\n    def train(self): return 1\n".encode()


def helper(who: str, attempt: int = 1) -> bytes:
    return f"# by {who}#{attempt}\ndef f(): return 1\n".encode()


def notebook(who: str, attempt: int = 1) -> bytes:
    cells = [
        {"cell_type": "code", "source": ["%matplotlib inline\n", "import numpy as np"]},
        {"cell_type": "code", "source": network(who, attempt).decode()},
        {"cell_type": "code", "source": "DeepNeuralNetwork().train()"},
    ]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}).encode()


def put(folder: Path, files: Mapping[str, bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def zipped(files: Mapping[str, bytes], utf8: bool = True) -> bytes:
    """A zip archive; without `utf8`, its names are in GBK without a mark, as older Chinese archivers write them."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name if utf8 else name.encode("gb2312").decode("cp437"), content)
    made = target.getvalue()
    return made if utf8 else _without_utf8_flag(made)


def _without_utf8_flag(made: bytes) -> bytes:
    """The same archive with the names as raw GBK; zipfile itself writes other names than ASCII as UTF-8."""
    content = bytearray(made)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        names = [info.filename for info in archive.infolist()]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive, zipfile.ZipFile(io.BytesIO(bytes(content))) as old:
        for number, name in enumerate(names):
            archive.writestr(f"{number}" + "x" * (len(name.encode("cp437")) - len(str(number))), old.read(name))
    raw = target.getvalue()
    for number, name in enumerate(names):
        placeholder = f"{number}" + "x" * (len(name.encode("cp437")) - len(str(number)))
        raw = raw.replace(placeholder.encode(), name.encode("cp437"))
    return raw


def tarred(files: Mapping[str, bytes], mode: str = "w:gz") -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=mode) as archive:  # type: ignore[call-overload]  # a mode that varies
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return target.getvalue()


def seven(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with py7zr.SevenZipFile(target, "w") as archive:
        for name, content in files.items():
            archive.writestr(content, name)
    return target.getvalue()
