"""IDX folders: written here from real images, whole and in every way broken."""

import gzip
import random
import struct
import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from nnkata.katas.mnist import DataError, Dataset, idx, load

Files = dict[str, bytes]


def images_idx(data: Dataset) -> bytes:
    return struct.pack(">IIII", 2051, len(data), 28, 28) + data.images.tobytes()


def labels_idx(data: Dataset) -> bytes:
    return struct.pack(">II", 2049, len(data)) + data.labels.tobytes()


def some(start: int, stop: int) -> Dataset:
    data = load("bundled")
    return Dataset(data.images[start:stop], data.labels[start:stop], "", "", full=False)


def write(folder: Path, files: Files) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def train(images: bytes | None = None, labels: bytes | None = None) -> Files:
    data = some(0, 30)
    return {
        "train-images-idx3-ubyte": images_idx(data) if images is None else images,
        "train-labels-idx1-ubyte": labels_idx(data) if labels is None else labels,
    }


def fault(folder: Path, files: Files) -> str:
    with pytest.raises(DataError) as caught:
        load(str(write(folder, files)))
    assert str(folder) in str(caught.value)
    assert caught.value.remedy
    return str(caught.value)


def test_the_training_part_alone_is_enough(tmp_path: Path) -> None:
    data, expected = load(str(write(tmp_path, train()))), some(0, 30)
    assert np.array_equal(data.images, expected.images)
    assert np.array_equal(data.labels, expected.labels)
    assert str(data.images.dtype) == str(data.labels.dtype) == "uint8"
    assert (data.name, data.source, data.full) == (str(tmp_path), "IDX files train", False)


def test_both_parts_are_joined_training_images_first(tmp_path: Path) -> None:
    test = some(30, 40)
    files = {"t10k-images-idx3-ubyte": images_idx(test), "t10k-labels-idx1-ubyte": labels_idx(test)}
    data, expected = load(str(write(tmp_path, train() | files))), some(0, 40)
    assert np.array_equal(data.images, expected.images)
    assert np.array_equal(data.labels, expected.labels)


@pytest.mark.parametrize("images", ["t10k-images-idx3-ubyte", "t10k-images.idx3-ubyte"])
@pytest.mark.parametrize("labels", ["t10k-labels-idx1-ubyte", "t10k-labels.idx1-ubyte"])
@pytest.mark.parametrize("packed", [False, True])
def test_every_usual_spelling_is_found(tmp_path: Path, images: str, labels: str, packed: bool) -> None:
    data = some(0, 5)
    files = {images: images_idx(data), labels: labels_idx(data)}
    if packed:
        files = {f"{name}.gz": gzip.compress(content) for name, content in files.items()}
    assert np.array_equal(load(str(write(tmp_path, files))).images, data.images)


def test_gzip_is_seen_from_the_content_not_the_name(tmp_path: Path) -> None:
    whole = train()
    files = {
        "train-images-idx3-ubyte": gzip.compress(whole["train-images-idx3-ubyte"]),
        "train-labels-idx1-ubyte.gz": whole["train-labels-idx1-ubyte"],
    }
    assert np.array_equal(load(str(write(tmp_path, files))).labels, some(0, 30).labels)


def test_the_unpacked_file_is_read_where_both_are_there(tmp_path: Path) -> None:
    files = train() | {"train-images-idx3-ubyte.gz": b"rubbish"}
    assert len(load(str(write(tmp_path, files)))) == 30


def test_60_000_images_are_the_full_dataset(tmp_path: Path) -> None:
    data = load("bundled")
    twelve = Dataset(np.tile(data.images, (12, 1)), np.tile(data.labels, 12), "", "", full=False)
    assert load(str(write(tmp_path, train(images_idx(twelve), labels_idx(twelve))))).full


def test_59_999_images_are_not(tmp_path: Path) -> None:
    data = load("bundled")
    fewer = Dataset(np.tile(data.images, (12, 1))[1:], np.tile(data.labels, 12)[1:], "", "", full=False)
    assert not load(str(write(tmp_path, train(images_idx(fewer), labels_idx(fewer))))).full


@pytest.mark.parametrize("missing", ["train-images-idx3-ubyte", "train-labels-idx1-ubyte"])
def test_half_a_part_names_the_missing_file(tmp_path: Path, missing: str) -> None:
    files = train()
    del files[missing]
    assert f"{missing}: is not there, though train-" in fault(tmp_path, files)


def test_half_a_test_part_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    files = train() | {"t10k-images-idx3-ubyte": images_idx(some(0, 5))}
    assert "t10k-labels-idx1-ubyte: is not there" in fault(tmp_path, files)


def test_swapped_files_are_told_apart(tmp_path: Path) -> None:
    files = train(labels_idx(some(0, 30)), images_idx(some(0, 30)))
    assert "train-images-idx3-ubyte: is IDX labels, not IDX images (0x00000803)" in fault(tmp_path, files)


def test_another_file_under_the_name_is_told(tmp_path: Path) -> None:
    message = fault(tmp_path, train(b"<!doctype html><title>Moved</title>"))
    assert "train-images-idx3-ubyte: is no IDX file (it begins with 0x3c21646f)" in message


@pytest.mark.parametrize(
    ("images", "expected"),
    [
        (b"", "ends after 0 of the 4 bytes of an IDX magic number"),
        (struct.pack(">III", 2051, 30, 28), "ends after 8 of the 12 bytes of its header"),
        (struct.pack(">IIII", 2051, 30, 32, 32) + bytes(30 * 1024), "holds images of 32x32 pixels, not 28x28"),
        (struct.pack(">IIII", 2051, 0, 28, 28), "promises 0 images"),
        (struct.pack(">IIII", 2051, 2**32 - 1, 28, 28), "promises 4,294,967,295 images, not 1 to 100,000"),
        (struct.pack(">IIII", 2051, 30, 28, 28) + bytes(100), "ends after 100 of the 23,520 bytes of 30 images"),
        (struct.pack(">IIII", 2051, 30, 28, 28) + bytes(23_521), "goes on after the 30 images"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_an_image_file_that_breaks_its_own_promise_is_told(
    tmp_path: Path, images: bytes, expected: str, packed: bool
) -> None:
    message = fault(tmp_path, train(gzip.compress(images) if packed else images))
    assert f"train-images-idx3-ubyte: {expected}" in message


def test_a_label_above_nine_is_told_with_its_position(tmp_path: Path) -> None:
    labels = bytearray(labels_idx(some(0, 30)))
    labels[8 + 7] = 10
    message = fault(tmp_path, train(labels=bytes(labels)))
    assert "train-labels-idx1-ubyte: label 10 at position 7 is not one of 0 to 9" in message


def test_one_label_too_few_is_told(tmp_path: Path) -> None:
    message = fault(tmp_path, train(labels=labels_idx(some(0, 29))))
    assert "train-labels-idx1-ubyte: there are 30 images but 29 labels" in message


def test_a_truncated_gzip_file_is_told(tmp_path: Path) -> None:
    packed = gzip.compress(images_idx(some(0, 30)))
    for keep in (5, len(packed) // 2, len(packed) - 4):
        assert "train-images-idx3-ubyte: is a damaged gzip file" in fault(tmp_path, train(packed[:keep]))


def test_a_wrong_gzip_checksum_is_told(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(images_idx(some(0, 30))))
    packed[-8] ^= 1
    assert "is a damaged gzip file (CRC check failed" in fault(tmp_path, train(bytes(packed)))


def test_a_folder_under_the_name_of_a_file_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "train-images-idx3-ubyte").mkdir()
    files = train()
    files["train-images.idx3-ubyte"] = files.pop("train-images-idx3-ubyte")
    assert len(load(str(write(tmp_path, files)))) == 30


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise PermissionError(13, "Permission denied")

    write(tmp_path, train())
    monkeypatch.setattr(Path, "open", refuse)  # a mode of 000 would not stop the superuser
    with pytest.raises(
        DataError, match=r"train-images-idx3-ubyte: cannot be read \(Permission denied\); check its perm"
    ):
        load(str(tmp_path))


def test_a_file_that_unpacks_to_far_more_than_it_promises_is_not_unpacked(tmp_path: Path) -> None:
    bomb = gzip.compress(struct.pack(">IIII", 2051, 30, 28, 28) + bytes(200_000_000), compresslevel=1)
    write(tmp_path, train(bomb))
    tracemalloc.start()
    try:
        with pytest.raises(DataError, match="goes on after the 30 images"):
            load(str(tmp_path))
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_random_damage_gives_a_data_error_or_the_same_images(tmp_path: Path) -> None:
    rng = random.Random(20)
    whole = {name: gzip.compress(content) for name, content in train().items()}
    names = sorted(whole)
    noticed = 0
    for _ in range(300):
        name = rng.choice(names)
        damaged = bytearray(whole[name])
        damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        write(tmp_path, whole | {name: bytes(damaged)})
        try:
            assert np.array_equal(idx.load(tmp_path).images, some(0, 30).images)
        except DataError:
            noticed += 1
    assert noticed > 200
