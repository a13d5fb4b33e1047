"""Pages from templates: everything is escaped, and the policy of a page allows its own style sheet and script alone."""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from nnkata.language import _

HERE = Path(__file__).parent


def render(
    template: str, styles: Sequence[str], script: str | None = None, pictures: bool = False, **values: Any
) -> str:
    """The page of that template; `styles` and `script` are files beside it, put into the page, as `pictures` are."""
    style = "".join(map(_text, styles))
    policy = f"default-src 'none'; style-src '{_digest(style)}'"
    if script is not None:
        values["script"] = _text(script)
        policy += f"; script-src '{_digest(values['script'])}'"
    if pictures:
        policy += "; img-src data:"
    return _environment().get_template(template).render(**values, style=style, policy=policy) + "\n"


@cache
def _environment() -> Environment:
    """It caches compiled templates: a batch writes one page per submission."""
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["_"] = _
    return environment


@cache
def _text(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
