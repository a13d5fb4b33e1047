"""The data as files of an export."""

import io
import zipfile

import numpy as np

from nnkata.katas.mnist import OPENML, load

#: The name of the data in a bundle: an .npz from any source, so that a platform needs no other reader.
FILE = "data/mnist.npz"


def carried(name: str) -> tuple[str, dict[str, bytes]]:
    """The name of the data in a bundle, and their files if they come along.

    Raises:
        DataError: the data cannot be read.
    """
    if name == "bundled" or name in OPENML:
        return name, {}
    found, content = load(name), io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:  # numpy.savez writes the time of day
        for array, values in (("images", found.images), ("labels", found.labels)):
            one = io.BytesIO()
            np.save(one, values)
            archive.writestr(zipfile.ZipInfo(f"{array}.npy"), one.getvalue(), zipfile.ZIP_DEFLATED)
    return FILE, {FILE: content.getvalue()}
