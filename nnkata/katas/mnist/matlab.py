"""MATLAB's .mat up to version 7, such as mnist-original.mat: an image per column or row. Needs the extra `openml`."""

import struct
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnkata.katas.mnist.dataset import MOST, PIXELS, Bytes, same_length
from nnkata.katas.mnist.errors import DataError
from nnkata.katas.mnist.grey_levels import digits, grey
from nnkata.katas.mnist.unsupported import kind_of
from nnkata.language import _, later

REMEDY = later("give a .mat with images (784, N) or (N, 784) and labels, saved with -v7 or older")
#: Names of images and labels, each for a part.
NAMED = (("data", "label"), ("X", "y"), ("trainX", "trainY"), ("testX", "testY"), ("images", "labels"))
MORE = (("train_x", "train_y"), ("test_x", "test_y"), ("train_images", "train_labels"), ("test_images", "test_labels"))
HDF5 = b"\x89HDF"
#: How the head of a file of versions 5 to 7 ends, in either order of bytes; the type of packed data (MATLAB's
#: "MAT-File Format"); bytes that are unpacked at a time.
VERSIONS, COMPRESSED, CHUNK = (b"\x00\x01IM", b"\x01\x00MI"), 15, 1 << 20


def load(path: Path) -> tuple[Bytes, Bytes]:
    """Images (N, 784) and labels (N,): the sizes are checked before anything is unpacked.

    DataError where SciPy is missing, the file is of version 7.3 or damaged, or holds nothing that is known by its name.
    """
    with path.open("rb") as stream:
        head = stream.read(8)
    if head.startswith(HDF5):
        raise DataError(path, _("is {kind}").format(kind=kind_of(head)), REMEDY)
    try:
        from scipy import io
    except ImportError as error:
        raise DataError(path, _("needs SciPy ({error})").format(error=error), "pip install 'nnkata[openml]'") from error
    try:
        _bounded(path)
        shapes = {name: (shape, kind) for name, shape, kind in io.whosmat(path)}
        parts = [pair for pair in (*NAMED, *MORE) if set(pair) <= set(shapes)]
        if not parts:
            there = ", ".join(shapes)[:200] or _("nothing")
            text = _("holds {found}, and no images and labels under known names")
            raise DataError(path, text.format(found=there), REMEDY)
        for name in (name for pair in parts for name in pair):
            _believable(path, name, *shapes[name])
        found: dict[str, Any] = io.loadmat(path, variable_names=[name for pair in parts for name in pair])
    except DataError:
        raise
    except Exception as error:  # any exception of a parser about unexpected bytes
        said = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise DataError(path, _("is not a sound .mat file ({error})").format(error=said), REMEDY) from error
    pairs = [_pair(path, found[images], found[labels], images, labels) for images, labels in parts]
    return np.concatenate([pair[0] for pair in pairs]), np.concatenate([pair[1] for pair in pairs])


def _bounded(path: Path) -> None:
    """DataError if the packed data unpack to more than MNIST can be: counted, and not kept."""
    left = MOST * PIXELS * 8
    with path.open("rb") as stream:
        head = stream.read(128)
        order = "<" if head[126:128] == b"IM" else ">"
        while len(tag := stream.read(8)) == 8 and head[124:128] in VERSIONS:
            kind, size = struct.unpack(f"{order}II", tag)
            if kind != COMPRESSED:
                stream.seek(size, 1)
                continue
            unpacker = zlib.decompressobj()
            while size and left > 0 and (packed := stream.read(min(size, CHUNK))):
                size -= len(packed)
                while packed and left > 0:
                    left -= len(unpacker.decompress(packed, CHUNK))
                    packed = unpacker.unconsumed_tail
            if left <= 0:
                raise DataError(path, _("unpacks to more than MNIST can be"), REMEDY)


def _believable(path: Path, name: str, shape: tuple[int, ...], kind: str) -> None:
    """DataError for more than MNIST can be, or no numbers: by the head of the variable."""
    if np.prod(shape, dtype=np.float64) > MOST * PIXELS or kind in ("cell", "struct", "object", "function", "opaque"):
        text = _("{name} is {kind} of the shape {shape}, no images or labels that MNIST can be")
        raise DataError(path, text.format(name=name, kind=kind, shape=shape), REMEDY)


def _pair(path: Path, pixels: NDArray[Any], classes: NDArray[Any], first: str, second: str) -> tuple[Bytes, Bytes]:
    if pixels.ndim == 2 and pixels.shape[0] == PIXELS != pixels.shape[1]:
        pixels = pixels.T  # one image per column
    images = grey(pixels, f"{path}, {first}", REMEDY)
    labels = digits(classes, f"{path}, {second}", REMEDY)
    same_length(images, labels, f"{path}, {first} and {second}", REMEDY)
    return images, labels
