"""Stub."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gherkin.parser import Parser


@dataclass(frozen=True)
class Clause:
    tag: str
    stage: str
    name: str
    path: Path
    line: int
    tags: frozenset[str]
    description: str
    steps: tuple[str, ...]


def clauses(files: Sequence[Path]) -> list[Clause]:
    out = []
    for f in files:
        doc = Parser().parse(f.read_text())
        for ch in doc["feature"]["children"]:
            if "scenario" in ch:
                s = ch["scenario"]
                tags = [t["name"][1:] for t in s["tags"]]
                tag = next(t for t in tags if t.rpartition("-")[0] == f.stem)
                out.append(
                    Clause(
                        tag,
                        f.stem,
                        s["name"],
                        f,
                        s["location"]["line"],
                        frozenset(tags) - {tag},
                        s["description"],
                        tuple(x["keyword"] + x["text"] for x in s["steps"]),
                    )
                )
    return out
