"""Checks, once after the import, that a submission has the names that the requested clauses call."""

import ast
import re
from typing import Any

import msgspec

from nnkata.features.gherkin import clauses
from nnkata.kata import Names
from nnkata.language import _, carried
from nnkata.places import feature_files, skeleton
from nnkata.registry import current as kata
from nnkata.registry import option
from nnkata.runner.settings import Settings
from nnkata.runner.skipped import left_out
from nnkata.runner.submission.foreign import is_foreign, source_of
from nnkata.runner.submission.source import sources
from nnkata.subject import Implementation, NotFound, Raised, Subject
from nnkata.subject.face import CALL_SECONDS, SubjectError
from nnkata.subject.objects import Functions
from nnkata.texts import printable
from nnkata.worker.tree import nodes, tree_of


def recognise(implementation: Implementation, subject: Subject, settings: Settings) -> None:
    """Look up the names. A network that cannot be made, or gives no usable answer, is left to the clauses.

    Raises:
        NotFound: the names that the requested clauses call exist under other names.
    """
    if settings.features is not None:
        return
    try:
        reason = _names(implementation, subject, settings) if kata().class_name else _functions(implementation, subject)
    except (Raised, SubjectError, msgspec.ValidationError):
        return
    if reason:
        file = f"{implementation.path.name}: " if implementation.path.is_file() else ""  # not for a notebook's cells
        raise NotFound(printable(file + reason))


def _told(implementation: Implementation, subject: Subject, wanted: Names) -> Any:
    """The existing names; for a command that does not answer `offers`, those that its network shows."""
    try:
        return subject.transport.ask("offers", wanted.request, CALL_SECONDS)
    except Raised:
        if not implementation.command or wanted.shown is None:
            raise
        return wanted.shown(subject)


def _functions(implementation: Implementation, subject: Subject) -> str:
    """The reason why a module of functions cannot be judged: it has none of the skeleton's, or lacks required ones."""
    asked = [node.name for node in ast.parse(skeleton()).body if isinstance(node, ast.FunctionDef)]
    there = set() if implementation.command else Functions(subject).names()
    if not asked or implementation.command:
        return ""
    if there & set(asked):
        return kata().lacks(there)
    text = _("there is none of the functions of the contract: {names}").format(names=", ".join(asked))
    return text + (_("; ") + _("there are {names}").format(names=", ".join(sorted(there)[:8])) if there else "")


def _names(implementation: Implementation, subject: Subject, settings: Settings) -> str:
    """The reason why a class cannot be judged; its missing names are given to the subject."""
    names = kata().names
    if names is None:
        return ""
    wanted = names()
    known = clauses(feature_files(None))
    asked = {clause.stage for clause in known if left_out(clause, settings.skip, settings.only, lambda: True) is None}
    told = _told(implementation, subject, wanted)
    reason = wanted.unfit(told, implementation.class_name, asked)
    if reason and implementation.path.is_file():
        misnamed = _misnamed_init(implementation)
        reason += misnamed + _overwritten(implementation)
        reason += "" if misnamed else _without_self(implementation, reason) or _skeleton(implementation, reason)
    subject.absent = dict(wanted.absent(told))
    for name, note in _misput(implementation).items() if subject.absent else ():
        if name in subject.absent:
            subject.absent[name] += note
    return reason


def _without_self(implementation: Implementation, reason: str) -> str:
    """The advice, on a line of its own, about a named method whose def has no self."""
    for node in _class_body(implementation):
        if not isinstance(node, ast.FunctionDef) or node.decorator_list or f"{node.name}(" not in reason:
            continue
        names = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
        if not re.match(r"_*(self|this|me|net|s)_*$", names[0] if names else ""):
            text = _("the first argument of a method is self (line {line}): {written}")
            written = f"def {node.name}({', '.join(['self', *names])})"
            return "\n" + text.format(line=node.lineno, written=written)
    return ""


def _skeleton(implementation: Implementation, reason: str) -> str:
    """The next thing to do, on a line of its own: indent methods that stand outside, or take a file with all the names.

    A network in another language needs another file.
    """
    if implementation.command or is_foreign(source_of(implementation.path)):  # for the latter, `adapt` is proposed
        return ""
    tree = tree_of(source_of(implementation.path))
    there = {node.name: node for node in (tree.body if tree else []) if isinstance(node, ast.FunctionDef)}
    outside = [node for node in there.values() if re.search(rf"[(（]{re.escape(node.name)}\b", reason)]
    if outside and all(ast.unparse(node.args).startswith("self") for node in outside):
        text = _("these functions have a self: indent them below `class {class_name}`, from line {line}: {names}")
        names, line = ", ".join(node.name for node in outside), outside[0].lineno
        return "\n" + text.format(class_name=implementation.class_name, line=line, names=names)
    text = _("use the names of the contract; a skeleton has them all: {command}")
    return "\n" + text.format(command=carried(f"nnkata init skeleton.py{option()}"))


def _misnamed_init(implementation: Implementation) -> str:
    """A note if the class has no __init__ but a method whose name is one except for its underscores or a letter."""
    methods = [node for node in _class_body(implementation) if isinstance(node, ast.FunctionDef)]
    like = [node for node in methods if re.fullmatch(r"_*(?:init|int|inti|intit|innit)_*", node.name)]
    if not like or any(node.name == "__init__" for node in like):
        return ""
    text = _("{name} on line {line} is meant as __init__, with two underscores on both sides")
    return _("; ") + text.format(name=like[0].name, line=like[0].lineno)


def _misput(implementation: Implementation) -> dict[str, str]:
    """Notes about functions and methods that exist at another place than where they count, each by its name."""
    found: dict[str, str] = {}
    for method in _class_body(implementation):
        if not isinstance(method, ast.FunctionDef):
            continue
        text = _("; it stands inside of the class (line {line}): move it out, to the beginning of the line")
        if any(ast.unparse(one).endswith("property") for one in method.decorator_list):
            text = _("; it is a property (line {line}): without that decorator it is a method")
        found.setdefault(method.name, text.format(line=method.lineno))
        text = _("; it stands inside of {around} (line {line}): begin its def below the def of {around}")
        for inner in nodes(method):
            if isinstance(inner, ast.FunctionDef) and inner is not method:
                found.setdefault(inner.name, text.format(around=method.name, line=inner.lineno))
    return found


def _class_body(implementation: Implementation) -> list[ast.stmt]:
    """The statements of the class's last definition in its file."""
    if not implementation.path.is_file():
        return []
    tree = tree_of(source_of(implementation.path))
    found = [
        n for n in (tree.body if tree else []) if isinstance(n, ast.ClassDef) and n.name == implementation.class_name
    ]
    return found[-1].body if found else []


def _overwritten(implementation: Implementation) -> str:
    """A note if the file defines the class more than once and the last definition, which counts, has fewer methods."""
    file = implementation.path.relative_to(implementation.root).as_posix()
    tree, name = tree_of(sources(implementation).get(file, "")), implementation.class_name
    found = [n for n in (tree.body if tree else []) if isinstance(n, ast.ClassDef) and n.name == name]
    methods = [{n.name for n in one.body if isinstance(n, ast.FunctionDef)} for one in found]
    lost = [one for one, own in zip(found, methods, strict=True) if own - methods[-1]]
    if not lost:
        return ""
    text = _("line {line} defines the class again and overwrites the one on line {earlier}, with its methods")
    return _("; ") + text.format(line=found[-1].lineno, earlier=lost[-1].lineno)
