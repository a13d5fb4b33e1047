"""The line of train by which an epoch is not all samples once: a loop, its limit, its order, its end."""

import ast
import itertools
from collections.abc import Collection, Mapping, Sequence

from nnkata.katas.article.lines.sources import loop_rounds, statements
from nnkata.katas.article.lines.sources.statements import loops
from nnkata.katas.article.lines.sources.trees import function_at, left, loop_at, tree
from nnkata.katas.article.lines.training import taken_samples
from nnkata.katas.article.lines.training.steps import Calls, Task, all_in_each_epoch, roots, went_forward
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Array, Seen
from nnkata.worker.tree import spans

#: What train calls in a step, or for the accuracy: its loops are not those of train.
METHODS = ("forward_pass", "backward_pass", "update_network_parameters", "compute_accuracy", "initialization")
#: More rows than a weight matrix of the small network has that is trained on a large set.
MATRIX = 8


def over(
    seen: Seen, task: Task, calls: Calls, measuring: Collection[int], sources: Mapping[str, str], step: Collection[int]
) -> Place | None:
    """The head of the loop with too many or too few rounds; the outer one if each epoch is complete."""
    heads = loop_rounds.unfolded(loops(seen, sources, skip={*measuring, *step}), sources)
    visits_ = went_forward(seen, task, calls, measuring)
    visits, n = [sample for _call, sample in visits_], len(task.xs)
    if not heads or all_in_each_epoch(visits, task):
        return None
    if visits == [epoch for epoch in range(task.epochs) for _sample in range(n)] and (
        place := _by_epoch(seen, sources)
    ):
        return place
    if len(visits) < task.epochs * n:
        place = _cut_short(seen, sources)
    else:
        place = taken_samples.order(seen, visits_, n)
        place = place or (taken_samples.number(seen, visits_, heads) if len(visits) == task.epochs * n else None)
    if place:
        return place
    calls_itself = statements.again(seen, skip={*measuring, *step})
    if calls_itself and len(visits) % n == 0 and all(visits.count(k) * n == len(visits) for k in range(n)):
        return _stops(calls_itself, sources) or calls_itself
    if len(visits) < task.epochs * n and (once := _used_up(seen, sources)):
        return once
    if not visits and not any(event.place == heads[0] for event in seen.events):
        return heads[0]  # not even the outer one ran
    if len(heads) == 1 and len(visits) == task.epochs * n and (place := _numbering(seen, sources)):
        return place
    whole = len(visits) not in (0, task.epochs * n) and all(visits.count(k) * n == len(visits) for k in range(n))
    whole = whole and len(roots(seen, [calls.measure], ())) != task.epochs  # else each epoch is too long or too short
    if (
        whole
        and len(visits) < task.epochs * n
        and (end := loop_rounds.counted_within(heads[0], sources) or _end(seen, sources))
    ):
        return end
    went = sum(event.place == heads[0] and event.frame == 0 for event in seen.events)
    if len(heads) == 1 < task.epochs == went and visits and not whole:  # the samples of an epoch have no loop
        return _outermost(seen, visits_[0][0])
    head = heads[0] if whole else heads[min(1, len(heads) - 1)]
    cause = left(head, sources) or loop_rounds.cause(seen, head, task.epochs if whole else n, sources)
    loop = loop_at(head, sources)
    endless = isinstance(loop, ast.While) and isinstance(loop.test, ast.Constant)
    if not cause and (end := loop_rounds.bound(seen, head, n, sources)):
        return end
    return cause or (_end(seen, sources) if endless else None) or head


def again(seen: Seen, task: Task, calls: Calls, measuring: Collection[int], sources: Mapping[str, str]) -> Place | None:
    """The line of a second forward pass of the same sample: another line, or the one that makes every pass twice."""
    visits = went_forward(seen, task, calls, measuring)
    pairs = [(first, second) for (first, k), (second, same) in itertools.pairwise(visits) if k == same]
    for first, second in pairs:
        if seen.call_of(first) != seen.call_of(second):
            return seen.call_of(second)
    times, rest = divmod(len(visits), task.epochs * len(task.xs))
    blocks = [len([*same]) for _sample, same in itertools.groupby(sample for _call, sample in visits)]
    if times < 2 or rest or any(block % times for block in blocks):
        return None
    one, other = ([*seen.ancestors(number)][::-1] for number in pairs[0])
    apart = next(n for n, both in enumerate(zip(one, other, strict=False)) if both[0] != both[1])
    line = seen.call_of(other[apart])
    heads = [place for place in loops(seen, sources) if place.file == line.file and place.line < line.line]
    inner = [e.place for e in seen.events if e.frame == one[apart - 1] and e.place in heads]
    return max(inner) if inner and _round(seen, one[apart], other[apart], [max(inner)]) else line


def _round(seen: Seen, first: int, second: int, heads: Sequence[Place]) -> bool:
    """Whether a loop goes on between two calls."""
    at = [next((n for n, e in enumerate(seen.events) if e.frame == number), 0) for number in (first, second)]
    return any(e.place in heads for e in seen.events[at[0] : at[1]])


def _cut_short(seen: Seen, sources: Mapping[str, str]) -> Place | None:
    """A break or a return in a loop of train that stands under no condition."""
    for loop in (n for n in ast.walk(function(seen, sources)) if isinstance(n, ast.For | ast.While)):
        for node in loop.body:
            if isinstance(node, ast.Break | ast.Return):
                return Place(seen.frames[0].place.file, node.lineno)
    return None


def _by_epoch(seen: Seen, sources: Mapping[str, str]) -> Place | None:
    """The line of train that takes a sample by the number of the outer loop."""
    outer = next((n for n in ast.walk(function(seen, sources)) if isinstance(n, ast.For)), None)
    name = ast.unparse(outer.target) if outer else ""
    for node in ast.walk(outer) if outer else ():
        if isinstance(node, ast.Subscript) and name in {n.id for n in ast.walk(node.slice) if isinstance(n, ast.Name)}:
            return Place(seen.frames[0].place.file, node.lineno)
    return None


def _numbering(seen: Seen, sources: Mapping[str, str]) -> Place | None:
    """The line in a loop of train that divides its number, in all rounds of all epochs, into that of a sample."""
    for node in ast.walk(function(seen, sources)):
        if isinstance(node, ast.Assign):
            divides = (n for n in ast.walk(node.value) if isinstance(n, ast.BinOp))
            if any(isinstance(n.op, ast.Mod | ast.FloorDiv) for n in divides):
                return Place(seen.frames[0].place.file, node.lineno)
    return None


#: Functions whose results can be gone through once.
ONCE = ("zip", "map", "filter", "enumerate", "iter", "reversed")


def _used_up(seen: Seen, sources: Mapping[str, str]) -> Place | None:
    """The line above a loop of train that makes the iterator of an inner loop, which is used up after one round."""
    body = getattr(function(seen, sources), "body", [])
    for made in body:
        value = made.value if isinstance(made, ast.Assign) else None
        once = isinstance(value, ast.GeneratorExp) or (isinstance(value, ast.Call) and ast.unparse(value.func) in ONCE)
        if once and isinstance(made.targets[0], ast.Name):
            name = made.targets[0].id
            within = (n for s in body if isinstance(s, ast.For | ast.While) for part in s.body for n in ast.walk(part))
            if any(isinstance(n, ast.Name) and n.id == name for n in within):
                return Place(seen.frames[0].place.file, made.lineno)
    return None


def _outermost(seen: Seen, number: int) -> Place:
    """The line of train itself from which a call came."""
    while seen.frames[number].parent > 0:
        number = seen.frames[number].parent
    return seen.call_of(number)


def _stops(place: Place, sources: Mapping[str, str]) -> Place | None:
    """The condition under which the function around a line ends, before it calls itself there."""
    every = ast.walk(tree(sources.get(place.file, "")))
    within = [n for n in every if isinstance(n, ast.FunctionDef) and n.lineno < place.line <= (n.end_lineno or 0)]
    for node in ast.walk(within[-1]) if within else ():
        if isinstance(node, ast.If):
            held = spans(node, place.line)
            if held or (node.lineno < place.line and isinstance(node.body[-1], ast.Return)):
                return Place(place.file, node.lineno)
    return None


def _end(seen: Seen, sources: Mapping[str, str]) -> Place | None:
    """The condition under which a loop of train ends before its time."""
    for loop in (n for n in ast.walk(function(seen, sources)) if isinstance(n, ast.For | ast.While)):
        for node in ast.walk(loop):
            if isinstance(node, ast.If) and any(isinstance(s, ast.Break | ast.Return) for s in node.body):
                return Place(seen.frames[0].place.file, node.lineno)
            otherwise = node.orelse if isinstance(node, ast.If) else []
            if ends := [s for s in otherwise if isinstance(s, ast.Break | ast.Return)]:
                return Place(seen.frames[0].place.file, ends[0].lineno)
    return None


def cut(seen: Seen, xs: Array, sources: Mapping[str, str]) -> Place | None:
    """The line that leaves out samples of a large set: the first that had fewer, else the head of the inner loop."""
    for event in seen.events:
        matrix = event.value.ndim == 2 and event.value.shape[1] == xs.shape[1]
        if (
            matrix
            and MATRIX < len(event.value) < len(xs)
            and event.frame == 0
            and event.place.line
            and near(event.value, xs[: len(event.value)])
        ):
            return event.place
    heads = loops(seen, sources)[:2]
    if not heads:
        return None
    return loop_rounds.cause(seen, heads[-1], len(xs), sources) or _end(seen, sources) or heads[-1]


def function(seen: Seen, sources: Mapping[str, str]) -> ast.AST:
    """The source of train itself; of the function in its file that it calls for its loops, if it has none."""
    found = function_at(seen.frames[0].place, sources) or ast.Module([], [])
    number = 0
    while not any(isinstance(n, ast.For | ast.While) for n in ast.walk(found)):
        inner = (n for n, frame in enumerate(seen.frames) if frame.parent == number and frame.name not in METHODS)
        number = next((n for n in inner if seen.frames[n].place.file == seen.frames[0].place.file), 0)
        called = function_at(seen.frames[number].place, sources) if number else None
        if called is None:
            break
        found = called
    return found
