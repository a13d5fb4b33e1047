"""Keras's `mnist.npz`: x_train, y_train, x_test, y_test in one file."""

from pathlib import Path

import numpy as np

from nnkata.katas.mnist import npz
from nnkata.katas.mnist.dataset import Dataset, as_images, as_labels, assemble, same_length
from nnkata.language import later

REMEDY = later("give Keras's mnist.npz (x_train, y_train, x_test, y_test), downloaded anew if it was this one")


def load(path: Path) -> Dataset:
    """The training images and then the test images, as one: 70,000 of them in OpenML's order.

    Images are uint8 (N, 28, 28) or (N, 784), labels integers (N,) from 0 to 9. DataError where the file is missing or
    damaged, lacks one of the four arrays, or an array has another type, shape or range, or as many labels as images
    are not there.
    """
    found = npz.arrays(path, ["x_train", "y_train", "x_test", "y_test"], REMEDY)
    parts = []
    for part, pixels, digits in (("train", found[0], found[1]), ("test", found[2], found[3])):
        images = as_images(pixels, f"{path}, array x_{part}", REMEDY)
        labels = as_labels(digits, f"{path}, array y_{part}", REMEDY)
        same_length(images, labels, f"{path}, arrays x_{part} and y_{part}", REMEDY)
        parts.append((images, labels))
    joined = (np.concatenate(column) for column in zip(*parts, strict=True))
    return assemble(*joined, name=str(path), source=f"Keras file {path.name}")
