"""Mistakes in the text of a file: types, comments, imports. Each makes the broken text out of a right one."""

import re
from collections.abc import Callable
from typing import Any

from nnkata.katas.article.misconceptions.catalogue import enter, module_of
from nnkata.katas.article.misconceptions.right import Right
from nnkata.misconceptions import Misconception
from nnkata.worker.imports.tools import BESIDE, TOOLS


def text_mistake(
    name: str,
    mistake: str,
    formula: str,
    hint: str,
    source: Callable[[str], str],
    recognises: Callable[[Any], bool],
) -> None:
    """Register a mistake that lies in the text."""
    enter(Misconception(name, mistake, formula, hint, "results", (), module_of(Right), source, recognises))


def lines_with(*codes: str) -> Callable[[Any], bool]:
    """Whether the evidence is a list of lines that all hold one of these texts."""
    return lambda evidence: (
        isinstance(evidence, list)
        and bool(evidence)
        and all(isinstance(line, str) and any(code in line for code in codes) for line in evidence)
    )


def _modules(evidence: Any) -> bool:
    """Whether the evidence is a list of modules; that of other clauses has lines of files, with a colon."""
    return isinstance(evidence, list) and all(isinstance(line, str) and ":" not in line for line in evidence)


def _only_beside(evidence: list[str]) -> bool:
    """Whether a module of the list has its place beside a network, and none does a network's work.

    Those that it loads itself are in the list, too.
    """
    return not BESIDE.isdisjoint(evidence) and (TOOLS - BESIDE).isdisjoint(evidence)


def in_front(line: str) -> Callable[[str], str]:
    """Put a line where the imports begin."""
    return lambda text: re.sub(r"^import ", f"{line}\nimport ", text, count=1, flags=re.M)


def at_the_end(lines: str) -> Callable[[str], str]:
    """Put lines at the end."""
    return lambda text: f"{text}\n\n{lines}\n"


text_mistake(
    "types-missing",
    "Functions have no types, so mypy cannot check them.",
    "def f(x):",
    "What goes in, and what comes out? Write it after each argument's name and before the colon of the def line.",
    at_the_end("def helper(x):\n    return x"),
    lines_with("[no-untyped-def]", "[no-untyped-call]"),
)
text_mistake(
    "type-arguments-missing",
    "A generic type does not say what it holds.",
    "x: dict, y: tuple",
    "A dict of what, and a tuple of how many? The types of the elements stand in brackets behind it.",
    at_the_end("def helper(x: dict) -> None:\n    print(x)"),
    lines_with("[type-arg]"),
)
text_mistake(
    "returns-something-else",
    "A function returns another type than its def line says.",
    "def f() -> int: return 'text'",
    "Compare the type behind the arrow with what stands behind return.",
    at_the_end("def helper() -> int:\n    return 'text'"),
    lines_with("[return-value]"),
)
text_mistake(
    "signature-differs",
    "A method takes or gives something else than the contract says.",
    "def f(...) -> str, not -> float",
    "Compare the signature in mypy's message with that of the skeleton.",
    lambda text: re.sub(
        r"(def compute_accuracy\([^)]*\)) -> float:(.*?)(\n    def |\Z)",
        r'\1 -> str:\n        return "all"\n\3',
        text,
        count=1,
        flags=re.S,
    ),
    lambda evidence: isinstance(evidence, list) and any(str(line).endswith(" differs") for line in evidence),
)
text_mistake(
    "type-ignore",
    "A comment tells mypy to look away from a line.",
    "# type: ignore",
    "What did mypy say about that line before the comment stood there?",
    at_the_end("VALUE: int = 'text'  # type: ignore"),
    lines_with("type: ignore", "type:ignore"),
)
text_mistake(
    "mypy-told-to-ignore",
    "A comment tells mypy how to treat the whole file.",
    "# mypy: ignore-errors",
    "The contract sets mypy's options; the file does not.",
    lambda text: "# mypy: disable-error-code=type-arg\n" + text,
    lines_with("mypy:"),
)
text_mistake(
    "never-checked",
    "A decorator tells mypy to skip a function.",
    "@no_type_check",
    "What does mypy say about the function once the decorator is gone?",
    at_the_end("from typing import no_type_check\n\n\n@no_type_check\ndef helper(x):\n    return x"),
    lines_with("no_type_check"),
)
text_mistake(
    "another-for-the-checker",
    "Under TYPE_CHECKING mypy sees other code than the run.",
    "if TYPE_CHECKING: def f(x: int) -> int: …",
    "Only imports and names of types belong there. Which definition does the run use, and what are its types?",
    at_the_end(
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    def helper() -> int: ...\nelse:\n"
        "    def helper():\n        return 'text'"
    ),
    lines_with("TYPE_CHECKING"),
)
text_mistake(
    "any-for-everything",
    "Every function returns Any, which says nothing about its result.",
    "def f(x: Any) -> Any:",
    "An array comes out: numpy.typing has a name for it. Where is Any needed, and where is it only quicker to write?",
    lambda text: re.sub(r"^Array = .*$", "Array = Any", text, flags=re.M),
    lambda evidence: isinstance(evidence, list) and all(str(line).startswith("Any: ") for line in evidence),
)
text_mistake(
    "library-does-the-work",
    "A library beyond NumPy is imported.",
    "import pluggy, sklearn, torch, …",
    "From scratch means that you write it: which function of the library did you want, and what does it compute?",
    in_front("import pluggy"),
    lambda evidence: _modules(evidence) and not _only_beside(evidence),
)
text_mistake(
    "tool-imported-at-the-top",
    "A library for plots, progress bars or data is imported at the top of the file.",
    "import matplotlib, pandas, tqdm, …",
    "Does the network compute with it? If not, import it where it is used: in the function that draws or loads, or "
    'under `if __name__ == "__main__":`.',
    in_front("import rich"),
    lambda evidence: _modules(evidence) and _only_beside(evidence),
)
text_mistake(
    "imported-by-name",
    "A module is imported through a function call, where a reader of the imports does not see it.",
    "__import__('name')",
    "Write the import as an import statement at the top of the file.",
    at_the_end("__import__('json')"),
    lines_with("__import__", "import_module", "exec", "eval", "load_module", "exec_module"),
)
