"""A finding of mypy: read from its JSON, shown in mypy's form."""

import json
import re
from dataclasses import dataclass
from typing import Any

#: mypy writes the types of our stubs in full; these names are shorter and mean the same.
SHORTER = (
    (re.compile(r"\b(floating|integer|number|inexact|complexfloating)\[Any\]"), r"\1"),
    (re.compile(r"\bndarray\[Any, Any\]"), "ndarray"),
    (re.compile(r"\bndarray\[Any, dtype\[(\w+)\]\]"), r"NDArray[\1]"),
    (re.compile(r"\b(?:builtins|numpy|typing|nnkata_protocols)\."), ""),
)


@dataclass(frozen=True)
class Finding:
    """A finding: the submission's file, the line from 1, mypy's code, its message, and its notes."""

    file: str
    line: int
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """One line in mypy's form."""
        code = f"  [{self.code}]" if self.code else ""
        return f"{self.file}:{self.line}: error: {readable(self.message)}{code}"


def readable(text: str) -> str:
    """mypy's message with the types of arrays and numbers in a submission's notation."""
    for pattern, shorter in SHORTER:
        text = pattern.sub(shorter, text)
    return text


def read(output: str) -> tuple[list[Finding], list[str]]:
    """The output of mypy with `--output json`: its errors, and its other lines (a crash, a wrong option)."""
    findings, other = [], []
    for line in output.splitlines():
        if not line.strip():
            continue
        entry = _entry(line)
        if entry is None:
            other.append(line)
        elif entry.get("severity") == "error":
            findings.append(
                Finding(
                    file=str(entry.get("file")),
                    line=int(entry.get("line") or 1),
                    code=str(entry.get("code") or ""),
                    message=str(entry.get("message")),
                    hint=str(entry.get("hint") or ""),
                )
            )
    return findings, other


def _entry(line: str) -> dict[str, Any] | None:
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, dict) and "severity" in entry else None
