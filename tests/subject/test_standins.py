"""Stand-ins for absent libraries that a network does not need, at the top of a file and of a notebook's cells."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from nnkata.worker.foreign_code.absent import Absent, ModuleAbsent
from tests.conftest import Run, Write

TOP = "import numpy as np"
LOOP = "for x, y in zip(x_train, y_train, strict=True):"
STEPS = ("--stage", "from-scratch", "--clause", "training-3", "--clause", "activations-1", "--seed", "7")
#: Of these, seaborn, tqdm, wandb and torch are not installed with the tests; matplotlib is.
TOOLS = f"""{TOP}
import seaborn as sns
import wandb.sdk
from google.colab import drive
from tqdm import tqdm
sns.set_theme(style="ticks")
wandb.config["rate"] = 0.1
drive.mount("/content/drive")
with wandb.init(project="digits") as log:
    log.name = "first"
"""


def statuses(text: str) -> dict[str, str]:
    return {c["clause"]: c["status"] for stage in json.loads(text)["stages"] for c in stage["clauses"]}


def test_a_file_that_imports_tools_at_its_top_loses_the_clauses_of_its_imports_alone(nnkata: Run, write: Write) -> None:
    loop = "sns.lineplot(x=[1])\n            for x, y in tqdm(list(zip(x_train, y_train))):"
    path = write(**{TOP: TOOLS, LOOP: loop})
    done = nnkata("check", path, *STEPS)
    assert "came:             google, seaborn, tqdm, wandb" in done.stdout
    assert "(tool-imported-at-the-top" in done.stdout
    done = nnkata("check", path, *STEPS, "--format", "json")
    found = statuses(done.stdout)
    assert [clause for clause, status in found.items() if status == "failed"] == ["from-scratch-1", "from-scratch-2"]
    assert (found["training-3"], found["activations-1"]) == ("passed", "passed")


def test_a_library_that_does_the_work_is_named_where_it_is_used(nnkata: Run, write: Write) -> None:
    path = write(**{TOP: f"{TOP}\nimport torch"}, end="DeepNeuralNetwork.sigmoid = lambda self, x: torch.sigmoid(x)")
    done = nnkata("check", path, *STEPS, "--all")
    assert done.returncode == 1
    told = " ".join(done.stdout.split())
    assert "torch.sigmoid is needed, and torch is not here" in told
    assert "torch is not there: do without it here" in told
    assert "(library-does-the-work" in told


def test_a_module_that_may_be_the_authors_own_has_no_stand_in(nnkata: Run, write: Write) -> None:
    done = nnkata("check", write(**{TOP: f"{TOP}\nimport layers_of_ada"}), *STEPS)
    assert done.returncode == 2
    assert "layers_of_ada is not there: hand in your own modules" in done.stderr


def test_data_read_by_an_absent_library_at_the_top_are_refused_with_advice(nnkata: Run, write: Write) -> None:
    done = nnkata(
        "check", write(**{TOP: f"{TOP}\nfrom torchvision import datasets\nx = datasets.load_mnist()"}), *STEPS
    )
    assert done.returncode == 2
    assert "torchvision.datasets.load_mnist is needed, and torchvision is not here" in done.stderr
    assert "the data are handed to your functions, no file is needed" in done.stderr


def test_parts_that_show_have_no_effect_and_no_value() -> None:
    plt: Any = Absent("matplotlib.pyplot")
    figure, ((first, _second), _below) = plt.subplots(2, 2)
    (line,) = first.plot([1])
    line.set_ydata([2])
    plt.rcParams["font.size"] = 9
    assert plt.figure().subplots()[1].title is not None
    frames: Any = Absent("pandas")
    assert not isinstance(figure, frames.DataFrame | frames.Series | dict)
    assert not isinstance(figure, (frames.DataFrame, frames.Series))
    for use in (
        lambda: list(plt.hist([1])),
        lambda: 1 + plt.gca(),
        lambda: np.asarray(plt.imread("x"), float),
        frames.concat,
    ):
        with pytest.raises(ModuleAbsent):
            use()


def test_find_spec_and_imports_by_name_find_no_stand_in_and_an_optional_import_stays_hidden(
    nnkata: Run, write: Write
) -> None:
    asks = """
import contextlib
import importlib.util
if importlib.util.find_spec("seaborn") is not None:
    import seaborn
with contextlib.suppress(ImportError):
    import matplotlib
    import tqdm
for name in ("tqdm", "wandb"):
    with contextlib.suppress(ImportError):
        __import__(name)
        raise RuntimeError
assert not {"seaborn", "matplotlib", "tqdm"} & globals().keys()
"""
    done = nnkata("check", write(end=asks), "--stage", "forward")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_notebooks_imports_of_tools_count_as_none_installed_or_not(nnkata: Run, write: Write) -> None:
    text = (
        write()
        .read_text()
        .replace(LOOP, f"figure, axes = plt.subplots(2)\n            axes[0].plot([1])\n            {LOOP}")
    )
    cells = ["import matplotlib.pyplot as plt, seaborn, os\nplt.style.use('ggplot')", text]
    made = [{"cell_type": "code", "source": cell, "outputs": [], "metadata": {}} for cell in cells]
    path = Path(write("hw.ipynb"))
    path.write_text(json.dumps({"cells": made, "metadata": {}, "nbformat": 4}))
    done = nnkata("check", path, *STEPS)
    assert done.returncode == 0, done.stdout + done.stderr
