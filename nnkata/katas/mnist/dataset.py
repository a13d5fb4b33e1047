"""The common result of all sources of images, and their common checks."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnkata.katas.mnist.errors import DataError
from nnkata.language import _

Bytes = NDArray[np.uint8]

SIDE = 28
PIXELS = SIDE * SIDE
CLASSES = 10
FULL = 60_000  # MNIST's training part; from here on a dataset counts as the full one
MOST = 100_000  # images in one file: MNIST's larger part has 60,000, so a header that promises more is not believed


@dataclass(frozen=True, eq=False)
class Dataset:
    """Images and their labels, read-only, so that no reader can change the images of the next one.

    images: uint8 (N, 784), grey levels 0 to 255, row by row; labels: uint8 (N,), 0 to 9; name: as asked for;
    source: their source, in words; full: whether these are 60,000 images or more.
    """

    images: Bytes
    labels: Bytes
    name: str
    source: str
    full: bool

    def __len__(self) -> int:
        """N, the number of images."""
        return len(self.labels)


def assemble(images: Bytes, labels: Bytes, *, name: str, source: str) -> Dataset:
    """A Dataset from checked arrays, uint8 (N, 784) and uint8 (N,); freezes them."""
    images, labels = np.ascontiguousarray(images), np.ascontiguousarray(labels)
    images.flags.writeable = False
    labels.flags.writeable = False
    return Dataset(images, labels, name, source, full=len(labels) >= FULL)


def as_images(values: NDArray[Any], where: object, remedy: str) -> Bytes:
    """Grey levels (N, 784) or (N, 28, 28) as uint8 (N, 784); DataError for other shapes, and for no image at all."""
    if values.shape[1:] not in ((PIXELS,), (SIDE, SIDE)) or len(values) == 0:
        raise DataError(
            where, _("images have the shape {shape}, not (N, 28, 28) or (N, 784)").format(shape=values.shape), remedy
        )
    if values.dtype != np.uint8:
        raise DataError(where, _("images are {dtype}, not uint8").format(dtype=values.dtype), remedy)
    return values.reshape(len(values), PIXELS)


def as_labels(values: NDArray[Any], where: object, remedy: str) -> Bytes:
    """Digits (N,) of any integer type as uint8 (N,); DataError for other shapes and types, and outside 0 to 9."""
    if values.ndim != 1:
        raise DataError(where, _("labels have the shape {shape}, not (N,)").format(shape=values.shape), remedy)
    if values.dtype.kind not in "iu":
        raise DataError(where, _("labels are {dtype}, not integers").format(dtype=values.dtype), remedy)
    wrong = np.flatnonzero((values < 0) | (values >= CLASSES))
    if wrong.size:
        first = int(wrong[0])
        raise DataError(
            where,
            _("label {label} at position {first} is not one of 0 to 9").format(label=int(values[first]), first=first),
            remedy,
        )
    return values.astype(np.uint8)


def same_length(images: Bytes, labels: Bytes, where: object, remedy: str) -> None:
    """DataError unless there is exactly one label per image."""
    if len(images) != len(labels):
        raise DataError(
            where,
            _("there are {images} images but {labels} labels").format(images=len(images), labels=len(labels)),
            remedy,
        )
