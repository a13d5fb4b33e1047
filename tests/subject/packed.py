"""Submissions in folders, and the answer of one of them from a worker."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from nnkata.runner.submission.source import sources
from nnkata.subject import Isolated, locate
from nnkata.subject.isolated import Launcher
from nnkata.subject.walls.launch import plain
from nnkata.subject.walls.sandbox import sandboxed
from nnkata.worker.data import data_files

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
