"""Apache Parquet, as datasets are shared: pictures as bytes with a label, or one column per pixel. Extra `parquet`."""

import io
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nnkata.katas.mnist.dataset import MOST, PIXELS, SIDE, Bytes
from nnkata.katas.mnist.errors import DataError
from nnkata.katas.mnist.grey_levels import digits, grey
from nnkata.katas.mnist.table import LABELS
from nnkata.language import _, later
from nnkata.texts import listed

IMAGES = ("image", "img", "images", "png", "picture")
REMEDY = later("give a parquet file with a column `image` of pictures of 28×28 and a column `label`")
EXTRA = "pip install 'nnkata[parquet]'"
#: Rows that are unpacked at a time, and bytes of a row group and of a picture: MNIST's largest picture has 600 bytes.
BLOCK, GROUP, PICTURE = 1000, 1 << 29, 1 << 16


def load(path: Path) -> tuple[Bytes, Bytes]:
    """Images (N, 784) and labels (N,), read some rows at a time.

    DataError where the extra is missing, the file is damaged, promises more than MNIST can be, or holds other columns.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise DataError(path, _("needs pyarrow ({error})").format(error=error), EXTRA) from error
    try:
        with parquet.ParquetFile(path) as file:
            return _read(file, path)
    except (pyarrow.ArrowException, OSError) as error:
        said = " ".join(str(error).split())[:200]
        raise DataError(path, _("is not a sound parquet file ({error})").format(error=said), REMEDY) from error


def _read(file: Any, path: Path) -> tuple[Bytes, Bytes]:
    rows, names = file.metadata.num_rows, [str(name) for name in file.schema_arrow.names]
    groups = [file.metadata.row_group(n).total_byte_size for n in range(min(file.metadata.num_row_groups, MOST))]
    if not 0 < rows <= MOST or max(groups, default=0) > GROUP:
        text = _("promises {rows:,} rows, {size:,} bytes in one group, more than MNIST can be")
        raise DataError(path, text.format(rows=rows, size=max(groups, default=0)), REMEDY)
    label = next((name for name in names if name.lower() in LABELS), None)
    image = next((name for name in names if name.lower() in IMAGES), None)
    pixels = [name for name in names if name != label]
    if label is None or (image is None and len(pixels) != PIXELS):
        found = listed(names, 8)
        raise DataError(path, _("has the columns {found}, no image and label").format(found=found), REMEDY)
    images, labels = [], []
    for batch in file.iter_batches(batch_size=BLOCK, columns=[label, *([image] if image else pixels)]):
        classes = np.array(batch.column(label).to_pylist())
        labels.append(digits(classes, f"{path}, column {label}", REMEDY))
        if image:
            images.append(_pictures(batch.column(image).to_pylist(), path))
        else:
            values = [batch.column(name).to_numpy(zero_copy_only=False) for name in pixels]
            images.append(grey(np.stack(values, axis=1), path, REMEDY))
    return np.concatenate(images), np.concatenate(labels)


def _pictures(cells: list[Any], path: Path) -> Bytes:
    return np.concatenate([_picture(cell, path) for cell in cells])


def _picture(cell: Any, path: Path) -> NDArray[np.uint8]:
    """One picture (1, 784): PNG or the like, as bytes or in a struct with `bytes`; or its grey levels as a list."""
    content = cell.get("bytes") if isinstance(cell, dict) else cell
    if isinstance(content, list):
        return grey(np.asarray(content)[None], path, REMEDY)
    if not isinstance(content, bytes) or len(content) > PICTURE:
        text = _("holds a {kind} where a picture should be")
        raise DataError(path, text.format(kind=type(content).__name__), REMEDY)
    if len(content) == PIXELS:
        return np.frombuffer(content, np.uint8)[None]
    return _unpacked(content, path)


def _unpacked(content: bytes, path: Path) -> NDArray[np.uint8]:
    try:
        from PIL import Image
    except ImportError as error:
        raise DataError(path, _("needs Pillow ({error})").format(error=error), EXTRA) from error
    try:
        with Image.open(io.BytesIO(content), formats=("PNG", "JPEG", "BMP", "TIFF", "GIF")) as picture:
            if picture.size != (SIDE, SIDE):  # stated by its head, before it is unpacked
                size = "x".join(map(str, picture.size))
                raise DataError(path, _("holds a picture of {size} pixels, not 28x28").format(size=size), REMEDY)
            if picture.mode[0] in "IF":  # Pillow 13 makes 255 of every grey level above that
                raise DataError(path, _("holds a picture of more than 8 bits per pixel"), REMEDY)
            return np.asarray(picture.convert("L"), np.uint8).reshape(1, PIXELS)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        said = " ".join(str(error).split())[:200]
        raise DataError(path, _("holds a picture that cannot be read ({error})").format(error=said), REMEDY) from error
