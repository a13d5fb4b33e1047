"""Submissions that differ only in names, comments and layout, and the share of others: pairs, never a verdict.

Winnowing (Schleimer, Wilkerson, Aiken: "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003), the
method of MOSS, over Python's own tokens. A right network follows the article, so two right ones share much: lines of
the skeleton, and fingerprints of many submissions, do not count, and a person has to look at each pair.
"""

import hashlib
import io
import keyword
import tokenize
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, islice

import msgspec

from nnkata.texts import natural

#: Tokens per fingerprint, and fingerprints per window of which the least is kept: 29 common tokens, about three lines,
#: are always found, fewer than 20 never.
GRAM, WINDOW = 20, 10
#: The least share shown. The reference, the variants in solutions/correct and the printed code, by different authors,
#: share less, pair by pair; tests/grading/test_similarity.py checks that.
SHOWN = 0.6
#: Fewer fingerprints than this prove nothing.
FEWEST = 8
#: A fingerprint of more submissions than this, or than a tenth of them, is common knowledge; MOSS uses 10, too.
COMMON = 10
MOST_PAIRS = 200
#: More submissions than this are no class and are not compared: the fingerprints of one take about 20 kB.
MOST_COMPARED = 5000


class Pair(msgspec.Struct, frozen=True):
    """Two submissions, the share of the smaller one that is in the other, 0 to 1, and whether they are identical."""

    first: str
    second: str
    share: float
    same: bool


@dataclass(frozen=True)
class Print:
    """A submission's fingerprints, and one of the whole."""

    marks: frozenset[int]
    whole: str


def lines(source: str) -> Iterator[tuple[str, ...]]:
    """The logical lines of a text as tokens: changeable names become `n`, texts `s`; without comments and layout.

    A damaged file is read up to the damage.
    """
    line: list[str] = []
    before = ["", ""]
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.NEWLINE:
                if line and line != ["s"]:  # a docstring is a comment
                    yield tuple(line)
                line = []
            elif token.type in (tokenize.NAME, tokenize.OP, tokenize.NUMBER, tokenize.STRING):
                line.append(_plain(token, before))
                before = [before[1], token.string]
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError):
        pass
    if line:
        yield tuple(line)


def _plain(token: tokenize.TokenInfo, before: list[str]) -> str:
    if token.type == tokenize.STRING:
        return "s"
    if token.type != tokenize.NAME or keyword.iskeyword(token.string):
        return token.string
    of_a_library = before[1] == "." and before[0] != "self"  # `np.outer`, no name of the submission's own
    return token.string if of_a_library else "n"


def print_of(files: Mapping[str, bytes], given: Collection[tuple[str, ...]]) -> Print:
    """The fingerprints of a submission's Python files, without the `given` lines."""
    marks: set[int] = set()
    whole = hashlib.sha256()
    for name in sorted(files, key=lambda name: files[name]):
        if not name.endswith(".py"):
            continue
        tokens = [t for line in lines(files[name].decode(errors="replace")) if line not in given for t in (*line, ";")]
        whole.update("\0".join(tokens).encode())
        marks |= set(_winnowed(tokens))
    return Print(frozenset(marks), whole.hexdigest() if marks else "")


def _winnowed(tokens: list[str]) -> Iterator[int]:
    grams = [
        int.from_bytes(hashlib.blake2b("\0".join(tokens[n : n + GRAM]).encode(), digest_size=8).digest())
        for n in range(len(tokens) - GRAM + 1)
    ]
    for n in range(max(1, len(grams) - WINDOW + 1)):
        if window := grams[n : n + WINDOW]:
            yield min(window)


def pairs(prints: Mapping[str, Print]) -> list[Pair]:
    """The pairs by decreasing share. One of each group of identical submissions is compared with the others."""
    same: dict[str, list[str]] = defaultdict(list)
    for name, one in prints.items():
        if len(one.marks) >= FEWEST:
            same[one.whole].append(name)
    found = [
        Pair(a, b, 1.0, True)
        for group in same.values()  # of a class that hands in one file, all pairs would fill the memory
        for a, b in islice(combinations(sorted(group, key=natural), 2), MOST_PAIRS)
    ]
    one_of_each = {group[0]: prints[group[0]].marks for group in same.values()}
    most = max(COMMON, len(one_of_each) // 10)
    having: dict[int, list[str]] = defaultdict(list)
    for name in sorted(one_of_each, key=natural):
        for mark in one_of_each[name]:
            having[mark].append(name)
    rare = {mark for mark, names in having.items() if len(names) <= most}
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for mark in rare:
        for a, b in combinations(having[mark], 2):
            shared[a, b] += 1
    sizes = {name: len(marks & rare) for name, marks in one_of_each.items()}
    for (a, b), count in shared.items():
        least = min(sizes[a], sizes[b])
        if least >= FEWEST and count / least >= SHOWN:
            found.append(Pair(a, b, round(count / least, 2), False))
    return sorted(found, key=lambda pair: (-pair.share, natural(pair.first), natural(pair.second)))[:MOST_PAIRS]


def given_lines(texts: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """The logical lines that everybody got."""
    return frozenset(line for text in texts for line in lines(text))
