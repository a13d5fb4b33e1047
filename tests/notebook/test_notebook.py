"""Checking a class in a notebook: a real kernel, and the output of its cells."""

from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.support.cells import CLASS, HEAD, ROOT, SOFTMAX, execute, pages, run, said, softmax_that
from tests.support.counts import JUDGED, upto

pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning")  # Jupyter's own
BACKWARD = upto("backward") - upto("forward")
SOURCE = "nnkata.check(DeepNeuralNetwork, stages=['typing', 'from-scratch'], every=True)"


def test_the_notebook_of_the_documentation_gives_its_stated_results() -> None:
    reader: Any = nbformat  # it has no types
    notebook = reader.read(ROOT / "docs" / "notebook.ipynb", as_version=4)
    assert not any(cell.get("outputs") for cell in notebook.cells), "its outputs are not committed"
    execute(NotebookClient(notebook, timeout=120))
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


def test_a_class_is_judged_in_its_present_state_with_later_changes() -> None:
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


def test_a_kata_without_a_class_judges_the_functions_of_the_cells() -> None:
    right = (ROOT / "reference" / "mlp.py").read_text(encoding="utf-8")
    wrong = right.replace("delta.sum(axis=0)", "delta.sum()")
    assert wrong != right
    _load, good, bad, again, article = run(
        "%load_ext nnkata",
        f"%%nnkata --kata mlp --stage gradients --seed 7\n{right}",
        f"%%nnkata --kata mlp --clause gradients-6 --seed 7\n{wrong}",
        "import nnkata; nnkata.check(globals(), kata='mlp', clauses=['gradients-6'], seed=7).passed",
        "%nnkata --clause backward-2",
    )
    assert "of the clauses asked for pass" in said(good)
    assert "bias-summed-to-one-number" in said(bad)
    assert 'nnkata.check(globals(), clauses=["gradients-6"], seed=7, kata="mlp")' in said(bad)
    assert said(again) == "False"
    assert "there is no class DeepNeuralNetwork here" in said(article)  # a cell's kata does not affect other cells


def test_helpers_and_globals_of_other_cells_count_in_their_present_state() -> None:
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
    assert 'nnkata.check(DeepNeuralNetwork, upto="update")' in said(cells[6])
    assert "scale = 1.0" in said(cells[7])
    assert "scale = 0.0" not in said(cells[7])


def test_a_failing_cell_an_unknown_stage_and_a_missing_class_give_no_traceback() -> None:
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
    for cell, text in ((cells[7], "there is no file nowhere.py"), (cells[8], "not an object of type int")):
        assert cell.outputs[0].traceback[0].startswith("nnkata: ")
        assert text in cell.outputs[0].traceback[0]


def test_without_preprocess_its_stage_fails_and_the_others_are_judged() -> None:
    again = "nnkata.check(DeepNeuralNetwork, clauses=['activations-1'], seed=7)"
    cells = run("%load_ext nnkata", HEAD, CLASS, "del preprocess", "%nnkata activations", again)
    assert "there is no function preprocess beside the class" in said(cells[4])
    assert "✓ activations 14/14" in said(cells[4])
    assert "The clause asked for passes" in said(cells[5])  # the command of a report needs no import


def test_a_preprocess_of_another_name_is_given() -> None:
    renamed = HEAD.replace("def preprocess(", "def prepare(")
    check = "nnkata.check(DeepNeuralNetwork, preprocess=prepare, stages=['preprocessing', 'typing', 'from-scratch'])"
    cells = run("import nnkata", renamed, CLASS, check)
    assert "All 16 of the clauses asked for pass" in said(cells[3])


def test_types_and_imports_are_judged_by_the_source_of_the_cells() -> None:
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
    told = " ".join(said(cells[3]).split())  # whatever its line breaks
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
def test_a_right_class_is_not_blamed_for_other_cells_of_the_notebook(cells: tuple[str, ...], tmp_path: Path) -> None:
    helping = "from typing import Any\nimport numpy as np\nfrom numpy.typing import NDArray\n"
    array = next(line for line in HEAD.split("\n") if line.startswith("Array = "))
    (tmp_path / "helping.py").write_text(f"{helping}{array}\n", encoding="utf-8")
    *_before, checked = run("import nnkata", *cells, SOURCE, folder=tmp_path)
    assert "All 6 of the clauses asked for pass" in said(checked)


def test_without_a_readable_source_its_clauses_are_skipped_with_the_reason() -> None:
    cells = run("import nnkata", HEAD, f"exec({CLASS!r})", f"{SOURCE}.clauses[-1].message", SOURCE)
    assert "its source cannot be read here (DeepNeuralNetwork)" in said(cells[3])
    assert "The clause asked for passes" in said(
        cells[4]
    )  # the modules loaded by the running code do not depend on its source


def test_an_exception_names_its_cell_and_line() -> None:
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


def test_a_misspelt_name_gets_the_near_name_of_any_cell() -> None:
    cells = run(
        f"%load_ext nnkata\n{HEAD}\ndef steepness(x):\n    return x\n",
        softmax_that("return stepness(steepness(x))"),
        "%nnkata --clause activations-9",
    )
    assert "did you mean steepness?" in said(cells[2])


def test_a_call_that_ends_its_process_or_hangs_fails_its_clause_and_the_kernel_lives(tmp_path: Path) -> None:
    limits = "import pathlib; pathlib.Path('pyproject.toml').write_text('[tool.nnkata.limits]\\ncall_seconds = 2')"
    check = "nnkata.check(DeepNeuralNetwork, stages=['activations'])"
    ends = softmax_that("import os; os._exit(3)")
    hangs = softmax_that("import time; time.sleep(60)")
    folder = f"import os; os.chdir({str(tmp_path)!r})"
    full = f"print({check}.text(every=True))"
    cells = run("import nnkata", HEAD, ends, check, folder, limits, hangs, full, "'alive'")
    assert "the process ended (exit status 3)" in said(cells[3])
    assert "activations      8/14" in said(cells[3])
    assert said(cells[7]).count("no answer within 2 s") == 3
    line = hangs[: hangs.index("time.sleep(60)")].count("\n") + 1
    assert f"then it was at cell 7, line {line}; it waits there" in " ".join(said(cells[7]).split())
    assert "not run: softmax had no answer in time 3 times before" in said(cells[7])
    assert said(cells[8]) == "'alive'"
