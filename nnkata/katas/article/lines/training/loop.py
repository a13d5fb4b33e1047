"""The line of a training at fault, whose calls of the network are right."""

from collections.abc import Collection, Mapping

from nnkata.katas.article import oracle
from nnkata.katas.article.lines.setup.construction import beyond
from nnkata.katas.article.lines.training import epochs
from nnkata.katas.article.lines.training.missing_steps import moved
from nnkata.katas.article.lines.training.parameter_update import changed_rate
from nnkata.katas.article.lines.training.step_arguments import (
    unrecorded_output,
    wrong_argument,
    wrong_update,
    wrong_validation,
)
from nnkata.katas.article.lines.training.steps import (
    Calls,
    Task,
    all_in_each_epoch,
    went_forward,
)
from nnkata.traces.known import near
from nnkata.traces.place import Place
from nnkata.traces.trace import Seen


def train(seen: Seen, task: Task, calls: Calls, sources: Mapping[str, str]) -> Place | None:
    """The line that departs if forward_pass, backward_pass, update and compute_accuracy are right."""
    measuring = seen.within(set(calls.accuracy) - {*calls.forward, *calls.shared})
    step = seen.within({*calls.forward, *calls.backward, *calls.update, *calls.shared})
    wrong = changed_rate(seen, task.rate, skip=step) or wrong_argument(seen, task, calls, measuring, sources)
    wrong = wrong or wrong_validation(seen, task, calls) or wrong_update(seen, task, calls, measuring)
    if seen.raised and (own := unrecorded_output(seen, task, calls)):
        return own
    if wrong or seen.raised:
        samples = len(task.xs) - 1
        return wrong or (beyond(seen, sources, samples) or Place.stated(seen.raised[2]) if seen.raised else None)
    found = epochs.again(seen, task, calls, measuring, sources) or epochs.over(
        seen, task, calls, measuring, sources, step
    )
    found = (found and _ordered(seen, found, len(task.xs))) or found
    if found or is_right(seen, task, calls, measuring):
        return found
    return changed_rate(seen, task.rate) or moved(seen, task, calls, (measuring, step), sources)


def _ordered(seen: Seen, place: Place, n: int) -> Place | None:
    """The return of a helper that `place` asked for the order of n samples, and that left some out."""
    for number, frame in enumerate(seen.frames):
        if frame.parent < 0 or seen.call_of(number) != place:
            continue
        own = [e for e in seen.events if e.frame == number]
        given = any(not e.place.line and e.value.size == 1 and e.value == n for e in own)
        back = [e for e in own if e.name == "return" and e.value.ndim == 1]
        if given and back and {*back[0].value} < {*range(n)}:
            return back[0].place
    return None


def is_right(seen: Seen, task: Task, calls: Calls, measuring: Collection[int]) -> bool:
    """Whether the weights afterwards are those of one step for each visit, in their order, and for each epoch."""
    visits = [sample for _call, sample in went_forward(seen, task, calls, measuring)]
    if task.after is None or not all_in_each_epoch(visits, task):
        return False
    now = dict(task.weights)
    for sample in visits:
        now = oracle.step(now, oracle.gradients(now, task.xs[sample], task.ys[sample]), task.rate)
    return all(near(task.after[key], now[key]) for key in now)
