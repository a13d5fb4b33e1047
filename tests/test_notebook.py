"""Checking a class in a notebook: a real kernel, what it shows, and what it leaves alone."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbformat import v4

import nnkata
from nnkata.notebook.cells import source_of
from nnkata.reports.formats import write
from nnkata.reports.report import Report

ROOT = Path(__file__).parents[1]
PLAIN = (ROOT / "solutions" / "correct" / "plain.py").read_text(encoding="utf-8")
HEAD, CLASS = PLAIN.split("class DeepNeuralNetwork", 1)
CLASS = f"class DeepNeuralNetwork{CLASS}"
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")  # Jupyter's own


def run(*cells: str) -> list[Any]:
    """The cells in a kernel of their own, with their outputs."""
    made: Any = v4  # it has no types
    notebook = made.new_notebook(cells=[made.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, timeout=120, allow_errors=True).execute()
    return list(notebook.cells)


def said(cell: Any) -> str:
    """What a cell shows as text, errors among it."""
    parts = [
        out.get("text", "") + out.get("data", {}).get("text/plain", "") + out.get("evalue", "") for out in cell.outputs
    ]
    return "".join(parts)


def pages(cell: Any) -> list[str]:
    return [out.data["text/html"] for out in cell.outputs if "text/html" in out.get("data", {})]


def test_the_notebook_of_the_documentation_says_what_it_announces() -> None:
    reader: Any = nbformat  # it has no types
    notebook = reader.read(ROOT / "docs" / "notebook.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "its outputs are not committed"
    NotebookClient(notebook, timeout=120).execute()
    expected = [(cell, cell.metadata["expect"]) for cell in notebook.cells if "expect" in cell.metadata]
    assert [what for _cell, what in expected].count("conforms") == 6
    for cell, what in expected:
        assert ("Conforms: " if what == "conforms" else f"({what}: ") in said(cell), said(cell)
    assert "85 of 85 clauses" in said(expected[-1][0])
    assert said(notebook.cells[-1]) == "(True, 1.0, 41)"


def test_a_cell_is_run_and_checked_and_shows_the_page_and_the_report() -> None:
    wrong = CLASS.replace("np.outer(", "0 * np.outer(")
    _load, _head, cell, after = run(
        "%load_ext nnkata", HEAD, f"%%nnkata backward --seed 3\n{wrong}", "DeepNeuralNetwork.__name__"
    )
    assert "(gradients-zero: " in said(cell)
    assert "nnkata.check(DeepNeuralNetwork, clauses=['backward-2'], seed=3)" in said(cell)
    (page,) = pages(cell)
    assert page.startswith("<iframe sandbox srcdoc=")
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
    assert "Conforms: 6 of 6" in said(cells[3])
    assert "Does not conform: 2 of 6" in said(cells[5])


def test_a_cell_that_fails_a_stage_that_is_none_and_a_class_that_is_not_there_are_said_without_a_traceback() -> None:
    cells = run("%load_ext nnkata", "%%nnkata\n1 / 0", "%nnkata backwards", "%nnkata", "x = 5", "%nnkata --class x")
    assert "division by zero" in said(cells[1])
    assert "'backwards' is not one of" in said(cells[2])
    assert "there is no class DeepNeuralNetwork here" in said(cells[3])
    assert "there is no class x here" in said(cells[5])


def test_without_preprocess_its_stage_fails_and_the_others_are_judged() -> None:
    cells = run("%load_ext nnkata", HEAD, CLASS, "del preprocess", "%nnkata activations")
    assert "has no attribute 'preprocess'" in said(cells[4])
    assert "activations     12/12" in said(cells[4])


def test_types_and_imports_are_judged_by_what_the_cells_say() -> None:
    untyped = CLASS.replace("def softmax(self, x: Any) -> Array:", "def softmax(self, x):")
    assert untyped != CLASS
    check = "nnkata.check(DeepNeuralNetwork, stages=['typing', 'from-scratch'], every=True)"
    cells = run(
        "import nnkata",
        HEAD,
        untyped,
        check,
        CLASS,
        check,
        f"import mypy as helper\n{HEAD}",
        f"x = helper\n{CLASS}\n    h = x",
        check,
    )
    assert "typing-1" in said(cells[3])
    assert "[no-untyped-def]" in said(cells[3])
    assert "Conforms: 6 of 6" in said(cells[5])
    assert "from-scratch-1" in said(cells[8])


STATE = """
def state():
    own = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST")}  # of the test around this
    return own, list(warnings.filters), sys.stdout, [f for f in sys.meta_path if "pytest" in type(f).__module__]
"""


def test_the_session_goes_on_as_if_nothing_had_been() -> None:
    after = (
        "numpy.random.seed(5); expected = numpy.random.random(); numpy.random.seed(5); before = state()\n"
        "nnkata.check(DeepNeuralNetwork, upto='backward')\n"
        "numpy.random.random() == expected, state() == before"
    )
    cells = run("import nnkata, numpy, os, sys, warnings", HEAD, CLASS, STATE, after)
    assert said(cells[4]) == "(True, True)"


@pytest.fixture
def kernel() -> Iterator[Any]:
    manager, client = start_new_kernel(startup_timeout=60)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_an_interrupt_of_the_kernel_ends_a_check_that_hangs(kernel: Any) -> None:
    manager, client = kernel
    hangs = CLASS.replace(
        "def softmax(self, x: Any) -> Array:", "def softmax(self, x: Any) -> Array:\n        sleep(600)"
    )
    hangs = f"from time import sleep\n{hangs}"
    assert "sleep(600)" in hangs
    for cell in ("import nnkata", HEAD, hangs):
        client.execute_interactive(cell, timeout=60, output_hook=lambda message: None)
    asked = client.execute("nnkata.check(DeepNeuralNetwork, stages=['activations'])")
    time.sleep(3)  # it hangs by then; if it did not, the interrupt would come later and mean the same
    manager.interrupt_kernel()
    while (reply := client.get_shell_msg(timeout=60))["parent_header"]["msg_id"] != asked:
        pass
    assert reply["content"]["ename"] == "KeyboardInterrupt"
    again = client.execute_interactive("1 + 1", timeout=60, output_hook=lambda message: None)
    assert again["content"]["status"] == "ok"


def test_outside_a_notebook_a_file_and_a_class_of_a_module_are_checked_too() -> None:
    found = nnkata.check(ROOT / "reference" / "network.py", upto="forward", seed=1)
    assert (found.passed, found.score, len(found.verdict.judged)) == (True, 1.0, 41)
    assert str(found).startswith("nnkata: ")
    assert found.verdict.environment["isolation"] == "process"

    class Lost:
        """No network at all, and its source is this test's."""

        def __init__(self, sizes: list[int], epochs: int = 10, l_rate: float = 0.001) -> None:
            self.params: dict[str, object] = {}

    lost = nnkata.check(Lost, stages=["initialization"], seed=1)
    assert not lost.passed
    assert lost.verdict.implementation == "Lost"


def test_what_a_class_is_called_cannot_break_out_of_its_page() -> None:
    name = '"></iframe><script>alert(1)</script>'
    evil = type(name, (), {})
    shown = nnkata.check(evil, stages=["update"], seed=1)
    assert "<script>alert" not in shown._repr_html_()
    assert "<script>alert" not in write("html", Report(shown.verdict, shown.known))


LATEST = '@dataclass\nclass Net(Base):  # why\n    a: "Kind" = helper()\n'


def test_the_source_of_a_class_is_its_latest_definition_and_what_that_uses() -> None:
    cells = [
        "import numpy as np\nimport os",
        "def helper() -> int:\n    return 1",
        "class Net:\n    pass",
        "this is not Python",
        f"get_ipython().run_cell_magic('nnkata', 'backward', {LATEST!r})",
        "from dataclasses import dataclass\nclass Base: ...\nKind = np.ndarray",
        "def helper() -> int:\n    return 2",
        "Net.more = 3\nprint('trained for an hour')",
    ]
    assert source_of(cells, ["Net", "preprocess"]) == (
        "import numpy as np\n"
        '@dataclass\nclass Net(Base):  # why\n    a: "Kind" = helper()\n'
        "from dataclasses import dataclass\nclass Base: ...\nKind = np.ndarray\n"
        "def helper() -> int:\n    return 2\n"
        "Net.more = 3\n"
    )
    assert source_of([], ["Net"]).strip() == ""
