"""Starts a worker in a sandbox: bubblewrap, with a root directory that has only what a submission needs.

An ordinary user starts one bubblewrap. Root starts two: the first prepares the mounts, some of which an unprivileged
user could not reach; inside, `setpriv` becomes a user that owns nothing, and that user runs the second one. Otherwise
the limit of processes has no effect and root's files are readable (measured: with `--uid` alone neither holds).
"""

import functools
import os
import shutil
import subprocess
import sys
import sysconfig
from importlib.util import find_spec
from pathlib import Path

import numpy as np

from nnkata.errors import NotJudged
from nnkata.language import _
from nnkata.subject.locate import Implementation
from nnkata.subject.walls import seccomp
from nnkata.subject.walls.launch import Launch, kernel_limits
from nnkata.subject.walls.limits import Limits
from nnkata.worker.system import LIBRARIES

KIT = Path(__file__).resolve().parents[2]
INSTALL = "apt-get install bubblewrap (Debian, Ubuntu), dnf install bubblewrap (Fedora)"
#: Users that own nothing: one per judging process, so that two of them do not share limits.
FIRST_USER = 1_000_000_000
START = "import gc, sys; gc.disable(); sys.path.insert(0, '/kit'); from nnkata.worker.__main__ import main; main()"
#: The probe, instead of serving: it installs the filter of system calls and finds the worker's code.
PROBE = "sys.modules['nnkata.worker.__main__'].refuse_calls(bytes.fromhex(sys.argv[6])); print(main.__name__)"
PYTHON = "/python/bin/python"
#: The `typing` of later Pythons, which mypy installs: it counts as no library, so a network may import it behind any
#: wall.
LATER = "typing_extensions"


class NoSandbox(NotJudged):
    """A wall is missing or refused here; the text has the remedy."""


def sandboxed(implementation: Implementation, folder: Path, limits: Limits, sources: tuple[str, ...]) -> Launch:
    """A worker that sees Python, NumPy, itself and copies of the `sources`, which are paths relative to the root.

    Raises:
        NoSandbox: there is no working bubblewrap.
    """
    probe()
    copies = copied(implementation, folder / "submission", sources)
    main = implementation.path.relative_to(implementation.root)
    request = [str(Path("/submission") / main), "/submission", implementation.module, implementation.class_name]
    return Launch(_command(copies, limits, START), {}, request)


def copied(implementation: Implementation, folder: Path, sources: tuple[str, ...]) -> Path:
    """Copies of the `sources` in `folder`, readable by any user, with typing_extensions if one imports it."""
    later = False
    for name in sources:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(implementation.root / name, target)
        later = later or (name.endswith(".py") and LATER.encode() in target.read_bytes())
    if later and not (folder / f"{LATER}.py").exists() and (found := find_spec(LATER)) and found.origin:
        shutil.copyfile(found.origin, folder / f"{LATER}.py")
    _open_to_all(folder)
    return folder


@functools.cache
def probe() -> None:
    """Start Python in the sandbox, once.

    Raises:
        NoSandbox: that does not work here.
    """
    for program, package in (("bwrap", INSTALL), *([("setpriv", "util-linux")] if os.geteuid() == 0 else [])):
        if shutil.which(program) is None:
            raise NoSandbox(
                _("the sandbox needs {program}, which is not installed: {package}").format(
                    program=program, package=package
                )
            )
    try:
        command = _command(None, Limits(), START.replace("main()", PROBE))
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False, env={})
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoSandbox(_("the sandbox does not start here: {error}").format(error=error)) from None
    if done.stdout != "main\n":
        said = done.stderr.strip().splitlines()[-1:] or [_("exit status {status}").format(status=done.returncode)]
        raise NoSandbox(
            _("bubblewrap does not work here: {said} (containers and AppArmor may refuse user namespaces)").format(
                said=said[0][:300]
            )
        )


def version() -> str:
    """The version that bubblewrap prints."""
    return subprocess.run(["bwrap", "--version"], capture_output=True, text=True, check=False).stdout.strip()


def _command(submission: Path | None, limits: Limits, start: str) -> list[str]:
    arguments = [*kernel_limits(limits, limits.processes), seccomp.program().hex()]
    return [*_bubblewrap(submission, limits), PYTHON, "-I", "-c", start, *arguments]


def _bubblewrap(submission: Path | None, limits: Limits) -> list[str]:
    size = str(limits.disk_mb << 20)
    walls = ["--unshare-user", "--unshare-ipc", "--unshare-net", "--unshare-uts", "--unshare-cgroup"]
    walls += ["--cap-drop", "ALL", "--disable-userns", "--new-session", "--die-with-parent"]
    walls += ["--clearenv", "--hostname", "sandbox", "--setenv", "LD_LIBRARY_PATH", "/python/lib"]
    walls += [word for pair in LIBRARIES.items() for word in ("--setenv", *pair)]
    walls += ["--setenv", "HOME", "/tmp"]
    inside = ["--dev", "/dev", "--size", size, "--tmpfs", "/dev/shm", "--remount-ro", "/dev"]
    inside += ["--size", size, "--tmpfs", "/tmp", "--chdir", "/tmp", "--remount-ro", "/"]
    bwrap = shutil.which("bwrap") or "bwrap"
    if os.geteuid() != 0:
        return [bwrap, "--unshare-pid", *walls, *_mounts(submission), "--proc", "/proc", *inside, "--"]
    setpriv, user = shutil.which("setpriv") or "setpriv", str(FIRST_USER + os.getpid())
    prepared = [bwrap, "--unshare-pid", "--die-with-parent", "--clearenv", *_mounts(submission), "--dir", "/tmp"]
    prepared += ["--proc", "/proc", "--dev", "/dev", "--dir", "/kit/bin"]
    prepared += ["--ro-bind", bwrap, "/kit/bin/bwrap", "--ro-bind", setpriv, "/kit/bin/setpriv", "--"]
    drop = ["/kit/bin/setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", "--"]
    return [*prepared, *drop, "/kit/bin/bwrap", *walls, "--ro-bind", "/", "/", *inside, "--tmpfs", "/kit/bin", "--"]


def _mounts(submission: Path | None) -> list[str]:
    """The allow-list: system libraries, the interpreter, its standard library, NumPy, the worker, the submission.

    bubblewrap makes the folders above a mount readable by their owner alone, so each is created first.
    """
    binds = [(path, str(path)) for path in libraries()]
    base, stdlib = Path(sys.base_prefix).resolve(), Path(sysconfig.get_path("stdlib")).resolve()
    dynamic = Path(sysconfig.get_path("platstdlib", vars={"platbase": str(base)})).resolve()
    executable = Path(getattr(sys, "_base_executable", sys.executable)).resolve()
    home = f"/python/lib/{stdlib.name}"
    binds += [(executable, PYTHON), (stdlib, home)]
    if dynamic != stdlib and dynamic.is_dir():
        binds += [(dynamic, f"/python/{dynamic.parent.name}/{dynamic.name}")]
    binds += [(library, f"/python/lib/{library.name}") for library in sorted((base / "lib").glob("libpython3*.so*"))]
    numpy = Path(np.__file__).resolve().parent
    binds += [(path, f"/kit/{path.name}") for path in (numpy, numpy.with_name("numpy.libs")) if path.is_dir()]
    binds += [(KIT / "__init__.py", "/kit/nnkata/__init__.py"), (KIT / "worker", "/kit/nnkata/worker")]
    binds += [(submission, "/submission")] if submission else []
    folders = sorted({str(parent) for _, there in binds for parent in Path(there).parents} - {"/"})
    arguments = [part for folder in folders for part in ("--dir", folder)]
    arguments += [part for here, there in binds for part in ("--ro-bind", str(here), there)]
    for name in ("site-packages", "dist-packages"):
        if (stdlib / name).is_dir():
            arguments += ["--tmpfs", f"{home}/{name}", "--remount-ro", f"{home}/{name}"]
    for link in ("lib", "lib64"):
        if Path("/", link).is_symlink():
            arguments += ["--symlink", f"usr/{link}", f"/{link}"]
    return arguments


def libraries() -> list[Path]:
    """The folders of the dynamic linker, without those of Python packages."""
    triplet = sysconfig.get_config_var("MULTIARCH")
    folders = [Path("/usr/lib", triplet), Path("/lib", triplet)] if triplet else []
    folders = [*folders, Path("/usr/lib64"), Path("/lib64")]
    real = [folder for folder in folders if folder.is_dir() and folder.resolve() == folder]
    return real or [Path("/usr/lib")]


def _open_to_all(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
