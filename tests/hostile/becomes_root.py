"""Tries to become root: setuid, new namespaces, mounts, ptrace."""
# expect wasm: backward-2 error ctypes is unavailable
# expect: backward-2 error came to [-1, -1, -1, -1, -1]

import ctypes

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        libc = ctypes.CDLL(None, use_errno=True)
        done = [libc.setuid(0), libc.unshare(0x10000000), libc.unshare(0x00020000), libc.ptrace(16, 1, 0, 0)]
        done.append(libc.mount(b"none", b"/tmp", b"tmpfs", 0, None))
        raise RuntimeError(f"came to {done}")
