"""The files of a foreign network: read as texts, ranked by their looks, never run."""

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from nnkata.errors import NotJudged
from nnkata.language import _, reason
from nnkata.runner.submission.foreign import FRAMEWORK, framework_sign, of_framework
from nnkata.subject.source.kinds import kind_of
from nnkata.subject.source.notebook import MAX_CODE, SUFFIX, NotANotebook, read_notebook
from nnkata.suggestions import meant_file
from nnkata.worker.foreign_code.statements import code_of, plain
from nnkata.worker.tree import tree_of

#: The most files of a folder examined: no network has more.
MAX_FILES = 200
#: The most files tried: the network's own, and those that make one.
MAX_TRIED = 10
#: The most packages tried whole after them.
MAX_GATHERED = 2
#: Folders above a file from which its imports may resolve.
MAX_ABOVE = 3
#: Signs of a network's file, and the weight of each.
SIGNS = (
    (re.compile(r"def \w*(back|grad|bprop)", re.I), 4),
    (re.compile(r"def \w*(forward|feed|predict|propagat)", re.I), 3),
    (re.compile(r"\b(W1|w1|weights?|biases)\b"), 2),
    (re.compile(r"import numpy|from numpy"), 2),
    (re.compile(r"\bclass \w*(net|mlp|perceptron|model)", re.I), 1),
    (re.compile(r"784|mnist|28 ?\* ?28", re.I), 1),
    # the network uses a framework; many files take only MNIST from one
    (FRAMEWORK, -6),
)
#: The weight of a file that makes the author's own network: it is tried before any other.
MAKES = 20
#: The weight of one that imports several of the others.
JOINS = 5
#: An import from the file's own package.
RELATIVE = re.compile(r"^\s*from \.+\w* import", re.MULTILINE)
#: An adapter of an earlier call, which is no network of the author.
ADAPTER = re.compile(r"^from nnkata\.worker\.foreign import", re.MULTILINE)
UNLIKELY = re.compile(
    r"(?i:(^|[/_.-])(tests?|setup|conftest|plot|visuali[sz]\w*|gui|app|download\w*)([/_.-]|$))|[a-z]Tests?\.py$"
)


class NotFit(NotJudged):
    """No adapter can be written; the text is the reason."""


@dataclass(frozen=True)
class Foreign:
    """A folder from which imports resolve, its files, and the candidates, the likeliest first."""

    base: Path
    names: tuple[str, ...]
    tried: tuple[str, ...]


def foreign(path: Path) -> Foreign:
    """The files that belong to a file, a notebook or a folder.

    Raises:
        NotFit: it does not exist, cannot be read, or holds no Python.
    """
    try:
        if path.is_dir():
            folder = path.resolve()
            found = _texts(folder)
            if _needs_own_name(folder, found):
                found, folder = {f"{folder.name}/{name}": text for name, text in found.items()}, folder.parent
            signs = {name: _signs(name, text) + _makes(text, found) for name, text in found.items()}
            ranked = sorted(found, key=lambda name: (-signs[name], name))
            tried = tuple(name for name in ranked if signs[name] > 0)[:MAX_TRIED]
            tried += tuple(name for name in found if _gathers(name, found[name]) and name not in tried)[:MAX_GATHERED]
            if not tried:
                _say_why(folder, found)
            return _checked(Foreign(folder, tuple(found), tried), path)
        if not path.is_file():
            raise NotFit(_("there is no file {target}").format(target=path) + meant_file(str(path)))
        if path.suffix not in (".py", SUFFIX):
            raise NotFit(_other_ending(path))
        text = _text(path)
        if text is None and path.suffix == SUFFIX:
            read_notebook(path.read_bytes())  # says why
        if text is None and not path.read_bytes().strip():
            raise NotFit(_("{path} is empty; there is nothing to adapt").format(path=path.name))
        if text is None:
            raise NotFit(_("{path} is not Python: it cannot be read").format(path=path.name))
        base = _base(path.resolve(), text)
        found, name, makers = _beside(path, base)
        wider = [folder for folder in (_base(base / n, found[n]) for n in makers) if folder in base.parents]
        if wider:  # who makes the network imports from further up
            base = min(wider, key=lambda folder: len(folder.parts))
            found, name, makers = _beside(path, base)
        return _checked(Foreign(base, tuple({name: None, **dict.fromkeys(found)}), (name, *makers)[:MAX_TRIED]), path)
    except NotANotebook as error:
        raise NotFit(f"{path.name}: {error}") from None
    except OSError as error:
        raise NotFit(_("{path} cannot be read: {strerror}").format(path=path, strerror=reason(error))) from None


def sign_in(found: Foreign) -> str:
    """The sign of a framework in the likeliest file, such as `torch.nn`; empty if there is none."""
    try:
        return framework_sign(_text(found.base / found.tried[0]) or "")
    except OSError:
        return ""


def scalars_in(found: Foreign) -> tuple[str, str]:
    """A file and its class of single numbers with their gradients, as in micrograd; empty texts if there is none."""
    for name in found.tried:
        try:
            tree = ast.parse(_text(found.base / name) or "")
        except (OSError, SyntaxError, ValueError, RecursionError):
            continue
        for node in (node for node in tree.body if isinstance(node, ast.ClassDef)):
            text = ast.unparse(node)
            if (
                re.search(r"self\.grad(: float)? = 0(\.0)?$", text, re.M)
                and "def __mul__" in text
                and "np." not in text
            ):
                return name, node.name
    return "", ""


def _other_ending(path: Path) -> str:
    """Why a file without the ending of Python is not adapted, and what to do: an adapter imports its network."""
    with path.open("rb") as file:
        kind = kind_of(file.read(MAX_CODE))
    if kind:
        return _("{path} is not Python source: it is {kind}").format(path=path.name, kind=kind[0]) + "\n" + kind[1]
    text = _("{path} does not end in .py, so that no adapter can load it; rename it: {renamed}")
    return text.format(path=path.name, renamed=path.with_suffix(".py").name)


def _say_why(folder: Path, found: Mapping[str, str]) -> None:
    """Refuse a folder without a candidate for a better reason than that: a framework, a notebook that is none."""
    for name, text in found.items():
        if sign := framework_sign(text):
            raise NotFit(of_framework(name, sign))
    for notebook in sorted(folder.rglob(f"*{SUFFIX}")):
        if notebook.is_file() and _text(notebook) is None:
            try:
                read_notebook(notebook.read_bytes())
            except NotANotebook as error:
                raise NotFit(f"{notebook.relative_to(folder).as_posix()}: {error}") from None


def _checked(found: Foreign, path: Path) -> Foreign:
    if not found.tried:
        raise NotFit(
            _("{path} holds no network in Python: no file with a way forward and a way back").format(path=path)
        )
    return found


def _texts(folder: Path) -> dict[str, str]:
    """The texts of all readable Python files and notebooks below a folder, by name."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.suffix not in (".py", SUFFIX) or any(part.startswith((".", "__")) for part in parts[:-1]):
            continue
        if any(part in ("venv", "env", "node_modules", "site-packages") for part in parts) or not path.is_file():
            continue
        text = _text(path)
        if text is not None and len(found) < MAX_FILES and not ADAPTER.search(text):
            found[path.relative_to(folder).as_posix()] = text
    return found


def _text(path: Path) -> str | None:
    if path.suffix == SUFFIX:
        try:
            read_notebook(path.read_bytes())
            return code_of(path)
        except NotANotebook:
            return None
    content = path.read_bytes() if path.stat().st_size <= MAX_CODE else b""
    return plain(content.decode("utf-8-sig", errors="replace")) if content.strip() else None


def _needs_own_name(folder: Path, found: Mapping[str, str]) -> bool:
    """Whether the files import each other as a package: `from .layers`, or by the folder's name, `from src.layers`."""
    if any("/" not in name and RELATIVE.search(text) for name, text in found.items()):
        return True
    return not (folder / folder.name).exists() and any(folder.name in _imported(text) for text in found.values())


def _gathers(name: str, text: str) -> bool:
    """Whether it is a package's own file that puts its layers together under one name."""
    return name.rpartition("/")[2] == "__init__.py" and RELATIVE.search(text) is not None


def _signs(name: str, text: str) -> int:
    return sum(count for sign, count in SIGNS if sign.search(text)) - (5 if UNLIKELY.search(name) else 0)


def _makes(text: str, found: Mapping[str, str]) -> int:
    """The weight of a file that brings the other files' classes together; more if for digits, as a script may."""
    names = {part for name in found for part in (*Path(name).parent.parts, Path(name).stem)}
    theirs = {module for module in _modules(text) if module.partition(".")[0] in names}
    return MAKES if SIGNS[-2][0].search(text) and theirs else JOINS if len(theirs) > 1 else 0


def _beside(path: Path, base: Path) -> tuple[dict[str, str], str, list[str]]:
    """The texts below the folder, the file's name among them, and those of others that may make its network."""
    found = _texts(base)
    name = path.resolve().relative_to(base).as_posix()
    others = sorted((n for n in found if n != name), key=lambda n: (-_signs(n, found[n]), n))
    return found, name, [n for n in others if _uses(found[n], path) and _signs(n, found[n]) > -3]


def _uses(text: str, path: Path) -> bool:
    """Whether a text imports the file or names it: `from a.net import b`, `%run net`, `open("net.py")`."""
    stem, name = re.escape(path.stem), re.escape(path.name)
    loads = rf"^\s*(?:from|import)\b[^\n(]*(?:\([^)]*)?\b{stem}\b|%run\b.*\b{stem}\b|[\"'/]{name}[\"']"
    return re.search(loads, text, re.MULTILINE) is not None


def _base(path: Path, text: str) -> Path:
    """The nearest folder from which the file's imports of files resolve; its own if it has none."""
    wanted = _imported(text)
    folders = [path.parent, *list(path.parent.parents)[:MAX_ABOVE]]
    for folder in folders:
        if any((folder / name).is_dir() or (folder / f"{name}.py").is_file() for name in wanted):
            return folder
    relative = "from ." in text
    return path.parent.parent if relative else path.parent


def _imported(text: str) -> Sequence[str]:
    return [name.partition(".")[0] for name in _modules(text)]


def _modules(text: str) -> Sequence[str]:
    """The modules that a text imports, with the packages that hold them."""
    tree = tree_of(text)
    if tree is None:
        return []
    names = [a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names]
    names += [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and not n.level]
    return [name for name in names if name]
