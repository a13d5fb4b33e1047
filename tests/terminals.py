"""How a program at a terminal (pexpect) ends in a test: by itself, or killed and waited for."""

import signal

import pexpect


def output_to_the_end(child: "pexpect.spawn[str]") -> str:
    """The rest of its output, once it has ended by itself; its exit status is known then."""
    child.expect(pexpect.EOF)
    child.wait()
    return child.before or ""


def killed(child: "pexpect.spawn[str]") -> None:
    """End it, whatever it does.

    pexpect 4.9 gives up 0.1 s after the kill (`close(force=True)`), which a busy machine exceeds; this waits for it.
    """
    child.kill(signal.SIGKILL)
    child.wait()
    child.close()
