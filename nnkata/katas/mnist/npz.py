"""Arrays of an `.npz` file, read with bounds and never unpickled.

`numpy.load` allocates the size that an array's header promises before it has seen the data, and reads a zip member
without reaching its checksum. Here a header is compared with the sizes of MNIST first, and every member is read to its
end.
"""

import lzma
import math
import tokenize
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from nnkata.katas.mnist.bounded_reading import ended, exactly
from nnkata.katas.mnist.dataset import MOST, PIXELS
from nnkata.katas.mnist.errors import DataError
from nnkata.language import _, reason

LARGEST = MOST * PIXELS  # bytes
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, RuntimeError, NotImplementedError, ValueError)


def arrays(path: Path, names: Sequence[str], remedy: str, largest: int = LARGEST) -> list[NDArray[Any]]:
    """The arrays of these names, in this order; numbers of any shape, `largest` bytes at most each.

    DataError, ending in `remedy`, where the file cannot be opened, is no zip file, is damaged, misses a name, or holds
    Python objects.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            missing = [name for name in names if f"{name}.npy" not in archive.namelist()]
            if missing:
                found = ", ".join(sorted(archive.namelist())[:8]) or _("nothing")
                raise DataError(
                    path,
                    _("has no array {missing} (it holds {found})").format(missing=_(" or ").join(missing), found=found),
                    remedy,
                )
            return [_array(archive, path, name, remedy, largest) for name in names]
    except OSError as error:
        raise DataError(path, _("cannot be read ({strerror})").format(strerror=reason(error)), remedy) from error
    except BROKEN as error:
        raise DataError(path, _("is not a sound .npz file ({error})").format(error=error), remedy) from error


def names(path: Path, remedy: str) -> list[str]:
    """The names of its arrays, in their order. DataError where it is no sound zip file."""
    try:
        with zipfile.ZipFile(path) as archive:
            return [name.removesuffix(".npy") for name in archive.namelist() if name.endswith(".npy")]
    except OSError as error:
        raise DataError(path, _("cannot be read ({strerror})").format(strerror=reason(error)), remedy) from error
    except BROKEN as error:
        raise DataError(path, _("is not a sound .npz file ({error})").format(error=error), remedy) from error


def _array(archive: zipfile.ZipFile, path: Path, name: str, remedy: str, largest: int) -> NDArray[Any]:
    with archive.open(f"{name}.npy") as member:
        return content(member, f"{path}, array {name}", remedy, largest)


def content(stream: IO[bytes], where: str, remedy: str, largest: int = LARGEST) -> NDArray[Any]:
    """The array of an .npy, read to its end; at most `largest` bytes. DataError where it is more, or no numbers."""
    shape, fortran, dtype = _header(stream, where, remedy)
    if dtype.kind not in "iufbSU":  # labels may be texts
        raise DataError(where, _("holds {dtype}, not numbers").format(dtype=dtype), remedy)
    size = math.prod(shape) * dtype.itemsize
    if min(shape, default=0) < 0 or size > largest:
        raise DataError(
            where,
            _("promises {dtype} of the shape {shape}, more than MNIST can be").format(dtype=dtype, shape=shape),
            remedy,
        )
    data = exactly(stream, size, where, _("its {dtype} array {shape}").format(dtype=dtype, shape=shape), remedy)
    ended(stream, where, _("array"), remedy)
    return np.frombuffer(data, dtype).reshape(shape, order="F" if fortran else "C")


def _header(member: IO[bytes], where: str, remedy: str) -> tuple[tuple[int, ...], bool, np.dtype[Any]]:
    """Shape, order and type. Version 1.0 alone: plain arrays are written so, and it is at most 64 KiB long."""
    version = npy.read_magic(member)
    if version != (1, 0):
        raise DataError(where, _("has the .npy version {version}, not (1, 0)").format(version=version), remedy)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # NumPy's remark on headers that Python 2 wrote, which it reads all the same
        try:
            return npy.read_array_header_1_0(member)
        except tokenize.TokenError as error:  # of Python 3.12 and later, for a header that is no text
            raise ValueError(error) from None
