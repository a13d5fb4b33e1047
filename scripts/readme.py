"""Update the screen and the number of clauses in each README: `python scripts/readme.py`.

The screen is unchanged if the command prints the same except for versions and seconds.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: A command after a prompt, and its output, both indented.
SCREEN = re.compile(r"(    \$ nnkata (check [^\n]*)\n)((?:\n|    [^\n]*\n)+)")
#: The sentence with the number, by README.
COUNTED = {
    "README.md": re.compile(r"\d+(?= clauses, in the order)"),
    "README.zh-CN.md": re.compile(r"(?<=：共 )\d+(?= 个条款，)"),
}


def comparable(text: str) -> list[str]:
    """The lines without differences between machines: versions, seconds, and trailing spaces.

    The line with the versions is wrapped where they are long.
    """
    text = re.sub(r"(Python|NumPy|mypy) [\d.]+", r"\1", text)
    text = re.sub(r"Python[,，].*?(?=\n\s*\n)", lambda found: "".join(found[0].split()), text, count=1, flags=re.DOTALL)
    return [re.sub(r"\d+\.\d (s|秒)", r"\1", line).strip() for line in text.splitlines() if line.strip()]


def printed(command: str) -> str:
    """The output of `nnkata` with these arguments, in English by default."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NNKATA")}
    done = subprocess.run(
        [sys.executable, "-m", "nnkata", *command.split()],
        cwd=ROOT,
        env={**environment, "LANGUAGE": "en"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.stdout


def _screen(found: re.Match[str]) -> str:
    now = printed(found[2])
    if comparable(now) == comparable(found[3]):
        return found[0]
    lines = "".join(f"    {line}".rstrip() + "\n" for line in now.strip("\n").splitlines())
    return f"{found[1]}{lines}\n"


def main() -> None:
    """Write both."""
    count = sum(
        path.read_text(encoding="utf-8").count("\n  Scenario") for path in (ROOT / "features").glob("*.feature")
    )
    for name, counted in COUNTED.items():
        path = ROOT / name
        path.write_text(
            SCREEN.sub(_screen, counted.sub(str(count), path.read_text(encoding="utf-8"))), encoding="utf-8"
        )


if __name__ == "__main__":
    main()
