"""The limits of a submission behind each wall, met from inside: started by root, and by a user."""

import contextlib
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from nnkata.subject.walls.limits import Limits, limits_of
from tests.support.walled import BODY, Actor, actor

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="needs bubblewrap: apt-get install bubblewrap")


def test_processes_are_limited(act: Actor) -> None:
    lines = (
        "born = 0\n"
        "for _ in range(60):\n"
        "    try:\n        child = os.fork()\n    except OSError: break\n"
        "    if child == 0:\n        time.sleep(30)\n        os._exit(0)\n"
        "    born += 1\n"
        "return born"
    )
    born = range(5, 12) if act.wall == "bubblewrap" else [0]  # Landlock's worker makes none
    assert act(lines, processes=12)["value"] in born


def test_threads_are_limited(act: Actor) -> None:
    lines = (
        "born = 0\n"
        "for _ in range(60):\n"
        "    try:\n        threading.Thread(target=time.sleep, args=(30,), daemon=True).start()\n"
        "    except RuntimeError: break\n"
        "    born += 1\n"
        "return born"
    )
    born = act(lines, processes=12)["value"]
    # Behind Landlock the kernel counts all threads of an ordinary user, and the limit adds 12 to those at the worker's
    # start: each process that has ended since, such as the previous worker, leaves room for a thread.
    assert born in range(5, 24 if act.ordinary and act.wall == "landlock" else 12)


def test_memory_is_limited(act: Actor) -> None:
    used = "import time\nkept = b'x' * (400 << 20)\ntime.sleep(0.2)\nreturn len(kept)"
    assert "it used more than the 200 MiB of memory that it may (memory_mb)" in act(used, memory_mb=200)["error"]
    assert act(used, memory_mb=800)["value"] == 400 << 20


def test_memory_that_is_reserved_and_not_used_does_not_count_but_for_very_much(act: Actor) -> None:
    lines = "import mmap\nreturn len(mmap.mmap(-1, {size} << 20))"
    assert act(lines.format(size=6000), memory_mb=512)["value"] == 6000 << 20
    assert "error" in act(lines.format(size=9000), memory_mb=512)


def test_processor_time_is_limited(act: Actor) -> None:
    assert "over a limit: cpu_seconds = 1" in act("while True: pass", cpu_seconds=1, call_seconds=60.0)["error"]


def test_the_size_of_a_file_is_limited_and_that_of_all_files(act: Actor) -> None:
    why = "except OSError as error:\n    return error.strerror"
    one = "try:\n    open('x', 'wb').write(bytes(8 << 20))\n    return 'written'\n" + why
    assert act(one, disk_mb=4)["value"] == "File too large"
    assert act(one, disk_mb=16)["value"] == "written"
    many = "try:\n    for i in range(8):\n        open(f'{i}', 'wb').write(bytes(3 << 20))\n    time.sleep(5)\n"
    done = act(many + why, disk_mb=4)
    if act.wall == "bubblewrap":
        assert done["value"] == "No space left on device"
    else:
        assert done["error"] == "Died: it wrote more than the 4 MiB that it may"


def test_open_files_are_limited(act: Actor) -> None:
    lines = "kept = []\ntry:\n    while True: kept.append(os.open('/dev/null', 0))\nexcept OSError: return len(kept)"
    assert act(lines, open_files=40)["value"] in range(20, 40)


def test_a_call_that_takes_too_long_is_ended_by_the_judging_process_and_its_line_known(wall: str) -> None:
    with actor(wall, ordinary=wall == "bubblewrap") as act:
        # the import has the same limit, even on a busy machine
        answer = act("time.sleep(60)", call_seconds=4.0)
        assert answer["error"] == "TimedOut: no answer within 4 s"
        file, line = answer["stack"][0]
        assert (Path(file).name, line) == ("network.py", BODY.count("\n") + 1)
        assert act("return 1", call_seconds=4.0) == {"value": 1}
        assert "of this submission" in act("time.sleep(60)", submission_seconds=5.0)["error"]


def test_a_daemon_ends_with_its_worker(act: Actor) -> None:
    name = f"nnkata-daemon-{os.getpid()}"[-15:]
    lines = (
        "try:\n    child = os.fork()\nexcept OSError: return 'no process'\n"
        "if child == 0:\n    os.setsid()\n    if os.fork() == 0:\n"
        f"        ctypes.CDLL(None).prctl(15, b'{name}')\n        time.sleep(60)\n    os._exit(0)\n"
        "time.sleep(0.3)\n"
        "return [open(f'/proc/{p}/comm').read().strip() for p in os.listdir('/proc') if p.isdigit()]"
    )
    came = act(lines)["value"]
    assert name in came if act.wall == "bubblewrap" else came == "no process"
    deadline = time.monotonic() + 30  # the kernel is removing a process that has closed its files
    while name in processes() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert name not in processes()


def processes() -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*/comm"):
        with contextlib.suppress(OSError):
            found.append(process.read_text().strip())
    return found


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"cpu_seconds": 0}, "cpu_seconds .* from 1"),
        ({"call_seconds": "10"}, "call_seconds .* above 0"),
        ({"calls": 1}, "its keys are memory_mb"),
        ([1], "has to be a table"),
    ],
)
def test_invalid_limits_are_refused_with_the_allowed_ones(table: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        limits_of(table)
    assert limits_of({"cpu_seconds": 5}) == Limits(cpu_seconds=5)
