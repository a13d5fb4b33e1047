"""What mypy says of a submission: in a process of its own, on copies of its source, beside the other stages."""

import io
import os
import subprocess
import sys
import tempfile
import tokenize
from pathlib import Path

from nnkata.language import _
from nnkata.runner.typecache import cache_folder
from nnkata.subject import Implementation
from nnkata.subject.limits import Limits

#: Over a hundred times what mypy takes here to fill an empty cache (1.6 s): this only ever ends what hangs.
MYPY_SECONDS = 180.0
MEMORY_MB = Limits().memory_mb
SHIM = "nnkata_conformance.py"


class TypeCheck:
    """mypy on the submission in a process of its own, started early and asked late.

    It sees copies of the submission's own source in an empty folder, our configuration and nothing else, so an ini file
    or a plugin beside the submission is not read. `memory_mb` is the address space that it may take.
    """

    def __init__(self, implementation: Implementation, texts: dict[str, str], memory_mb: int = MEMORY_MB) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="nnkata-types-")
        folder = Path(self._folder.name)
        source = folder / "source"
        for name, text in texts.items():
            target = source / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(_encoded(text))
        main = implementation.path.relative_to(implementation.root)
        module = ".".join(main.with_suffix("").parts)
        taken = sys.stdlib_module_names | {"numpy"}  # mypy would take such a file for the module of that name
        if module in taken or not all(part.isidentifier() for part in module.split(".")):
            module = "submission"
            (source / main).rename(source / "submission.py")
        (source / SHIM).write_text(_shim(module, implementation.class_name), encoding="utf-8")
        command = [sys.executable, "-I", "-m", "nnkata.runner.typecache", str(cache_folder()), str(folder / "cache")]
        command += [str(memory_mb)]
        if "." in module:  # mypy takes either files or packages
            command += ["-p", module.split(".")[0], "-m", SHIM.removesuffix(".py")]
        else:
            command += sorted(path.name for path in source.glob("*.py"))
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("MYPY", "PYTHON"))}
        self._process = subprocess.Popen(
            command, cwd=source, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._lines: list[str] | None = None

    def lines(self) -> list[str]:
        """mypy's lines; waits for them."""
        if self._lines is None:
            try:
                text, _err = self._process.communicate(timeout=MYPY_SECONDS)
            except subprocess.TimeoutExpired:
                self.close()
                text = _("{file}: error: mypy gave no answer within {seconds:g} s").format(
                    file=f"{SHIM}:1", seconds=MYPY_SECONDS
                )
            self._lines = [line for line in text.splitlines() if ": note:" not in line]
            if self._process.returncode not in (0, 1) and not self._lines:
                self._lines = [_("mypy ended with status {status}").format(status=self._process.returncode)]
        return self._lines

    def type_errors(self) -> list[str]:
        """The lines about the submission."""
        return [line for line in self.lines() if not line.startswith(SHIM)]

    def protocol_errors(self) -> list[str]:
        """The lines about the file that holds the submission against the protocols."""
        return [line.split(": ", 1)[-1] for line in self.lines() if line.startswith(SHIM)]

    def close(self) -> None:
        """End mypy if it still runs, and remove the copies."""
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._folder.cleanup()


def _encoded(text: str) -> bytes:
    """A source text as bytes, in the encoding that its coding line names."""
    encoding, _lines = tokenize.detect_encoding(io.BytesIO(text.encode()).readline)
    return text.encode(encoding)


def _shim(module: str, class_name: str) -> str:
    return (
        "from nnkata.protocol import NetworkClass, Preprocess\n"
        f"from {module} import {class_name} as Implementation, preprocess\n"
        "network: NetworkClass = Implementation\n"
        "function: Preprocess = preprocess\n"
    )
