"""Weights as a file: an .npz with W1, W2 and W3, written whole or not at all, read without pickle and with bounds."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnkata.files import write
from nnkata.katas.article.oracle import CLASSES, PIXELS, Array
from nnkata.katas.article.protocol import WEIGHTS
from nnkata.katas.mnist import DataError, npz
from nnkata.language import _, later

REMEDY = later("give a file that `nnkata train NAME --save weights.npz` has written")


def save(path: Path, weights: Mapping[str, NDArray[Any]]) -> None:
    """Write W1, W2 and W3 in their own dtypes.

    Raises:
        OSError: it cannot be written; the old file remains.
    """
    content = io.BytesIO()
    np.savez(content, **{key: weights[key] for key in WEIGHTS})  # type: ignore[arg-type]  # the stub's allow_pickle
    write(path, content.getvalue())


def replaceable(path: Path) -> bool:
    """Whether a file may be overwritten by weights: it is absent or empty, a device, or has W1, W2 and W3 already."""
    if not path.is_file() or not path.stat().st_size:
        return True
    try:
        with zipfile.ZipFile(path) as archive:
            return {f"{key}.npy" for key in WEIGHTS} <= set(archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False


def load(path: Path) -> dict[str, Array]:
    """W1 (a, 784), W2 (b, a) and W3 (10, b), as float64.

    Raises:
        DataError: the file cannot be read or is damaged, an array is missing, holds anything but finite floats, or its
            shape does not fit the others.
    """
    found = dict(zip(WEIGHTS, npz.arrays(path, WEIGHTS, REMEDY), strict=True))
    inputs: int = PIXELS
    for key, value in found.items():
        where = _("{path}, array {name}").format(path=path, name=key)
        if value.dtype.kind != "f":
            raise DataError(where, _("holds {dtype}, not floats").format(dtype=value.dtype), REMEDY)
        rows = CLASSES if key == WEIGHTS[-1] else "n"
        if value.ndim != 2 or value.shape[1] != inputs or not value.size or rows not in ("n", value.shape[0]):
            wanted = f"({rows}, {inputs})"
            raise DataError(
                where, _("has the shape {shape}, not {wanted}").format(shape=value.shape, wanted=wanted), REMEDY
            )
        if not np.all(np.isfinite(value)):
            raise DataError(where, _("holds numbers that are not finite"), REMEDY)
        inputs = value.shape[0]
    return {key: value.astype(np.float64) for key, value in found.items()}
