"""mypy's findings on a file, and its differences from the protocols."""

from pathlib import Path

from nnkata.runner.submission.source import sources
from nnkata.runner.typecheck.check import TypeCheck
from nnkata.subject import locate

REFERENCE = Path(__file__).parents[2] / "reference" / "network.py"


def check(path: Path) -> tuple[list[str], list[str]]:
    implementation = locate(str(path))
    types = TypeCheck(implementation, sources(implementation))
    try:
        return said(types)
    finally:
        types.close()


def said(types: TypeCheck) -> tuple[list[str], list[str]]:
    assert types.trouble() == []
    return [str(finding) for finding in types.findings()], [difference.evidence for difference in types.differences()]
