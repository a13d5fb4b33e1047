"""The step function of a step: the one that matches its text, and takes its table and its text; else the fault."""

from collections.abc import Iterable, Iterator, Sequence
from inspect import signature

from nnkata.features.clause import ANY, Step
from nnkata.features.unmatched import nearest
from nnkata.language import _
from nnkata.steps.definitions import StepPattern

#: The name of a rule, and a message.
Broken = tuple[str, str]


def matches(step: Step, text: str, patterns: Iterable[StepPattern]) -> list[StepPattern]:
    """The patterns that match a step of that text; there should be one."""
    return [p for p in patterns if step.kind in (ANY, p.type) or p.type is None if p.parser.is_matching(text)]


def broken(step: Step, text: str, patterns: Sequence[StepPattern], of: str = "") -> Iterator[Broken]:
    """The rules about step functions that a step of that text breaks; `of` tells where a part of the text is from."""
    matching = matches(step, text, patterns)
    if not matching:
        said = _("no {kind} step is defined for {text}").format(kind=step.kind, text=repr(text))
        yield "missing-step", said + of + nearest(step, text, patterns)
    elif len(matching) > 1:
        names = ", ".join(repr(p.parser.name) for p in matching)
        yield "ambiguous-step", _("{text} matches several steps: {names}").format(text=repr(text), names=names) + of
    else:
        yield from _arguments(step, matching[0])


def _arguments(step: Step, pattern: StepPattern) -> Iterator[Broken]:
    """A table and a text go to the parameters of these names; pytest-bdd drops one that is not asked for."""
    wanted = signature(pattern.step_func).parameters
    for there, name, lacks, extra in (
        (
            bool(step.table),
            "datatable",
            _("{step} needs a table below it"),
            _("{step} takes no table, and would ignore this one"),
        ),
        (
            step.docstring is not None,
            "docstring",
            _("{step} needs a text below it"),
            _("{step} takes no text, and would ignore this one"),
        ),
    ):
        if there != (name in wanted):
            yield "argument", (extra if there else lacks).format(step=repr(step.text))
