"""The packing of a submission is no fault of its network: names of classes, options, encodings."""

from pathlib import Path

import pytest

from nnkata.subject import NotFound, locate
from nnkata.subject.source.network_class import methods, surface
from tests.subject.packed import REFERENCE, SMALL, answer, put


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


def test_options_of_a_script_at_the_top_have_their_defaults(tmp_path: Path, sandbox: bool) -> None:
    top = "import argparse\nparser = argparse.ArgumentParser()\nparser.add_argument('--epochs', type=int, default=3)\n"
    top += "options = parser.parse_args()\n"
    put(tmp_path, {"network.py": top + SMALL.format(answer="options.epochs")})
    assert answer(str(tmp_path / "network.py"), sandbox) == 3


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
