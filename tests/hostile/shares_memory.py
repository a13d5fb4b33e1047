"""Takes shared memory, semaphores and queues that outlive it."""
# expect wasm: backward-2 error ctypes is unavailable
# expect: backward-2 error kept []
# expect bubblewrap: backward-2 error kept

import ctypes

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        libc = ctypes.CDLL(None, use_errno=True)
        kept = [libc.shmget(4242, 1 << 20, 0o1666), libc.semget(4242, 1, 0o1666), libc.msgget(4242, 0o1666)]
        kept.append(libc.mq_open(b"/nnkata-was-here", 0o102, 0o666, None) if hasattr(libc, "mq_open") else -1)
        raise RuntimeError(f"kept {[k for k in kept if k >= 0]}")
