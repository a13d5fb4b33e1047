"""Names become implementations without running a line of them."""

from pathlib import Path

import pytest

from nnkata.subject import NotFound, locate
from nnkata.subject.source.text import MAX_SOURCE


@pytest.fixture
def here(tmp_path: Path) -> Path:
    marker = f"open({str(tmp_path / 'ran')!r}, 'w')\n"
    (tmp_path / "package" / "sub").mkdir(parents=True)
    (tmp_path / "blank").mkdir()
    for name in (
        "net.py",
        "network.py",
        "package/__init__.py",
        "package/sub/__init__.py",
        "package/sub/net.py",
        "näme 1-x.py",
    ):
        (tmp_path / name).write_text(marker)
    return tmp_path


@pytest.mark.parametrize(
    ("name", "file", "cls"),
    [
        ("net.py", "net.py", "DeepNeuralNetwork"),
        ("net.py:Net", "net.py", "Net"),
        ("./package/../net.py", "net.py", "DeepNeuralNetwork"),
        ("näme 1-x.py:Net", "näme 1-x.py", "Net"),
        (".", "network.py", "DeepNeuralNetwork"),
        ("net", "net.py", "DeepNeuralNetwork"),
        ("package.sub.net:Net", "package/sub/net.py", "Net"),
    ],
)
def test_every_form_of_a_name_is_located_without_running_it(here: Path, name: str, file: str, cls: str) -> None:
    found = locate(name, here)
    assert found.path.resolve() == (here / file).resolve()
    assert found.class_name == cls
    assert not (here / "ran").exists()


def test_an_absolute_path_is_found(here: Path) -> None:
    assert locate(str(here / "net.py")).path == here / "net.py"


def test_a_module_starts_at_the_folder_of_its_package(here: Path) -> None:
    found = locate("package.sub.net:Net", here)
    assert (found.root, found.module) == (here, "package.sub.net")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.py", "there is no file none.py"),
        ("none/none", "there is no file"),
        ("none.module:Net", "there is no file or module"),
        ("package", r"has no network\.py"),
        ("blank", r"the folder blank is empty"),
        ("net.py:not-a-name", "not the name of a class"),
        ("net.py:", "no class stands after the colon.* name one: net.py:Class"),
        ("net.py:class", "not the name of a class"),
        ("ent.py", r"there is no file ent\.py; did you mean net\.py\?"),
        ("package/sub/nte.py", r"did you mean package/sub/net\.py\?"),
        ("zzz.py", r"there is no file zzz\.py$"),
        ("zz.py", r"there is no file zz\.py$"),  # nothing near: no guess
        ("https://example.org/net.py", "is an address: download the file first"),
        ("cmd:", "no command stands after cmd:; name one .*cmd:node"),
        ("math", "there is no file or module|not a module with Python source"),
        (":Net", "names no file"),
        ("x" * 300 + ".py", "File name too long"),
        ("x" * 5000, "File name too long"),
        ("..x", "there is no file or module"),
        ("a..b:Net", "there is no file or module"),
        ("package.:Net", "there is no file or module"),
    ],
)
def test_a_name_without_an_implementation_is_an_error(here: Path, name: str, message: str) -> None:
    with pytest.raises(NotFound, match=message):
        locate(name, here)


@pytest.mark.parametrize("name", ["notes.txt", "other", "zzz.py", "DeepNeuralNetwork"])
def test_a_wrong_name_is_told_with_the_files_that_have_a_network(tmp_path: Path, name: str) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "work").mkdir()
    (tmp_path / "notes.txt").write_text("numpy\n")
    (tmp_path / "work" / "network.py").write_text("class DeepNeuralNetwork:\n    def train(self): ...\n")
    with pytest.raises(NotFound, match=r"name the file (itself|of your network): work/network\.py$"):
        locate(name, tmp_path)
    with pytest.raises(NotFound) as alone:
        locate(str(tmp_path / name), tmp_path)
    assert "work/network.py" not in str(alone.value)


def test_a_text_with_a_class_is_python_under_any_ending(tmp_path: Path) -> None:
    (tmp_path / "network.txt").write_text("class DeepNeuralNetwork:\n    def train(self): ...\n")
    assert locate("network.txt", tmp_path).class_name == "DeepNeuralNetwork"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"def f(:", r"not Python: .* \(line 1\)"),
        (b"\x00\x01", "not Python"),
        (b"\xff\xfe\xfa", "not saved as UTF-8 .line 1"),
        (b"(" * 100_000, "not Python"),
    ],
)
def test_a_file_that_is_not_python_is_an_error(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "bad.py").write_bytes(content)
    with pytest.raises(NotFound, match=message):
        locate("bad.py", tmp_path)


def test_a_file_of_the_largest_size_is_read_and_a_larger_one_is_refused(tmp_path: Path) -> None:
    (tmp_path / "most.py").write_bytes(b"#" * MAX_SOURCE)
    assert locate("most.py", tmp_path).path == tmp_path / "most.py"
    (tmp_path / "more.py").write_bytes(b"#" * (MAX_SOURCE + 1))
    with pytest.raises(NotFound, match=r"more\.py is larger than 256 KiB"):
        locate("more.py", tmp_path)


@pytest.mark.filterwarnings("error")
def test_code_with_a_syntax_warning_is_python(tmp_path: Path) -> None:
    (tmp_path / "net.py").write_text("x = '\\d'\ny = x is 1\n")
    assert locate("net.py", tmp_path).path.name == "net.py"


@pytest.mark.parametrize(
    "content", [b"\xef\xbb\xbfx = 1\n", b"# -*- coding: latin-1 -*-\n\xe4 = 1\n", b"x = 1\r\ny = 2\r\n"]
)
def test_a_file_in_another_encoding_is_python(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "net.py").write_bytes(content)
    assert locate("net.py", tmp_path).path.name == "net.py"


def test_an_unreadable_folder_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "is_dir", refuse)  # root can read everything
    with pytest.raises(NotFound, match=r"net\.py cannot be looked up: Permission denied"):
        locate("net.py", tmp_path)
