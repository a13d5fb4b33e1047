"""The five sets, made with a seed: one-token edits, single mistakes, pairs, the catalogue, right networks."""

import ast
import random
from collections.abc import Iterator
from pathlib import Path

from benchmarks.naming import probe
from benchmarks.naming.case import QUANTITIES, Case, Mistake, Truth, Unwritable, Writing, made, mistakes
from benchmarks.naming.edits import Edit, edits
from benchmarks.naming.templates import STYLES

ROOT = Path(__file__).parents[2]
SOLUTIONS = tuple(f"solutions/correct/{name}.py" for name in ("plain", "functional", "flat"))
#: The sizes of the sets a, c and e; b and d have each mistake in one or more styles.
EDITS, PAIRS, RIGHT = 220, 80, 72
KINDS = "abcde"
MISTAKES, KNOWN = mistakes("mistakes"), mistakes("known")


def made_sets(seed: int, kinds: str = KINDS) -> Iterator[Case]:
    """The cases of these sets; a seed always gives the same ones."""
    makers = {"a": edited, "b": singles, "c": pairs, "d": known, "e": right}
    for kind in kinds:
        yield from makers[kind](random.Random(f"{seed} {kind}"), seed)


def edited(rng: random.Random, seed: int) -> Iterator[Case]:
    """One-token edits that change a network's behaviour: of the worked solutions, and of drawn writings."""
    bases = [(Path(name).stem, (ROOT / name).read_text(encoding="utf-8")) for name in SOLUTIONS]
    bases += [(style, Writing.drawn(rng, style).text()) for style in STYLES]
    right = probe.behaviour(probe.right_module(), seed)
    chosen: list[list[Edit]] = [_by_turns(edits(text, rng), rng) for _, text in bases]
    count = 0
    while count < EDITS and any(chosen):
        for (style, text), waiting in zip(bases, chosen, strict=True):
            while waiting and count < EDITS:
                edit = waiting.pop()
                wrong = edit.apply(text)
                if (wrong == text) or not (quantity := _departure(wrong, right, seed)):
                    continue
                what = f"line {edit.line}: {edit.old!r} became {edit.new!r}"
                truth = Truth(f"edit-{edit.rule}", quantity, what, _statement(wrong, edit.line))
                yield Case(f"a{count:03d}-{style}-{edit.rule}", "a", style, wrong, (truth,))
                count += 1
                break


def _by_turns(found: list[Edit], rng: random.Random) -> list[Edit]:
    """The edits in random order, with the rules in turns, so that no rule dominates; taken from the end."""
    rules = {
        rule: [e for e in rng.sample(found, len(found)) if e.rule == rule] for rule in sorted({e.rule for e in found})
    }
    order: list[Edit] = []
    while any(rules.values()):
        order += [waiting.pop() for waiting in rules.values() if waiting]
    return order[::-1]


def _departure(text: str, right: probe.Behaviour, seed: int) -> str:
    """The first wrong piece of the file; empty if there is none, or if the file cannot run."""
    try:
        found = probe.behaviour(probe.module_of(text), seed)
    except Exception:
        return ""
    return next(iter(probe.departed(found, right)), "")


def _statement(text: str, line: int) -> frozenset[int]:
    """The lines of the smallest statement around a line; for a compound one, those of its head."""
    best = frozenset({line})
    size = 1 << 30
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.stmt):
            body = getattr(node, "body", None)
            end = body[0].lineno - 1 if body else (node.end_lineno or node.lineno)
            if node.lineno <= line <= end and end - node.lineno < size:
                best, size = frozenset(range(node.lineno, end + 1)), end - node.lineno
    return best


def singles(rng: random.Random, _seed: int) -> Iterator[Case]:
    """Each single mistake in one style, drawn."""
    yield from _each(MISTAKES, "b", 1, rng)


def known(rng: random.Random, _seed: int) -> Iterator[Case]:
    """Each mistake of the catalogue in each style."""
    yield from _each(KNOWN, "d", len(STYLES), rng)


def _each(many: tuple[Mistake, ...], kind: str, times: int, rng: random.Random) -> Iterator[Case]:
    number = 0
    for mistake in many:
        done = 0
        for style in rng.sample(STYLES, len(STYLES)):
            if done < times:
                try:
                    yield made(kind, number, Writing.drawn(rng, style), mistake, rng=rng)
                except Unwritable:
                    continue
                number, done = number + 1, done + 1


def pairs(rng: random.Random, _seed: int) -> Iterator[Case]:
    """Two mistakes in different pieces, from the single ones and the catalogue's."""
    numeric = [m for m in (*MISTAKES, *KNOWN) if not m.patches]
    count = 0
    while count < PAIRS:
        first, second = sorted(rng.sample(numeric, 2), key=lambda m: QUANTITIES.index(m.quantity))
        if first.quantity == second.quantity or _touch(first, second):
            continue
        try:
            yield made("c", count, Writing.drawn(rng), first, second, rng=rng)
        except Unwritable:
            continue
        count += 1


def _touch(first: Mistake, second: Mistake) -> bool:
    """Whether both change one piece; D means D1 and D2."""
    return any(a[0] == b[0] and (a == b or 1 in (len(a), len(b))) for a in first.pieces for b in second.pieces)


def right(rng: random.Random, _seed: int) -> Iterator[Case]:
    """Right networks."""
    for number in range(RIGHT):
        writing = Writing.drawn(rng, STYLES[number % len(STYLES)])
        yield Case(f"e{number:03d}-{writing.style}", "e", writing.style, writing.text())
