"""Networks that hold a file or threads: a check makes over a hundred of them, and a process may have few."""

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any
from weakref import ref

import pytest

from nnkata.worker.host import Host
from nnkata.worker.networks import MAX_NETWORKS

Run = Callable[..., Any]

ROOT = Path(__file__).parents[2]
PLAIN = (ROOT / "solutions" / "correct" / "plain.py").read_text()
START = "        self.sizes = sizes\n"
#: A log file; three files; a file that logging keeps open for good.
HOLDS = {
    "file": "        self.log = open('train.log', 'a')\n",
    "files": "        self.logs = [open(f'{n}.log', 'a') for n in range(3)]\n        self.logs.append(self)\n",
    "handler": "        logging.getLogger(str(id(self))).addHandler(logging.FileHandler('net.log'))\n",
}


@pytest.mark.parametrize("held", HOLDS)
def test_a_network_with_a_file_of_its_own_is_right(held: str, nnkata: Run, tmp_path: Path) -> None:
    text = "import logging\n" + PLAIN.replace("        self.sizes", f"{HOLDS[held]}        self.sizes", 1)
    (tmp_path / "network.py").write_text(text)
    stages = ("activations", "initialization", "forward", "backward", "update", "training")
    chosen = [part for stage in stages for part in ("--stage", stage)]
    told = json.loads(nnkata("check", tmp_path / "network.py", "--format", "json", *chosen).stdout)
    clauses = [clause for stage in told["stages"] for clause in stage["clauses"]]
    assert {clause["status"] for clause in clauses} == {"passed", "skipped"}
    assert sum(clause["status"] == "passed" for clause in clauses) > 50


class Cyclic:
    """A network whose layer refers to it."""

    def __init__(self, sizes: list[int]) -> None:
        self.sizes, self.layers = sizes, [self]


def test_the_latest_networks_stay_and_no_others() -> None:
    host, module, made = Host(), ModuleType("submission"), []
    vars(module)["Cyclic"] = Cyclic
    host.adopt(module, "Cyclic")
    numbers = []
    for width in range(4 * MAX_NETWORKS):
        numbers.append(host.new([width], {}))
        made.append(ref(host._networks[numbers[-1]]))
    assert len(set(numbers)) == len(numbers)
    for width, number in list(enumerate(numbers))[-MAX_NETWORKS:]:
        assert host.get(number, "sizes") == [width]
    assert [network() is None for network in made[: 2 * MAX_NETWORKS]] == [True] * 2 * MAX_NETWORKS
