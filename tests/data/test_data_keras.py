"""Keras's mnist.npz: written here from real images, whole and in every way broken."""

import io
import random
import tracemalloc
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from nnkata.katas.mnist import DataError, keras_npz, load

Arrays = dict[str, NDArray[Any]]


def arrays(**changed: NDArray[Any]) -> Arrays:
    data = load("bundled")
    images = data.images.reshape(-1, 28, 28)
    whole = {"x_train": images[:30], "y_train": data.labels[:30], "x_test": images[30:40], "y_test": data.labels[30:40]}
    return whole | changed


def save(folder: Path, content: Arrays, *, packed: bool = True) -> Path:
    path = folder / "mnist.npz"
    if packed:
        np.savez_compressed(path, allow_pickle=True, **content)
    else:
        np.savez(path, allow_pickle=True, **content)
    return path


def fault(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        load(str(path))
    assert str(caught.value).startswith(str(path))
    assert caught.value.remedy
    return str(caught.value)


def member(descr: str, shape: str, data: bytes, version: bytes = b"\x01\x00") -> bytes:
    header = f"{{'descr': {descr}, 'fortran_order': False, 'shape': {shape}, }}\n".encode()
    return b"\x93NUMPY" + version + len(header).to_bytes(2, "little") + header + data


def with_member(folder: Path, name: str, content: bytes) -> Path:
    path = folder / "mnist.npz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for other, values in arrays().items():
            stream = io.BytesIO()
            np.save(stream, values)
            archive.writestr(f"{other}.npy", content if other == name else stream.getvalue())
    return path


@pytest.mark.parametrize("packed", [False, True])
def test_training_and_test_images_are_joined_in_that_order(tmp_path: Path, packed: bool) -> None:
    path = save(tmp_path, arrays(), packed=packed)
    data, expected = load(str(path)), load("bundled")
    assert np.array_equal(data.images, expected.images[:40])
    assert np.array_equal(data.labels, expected.labels[:40])
    assert str(data.images.dtype) == str(data.labels.dtype) == "uint8"
    assert (data.name, data.source, data.full) == (str(path), "Keras file mnist.npz", False)


def test_60_000_images_are_the_full_dataset(tmp_path: Path) -> None:
    data = load("bundled")
    content = {"x_train": np.tile(data.images, (11, 1)), "y_train": np.tile(data.labels, 11)}
    path = save(tmp_path, arrays(**content, x_test=data.images, y_test=data.labels), packed=False)
    assert load(str(path)).full


@pytest.mark.parametrize("dtype", ["<i8", ">i8", "<u2", "i1"])
def test_labels_may_be_any_integers(tmp_path: Path, dtype: str) -> None:
    path = save(tmp_path, arrays(y_train=load("bundled").labels[:30].astype(dtype)))
    assert load(str(path)).labels.tolist() == load("bundled").labels[:40].tolist()


def test_an_array_that_python_2_wrote_is_read(tmp_path: Path) -> None:
    path = with_member(tmp_path, "y_train", member("'|u1'", "(30L,)", load("bundled").labels[:30].tobytes()))
    assert load(str(path)).labels.tolist() == load("bundled").labels[:40].tolist()


def test_arrays_in_column_order_are_the_same_images(tmp_path: Path) -> None:
    path = save(tmp_path, arrays(x_train=np.asfortranarray(arrays()["x_train"])))
    assert np.array_equal(load(str(path)).images, load("bundled").images[:40])


@pytest.mark.parametrize("name", ["x_train", "y_train", "x_test", "y_test"])
def test_a_missing_array_is_named(tmp_path: Path, name: str) -> None:
    content = arrays()
    del content[name]
    assert f"has no array {name} (it holds" in fault(save(tmp_path, content))


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"x_train": np.zeros((30, 28, 28))}, "array x_train: images are float64, not uint8"),
        ({"x_train": np.zeros((30, 28, 27), np.uint8)}, "array x_train: images have the shape (30, 28, 27)"),
        ({"x_test": np.zeros((0, 28, 28), np.uint8)}, "array x_test: images have the shape (0, 28, 28)"),
        ({"x_train": np.array(7, np.uint8)}, "array x_train: images have the shape ()"),
        ({"y_train": np.zeros((30, 10), np.uint8)}, "array y_train: labels have the shape (30, 10), not (N,)"),
        ({"y_train": np.zeros(30)}, "array y_train: labels are float64, not integers"),
        ({"y_train": np.array(["7"] * 30)}, "array y_train: labels are <U1, not integers"),
        ({"y_train": np.array([0, 1, 10] * 10)}, "array y_train: label 10 at position 2 is not one of 0 to 9"),
        ({"y_test": np.array([0, -1] * 5)}, "array y_test: label -1 at position 1"),
        ({"y_test": np.zeros(9, np.uint8)}, "arrays x_test and y_test: there are 10 images but 9 labels"),
    ],
)
def test_an_array_of_the_wrong_kind_is_told(tmp_path: Path, changed: Arrays, expected: str) -> None:
    assert expected in fault(save(tmp_path, arrays(**changed)))


class Trap:
    """An object whose unpickling would be noticed."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (pytest.fail, ("unpickled",))


def test_python_objects_are_never_unpickled(tmp_path: Path) -> None:
    path = save(tmp_path, arrays(y_train=np.array([Trap()] * 30, dtype=object)))
    assert "array y_train: holds object, not numbers" in fault(path)


def test_a_file_of_another_kind_is_told(tmp_path: Path) -> None:
    path = tmp_path / "mnist.npz"
    path.write_bytes(b"<!doctype html><title>Moved</title>")
    assert "is not a sound .npz file (File is not a zip file)" in fault(path)


def test_a_single_array_is_told(tmp_path: Path) -> None:
    np.save(tmp_path / "x.npy", arrays()["x_train"])
    assert "y.npy, the other of the two, is not beside it" in fault(tmp_path / "x.npy")


def test_a_file_that_is_cut_short_is_told(tmp_path: Path) -> None:
    path = save(tmp_path, arrays())
    path.write_bytes(path.read_bytes()[:3000])
    assert "is not a sound .npz file" in fault(path)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (member("'|u1'", "(30,)", bytes(29)), "array y_train: ends after 29 of the 30 bytes"),
        (member("'|u1'", "(30,)", bytes(31)), "array y_train: goes on after the array"),
        (member("'|u1'", "(-1,)", bytes(31)), "array y_train: promises uint8 of the shape (-1,)"),
        (member("'|u1'", "(30,)", bytes(30), b"\x02\x00"), "array y_train: has the .npy version (2, 0)"),
        (member("'<f8'", "(10**9,)", b""), "is not a sound .npz file"),
        (member("'<f8'", "(1000000000000,)", b""), "array y_train: promises float64 of the shape (1000000000000,)"),
        (b"rubbish", "is not a sound .npz file"),
        (b"", "is not a sound .npz file"),
    ],
)
def test_an_array_that_breaks_its_own_promise_is_told(tmp_path: Path, content: bytes, expected: str) -> None:
    assert expected in fault(with_member(tmp_path, "y_train", content))


def test_an_array_that_unpacks_to_far_more_than_it_promises_is_not_unpacked(tmp_path: Path) -> None:
    path = with_member(tmp_path, "x_train", member("'|u1'", "(30, 28, 28)", bytes(200_000_000)))
    assert path.stat().st_size < 1_000_000
    tracemalloc.start()
    try:
        assert "array x_train: goes on after the array" in fault(path)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_random_damage_gives_a_data_error_or_the_same_images(tmp_path: Path) -> None:
    rng = random.Random(20)
    path = save(tmp_path, arrays())
    whole = path.read_bytes()
    expected = keras_npz.load(path).images
    noticed = 0
    for _ in range(300):
        damaged = bytearray(whole)
        damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        path.write_bytes(damaged)
        try:
            assert np.array_equal(keras_npz.load(path).images, expected)
        except DataError:
            noticed += 1
    assert noticed > 200
