"""Definitions of foreign files, and stand-ins for absent modules."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from nnkata.worker.foreign import NotLoaded, block, loaded, made
from nnkata.worker.foreign_code.absent import ModuleAbsent
from nnkata.worker.foreign_code.definitions import below, forget
from tests.support.rights import as_nobody

#: Loaded modules are foreign, and those of another test may have the same name.
pytestmark = pytest.mark.usefixtures("modules_as_before")


def write(folder: Path, text: str, name: str = "theirs_net.py") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_training_reading_and_printing_are_not_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "data.txt").write_text("1", encoding="utf-8")
    text = "RATE = 0.1\nDATA = open('data.txt').read()\nprint('hello')\n"
    text += "for i in range(3):\n    RATE = i\ndef f():\n    return RATE\n"
    module = loaded(write(tmp_path, text), tmp_path)
    assert module.f() == 0.1
    assert "DATA" not in vars(module)
    assert "line 2" in module.__left_out__["DATA"]
    assert capsys.readouterr().out == ""


def test_an_absent_module_raises_on_use(tmp_path: Path) -> None:
    text = "import no_such_module as nsm\nfrom no_such import Base, deco\n"
    text += "@deco\ndef f():\n    return nsm.plot(1)\nclass C(Base):\n    pass\n"
    module = loaded(write(tmp_path, text), tmp_path)
    assert module.C().__class__.__mro__[1] is object
    with pytest.raises(ModuleAbsent, match=r"no_such_module\.plot is needed"):
        module.f()


def test_progress_bars_iterate_without_a_bar(tmp_path: Path) -> None:
    text = "from tqdm import tqdm, trange\ndef f():\n    return [*tqdm([1, 2]), *trange(2)]\n"
    module = loaded(write(tmp_path, text), tmp_path)
    assert module.f() == [1, 2, 0, 1]


def test_what_a_progress_bar_is_asked_for_does_nothing(tmp_path: Path) -> None:
    text = "from tqdm.auto import tqdm\ndef f():\n    tqdm.write('a line')\n    tqdm.pandas(desc='x')\n"
    text += "    bar = tqdm([1, 2])\n    bar.set_postfix(loss=1)\n    return [*bar], hasattr(tqdm, '__nothing__')\n"
    assert loaded(write(tmp_path, text), tmp_path).f() == ([1, 2], False)


@pytest.mark.parametrize("name", ["longfloat", "alltrue", "asscalar", "in1d", "round_", "complex", "NAN"])
def test_names_that_numpy_has_dropped_are_there(name: str, tmp_path: Path) -> None:
    module = loaded(write(tmp_path, f"import numpy as np\ndef f():\n    return np.{name}\n"), tmp_path)
    assert module.f() is not None


def test_the_authors_object_is_made_from_the_statements_before_it(tmp_path: Path) -> None:
    text = (
        "class Net:\n    def __init__(self, sizes):\n        self.sizes, self.layers = sizes, []\n"
        "    def add(self, layer):\n        self.layers.append(layer)\n"
        "def main():\n    n = 5\n    data = open('x').read()\n    net = Net([n, 2])\n"
        "    net.add('relu')\n    net.fit(data)\n"
    )
    module = loaded(write(tmp_path, text), tmp_path)
    assert (made(module, "net", 9).sizes, made(module, "net", 9).layers) == ([5, 2], ["relu"])
    with pytest.raises(NotLoaded, match="data cannot be made"):
        made(module, "data", 8)


def test_a_block_of_a_script_runs_on_copies(tmp_path: Path) -> None:
    text = "rate = 0.5\nw = [1.0]\nfor x in DATA:\n    g = 2 * x\n    w[0] -= rate * g\n"
    module = loaded(write(tmp_path, text), tmp_path)
    net = {"w": [1.0]}
    assert block(module, 4, 5, net, x=3.0) == {"w": [-2.0], "g": 6.0}
    assert net == {"w": [1.0]}


@pytest.mark.parametrize("first", ["from __future__ import annotations\n", ""])
def test_a_class_may_name_itself_in_its_annotations(first: str, tmp_path: Path) -> None:
    text = first + "import absent\nclass Node:\n    def copy(self, other: absent.Kind[int]) -> Node:\n"
    text += "        return Node()\nfrom dataclasses import dataclass\n@dataclass\nclass Net:\n    width: int = 3\n"
    module = loaded(write(tmp_path, text), tmp_path)
    assert isinstance(module.Node().copy(1), module.Node)
    assert module.Net(width=5).width == 5


def test_a_module_in_a_folder_further_down_is_found_if_it_is_nowhere_nearer(tmp_path: Path) -> None:
    for folder in ("src/parts", "venv"):
        (tmp_path / folder).mkdir(parents=True)
    write(tmp_path / "venv", "KIND = 'not the author'\n", "layers_of_theirs.py")
    write(tmp_path / "src" / "parts", "KIND = 'below'\n", "layers_of_theirs.py")
    text = "import sys\nsys.path.append('src/parts')\nfrom layers_of_theirs import KIND\n"
    assert loaded(write(tmp_path, text), tmp_path).KIND == "below"
    forget()
    write(tmp_path, "KIND = 'beside'\n", "layers_of_theirs.py")
    assert loaded(write(tmp_path, text), tmp_path).KIND == "beside"


def test_of_two_folders_with_a_module_the_one_counts_that_the_script_adds(tmp_path: Path) -> None:
    for folder in ("parts", "parts_old", "script"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, f"KIND = {folder!r}\n", "pieces_of_theirs.py")
    (tmp_path / "script" / "pieces_of_theirs.py").unlink()
    forget()
    text = "import os, sys\nsys.path.insert(0, os.path.join('..', 'parts_old'))\nfrom pieces_of_theirs import KIND\n"
    assert loaded(write(tmp_path / "script", text), tmp_path).KIND == "parts_old"
    forget()
    text = "from pieces_of_theirs import KIND\n"
    assert loaded(write(tmp_path / "script", text), tmp_path).KIND == "parts"


def test_a_forgotten_folder_is_no_longer_searched(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    write(tmp_path / "one", "KIND = 1\n", "kind_of_theirs.py")
    loaded(write(tmp_path / "one", "import kind_of_theirs\n"), tmp_path / "one")
    forget()
    module = loaded(write(tmp_path / "two", "import kind_of_theirs\n"), tmp_path / "two")
    with pytest.raises(ModuleAbsent):
        float(module.kind_of_theirs.KIND)


@pytest.mark.parametrize("rights", [0, 0o444, 0o111])
def test_folders_that_may_not_be_read_hide_no_module_further_down(rights: int) -> None:
    with TemporaryDirectory() as made:
        folder = Path(made)
        folder.chmod(0o755)
        for name in ("private/inner", "src"):
            (folder / name).mkdir(parents=True)
        write(folder / "private", "KIND = 'private'\n", "secret_of_theirs.py")
        write(folder / "src", "KIND = 'below'\n", "layers_of_theirs.py")
        assert below([folder], "secret_of_theirs") == folder / "private" / "secret_of_theirs.py"
        (folder / "private").chmod(rights)
        with as_nobody():
            found, secret = (below([folder], name) for name in ("layers_of_theirs", "secret_of_theirs"))
        (folder / "private").chmod(0o755)
    assert found == folder / "src" / "layers_of_theirs.py"
    assert secret == (folder / "private" / "secret_of_theirs.py" if rights == 0o111 else None)


def test_a_value_of_a_notebook_is_made_though_no_file_may_be_opened(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "source": "class Net:\n    pass\nnet = Net()\nnet.size = 3\n"}
    path = write(tmp_path, json.dumps({"cells": [cell]}), "theirs_net.ipynb")
    assert type(made(loaded(path, tmp_path), "net", 3)).__name__ == "Net"


def test_the_parameters_of_a_function_have_their_defaults(tmp_path: Path) -> None:
    text = "import numpy as np\ndef main(a, width=40, *, depth=2):\n    w = np.zeros((width, 3))\n    return w\n"
    assert made(loaded(write(tmp_path, text), tmp_path), "w", 3).shape == (40, 3)


def test_what_is_given_for_a_name_may_have_any_name(tmp_path: Path) -> None:
    module = loaded(write(tmp_path, "size = len(name) + line\nw = size\nw -= 1\n"), tmp_path)
    assert made(module, "size", 1, name="abc", line=4) == 7
    assert block(module, 3, 3, {"w": 5}, first=1, net=2, module=3) == {"w": 4}


def test_a_call_that_sets_the_activations_belongs_to_the_network(tmp_path: Path) -> None:
    text = "class Net:\n    def activations(self, names):\n        self.names = names\n"
    text += "net = Net()\nnet.activations(['relu'])\n"
    assert made(loaded(write(tmp_path, text), tmp_path), "net", 4).names == ["relu"]


def test_weights_of_a_truncated_normal_distribution_are_drawn(tmp_path: Path) -> None:
    text = (
        "from scipy.stats import truncnorm\nimport numpy as np\n"
        "def frozen():\n    return truncnorm((0 - 1) / 2, (4 - 1) / 2, loc=1, scale=2).rvs((60, 50))\n"
        "def direct():\n    return truncnorm.rvs(-0.5, 1.5, 1, 2, size=3000)\n"
    )
    (tmp_path / "net.py").write_text(text, encoding="utf-8")
    theirs = loaded(tmp_path / "net.py", tmp_path)
    np.random.seed(0)
    frozen, direct = theirs.frozen(), theirs.direct()
    assert (frozen.shape, direct.shape) == ((60, 50), (3000,))
    for drawn in (frozen, direct):
        assert 0 <= drawn.min() < 0.01 < 3.9 < drawn.max() <= 4
        # its mean is 1 + 2 (φ(-0.5) - φ(1.5)) / (Φ(1.5) - Φ(-0.5)); a mean of 3,000 deviates from it by 0.018
        assert abs(drawn.mean() - 1.7125) < 0.09


@pytest.mark.parametrize(("rounds", "first"), [("range(9)", 0), ("range(1, 9)", 1), ("tqdm.trange(3)", 0)])
def test_a_loop_counts_from_its_first_round(rounds: str, first: int, tmp_path: Path) -> None:
    text = f"import tqdm\nfor epoch in {rounds}:\n    rate = 10 + epoch\n    w -= rate\n"
    module = loaded(write(tmp_path, text), tmp_path)
    assert made(module, "rate", 3) == 10 + first
    assert block(module, 4, 4, {"w": 50}) == {"w": 40 - first}


def test_a_value_of_another_batch_takes_no_step(tmp_path: Path) -> None:
    module = loaded(write(tmp_path, "step = 0\nwhile True:\n    step = step - absent\n    w += step\n"), tmp_path)
    with pytest.raises(NotLoaded, match="w takes no step"):
        block(module, 3, 4, {"w": 5})
