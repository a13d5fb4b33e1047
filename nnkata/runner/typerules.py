"""Which of mypy's findings are about the submission's own annotations, so that they count.

An annotation is missing, or no type, or contradicted: what is passed, returned or assigned is of another kind. Not
counted is what mypy does not know: a name without an annotation that holds one kind after the other, the keys that a
loop goes through, an attribute that is made elsewhere, whatever a library does not say. Codes that are not listed here
do not count, so that a version of mypy that finds more refuses nobody. docs/typing.md has the table.
"""

import re
from collections.abc import Iterable, Mapping

from nnkata.runner.declared import Source
from nnkata.runner.findings import Finding
from nnkata.runner.numpynames import misnamed
from nnkata.runner.typenames import pairs, unknown

#: Annotations that are missing, incomplete, or none.
WRITTEN = frozenset(
    ["no-untyped-def", "type-arg", "valid-type", "type-var", "valid-newtype", "no-overload-impl", "syntax", "no-redef"]
)
#: Values that are of another kind than an annotation says.
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
#: Errors for which mypy has no code: a result that a function of its kind cannot have, a text taken apart.
_MISC = re.compile(r"Unpacking a string|The return type of|Return statement in function which does not return")
_NO_ATTRIBUTE = re.compile(r'"(?:type\[)?(\w+)[^"]*" has no attribute')
_STUBS = re.compile(r'"__call__" of "_[A-Z]')
_NAME = re.compile(r'Name "(\w+)" is not defined')
_OVERLOADED = re.compile(r'No overload variant of "(\w+)"')


def counted(findings: Iterable[Finding], texts: Mapping[str, str]) -> list[Finding]:
    """Those that count; `texts`: the submission's files by the names that the findings have."""
    sources = {name: Source(text) for name, text in texts.items()}
    classes = frozenset(name for source in sources.values() for name in source.classes)
    functions = frozenset(name for source in sources.values() for name in source.functions)
    typed_dicts = frozenset(name for source in sources.values() for name in source.typed_dicts)
    kept = []
    for finding in findings:
        if finding.code in WRITTEN:
            kept += [finding] if "possibly by an import" not in finding.message else []
        elif finding.code in HELD and (source := sources.get(finding.file)):
            told = source.declared(finding.line) if finding.code == "assignment" else True
            if told and _contradicts(finding, source, classes, functions, typed_dicts):
                kept.append(finding)
    kept = [f for f in kept if f.code in WRITTEN or not sources[f.file].mentions_unsure(f.line)]
    return [*kept, *misnamed(texts)]


def _contradicts(
    finding: Finding,
    source: Source,
    classes: frozenset[str],
    functions: frozenset[str],
    typed_dicts: frozenset[str],
) -> bool:
    message = finding.message
    if '"object"' in message:  # the common type of several kinds, as the values of a TypedDict
        return False
    if _STUBS.search(message):  # takes anything; mypy says so where an argument of the call is in trouble itself
        return False
    if finding.code == "misc":
        told = "incompatible" in message.lower() or bool(_MISC.match(message))
        return told and not _all_unknown(message, typed_dicts)
    if finding.code == "attr-defined":  # an attribute of one's own class may be made anywhere
        found = _NO_ATTRIBUTE.match(message)
        return found is not None and found[1] not in classes | {"Callable", "Module"}
    if finding.code == "name-defined":  # elsewhere than in an annotation the run tells
        name = _NAME.match(message)
        return name is not None and name[1] in source.annotation_names
    if finding.code == "call-overload":
        name = _OVERLOADED.match(message)
        return name is not None and name[1] in functions
    return not _all_unknown(message, typed_dicts)


def _all_unknown(message: str, typed_dicts: frozenset[str]) -> bool:
    found = pairs(message)
    return bool(found) and all(got == expected or unknown(got, expected, typed_dicts) for got, expected in found)
