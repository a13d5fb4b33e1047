"""One training: the implementation, and beside it the reference on request."""

import dataclasses
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import msgspec

from nnkata.errors import UsageError
from nnkata.katas.article import KATA
from nnkata.katas.article.sets import Sets, divided
from nnkata.katas.article.training import table
from nnkata.katas.article.training.learning import Learner
from nnkata.katas.article.training.progress import Listener
from nnkata.language import _
from nnkata.runner.prepared import prepare
from nnkata.runner.settings import Settings
from nnkata.subject import Isolated, Subject, locate
from nnkata.subject.walls.limits import Limits

#: Seconds. The user waits and can interrupt: only a call has a limit, which grows with the images.
PATIENCE = 1_000_000


class Session:
    """The learners and their data: training, validation and unseen images (`sets.divided`)."""

    def __init__(self, sets: Sets, own: Learner, reference: Learner | None) -> None:
        self.sets, self.own, self.reference = sets, own, reference

    def run(self, epochs: int, listener: Listener) -> None:
        """All epochs, one line each, the reference's after the implementation's own; raises as `Learner.begin` does."""
        learners = [self.own, *([self.reference] if self.reference else [])]
        for number in range(epochs + 1):
            for learner in learners:
                if number:
                    learner.learn(listener.say)
                else:
                    learner.begin(listener.say)
            listener.line(
                table.row(number, self.own.history[-1], self.reference.history[-1] if self.reference else None)
            )
            listener.done(number)


@contextmanager
def session(settings: Settings, rate: float, compared: bool) -> Iterator[Session]:
    """Everything opened, and closed again after the block; `compared` brings the reference in.

    Raises:
        NotFound: there is nothing to train. DataError: the images are not available. NoSandbox: the sandbox that is
            asked for does not work here. UsageError: there are too few images.
    """
    limits = patient(settings.limits)
    with ExitStack() as opened:
        prepared = prepare(dataclasses.replace(settings, limits=limits))
        opened.callback(prepared.close)
        sets = divided(prepared.facts.dataset.images, prepared.facts.dataset.labels)
        if not all(len(ys) for _xs, ys in sets):
            raise UsageError(_("these are too few images to divide; there have to be 14 at least"))
        prepared.transport.ready()
        prepared.subject.draw(settings.seed)
        own = Learner(prepared.subject, sets, rate, compared)
        reference = None
        if compared:
            transport = Isolated.open(locate(str(KATA.reference)), limits)
            opened.callback(transport.close)
            reference = Learner(Subject(transport), sets, rate, compared, seed=settings.seed)
        yield Session(sets, own, reference)


def patient(limits: Limits) -> Limits:
    """The same limits without those of processor time and of all calls together."""
    return msgspec.structs.replace(limits, cpu_seconds=PATIENCE, clause_seconds=PATIENCE, submission_seconds=PATIENCE)
