"""Two versions of this repository, each checked out, with a Python that imports it."""

import os
import subprocess
import sys
import sysconfig
import tempfile
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks import timing


@dataclass(frozen=True)
class Tree:
    """A checked-out version and the Python that imports it."""

    root: Path
    python: Path

    def run(self, *arguments: str) -> str:
        """Run Python here and return its output.

        Raises:
            RuntimeError: it ended with a status other than 0.
        """
        line = [str(self.python), *arguments]
        done = subprocess.run(line, cwd=self.root, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(arguments)[:100]} ended with {done.returncode}: {done.stderr[-500:]}")
        return done.stdout

    def seconds(self, *arguments: str) -> float:
        """The wall time of a run."""
        return timing.seconds(lambda: self.run(*arguments))


@contextmanager
def trees(base: str | None) -> Iterator[tuple[Tree, Tree]]:
    """The base and this version, each checked out; this version twice if `base` is None."""
    me = ("-c", "user.name=guard", "-c", "user.email=guard@localhost")
    head = _git(*me, "stash", "create") or _git("rev-parse", "HEAD")  # a commit of the present files, on no branch
    with tempfile.TemporaryDirectory(prefix="nnkata-guard-") as scratch:
        os.environ["NNKATA_CACHE"] = str(Path(scratch, "cache"))
        roots = {Path(scratch, "base"): base or head, Path(scratch, "head"): head}
        try:
            for root, version in roots.items():
                _git("worktree", "add", "--detach", "--quiet", str(root), version)
            old, new = (checked_out(root, root.with_name(f"python-{root.name}")) for root in roots)
            yield old, new
        finally:
            for root in filter(Path.exists, roots):
                _git("worktree", "remove", "--force", str(root))


def checked_out(root: Path, folder: Path) -> Tree:
    """A Python that imports this version and the packages that are installed here, but not the installed nnkata."""
    venv.create(folder, symlinks=True)
    python = folder / "bin" / "python"
    paths = {"base": str(folder), "platbase": str(folder)}
    packages = Path(sysconfig.get_path("purelib", "venv", paths))
    (packages / "guard.pth").write_text(f"{root}\n{sysconfig.get_path('purelib')}\n", encoding="utf-8")
    return Tree(root, python)


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=timing.ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"git {' '.join(arguments)}: {done.stderr.strip()}")
    return done.stdout.strip()


def commit(reference: str) -> str:
    """The commit to compare with: `reference`, or the one before this if there is no such commit."""
    line = ["git", "rev-parse", "--verify", "--quiet", f"{reference}^{{commit}}"]
    done = subprocess.run(line, cwd=timing.ROOT, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return done.stdout.strip()
    print(f"there is no commit {reference!r} here: compared with the one before this", file=sys.stderr)
    return _git("rev-parse", "HEAD~1")
