"""A folder of a thousand mixed entries, one in five of them faulty, with the truth about each."""

import io
import json
import random
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.courses.making import put, tarred, zipped

COUNT, EVERY = 1000, 5


@dataclass(frozen=True)
class Truth:
    """The students to be judged, and the others."""

    good: frozenset[str]
    faulty: frozenset[str]


def ipynb(text: bytes) -> bytes:
    cells = [{"cell_type": "code", "source": "%matplotlib inline"}, {"cell_type": "code", "source": text.decode()}]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}).encode()


def locked(text: bytes) -> bytes:
    """An archive that claims to be encrypted."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("network.py", text)
    raw = bytearray(target.getvalue())
    raw[6] |= 1
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(raw)


#: The forms of a submission: the entry's name after the student's, and the files, from the text of a network.
GOOD: list[Callable[[str, bytes], dict[str, bytes]]] = [
    lambda who, text: {f"{who}.py": text},
    lambda who, text: {f"{who}.PY": text},
    lambda who, text: {f"{who}/network.py": text, f"{who}/venv/lib/x.py": b"", f"{who}/notes.txt": b"n"},
    lambda who, text: {f"{who}/src/net.py": text, f"{who}/.git/config": b""},
    lambda who, text: {f"{who}.ipynb": ipynb(text)},
    lambda who, text: {f"{who}.zip": zipped({f"{who}\\network.py": text, "__MACOSX/._x.py": b"\0"})},
    lambda who, text: {f"{who}.tar.gz": tarred({f"{who}/network.py": text})},
    lambda who, text: {f"{who}.py": text, f"{who}.pdf": b"%PDF"},
    lambda who, text: {f"{who}/network_old.py": b"class DeepNeuralNetwork: pass\n", f"{who}/net.py": text},
]
#: The faults that make it impossible to judge.
FAULTY: list[Callable[[str, bytes], dict[str, bytes]]] = [
    lambda who, text: {f"{who}.txt": text},
    lambda who, text: {f"{who}.pdf": b"%PDF"},
    lambda who, text: {who: text},
    lambda who, text: {f"{who}.py": b""},
    lambda who, text: {f"{who}.py": text + b"\nx = ("},
    lambda who, text: {f"{who}.py": b"\xff\xfe" + text.decode().encode("utf-16-le")},
    lambda who, text: {f"{who}.zip": b"PK\x03\x04 damaged"},
    lambda who, text: {f"{who}.zip": locked(text)},
    lambda who, text: {f"{who}.rar": b"Rar!\x1a\x07\x01\x00 damaged"},
    lambda who, text: {f"{who}.7z": b"7z\xbc\xaf\x27\x1c damaged"},
    lambda who, text: {f"{who}/report.docx": b"PK"},
    lambda who, text: {f"{who}.ipynb": b"{"},
    lambda who, text: {f"{who}.zip": zipped({"../network.py": text})},
    lambda who, text: {f"{who}.py": b"import no_such_module\n" + text},
    lambda who, text: {f"{who}.py": b"raise SystemExit\n" + text},
]


def make(at: Path, texts: list[bytes], count: int = COUNT, seed: int = 1) -> Truth:
    """Write the folder; `texts` are networks, which students take in turn."""
    rng = random.Random(seed)
    good: set[str] = set()
    faulty: set[str] = set()
    for number in range(count):
        who = f"{rng.choice(['ada', 'bob', 'zoë', '王', 'o-neil', 'd_smith'])}{number:04}"
        wrong = number % EVERY == 0
        kinds = FAULTY if wrong else GOOD
        put(at, kinds[rng.randrange(len(kinds))](who, texts[number % len(texts)]))
        (faulty if wrong else good).add(who)
    return Truth(frozenset(good), frozenset(faulty))
