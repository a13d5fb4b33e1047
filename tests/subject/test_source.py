"""Reading a submission's source: its files and encodings, its types, and comments that keep mypy away."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from nnkata.katas.article.steps.imports import foreign
from nnkata.runner.submission.source import MAX_FILES, sources
from nnkata.steps.mypy_switches import switches
from nnkata.subject import NotFound, locate
from nnkata.subject.source.text import MAX_SOURCE
from tests.subject.checked_types import REFERENCE, check
from tests.support.rights import as_nobody

Write = Callable[..., Path]


def test_the_reference_has_no_type_errors_and_satisfies_the_protocols() -> None:
    assert check(REFERENCE) == ([], [])


def test_a_missing_type_is_a_type_error(write: Write) -> None:
    errors, protocol = check(write(end="def f(x):\n    return x"))
    assert len(errors) == 1
    assert "[no-untyped-def]" in errors[0]
    assert protocol == []


def test_another_signature_does_not_satisfy_the_protocols(write: Write) -> None:
    errors, protocol = check(write(end="class Other:\n    pass", **{"def preprocess": "def prepare"}))
    assert errors == []
    assert protocol == ["preprocess missing"]


@pytest.mark.parametrize(("names", "found"), [("*, x_val", []), ("*, other: Any, x_val", ["train differs"])])
def test_the_validation_set_may_be_asked_for_by_name_alone(names: str, found: list[str], write: Write) -> None:
    before = "y_train: Any, x_val"
    assert check(write(**{before: before.replace("x_val", names)})) == ([], found)


def test_a_file_with_an_odd_name_is_checked(write: Write) -> None:
    assert check(write("my network-1.py")) == ([], [])


def test_modules_imported_from_beside_belong_to_the_submission(write: Write) -> None:
    path = write("work/network.py", end="import helper\nfrom tools import extra")
    (path.parent / "helper.py").write_text("import json\nimport further")
    (path.parent / "further.py").write_text("")
    (path.parent / "unused.py").write_text("")
    (path.parent / "numpy.py").write_text("")
    (path.parent / "tools").mkdir()
    (path.parent / "tools" / "__init__.py").write_text("")
    (path.parent / "tools" / "extra.py").write_text("")
    names = {"network.py", "helper.py", "further.py", "tools/__init__.py", "tools/extra.py"}
    assert set(sources(locate(str(path)))) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("import_module('helper')", {"helper.py"}),
        ("import_module('.tools.extra', __package__)", {"tools/__init__.py", "tools/extra.py"}),
        ("[import_module(name) for name in ('helper', 'absent')]", {"helper.py"}),
        ("[import_module('tools.' + name) for name in ['extra']]", {"tools/__init__.py", "tools/extra.py"}),
        ("spec_from_file_location('x', 'helper.py')", {"helper.py"}),
        ("get_data('tools', 'a.csv')", {"tools/__init__.py"}),
        ("import_module('numpy')", set()),
        ("print('helper', 'helper.py', 'tools')", set()),
        ("import_module(here)", set()),
        ("spec_from_file_location('x', '../outside.py')", set()),
    ],
)
def test_modules_asked_for_by_a_text_belong_to_the_submission(text: str, names: set[str], write: Write) -> None:
    path = write("work/network.py", end=text)
    for name in ("helper.py", "numpy.py", "tools/__init__.py", "tools/extra.py", "../outside.py"):
        (path.parent / name).parent.mkdir(exist_ok=True)
        (path.parent / name).write_text("")
    assert set(sources(locate(str(path)))) == {"network.py", *names}


@pytest.mark.parametrize(("wanted", "all_of_it"), [("*", True), ("dense", False)])
def test_all_modules_of_a_package_belong_to_it_where_all_are_imported(
    wanted: str, all_of_it: bool, write: Write
) -> None:
    path = write("work/network.py", end=f"from layers import {wanted}")
    (path.parent / "layers").mkdir()
    (path.parent / "layers" / "__init__.py").write_text('__all__ = ["dense", "relu"]')
    for name in ("dense", "relu"):
        (path.parent / "layers" / f"{name}.py").write_text("")
    found = set(sources(locate(str(path))))
    assert ("layers/relu.py" in found) is all_of_it
    assert "layers/dense.py" in found


def test_a_file_loaded_by_an_adapter_is_followed_by_the_last_name_of_its_imports(write: Write) -> None:
    layers = write("parts/layers.py", "from network_from_scratch.parts.losses import mse\n")
    (layers.parent / "losses.py").write_text("mse = 1\n", encoding="utf-8")
    text = 'theirs = load("parts/layers.py")\n'
    adapter = layers.parents[1] / "adapter.py"
    adapter.write_text(text, encoding="utf-8")
    assert set(sources(locate(str(adapter)))) == {"adapter.py", "parts/layers.py", "parts/losses.py"}
    layers.write_text("import sys\nsys.path.append('src')\nimport losses_below\n", encoding="utf-8")
    (layers.parents[1] / "src").mkdir()
    (layers.parents[1] / "src" / "losses_below.py").write_text("mse = 1\n", encoding="utf-8")
    assert "src/losses_below.py" in sources(locate(str(adapter)))
    layers.write_text("import losses_below\nprint 'Python 2'\n", encoding="utf-8")
    assert "src/losses_below.py" in sources(locate(str(adapter)))
    adapter.write_text("from parts import layers\n", encoding="utf-8")
    assert set(sources(locate(str(adapter)))) == {"adapter.py", "parts/layers.py"}


def test_a_symbolic_link_out_of_the_folder_is_not_followed(write: Write, tmp_path: Path) -> None:
    (tmp_path / "secret.py").write_text("KEY = 1")
    path = write("work/network.py", end="import leak")
    (path.parent / "leak.py").symlink_to(tmp_path / "secret.py")
    assert set(sources(locate(str(path)))) == {"network.py"}


@pytest.mark.parametrize(
    "comment",
    ["# type: ignore", "#type:ignore[x]", "# mypy: ignore-errors", "# type:  ignore", "# type: int  # type: ignore"],
)
def test_comments_that_keep_mypy_away_are_found(comment: str) -> None:
    assert len(switches({"a.py": f"x = 1  {comment}\n"})) == 1


@pytest.mark.parametrize(
    "text", ["x = '# type: ignore'", "# types are: ignored", '"""\n  # mypy: x\n"""', "x = 1  # noqa # type: ignore"]
)
def test_other_comments_and_texts_are_fine(text: str) -> None:
    assert switches({"a.py": f"{text}\n"}) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cast(Any, 'text')", 1),
        ("typing.cast(typing.Any, f'{x}')", 1),
        ("cast(Any, np.load('x.npy'))", 0),
        ("cast(NDArray[np.float64], e / e.sum())", 0),
        ("cast(float, 1)", 0),
    ],
)
def test_a_literal_that_is_cast_to_any_may_stand_for_anything(text: str, found: int) -> None:
    assert len(switches({"a.py": f"{text}\n"})) == found


def test_neither_an_ini_file_nor_a_plugin_nor_a_pyproject_beside_it_is_obeyed(write: Write, tmp_path: Path) -> None:
    marker = tmp_path / "ran"
    path = write("work/network.py", end="def f(x):\n    return x")
    (path.parent / "plugin.py").write_text(f"open({str(marker)!r}, 'w').close()\n")
    ini = "[mypy]\nignore_errors = True\nplugins = plugin.py\n"
    for name in ("mypy.ini", ".mypy.ini", "setup.cfg"):
        (path.parent / name).write_text(ini)
    (path.parent / "pyproject.toml").write_text("[tool.mypy]\nignore_errors = true\nplugins = 'plugin.py'\n")
    assert len(check(path)[0]) == 1
    assert not marker.exists()


BOM = "\ufeff".encode()


@pytest.mark.parametrize("head", [BOM, b"# -*- coding: latin-1 -*-\n\xe4: int = 1\n", b"x: int = 1\r\n"])
def test_a_file_in_another_encoding_is_read_as_by_python(write: Write, head: bytes) -> None:
    path = write()
    path.write_bytes(head + path.read_bytes())
    (text,) = sources(locate(str(path))).values()
    assert list(foreign(text, {})) == []
    assert switches({"network.py": text}) == []
    assert check(path) == ([], [])


@pytest.mark.parametrize("name", ["types.py", "numpy.py", "random.py", "nnkata.py", "submission.py"])
def test_a_file_named_like_a_module_of_pythons_is_checked(write: Write, name: str) -> None:
    assert check(write(name)) == ([], [])


@pytest.mark.parametrize("helper", [b"def f(:\n", b"\x00", b"\xff", b"(" * 10_000])
def test_a_file_beside_it_that_is_not_python_goes_with_it_so_that_the_import_fails_with_the_reason(
    write: Write, helper: bytes
) -> None:
    path = write("work/network.py", end="def f() -> None:\n    import helper")
    (path.parent / "helper.py").write_bytes(helper)
    assert set(sources(locate(str(path)))) == {"network.py", "helper.py"}
    assert check(path) == ([], [])  # mypy, which would end with such a file, does not read it


def test_an_import_from_above_the_root_of_the_disk_leads_nowhere(write: Write) -> None:
    path = write(end="def f() -> None:\n    from ........................................ import x")
    assert set(sources(locate(str(path)))) == {"network.py"}


def test_a_folder_beside_it_that_may_not_be_read_is_left_to_the_import() -> None:
    with TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        (folder / "private").mkdir()
        (folder / "private" / "__init__.py").touch()
        (folder / "network.py").write_text("import private", encoding="utf-8")
        implementation = locate(str(folder / "network.py"))
        assert set(sources(implementation)) == {"network.py", "private/__init__.py"}
        (folder / "private").chmod(0)
        with as_nobody():
            found = sources(implementation)
        (folder / "private").chmod(0o755)
    assert set(found) == {"network.py"}


def test_a_file_beside_it_that_is_too_large_to_be_read_is_refused(write: Write) -> None:
    path = write("work/network.py", end="import helper")
    (path.parent / "helper.py").write_bytes(b"#" * (MAX_SOURCE + 1))
    with pytest.raises(NotFound, match=r"helper\.py is larger than 256 KiB"):
        sources(locate(str(path)))


def test_too_many_files_are_refused(write: Write) -> None:
    names = [f"part{number}" for number in range(MAX_FILES)]
    path = write("work/network.py", end=f"import {', '.join(names)}")
    for name in names[1:]:
        (path.parent / f"{name}.py").write_text("")
    assert len(sources(locate(str(path)))) == MAX_FILES
    (path.parent / f"{names[0]}.py").write_text("")
    with pytest.raises(NotFound, match="more than 200 files"):
        sources(locate(str(path)))
