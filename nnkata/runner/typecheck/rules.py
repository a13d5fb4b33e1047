"""Selects the findings of mypy that count: those about the submission's own annotations.

An annotation is missing, is no type, or is contradicted: a passed, returned or assigned value is of another kind.
Findings about mypy's own limits do not count: a name without an annotation that holds different kinds in turn, the keys
of a loop, an attribute that is made elsewhere, missing types of a library. Codes that are not listed here do not count,
so that a later version of mypy with more findings refuses nobody. docs/typing.md has the table.
"""

import re
from collections.abc import Iterable, Mapping

from nnkata.runner.typecheck.annotated_names import Source
from nnkata.runner.typecheck.findings import Finding
from nnkata.runner.typecheck.messages import pairs, unknown
from nnkata.runner.typecheck.numpy_names import misnamed

#: Missing, incomplete or invalid annotations.
WRITTEN = frozenset(
    ["no-untyped-def", "type-arg", "valid-type", "type-var", "valid-newtype", "no-overload-impl", "syntax"]
)
#: Values of another kind than their annotation.
HELD = frozenset(
    [
        "arg-type",
        "assignment",
        "attr-defined",
        "call-arg",
        "call-overload",
        "dict-item",
        "empty-body",
        "index",
        "list-item",
        "misc",
        "name-defined",
        "operator",
        "override",
        "return",
        "return-value",
        "str-unpack",
        "typeddict-item",
        "typeddict-unknown-key",
        "union-attr",
    ]
)
#: Those about a part of a dict or list, as `assignment` is about the whole.
DISPLAYED = frozenset(["dict-item", "list-item", "misc"])
#: Errors without a code of mypy's own: an impossible result type, a text unpacked into parts.
_MISC = re.compile(
    r"Unpacking a string|The return type of|(?:Return statement|Implicit return) in function which does not return"
)
_NO_ATTRIBUTE = re.compile(r'"(?:type\[)?(\w+)[^"]*" has no attribute')
_STUBS = re.compile(r'"__call__" of "_[A-Z]')
_NAME = re.compile(r'Name "(\w+)" is not defined')
_OPEN = re.compile(r'of "(?:Union\[.*\bAny\]|.*\| Any)" has no attribute')
#: Functions of Python's take more than their types say: random.shuffle an array, `max` the method `get` as its key.
_PYTHONS = re.compile(
    r'^Argument 1 (?:to "shuffle" of "Random" )?has incompatible type "(?:ndarray|NDArray)\b.*"; expected "MutableSeq|'
    r'^Argument "key" to "(?:max|min|sorted|sort|nlargest|nsmallest)"(?: of "list")? has incompatible type overloaded'
)
_OVERLOADED = re.compile(r'No overload variant of "(\w+)"')


def counted(findings: Iterable[Finding], texts: Mapping[str, str]) -> list[Finding]:
    """The findings that count; `texts` are the submission's files by the names in the findings."""
    found = [*findings]
    return [*(_of_annotations(found, texts) if found else ()), *misnamed(texts)]


def _of_annotations(findings: Iterable[Finding], texts: Mapping[str, str]) -> list[Finding]:
    sources = {name: Source(text) for name, text in texts.items()}
    # a class may get its attributes anywhere, also where it is an argument, `cls: type` or `cls: type[T]`
    classes = frozenset(name for source in sources.values() for name in source.classes | source.type_variables)
    functions = frozenset(name for source in sources.values() for name in source.functions)
    typed_dicts = frozenset(name for source in sources.values() for name in source.typed_dicts)
    kept = []
    for finding in findings:
        if finding.code in WRITTEN:
            kept += [finding] if not _excused(finding, sources.get(finding.file)) else []
        elif finding.code in HELD and (source := sources.get(finding.file)):
            assigned = finding.code == "assignment" or (
                finding.code in DISPLAYED and source.assigns_display(finding.line)
            )
            told = source.declared(finding.line) if assigned else not source.fills_undeclared(finding.line)
            if told and _contradicts(finding, source, classes, functions, typed_dicts):
                kept.append(finding)
    return [f for f in kept if f.code in WRITTEN or not sources[f.file].mentions_unsure(f.line)]


def _excused(finding: Finding, source: Source | None) -> bool:
    if finding.code == "no-untyped-def" and source and "for one or more" in finding.message:
        return source.lacks_self_alone(finding.line)
    # a bare Callable is any call with any result, as mypy takes it
    return finding.code == "type-arg" and '"Callable"' in finding.message


def _contradicts(
    finding: Finding,
    source: Source,
    classes: frozenset[str],
    functions: frozenset[str],
    typed_dicts: frozenset[str],
) -> bool:
    message = finding.message
    if '"object"' in message:  # the common type of several kinds, such as the values of a TypedDict
        return False
    if _STUBS.search(message):  # takes anything; mypy reports it after an error in an argument of the call
        return False
    if _PYTHONS.search(message):
        return False
    if finding.code == "union-attr" and _OPEN.search(message):  # sys.stdout.reconfigure: some other type may have it
        return False
    if finding.code == "misc":
        if "is unsound" in message:  # self.__init__(sizes) to begin anew: no value is of another kind
            return False
        told = "incompatible" in message.lower() or bool(_MISC.match(message))
        return told and not _all_unknown(message, typed_dicts)
    if finding.code == "attr-defined":  # an attribute of an own class may be made anywhere
        found = _NO_ATTRIBUTE.match(message)
        return found is not None and found[1] not in classes | {"Callable", "Module", "type"}
    if finding.code == "name-defined":  # outside annotations, the run itself tells
        name = _NAME.match(message)
        return name is not None and name[1] in source.annotation_names
    if finding.code == "call-overload":
        name = _OVERLOADED.match(message)
        return name is not None and name[1] in functions
    return not _all_unknown(message, typed_dicts)


def _all_unknown(message: str, typed_dicts: frozenset[str]) -> bool:
    found = pairs(message)
    return bool(found) and all(got == expected or unknown(got, expected, typed_dicts) for got, expected in found)
