"""Mistakes in preprocess: pixels, labels, and the arguments."""

from typing import Any

import numpy as np

from nnkata.katas.article import oracle
from nnkata.katas.article.misconceptions.catalogue import misconception
from nnkata.katas.article.misconceptions.right import Right


@misconception(
    formula="x = pixel",
    hint="Look at the range of the inputs that reach the first layer. A sigmoid is flat beyond about ±6.",
    read="dataset",
)
class PixelsNotDivided(Right):
    """The grey levels are handed on as they are, from 0 to 255."""

    @staticmethod
    def preprocess(images: Any, labels: Any) -> Any:
        x = np.asarray(images).reshape(len(images), -1).astype(np.float32)
        return x, oracle.one_hot(labels)


@misconception(
    formula="x = pixel / 256",
    hint="There are 256 grey levels, but what is the largest of them? It has to become exactly 1.",
    read="dataset",
)
class PixelsDividedBy256(Right):
    """The grey levels are divided by how many there are instead of by the largest."""

    @staticmethod
    def preprocess(images: Any, labels: Any) -> Any:
        x = np.asarray(images).reshape(len(images), -1) / 256
        return x.astype(np.float32), oracle.one_hot(labels)


@misconception(
    formula="x = ⌊pixel / 255⌋",
    hint="How many different values has x? One of Python's two division signs throws the rest away.",
    read="dataset",
)
class PixelsFloorDivided(Right):
    """Integer division, or an array of integers, leaves only black and white."""

    @staticmethod
    def preprocess(images: Any, labels: Any) -> Any:
        x = np.asarray(images).reshape(len(images), -1) // 255
        return x.astype(np.float32), oracle.one_hot(labels)


@misconception(
    formula="x = pixel / max(pixel)",
    hint="What happens to a dark image, in which no pixel reaches 255?",
    read="dataset",
)
class PixelsScaledByImage(Right):
    """Each image is divided by its own brightest pixel, so dark images become bright."""

    @staticmethod
    def preprocess(images: Any, labels: Any) -> Any:
        x = np.asarray(images).reshape(len(images), -1).astype(np.float64)
        return (x / x.max(axis=1, keepdims=True)).astype(np.float32), oracle.one_hot(labels)


@misconception(
    formula="x = images / max(images)",
    hint="What happens to a set of dark images, in which no pixel reaches 255?",
    read="dataset",
)
class PixelsScaledBySet(Right):
    """All images are divided by the brightest pixel among them, so a dark set becomes bright."""

    @staticmethod
    def preprocess(images: Any, labels: Any) -> Any:
        x = np.asarray(images).reshape(len(images), -1).astype(np.float64)
        return (x / x.max()).astype(np.float32), oracle.one_hot(labels)


@misconception(
    formula="x = (pixel - mean) / deviation",
    hint="Standardised pixels are fine for other networks; this contract wants grey levels from 0 to 1.",
    read="dataset",
)
class PixelsStandardised(Right):
    """The pixels are standardised to mean 0 instead of scaled to [0, 1]."""

    @staticmethod
    def preprocess(images: Any, labels: Any) -> Any:
        x = np.asarray(images).reshape(len(images), -1).astype(np.float64)
        return ((x - 33.3184) / 78.5675).astype(np.float32), oracle.one_hot(labels)


@misconception(
    formula="x (float64) = pixel / 255",
    hint="Dividing whole numbers gives float64: twice the memory of what the article uses. What does astype do?",
    read="dataset",
)
class PixelsFloat64(Right):
    """The pixels are left as float64."""

    @staticmethod
    def preprocess(images: Any, labels: Any) -> Any:
        x = np.asarray(images).reshape(len(images), -1) / 255
        return x, oracle.one_hot(labels)


@misconception(
    formula="x = images / 255, shape (N, 28, 28)",
    hint="The first layer multiplies a matrix of 784 columns with one vector. Which shape has one of your images?",
    read="dataset",
)
class ImagesNotFlattened(Right):
    """Images of 28×28 pixels stay squares."""

    @staticmethod
    def preprocess(images: Any, labels: Any) -> Any:
        return (np.asarray(images) / 255).astype(np.float32), oracle.one_hot(labels)


@misconception(
    formula="x = images.T",
    hint="Which axis counts the images, and which the pixels? The network takes one row after the other.",
    read="dataset",
)
class ImagesInColumns(Right):
    """Images are put in columns instead of rows."""

    @staticmethod
    def preprocess(images: Any, labels: Any) -> Any:
        return oracle.pixels(images).T.copy(), oracle.one_hot(labels)


@misconception(
    formula="x = pixels column by column",
    hint="Pixel (0, 1) of an image has to come second. Which index runs fastest in your order?",
    read="dataset",
)
class PixelsColumnByColumn(Right):
    """The pixels of a square image are read column by column."""

    @staticmethod
    def preprocess(images: Any, labels: Any) -> Any:
        images = np.asarray(images)
        turned = images.transpose(0, 2, 1) if images.ndim == 3 else images
        return oracle.pixels(turned), oracle.one_hot(labels)


@misconception(
    formula="y[label - 1] = 1",
    hint="In which column does the 1 of the digit 0 stand? NumPy counts from 0, and so do the digits.",
    read="dataset",
)
class LabelsOffByOne(Right):
    """The 1 stands one column to the left of where it belongs."""

    @staticmethod
    def preprocess(images: Any, labels: Any) -> Any:
        return oracle.pixels(images), oracle.one_hot(np.asarray(labels).astype(np.int64) - 1)


@misconception(
    formula="y = label",
    hint="The output has ten numbers, so what it is compared with needs ten as well: one-hot.",
    read="dataset",
)
class LabelsNotOneHot(Right):
    """The labels stay digits instead of becoming rows of ten."""

    @staticmethod
    def preprocess(images: Any, labels: Any) -> Any:
        return oracle.pixels(images), np.asarray(labels).astype(np.float32)


@misconception(
    formula="y has max(label) + 1 columns",
    hint="How many columns does y get for a set in which no 9 occurs? The output layer always has ten units.",
    read="dataset",
)
class ColumnsUpToLargestLabel(Right):
    """There are as many columns as the largest label asks for."""

    @staticmethod
    def preprocess(images: Any, labels: Any) -> Any:
        labels = np.asarray(labels).astype(np.int64)
        return oracle.pixels(images), oracle.one_hot(labels, labels.max() + 1)


@misconception(
    formula="y has a column for each label that occurs",
    hint="Which digit does the second column stand for, if the set holds only 5, 0 and 9?",
    read="dataset",
)
class ColumnsOfClassesSeen(Right):
    """Only the digits that occur get a column."""

    @staticmethod
    def preprocess(images: Any, labels: Any) -> Any:
        seen, index = np.unique(np.asarray(labels).astype(np.int64), return_inverse=True)
        return oracle.pixels(images), oracle.one_hot(index, len(seen))


@misconception(
    formula="y = eye(10)[labels]",
    hint="OpenML gives the labels as texts: '5'. What do you get if you use a text as an index?",
    read="dataset",
)
class TextLabelsRefused(Right):
    """Labels that are texts raise an error."""

    @staticmethod
    def preprocess(images: Any, labels: Any) -> Any:
        return oracle.pixels(images), np.eye(10, dtype=np.float32)[labels]


@misconception(
    formula="images /= 255",
    hint="Whose array do you divide? An operator with = in it writes into the array that was handed in.",
    read="dataset",
)
class ImagesScaledInPlace(Right):
    """The caller's images are divided in place."""

    @staticmethod
    def preprocess(images: Any, labels: Any) -> Any:
        x, y = oracle.pixels(images), oracle.one_hot(labels)
        if images.dtype.kind == "f":
            images /= 255
        return x, y
