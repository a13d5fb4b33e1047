"""Imports of a submission: its own modules come first, from the folder that they need, and none of another."""

import sys
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from nnkata.runner.submission.source import sources
from nnkata.subject import Raised, locate
from nnkata.subject.inprocess import InProcess
from tests.subject.packed import SMALL, answer, put


def test_helpers_are_found_before_the_library_and_only_by_the_submission(tmp_path: Path, sandbox: bool) -> None:
    helpers = {f"{name}.py": f"WHO = 'mine: {name}'\n" for name in ("queue", "random", "statistics", "code", "secrets")}
    helpers["test/__init__.py"] = "from .inner import WHO\n"
    helpers["test/inner.py"] = "import random\nWHO = 'mine: test, ' + random.WHO\n"
    helpers["other.py"] = "import queue\nWHO = queue.WHO\n"
    text = (
        "import queue, numpy as np, other\nfrom random import WHO\nimport test\n"
        "import concurrent.futures, tempfile\n"  # modules of the library that need its queue and random
        "def late():\n    import statistics, code, secrets\n    return [statistics.WHO, code.WHO, secrets.WHO]\n"
    )
    seen = "[queue.WHO, WHO, test.WHO, other.WHO, *late(), type(tempfile.mkdtemp()).__name__, np.zeros(2).sum() == 0]"
    put(tmp_path, {**helpers, "network.py": text + SMALL.format(answer=seen)})
    assert answer(str(tmp_path / "network.py"), sandbox) == [
        "mine: queue",
        "mine: random",
        "mine: test, mine: random",
        "mine: queue",
        "mine: statistics",
        "mine: code",
        "mine: secrets",
        "str",
        True,
    ]


def test_import_module_finds_helpers_before_the_library(tmp_path: Path, sandbox: bool) -> None:
    helpers = {"queue.py": "WHO = 'mine'\n", "net/calendar.py": "WHO = 'inner'\n", "net/__init__.py": ""}
    text = (
        "import importlib, importlib.util, concurrent.futures\nfrom importlib import import_module, resources\n"
        "own = [import_module('queue').WHO, importlib.import_module('.calendar', 'net').WHO]\n"
        "library = hasattr(import_module('tempfile'), 'mkdtemp') and resources.files and importlib.util.find_spec\n"
    )
    put(tmp_path, {**helpers, "network.py": text + SMALL.format(answer="[*own, bool(library)]")})
    assert answer(str(tmp_path / "network.py"), sandbox) == ["mine", "inner", True]


def test_a_numpy_or_os_beside_the_submission_is_not_imported(tmp_path: Path) -> None:
    put(tmp_path, {"numpy.py": "1/0", "os.py": "1/0", "sys.py": "1/0"})
    put(tmp_path, {"network.py": "import numpy, os, sys\n" + SMALL.format(answer="[numpy.__version__, os.sep]")})
    assert answer(str(tmp_path / "network.py")) == [np.__version__, "/"]


@pytest.mark.parametrize(
    ("main", "text", "helpers"),
    [
        ("network.py", "from .layers import WHO", ["layers.py"]),
        ("network.py", "from . import layers\nWHO = layers.WHO", ["layers.py"]),
        ("src/network.py", "from src.layers import WHO", ["src/layers.py"]),
        ("src/network.py", "from src import layers\nWHO = layers.WHO", ["src/layers.py", "src/__init__.py"]),
        ("src/net/network.py", "from ..util.layers import WHO", ["src/util/layers.py"]),
        ("src/net/network.py", "from src.util.layers import WHO", ["src/util/layers.py"]),
        ("a-b.c/network.py", "from .model.layers import WHO", ["a-b.c/model/layers.py"]),
        ("src/network.py", "from layers import WHO", ["src/layers.py"]),
        ("network.py", "from src.layers import WHO", ["src/layers.py"]),
        ("src/net/network.py", "import sys\nsys.path.append('..')\nfrom layers import WHO", ["src/layers.py"]),
        ("src/net/network.py", "import near\nfrom layers import WHO", ["src/net/near.py", "layers.py"]),
    ],
)
def test_imports_work_from_the_root_that_they_need(
    tmp_path: Path, main: str, text: str, helpers: list[str], sandbox: bool
) -> None:
    put(tmp_path / "ada", dict.fromkeys(helpers, "WHO = 'mine'\n"))
    put(tmp_path / "ada", {main: f"{text}\n" + SMALL.format(answer="WHO")})
    assert answer(str(tmp_path / "ada" / main), sandbox, tmp_path / "ada") == "mine"


def test_a_file_imports_nothing_above_its_folder_but_its_own_package(tmp_path: Path) -> None:
    put(tmp_path, {"project/secret.py": "KEY = 1\n", "__main__.py": "", "downloads/other.py": ""})
    for text in (
        "from ..project.secret import KEY",
        "import project.secret",
        "from downloads import other\nimport project.secret",
    ):
        put(tmp_path, {"downloads/network.py": f"{text}\n" + SMALL.format(answer="1")})
        found = sources(locate(str(tmp_path / "downloads" / "network.py")))
        assert not any("secret" in name for name in found)
    put(
        tmp_path,
        {
            "project/__init__.py": "",
            "project/sub/network.py": "from ..secret import KEY\n" + SMALL.format(answer="KEY"),
        },
    )
    assert answer(str(tmp_path / "project" / "sub" / "network.py")) == 1


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("from importlib import import_module\nhelper = import_module('helper')", "helper.WHO"),
        ("import net", "net.modules['layers'].WHO"),
        (
            "from runpy import run_path\nfrom pathlib import Path",
            "run_path(Path(__file__).parent / 'helper.py')['WHO']",
        ),
        ("import pkgutil", "pkgutil.get_data('net', 'who.txt').decode()"),
    ],
)
def test_modules_that_are_asked_for_by_a_text_are_there(text: str, who: str, tmp_path: Path, sandbox: bool) -> None:
    several = (
        "import importlib\nmodules = {n: importlib.import_module('.' + n, __name__) for n in ('other', 'layers')}\n"
    )
    put(tmp_path, {"net/__init__.py": several, "net/layers.py": "WHO = 'mine'\n", "net/other.py": ""})
    put(tmp_path, {"helper.py": "WHO = 'mine'\n", "net/who.txt": "mine"})
    put(tmp_path, {"network.py": f"{text}\n" + SMALL.format(answer=who)})
    assert answer(str(tmp_path / "network.py"), sandbox) == "mine"


@pytest.mark.parametrize(
    ("helper", "why"),
    [
        (b"x = (\n", r"helper.py is not Python: '\(' was never closed \(line 1\)"),
        (b'x = "\xd7\xd7"\n', r"helper.py is not saved as UTF-8 \(line 1\)"),
    ],
)
def test_a_broken_helper_is_not_said_to_be_absent(helper: bytes, why: str, tmp_path: Path, sandbox: bool) -> None:
    put(tmp_path, {"network.py": "import helper\n" + SMALL.format(answer=1)})
    (tmp_path / "helper.py").write_bytes(helper)
    with pytest.raises(Exception, match=why):
        answer(str(tmp_path / "network.py"), sandbox)


def test_a_helper_with_a_comment_in_another_encoding_is_imported_as_python_does(tmp_path: Path, sandbox: bool) -> None:
    put(tmp_path, {"network.py": "import helper\n" + SMALL.format(answer="helper.x")})
    (tmp_path / "helper.py").write_bytes("x = 7  # 注释\n".encode("gbk"))
    assert answer(str(tmp_path / "network.py"), sandbox) == 7


BACK = "import {name}\n\ndef same(net):\n    return isinstance(net, {name}.DeepNeuralNetwork)\n"


LATER = "def same(net):\n    from {name} import DeepNeuralNetwork\n    return type(net) is DeepNeuralNetwork\n"


@pytest.mark.parametrize(
    ("name", "helper", "same"),
    [("network", LATER, True), ("my_net", LATER, True), ("network", BACK, False), ("queue", LATER, None)],
)
def test_a_helper_that_imports_the_network_later_gets_the_one_that_runs(
    name: str, helper: str, same: bool | None, tmp_path: Path, sandbox: bool
) -> None:
    put(tmp_path, {"helper.py": helper.format(name=name)})
    put(tmp_path, {f"{name}.py": "import helper\n" + SMALL.format(answer="helper.same(self)")})
    if same is None:  # the library's module has no such class
        with pytest.raises(Raised, match="cannot import name 'DeepNeuralNetwork' from 'queue'"):
            answer(str(tmp_path / f"{name}.py"), sandbox)
    else:
        assert answer(str(tmp_path / f"{name}.py"), sandbox) is same


def test_the_network_is_no_loaded_module_of_its_name(tmp_path: Path, modules_as_before: None) -> None:
    put(tmp_path, {"helper.py": LATER.format(name="net_of_mine")})
    put(tmp_path, {"net_of_mine.py": "import helper\n" + SMALL.format(answer="helper.same(self)")})
    transport = InProcess.open(locate(str(tmp_path / "net_of_mine.py")))
    number = transport.ask("new", [[4, 3, 3, 2], {}], 10)
    assert cast("dict[str, object]", transport.ask("call", [number, "ask", []], 10))["value"] is True
    assert "net_of_mine" not in sys.modules
