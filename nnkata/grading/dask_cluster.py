"""Hands tasks to a Dask cluster, and again when its scheduler is back after a restart."""

import logging
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Any

import msgspec

from nnkata.errors import NotJudged, UsageError
from nnkata.grading.schedule import Again, Submit
from nnkata.grading.task import Task, judge_task
from nnkata.language import _

#: Seconds to wait for the answer of a scheduler: Dask's own default is 30, for networks slower than ours.
ANSWER_SECONDS = 10
#: Seconds that a scheduler may be gone: a restarted service is back in a minute or two, a rebooted machine in ten.
AWAY_SECONDS = 600.0
#: Seconds between two looks at a connection that Dask renews itself.
LOOK_SECONDS = 0.1
#: Dask's loggers of a connection. They report each lost one, as we do, and a message under way with its traceback.
LOGGERS = ("distributed", "distributed.client", "tornado.application")


class Gone(NotJudged):
    """The scheduler is not there, or has not come back."""


class _Cluster:
    """A connection to a scheduler, made anew after it was lost."""

    def __init__(self, address: str, say: Callable[[str], None]) -> None:
        self._address, self._say = address, say
        self._client = self._connect()

    def _connect(self) -> Any:
        from distributed import Client  # an extra: pip install 'nnkata[cluster]'

        for name in LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        return Client(self._address, timeout=ANSWER_SECONDS)  # type: ignore[no-untyped-call]  # it has no types

    def submit(self, task: Task) -> "Future[bytes]":
        """Hand a task out; its future raises `Again` where the connection was lost.

        Raises:
            Gone: the scheduler has been away for too long.
        """
        local: Future[bytes] = Future()
        client = self._connected()

        def settle(finished: Any) -> None:
            try:
                local.set_result(finished.result())
            except BaseException as error:
                lost = finished.status in ("cancelled", "lost") or client.status != "running"
                local.set_exception(Again() if lost else error)

        try:
            remote = client.submit(judge_task, msgspec.msgpack.encode(task), pure=False, retries=0)
        except Exception:
            if client.status == "running":
                raise
            local.set_exception(Again())  # the connection was lost since it was looked at
        else:
            remote.add_done_callback(settle)
        return local

    def jobs(self) -> int:
        """The number of tasks that are judged at a time."""
        threads: dict[str, int] = self._client.nthreads()
        return max(1, sum(threads.values()))

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close()

    def _connected(self) -> Any:
        """The client, once its scheduler is there."""
        if self._client.status == "running":
            return self._client
        where: dict[str, Any] = {"address": self._address, "minutes": round(AWAY_SECONDS / 60)}
        self._say(_("the scheduler {address} is gone; waiting for it, {minutes} min at most").format(**where))
        deadline = time.monotonic() + AWAY_SECONDS
        while self._client.status != "running":
            if time.monotonic() > deadline:
                text = _(
                    "the scheduler {address} has not come back within {minutes} min. What was judged is kept: the same "
                    "command goes on from there"
                )
                raise Gone(text.format(**where))
            if self._client.status == "closed":
                try:
                    self._client = self._connect()
                except OSError:
                    continue
            time.sleep(LOOK_SECONDS)
        self._say(_("the scheduler is back"))
        return self._client


@contextmanager
def cluster(address: str, say: Callable[[str], None]) -> Iterator[tuple[Submit, int]]:
    """A Dask cluster, and the number of tasks that it can judge at a time; `say` gets the message of a lost scheduler.

    Raises:
        ImportError: the extra `cluster` is not installed.
        Gone: the address does not answer.
        UsageError: it is no address.
    """
    if not re.search(r".:\d+$", address):  # Dask needs a port
        raise UsageError(
            _("--scheduler {address!r} is not an address; one looks like tcp://HOST:PORT").format(address=address)
        )
    try:
        found = _Cluster(address, say)
    except (OSError, ValueError) as error:
        raise Gone(
            _("no scheduler at {address}: {why}; start one: dask scheduler").format(address=address, why=error)
        ) from None
    try:
        yield found.submit, found.jobs()
    finally:
        found.close()
