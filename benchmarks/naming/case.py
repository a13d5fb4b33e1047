"""A submission of the measurement with its ground truth, and a mistake to make one with."""

import difflib
import random
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from benchmarks.naming import styles, templates
from benchmarks.naming.pieces import RIGHT

#: The quantities in the order of computation: the mistake is in the first one that departs.
QUANTITIES = (
    *("preprocess", "labels", "sigmoid", "slope", "softmax", "initialization"),
    *("Z1", "A1", "Z2", "A2", "Z3", "output", "delta3", "delta2", "delta1", "G3", "G2", "G1"),
    *("update", "accuracy", "train"),
)


@dataclass(frozen=True)
class Mistake:
    """One mistake: the quantity that departs first, a sentence that describes it, and the pieces that make it.

    `pieces` are in neutral names; a key such as D, for all hidden layers, stands for D1 and D2. `{c}` in them is one of
    `constants`, drawn with the seed. `patches` replace a text that every style has. `names` are true names of the
    catalogue, beside those whose network behaves the same; `says` is the pattern for a reading in words, which cannot
    be evaluated.
    """

    name: str
    quantity: str
    what: str
    pieces: Mapping[str, str] = field(default_factory=dict)
    constants: tuple[str, ...] = ()
    patches: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()
    says: str = ""


def mistakes(name: str) -> tuple[Mistake, ...]:
    """The mistakes of a file beside this one, in its order.

    Raises:
        ValueError: a mistake names an unknown quantity.
    """
    table = tomllib.loads((Path(__file__).parent / f"{name}.toml").read_text(encoding="utf-8"))
    found = tuple(msgspec.convert({"name": key, **fields}, Mistake) for key, fields in table.items())
    for mistake in found:
        if mistake.quantity not in QUANTITIES:
            raise ValueError(f"{mistake.name}: there is no quantity {mistake.quantity}")
    return found


@dataclass(frozen=True)
class Truth:
    """The truth about a mistake: the quantity, the lines of the file (from 1), and the true statements."""

    mistake: str
    quantity: str
    what: str
    lines: frozenset[int]
    names: tuple[str, ...] = ()
    says: str = ""


@dataclass(frozen=True)
class Case:
    """A submission: its text and its mistakes (none if it is right). `parts`: the texts with one mistake each."""

    name: str
    kind: str
    style: str
    text: str
    truths: tuple[Truth, ...] = ()
    parts: tuple[str, ...] = ()


class Unwritable(Exception):
    """The style has no place for the mistake."""


@dataclass(frozen=True)
class Writing:
    """A style, a hand, and a choice of right pieces: how one person writes."""

    style: str
    hand: styles.Hand
    chosen: Mapping[str, str]

    @classmethod
    def drawn(cls, rng: random.Random, style: str | None = None) -> "Writing":
        """A random writing."""
        chosen = {key: rng.choice(ways) for key, ways in RIGHT.items()}
        hand = styles.Hand(*(rng.choice(ways) for ways in (styles.DOTS, styles.OUTERS, styles.SLOPES)))
        return cls(style or rng.choice(templates.STYLES), hand, chosen)

    def text(self, *made_of: Mistake, constant: Mapping[str, str] | None = None) -> str:
        """The text of the file.

        Raises:
            Unwritable: the style has no place for a mistake.
        """
        pieces = dict(self.chosen)
        for mistake in made_of:
            drawn = (constant or {}).get(mistake.name, "")
            pieces |= {key: text.replace("{c}", drawn) for key, text in mistake.pieces.items()}
        if self.style == "functions" and any(
            "self." in text
            for mistake in made_of
            for key, text in mistake.pieces.items()
            if key[:1] + key[2:] in ("Z", "A", "D", "G") or key == "OUT"
        ):
            raise Unwritable("a function has no self")
        text = styles.fill(templates.template(self.style), self._rendered(pieces))
        for mistake in made_of:
            for old, new in mistake.patches:
                if old not in text:
                    raise Unwritable(f"{self.style} has no {old!r}")
                text = text.replace(old, new.replace("{c}", (constant or {}).get(mistake.name, "")))
        return text

    def _rendered(self, pieces: Mapping[str, str]) -> dict[str, str]:
        def one(piece: str, layer: int) -> str:
            return styles.written(piece, self.style, layer, self.hand)

        done = {key: text for key, text in pieces.items() if key not in (*styles.LAYERED, "Z", "A", "D", "G")}
        if self.style == "functions":
            own = {"self.sigmoid(": "sigmoid(", "self.softmax(": "softmax("}
            for key in ("SIG", "DSIG", "SOFT"):
                for old, new in own.items():
                    done[key] = done[key].replace(old, new)
        if self.style == "loops":
            done |= self._looped(pieces, one)
        else:
            for layer in (1, 2, 3):
                for kind in "ZADG":
                    piece = pieces.get(f"{kind}{layer}", pieces[kind])
                    if (kind, layer) != ("A", 3):
                        done[f"{kind}{layer}"] = one(piece, layer)
            done["OUT"] = one(pieces["OUT"], 3)
        return done

    def _looped(self, pieces: Mapping[str, str], one: "styles.Write") -> dict[str, str]:
        done = {"OUT": one(pieces["OUT"].replace("Z3", "Z"), 3), "D3": one(pieces["D3"], 3)}
        for kind in "ZADG":
            text = one(pieces[kind], 2)
            for layer in (1, 2, 3):
                if (key := f"{kind}{layer}") in pieces and key != "D3":
                    text = f"({one(pieces[key], layer)} if i == {layer} else {text})"
            done[kind] = text
        return done


def made(kind: str, number: int, writing: Writing, *made_of: Mistake, rng: random.Random) -> Case:
    """The case of some mistakes in a writing.

    Raises:
        Unwritable: the style has no place for one.
    """
    constant = {m.name: rng.choice(m.constants) for m in made_of if m.constants}
    right, text = writing.text(), writing.text(*made_of, constant=constant)
    singles = [writing.text(mistake, constant=constant) for mistake in made_of]
    truths = []
    for mistake, single in zip(made_of, singles, strict=True):
        lines = changed(right, single, text)
        what = mistake.what.replace("{c}", constant.get(mistake.name, ""))
        says = mistake.says.replace("{c}", re.escape(constant.get(mistake.name, "")))
        truths.append(Truth(mistake.name, mistake.quantity, what, lines, mistake.names, says))
    name = f"{kind}{number:03d}-{writing.style}-" + "+".join(m.name for m in made_of)
    return Case(name, kind, writing.style, text, tuple(truths), tuple(singles) if len(made_of) > 1 else ())


def changed(right: str, single: str, text: str) -> frozenset[int]:
    """The lines of `text` with the mistake that `single` has alone; for a removed line, the two around it."""
    before, after = right.splitlines(), single.splitlines()
    wrong: set[int] = set()
    for tag, _a, _b, start, end in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "delete":
            wrong |= {start, start + 1}
        elif tag != "equal":
            wrong |= set(range(start + 1, end + 1))
    if text == single:
        return frozenset(wrong)
    there: set[int] = set()
    for tag, a, b, start, _end in difflib.SequenceMatcher(None, after, text.splitlines(), autojunk=False).get_opcodes():
        if tag == "equal":
            there |= {line - a + start for line in wrong if a < line <= b}
        elif tag == "replace":
            there |= {start + 1 for line in wrong if a < line <= b}
    return frozenset(there)
