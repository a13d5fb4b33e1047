"""Detects transposed images: EMNIST's files hold every image transposed, also under MNIST's own names."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from nnkata.katas.mnist.dataset import CLASSES, SIDE, Bytes

#: Correlation of the mean images of the ten classes with those of the bundled images: MNIST's 10,000 test images reach
#: 0.99 as they are and 0.59 transposed; 1,000 draws of 20 of each digit at least 0.94 and at most 0.61.
LIKE = 0.7
APART = 0.2
#: The least number of images per class for which this was measured.
ENOUGH = 20


def upright(images: Bytes, labels: Bytes, name: str) -> tuple[Bytes, bool]:
    """The upright images, and whether they were transposed.

    images: uint8 (N, 784); labels: uint8 (N,). By the images themselves; where there are too few of them to tell, by
    `name`, if it says EMNIST.
    """
    lying = _lying(images, labels)
    if lying is None:
        lying = "emnist" in name.lower()
    if not lying:
        return images, False
    return np.ascontiguousarray(_turned(images)).reshape(images.shape), True


def _turned(images: Bytes) -> Bytes:
    return images.reshape(-1, SIDE, SIDE).transpose(0, 2, 1)


def _lying(images: Bytes, labels: Bytes) -> bool | None:
    """Whether they are transposed digits; None if there are too few to decide."""
    if np.bincount(labels, minlength=CLASSES).min() < ENOUGH:
        return None
    seen = _means(images, labels)
    as_it_is = np.corrcoef(seen.ravel(), _known().ravel())[0, 1]
    turned = np.corrcoef(seen.transpose(0, 2, 1).ravel(), _known().ravel())[0, 1]
    return bool(turned > LIKE and turned > as_it_is + APART)


def _means(images: Bytes, labels: Bytes) -> NDArray[np.float64]:
    """The mean image of each class: (10, 28, 28)."""
    return np.array([images[labels == digit].mean(axis=0).reshape(SIDE, SIDE) for digit in range(CLASSES)])


@cache
def _known() -> NDArray[np.float64]:
    from nnkata.katas.mnist import bundled

    there = bundled.load()
    return _means(there.images, there.labels)
