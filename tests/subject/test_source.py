"""Reading a submission's source: its files, imports, comments and types."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from nnkata.errors import NotJudged
from nnkata.katas.article.steps.imports import dynamic_calls, foreign
from nnkata.runner.source import MAX_FILES, sources
from nnkata.runner.typecheck import check as typecheck
from nnkata.runner.typecheck import servers
from nnkata.runner.typecheck.check import TypeCheck
from nnkata.steps.mypy_switches import switches
from nnkata.subject import NotFound, locate
from nnkata.subject.source.text import MAX_SOURCE
from tests.support.rights import as_nobody

Write = Callable[..., Path]
REFERENCE = Path(__file__).parents[2] / "reference" / "network.py"


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[servers.Server]]:
    started: list[servers.Server] = []
    for module in (typecheck, servers):
        monkeypatch.setattr(module, "idle", started)
    yield started
    for server in started:
        server.end()


def check(path: Path) -> tuple[list[str], list[str]]:
    implementation = locate(str(path))
    types = TypeCheck(implementation, sources(implementation))
    try:
        return said(types)
    finally:
        types.close()


def said(types: TypeCheck) -> tuple[list[str], list[str]]:
    assert types.trouble() == []
    return [str(finding) for finding in types.findings()], [difference.evidence for difference in types.differences()]


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
    "text",
    [
        "import numpy as np",
        "import json, os.path",
        "from . import x",
        "from helper import y",
        "from typing_extensions import override",
    ],
)
def test_imports_of_the_standard_library_numpy_and_ones_own_are_fine(text: str) -> None:
    assert list(foreign(text, {"network.py": "", "helper.py": ""})) == []


@pytest.mark.parametrize(
    "text",
    [
        "import sklearn",
        "from torch.nn import Linear",
        "class A:\n    import jax",
        "import scipy.special as s",
        "with open('x'):\n    import keras",
        "try:\n    import keras\nexcept ValueError:\n    pass",
        "try:\n    pass\nexcept ImportError:\n    pass\nfinally:\n    import keras",
    ],
)
def test_other_imports_are_found_if_every_run_makes_them(text: str) -> None:
    assert len(list(foreign(text, {"network.py": ""}))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "if __name__ == '__main__':\n    import sklearn",
        "def plot():\n    import matplotlib.pyplot as plt",
        "class A:\n    def plot(self):\n        from matplotlib import pyplot",
        "try:\n    import tqdm\nexcept ImportError:\n    tqdm = None",
        "try:\n    import tqdm\nexcept (ModuleNotFoundError, ValueError):\n    tqdm = None",
        "try:\n    import tqdm\nexcept:\n    tqdm = None",
        "import contextlib\nwith contextlib.suppress(ImportError):\n    import tqdm",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pandas",
    ],
)
def test_dispensable_imports_are_accepted(text: str) -> None:
    assert list(foreign(text, {"network.py": ""})) == []


@pytest.mark.parametrize(
    "text", ["__import__('x')", "importlib.import_module('x')", "exec('import x')", "builtins.eval('1')"]
)
def test_calls_that_import_by_name_are_found(text: str) -> None:
    assert len(list(dynamic_calls(text))) == 1


def test_other_calls_are_fine() -> None:
    assert list(dynamic_calls("there = importlib.util.find_spec('tqdm') is not None")) == []
    assert list(dynamic_calls("print(len('exec'))\nself.evaluate(1)")) == []
    assert list(dynamic_calls("network.eval()\ndef eval(x): ...\neval(1)")) == []
    assert list(dynamic_calls("if __name__ == '__main__':\n    exec('1')")) == []


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


def test_submissions_checked_at_the_same_time_do_not_affect_each_other(tmp_path: Path) -> None:
    text = REFERENCE.read_text(encoding="utf-8")
    paths = []
    for number in range(4):  # with one cache for all, 3 of 40 got the module of another one
        paths.append(tmp_path / f"student{number}.py")
        paths[-1].write_text(text, encoding="utf-8")
    for _ in range(3):
        located = [locate(str(path)) for path in paths]
        running = [TypeCheck(implementation, sources(implementation)) for implementation in located]
        try:
            assert [said(types) for types in running] == [([], [])] * len(paths)
        finally:
            for types in running:
                types.close()


def test_a_submission_leaves_nothing_in_the_cache_that_the_next_one_sees(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch, idle: list[servers.Server]
) -> None:
    monkeypatch.setenv("NNKATA_CACHE", str(tmp_path / "cache"))

    def files() -> dict[str, bytes]:
        return {str(path): path.read_bytes() for path in (tmp_path / "cache").rglob("*") if path.is_file()}

    check(REFERENCE)
    before = files()
    assert any(path.endswith(".db") or path.endswith(".json") for path in before)
    check(write(end="def f(x):\n    return x"))
    assert files() == before


def test_without_a_writable_cache_mypys_findings_are_the_same(
    tmp_path: Path, write: Write, monkeypatch: pytest.MonkeyPatch, idle: list[servers.Server]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NNKATA_CACHE", str(tmp_path / "file"))
    for path, clean in ((REFERENCE, True), (write(end="def f(x):\n    return x"), False)):
        implementation = locate(str(path))
        types = TypeCheck(implementation, sources(implementation))
        try:
            errors, differences = said(types)
            assert (errors == []) == clean
            assert differences == []
        finally:
            types.close()


def test_mypys_memory_is_limited() -> None:
    implementation = locate(str(REFERENCE))
    types = TypeCheck(implementation, sources(implementation), memory_mb=40)
    try:
        with pytest.raises(NotJudged, match="mypy ended with status"):  # 40 MiB are less than it needs
            types.trouble()
    finally:
        types.close()


def test_a_killed_type_server_is_asked_again() -> None:
    implementation = locate(str(REFERENCE))
    types = TypeCheck(implementation, sources(implementation))
    assert types._server is not None
    types._server._process.kill()
    assert (types.trouble(), types.findings(), types.differences()) == ([], [], [])
    types.close()
    assert check(REFERENCE) == ([], [])


@pytest.mark.parametrize("seconds", [0.0, servers.MYPY_SECONDS])
def test_without_an_answer_of_mypy_the_types_are_not_judged(
    seconds: float, monkeypatch: pytest.MonkeyPatch, idle: list[servers.Server]
) -> None:
    monkeypatch.setattr(servers, "MYPY_SECONDS", seconds)
    if seconds:
        monkeypatch.setattr(servers.Server, "ask", lambda server, request: server._process.kill())
    said = "mypy's process has ended" if seconds else "mypy gave no answer within 0 s"
    implementation = locate(str(REFERENCE))
    types = TypeCheck(implementation, sources(implementation))
    for asked in (types.trouble, types.findings, types.differences):
        with pytest.raises(NotJudged, match=said):
            asked()
    types.close()


def test_one_type_server_serves_several_submissions(write: Write, idle: list[servers.Server]) -> None:
    right, wrong = write("right.py"), write("wrong.py", end="def f(x):\n    return x")
    answers = [check(path)[0] for path in (right, wrong, right)]
    assert [bool(errors) for errors in answers] == [False, True, False]
    assert len(idle) == 1


def test_a_server_that_was_started_ahead_is_asked(idle: list[servers.Server]) -> None:
    servers.start()
    ahead = [*idle]
    assert check(REFERENCE) == ([], [])
    assert len(ahead) == 1
    assert idle == ahead
