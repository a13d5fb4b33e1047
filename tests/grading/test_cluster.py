"""`grade --scheduler`: a real Dask scheduler and two real workers on loopback, which are killed in the middle."""

import contextlib
import csv
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import forks
from tests.support.late import Late

distributed = Late("distributed")
RIGHT = (Path(__file__).parents[2] / "reference" / "network.py").read_bytes()


class Dask:
    """A scheduler on a port of its own, and two workers of one thread."""

    workers: "list[subprocess.Popen[bytes]]"

    def __init__(self, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.address = f"tcp://127.0.0.1:{self._port}"
        self._folder, self._running = folder, list[subprocess.Popen[bytes]]()

    def begin(self) -> None:
        """Start what does not run, the scheduler and two workers, and wait until they work."""
        if not self._running:
            self._start("dask_scheduler", "--host", "127.0.0.1", "--port", str(self._port))
        self.workers = self._running[1:]
        while len(self.workers) < 2:
            self.workers.append(self._start("dask_worker", self.address, "--nthreads", "1", "--no-nanny"))
        with distributed.Client(self.address, timeout=60) as client:
            client.wait_for_workers(2, timeout=60)

    def end(self) -> None:
        """Kill the scheduler and the workers."""
        while self._running:
            self.kill(self._running[-1])

    def kill(self, process: "subprocess.Popen[bytes]") -> None:
        """Kill one of them."""
        process.kill()
        process.wait()
        self._running.remove(process)

    def _start(self, module: str, *arguments: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-W", "ignore", "-m", f"distributed.cli.{module}", "--no-dashboard", *arguments]
        with (self._folder / "log").open("ab") as log:
            environment = {**os.environ, "TMPDIR": str(self._folder)}  # a killed worker removes nothing
            self._running.append(subprocess.Popen(command, stdout=log, stderr=log, cwd=self._folder, env=environment))
        return self._running[-1]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dask]:
    cluster = Dask(tmp_path_factory.mktemp("dask"))
    try:
        yield cluster
    finally:
        cluster.end()


@pytest.fixture
def dask(shared: Dask) -> Dask:
    """The cluster, whole again after whatever a test has killed."""
    shared.begin()
    return shared


NAMES = [f"s{number:02d}" for number in range(12)]


@contextlib.contextmanager
def begun(folder: Path, address: str, *program: str) -> Iterator["subprocess.Popen[bytes]"]:
    """A running batch of twelve, three of which are judged."""
    course, verdicts = folder / "course", folder / "out" / "verdicts"
    course.mkdir()
    for number, name in enumerate(NAMES):
        (course / f"{name}.py").write_bytes(RIGHT + b"\n" * number)
    command = [sys.executable, *(program or ("-m", "nnkata")), "grade", str(course), "--output", str(folder / "out")]
    command += ["--scheduler", address, "--isolation", "process", "--stage", "backward"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        try:
            deadline = time.monotonic() + 60
            while len(list(verdicts.glob("s*.json"))) < 3 and time.monotonic() < deadline:
                time.sleep(0.05)
            yield process
        finally:
            process.kill()


def assert_all_pass(folder: Path) -> None:
    with (folder / "out" / "gradebook.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["submission"] for row in rows] == NAMES
    assert {row["passed"] for row in rows} == {"true"}
    assert sorted(path.stem for path in (folder / "out" / "verdicts").glob("*.json")) == NAMES


def test_a_killed_worker_loses_nothing_and_nothing_is_counted_twice(tmp_path: Path, dask: Dask) -> None:
    with begun(tmp_path, dask.address) as process:
        dask.kill(dask.workers[0])
        said, _ = process.communicate(timeout=200)
    assert process.returncode == 0, said
    assert_all_pass(tmp_path)


#: The command, with less patience than ten seconds for an answer and ten minutes for a scheduler. It talks all the
#: time, so that a message is under way as the scheduler goes.
HASTY = """
import threading, time
import distributed
import nnkata.grading.dask_cluster as cluster
cluster.ANSWER_SECONDS, cluster.AWAY_SECONDS = 1, {away}
class Talking(distributed.Client):
    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        threading.Thread(target=self.talk, daemon=True).start()
    def talk(self):
        while self.status == "running":
            self._send_to_scheduler({{"op": "heartbeat-client"}})
            time.sleep(0.001)
distributed.Client = Talking
from nnkata.cli import main
main()
"""


def test_a_restart_of_the_scheduler_loses_nothing_however_long_it_takes(tmp_path: Path, dask: Dask) -> None:
    with begun(tmp_path, dask.address, "-c", HASTY.format(away=120)) as process:
        dask.end()
        time.sleep(3)  # Dask gives up its own connection after one
        dask.begin()
        said, _ = process.communicate(timeout=200)
    assert process.returncode == 0, said
    assert b"is gone; waiting for it" in said
    assert b"the scheduler is back" in said
    assert b"Traceback" not in said
    assert_all_pass(tmp_path)


def test_a_scheduler_that_does_not_return_is_status_2_and_the_batch_can_continue(tmp_path: Path, dask: Dask) -> None:
    with begun(tmp_path, dask.address, "-c", HASTY.format(away=1)) as process:
        dask.end()
        said, _ = process.communicate(timeout=100)
    assert process.returncode == 2, said
    assert b"has not come back" in said
    assert b"Traceback" not in said
    with (tmp_path / "out" / "gradebook.csv").open() as file:
        assert len(list(csv.DictReader(file))) >= 3


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("tcp://127.0.0.1:9", "no scheduler at tcp://127.0.0.1:9: "),
        ("nonsense:9", "no scheduler at nonsense:9: "),
        ("zzz://127.0.0.1:9", "no scheduler at zzz://127.0.0.1:9: "),
        ("nonsense", "--scheduler 'nonsense' is not an address; one looks like tcp://HOST:PORT"),
        ("", "--scheduler '' is not an address"),
    ],
)
def test_a_scheduler_that_does_not_answer_is_status_2(address: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "a.py").write_bytes(RIGHT)
    command = ["grade", "course", "--output", "out", "--scheduler", address, "--isolation", "process"]
    environment = {**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s"}
    done = forks.run(command, tmp_path, environment)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr[-2000:]
    assert f"\nnnkata: {said}" in done.stderr
    assert "cannot be written" not in done.stderr
