"""Puts /etc/passwd and /etc/shadow into its error message."""
# expect landlock: backward-2 error Permission denied Permission denied Permission denied
# expect: backward-2 error No such file or directory No such file or directory No such file

from wrong import Wrong, preprocess  # noqa: F401

class DeepNeuralNetwork(Wrong):
    def backward_pass(self, y_train, output):
        found = []
        for name in ("/etc/passwd", "/etc/shadow", "/etc/hosts", "/etc/ssh/ssh_host_rsa_key", "/var/log/dpkg.log"):
            try:
                found.append(open(name).read()[:500])
            except OSError as error:
                found.append(error.strerror)
        raise RuntimeError(" ".join(found))
