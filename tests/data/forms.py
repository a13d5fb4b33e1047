"""Data in the forms that people have, each written as its maker writes it."""

import csv
import gzip
import io
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow
from PIL import Image
from pyarrow import parquet

from nnkata.katas.mnist import bundled
from nnkata.katas.mnist.dataset import Bytes
from tests.support.late import Late

scipy_io = Late("scipy.io")
#: Some images in MNIST's order; enough of each digit to see which way up they are.
COUNT = 300
IMAGES, LABELS = bundled.load().images[:COUNT], bundled.load().labels[:COUNT]
TRAIN = COUNT // 2


def idx(images: Any = IMAGES, labels: Any = LABELS) -> tuple[bytes, bytes]:
    """Images and labels as IDX files."""
    head = struct.pack(">4I", 2051, len(images), 28, 28)
    return head + images.tobytes(), struct.pack(">2I", 2049, len(labels)) + labels.astype(np.uint8).tobytes()


def put(path: Path, content: bytes | str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def kaggle(path: Path, label_first: bool = True, head: bool = True, sign: str = ",") -> Path:
    rows = [[label, *image] if label_first else [*image, label] for image, label in zip(IMAGES, LABELS, strict=True)]
    names = ["label", *(f"pixel{n}" for n in range(784))] if label_first else [*(f"p{n}" for n in range(784)), "class"]
    text = io.StringIO()
    csv.writer(text, delimiter=sign).writerows([names, *rows] if head else rows)
    return put(path, text.getvalue())


def png(image: Any) -> bytes:
    content = io.BytesIO()
    Image.fromarray(image.reshape(28, 28)).save(content, "PNG")
    return content.getvalue()


def torchvision(folder: Path, name: str = "MNIST", prefix: str = "", images: Any = IMAGES) -> Path:
    for part, chosen in (("train", slice(0, TRAIN)), (("test" if prefix else "t10k"), slice(TRAIN, COUNT))):
        pixels, digits = idx(images[chosen], LABELS[chosen])
        put(folder / name / "raw" / f"{prefix}{part}-images-idx3-ubyte", pixels)
        put(folder / name / "raw" / f"{prefix}{part}-images-idx3-ubyte.gz", gzip.compress(pixels))
        put(folder / name / "raw" / f"{prefix}{part}-labels-idx1-ubyte", digits)
    return folder


def qmnist(folder: Path) -> Path:
    rows = np.zeros((COUNT, 8), ">i4")
    rows[:, 0] = LABELS
    put(folder / "qmnist-train-images-idx3-ubyte.gz", gzip.compress(idx()[0]))
    put(folder / "qmnist-train-labels-idx2-int.gz", gzip.compress(struct.pack(">3I", 3074, COUNT, 8) + rows.tobytes()))
    return folder


def lying(images: Bytes = IMAGES) -> Bytes:
    return np.ascontiguousarray(images.reshape(-1, 28, 28).transpose(0, 2, 1)).reshape(-1, 784)


def arff(path: Path) -> Path:
    names = "".join(f"@ATTRIBUTE pixel{n} real\n" for n in range(1, 785))
    rows = "\n".join(",".join(map(str, [*image, f"'{label}'"])) for image, label in zip(IMAGES, LABELS, strict=True))
    return put(path, f"% MNIST\n@RELATION mnist_784\n{names}@ATTRIBUTE class {{0,1,2,3,4,5,6,7,8,9}}\n@DATA\n{rows}\n")


def mat(path: Path, **named: Any) -> Path:
    scipy_io.savemat(path, named or {"data": IMAGES.T, "label": LABELS[None].astype(np.float64)}, do_compression=True)
    return path


def hub(path: Path, rows: slice = slice(0, COUNT), columns: dict[str, Any] | None = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    cells = [{"bytes": png(image), "path": None} for image in IMAGES[rows]]
    table = columns or {"image": cells, "label": LABELS[rows].tolist()}
    parquet.write_table(pyarrow.table(table), path)
    return path


def npys(folder: Path, images: str, labels: str, pixels: Any = IMAGES, classes: Any = LABELS) -> Path:
    folder.mkdir(exist_ok=True)
    np.save(folder / images, pixels)
    np.save(folder / labels, classes)
    return folder / images


def alone(path: Path) -> Path:
    np.save(path, IMAGES)
    return path


def npz(path: Path, **named: Any) -> Path:
    np.savez(path, **named)
    return path


FORMS: dict[str, Callable[[Path], Path]] = {
    "Kaggle's CSV": lambda p: kaggle(p / "train.csv"),
    "CSV, label last": lambda p: kaggle(p / "mnist.csv", label_first=False),
    "CSV without a head": lambda p: kaggle(p / "mnist_train.csv", head=False),
    "CSV without a head, label last": lambda p: kaggle(p / "m.csv", head=False, label_first=False),
    "CSV with semicolons": lambda p: kaggle(p / "mnist.csv", sign=";"),
    "CSV, gzipped": lambda p: put(p / "m.csv.gz", gzip.compress(kaggle(p / "m.csv").read_bytes())),
    "CSV of pandas, with its index": lambda p: put(
        p / "i.csv",
        "\n".join(
            f"{n - 1 if n else ''},{line}" for n, line in enumerate(kaggle(p / "x.csv").read_text().splitlines())
        ),
    ),
    "a folder of Kaggle's": lambda p: (
        (kaggle(p / "k" / "train.csv"), put(p / "k" / "test.csv", "pixel0,pixel1\n1,2\n"))[0].parent
    ),
    "ARFF": lambda p: arff(p / "mnist_784.arff"),
    "ARFF, gzipped": lambda p: put(p / "m.arff.gz", gzip.compress(arff(p / "m.arff").read_bytes())),
    "mnist-original.mat": lambda p: mat(p / "mnist-original.mat"),
    "a .mat with rows": lambda p: mat(p / "m.mat", X=IMAGES, y=LABELS[:, None]),
    "a .mat of two parts": lambda p: mat(
        p / "m.mat", trainX=IMAGES[:TRAIN], trainY=LABELS[:TRAIN], testX=IMAGES[TRAIN:], testY=LABELS[TRAIN:]
    ),
    "Parquet of pictures": lambda p: hub(p / "train-00000-of-00001.parquet"),
    "Parquet of pictures, two parts": lambda p: (
        (
            hub(p / "mnist" / "test-00000-of-00001.parquet", slice(TRAIN, COUNT)),
            hub(p / "mnist" / "train-00000-of-00001.parquet", slice(0, TRAIN)),
        )[0].parent
    ),
    "Parquet of pixels": lambda p: hub(
        p / "m.parquet", columns={**{f"pixel{n}": IMAGES[:, n] for n in range(784)}, "class": LABELS.astype(str)}
    ),
    "torchvision's folder": torchvision,
    "torchvision's folder, from inside": lambda p: torchvision(p) / "MNIST",
    "one IDX file": lambda p: (
        put(p / "train-labels-idx1-ubyte", idx()[1]),
        put(p / "train-images-idx3-ubyte", idx()[0]),
    )[1],
    "one IDX file of labels": lambda p: (
        put(p / "t10k-images.idx3-ubyte", idx()[0]),
        put(p / "t10k-labels.idx1-ubyte.gz", gzip.compress(idx()[1])),
    )[1],
    "Fashion-MNIST's folder": lambda p: torchvision(p, "FashionMNIST"),
    "QMNIST": qmnist,
    "EMNIST": lambda p: torchvision(p, "EMNIST", "emnist-digits-", lying()),
    "EMNIST under MNIST's names": lambda p: torchvision(p, images=lying()),
    "EMNIST with all its splits": lambda p: (
        torchvision(p, "EMNIST", "emnist-letters-", lying(IMAGES[::-1])),
        torchvision(p, "EMNIST", "emnist-digits-", lying()),
    )[1],
    "KMNIST's npz": lambda p: (
        npz(p / "kmnist-train-labels.npz", arr_0=LABELS),
        npz(p / "kmnist-train-imgs.npz", arr_0=IMAGES),
    )[1],
    "npz: images and labels": lambda p: npz(p / "m.npz", images=IMAGES, labels=LABELS),
    "npz: X and Y": lambda p: npz(p / "m.npz", X=IMAGES, Y=LABELS),
    "npz: Image and Label": lambda p: npz(p / "m.npz", Image=IMAGES, Label=LABELS),
    "npz: X and y, from 0 to 1": lambda p: npz(p / "m.npz", X=IMAGES.astype(np.float32) / 255, y=LABELS.astype(str)),
    "npz: Keras": lambda p: npz(
        p / "mnist.npz",
        x_train=IMAGES[:TRAIN].reshape(-1, 28, 28),
        y_train=LABELS[:TRAIN],
        x_test=IMAGES[TRAIN:].reshape(-1, 28, 28),
        y_test=LABELS[TRAIN:],
    ),
    "a folder with mnist.npz": lambda p: (
        npz(put(p / "d" / "notes.txt", "x").with_name("mnist.npz"), images=IMAGES, labels=LABELS).parent
    ),
    "npy: x and y": lambda p: npys(p, "x_train.npy", "y_train.npy"),
    "npy: X and y, 0 to 1 by 256, one-hot": lambda p: npys(p, "X.npy", "y.npy", IMAGES / 256, np.eye(10)[LABELS]),
    "npy: a folder with two parts": lambda p: (
        (
            npys(p / "n", "test_images.npy", "test_labels.npy", IMAGES[TRAIN:], LABELS[TRAIN:]),
            npys(
                p / "n",
                "train_images.npy",
                "train_labels.npy",
                IMAGES[:TRAIN, None].reshape(-1, 1, 28, 28),
                LABELS[:TRAIN],
            ),
        )[0].parent
    ),
}
