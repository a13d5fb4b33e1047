"""Rows of numbers: the CSV of Kaggle, Python and R, and the ARFF of OpenML; a line is an image and its label.

It reads groups of lines, none longer than 784 numbers can be, so that no file takes more memory than MNIST.
"""

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

import numpy as np
from numpy.typing import NDArray

from nnkata.katas.mnist.bounded_reading import unzipped
from nnkata.katas.mnist.dataset import MOST, PIXELS, Bytes
from nnkata.katas.mnist.errors import DataError
from nnkata.katas.mnist.grey_levels import digits, grey
from nnkata.language import _, later

REMEDY = later("give a file with 784 columns of grey levels and one of labels, such as Kaggle's train.csv")
SPARSE = later("convert it with Weka's SparseToNonSparse, or give a file with a column per pixel")
LABELS = ("label", "labels", "class", "digit", "target", "y")
#: Characters of a line: 786 numbers as Python writes a float (24) with their separators.
LONGEST = 786 * 26
#: Lines converted at a time.
BLOCK = 2000


class Columns(NamedTuple):
    """The columns of the label and of the 784 pixels; the number of columns."""

    label: int
    pixels: slice
    width: int


def load(path: Path) -> tuple[Bytes, Bytes]:
    """Images (N, 784) and labels (N,) of a .csv or .arff, gzipped or not.

    DataError where a line has another number of columns, something is no grey level or no digit, or there is no label.
    """
    with unzipped(path, REMEDY) as stream:
        return _parse(stream, path)


def _parse(stream: IO[bytes], path: Path) -> tuple[Bytes, Bytes]:
    lines = _lines(stream, path)
    names, first, sign = _arff(lines, path) if ".arff" in path.name.lower() else _csv(lines)
    images, labels = [], []
    columns: Columns | None = None
    total = 0
    for block in _blocks(first, lines):
        values = _numbers(block, sign, path, total)
        columns = columns or _columns(names, values, path)
        if values.shape[1] != columns.width:
            text = _("has {found} columns behind image {number}, not {count}")
            raise DataError(path, text.format(found=values.shape[1], number=total, count=columns.width), REMEDY)
        images.append(grey(values[:, columns.pixels], path, REMEDY))
        labels.append(digits(values[:, columns.label], path, REMEDY))
        total += len(values)
        if total > MOST:
            raise DataError(path, _("holds more than {most:,} images").format(most=MOST), REMEDY)
    if not images:
        raise DataError(path, _("holds no numbers"), REMEDY)
    return np.concatenate(images), np.concatenate(labels)


def _lines(stream: IO[bytes], path: Path) -> Iterator[str]:
    """The lines that are not empty, none longer than it may be."""
    while line := stream.readline(LONGEST + 1):
        if len(line) > LONGEST:
            text = _("has a line of more than {size:,} characters").format(size=LONGEST)
            raise DataError(path, text, REMEDY)
        if line.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise DataError(
                path, _("is UTF-16, as Excel and PowerShell save it"), _("save it as UTF-8, or as plain CSV")
            )
        said = line.decode("utf-8-sig", errors="replace").translate({ord('"'): None, ord("'"): None}).strip()
        if said:
            yield said


def _csv(lines: Iterator[str]) -> tuple[list[str], list[str], str]:
    """The names of the columns if the first line has some, the first line of numbers, and the separator."""
    head = next(lines, "")
    sign = max(",;\t ", key=head.count)
    cells = [cell.strip() for cell in head.split(sign)]
    try:
        [float(cell) for cell in cells]
    except ValueError:
        return [cell.lower() for cell in cells], [], sign
    return [], [head], sign


def _arff(lines: Iterator[str], path: Path) -> tuple[list[str], list[str], str]:
    """The names of the attributes; numbers begin after @data."""
    names = []
    for line in lines:
        words = line.split()
        if words[0].lower() == "@attribute" and len(words) > 2:
            names.append(words[1].lower())
        if words[0].lower() == "@data":
            return names, [], ","
        if len(names) > PIXELS + 2:
            break
    raise DataError(path, _("has no @data, or too many attributes"), REMEDY)


def _blocks(first: list[str], lines: Iterator[str]) -> Iterator[list[str]]:
    block = first
    for line in lines:
        if not line.startswith("%"):  # a comment of ARFF
            block.append(line)
        if len(block) == BLOCK:
            yield block
            block = []
    if block:
        yield block


def _numbers(block: list[str], sign: str, path: Path, before: int) -> NDArray[np.float64]:
    """The lines as numbers, (lines, columns)."""
    if block[0].startswith("{"):
        raise DataError(path, _("is a sparse ARFF, which gives the pixels that are not 0 alone"), SPARSE)
    counts = [line.count(sign) for line in block]
    odd = next((n for n, count in enumerate(counts) if count != counts[0]), None)
    if odd is not None:
        text = _("image {number} has {found} columns, the others have {count}")
        text = text.format(number=before + odd + 1, found=counts[odd] + 1, count=counts[0] + 1)
        raise DataError(path, text, REMEDY)
    with warnings.catch_warnings():
        warnings.simplefilter("error")  # NumPy warns where it stops at something that is no number
        try:
            values = np.fromstring(",".join(block).replace(sign, ","), dtype=np.float64, sep=",")
        except (DeprecationWarning, ValueError):
            values = np.empty(0)
    if values.size != len(block) * (counts[0] + 1):
        row, cell = next(_no_numbers(block, sign), (0, ""))
        text = _("has {cell} in image {number}, which is not a number")
        raise DataError(path, text.format(cell=repr(cell[:20]), number=before + row + 1), REMEDY)
    return values.reshape(len(block), -1)


def _no_numbers(block: list[str], sign: str) -> Iterator[tuple[int, str]]:
    """The cells that are no numbers, each with its row."""
    for row, line in enumerate(block):
        for cell in line.split(sign):
            try:
                float(cell)
            except ValueError:
                yield row, cell.strip()


def _columns(names: list[str], values: NDArray[np.float64], path: Path) -> Columns:
    count = values.shape[1]
    named = [n for n, name in enumerate(names) if name in LABELS]
    index = count == PIXELS + 2 and bool(names) and (names[0] == "" or names[0].startswith("unnamed"))  # pandas' own
    if count == PIXELS:
        text = _("has 784 columns and none for the label, as Kaggle's test.csv")
        raise DataError(path, text, _("give a file with labels, such as train.csv"))
    if count != PIXELS + 1 and not index:
        raise DataError(path, _("has {count} columns, not 784 and a label").format(count=count), REMEDY)
    start = 1 if index else 0
    if named and named[0] not in (start, count - 1):
        text = _("has its label, {name}, between the pixels").format(name=names[named[0]])
        raise DataError(path, text, REMEDY)
    # without a name: the first pixel of MNIST's images is black, so a first column of zeros alone is a pixel
    last = named[0] == count - 1 if named else not values[:, start].any() and bool(values[:, -1].any())
    if last:
        return Columns(count - 1, slice(start, count - 1), count)
    return Columns(start, slice(start + 1, count), count)
