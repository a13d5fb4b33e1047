"""Print the least versions of pyproject.toml: `pip install $(python scripts/floors.py)` installs these floors.

A CI job runs the contract with these, another with the newest versions: both ends of each range are tested.
"""

import tomllib
from pathlib import Path

from packaging.requirements import Requirement

PYPROJECT = Path(__file__).resolve().parents[1] / "pyproject.toml"


def floors(requirements: list[str]) -> list[str]:
    """`name==floor` for each requirement `name>=floor`.

    Raises:
        ValueError: a requirement has no floor.
    """
    pins = []
    for text in requirements:
        requirement = Requirement(text)
        lowest = [each.version for each in requirement.specifier if each.operator in (">=", "==")]
        if len(lowest) != 1:
            raise ValueError(f"{text} has no floor")
        pins.append(f"{requirement.name}=={lowest[0]}")
    return pins


if __name__ == "__main__":
    print(*floors(tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]["dependencies"]))
