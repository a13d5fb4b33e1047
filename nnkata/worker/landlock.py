"""Landlock: Linux leaves this process only the allowed files, and neither TCP nor other processes.

Three system calls without privileges or namespaces, from Linux 5.13 on; the kernel's userspace-api/landlock.rst
describes each version (ABI). If a process has entered several rulesets, each has to allow an action.
"""

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

#: The system calls; the numbers are the same on every processor but Alpha.
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
VERSION_WANTED = 1  # a flag of CREATE_RULESET: return the ABI
BENEATH_PATH = 1
NO_NEW_PRIVS = 38
O_PATH = 0o10000000
#: Rights to files, `LANDLOCK_ACCESS_FS_*`.
EXECUTE, WRITE_FILE, READ_FILE, READ_DIR, REMOVE_DIR, REMOVE_FILE = (1 << bit for bit in range(6))
MAKE_DIR, MAKE_REG, REFER, TRUNCATE, IOCTL_DEV = 1 << 7, 1 << 8, 1 << 13, 1 << 14, 1 << 15
#: The rights that a ruleset can give for a file; the others concern folders.
OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
READ = READ_FILE | READ_DIR
WRITE = READ | WRITE_FILE | REMOVE_DIR | REMOVE_FILE | MAKE_DIR | MAKE_REG | REFER | TRUNCATE
#: By ABI: the number of rights to files; the first with TCP; the first with signals and abstract sockets.
FILES = {1: 13, 2: 14, 3: 15, 5: 16}
TCP, SCOPES = 4, 6
BOTH = 3  # bind and connect; abstract sockets and signals
#: The placeholder of the process's own number in a filter compiled before the process exists.
OWN = 0x4B6E6E4E
#: Capabilities; either lets root's worker read files of root, within Landlock's rules.
READ_SEARCH, OVERRIDE = 2, 1
CAPABILITIES_VERSION = 0x20080522  # two words of each set
KEEP_CAPABILITIES = 8


class _Attributes(ctypes.Structure):
    """`struct landlock_ruleset_attr`; fields unknown to an older kernel have to be 0."""

    _fields_ = (("files", ctypes.c_uint64), ("tcp", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    """`struct landlock_path_beneath_attr`."""

    _pack_ = 1
    _fields_ = (("rights", ctypes.c_uint64), ("parent", ctypes.c_int32))


def abi() -> int:
    """The version of this kernel's Landlock, from 1.

    Raises:
        OSError: it has none (ENOSYS), or it is switched off (EOPNOTSUPP).
    """
    return _call(CREATE_RULESET, None, 0, VERSION_WANTED)


def handled(version: int) -> int:
    """All rights to files that this ABI can refuse."""
    return (1 << max(count for since, count in FILES.items() if since <= version)) - 1


def ruleset(version: int) -> int:
    """The descriptor of a new ruleset that refuses everything that this ABI can refuse.

    Raises:
        OSError: the kernel refuses.
    """
    tcp, scopes = BOTH if version >= TCP else 0, BOTH if version >= SCOPES else 0
    asked = _Attributes(handled(version), tcp, scopes)
    return _call(CREATE_RULESET, ctypes.byref(asked), ctypes.sizeof(asked), 0)


def allow(descriptor: int, version: int, rights: int, paths: Iterable[str | Path]) -> None:
    """Add rights to these files and to everything in these folders; skip missing ones.

    Raises:
        OSError: one of them cannot be opened.
    """
    rule = _Beneath()
    for path in paths:
        try:
            rule.parent = os.open(path, O_PATH | os.O_CLOEXEC)
        except FileNotFoundError:
            continue
        rule.rights = rights & handled(version)
        try:
            _call(ADD_RULE, descriptor, BENEATH_PATH, ctypes.byref(rule), 0)
        except OSError:  # EINVAL: it is a file, which has fewer rights
            rule.rights &= OF_A_FILE
            _call(ADD_RULE, descriptor, BENEATH_PATH, ctypes.byref(rule), 0)
        finally:
            os.close(rule.parent)


def enter(descriptor: int) -> None:
    """Let the kernel apply the ruleset to this process and its children from here on; close the descriptor.

    Raises:
        OSError: it does not; then nothing may run here.
    """
    if ctypes.CDLL(None, use_errno=True).prctl(NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "the kernel does not give up privileges")
    _call(RESTRICT_SELF, descriptor, 0)
    os.close(descriptor)


def become(user: int, capability: int) -> None:
    """Turn root into a user that owns nothing, with this capability, or none if it is negative.

    Raises:
        OSError: the kernel refuses.
    """
    _LIBC.prctl(KEEP_CAPABILITIES, int(capability >= 0), 0, 0, 0)
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    if capability >= 0:
        header = struct.pack("=Ii", CAPABILITIES_VERSION, 0)
        low = 1 << capability  # effective, permitted, inheritable; then the same for the upper words
        if _LIBC.capset(header, struct.pack("=6I", low, low, 0, 0, 0, 0)):
            raise OSError(ctypes.get_errno(), "the kernel does not take capabilities away")


def with_own_number(program: bytes) -> bytes:
    """A filter of system calls with this process's number in place of OWN."""
    return program.replace(struct.pack("=I", OWN), struct.pack("=I", os.getpid()))


def _call(number: int, *arguments: object) -> int:
    """Make a system call.

    Raises:
        OSError: it failed.
    """
    result = int(_LIBC.syscall(number, *arguments))
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result


_LIBC = ctypes.CDLL(None, use_errno=True)
