"""Data in the forms that people have, each written as its maker writes it: the images that come back are the same."""

import gzip
import pickle
import struct
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.katas.mnist import DataError, bundled, load, matlab
from nnkata.katas.mnist.orientation import ENOUGH, upright
from tests.data.forms import FORMS, IMAGES, LABELS, alone, hub, idx, kaggle, lying, mat, npys, npz, png, put
from tests.support.late import Late

scipy_io = Late("scipy.io")


@pytest.mark.parametrize("form", FORMS)
def test_the_images_and_labels_of_a_form_come_back_as_they_were(form: str, tmp_path: Path) -> None:
    found = load(str(FORMS[form](tmp_path)))
    assert np.array_equal(found.labels, LABELS)
    assert np.array_equal(found.images, IMAGES)
    assert ("turned upright" in found.source) == (
        ("EMNIST" in form and "QMNIST" not in form and "all" not in form) or "splits" in form
    )


class Harm:
    def __reduce__(self) -> tuple[Any, ...]:
        return Path.touch, (Path("harm"),)


REFUSED: dict[str, tuple[Callable[[Path], Path], str]] = {
    "a pickle": (
        lambda p: put(p / "mnist.pkl.gz", gzip.compress(pickle.dumps(Harm()))),
        "is a pickle, and reading one runs its code; only where you trust the file: python -c",
    ),
    "a pickle by another name": (lambda p: put(p / "mnist.npz", pickle.dumps(Harm())), "is a pickle"),
    "a folder with a pickle": (lambda p: put(p / "d" / "m.pkl", pickle.dumps(Harm())).parent, "m.pkl: is a pickle"),
    "objects in .npy": (lambda p: npys(p, "x.npy", "y.npy", np.array([Harm()], object)), "holds object, not numbers"),
    "Kaggle's test.csv": (
        lambda p: put(p / "test.csv", ",".join(f"pixel{n}" for n in range(784)) + "\n" + ",".join(["0"] * 784)),
        "has 784 columns and none for the label, as Kaggle's test.csv; give a file with labels, such as train.csv",
    ),
    "another CSV": (lambda p: put(p / "iris.csv", "a,b,label\n1,2,0\n"), "has 3 columns, not 784 and a label"),
    "a CSV that is cut off": (lambda p: put(p / "m.csv", kaggle(p / "k.csv").read_bytes()[:-9]), "image 300 has "),
    "a CSV with a word": (
        lambda p: put(p / "m.csv", kaggle(p / "k.csv").read_text().replace(",0,", ",NA,", 1)),
        "has 'NA' in image 1, which is not a number",
    ),
    "a CSV without end": (lambda p: put(p / "m.csv", "1," * 100_000), "has a line of more than 20,436 characters"),
    "letters": (
        lambda p: npz(p / "m.npz", images=IMAGES, labels=LABELS + 20),
        "labels go from 20 to 29; the contract takes",
    ),
    "colours": (
        lambda p: npz(p / "c.npz", images=np.zeros((3, 32, 32, 3)), labels=LABELS[:3]),
        r"the shape \(3, 32, 32, 3\)",
    ),
    "normalised": (lambda p: npz(p / "m.npz", images=IMAGES / 127.5 - 1, labels=LABELS), "pixels go from -1 to 1"),
    "means taken off": (
        lambda p: npz(p / "m.npz", images=IMAGES * 0.3, labels=LABELS),
        "are neither whole grey levels",
    ),
    "another npz": (lambda p: npz(p / "w.npz", W1=IMAGES), "holds W1, and no images and labels"),
    "a twin that is not there": (lambda p: put(p / "train-images-idx3-ubyte", idx()[0]), "train-labels-idx1-ubyte"),
    "an .npy without a twin": (
        lambda p: alone(p / "x.npy"),
        "and y.npy, the other of the two",
    ),
    "an .npy of no name": (lambda p: alone(p / "z.npy"), "says by its name neither"),
    "other columns": (
        lambda p: hub(p / "m.parquet", columns={"text": ["a"], "label": [1]}),
        "has the columns text, label, no image",
    ),
    "a twelfth digit": (
        lambda p: hub(
            p / "m.parquet", columns={"image": [{"bytes": png(np.zeros(784, np.uint8))}] * 2, "label": [1, 12]}
        ),
        "labels go from 1 to 12",
    ),
    "text for pictures": (
        lambda p: hub(p / "m.parquet", columns={"image": [b"\x89PNG no"], "label": [1]}),
        "a picture that cannot be read",
    ),
    "pictures of 16 bits": (
        lambda p: hub(p / "m.parquet", columns={"image": [png(IMAGES[0].astype(np.uint16) * 257)], "label": [1]}),
        "holds a picture of more than 8 bits per pixel",
    ),
    "no parquet": (lambda p: put(p / "m.parquet", b"PAR1 no"), "is not a sound parquet file"),
    "no .mat": (lambda p: put(p / "m.mat", b"no" * 200), "is not a sound .mat file"),
    "a .mat 7.3": (lambda p: put(p / "m.mat", b"\x89HDF\r\n\x1a\n"), "is an HDF5 file"),
    "another .mat": (lambda p: mat(p / "m.mat", a=IMAGES), "holds a, and no images"),
    "a zip": (
        lambda p: put(p / "a.zip", b"PK\x03\x04"),
        "is a zip archive",
    ),
    "a picture": (lambda p: put(p / "m.png", png(IMAGES[0])), "is a PNG picture"),
    "an empty file": (lambda p: put(p / "m", b""), "is empty"),
    "a text": (lambda p: put(p / "m.txt", "hello"), "holds no numbers"),
    "an empty folder": (lambda p: p, "is an empty folder"),
    "by name alone": (lambda p: Path("qmnist"), "cannot be downloaded by its name; download it with torchvision"),
}


@pytest.mark.parametrize("form", REFUSED)
def test_what_is_refused_is_told_with_what_was_found(
    form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    make, why = REFUSED[form]
    with pytest.raises(DataError, match=why):
        load(str(make(tmp_path)))
    assert not (tmp_path / "harm").exists()


def test_what_unpacks_to_more_than_mnist_can_be_is_given_up_early(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matlab, "MOST", 1000)  # 6 MB
    bomb = zlib.compress(b"\0" * (1 << 20))
    head = b"MATLAB 5.0 MAT-file".ljust(124) + b"\x00\x01IM"
    put(tmp_path / "m.mat", head + b"".join(struct.pack("<II", 15, len(bomb)) + bomb for _ in range(8)))
    with pytest.raises(DataError, match="unpacks to more than MNIST can be"):
        load(str(tmp_path / "m.mat"))
    header = (
        b"\x93NUMPY\x01\x00v\x00"
        + b"{'descr': '<f8', 'fortran_order': False, 'shape': (900000, 784), }".ljust(117)
        + b"\n"
    )
    put(tmp_path / "x.npy", header)
    put(tmp_path / "y.npy", header)
    with pytest.raises(DataError, match="more than MNIST can be"):
        load(str(tmp_path / "x.npy"))


def test_which_way_up_is_seen_from_few_images_of_each_digit_and_never_where_there_are_fewer() -> None:
    rng = np.random.default_rng(7)
    images, labels = bundled.load().images, bundled.load().labels
    for _ in range(20):
        rows = np.concatenate([rng.choice(np.flatnonzero(labels == digit), ENOUGH) for digit in range(10)])
        assert not upright(images[rows], labels[rows], "mnist")[1]
        back, turned = upright(lying(images[rows]), labels[rows], "mnist")
        assert turned
        assert np.array_equal(back, images[rows])
    few = slice(0, 20)
    assert not upright(lying(images[few]), labels[few], "mnist")[1]
    assert upright(lying(images[few]), labels[few], "emnist-digits")[1], "its name says it"


def test_what_is_no_digit_is_left_as_it_lies() -> None:
    rng = np.random.default_rng(7)
    other = rng.integers(0, 256, (1000, 784)).astype(np.uint8)
    assert not upright(other, (np.arange(1000) % 10).astype(np.uint8), "FashionMNIST")[1]


@pytest.mark.parametrize(
    ("names", "folder"),
    [(("Xtrain.npy", "ytrain.npy"), True), (("trainX.npy", "trainY.npy"), False), (("xtest.npy", "ytest.npy"), True)],
)
def test_names_without_a_mark_between_their_words_are_twins(
    tmp_path: Path, names: tuple[str, str], folder: bool
) -> None:
    for name, values in zip(names, (IMAGES, LABELS), strict=True):
        np.save(tmp_path / name, values)
    found = load(str(tmp_path if folder else tmp_path / names[0]))
    assert np.array_equal(found.images, IMAGES)
    assert np.array_equal(found.labels, LABELS)


def test_a_table_may_end_in_txt_where_it_is_named_and_a_readme_is_none(tmp_path: Path) -> None:
    table = kaggle(tmp_path / "train.txt", head=False, sign=" ")
    assert np.array_equal(load(str(table)).images, IMAGES)
    folder = tmp_path / "there"
    put(folder / "readme.txt", "MNIST\n")
    scipy_io.savemat(folder / "mnist.mat", {"X": IMAGES, "y": LABELS})
    assert np.array_equal(load(str(folder)).images, IMAGES)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "label,pixel0\n".encode("utf-16"), "is UTF-16"),
        ("a.csv", (b"7," * 784 + b"7\n") * 2 + b"7," * 784 + b"seven\n", "has 'seven' in image 3"),
        ("a.csv", b"7," * 784 + b"7\n" + b"7," * 784 + b"\n", "has '' in image 2"),
        ("a.arff", b"@relation m\n@data\n{3 7, 784 1}\n", "is a sparse ARFF"),
        ("a.csv.zip", b"PK\x03\x04", "unpack it"),
        ("a.csv.bz2", b"BZh9", "unpack it"),
        ("mnist.npz", b"version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
        ("there/mnist.npz", b"version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
        ("there/a.png", b"\x89PNG", "holds a.png, and no images"),
        ("there/b/mnist.zip", b"PK\x03\x04", "holds b/mnist.zip, and no images and labels"),
    ],
)
def test_what_was_found_is_named(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = put(tmp_path / name, content)
    with pytest.raises(DataError) as refused:
        load(str(tmp_path / "there" if name.startswith("there") else path))
    assert said in str(refused.value)
    assert "holds no MNIST" not in str(refused.value)


def test_what_was_meant_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    kaggle(tmp_path / "train.csv")
    for name, said in {
        "fasion": "did you mean fashion?",
        "bundeld": "did you mean bundled?",
        "train.cvs": "did you mean train.csv?",
        "MNIST": "say bundled",
        "": "is empty",
        "empty": "is an empty folder",
    }.items():
        with pytest.raises(DataError) as refused:
            load(name)
        assert said in str(refused.value)
