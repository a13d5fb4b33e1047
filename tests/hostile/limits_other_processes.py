"""Takes limits, priority and processors from its parent, and asks for signals in another one's name."""
# expect wasm: unjudged No module named 'fcntl'
# expect: backward-2 error reached []
# expect bubblewrap: backward-2 error

import fcntl
import os
import resource
import signal

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        reached = []
        read, write = os.pipe()
        for other in (os.getppid(), *range(os.getppid() - 3, os.getppid())):
            if other <= 1 or other == os.getpid():
                continue
            for act in (
                lambda: resource.prlimit(other, resource.RLIMIT_CPU, (1, 1)),
                lambda: os.setpriority(os.PRIO_PROCESS, other, 19),
                lambda: os.sched_setaffinity(other, {0}),
                lambda: fcntl.fcntl(read, fcntl.F_SETOWN, other),
                lambda: signal.pidfd_send_signal(os.pidfd_open(other), signal.SIGKILL),
            ):
                try:
                    act()
                    reached.append(other)
                except (OSError, ValueError):
                    pass
        raise RuntimeError(f"reached {reached}")
