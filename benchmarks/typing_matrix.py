"""One verdict for each style of typing, whatever the Python, and with the oldest and the newest NumPy and mypy.

    python benchmarks/typing_matrix.py --output benchmarks/results/typing.json [--python 3.12 [--number 2]]

Each combination is an environment of its own under build/typing, made with pip from the installed Pythons (`python3.11`
and so on in PATH, or those of pyenv). It reports the failing clauses for each of tests/styles/, and the number of right
ones that `mypy --strict` refuses with NumPy's own stubs. The result is added to the file, one entry per environment;
entries for other styles than the present ones are left out.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

PYTHONS = ("3.11", "3.12", "3.13")
#: The oldest NumPy of pyproject.toml, and the first with wheels for 3.13.
NUMPY = {"3.11": "1.26.0", "3.12": "1.26.0", "3.13": "2.1.0"}
MYPY = "1.12.0"
ENVIRONMENTS = ROOT / "build" / "typing"


def here(strict: bool) -> dict[str, Any]:
    """The result of this environment: versions, failed clauses by style, and, if asked, `mypy --strict`'s refusals."""
    from importlib.metadata import version

    from tests.runner.test_typing_styles import findings, runs_here
    from tests.runner.typing_styles import RIGHT, WRONG

    told: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind, styles in (("right", RIGHT), ("wrong", WRONG)):
            for name in runs_here(styles):
                path = Path(folder, f"{kind}_{name}.py")
                path.write_text(styles[name].text, encoding="utf-8")
                told[f"{kind}/{name}"] = [clause for clause, lines in findings(path).items() if lines]
        right = sorted(path.name for path in Path(folder).glob("right_*.py"))
        refused = strictly_refused(folder, right) if strict else None
    return {
        "python": platform.python_version(),
        "numpy": version("numpy"),
        "mypy": version("mypy"),
        "styles": told,
        "strict_refuses": None if refused is None else len(refused),
        "right": len(right),
    }


def strictly_refused(folder: str, files: list[str]) -> set[str]:
    """The files that `mypy --strict` refuses, with NumPy's own stubs.

    A syntax error in one file stops mypy (exit status 2), so it runs again without that file.
    """
    refused: set[str] = set()
    while files:
        command = [sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull, "--no-error-summary", *files]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        found = {line.split(":")[0] for line in done.stdout.splitlines() if ": error:" in line}
        refused |= found
        files = [file for file in files if file not in found]
        if done.returncode != 2 or not found:
            return refused
    return refused


def interpreter(number: str) -> str | None:
    """The path of a Python of this version, such as 3.12; None without one."""
    if found := shutil.which(f"python{number}"):
        probe = subprocess.run([found, "-c", "pass"], capture_output=True, check=False)
        if not probe.returncode:
            return found
    versions = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    return next((str(path) for path in sorted(versions.glob(f"{number}.*/bin/python"))), None)


def environment(number: str, numpy: str | None, mypy: str | None) -> Path | None:
    """The Python of an environment with these versions, which is made if it is missing; None without that Python."""
    base = interpreter(number)
    folder = ENVIRONMENTS / f"{number}-numpy{numpy or 'newest'}-mypy{mypy or 'newest'}"
    python = folder / "bin" / "python"
    if base is None:
        return None
    if not (folder / "made").exists():
        subprocess.run([base, "-m", "venv", "--clear", str(folder)], check=True)
        wanted = [f"numpy=={numpy}" if numpy else "numpy", f"mypy=={mypy}" if mypy else "mypy"]
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted]
        subprocess.run([*command, "--editable", str(ROOT)], check=True, capture_output=True)
        (folder / "made").touch()
    return python


def table(rows: list[dict[str, Any]]) -> str:
    """The rows as Markdown, one per environment."""
    lines = ["| Python | NumPy | mypy | right | refused | wrong | refused | right ones that `mypy --strict` refuses |"]
    lines += ["|---|---|---|---:|---:|---:|---:|---:|"]
    for row in rows:
        right = [clauses for name, clauses in row["styles"].items() if name.startswith("right/")]
        wrong = [clauses for name, clauses in row["styles"].items() if name.startswith("wrong/")]
        cells = [row["python"], row["numpy"], row["mypy"], len(right), sum(map(bool, right))]
        strict = "" if row["strict_refuses"] is None else row["strict_refuses"]
        cells += [len(wrong), sum(map(bool, wrong)), strict]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def differing(rows: list[dict[str, Any]]) -> list[str]:
    """The styles that are judged differently in the environments that can run them."""
    told: dict[str, set[tuple[str, ...]]] = {}
    for row in rows:
        for name, clauses in row["styles"].items():
            told.setdefault(name, set()).add(tuple(clauses))
    return sorted(name for name, verdicts in told.items() if len(verdicts) > 1)


def added(rows: list[dict[str, Any]], row: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows with `row`, sorted, without those of the same environment or of other styles."""
    from tests.runner.typing_styles import RIGHT, WRONG

    def key(one: dict[str, Any]) -> tuple[str, ...]:
        return one["python"], one["numpy"], one["mypy"]

    today = {*(f"right/{name}" for name in RIGHT), *(f"wrong/{name}" for name in WRONG)}
    newer = {f"right/{name}" for name, style in RIGHT.items() if style.python > (3, 11)}
    kept = [one for one in rows if key(one) != key(row) and today - newer <= {*one["styles"]} <= today]
    return sorted([*kept, row], key=key)


def main() -> None:
    """Measure each environment and write the results."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--output", type=Path, help="the file for the results, as JSON")
    options.add_argument("--here", action="store_true", help="only this environment")
    options.add_argument("--python", action="append", choices=PYTHONS, help="only this Python")
    options.add_argument("--number", type=int, choices=range(1, 5), help="only this one of each Python's environments")
    options.add_argument("--no-strict", action="store_true", help="skip `mypy --strict`")
    chosen = options.parse_args()
    if chosen.here:
        print(json.dumps(here(not chosen.no_strict)))
        return
    rows: list[dict[str, Any]] = []
    if chosen.output and chosen.output.exists():
        rows = json.loads(chosen.output.read_text(encoding="utf-8"))
    for number in chosen.python or PYTHONS:
        pairs = [(numpy, mypy) for numpy in (NUMPY[number], None) for mypy in (MYPY, None)]
        for numpy, mypy in pairs if chosen.number is None else [pairs[chosen.number - 1]]:
            python = environment(number, numpy, mypy)
            if python is None:
                print(f"no Python {number} here", file=sys.stderr)
                continue
            command = [str(python), __file__, "--here", *(["--no-strict"] if chosen.no_strict else [])]
            told = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
            rows = added(rows, row := json.loads(told.splitlines()[-1]))
            print(table([row]).splitlines()[-1], flush=True)
            if chosen.output:
                chosen.output.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    print(table(rows))
    print("judged differently:", ", ".join(differing(rows)) or "none")
    sys.exit(bool(differing(rows)))


if __name__ == "__main__":
    main()
