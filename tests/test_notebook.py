"""Checking a class in a notebook: a real kernel, what it shows, and what it leaves alone."""

import html
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbformat import v4

import nnkata
from nnkata.errors import NotJudged
from nnkata.notebook.shown import shown
from nnkata.places import tagged
from nnkata.tags import SOURCE
from nnkata.verdict import Verdict, decode, encode
from tests.counts import JUDGED, upto

UNREAD = JUDGED - len(tagged(SOURCE))  # all that need no source
BACKWARD = upto("backward") - upto("forward")
ROOT = Path(__file__).parents[1]
PLAIN = (ROOT / "solutions" / "correct" / "plain.py").read_text(encoding="utf-8")
HEAD, CLASS = PLAIN.split("class DeepNeuralNetwork", 1)
CLASS = f"class DeepNeuralNetwork{CLASS}"
SOFTMAX = "def softmax(self, x: Any) -> Array:\n"
SOURCE = "nnkata.check(DeepNeuralNetwork, stages=['typing', 'from-scratch'], every=True)"
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")  # Jupyter's own


def run(*cells: str, folder: Path | None = None) -> list[Any]:
    """The cells in a kernel of their own, with their outputs."""
    made: Any = v4  # it has no types
    notebook = made.new_notebook(cells=[made.new_code_cell(cell) for cell in cells])
    resources = {"metadata": {"path": str(folder)}} if folder else {}
    NotebookClient(notebook, timeout=120, allow_errors=True, resources=resources).execute()
    return list(notebook.cells)


def said(cell: Any) -> str:
    """What a cell shows as text, errors among it."""
    parts = [
        out.get("text", "") + out.get("data", {}).get("text/plain", "") + out.get("evalue", "") for out in cell.outputs
    ]
    return "".join(parts)


def pages(cell: Any) -> list[str]:
    return [out.data["text/html"] for out in cell.outputs if "text/html" in out.get("data", {})]


def softmax_that(line: str) -> str:
    assert SOFTMAX in CLASS
    return CLASS.replace(SOFTMAX, f"{SOFTMAX}        {line}\n")


def test_the_notebook_of_the_documentation_says_what_it_announces() -> None:
    reader: Any = nbformat  # it has no types
    notebook = reader.read(ROOT / "docs" / "notebook.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "its outputs are not committed"
    NotebookClient(notebook, timeout=120).execute()
    expected = [(cell, cell.metadata["expect"]) for cell in notebook.cells if "expect" in cell.metadata]
    assert [what for _cell, what in expected].count("conforms") == 6
    for cell, what in expected:
        ends = ("asked for pass", "Conforms: ") if what == "conforms" else (f"({what}: ",)
        assert any(end in said(cell) for end in ends), said(cell)
    assert f"{JUDGED} of {JUDGED} clauses" in said(expected[-1][0])
    assert said(notebook.cells[-1]) == f"(True, 1.0, {upto('forward')})"


def test_a_cell_is_run_and_checked_and_shows_the_page_and_the_report() -> None:
    wrong = CLASS.replace("np.outer(", "0 * np.outer(")
    _load, _head, cell, after = run(
        "%load_ext nnkata", HEAD, f"%%nnkata backward --seed 3\n{wrong}", "DeepNeuralNetwork.__name__"
    )
    assert "(gradients-zero: " in said(cell)
    assert 'nnkata.check(DeepNeuralNetwork, clauses=["backward-2"], seed=3)' in said(cell)
    assert max(map(len, said(cell).split("\n"))) <= 80
    (page,) = pages(cell)
    assert page.count("<iframe ") == page.count(" sandbox ") == 1
    assert "backward-2" in page
    assert said(after) == "'DeepNeuralNetwork'"


def test_a_class_is_judged_as_it_is_now_with_what_was_changed_in_it_later() -> None:
    patch = "def nothing(self, changes): pass\nDeepNeuralNetwork.update_network_parameters = nothing"
    cells = run(
        "import nnkata",
        HEAD,
        CLASS,
        "nnkata.check(DeepNeuralNetwork, stages=['update'])",
        patch,
        "nnkata.check(DeepNeuralNetwork, stages=['update'])",
    )
    assert "All 6 of the clauses asked for pass" in said(cells[3])
    assert "Does not conform: 2 of 6" in said(cells[5])


def test_helpers_and_globals_of_other_cells_count_as_they_stand() -> None:
    helped = CLASS.replace("np.outer(", "pairs(")
    cells = run(
        "import nnkata",
        HEAD,
        helped,
        "scale = 0.0\ndef pairs(a: Array, b: Array) -> Array:\n    return scale * np.outer(a, b)",
        "nnkata.check(DeepNeuralNetwork, stages=['backward'])",
        "scale = 1.0",
        "nnkata.check(DeepNeuralNetwork, stages=['backward'])",
        "nnkata.check(DeepNeuralNetwork, stages=['typing', 'from-scratch']).source",
    )
    assert "Does not conform" in said(cells[4])
    assert f"All {BACKWARD} of the clauses asked for pass" in said(cells[6])
    assert "scale = 1.0" in said(cells[7])
    assert "scale = 0.0" not in said(cells[7])


def test_a_cell_that_fails_a_stage_that_is_none_and_a_class_that_is_not_there_are_said_without_a_traceback() -> None:
    cells = run(
        "%load_ext nnkata",
        "%%nnkata\n1 / 0",
        "%nnkata backwards",
        "%nnkata",
        "x = 5",
        "%nnkata --class x",
        "%%nnkata\nclass A: pass\nclass B: pass",
        "import nnkata\nnnkata.check('nowhere.py')",
        "nnkata.check(3)",
    )
    assert "division by zero" in said(cells[1])
    assert "'backwards' is not one of" in said(cells[2])
    assert "there is no class DeepNeuralNetwork here" in said(cells[3])
    assert "there is no class x here" in said(cells[5])
    assert "the cell defines A, B" in said(cells[6])
    for cell, text in ((cells[7], "there is no file nowhere.py"), (cells[8], "not a int")):
        assert cell.outputs[0].traceback[0].startswith("nnkata: ")
        assert text in cell.outputs[0].traceback[0]


def test_without_preprocess_its_stage_fails_and_the_others_are_judged() -> None:
    cells = run("%load_ext nnkata", HEAD, CLASS, "del preprocess", "%nnkata activations")
    assert "there is no function preprocess beside the class" in said(cells[4])
    assert "✓ activations 14/14" in said(cells[4])


def test_a_preprocess_of_another_name_is_given() -> None:
    renamed = HEAD.replace("def preprocess(", "def prepare(")
    check = "nnkata.check(DeepNeuralNetwork, preprocess=prepare, stages=['preprocessing', 'typing', 'from-scratch'])"
    cells = run("import nnkata", renamed, CLASS, check)
    assert "All 16 of the clauses asked for pass" in said(cells[3])


def test_types_and_imports_are_judged_by_what_the_cells_say() -> None:
    untyped = CLASS.replace(SOFTMAX, "def softmax(self, x):\n")
    cells = run(
        "import nnkata",
        HEAD,
        untyped,
        SOURCE,
        CLASS,
        SOURCE,
        f"import mypy as helper\n{HEAD}",
        f"x = helper\n{CLASS}\n    h = x",
        SOURCE,
    )
    assert "typing-1" in said(cells[3])
    line = untyped[: untyped.index("def softmax(self, x):")].count("\n") + 1
    told = " ".join(said(cells[3]).split())  # however it is broken into lines
    assert f"cell 3, line {line}: error: Function is missing a type annotation [no-untyped-def]" in told
    assert "All 6 of the clauses asked for pass" in said(cells[5])
    assert "from-scratch-1" in said(cells[8])


@pytest.mark.parametrize(
    "cells",
    [
        ("import sklearn\nx = sklearn.__version__", HEAD, CLASS),
        (HEAD.replace("import numpy as np", "import numpy as np; import sklearn"), CLASS),
        (HEAD, f"%%time\n{CLASS}"),
        (HEAD, f"%%capture\n{CLASS}"),
        (HEAD, "class DeepNeuralNetwork:\n    pass", CLASS, "old = 1\nraise ValueError\nclass DeepNeuralNetwork: pass"),
        ("from helping import *", HEAD.replace("Array = ", "Unused = "), CLASS),
    ],
    ids=["a-local-name", "one-line", "time", "capture", "a-cell-that-failed", "star"],
)
def test_a_right_class_is_not_blamed_for_what_else_is_in_the_notebook(cells: tuple[str, ...], tmp_path: Path) -> None:
    helping = "from typing import Any\nimport numpy as np\nfrom numpy.typing import NDArray\n"
    array = next(line for line in HEAD.split("\n") if line.startswith("Array = "))
    (tmp_path / "helping.py").write_text(f"{helping}{array}\n", encoding="utf-8")
    *_before, checked = run("import nnkata", *cells, SOURCE, folder=tmp_path)
    assert "All 6 of the clauses asked for pass" in said(checked)


def test_where_a_source_cannot_be_read_its_clauses_are_skipped_with_the_reason() -> None:
    cells = run("import nnkata", HEAD, f"exec({CLASS!r})", f"{SOURCE}.clauses[-1].message", SOURCE)
    assert "its source cannot be read here (DeepNeuralNetwork)" in said(cells[3])
    assert "All 1 of the clauses asked for pass" in said(
        cells[4]
    )  # what the running code has loaded is no matter of its source


def test_an_exception_is_placed_in_its_cell_and_line() -> None:
    raising = softmax_that("raise ValueError('here')")
    line = raising[: raising.index("raise ValueError('here')")].count("\n") + 1
    cells = run(
        "%load_ext nnkata",
        HEAD,
        raising,
        "%nnkata --clause activations-9",
        f"%%nnkata --clause activations-9\n{raising}",
    )
    assert f"ValueError: here (cell 3, line {line})" in said(cells[3])
    assert f"ValueError: here (cell 5, line {line + 1})" in said(cells[4])


def test_a_call_that_ends_its_process_or_hangs_fails_its_clause_and_the_kernel_lives() -> None:
    limits = "import pathlib; pathlib.Path('pyproject.toml').write_text('[tool.nnkata.limits]\\ncall_seconds = 0.5')"
    check = "nnkata.check(DeepNeuralNetwork, stages=['activations'])"
    ends = softmax_that("import os; os._exit(3)")
    hangs = softmax_that("while True: pass")
    folder = "import os, tempfile; os.chdir(tempfile.mkdtemp())"
    cells = run("import nnkata", HEAD, ends, check, folder, limits, hangs, check, "'alive'")
    assert "the process ended (exit status 3)" in said(cells[3])
    assert "activations      8/14" in said(cells[3])
    assert "no answer within 0.5 s" in said(cells[7])
    assert said(cells[8]) == "'alive'"


STATE = """
def state():
    own = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}  # of the test around this
    hooks = [f for f in sys.meta_path if "pytest" in type(f).__module__]
    bound = [name for name in sys.modules if "test_contract" in name]
    files = os.listdir("/proc/self/fd")
    handler = signal.getsignal(signal.SIGINT)
    streams = sys.stdin, sys.stdout, sys.stderr
    return own, list(warnings.filters), streams, hooks, bound, len(files), handler, numpy.geterr(), os.getcwd()
"""


@pytest.mark.parametrize("isolation", ["process", "none"])
def test_the_session_goes_on_as_if_nothing_had_been(isolation: str) -> None:
    first = f"nnkata.check(DeepNeuralNetwork, isolation='{isolation}', stages=['update'])"
    after = (
        "numpy.random.seed(5); expected = numpy.random.random(); numpy.random.seed(5); before = state()\n"
        f"nnkata.check(DeepNeuralNetwork, isolation='{isolation}', upto='backward')\n"
        "numpy.random.random() == expected, state() == before"
    )
    cells = run("import nnkata, numpy, os, signal, sys, warnings", HEAD, CLASS, STATE, first, after, "print('said')")
    assert said(cells[5]) == "(True, True)"
    assert said(cells[6]) == "said\n"


def test_what_a_check_does_to_the_class_stays_in_its_fork() -> None:
    counting = CLASS.replace(
        "self.sizes = sizes", "print('made')\n        type(self).made += 1\n        self.sizes = sizes"
    )
    cells = run(
        "import nnkata",
        HEAD,
        f"{counting}\n    made = 0\n",
        "nnkata.check(DeepNeuralNetwork)",
        "DeepNeuralNetwork.made",
    )
    assert "Conforms: " in said(cells[3]) or "typing" in said(cells[3])
    assert not said(cells[3]).startswith("made")
    assert said(cells[4]) == "0"


def test_a_thread_that_prints_meanwhile_is_heard() -> None:
    talk = (
        "import threading, time\n"
        "done = threading.Event()\n"
        "def talk():\n    while not done.wait(0.05): print('heard')\n"
        "thread = threading.Thread(target=talk); thread.start()\n"
        "found = nnkata.check(DeepNeuralNetwork, upto='forward')\n"
        "done.set(); thread.join(); print(found.passed)"
    )
    cells = run("import nnkata", HEAD, CLASS, talk)
    assert said(cells[3]).count("heard") > 2
    assert said(cells[3]).endswith("True\n")


@pytest.fixture
def kernel() -> Iterator[Any]:
    manager, client = start_new_kernel(startup_timeout=60)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def descendants(pid: int) -> list[int]:
    """The processes that this one started, and those that they did."""
    found = []
    for thread in Path(f"/proc/{pid}/task").iterdir():
        for child in map(int, (thread / "children").read_text().split()):
            found += [child, *descendants(child)]
    return found


@pytest.mark.parametrize("hang", ["sleep(600)", "while True: pass"])
def test_an_interrupt_of_the_kernel_ends_a_check_that_hangs_and_all_that_it_started(kernel: Any, hang: str) -> None:
    manager, client = kernel
    hangs = f"from time import sleep\n{softmax_that(hang)}"

    def do(code: str) -> Any:
        return client.execute_interactive(code, timeout=60, output_hook=lambda message: None)

    for cell in ("import nnkata", HEAD, hangs):
        do(cell)
    before = descendants(manager.provisioner.pid)
    asked = client.execute("nnkata.check(DeepNeuralNetwork, stages=['activations', 'typing'])", stop_on_error=False)
    wait_for(lambda: len(descendants(manager.provisioner.pid)) >= len(before) + 2)
    time.sleep(1)  # it hangs by then; if it did not, the interrupt would come later and mean the same
    manager.interrupt_kernel()
    while (reply := client.get_shell_msg(timeout=20))["parent_header"]["msg_id"] != asked:
        pass
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    wait_for(lambda: descendants(manager.provisioner.pid) == before)
    assert do("1 + 1")["content"]["status"] == "ok"


def wait_for(happens: Callable[[], bool]) -> None:
    """Wait up to 20 s, which is much more than it takes."""
    end = time.monotonic() + 20
    while not happens():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_file_by_its_name_is_judged_as_on_the_command_line() -> None:
    found = nnkata.check(ROOT / "reference" / "network.py", upto="forward", seed=1)
    assert (found.passed, found.score, len(found.judged)) == (True, 1.0, upto("forward"))
    assert str(found).startswith("nnkata: ")
    assert found.environment["isolation"] == "process"
    assert decode(encode(found)) == Verdict(**{name: getattr(found, name) for name in Verdict.__struct_fields__})


def test_a_class_of_a_module_is_judged_with_the_modules_source(tmp_path: Path) -> None:
    (tmp_path / "network.py").write_text(f"import mypy\n{PLAIN}", encoding="utf-8")
    use = "import nnkata; from network import DeepNeuralNetwork"
    cells = run(use, "nnkata.check(DeepNeuralNetwork, seed=1)", folder=tmp_path)
    assert "not: 1" in said(cells[1])
    assert "mypy" in said(cells[1])
    assert f"Does not conform: {JUDGED - 1} of {JUDGED}" in said(cells[1])


def test_a_class_of_a_script_is_judged_without_what_else_the_script_does(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(f"import nnkata\n{PLAIN}\nprint(nnkata.check(DeepNeuralNetwork, seed=1))\n", encoding="utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=120, check=False)
    assert f"Conforms: {JUDGED} of {JUDGED}" in done.stdout, done.stderr
    assert done.stdout.count("nnkata: ") == 1


def test_at_a_prompt_without_sources_the_rest_is_judged(tmp_path: Path) -> None:
    typed = f"import nnkata\nexec({PLAIN!r})\nprint(nnkata.check(DeepNeuralNetwork, seed=1))\n"
    done = subprocess.run(
        [sys.executable, "-i", "-q"],
        input=typed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        cwd=tmp_path,
    )
    assert f"Conforms: {UNREAD} of {UNREAD}" in done.stdout, done.stderr


@pytest.mark.parametrize(
    ("given", "said_"),
    [
        ({"upto": "backwards"}, "there is no 'backwards'"),
        ({"stages": ["forth"]}, "there is no 'forth'"),
        ({"clauses": ["backward-99"]}, "there is no clause backward-99"),
        ({"skip": ["backward-99"]}, "there is no clause backward-99"),
        ({"seed": -1}, "seed: a whole number"),
        ({"language": "tlh"}, "there is no 'tlh'"),
        ({"isolation": "moat"}, "there is no 'moat'"),
        ({"data": "nowhere/at/all"}, "nowhere/at/all"),
        ({"preprocess": len}, "goes with a class"),
    ],
)
def test_what_cannot_be_done_is_said(given: dict[str, Any], said_: str) -> None:
    with pytest.raises(nnkata.NotJudged, match=said_):
        nnkata.check(ROOT / "reference" / "network.py", **given)


def test_a_class_is_put_in_no_sandbox() -> None:
    with pytest.raises(nnkata.NotJudged, match="name its file"):
        nnkata.check(type("Net", (), {}), isolation="sandbox")


def test_options_choose_as_on_the_command_line() -> None:
    found = nnkata.check(
        ROOT / "reference" / "network.py",
        stages="forward",
        clauses="update-1",
        skip="forward-2",
        seed=7,
        language="zh-CN",
    )
    assert {clause.clause for clause in found.judged} == {f"forward-{n}" for n in (1, 3, 4, 5, 6, 7, 8)} | {"update-1"}
    assert found.environment["seed"] == "7"
    assert "全部通过" in str(found)
    text = nnkata.check(ROOT / "reference" / "network.py", clauses="update-1", language="en").text()
    assert text.count("asked for pass") == 1


def test_what_a_class_is_called_cannot_break_out_of_its_page_or_its_terminal() -> None:
    name = '"></iframe><script>alert(1)</script>\x1b[31m'
    with pytest.raises(NotJudged) as refused:
        nnkata.check(type(name, (), {}), stages=["update"], seed=1)
    assert "\x1b" not in str(refused.value)
    scope: dict[str, Any] = {}
    exec(HEAD + CLASS, scope)
    found = nnkata.check(type(name, (scope["DeepNeuralNetwork"],), {}), stages=["update"], seed=1)
    page = found._repr_html_()
    assert "<script>" not in page
    assert "<script>" not in html.unescape(page[page.index('srcdoc="') : page.rindex('">')])
    assert "\x1b" not in repr(found)


def test_without_the_extra_the_text_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    found = shown(nnkata.check(ROOT / "reference" / "network.py", clauses="update-1", seed=1), "'<b>'")
    monkeypatch.setitem(sys.modules, "jinja2", None)
    for name in [name for name in sys.modules if name.startswith("nnkata.reports.html.")]:
        monkeypatch.delitem(sys.modules, name)
    assert found._repr_html_().startswith("<pre")
    assert "All 1 of the clauses asked for pass" in found._repr_html_()


def test_the_package_stays_light_until_a_check_is_asked_for() -> None:
    code = "import sys, nnkata; print(sorted({'numpy', 'pytest', 'msgspec', 'IPython'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout == "[]\n"
