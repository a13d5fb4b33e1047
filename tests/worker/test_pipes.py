"""The bytes of a worker's answers: parts of any size, as many reads as they need, none lost."""

import itertools
import os
import time
from collections.abc import Iterator
from typing import IO, cast

import numpy as np
import pytest

from nnkata.subject import pipes
from nnkata.subject.face import TimedOut


class Writing:
    """A process whose output a test writes."""

    pid = 0
    stdin: IO[bytes] | None = None

    def __init__(self) -> None:
        reads, self.writes = os.pipe()
        os.set_blocking(reads, False)
        self.stdout: IO[bytes] | None = os.fdopen(reads, "rb", buffering=0)

    def wait(self, timeout: float | None = None) -> int:
        return 0

    def kill(self) -> None:
        pass


@pytest.fixture
def process() -> Iterator[Writing]:
    made = Writing()
    yield made
    os.close(made.writes)
    cast("IO[bytes]", made.stdout).close()


def soon() -> float:
    return time.monotonic() + 5


@pytest.mark.parametrize("seed", range(5))
def test_parts_come_as_they_were_sent_however_the_pipe_divides_them(process: Writing, seed: int) -> None:
    rng = np.random.default_rng(seed)
    sent = rng.bytes(50_000)
    cuts = [0, *sorted(rng.integers(0, len(sent), 6).tolist()), len(sent)]
    answers, came = pipes.Answers(process), b""
    written = 0
    for start, end in itertools.pairwise(cuts):
        more = int(rng.integers(end, len(sent) + 1))  # more than is asked for, as from a worker that says too much
        if more > written:
            os.write(process.writes, sent[written:more])
            written = more
        came += bytes(answers.receive(end - start, soon()))
    assert came == sent


def test_small_parts_of_one_answer_take_one_read(process: Writing, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[int] = []
    read = os.read

    def counted(stream: int, size: int) -> bytes:
        reads.append(size)
        return read(stream, size)

    monkeypatch.setattr(os, "read", counted)
    os.write(process.writes, b"headbody, and more")
    answers = pipes.Answers(process)
    assert [bytes(answers.receive(size, soon())) for size in (4, 0, 4)] == [b"head", b"", b"body"]
    assert len(reads) == 1


def test_a_large_part_is_read_in_place_and_what_follows_it_stays(process: Writing) -> None:
    os.write(process.writes, b"h" + bytes(40_000))
    answers = pipes.Answers(process)
    assert bytes(answers.receive(1, soon())) == b"h"
    os.write(process.writes, b"x" * 25_000)
    large = answers.receive(65_000 - 1, soon())
    assert large.nbytes == 64_999
    assert bytes(large[-24_999:]) == b"x" * 24_999
    assert bytes(answers.receive(1, soon())) == b"x"
    assert np.frombuffer(large, np.uint8).flags.writeable  # an array may share it


def test_an_answer_that_does_not_come_is_too_late_and_one_that_ends_early_is_closed(process: Writing) -> None:
    answers = pipes.Answers(process)
    os.write(process.writes, b"abc")
    with pytest.raises(TimedOut):
        answers.receive(4, time.monotonic() + 0.01)
    other = Writing()
    os.write(other.writes, b"abc")
    os.close(other.writes)
    with pytest.raises(pipes.Closed):
        pipes.Answers(other).receive(4, soon())
    cast("IO[bytes]", other.stdout).close()
