"""Arrays of NumPy's own files: an .npz that holds images and labels under any usual names, .npy in pairs."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnkata.katas.mnist import npz
from nnkata.katas.mnist.dataset import MOST, PIXELS, Bytes, same_length
from nnkata.katas.mnist.errors import DataError
from nnkata.katas.mnist.grey_levels import digits, grey
from nnkata.language import _, later, reason

REMEDY = later("save images (N, 784) and labels (N,) with numpy.savez(FILE, images=…, labels=…)")
#: Names of images and labels in one file, each for a part, in small letters; the first that are there count.
NAMED: tuple[tuple[tuple[str, str], ...], ...] = (
    (("x_train", "y_train"), ("x_test", "y_test")),
    (("train_x", "train_y"), ("test_x", "test_y")),
    (("trainx", "trainy"), ("testx", "testy")),
    (("train_images", "train_labels"), ("test_images", "test_labels")),
    (("training_images", "training_labels"), ("test_images", "test_labels")),
    (("images", "labels"),),
    (("image", "label"),),
    (("x", "y"),),
    (("data", "target"),),
    (("data", "labels"),),
    (("data", "label"),),
    (("features", "labels"),),
    (("features", "target"),),
)
#: Bytes: as many images as one file may have, as float64, the result of most arithmetic.
LARGEST = MOST * PIXELS * 8


def from_npz(path: Path) -> tuple[Bytes, Bytes]:
    """Images and labels of a file with any of NAMED, its parts in order. DataError where it has none of them."""
    there = npz.names(path, REMEDY)
    small = {name.casefold(): name for name in reversed(there)}
    for parts in NAMED:
        found = [[small[name] for name in part] for part in parts if set(part) <= set(small)]
        if found:
            pairs = [_pair(path, npz.arrays(path, part, REMEDY, LARGEST), part) for part in found]
            return np.concatenate([pair[0] for pair in pairs]), np.concatenate([pair[1] for pair in pairs])
    if there == ["arr_0"]:
        raise DataError(path, _("holds one array without a name, and no labels"), REMEDY)
    text = _("holds {found}, and no images and labels under known names")
    raise DataError(path, text.format(found=", ".join(there[:8]) or _("nothing")), REMEDY)


def _pair(path: Path, found: Sequence[NDArray[Any]], names: Sequence[str]) -> tuple[Bytes, Bytes]:
    images = grey(found[0], f"{path}, array {names[0]}", REMEDY)
    labels = digits(found[1], f"{path}, array {names[1]}", REMEDY)
    same_length(images, labels, f"{path}, arrays {names[0]} and {names[1]}", REMEDY)
    return images, labels


def from_npy(images: Path, labels: Path) -> tuple[Bytes, Bytes]:
    """Images and labels of two files, .npy or .npz with one array. DataError where they are not that."""
    pixels, classes = _one(images), _one(labels)
    found = grey(pixels, images, REMEDY), digits(classes, labels, REMEDY)
    same_length(*found, f"{images} and {labels.name}", REMEDY)
    return found


def _one(path: Path) -> NDArray[Any]:
    if path.suffix.lower() == ".npz":
        names = npz.names(path, REMEDY)
        if len(names) != 1:
            raise DataError(path, _("holds {found}, not one array").format(found=", ".join(names[:8])), REMEDY)
        return npz.arrays(path, names, REMEDY, LARGEST)[0]
    try:
        with path.open("rb") as stream:
            return npz.content(stream, str(path), REMEDY, LARGEST)
    except OSError as error:
        text = _("cannot be read ({strerror})").format(strerror=reason(error))
        raise DataError(path, text, _("check its permissions")) from error
    except ValueError as error:
        raise DataError(path, _("is not a sound .npy file ({error})").format(error=error), REMEDY) from error
