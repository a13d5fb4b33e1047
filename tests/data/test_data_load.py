"""Names and paths: the source that each selects, and the error of an unknown name."""

import os
import pickle
import shutil
from pathlib import Path

import numpy as np
import pytest

from nnkata.katas.mnist import DataError, bundled, load


def test_a_name_that_is_no_path_says_what_could_be_given(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        load(str(tmp_path / "minst"))
    assert str(caught.value).startswith(
        f"{tmp_path / 'minst'}: does not exist; give bundled, openml, fashion, kmnist, or a folder"
    )


def test_an_empty_folder_says_what_may_lie_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"is an empty folder; give .* IDX, .npz, .npy, .csv, .arff, .parquet or .mat"):
        load(str(tmp_path))


def test_what_is_neither_file_nor_folder_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(DataError, match="pipe: is neither a file nor a folder"):
        load(str(tmp_path / "pipe"))


def test_a_name_that_the_system_refuses_is_a_data_error() -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load("x" * 5000)


def test_a_folder_called_bundled_is_reached_by_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bundled").mkdir()
    monkeypatch.chdir(tmp_path)
    assert len(load("bundled")) == 5000
    with pytest.raises(DataError, match="bundled: is an empty folder"):
        load("./bundled")


def test_a_tilde_means_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    with np.load(bundled.FILE) as arrays:
        images, labels = arrays["images"].reshape(-1, 28, 28), arrays["labels"]
    np.savez(tmp_path / "mnist.npz", x_train=images, y_train=labels, x_test=images, y_test=labels)
    assert len(load("~/mnist.npz")) == 10_000


def test_a_home_folder_of_nobody_does_not_exist() -> None:
    with pytest.raises(DataError, match="does not exist"):
        load("~nobody-of-this-name/mnist.npz")


def test_the_bundled_file_is_taken_at_a_path_too(tmp_path: Path) -> None:
    assert len(load(str(shutil.copy(bundled.FILE, tmp_path / "copy.npz")))) == 5000


def test_an_error_survives_the_way_between_processes() -> None:
    error = DataError(Path("file"), "is wrong", "mend it")
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error) == "file: is wrong; mend it"
    assert (again.where, again.fault, again.remedy) == ("file", "is wrong", "mend it")
