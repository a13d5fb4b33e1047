"""`grade --scheduler`: a real Dask scheduler and two real workers on loopback, one of which is killed in the middle."""

import csv
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client

RIGHT = (Path(__file__).parents[1] / "reference" / "network.py").read_bytes()


@pytest.fixture
def dask(tmp_path: Path) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    place = tmp_path / "scheduler.json"
    log = (tmp_path / "log").open("wb")

    def start(module: str, *arguments: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-W", "ignore", "-m", f"distributed.cli.{module}", "--no-dashboard", *arguments]
        return subprocess.Popen(command, stdout=log, stderr=log, cwd=tmp_path)

    scheduler = start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(place))
    workers = [start("dask_worker", "--scheduler-file", str(place), "--nthreads", "1", "--no-nanny") for _ in range(2)]
    try:
        deadline = time.monotonic() + 60
        while not place.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        with Client(scheduler_file=str(place), timeout=60) as client:  # type: ignore[no-untyped-call]  # it has no types
            client.wait_for_workers(2, timeout=60)
            address = client.scheduler.address
        yield address, workers
    finally:
        for process in (*workers, scheduler):
            process.kill()
            process.wait()
        log.close()


def test_a_killed_worker_loses_nothing_and_nothing_is_counted_twice(
    tmp_path: Path, dask: tuple[str, list["subprocess.Popen[bytes]"]]
) -> None:
    address, workers = dask
    course, output = tmp_path / "course", tmp_path / "out"
    course.mkdir()
    names = [f"s{number:02d}" for number in range(12)]
    for number, name in enumerate(names):
        (course / f"{name}.py").write_bytes(RIGHT + b"\n" * number)
    command = [sys.executable, "-m", "nnkata", "grade", str(course), "--output", str(output), "--scheduler", address]
    command += ["--isolation", "process", "--stage", "backward"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    deadline = time.monotonic() + 60
    while len(list((output / "verdicts").glob("s*.json"))) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    workers[0].kill()
    said, _ = process.communicate(timeout=200)
    assert process.returncode == 0, said
    with (output / "gradebook.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["submission"] for row in rows] == names
    assert {row["passed"] for row in rows} == {"true"}
    assert sorted(path.stem for path in (output / "verdicts").glob("*.json")) == names


def test_a_scheduler_that_does_not_answer_is_status_2(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(RIGHT)
    command = [sys.executable, "-m", "nnkata", "grade", str(tmp_path), "--output", str(tmp_path / "out")]
    command += ["--scheduler", "tcp://127.0.0.1:9", "--isolation", "process"]
    environment = {**os.environ, "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False, env=environment)
    assert (done.returncode, "Traceback" in done.stderr) == (2, False), done.stderr[-2000:]
