"""MNIST in its own format: a folder of IDX files, gzipped or not.

The format is a big-endian header (magic number, then the size of each dimension) and the bytes:
2051, N, 28, 28 for images, 2049, N for labels.
"""

import struct
from pathlib import Path
from typing import IO

import numpy as np

from nnkata.katas.mnist.bounded_reading import ended, exactly, unzipped
from nnkata.katas.mnist.dataset import MOST, PIXELS, SIDE, Bytes, Dataset, as_labels, assemble, same_length
from nnkata.katas.mnist.errors import DataError
from nnkata.katas.mnist.grey_levels import digits
from nnkata.language import _, later

PARTS = ("train", "t10k")
IMAGES, LABELS = "images-idx3-ubyte", "labels-idx1-ubyte"
IMAGES_MAGIC, LABELS_MAGIC = 2051, 2049
#: QMNIST's labels (github.com/facebookresearch/qmnist): N rows of eight int32, the class first.
QMNIST_MAGIC, QMNIST_COLUMNS = 3074, 8
KINDS = {IMAGES_MAGIC: later("images"), LABELS_MAGIC: later("labels"), QMNIST_MAGIC: later("labels")}
AGAIN = later("unpack or download it anew")
OWN = later("give MNIST's own files")


def load(folder: Path) -> Dataset:
    """The parts `train` and `t10k` that are there, either or both, joined in that order (which is OpenML's).

    Files are `train-images-idx3-ubyte` or `train-images.idx3-ubyte`, likewise labels and t10k, with or without `.gz`;
    where both are there, the one without is read. Whether a file is gzipped is seen from its content, since browsers
    unpack without renaming.

    Raises:
        DataError: neither part is there, a part lacks its other half, or a file contradicts its name, is damaged, cut
            short or too long, has labels outside 0 to 9, or not one label per image.
    """
    parts = [part for part in PARTS if _find(folder, part, IMAGES) or _find(folder, part, LABELS)]
    if not parts:
        expected = _("{images} and {labels}, or {other}").format(
            images=f"{PARTS[0]}-{IMAGES}[.gz]", labels=f"{PARTS[0]}-{LABELS}[.gz]", other=f"{PARTS[1]}-…"
        )
        raise DataError(folder, _("holds no MNIST"), _("put {expected} there").format(expected=expected))
    pairs = [_part(folder, part) for part in parts]
    images, labels = (np.concatenate(column) for column in zip(*pairs, strict=True))
    return assemble(images, labels, name=str(folder), source=f"IDX files {' and '.join(parts)}")


def _find(folder: Path, part: str, kind: str) -> Path | None:
    name, dotted = f"{part}-{kind}", f"{part}-{kind.replace('-', '.', 1)}"
    candidates = (folder / file for file in (name, dotted, f"{name}.gz", f"{dotted}.gz"))
    return next((path for path in candidates if path.is_file()), None)


def _part(folder: Path, part: str) -> tuple[Bytes, Bytes]:
    images_file, labels_file = _find(folder, part, IMAGES), _find(folder, part, LABELS)
    if images_file is None or labels_file is None:
        missing, present = (IMAGES, LABELS) if images_file is None else (LABELS, IMAGES)
        raise DataError(
            folder / f"{part}-{missing}",
            _("is not there, though {part}-{present} is").format(part=part, present=present),
            _("add it"),
        )
    images = _read(images_file, IMAGES_MAGIC, (SIDE, SIDE)).reshape(-1, PIXELS)
    labels = as_labels(_read(labels_file, LABELS_MAGIC, ()), labels_file, AGAIN)
    same_length(images, labels, f"{images_file} and {labels_file.name}", _("take both from one download"))
    return images, labels


def pair(images_file: Path, labels_file: Path) -> tuple[Bytes, Bytes]:
    """Images (N, 784) and labels (N,) of two files of any names; QMNIST's labels are eight numbers, the first of them.

    DataError where a file is malformed, or there is not one label per image.
    """
    images = _read(images_file, IMAGES_MAGIC, (SIDE, SIDE)).reshape(-1, PIXELS)
    if _begins(labels_file) == QMNIST_MAGIC:
        rows = _read(labels_file, QMNIST_MAGIC, (4 * QMNIST_COLUMNS,)).view(">i4")
        labels = digits(rows[:, 0], labels_file, AGAIN)
    else:
        labels = digits(_read(labels_file, LABELS_MAGIC, ()), labels_file, AGAIN)
    same_length(images, labels, f"{images_file} and {labels_file.name}", _("take both from one download"))
    return images, labels


def _begins(path: Path) -> int:
    """The magic number of a file, or 0."""
    try:
        with unzipped(path, AGAIN) as stream:
            return int.from_bytes(stream.read(4), "big")
    except DataError:
        return 0  # `_read` names the fault


def _read(path: Path, magic: int, item: tuple[int, ...]) -> Bytes:
    """The array behind the header: uint8 (N, *item)."""
    with unzipped(path, AGAIN) as stream:
        return _parse(stream, path, magic, item)


def _parse(stream: IO[bytes], path: Path, magic: int, item: tuple[int, ...]) -> Bytes:
    kind = _(KINDS[magic])
    (found,) = struct.unpack(">I", exactly(stream, 4, path, _("an IDX magic number"), AGAIN))
    if found != magic:
        instead = (
            f"IDX {_(KINDS[found])}"
            if found in KINDS
            else _("no IDX file (it begins with 0x{found:08x})").format(found=found)
        )
        raise DataError(
            path,
            _("is {instead}, not IDX {kind} (0x{magic:08x})").format(instead=instead, kind=kind, magic=magic),
            _("put the right file there"),
        )
    size = 4 * (1 + len(item))
    count, *sides = struct.unpack(f">{1 + len(item)}I", exactly(stream, size, path, _("its header"), AGAIN))
    if magic == QMNIST_MAGIC:
        sides = [4 * side for side in sides]  # each is an int32
    if tuple(sides) != item:
        raise DataError(
            path, _("holds images of {sides} pixels, not 28x28").format(sides="x".join(map(str, sides))), OWN
        )
    if not 0 < count <= MOST:
        raise DataError(
            path, _("promises {count:,} {kind}, not 1 to {most:,}").format(count=count, kind=kind, most=MOST), OWN
        )
    shape = (count, *item)
    what = f"{count:,} {kind}"
    data = exactly(stream, int(np.prod(shape)), path, what, AGAIN)
    ended(stream, path, what, AGAIN)
    return np.frombuffer(data, np.uint8).reshape(shape)
