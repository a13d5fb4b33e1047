"""OpenML: scikit-learn's own client against a small answer served on loopback, whole and in every way broken."""

import gzip
import hashlib
import json
import re
import socket
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import numpy as np
import pytest

from nnkata.katas.mnist import DataError, Dataset, load, openml

API = "/api/v1/json/data"
LISTED = f"{API}/list/data_name/mnist_784/limit/2/data_version/1"
ARFF = "/data/v1/download/52667/mnist_784.arff"
DIGITS = [str(digit) for digit in range(11)]
Answers = dict[str, bytes]


def feature(index: int, name: str, *, target: bool = False) -> dict[str, str]:
    flags = {"is_target": str(target).lower(), "is_ignore": "false", "is_row_identifier": "false"}
    kind = "nominal" if target else "numeric"
    return {"index": str(index), "name": name, "data_type": kind, "number_of_missing_values": "0"} | flags


def answers(rows: list[str], *, pixels: int = 784, classes: int = 10) -> Answers:
    """What OpenML answers, by path, when mnist_784 has these rows of data."""
    names = [f"pixel{i + 1}" for i in range(pixels)]
    kinds = [f"@ATTRIBUTE {name} real" for name in names] + [f"@ATTRIBUTE class {{{','.join(DIGITS[:classes])}}}"]
    arff = "\n".join(["@RELATION mnist_784", *kinds, "@DATA", *rows, ""]).encode()
    named = {"name": "mnist_784", "version": "1", "status": "active"}
    described = {"id": "554", "description": "digits", "format": "ARFF", "file_id": "52667"} | named
    described |= {"url": f"https://www.openml.org{ARFF}", "md5_checksum": hashlib.md5(arff).hexdigest()}
    features = [*(feature(i, name) for i, name in enumerate(names)), feature(pixels, "class", target=True)]
    contents: dict[str, Any] = {
        LISTED: {"data": {"dataset": [{"did": 554} | named]}},
        f"{API}/554": {"data_set_description": described},
        f"{API}/features/554": {"data_features": {"feature": features}},
        f"{API}/qualities/554": {"data_qualities": {"quality": [{"name": "NumberOfInstances", "value": len(rows)}]}},
    }
    return {path: json.dumps(content).encode() for path, content in contents.items()} | {ARFF: arff}


def some() -> Dataset:
    data = load("bundled")
    return Dataset(data.images[:40], data.labels[:40], "", "", full=False)


def rows() -> list[str]:
    data = some()
    return [",".join(map(str, [*pixels, label])) for pixels, label in zip(data.images, data.labels, strict=True)]


class OpenML(ThreadingHTTPServer):
    """The server's answers by path, its requests so far, and what it does instead of answering well."""

    status = 200
    silent = False
    promise = 0  # bytes more than are sent

    def __init__(self, answers: Answers) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers, self.requests, self.done = answers, list[str](), threading.Event()


class Handler(BaseHTTPRequestHandler):
    server: OpenML

    def do_GET(self) -> None:
        openml = self.server
        openml.requests.append(self.path)
        if openml.silent:
            openml.done.wait()
            return
        body = gzip.compress(openml.answers[self.path]) if self.path in openml.answers else b""
        self.send_response(openml.status if self.path in openml.answers else 412)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body) + openml.promise))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenML]:
    """A whole answer, at the address that scikit-learn's requests are sent to instead of OpenML's."""
    server = OpenML(answers(rows()))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    redirect(monkeypatch, server.server_port)
    yield server
    server.done.set()
    server.shutdown()
    thread.join()
    server.server_close()


def redirect(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    def local(request: Request) -> Any:
        path = urlsplit(request.full_url).path
        return urlopen(Request(f"http://127.0.0.1:{port}{path}", headers=dict(request.headers)))

    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.setattr("sklearn.datasets._openml.urlopen", local)
    monkeypatch.setattr(openml, "DELAY", 0.01)


def fault(cache: Path) -> str:
    with pytest.raises(DataError) as caught:
        load("openml", cache=cache)
    assert caught.value.remedy
    return str(caught.value)


def test_images_and_labels_arrive_as_numbers(server: OpenML, tmp_path: Path) -> None:
    data, expected = load("openml", cache=tmp_path), some()
    assert np.array_equal(data.images, expected.images)
    assert np.array_equal(data.labels, expected.labels)
    assert str(data.images.dtype) == str(data.labels.dtype) == "uint8"
    assert (data.name, data.full) == ("openml", False)
    assert set(server.requests) == set(server.answers)


def test_the_labels_are_those_that_openml_gives_as_texts(server: OpenML, tmp_path: Path) -> None:
    from sklearn.datasets import fetch_openml

    given = fetch_openml("mnist_784", version=1, as_frame=False, parser="liac-arff", data_home=tmp_path).target
    assert {type(label) for label in given} == {str}
    assert load("openml", cache=tmp_path).labels.astype(str).tolist() == given.tolist()


def test_the_second_time_nothing_is_downloaded(server: OpenML, tmp_path: Path) -> None:
    load("openml", cache=tmp_path)
    server.requests.clear()
    server.status = 500
    assert len(load("openml", cache=tmp_path)) == 40
    assert server.requests == []


@pytest.mark.usefixtures("server")
def test_without_a_cache_scikit_learns_own_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCIKIT_LEARN_DATA", str(tmp_path / "own"))
    load("openml")
    assert list((tmp_path / "own").rglob("mnist_784.arff.gz"))


def test_a_damaged_file_in_the_cache_is_downloaded_again(server: OpenML, tmp_path: Path) -> None:
    load("openml", cache=tmp_path)
    (kept,) = tmp_path.rglob("mnist_784.arff.gz")
    kept.write_bytes(kept.read_bytes()[:500])
    server.requests.clear()
    assert np.array_equal(load("openml", cache=tmp_path).images, some().images)
    assert server.requests == [ARFF]


def test_missing_scikit_learn_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sklearn.datasets", None)
    told = r"OpenML mnist_784, version 1: needs scikit-learn .*; pip install 'nnkata\[openml\]'"
    assert re.fullmatch(told, fault(tmp_path))


def test_no_server_says_that_openml_cannot_be_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    redirect(monkeypatch, port)
    told = "OpenML mnist_784, version 1: cannot be reached .*; check the network, or use --data bundled or a path"
    assert re.fullmatch(told, fault(tmp_path))


def test_silence_is_not_waited_for(server: OpenML, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(openml, "TIMEOUT", 0.1)
    server.silent = True
    before = socket.getdefaulttimeout()
    assert re.search("cannot be reached .*timed out", fault(tmp_path))
    assert socket.getdefaulttimeout() == before


@pytest.mark.parametrize("status", [404, 503])
def test_a_refusal_is_told_with_its_number(server: OpenML, tmp_path: Path, status: int) -> None:
    server.status = status
    assert f"the server answered {status} " in fault(tmp_path)


def test_an_unknown_dataset_is_told(server: OpenML, tmp_path: Path) -> None:
    del server.answers[LISTED]
    assert "mnist_784 with version 1 not found" in fault(tmp_path)


def test_a_connection_that_breaks_off_is_told(server: OpenML, tmp_path: Path) -> None:
    load("openml", cache=tmp_path)
    next(tmp_path.rglob("mnist_784.arff.gz")).unlink()
    server.answers[ARFF] = server.answers[ARFF][:5000]
    server.promise = 10_000
    assert "the answer is damaged" in fault(tmp_path)


@pytest.mark.parametrize("path", [LISTED, f"{API}/554", f"{API}/features/554", f"{API}/qualities/554"])
@pytest.mark.parametrize("content", [b"<html>maintenance</html>", b"[]"])
def test_an_answer_that_is_not_openmls_is_told(server: OpenML, tmp_path: Path, path: str, content: bytes) -> None:
    server.answers[path] = content
    told = f"OpenML mnist_784, version 1: the answer is damaged .*; delete {tmp_path}/openml and try again"
    assert re.fullmatch(told, fault(tmp_path))


def test_data_that_differ_from_their_checksum_are_told(server: OpenML, tmp_path: Path) -> None:
    server.answers[ARFF] = server.answers[ARFF].replace(b"255", b"254", 1)
    assert "the answer is damaged (ValueError: The md5 checksum of the file" in fault(tmp_path)


@pytest.mark.parametrize("pixel", ["256", "-1", "0.5", "?"])
def test_a_pixel_that_is_no_grey_level_is_told(server: OpenML, tmp_path: Path, pixel: str) -> None:
    server.answers = answers([*rows(), pixel + ",0" * 783 + ",7"])
    assert "pixels are not whole grey levels from 0 to 255" in fault(tmp_path)


@pytest.mark.parametrize("row", ["0," * 784 + "?", "0," * 784 + "ten", "0,0,7"])
def test_a_row_that_is_not_as_announced_is_told(server: OpenML, tmp_path: Path, row: str) -> None:
    server.answers = answers([*rows(), row])
    assert "the answer is damaged" in fault(tmp_path)


def test_a_label_that_is_no_digit_is_told(server: OpenML, tmp_path: Path) -> None:
    server.answers = answers([*rows(), "0," * 784 + "10"], classes=11)
    assert "label '10' is not one of '0' to '9'" in fault(tmp_path)


def test_images_of_another_size_are_told(server: OpenML, tmp_path: Path) -> None:
    server.answers = answers(["0,0,0,0,7"], pixels=4)
    assert "images have the shape (1, 4), not (N, 784)" in fault(tmp_path)


def test_a_cache_that_cannot_be_written_is_told_by_its_name(server: OpenML, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert re.fullmatch(r"/.*/file.*: cannot be used .*; give another cache folder", fault(tmp_path / "file"))
