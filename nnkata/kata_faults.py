"""A kata of another package: the faults of its parts, found when it is loaded, with the remedy.

Here: parts of the wrong kind, absent files, names that contradict each other. Not here: the content of its features,
which `nnkata.features.own` checks before it judges.
"""

import ast
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import AbstractContextManager
from inspect import signature
from pathlib import Path
from typing import Any

from nnkata.errors import NotJudged, UsageError
from nnkata.language import _

#: The fields of a `Kata` by their kind; those in `OPTIONAL` may be None.
TEXTS = ("name", "title", "contract", "class_name", "entry", "instance", "reading", "built", "full_tag", "not_full")
LISTS = ("stages", "steps", "functions", "otherwise", "classes", "long_stages", "after")
PATHS = ("features", "skeleton", "reference", "explanations", "protocols")
MAPPINGS = ("readings", "waits", "commands")
CALLS = (
    "world",
    "names",
    "lacks",
    "catalogue",
    "diagnose",
    "drawing_from",
    "places",
    "data",
    "carried",
    "undeclared",
    "recognised",
)
#: The types of their results, where these are known here.
RETURNED = {"lacks": str, "diagnose": Mapping, "drawing_from": AbstractContextManager, "places": Mapping}
RETURNED |= {"carried": tuple, "undeclared": str, "recognised": str}
OPTIONAL = frozenset(["explanations", "protocols", "names", "diagnose"])


def told(error: BaseException) -> str:
    """An exception of a kata's own code, with its place."""
    text = f"{type(error).__name__}: {error}"
    frames = traceback.extract_tb(error.__traceback__)
    if not frames or isinstance(error, SyntaxError) or "importlib" in frames[-1].filename:
        return text
    place = _("{file}, line {line}").format(file=Path(frames[-1].filename).name, line=frames[-1].lineno)
    return f"{text} ({place})"


def faults(parts: Mapping[str, Any], entry: str) -> Iterator[str]:
    """The faults of a kata's fields, by name; `entry` is the name of its entry point."""
    found = [*_kinds(parts)]
    yield from found or [*_contents(parts, entry)]


def _kinds(parts: Mapping[str, Any]) -> Iterator[str]:
    kinds: tuple[tuple[Collection[str], Callable[[Any], bool], str], ...] = (
        (TEXTS, lambda value: isinstance(value, str), _("a text")),
        (LISTS, _is_list, _('a tuple of texts; one of a single text has a comma, ("text",)')),
        (PATHS, lambda value: isinstance(value, Path), _("a Path, such as Path(__file__).parent / ...")),
        (MAPPINGS, lambda value: isinstance(value, Mapping), _("a dict")),
        (CALLS, callable, _("a function")),
    )
    for names, right, wanted in kinds:
        for name in names:
            value = parts[name]
            if not right(value) and not (value is None and name in OPTIONAL):
                text = _("{field} is {value}, and has to be {wanted}")
                yield text.format(field=name, value=repr(value)[:60], wanted=wanted)


def _is_list(value: object) -> bool:
    return isinstance(value, tuple | list) and all(isinstance(one, str) for one in value)


def _contents(parts: Mapping[str, Any], entry: str) -> Iterator[str]:
    if parts["name"] != entry:
        text = _("its name is {name!r} and that of its entry point {entry!r}; they have to be the same")
        yield text.format(name=parts["name"], entry=entry)
    for name in ("stages", "steps"):
        if not parts[name]:
            yield _("{field} is empty").format(field=name)
        elif len(set(parts[name])) < len(parts[name]):
            yield _("{field} has a name twice").format(field=name)
    stages = parts["stages"]
    paths = [parts[name] for name in PATHS if parts[name] is not None]
    paths += [parts["features"] / f"{stage}.feature" for stage in stages]
    if (explanations := parts["explanations"]) is not None:
        paths.append(explanations / "en.toml")
    for path in paths:
        if not path.is_absolute():
            text = _("{path} is relative to wherever nnkata is called; write Path(__file__).parent / ...")
            yield text.format(path=path)
        elif not path.exists():
            yield _("there is no {path}").format(path=path)
    if parts["protocols"] is not None and parts["protocols"].is_file():
        yield from _protocols(parts)
    for named in (*parts["long_stages"], *parts["waits"], *parts["waits"].values()):
        if named not in stages:
            yield _("there is no stage {name!r}").format(name=named)
    for text, field in ((parts["reading"], "part"), *((line, "name") for line in parts["after"])):
        try:
            text.format(**{field: ""})
        except (LookupError, ValueError):
            yield _("{text!r} may name {{{field}}} and nothing else in braces").format(text=text, field=field)
    for name, command in parts["commands"].items():
        if not all(isinstance(getattr(command, part, None), str) for part in ("text", "module")):
            yield _("the command {name} is not an nnkata.kata.Command of two texts").format(name=name)
    try:
        signature(parts["world"]).bind(None, None, 0, "")
    except TypeError:
        yield _("world has to take a subject, facts, a seed and a clause")
    except ValueError:  # a function without a signature
        return


def _protocols(parts: Mapping[str, Any]) -> Iterator[str]:
    """Protocols that the kata names and its file lacks."""
    try:
        tree = ast.parse(parts["protocols"].read_bytes())
    except SyntaxError as error:
        yield _("{path}, line {line}: {error}").format(path=parts["protocols"], line=error.lineno, error=error.msg)
        return
    there = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    named = [*parts["classes"], parts["instance"], *parts["otherwise"], *map(str.capitalize, parts["functions"])]
    for name in named:
        if name and name not in there:
            yield _("{path} has no protocol {name}").format(path=parts["protocols"], name=name)


def guarded(part: Callable[..., Any], what: str, kind: type = object) -> Callable[..., Any]:
    """A part of a kata: its exception, or its result of another type, is reported as a fault of the kata."""

    def call(*arguments: Any) -> Any:
        try:
            came = part(*arguments)
            if not isinstance(came, kind):
                text = _("it returns {value}, not a {kind}").format(value=repr(came)[:60], kind=kind.__name__)
                raise UsageError(f"{what}: {text}")
            return came
        except NotJudged:
            raise
        except Exception as error:
            raise UsageError(f"{what}: {told(error)}") from error

    return call
