"""The files of the repository that an installed package carries too, and where each lies."""

from pathlib import Path

#: The files of an installed package under `contract/`, and their places in the repository (as in pyproject.toml).
PACKAGED = {
    "features": "features",
    "test_contract.py": "tests/contract/test_contract.py",
    "skeleton.py": "solutions/skeleton.py",
    "zh_CN/skeleton.py": "solutions/zh_CN/skeleton.py",
    "reference.py": "reference/network.py",
    "mlp_skeleton.py": "solutions/mlp_skeleton.py",
    "mlp_reference.py": "reference/mlp.py",
}


def placed(name: str) -> Path:
    """A file or folder of PACKAGED: in an installed package, else in the repository."""
    package = Path(__file__).resolve().parent
    there = package / "contract" / name
    return there if there.exists() else package.parent / PACKAGED[name]
