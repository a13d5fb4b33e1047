"""VS Code: `.vscode/tasks.json` (code.visualstudio.com/docs/editor/tasks), with a matcher for `--format problems`."""

import json
from collections.abc import Sequence

#: Matches the lines of `nnkata.reports.formats.problems`, also that of a file which cannot be judged, not the mypy
#: findings in the report after them, which are indented. A path is as the user gave it, relative to the open folder.
MATCHER = {
    "owner": "nnkata",
    "source": "nnkata",
    "fileLocation": ["autoDetect", "${workspaceFolder}"],
    "pattern": {"regexp": r"^(\S.*\.py):(\d+): error: (.+)$", "file": 1, "line": 2, "message": 3},
}


def tasks(file: str, options: Sequence[str]) -> str:
    """Two tasks for the network in `file`: check it once (the build task, Ctrl+Shift+B), and again at each save.

    `options` are those of both commands.

    They run in the interpreter that VS Code's Python extension has chosen. The problems come first and the report last,
    where the user sees it.
    """
    nnkata = {"type": "process", "command": "${command:python.interpreterPath}"}
    shown = ["--format", "problems", "--output", "/dev/stdout", "--format", "text"]
    check = {
        "label": "nnkata: check",
        **nnkata,
        "args": ["-m", "nnkata", "check", file, *options, *shown],
        "group": {"kind": "build", "isDefault": True},
        "presentation": {"clear": True},
        "problemMatcher": MATCHER,
    }
    watching = ["-m", "nnkata", "watch", file, *options]
    watch = {"label": "nnkata: watch", **nnkata, "args": watching, "problemMatcher": []}
    return json.dumps({"version": "2.0.0", "tasks": [check, watch]}, indent=2, ensure_ascii=False) + "\n"
