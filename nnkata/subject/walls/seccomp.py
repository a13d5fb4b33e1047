"""The system calls forbidden in the sandbox, compiled for the kernel by libseccomp.

libseccomp knows the numbers of calls on each processor; systemd, Docker and apt use it. This module calls it through
ctypes, as its two Python bindings are no longer released or not on PyPI.
"""

import ctypes
import errno
import functools
import os
from dataclasses import dataclass

from nnkata.language import _

INSTALL = "apt-get install libseccomp2 (Debian, Ubuntu), dnf install libseccomp (Fedora)"
#: Calls that NumPy never needs and kernel exploits often do: other processes' memory, tracing, keys, programs in the
#: kernel, mounts and namespaces, modules, clocks, swap. Docker's and Flatpak's defaults refuse the same.
REFUSED = (
    *("ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd", "process_madvise"),
    *("add_key", "request_key", "keyctl"),
    *("bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register"),
    *("mount", "umount2", "pivot_root", "chroot", "fsopen", "fsconfig", "fsmount", "fspick", "move_mount", "open_tree"),
    *("mount_setattr", "unshare", "setns", "name_to_handle_at", "open_by_handle_at", "quotactl", "quotactl_fd"),
    *("init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "syslog", "acct"),
    *(
        "swapon",
        "swapoff",
        "settimeofday",
        "clock_settime",
        "clock_adjtime",
        "adjtimex",
        "sethostname",
        "setdomainname",
    ),
    *("personality", "modify_ldt", "iopl", "ioperm", "uselib", "vhangup", "mbind", "move_pages", "migrate_pages"),
    *("set_mempolicy", "fanotify_init", "lookup_dcookie", "vm86", "vm86old", "nfsservctl"),
)
ALLOW, REFUSE = 0x7FFF0000, 0x00050000
UNKNOWN = -1  # unknown to this kernel's headers or processor
NOT_EQUAL, EQUAL, MASKED = 1, 4, 7  # libseccomp's comparisons


class Compared(ctypes.Structure):
    """libseccomp's `struct scmp_arg_cmp`: an argument's number, the comparison, and its one or two values.

    MASKED: the argument's bits under the first value equal those of the second.
    """

    _fields_ = (("argument", ctypes.c_uint), ("how", ctypes.c_int), ("one", ctypes.c_uint64), ("two", ctypes.c_uint64))


@dataclass(frozen=True)
class Rule:
    """A call and the error that it gets; 0 pretends success.

    With `when`, only if an argument compares like this.
    """

    name: str
    error: int = errno.EPERM
    when: tuple[int, int, int, int] | None = None


def refused(*names: str, error: int = errno.EPERM) -> tuple[Rule, ...]:
    """Rules that refuse calls with any arguments."""
    return tuple(Rule(name, error) for name in names)


@functools.cache
def program(more: tuple[Rule, ...] = ()) -> bytes:
    """The filter for the kernel, 8 bytes per instruction. A call by another processor's numbers kills the process.

    It contains REFUSED and `more`.

    Raises:
        OSError: there is no libseccomp, or it cannot compile the filter; the text states which.
    """
    try:
        library = ctypes.CDLL("libseccomp.so.2")
    except OSError:
        raise OSError(_("libseccomp is not installed: {package}").format(package=INSTALL)) from None
    library.seccomp_init.restype = ctypes.c_void_p
    library.seccomp_init.argtypes = [ctypes.c_uint32]
    library.seccomp_rule_add_array.argtypes = [
        ctypes.c_void_p, ctypes.c_uint32, ctypes.c_int, ctypes.c_uint, ctypes.c_void_p
    ]  # fmt: skip
    library.seccomp_syscall_resolve_name.argtypes = [ctypes.c_char_p]
    library.seccomp_export_bpf.argtypes = [ctypes.c_void_p, ctypes.c_int]
    library.seccomp_release.argtypes = [ctypes.c_void_p]
    library.seccomp_release.restype = None
    context = library.seccomp_init(ALLOW)
    read, write = os.pipe()
    try:
        for rule in (*refused(*REFUSED), *more):
            number = library.seccomp_syscall_resolve_name(rule.name.encode())
            action = REFUSE | rule.error, number, 1 if rule.when else 0
            compared = ctypes.byref(Compared(*rule.when)) if rule.when else None
            if number != UNKNOWN and (status := library.seccomp_rule_add_array(context, *action, compared)):
                text = _("libseccomp cannot refuse {name}: {strerror}")
                raise OSError(-status, text.format(name=rule.name, strerror=os.strerror(-status)))
        if status := library.seccomp_export_bpf(context, write):
            text = _("libseccomp cannot compile its filter: {strerror}")
            raise OSError(-status, text.format(strerror=os.strerror(-status)))
        return os.read(read, 1 << 16)
    finally:
        library.seccomp_release(context)
        os.close(read)
        os.close(write)
