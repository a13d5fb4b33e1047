"""The advice for a step that no step function matches: the same step in other words, or the closest ones."""

import difflib
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from nnkata.features.clause import ANY, Step
from nnkata.features.misplaced import description_not
from nnkata.language import _
from nnkata.steps.definitions import StepPattern
from nnkata.steps.pattern import Pattern

#: A placeholder with blanks inside, which stays as it is.
SPACED = re.compile(r"<(?:\s+\w+\s*|\w+\s+)>")
#: Characters of word processors and other keyboards, and those that steps are written with.
TYPED = str.maketrans(
    "０１２３４５６７８９．－\u2212\u2013\u2011\u00a0\u3000",
    "0123456789.----  ",
    "\"'`\u2018\u2019\u201c\u201d\u200b\u200c\u200d\u2060\ufeff",
)
#: Words between two steps on one line.
JOINED = re.compile(r",?\s+(?:and|then|when|given|but)\s+|[,，;；]\s*(?:并且|而且|然后)?", re.I)
#: Words of many steps, which say little about one.
COMMON = frozenset([
    "a", "an", "are", "as", "be", "been", "by", "called", "did", "do", "does", "for", "from", "given", "has", "have",
    "in", "is", "it", "its", "of", "on", "run", "running", "runs", "should", "that", "the", "then", "to", "was",
    "were", "when", "with"
])  # fmt: skip
CHINESE = re.compile(r"[\u4e00-\u9fff]")
#: A word, or two Chinese characters, which overlap.
WORD = re.compile(r"[a-z]+\d*|(?=([\u4e00-\u9fff]{2}))")
#: The least likeness of a step that is named (of 1.3), and that of a second one beside the first.
LEAST, BESIDE = 0.42, 0.97
#: The weight of a word of a step's docstring.
ABOUT = 0.4


def nearest(step: Step, text: str, patterns: Sequence[StepPattern]) -> str:
    """The end of a message: the same words with another keyword, written otherwise or as two steps, or the closest."""
    if other := [p for p in patterns if p.parser.is_matching(text)]:
        return _("; it is a {kind} step").format(kind=other[0].type)
    if "<" in text and SPACED.search(text):
        return _("; a placeholder has no blanks inside: <x>")
    known = [p for p in patterns if step.kind in (ANY, p.type) or p.type is None]
    for said in _spellings(text):
        if said != text and any(p.parser.is_matching(said) for p in known):
            return _("; ") + _("did you mean {name}?").format(name=repr(said))
    for first, second in _parts(text):
        if all(any(p.parser.is_matching(part) for p in patterns) for part in (first, second)):
            text = _("; these are two steps, of a line each: {first} and {second}")
            return text.format(first=repr(first), second=repr(second))
    if close := _closest(text, known):
        return _("; ") + _("did you mean {name}?").format(name=_(" or ").join(map(repr, close)))
    return description_not(step.keyword) if step.joined else ""


def _spellings(text: str) -> Iterator[str]:
    """A step's text as steps are written: plain characters and numbers, sizes with dashes, shapes with ×, small."""
    plain = _plain(text)
    for said in (plain, re.sub(r"[\[({]([^\[({})\]]*)[\])}]", r"\1", plain)):
        numbers = re.sub(r"(?<=\d),(?=\d)", ".", said)
        for form in (numbers, re.sub(r"(?<=\d)\s*,\s*(?=\d)", "-", said), _times(said)):
            yield form
            yield form[:1].lower() + form[1:]
            yield form.lower()


def _times(text: str) -> str:
    return re.sub(r"(?<=\d)\s*[x*×,]\s*(?=\d)", "×", text)


def _plain(text: str) -> str:
    """A step's text without quotes, unseen characters, a full stop at its end, several blanks or unusual numbers."""
    typed = text.translate(TYPED)
    typed = re.sub(r"(?<![\w.])[+]?(-?)(?=\.?\d)\.?", lambda sign: sign[1] + ("0." if "." in sign[0] else ""), typed)
    return " ".join(typed.rstrip(" .。!！;；:：").split())


def _parts(text: str) -> Iterator[tuple[str, str]]:
    for between in JOINED.finditer(text):
        yield text[: between.start()].strip(), text[between.end() :].strip()


def _closest(text: str, known: Iterable[StepPattern]) -> list[str]:
    """The one or two likeliest steps in the language of the text, with its own values where they fit.

    Likeness is that of the words, the rarer the heavier, and of the letters: `the forward pass runs` resembles the
    letters of `the code has run`, and has the word that counts in common with `the sample goes forward`. The words of
    the function's docstring take part.
    """
    language = bool(CHINESE.search(text))
    there = [p for p in known if bool(CHINESE.search(str(p.parser.name))) == language]
    words = [_words(re.sub(r"\{.*?\}", " ", str(p.parser.name))) for p in there]
    about = [[] if language else _words((p.step_func.__doc__ or "").partition("\n")[0]) for p in there]
    counted = Counter(word for own, more in zip(words, about, strict=True) for word in {*own, *more})
    weights = {word: math.log(1 + len(there) / n) * (0.1 if word in COMMON else 1) for word, n in counted.items()}
    said = _words(text)
    shown = [_shown(p, text) for p in there]
    likeness = [
        _alike(said, own, more, weights) + 0.3 * _letters(text, name)
        for own, more, name in zip(words, about, shown, strict=True)
    ]
    order = sorted(range(len(there)), key=lambda n: -likeness[n])[:2]
    return [shown[n] for n in order if likeness[n] >= max(LEAST, BESIDE * likeness[order[0]])]


def _shown(pattern: StepPattern, text: str) -> str:
    parser = pattern.parser
    return parser.example(text) if isinstance(parser, Pattern) else str(parser.name)


def _words(text: str) -> list[str]:
    return [found[1] or found[0] for found in WORD.finditer(text.lower())]


def _letters(a: str, b: str) -> float:
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def _alike(said: Sequence[str], own: Sequence[str], about: Sequence[str], weights: dict[str, float]) -> float:
    """The common weight of the words of two texts, of 1; a word that no step has counts for nothing.

    A word of `about`, which is no part of the second text, counts for less.
    """
    common = total = 0.0
    for word in set(said):
        best = max(weights, key=lambda known: (_same(word, known), known == word), default="")
        if not best or not _same(word, best):
            continue
        total += weights[best]
        common += max(
            (
                _same(word, there) * weights[there] * share
                for part, share in ((own, 1.0), (about, ABOUT))
                for there in part
            ),
            default=0.0,
        )
    total += sum(weights[word] for word in set(own))
    return 2 * common / total if total else 0.0


def _same(a: str, b: str) -> float:
    """1 for the same word, less for another form of it (`apply`, `applied`; `back`, `backward`) or a slip, else 0."""
    if a == b:
        return 1.0
    if a + "s" == b or b + "s" == a:
        return 0.9
    if min(len(a), len(b)) < 4:
        return 0.0
    begins = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    if begins >= max(4, 0.75 * min(len(a), len(b))):
        return 0.9
    return 0.8 if a[0] == b[0] and _letters(a, b) >= 0.8 else 0.0
