"""The submission's own source: which files it has, and what mypy says of them. Read here, never run here."""

import ast
import importlib.util
import io
import os
import subprocess
import sys
import tempfile
import tokenize
import warnings
from pathlib import Path

from nnkata.subject import Implementation

MAX_FILES = 200
MAX_BYTES = 2_000_000
#: A cold cache costs mypy about 10 s for NumPy's stubs, on a slow machine several times that.
MYPY_SECONDS = 180.0
SHIM = "nnkata_conformance.py"


def sources(implementation: Implementation) -> dict[str, str]:
    """The file and what it imports from beside it, directly or not: path relative to the root, and text."""
    found: dict[str, str] = {}
    waiting = [implementation.path]
    while waiting and len(found) < MAX_FILES:
        path = waiting.pop()
        name = path.relative_to(implementation.root).as_posix()
        if name in found or path.stat().st_size > MAX_BYTES:
            continue
        try:
            text = importlib.util.decode_source(path.read_bytes())  # as Python reads it: coding line, byte order mark
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError, OSError):
            continue  # the import of such a file fails, and says why
        found[name] = text
        waiting += _beside(tree, path, implementation.root)
    return found


def _beside(tree: ast.AST, path: Path, root: Path) -> list[Path]:
    files: list[Path] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            dotted = [(root, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level <= len(path.parents):
            base = root if node.level == 0 else path.parents[node.level - 1]
            stem = f"{node.module}." if node.module else ""
            dotted = [(base, f"{stem}{alias.name}") for alias in node.names] + [(base, node.module or "")]
        else:
            continue
        for base, name in dotted:
            parts = name.split(".") if name else []
            if base == root and parts and (parts[0] in sys.stdlib_module_names or parts[0] in ("numpy", "nnkata")):
                continue  # a file of that name beside the submission is not what gets imported
            for n in range(1, len(parts) + 1):
                stem_path = base.joinpath(*parts[:n])
                files += [p for p in (stem_path.with_suffix(".py"), stem_path / "__init__.py") if p.is_file()]
    return [file for file in files if file.resolve().is_relative_to(root.resolve())]


class TypeCheck:
    """mypy on the submission in a process of its own, started early and asked late.

    It sees copies of the submission's own source in an empty folder, our configuration and nothing else, so an ini file
    or a plugin beside the submission is not read. The cache is shared between runs; the copies' names differ each time.
    """

    def __init__(self, implementation: Implementation, texts: dict[str, str]) -> None:
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
        (folder / "mypy.ini").write_text("[mypy]\n", encoding="utf-8")
        self._module = module
        command = [sys.executable, "-I", "-m", "mypy", "--config-file", str(folder / "mypy.ini"), "--strict"]
        command += ["--no-error-summary", "--no-color-output", "--hide-error-context", "--no-pretty"]
        command += ["--cache-dir", str(cache_folder()), *sorted(p.name for p in source.glob("*.py"))]
        command += ["-p", module.split(".")[0]] if "." in module else []
        if "." in module:  # mypy takes either files or packages
            command = [part for part in command if not part.endswith(".py")] + ["-m", SHIM.removesuffix(".py")]
        environment = {key: value for key, value in os.environ.items() if not key.startswith(("MYPY", "PYTHON"))}
        self._process = subprocess.Popen(
            command, cwd=source, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._lines: list[str] | None = None

    def lines(self) -> list[str]:
        """mypy's lines; waits for them."""
        if self._lines is None:
            try:
                text, _ = self._process.communicate(timeout=MYPY_SECONDS)
            except subprocess.TimeoutExpired:
                self.close()
                text = f"{SHIM}:1: error: mypy gave no answer within {MYPY_SECONDS:g} s\n"
            self._lines = [line for line in text.splitlines() if ": note:" not in line]
            if self._process.returncode not in (0, 1) and not self._lines:
                self._lines = [f"mypy ended with status {self._process.returncode}"]
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
    encoding, _ = tokenize.detect_encoding(io.BytesIO(text.encode()).readline)
    return text.encode(encoding)


def _shim(module: str, class_name: str) -> str:
    return (
        "from nnkata.protocol import NetworkClass, Preprocess\n"
        f"from {module} import {class_name} as Implementation, preprocess\n"
        "network: NetworkClass = Implementation\n"
        "function: Preprocess = preprocess\n"
    )


def cache_folder() -> Path:
    """Where mypy keeps what it knows of NumPy: NNKATA_CACHE, else the user's cache folder."""
    base = os.environ.get("NNKATA_CACHE") or os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "nnkata" / "mypy"
