"""The packing of a submission is no fault of its network: imports, names of classes, data files."""

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import cast

import numpy as np
import pytest

from nnkata.grading.submission.gather import gather
from nnkata.runner.source import sources
from nnkata.runner.typecheck.check import TypeCheck
from nnkata.subject import Isolated, NotFound, Raised, locate
from nnkata.subject.inprocess import InProcess
from nnkata.subject.isolated import Launcher
from nnkata.subject.source.network_class import methods, surface
from nnkata.subject.walls.launch import plain
from nnkata.subject.walls.sandbox import NoSandbox, probe, sandboxed
from nnkata.worker.data import MAX_DATA, data_files
from nnkata.worker.loading import foreign

ROOT = Path(__file__).parents[2]
REFERENCE = (ROOT / "reference" / "network.py").read_text(encoding="utf-8")
#: A network for a single answer.
SMALL = "class DeepNeuralNetwork:\n    def __init__(self, sizes): pass\n    def ask(self): return {answer}\n"


def put(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def answer(name: str, sandbox: bool = False, start: Path | None = None) -> object:
    """The answer of the submission's `ask`, from a worker; in the sandbox on request."""
    implementation = locate(name, start)
    launcher: Launcher = plain
    if sandbox:
        beside = [str(path.relative_to(implementation.root)) for path in data_files(implementation.path)]
        launcher = partial(sandboxed, sources=(*sources(implementation), *beside))
    transport = Isolated.open(implementation, launcher=launcher)
    try:
        number = transport.ask("new", [[4, 3, 3, 2], {}], 10)
        return transport.ask("call", [number, "ask", []], 10)["value"]
    finally:
        transport.close()


@pytest.fixture(params=["process", "sandbox"])
def sandbox(request: pytest.FixtureRequest) -> bool:
    if request.param == "sandbox":
        try:
            probe()
        except NoSandbox as error:
            pytest.skip(str(error))
    return bool(request.param == "sandbox")


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


def test_mypy_finds_the_same_modules(tmp_path: Path) -> None:
    text = "import queue\nfrom .layers import Rate\nfrom random import Kind as K\nimport statistics as s\n" + REFERENCE
    text += "\nRATE: Rate = queue.rate(K(), s.ONE)\n"
    put(
        tmp_path, {"network.py": text.replace("from __future__ import annotations\n", ""), "statistics.py": "ONE = 1\n"}
    )
    rate = "def rate(k: Kind, one: int) -> Rate:\n    return Rate()\n"
    put(tmp_path, {"queue.py": f"from layers import Rate\nfrom random import Kind\n\n\n{rate}"})
    put(tmp_path, {"random.py": "class Kind:\n    pass\n", "layers.py": "class Rate:\n    pass\n"})
    implementation = locate(str(tmp_path / "network.py"))
    types = TypeCheck(implementation, sources(implementation))
    try:
        assert types.trouble() == []
        assert [str(finding) for finding in types.findings()] == []
        assert [difference.evidence for difference in types.differences()] == []
    finally:
        types.close()


def test_mypy_sees_a_folder_that_is_a_package_as_its_files_do(tmp_path: Path) -> None:
    softmax = "from . import kinds\nfrom . import (\n    SCALE,\n    kinds as others,  # twice\n)\n\n\n"
    softmax += "def scaled(x: kinds.Rate) -> others.Rate:\n    return x * SCALE\n"
    put(
        tmp_path,
        {
            "net/__init__.py": "from .network import DeepNeuralNetwork as DeepNeuralNetwork\nSCALE: float = 1.0\n",
            "net/kinds.py": "Rate = float\n",
            "net/scaled.py": softmax,
            "net/network.py": "from .scaled import scaled as scaled\n" + REFERENCE,
        },
    )

    def found(name: str) -> list[str]:
        implementation = locate(str(tmp_path / name))
        types = TypeCheck(implementation, sources(implementation))
        try:
            assert types.trouble() == []
            return [str(one) for one in (*types.findings(), *types.differences())]
        finally:
            types.close()

    assert found("net") == []
    assert found("net/__init__.py") == [
        "preprocess: missing; expected def preprocess(images: Any, labels: Any) -> tuple[NDArray[np.floating[Any]], "
        "NDArray[np.floating[Any]]]"
    ]
    put(tmp_path, {"net/scaled.py": softmax.replace("x * SCALE", "str(x * SCALE)")})
    assert [line.partition(": error")[0] for line in found("net")] == ["scaled.py:9"]
    put(tmp_path, {"net/__init__.py": "SCALE: float = '1'\n", "net/scaled.py": softmax})
    assert [line.partition(": error")[0] for line in found("net")] == ["__init__.py:1"]


def test_a_class_of_another_name_is_accepted_if_exactly_one_fits(tmp_path: Path) -> None:
    put(tmp_path, {"a.py": REFERENCE.replace("class DeepNeuralNetwork", "class MyNet")})
    assert locate(str(tmp_path / "a.py")).class_name == "MyNet"
    both = REFERENCE.replace("class DeepNeuralNetwork", "class MyNet") + "\n\nclass Better(MyNet):\n    pass\n"
    put(tmp_path, {"b.py": both, "c.py": both + "\n\nclass Other(MyNet):\n    pass\n"})
    assert locate(str(tmp_path / "b.py")).class_name == "Better"
    assert locate(str(tmp_path / "c.py")).class_name == "DeepNeuralNetwork"  # two fit, so neither is accepted
    put(tmp_path, {"d.py": REFERENCE + "\n\nclass Other(DeepNeuralNetwork):\n    pass\n"})
    assert locate(str(tmp_path / "d.py")).class_name == "DeepNeuralNetwork"
    assert locate(f"{tmp_path / 'b.py'}:MyNet").class_name == "MyNet"


def test_the_methods_of_the_contract_come_from_its_protocols() -> None:
    assert {"forward_pass", "backward_pass", "train"} < methods()
    assert not {"sizes", "params", "__init__"} & methods()
    assert surface("class A:\n    def train(self): pass\n").fitting is None
    assert surface("x = (").parses is False


def test_data_files_are_available_and_cannot_be_changed(tmp_path: Path, sandbox: bool) -> None:
    put(tmp_path, {"mnist.csv": "5,0,1", "data/more.csv": "7", ".hidden.csv": "1", "secret.txt": "no"})
    read = "import os\nROW = open('mnist.csv').read() + open('data/more.csv').read()\n"
    read += "open('mnist.csv', 'w').write('gone')\n"
    put(tmp_path, {"network.py": read + SMALL.format(answer="[ROW, 'secret.' in str(os.listdir())]")})
    assert answer(str(tmp_path / "network.py"), sandbox) == ["5,0,17", False]
    assert (tmp_path / "mnist.csv").read_text() == "5,0,1"


def test_a_network_may_write_beside_itself(tmp_path: Path, sandbox: bool) -> None:
    put(
        tmp_path,
        {"pack/__init__.py": "", "pack/log.py": "from pathlib import Path\nLOG = Path(__file__).parent / 'log.txt'\n"},
    )
    write = "from pathlib import Path\nfrom pack.log import LOG\n(Path(__file__).parent / 'out').mkdir()\n"
    write += "LOG.write_text('a line')\n"
    put(tmp_path, {"network.py": write + SMALL.format(answer="LOG.read_text()")})
    assert answer(str(tmp_path / "network.py"), sandbox) == "a line"
    assert (tmp_path / "out").exists() is not sandbox


def test_options_of_a_script_at_the_top_have_their_defaults(tmp_path: Path, sandbox: bool) -> None:
    top = "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--epochs', type=int, default=3)\n"
    top += "options = parser.parse_args()\n"
    put(tmp_path, {"network.py": top + SMALL.format(answer="options.epochs")})
    assert answer(str(tmp_path / "network.py"), sandbox) == 3


def test_a_module_that_a_network_writes_is_none_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy, handed_in = tmp_path / "copy", tmp_path / "handed in"
    for name in ("helper", "written"):
        module = ModuleType(name)
        module.__file__ = str(copy / f"{name}.py")
        monkeypatch.setitem(sys.modules, name, module)
    put(copy, {"helper.py": "", "written.py": ""})
    put(handed_in, {"helper.py": ""})
    assert foreign(["helper", "written"], copy, handed_in) == ["written"]
    assert foreign(["helper", "written"], copy, copy) == []


@pytest.mark.parametrize(
    "name",
    [
        *("config.toml", "conf/run.yaml", "weights.pkl", "means.txt", "d/x.dat", "VERSION", "a/b/c/README.md"),
        *(".env", "pyproject.toml"),
    ],
)
def test_a_network_reads_the_settings_beside_it(name: str, tmp_path: Path, sandbox: bool) -> None:
    put(tmp_path, {name: "a = 7", "key.pem": "secret"})
    read = f"from pathlib import Path\nHERE = Path(__file__).parent\nTEXT = (HERE / {name!r}).read_text()\n"
    put(tmp_path, {"network.py": read + SMALL.format(answer="[TEXT, (HERE / 'key.pem').exists()]")})
    assert answer(str(tmp_path / "network.py"), sandbox) == ["a = 7", not sandbox]


@pytest.mark.parametrize("read", ["HERE.rglob('*.txt')", "(HERE / 'conf').iterdir()"])
def test_texts_are_there_for_a_network_that_lists_their_folder(read: str, tmp_path: Path) -> None:
    put(tmp_path, {"conf/a.txt": "1", "conf/b.txt": "2", ".env": "no", "pyproject.toml": ""})
    head = "import os\nfrom pathlib import Path\nHERE = Path(__file__).parent\nHOME = os.environ\n"
    put(tmp_path, {"network.py": f"{head}TEXTS = [path.read_text() for path in {read}]"})
    assert [path.name for path in data_files(tmp_path / "network.py")] == ["a.txt", "b.txt"]
    put(tmp_path, {"network.py": f"{head}NAMES = os.listdir()", "c.txt": "3"})
    assert [path.name for path in data_files(tmp_path / "network.py")] == ["a.txt", "b.txt"]
    put(tmp_path, {"network.py": head})
    assert data_files(tmp_path / "network.py") == []


@pytest.mark.parametrize("read", ["HERE / 'means.txt'", "(HERE / 'means').with_suffix('.txt')"])
def test_a_network_reads_a_text_that_its_helper_names(read: str, tmp_path: Path, sandbox: bool) -> None:
    helper = f"from pathlib import Path\nHERE = Path(__file__).parent\nTEXT = ({read}).read_text()\n"
    put(tmp_path, {"net/__init__.py": "", "net/means.py": helper, "net/means.txt": "7", "net/about.txt": "secret"})
    seen = "[means.TEXT, (means.HERE / ('ab' 'out.txt')).exists()]"
    put(tmp_path, {"network.py": "from net import means\n" + SMALL.format(answer=seen)})
    assert answer(str(tmp_path / "network.py"), sandbox) == ["7", not sandbox]


def test_a_text_that_another_file_names_is_not_data(tmp_path: Path) -> None:
    put(tmp_path, {"network.py": "import helper", "other.py": "open('means.txt')", "means.txt": "1", "a.csv": "2"})
    carried = data_files(tmp_path / "network.py", [b"import helper"])
    assert [path.name for path in carried] == ["a.csv"]


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


def test_a_text_is_handed_in_with_a_network_that_names_it(tmp_path: Path) -> None:
    put(tmp_path, {"network.py": "x = open('means.txt')", "means.txt": "1", "about.txt": "3", "report.pdf": "2"})
    found = gather({"": tmp_path})
    assert set(found.data) == {"means.txt"}
    assert set(found.others) == {"means.txt", "about.txt", "report.pdf"}


def test_data_over_the_limit_are_not_copied(tmp_path: Path) -> None:
    with (tmp_path / "large.csv").open("wb") as file:
        file.truncate(MAX_DATA + 1)
    put(tmp_path, {"small.csv": "1"})
    assert [path.name for path in data_files(tmp_path / "network.py")] == ["small.csv"]


def test_a_file_in_utf_16_is_reported_as_such(tmp_path: Path) -> None:
    (tmp_path / "network.py").write_text(REFERENCE, encoding="utf-16")
    with pytest.raises(NotFound, match="UTF-16"):
        locate(str(tmp_path / "network.py"))


@pytest.mark.parametrize("text", ["# 注释", "name = '网络'", "网络 = 1"])
def test_a_file_in_an_encoding_that_it_does_not_name_is_reported_with_its_line(text: str, tmp_path: Path) -> None:
    path = tmp_path / "network.py"
    path.write_bytes(f"x = 1\n{text}\n".encode("gbk"))
    with pytest.raises(NotFound, match=r"is not saved as UTF-8 \(line 2\), which Python needs"):
        locate(str(path))
    path.write_bytes(f"{text}\nx = 1\n".encode("gbk"))
    with pytest.raises(NotFound, match=r"is not saved as UTF-8 \(line 1\), which Python needs; save it as UTF-8"):
        locate(str(path))
    path.write_bytes(f"# -*- coding: gbk -*-\n{text}\n".encode("gbk"))
    assert locate(str(path)).path == path
    path.write_bytes(f"# coding: gbk\nx = 1\n{text}\n".encode("gbk"))
    assert locate(str(path)).path == path


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


def test_a_class_that_is_continued_is_one_class_for_mypy(tmp_path: Path) -> None:
    start, end = REFERENCE.index("    def compute_accuracy"), REFERENCE.index("    def train")
    later = "\n\nclass DeepNeuralNetwork(DeepNeuralNetwork):\n" + REFERENCE[start:end]
    text = REFERENCE[:start] + REFERENCE[end:] + later

    def found(text: str) -> list[str]:
        put(tmp_path, {"network.py": text})
        implementation = locate(str(tmp_path / "network.py"))
        types = TypeCheck(implementation, sources(implementation))
        try:
            assert types.trouble() == []
            return [str(one).partition(": error")[0] for one in types.findings()]
        finally:
            types.close()

    again = "\n\nclass DeepNeuralNetwork(DeepNeuralNetwork): pass\n"
    assert found(text) == found(text + again) == []
    line = text[: text.index("return float(")].count("\n") + 1
    assert found(text.replace("return float(", "return str(")) == [f"network.py:{line}"]
    after = text.count("\n") + 4
    instead = "\n\nclass DeepNeuralNetwork:\n    def train(self): pass\n"
    assert set(found(text + instead)) == {f"network.py:{after}"}


def test_the_last_of_several_definitions_is_the_one_whose_types_count(tmp_path: Path) -> None:
    def found(text: str) -> tuple[list[str], list[str]]:
        put(tmp_path, {"network.py": text})
        implementation = locate(str(tmp_path / "network.py"))
        types = TypeCheck(implementation, sources(implementation))
        try:
            assert types.trouble() == []
            return [one.message for one in types.findings()], [one.member for one in types.differences()]
        finally:
            types.close()

    start = REFERENCE.index("class DeepNeuralNetwork")
    wrong = REFERENCE[start:].replace("-> float:", "-> str:")
    function = "def preprocess(a: int, b: int) -> int:\n    return 1\n\n\n"
    assert found(REFERENCE[:start] + wrong + "\n\n" + REFERENCE[start:]) == ([], [])
    assert found(REFERENCE[:start].replace("def preprocess", function + "def preprocess") + REFERENCE[start:]) == (
        [],
        [],
    )
    messages, members = found(REFERENCE + "\n\n" + wrong)
    assert (bool(messages), members) == (True, ["compute_accuracy"])
    assert found(REFERENCE + "\n\n" + function) == ([], ["preprocess"])
    method = "    def train(self, *data: str) -> int:\n        return 1\n\n"
    assert found(REFERENCE.replace("    def train(", method + "    def train(")) == ([], [])
    after = "\n\ndef _floating("
    assert found(REFERENCE.replace(after, f"\n{method}{after}"))[1] == ["train"]


@pytest.mark.parametrize(("name", "carried"), [("config.toml", True), ("weights.pkl.gz", True), ("report.pdf", False)])
def test_grade_carries_what_a_network_may_read_and_nothing_else(name: str, carried: bool, tmp_path: Path) -> None:
    put(tmp_path, {"network.py": REFERENCE, name: "a = 7"})
    found = gather({"": tmp_path})
    assert found.data == ({name: b"a = 7"} if carried else {})
    assert found.others == ([] if carried else [name])


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
