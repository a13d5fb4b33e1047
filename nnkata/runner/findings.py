"""One finding of mypy's, as data: read from its JSON, shown as mypy shows it."""

import json
import re
from dataclasses import dataclass, replace
from typing import Any

#: mypy writes the types of our stubs in full; these are the same for a reader.
SHORTER = (
    (re.compile(r"\b(floating|integer|number|inexact|complexfloating)\[Any\]"), r"\1"),
    (re.compile(r"\bndarray\[Any, Any\]"), "ndarray"),
    (re.compile(r"\bndarray\[Any, dtype\[(\w+)\]\]"), r"NDArray[\1]"),
    (re.compile(r"\b(?:builtins|numpy|typing|nnkata_protocols)\."), ""),
)


@dataclass(frozen=True)
class Finding:
    """Where (a file of the submission's, a line from 1), which of mypy's codes, its message, and its notes on it."""

    file: str
    line: int
    code: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """One line, as mypy writes it."""
        code = f"  [{self.code}]" if self.code else ""
        return f"{self.file}:{self.line}: error: {readable(self.message)}{code}"

    def moved(self, file: str) -> "Finding":
        """The same in a file of another name."""
        return replace(self, file=file)


def readable(text: str) -> str:
    """A message of mypy's with the types of arrays and numbers as a submission writes them."""
    for pattern, shorter in SHORTER:
        text = pattern.sub(shorter, text)
    return text


def read(output: str) -> tuple[list[Finding], list[str]]:
    """The output of mypy with `--output json`: its errors, and other lines (a crash, a wrong option)."""
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
