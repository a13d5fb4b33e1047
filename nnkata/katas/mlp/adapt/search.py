"""The search behind a wall: copy the files there, and check the text of the answer."""

import ast
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nnkata.katas.mlp.adapt.files import Foreign, NotFit
from nnkata.language import _
from nnkata.subject import Died, Implementation, Isolated, Raised, Subject, TimedOut
from nnkata.subject.objects import Functions
from nnkata.subject.walls.choice import wall_of
from nnkata.subject.walls.launch import plain
from nnkata.subject.walls.limits import Limits

PROBE = "nnkata_probe.py"
TEXT = """\
from pathlib import Path
from nnkata.worker.adapting.search import search


def found(files):
    return search(str(Path(__file__).parent), files)
"""
#: The time limit of the whole search, in seconds; the worker itself stops after 60 of the processor, or 115.
SECONDS = 120.0
#: The limits of a recipe: characters of a line, lines of a function.
MAX_LINE, MAX_LINES = 1500, 8
FUNCTIONS = ("predict", "accuracy", "train")
#: The parts whose obstacles are listed.
TRIED = ("new", "output", "gradients")


@dataclass(frozen=True)
class Recipe:
    """The findings: lines of each function, and the reasons for them."""

    file: str
    new: tuple[str, ...] = ()
    why_new: str = ""
    parameters: tuple[str, ...] = ()
    output: str = ""
    form: str = ""
    gradients: tuple[str, ...] = ()
    why_gradients: str = ""
    likeness: float = 0.0
    #: Whether the gradients are the slopes of some usual loss.
    alike: bool = False
    extras: tuple[tuple[str, tuple[str, ...]], ...] = ()
    troubles: tuple[tuple[str, str], ...] = ()
    random: bool = False
    #: The obstacles met on the way to each part that may be missing.
    tried: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def obstacles(self, part: str) -> tuple[str, ...]:
        """What was tried in vain for a part (`new`, `output`, `gradients`)."""
        return dict(self.tried).get(part, ())


def searched(found: Foreign, isolation: str) -> Recipe:
    """Try the files behind a wall; a recipe without lines, and with the reason, if the worker was lost.

    Raises:
        NotFit: the search raised, or its answer is malformed. NotJudged: there is no such wall here.
    """
    with tempfile.TemporaryDirectory(prefix="nnkata-adapt-") as place:
        folder = Path(place).resolve()
        for name in found.names:
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(found.base / name, target)
        (folder / PROBE).write_text(TEXT, encoding="utf-8")
        implementation = Implementation(PROBE, folder / PROBE, folder, "", "")
        wall = wall_of(isolation)
        launcher = plain if wall is None else wall.launcher((PROBE, *found.names))
        limits = Limits(call_seconds=SECONDS, clause_seconds=SECONDS, submission_seconds=SECONDS)
        worker = Isolated(implementation, limits, launcher)
        try:
            worker.launch()
            worker.ready()
            answer = Functions(Subject(worker)).call("found", list(found.tried)).value
        except Raised as error:
            raise NotFit(_("trying {files}: {error}").format(files=", ".join(found.tried), error=error)) from None
        except (TimedOut, Died) as error:  # one call that cannot be ended, or that ends the process
            return Recipe(found.tried[0], tried=(("new", (f"{', '.join(found.tried)}: {error}",)),))
        finally:
            worker.close()
    return checked(answer)


def checked(answer: Any) -> Recipe:
    """The answer, if it is well-formed; it is untrusted, since a foreign file ran in the same process.

    Raises:
        NotFit: it is malformed.
    """
    try:
        recipe, troubles = answer["recipe"], answer["troubles"]
        return Recipe(
            file=_word(recipe.get("file", "")),
            new=_lines(recipe.get("new", [])),
            why_new=_word(recipe.get("why_new", "")),
            parameters=_lines(recipe.get("parameters", []), most=200),
            output=_word(recipe.get("output", ""), code=True),
            form=_word(recipe.get("form", "")),
            random=recipe.get("random") is True,
            gradients=_lines(recipe.get("gradients", [])),
            why_gradients=_word(recipe.get("why_gradients", "")),
            likeness=float(recipe.get("likeness", 0.0)),
            alike=recipe.get("alike") is True,
            extras=tuple((n, _lines(lines)) for n, lines in recipe.get("extras", {}).items() if n in FUNCTIONS),
            troubles=tuple((_word(name), _word(text)) for name, text in troubles.items()),
            tried=tuple((n, _texts(lines)) for n, lines in recipe.get("tried", {}).items() if n in TRIED),
        )
    except (KeyError, TypeError, ValueError, AttributeError, SyntaxError) as error:
        raise NotFit(_("the answer of the search is not a recipe: {error}").format(error=str(error)[:200])) from None


def _word(value: Any, code: bool = False) -> str:
    if not isinstance(value, str) or len(value) > MAX_LINE:
        raise ValueError("a text")
    if code:
        if value and not value.isprintable():
            raise ValueError("a line")
        return value
    return "".join(c if c.isprintable() else " " for c in value)[:300]


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > MAX_LINES:
        raise TypeError("texts")
    return tuple(_word(text) for text in value)


def _lines(value: Any, most: int = MAX_LINES) -> tuple[str, ...]:
    """The lines of a function's body, which have to be valid Python."""
    if not isinstance(value, list) or len(value) > most:
        raise TypeError("lines")
    lines = tuple(_word(line, code=True) for line in value)
    if lines:
        ast.parse("def f():\n" + "\n".join(f"    {line}" for line in lines))
    return lines
