"""A network with an interface of its own among the submissions of a class: not judged, with advice."""

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from nnkata.cli import main
from nnkata.cli.batch_summary import _placed
from nnkata.registry import option, use
from nnkata.reports import formats
from nnkata.reports.report import Report
from nnkata.runner.run import judge, known_clauses
from nnkata.runner.settings import Settings
from nnkata.runner.submission.foreign import is_foreign, only_of_framework, source_of

ROOT = Path(__file__).parents[2]
FOREIGN = """
import numpy as np
class Net:
    def forward(self, x): return x
    def backward(self, y): return y
"""
MADE = """
import torch.nn as nn
class Net(nn.Module):
    def forward(self, x): return self.layers(x)
"""


@pytest.mark.parametrize("kata", ["article", "mlp"])
def test_in_a_batch_it_is_not_judged_and_adapt_is_mentioned(tmp_path: Path, kata: str) -> None:
    course = tmp_path / "a course"
    course.mkdir()
    (course / "carol.py").write_text(FOREIGN, encoding="utf-8")
    (course / "erin.py").write_text(MADE, encoding="utf-8")
    if kata == "mlp":  # unfinished, and judged
        (course / "dan.py").write_bytes((ROOT / "solutions" / "mlp_skeleton.py").read_bytes())
    stage = "parameters" if kata == "mlp" else "update"
    words = ["grade", str(course), "--output", str(tmp_path / "out"), "--kata", kata, "--stage", stage, "--jobs", "1"]
    done = CliRunner().invoke(main, [*words, "--isolation", "process"])
    assert f"not conforming: {int(kata == 'mlp')}; not judged: 2." in done.output
    assert f"nnkata adapt '{course / 'carol.py'}'" in done.output
    found = json.loads((tmp_path / "out" / "summary.json").read_text(encoding="utf-8"))
    assert found["foreign"] == ["carol"]
    assert "`nnkata adapt` writes the lines that it needs" in found["not_judged"]["carol"]
    assert "erin.py makes its network of a framework (torch.nn)" in found["not_judged"]["erin"]
    assert "not-judged" in (tmp_path / "out" / "gradebook.csv").read_text(encoding="utf-8")


def test_an_unfinished_file_or_one_that_is_not_python_is_not_foreign() -> None:
    use("article")
    skeleton = (ROOT / "solutions" / "skeleton.py").read_text(encoding="utf-8")
    assert is_foreign(FOREIGN)
    assert is_foreign("import numpy as np\nw = np.zeros(3)\n")
    assert not is_foreign(skeleton)
    assert not is_foreign("def forward(x)\n")
    assert not is_foreign("print('hello')\n")


def test_a_network_with_a_way_back_of_its_own_is_not_only_a_framework_s() -> None:
    assert "(nn.Module)" in only_of_framework("net.py", MADE.replace("import torch.nn as nn", ""))
    assert not only_of_framework("net.py", f"import torch.nn\n{FOREIGN}")
    assert not only_of_framework("net.py", FOREIGN)


def test_a_pipe_and_a_device_have_no_text(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "net.py").write_text(FOREIGN)
    assert source_of(tmp_path / "net.py") == FOREIGN
    assert source_of(tmp_path / "pipe.py") == source_of(Path("/dev/zero")) == ""


def test_a_printed_command_names_its_kata(tmp_path: Path) -> None:
    use("mlp")
    try:
        wrong = (ROOT / "reference" / "mlp.py").read_text(encoding="utf-8").replace("sum(axis=0)", "sum()")
        (tmp_path / "mine.py").write_text(wrong, encoding="utf-8")
        only = frozenset({"gradients-6"})
        found = judge(Settings(str(tmp_path / "mine.py"), start=tmp_path, kata="mlp", only=only, seed=7))
        report = Report(found, known_clauses())
        assert option() == " --kata mlp"
        for form in ("sarif", "html", "text"):
            assert "nnkata explain gradients-6 --kata mlp" in formats.write(form, report), form
    finally:
        use("article")


def test_the_command_for_one_in_the_folder_of_a_task_has_its_path(tmp_path: Path) -> None:
    (tmp_path / "hw1" / "carol").mkdir(parents=True)
    (tmp_path / "ada").mkdir()
    assert _placed(tmp_path, "ada") == tmp_path / "ada"
    assert _placed(tmp_path, "carol") == tmp_path / "hw1" / "carol"
    assert _placed(tmp_path, "packed") == tmp_path / "packed"
