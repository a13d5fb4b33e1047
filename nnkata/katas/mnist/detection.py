"""Finds the kind of data at a path, by names and first bytes, and its reader.

A file may be CSV, ARFF, Parquet, .mat, .npz, .npy or IDX with its twin. A folder is searched, three levels deep, for
the first of these kinds, its training part before its test part. Nothing is ever unpickled.
"""

import gzip
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import numpy as np

from nnkata.katas.mnist import arrays, file_pairs, idx, keras_npz, matlab, npz, parquet, table
from nnkata.katas.mnist.bounded_reading import GZIP_MAGIC
from nnkata.katas.mnist.dataset import Bytes, Dataset, assemble
from nnkata.katas.mnist.errors import DataError
from nnkata.katas.mnist.orientation import upright
from nnkata.katas.mnist.unsupported import kind_of, pickled, pointer
from nnkata.language import _, later, reason
from nnkata.texts import listed

Pair = tuple[Bytes, Bytes]
GIVE = later(
    "give bundled, openml, fashion, kmnist, or a folder or file with images and labels: IDX, .npz, .npy, .csv, .arff, "
    ".parquet or .mat"
)
UNPACK = later("unpack it, and give the folder or the file in it")
#: The first bytes of an archive, and how many files of a folder are named.
ARCHIVES, SHOWN = (b"PK\x03\x04", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!"), 5
#: Zip archives that are not unpacked.
SHEETS = (".xlsx", ".ods", ".docx")
#: How deep a folder is looked through (torchvision: ROOT/MNIST/raw/…), and how many entries of it.
DEEP, MANY = 3, 2000
#: EMNIST's parts that have digits alone, the one that is like MNIST first.
SPLITS = ("mnist", "digits")
#: Endings of files that may be a table too, if named: numpy.savetxt's, R's, the UCI repository's.
TABLES = (".txt", ".dat", ".data")
READERS: dict[str, Callable[[Path], Pair]] = {
    ".npz": arrays.from_npz,
    ".parquet": parquet.load,
    ".csv": table.load,
    ".tsv": table.load,
    ".arff": table.load,
    ".mat": matlab.load,
}


def load(path: Path) -> Dataset:
    """The images of a file or a folder, upright. DataError if there are none, with the names of the present files."""
    if path.is_dir():
        return _turned(path, *_folder(path))
    return _turned(path, *_file(path))


def _turned(path: Path, pair: Pair, source: str) -> Dataset:
    images, turned = upright(*pair, str(path) + source)
    more = ", " + _("turned upright") if turned else ""
    return assemble(images, pair[1], name=str(path), source=source + more)


def _file(path: Path) -> tuple[Pair, str]:
    head = _head(path)
    pickled(path, head)
    pointer(path, head)
    ending = _ending(path)
    if ending == ".npz" and head.startswith(b"PK"):
        return _npz(path) if file_pairs.twin(path) is None else _twins(path)
    if ending in READERS:
        return READERS[ending](path), path.name
    if ending in TABLES and not _is_idx(head):
        return table.load(path), path.name
    if ending == ".npy" or _is_idx(head):
        return _twins(path)
    remedy = UNPACK if head.startswith(ARCHIVES) and ending not in SHEETS else GIVE
    raise DataError(path, _("is {kind}, which holds no images that can be read").format(kind=kind_of(head)), remedy)


def _npz(path: Path) -> tuple[Pair, str]:
    there = {*npz.names(path, keras_npz.REMEDY)} & {"x_train", "y_train", "x_test", "y_test"}
    if not there or there == {"x_train", "y_train"}:
        return arrays.from_npz(path), path.name
    found = keras_npz.load(path)
    return (found.images, found.labels), found.source


def _twins(path: Path) -> tuple[Pair, str]:
    pair = file_pairs.twin(path)
    if pair is None:
        name = file_pairs.wanted(path)
        fault = _("holds images or labels, and {twin}, the other of the two, is not beside it").format(twin=name)
        missing = fault if name else _("says by its name neither that it is images nor that it is labels")
        raise DataError(path, missing, _("name the two like train-images.npy and train-labels.npy"))
    read = arrays.from_npy if _ending(path) in (".npy", ".npz") else idx.pair
    return read(*pair), f"{pair[0].name}, {pair[1].name}"


def _folder(path: Path) -> tuple[Pair, str]:
    """The first find: IDX, then other pairs, then files that hold both."""
    files = list(_listed(path))
    if group := _idx_images(files):
        if group[0].name.startswith(idx.PARTS):
            found = idx.load(group[0].parent)
            return (found.images, found.labels), found.source
        return _joined(group, lambda file: _twins(file)[0])
    if group := _images(files, (".npy", ".npz")):
        return _joined(group, lambda file: _twins(file)[0])
    for ending in READERS:
        group = [file for file in files if _ending(file) == ending]
        if ending == ".csv":
            group = [file for file in group if not _without_labels(file)] or group
        if group:
            return _joined(group, lambda file: _file(file)[0])
    heads = {file: _head(file) for file in files}
    for file, head in heads.items():
        pickled(file, head)
        pointer(file, head)
    if half := [file for file in files if file_pairs.LABELS_END.search(file.name)]:
        idx.load(half[0].parent)  # its error names the missing file
    if not files:
        raise DataError(path, _("is an empty folder"), GIVE)
    text = _("holds {found}, and no images and labels under known names")
    names = listed([str(file.relative_to(path)) for file in files], SHOWN)
    packed = any(head.startswith(ARCHIVES) for head in heads.values())
    raise DataError(path, text.format(found=names), UNPACK if packed else GIVE)


def _joined(files: Iterable[Path], read: Callable[[Path], Pair]) -> tuple[Pair, str]:
    """The training parts and then the test parts; a file named as neither only if there is no other."""
    ordered = sorted(files, key=lambda file: (file_pairs.part(file.name), str(file)))
    chosen = [file for file in ordered if file_pairs.part(file.name) < 2] or ordered[:1]
    pairs = [read(file) for file in chosen]
    images, labels = (np.concatenate(column) for column in zip(*pairs, strict=True))
    return (images, labels), " and ".join(file.name for file in chosen)


def _idx_images(files: Iterable[Path]) -> list[Path]:
    """IDX files of images; of EMNIST one split, of two with one name the uncompressed one."""
    found = [file for file in files if file_pairs.IMAGES_END.search(file.name)]
    for split in SPLITS:
        if any(f"emnist-{split}" in file.name.lower() for file in found):
            found = [file for file in found if f"emnist-{split}" in file.name.lower()]
    names = {file.name for file in found}
    return [file for file in found if not (file.suffix == ".gz" and file.name.removesuffix(".gz") in names)]


def _images(files: Iterable[Path], endings: tuple[str, ...]) -> list[Path]:
    return [file for file in files if _ending(file) in endings and (pair := file_pairs.twin(file)) and pair[0] == file]


def _listed(path: Path, depth: int = 0) -> Iterator[Path]:
    """The files below a folder, in the order of names, without hidden ones."""
    try:
        entries = sorted(entry for entry in path.iterdir() if not entry.name.startswith("."))[:MANY]
    except OSError as error:
        text = _("cannot be read ({strerror})").format(strerror=reason(error))
        raise DataError(path, text, _("check its permissions")) from error
    yield from (entry for entry in entries if entry.is_file())
    if depth < DEEP:
        for entry in entries:
            if entry.is_dir() and not entry.is_symlink():
                yield from _listed(entry, depth + 1)


def _without_labels(file: Path) -> bool:
    """Whether a CSV file has 784 columns alone, as Kaggle's test.csv, or is a sample of answers."""
    with file.open("rb") as stream:
        return stream.readline(table.LONGEST).count(b",") + 1 not in (785, 786)


def _ending(path: Path) -> str:
    return Path(path.name.lower().removesuffix(".gz")).suffix


def _is_idx(head: bytes) -> bool:
    return int.from_bytes(head[:4], "big") in idx.KINDS


def _head(path: Path) -> bytes:
    """The beginning of the content, unpacked if gzipped."""
    try:
        with path.open("rb") as raw:
            head = raw.read(16)
        if head.startswith(GZIP_MAGIC):
            with gzip.open(path) as unpacked:
                head = unpacked.read(16)
    except OSError as error:
        if not isinstance(error, gzip.BadGzipFile):
            text = _("cannot be read ({strerror})").format(strerror=reason(error))
            raise DataError(path, text, _("check its permissions")) from error
    except (EOFError, zlib.error):
        return b""  # the reader reports the damage
    return head
