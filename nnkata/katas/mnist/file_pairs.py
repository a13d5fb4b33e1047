"""Images and labels in separate files: finds a file's twin by the words in its name."""

import re
from pathlib import Path

#: Pairs of words for images and for labels; longer ones first.
WORDS = (
    ("images", "labels"),
    ("image", "label"),
    ("imgs", "labels"),
    ("data", "targets"),
    ("data", "target"),
    ("data", "labels"),
    ("pixels", "labels"),
    *((f"x{part}", f"y{part}") for part in ("train", "test")),
    *((f"{part}X", f"{part}{y}") for part in ("train", "test") for y in "yY"),
    ("x", "y"),
)
#: The words of the two parts of MNIST, training first.
TRAIN, TEST = ("train", "training"), ("test", "t10k", "testing", "val", "valid", "validation")


def twin(path: Path) -> tuple[Path, Path] | None:
    """The file of images and the file of labels, if `path` is one and the other is beside it; else None."""
    for name in _idx_twins(path.name):
        if (there := path.with_name(name)).is_file():
            return (path, there) if IMAGES_END.search(path.name) else (there, path)
    for images, labels in WORDS:
        for mine, other, first in ((images, labels, True), (labels, images, False)):
            for name in _replaced(path.name, mine, other):
                there = path.with_name(name)
                if there.is_file():
                    return (path, there) if first else (there, path)
    return None


def wanted(path: Path) -> str | None:
    """The expected name of the twin; None if the name has no such word."""
    for name in _idx_twins(path.name):
        return name
    for images, labels in WORDS:
        for mine, other in ((images, labels), (labels, images)):
            for name in _replaced(path.name, mine, other):
                return name
    return None


def part(name: str) -> int:
    """0 for a training part, 1 for a test part, 2 for a file that says neither: MNIST's order."""
    words = re.split(r"[^a-z0-9]+", name.lower())
    return 0 if any(word in TRAIN for word in words) else 1 if any(word in TEST for word in words) else 2


#: The ends of IDX files, of which browsers and unpackers change the first mark; QMNIST's labels are of two dimensions.
IMAGES_END = re.compile(r"images[-.]idx3-ubyte(\.gz)?$", re.IGNORECASE)
LABELS_END = re.compile(r"labels[-.](idx1-ubyte|idx2-int)(\.gz)?$", re.IGNORECASE)
LABELS_ENDS = ("labels-idx1-ubyte", "labels.idx1-ubyte", "labels-idx2-int", "labels.idx2-int")
IMAGES_ENDS = ("images-idx3-ubyte", "images.idx3-ubyte")


def _idx_twins(name: str) -> list[str]:
    for mine, others in ((IMAGES_END, LABELS_ENDS), (LABELS_END, IMAGES_ENDS)):
        if found := mine.search(name):
            return [f"{name[: found.start()]}{other}{packed}" for packed in ("", ".gz") for other in others]
    return []


def _replaced(name: str, mine: str, other: str) -> list[str]:
    """The name with one word for another, in its case, if the word stands by itself; with and without `.gz`."""
    found = re.search(rf"(?<![a-zA-Z]){re.escape(mine)}(?![a-z])", name, re.IGNORECASE)
    if found is None:
        return []
    word = other.upper() if found[0].isupper() and len(mine) == 1 else other
    told = [name[: found.start()] + word + name[found.end() :]]
    if mine == "x":  # X is written large, y small
        told.append(name[: found.start()] + other + name[found.end() :])
    packed = [each.removesuffix(".gz") if each.endswith(".gz") else f"{each}.gz" for each in told]
    return list(dict.fromkeys([*told, *packed]))
