"""Files that are never read, and the way to convert them."""

from pathlib import Path

from nnkata.katas.mnist.errors import DataError
from nnkata.language import _, later

#: The first bytes of a file, by kind. A pickle of protocol 2 and later begins with 0x80 and its protocol.
PICKLES = tuple(bytes([0x80, protocol]) for protocol in range(2, 7))
ENDINGS = (".pkl", ".pickle", ".p", ".pt", ".pth", ".joblib", ".sav")
CONVERT = later(
    "only where you trust the file: python -c \"import pickle, numpy; d = pickle.load(open('FILE', 'rb'), "
    "encoding='latin1'); numpy.savez('mnist.npz', images=IMAGES, labels=LABELS)\", with what d holds"
)
KINDS = {
    b"PK\x03\x04": later("a zip archive"),
    b"\x89HDF": later("an HDF5 file (MATLAB 7.3, or .h5)"),
    b"\x89PNG": later("a PNG picture"),
    b"\xff\xd8": later("a JPEG picture"),
    b"BZh": later("a bzip2 archive"),
    b"\xfd7zXZ": later("an xz archive"),
    b"7z\xbc\xaf": later("a 7-Zip archive"),
    b"SQLi": later("an SQLite database"),
}


def pickled(path: Path, head: bytes) -> None:
    """DataError for a pickle: reading one runs its code.

    `head` is the beginning of the content, unpacked.
    """
    name = path.name.lower().removesuffix(".gz").removesuffix(".bz2").removesuffix(".xz")
    if head.startswith(PICKLES) or name.endswith(ENDINGS):
        raise DataError(path, _("is a pickle, and reading one runs its code"), CONVERT)


def pointer(path: Path, head: bytes) -> None:
    """DataError for a pointer of Git LFS, which a clone without that program holds in place of a large file."""
    if head.startswith(b"version https://"):
        raise DataError(path, _("is a pointer of Git LFS, not the file itself"), _("fetch it by `git lfs pull`"))


def kind_of(head: bytes) -> str:
    """The kind of some content, from its beginning."""
    for magic, kind in KINDS.items():
        if head.startswith(magic):
            return _(kind)
    if not head:
        return _("empty")
    shown = head[:4].hex(" ")
    return _("a file that begins with the bytes {bytes}").format(bytes=shown)
