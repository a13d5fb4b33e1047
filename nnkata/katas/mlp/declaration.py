"""`[tool.nnkata.mlp]`, the declaration of an architecture: its keys and values, before a run."""

import re
from collections.abc import Collection, Mapping

from nnkata.katas.mlp.functions import ACTIVATIONS, LOSSES, OUTPUTS
from nnkata.language import _
from nnkata.suggestions import meant

#: The values of each key; none for `widths`, which are numbers.
VALUES: Mapping[str, Collection[str]] = {
    "widths": (),
    "hidden": tuple(ACTIVATIONS),
    "output": tuple(OUTPUTS),
    "loss": tuple(LOSSES),
    "reduction": ("mean", "sum"),
}
WIDTHS = re.compile(r"\d+(-\d+)+")


def fault(table: Mapping[str, object]) -> str:
    """The message about an unknown key or value; empty if there is none."""
    for key, value in table.items():
        if key not in VALUES:
            text = _("[tool.nnkata.mlp] has no key {key!a}; its keys are {keys}")
            return text.format(key=key[:60], keys=", ".join(VALUES)) + meant(key, VALUES)
        if key == "widths":
            if not WIDTHS.fullmatch(str(value)):
                text = _('widths under [tool.nnkata.mlp] is {value}; write it like "784-128-10"')
                return text.format(value=repr(value)[:60])
            continue
        for part in str(value).split(", ") if key == "hidden" else [str(value)]:
            if part not in VALUES[key]:
                text = _("{key} under [tool.nnkata.mlp] is {value!a}; it has to be one of {values}")
                return text.format(key=key, value=part[:60], values=", ".join(VALUES[key]))
    return ""
