"""Run cells in a kernel of their own, a fork as in tests/support/starts.py; read texts and pages in their output."""

from functools import partial
from pathlib import Path
from typing import Any

import pytest
from jupyter_client.launcher import launch_kernel
from jupyter_client.provisioning import local_provisioner
from nbclient import NotebookClient
from nbformat import v4

from tests.support.starts import starts

ROOT = Path(__file__).parents[2]
PLAIN = (ROOT / "solutions" / "correct" / "plain.py").read_text(encoding="utf-8")
HEAD, CLASS = PLAIN.split("class DeepNeuralNetwork", 1)
CLASS = f"class DeepNeuralNetwork{CLASS}"
SOFTMAX = "def softmax(self, x: Any) -> Array:\n"


def run(*cells: str, folder: Path | None = None, warm: bool = True) -> list[Any]:
    """Run the cells in a kernel of their own, `warm` as after a first check; return them with their outputs."""
    made: Any = v4  # it has no types
    notebook = made.new_notebook(cells=[made.new_code_cell(cell) for cell in cells])
    resources = {"metadata": {"path": str(folder)}} if folder else {}
    execute(NotebookClient(notebook, timeout=120, allow_errors=True, resources=resources), warm)
    return list(notebook.cells)


def execute(client: NotebookClient, warm: bool = True) -> None:
    """Run a notebook's cells in a kernel of its own."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(local_provisioner, "launch_kernel", partial(_started, warm))
        client.execute()


def _started(warm: bool, command: list[str], **options: Any) -> Any:
    """A fork as a kernel's process, or a process of its own."""
    return starts.kernel(command, warm, **options) or launch_kernel(command, **options)


def said(cell: Any) -> str:
    """The text output of a cell, with its errors."""
    parts = [
        out.get("text", "") + out.get("data", {}).get("text/plain", "") + out.get("evalue", "") for out in cell.outputs
    ]
    return "".join(parts)


def pages(cell: Any) -> list[str]:
    return [out.data["text/html"] for out in cell.outputs if "text/html" in out.get("data", {})]


def softmax_that(line: str) -> str:
    assert SOFTMAX in CLASS
    return CLASS.replace(SOFTMAX, f"{SOFTMAX}        {line}\n")
