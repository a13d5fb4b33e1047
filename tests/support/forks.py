"""Runs `nnkata` or `pytest` as `python -m` does, in a fork of a process that has made its imports already.

A fork starts in 10 ms of processor time, a command of its own in 400, and the tests start some 400 commands. The fork
has the arguments, folder, environment, streams, name and exit status of a process of its own, and ends as one does: its
threads first, then what is registered with `atexit`. What Python or a library reads only as it starts makes a real
start: the tests of encodings, of coverage, and of other systems. tests/repository/test_forks.py compares the two.

The judging processes of a batch, too, are forks of that fork, made before it has a thread: each would take 0.6 s to
import what is here already. The tests that interrupt a batch, and those of the wheel, have the real ones.

A check judges in one process, as with one core: beside other tests a second one wins no time, and its worker takes
0.2 s of processor time. tests/runner/test_second_process.py compares the two verdicts; commands that are really started
have both.
"""

import atexit
import contextlib
import fcntl
import gc
import importlib
import json
import multiprocessing
import os
import re
import runpy
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

if __name__ == "__main__":
    sys.path.append(str(Path(__file__).parents[2]))
    from tests.support import server_of_forks, zygote
    from tests.support.starts import LIBRARIES_READ, Fork, at_start, starts

    sys.path.pop()
else:
    from tests.support import server_of_forks, zygote
    from tests.support.starts import LIBRARIES_READ, Fork, at_start, starts

NUMBER = struct.Struct("i")
#: Variables that Python, NumPy or coverage read as a process starts, by the beginnings of their names.
AT_START = ("PYTHON", "COV", *LIBRARIES_READ)
#: Those of them that a fork reads itself.
ENCODING, PATHS = "PYTHONIOENCODING", "PYTHONPATH"
#: What the commands import as they are used; not the commands, whose options are made in the language that is chosen.
MODULES = (
    *(
        "nnkata.cli",
        "nnkata.runner.judging_process.preloaded",
        "nnkata.runner.session",
        "nnkata.runner.submission.foreign",
        "nnkata.latest_results",
    ),
    *(
        "nnkata.reports.formats.text",
        "nnkata.reports.formats",
        "nnkata.reports.table",
        "nnkata.grading.single_notebook",
    ),
    *("nnkata.reports.formats.html.template", "nnkata.grading.batch", "nnkata.katas.article.reading"),
    *("nnkata.katas.article.lines.locate", "nnkata.katas.mlp.adapt.search", "nnkata.katas.mlp.adapt.text"),
    *("nnkata.katas.mlp.lines.locate", "nnkata.katas.mlp.formulas", "nnkata.katas.mlp.declaration"),
    *("nnkata.runner.pytest_run.under_pytest", "wcwidth", "nnkata.reports.formats.html.view", "click.shell_completion"),
    *("nnkata.reports.formats.json", "nnkata.subject.source.overwritten"),
)
#: What pytest itself imports as it starts, half of the time of a short run: its parts, and the plugins that are here.
PYTEST = (
    *("helpconfig", "unittest", "skipping", "pastebin", "junitxml", "setuponly", "setupplan", "tracemalloc"),
    *("unraisableexception", "threadexception", "warnings", "faulthandler"),
)
PLUGINS = (
    *("pytest_bdd.plugin", "xdist.plugin", "xdist.newhooks", "platformdirs.pytest_plugin", "nnkata.plugin"),
    *("anyio.pytest_plugin", "anyio._backends._asyncio", "_hypothesis_pytestplugin", "pytest_cov.plugin"),
)
#: pytest cannot rewrite the assertions of modules that are here already; nnkata judges with none.
UNWRITTEN = ("-W", "ignore::pytest.PytestAssertRewriteWarning")
#: The environment in which the tests began, whatever a test does to it.
BEGUN = {key: value for key, value in os.environ.items() if not key.startswith(("NNKATA", "PYTEST"))}

_server: tuple["subprocess.Popen[bytes]", socket.socket] | None = None


def run(
    arguments: Sequence[str],
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    timeout: float = 120,
    module: str = "nnkata",
    redirection: str = "",
) -> "subprocess.CompletedProcess[str]":
    """`subprocess.run([sys.executable, "-m", module, *arguments], …)`, with what it prints as text.

    `redirection` is that of its streams in a shell's words, like `<&- >/dev/full`: a closed one, a file to write.

    Raises:
        subprocess.TimeoutExpired: it has not ended in time; it is killed.
    """
    done = run_bytes(arguments, cwd, environment, timeout, module, redirection)
    return subprocess.CompletedProcess(done.args, done.returncode, *map(_lines, (done.stdout, done.stderr)))


def run_bytes(
    arguments: Sequence[str],
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    timeout: float = 120,
    module: str = "nnkata",
    redirection: str = "",
) -> "subprocess.CompletedProcess[bytes]":
    """The same, with the bytes that it prints."""
    command = [sys.executable, "-m", module, *arguments]
    environment = os.environ if environment is None else environment
    if not _possible(environment):
        shell = ["sh", "-c", f'exec "$@" {redirection}', "sh"] if redirection else []
        return subprocess.run(
            [*shell, *command], cwd=cwd, env=environment, capture_output=True, timeout=timeout, check=False
        )
    server = _started()
    outputs = [os.pipe(), os.pipe()]
    _ask([[module, *arguments], os.fspath(cwd), dict(environment), redirection], [0, *(end for _, end in outputs)])
    for _read, write in outputs:
        os.close(write)
    (pid,) = NUMBER.unpack(_exactly(server, NUMBER.size))
    late = threading.Event()

    def end() -> None:
        late.set()
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)

    timer = threading.Timer(timeout, end)
    timer.start()
    try:
        said = _read_all([read for read, _write in outputs])
        (status,) = NUMBER.unpack(_exactly(server, NUMBER.size))
    finally:
        timer.cancel()
    if late.is_set():
        raise subprocess.TimeoutExpired(command, timeout, *said)
    return subprocess.CompletedProcess(command, status, *said)


def begin(arguments: Sequence[str], cwd: Path, environment: Mapping[str, str], streams: Sequence[int]) -> Fork | None:
    """The same beside this process, with these streams: it leads a session, whose terminal the first of them may be.

    None if a fork would differ.
    """
    if not _possible(environment):
        return None
    control, theirs = socket.socketpair()
    _started()
    _ask([["nnkata", *arguments], os.fspath(cwd), dict(environment), ""], [*streams, theirs.fileno()])
    theirs.close()
    (pid,) = NUMBER.unpack(_exactly(control, NUMBER.size))
    return Fork(pid, control)


def _ask(request: list[Any], descriptors: list[int]) -> None:
    """Send a request to the server; a fourth descriptor is the connection to its asker."""
    server = _started()
    text = json.dumps([*request, starts.real]).encode()
    socket.send_fds(server, [NUMBER.pack(len(text))], descriptors)
    server.sendall(text)


def _lines(text: bytes) -> str:
    """As a file of texts reads it."""
    return text.decode().replace("\r\n", "\n").replace("\r", "\n")


def _possible(environment: Mapping[str, str]) -> bool:
    """Whether a fork would not differ from a start; coverage of the processes that tests start begins with them."""
    covered = any(key.startswith("COV") for key in BEGUN)
    one, other = (
        {key: value for key, value in at_start(each, AT_START).items() if key not in (ENCODING, PATHS, "LC_ALL")}
        for each in (environment, BEGUN)
    )
    utf_8 = environment.get("LC_ALL", "C.UTF-8").endswith("UTF-8") and sys.getfilesystemencoding() == "utf-8"
    own = any(Path(path, "sitecustomize.py").exists() for path in filter(None, environment.get(PATHS, "").split(":")))
    return sys.platform.startswith("linux") and one == other and utf_8 and not covered and not own


def _started() -> socket.socket:
    """The connection to the server of this process, which ends with it."""
    global _server
    if _server is None or _server[0].poll() is not None:
        ours, theirs = socket.socketpair()
        passed = [theirs.fileno(), *starts.descriptors()]
        command = [sys.executable, str(Path(__file__).resolve()), *map(str, passed)]
        process = subprocess.Popen(command, env=BEGUN, pass_fds=passed)
        theirs.close()
        _server = process, ours
    return _server[1]


def end() -> None:
    """End the server, if there is one."""
    global _server
    if _server is not None:
        process, connection = _server
        connection.close()
        process.wait()
        _server = None


def _read_all(streams: list[int]) -> list[bytes]:
    """All that comes from both, which may come in any order."""
    said = [b"", b""]

    def read(number: int) -> None:
        with open(streams[number], "rb") as stream:  # noqa: PTH123 - a descriptor
            said[number] = stream.read()

    other = threading.Thread(target=read, args=(1,))
    other.start()
    read(0)
    other.join()
    return said


def _exactly(connection: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        more = connection.recv(count - len(found))
        if not more:
            raise EOFError("the server has ended")
        found += more
    return found


def load(*modules: str) -> None:
    """Import modules that are not here, for this process and its later forks."""
    if any(module not in sys.modules for module in modules):
        for module in modules:
            importlib.import_module(module)
        keep()


def keep() -> None:
    """Have no fork look for cycles among the objects that are here: it would copy the pages of all of them."""
    gc.collect()
    gc.freeze()


def serve(connection: socket.socket) -> list[str]:
    """Fork for each request, and wait for it if no keeper does; return in a fork, with its module and arguments.

    What pytest imports is imported for the first run of it: most servers have none.
    """
    while True:
        head, descriptors, _flags, _address = socket.recv_fds(connection, NUMBER.size, 4)
        zygote.reap()
        if not head:
            os._exit(0)
        arguments, folder, environment, redirection, starts.real = json.loads(
            _exactly(connection, *NUMBER.unpack(head))
        )
        if arguments[0] == "pytest":
            load(*(f"_pytest.{name}" for name in PYTEST), *PLUGINS)
        pid = os.fork()
        if pid == 0:
            connection.close()
            _kept(descriptors)
            _become(descriptors, folder, environment, redirection)
            return list(arguments)
        for descriptor in descriptors:
            os.close(descriptor)
        if len(descriptors) > 3:
            continue
        connection.sendall(NUMBER.pack(pid))
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        connection.sendall(NUMBER.pack(status))


def _kept(descriptors: list[int]) -> None:
    """With a fourth descriptor, go on in a fork that leads a session, and keep it to its end."""
    if len(descriptors) < 4:
        return
    control = socket.socket(fileno=descriptors.pop())
    if pid := os.fork():
        for descriptor in descriptors:
            os.close(descriptor)
        zygote.keep(pid, control)
    os.setsid()
    if os.isatty(descriptors[0]):
        fcntl.ioctl(descriptors[0], termios.TIOCSCTTY, 0)
    control.sendall(NUMBER.pack(os.getpid()))
    control.close()


def _become(descriptors: list[int], folder: str, environment: dict[str, str], redirection: str) -> None:
    """Be what a process of its own would be by now."""
    for stream, descriptor in enumerate(descriptors):
        os.dup2(descriptor, stream)
        os.close(descriptor)
    _redirect(redirection)
    encoding, errors = sys.stdout.encoding, sys.stdout.errors
    if ENCODING in environment:
        encoding, _, errors = environment[ENCODING].partition(":")
        errors = errors or "strict"
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        file = None  # as Python leaves a closed one
        with contextlib.suppress(OSError):
            file = open(  # noqa: SIM115, PTH123 - a descriptor, for the whole life of the process
                number,
                "w" if number else "r",
                encoding=encoding,
                errors="backslashreplace" if number == 2 else errors,
                buffering=1 if number == 2 else -1,
            )
        setattr(sys, name, file)
        setattr(sys, f"__{name}__", file)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.path[0] = os.getcwd()  # noqa: PTH109 - what `python -m` puts there, a text
    added, before = (each.get(PATHS, "").split(os.pathsep) for each in (environment, BEGUN))
    sys.path[1:] = [*filter(None, added), *(path for path in sys.path[1:] if path not in before)]
    tempfile.tempdir = None


def _redirect(redirection: str) -> None:
    """Close standard streams, or give them a file, as a shell does."""
    for word in redirection.split():
        parts = re.fullmatch(r"([012]?)([<>])(&-|/.+)", word)
        assert parts, word
        number, sign, target = parts.groups()
        stream = int(number or sign == ">")
        if target == "&-":
            os.close(stream)
        else:
            file = os.open(target, os.O_RDONLY if sign == "<" else os.O_WRONLY)
            os.dup2(file, stream)
            os.close(file)


def main() -> NoReturn:
    """Serve; in a fork, be `python -m MODULE`."""
    connection = socket.socket(fileno=int(sys.argv[1]))
    starts.adopt([*map(int, sys.argv[2:])])
    from nnkata import registry
    from nnkata.language import LANGUAGES, use
    from nnkata.worker.system import ONE_THREAD

    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)  # as the command does, before NumPy is there
    load(*MODULES)
    starts.install()
    server_of_forks.install()
    schedule: Any = importlib.import_module("nnkata.grading.schedule")
    schedule.get_context = lambda _method: multiprocessing.get_context("fork")
    prepared: Any = importlib.import_module("nnkata.runner.prepared")
    sharing = prepared.two_processes
    prepared.two_processes = lambda settings: starts.real and sharing(settings)
    session: Any = importlib.import_module("nnkata.runner.session")
    settings: Any = importlib.import_module("nnkata.runner.settings")
    for name in ("mlp", "article"):
        registry.use(name)
        for language in LANGUAGES:
            use(language)
            session.called_cases(settings.Settings("none"))
    use("en")
    keep()
    module, *arguments = serve(connection)
    sys.argv = ["", *(UNWRITTEN if module == "pytest" else []), *arguments]
    status = 1
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        status = 0
    except SystemExit as ended:
        status = _status(ended)
    except KeyboardInterrupt:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    except BaseException:
        traceback.print_exc()
    # as the interpreter ends; it would then free all that is loaded, which takes longer than many a command
    threading._shutdown()  # type: ignore[attr-defined]  # private
    atexit._run_exitfuncs()
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None and not stream.closed:
                stream.flush()
        except (ValueError, OSError):
            status = 120  # Python's, for a text that cannot be written
    os._exit(status)


def _status(ended: SystemExit) -> int:
    if ended.code is None or isinstance(ended.code, int):
        return (ended.code or 0) & 0xFF
    print(ended.code, file=sys.stderr)
    return 1


if __name__ == "__main__":
    main()
