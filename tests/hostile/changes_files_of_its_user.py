"""Sets modes, times, attributes, owners and lengths of files that it can name, to what they are, so it harms nothing."""
# expect: backward-2 error changed []
# expect wasm: backward-2 error changed ['/submission/
# expect bubblewrap: backward-2 error changed ['/tmp',

import os

import numpy as np

from wrong import Wrong, preprocess  # noqa: F401

PLACES = (__file__, np.__file__, os.__file__, "/", "/root", "/home", "/tmp", "/etc/passwd")
PLACES += tuple(os.path.join(os.path.dirname(__file__), up) for up in ("..", "../..", "../../.."))


class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        changed = []
        for path in PLACES:
            try:
                now = os.stat(path)
            except OSError:
                continue
            for change in (
                lambda: os.chmod(path, now.st_mode & 0o7777),
                lambda: os.utime(path, ns=(now.st_atime_ns, now.st_mtime_ns)),
                lambda: os.setxattr(path, "user.nnkata", b"1"),
                lambda: os.chown(path, now.st_uid, -1),
                lambda: os.truncate(path, now.st_size),
            ):
                try:
                    change()
                    changed.append(path)
                except (OSError, AttributeError):
                    pass
        raise RuntimeError(f"changed {changed}")
