"""The system calls outside Landlock's control that reach beyond a submission without a namespace.

An ordinary user's worker runs as that user: everything that the kernel allows among one user's processes and files has
to be refused call by call. Landlock's documentation lists the calls that it does not control (chmod, chown, times,
attributes); the others act on a process, on a socket or on memory by name.
"""

import errno

from nnkata.subject.walls.seccomp import EQUAL, MASKED, NOT_EQUAL, Rule, refused
from nnkata.worker.landlock import OWN

#: Linux's own values, the same on every processor that libseccomp supports.
CLONE_THREAD = 0x00010000
CLONE_NAMESPACES = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
UNIX, DATAGRAM, KIND = 1, 2, 0xF
ACCESS_MODE, TRUNCATE = 0o3, 0o1000
TMPFILE = 0o20000000
SET_OWNER, SET_SIGNAL, SET_OWNER_EX, SET_LEASE, NOTIFY = 8, 10, 15, 1024, 1026
PUSH_INPUT, SIGNAL_ME, OWNER, OWNER_OF_SOCKET = 0x5412, 0x5452, 0x8901, 0x8902
PARENT_DEATH_SIGNAL, DUMPABLE = 1, 4

#: No process but the worker, so that nothing outlives it; threads, which the limit of processes counts.
PROCESSES = (
    *refused("fork", "vfork", error=errno.EAGAIN),
    Rule("clone", errno.EAGAIN, (0, MASKED, CLONE_THREAD, 0)),
    *(Rule("clone", errno.EPERM, (0, MASKED, flag, flag)) for flag in CLONE_NAMESPACES),
    *refused("clone3", error=errno.ENOSYS),  # a filter cannot see its flags; the C library then uses clone
    *refused("setsid", "setpgid", error=0),  # it stays in the session that the kit ends
    Rule("prctl", errno.EPERM, (0, EQUAL, PARENT_DEATH_SIGNAL, 0)),
    Rule("prctl", errno.EPERM, (0, EQUAL, DUMPABLE, 0)),  # the judging process examines its open files
)
#: No limit, priority or place of another process. 0 is the caller.
OTHERS = (
    Rule("prlimit64", errno.EPERM, (0, NOT_EQUAL, 0, 0)),
    Rule("sched_setaffinity", errno.EPERM, (0, NOT_EQUAL, 0, 0)),
    *refused("setpriority", "ioprio_set", "sched_setscheduler", "sched_setparam", "sched_setattr"),
    *refused("pidfd_open", "process_mrelease", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_send_signal"),
    *(Rule("fcntl", errno.EPERM, (1, EQUAL, what, 0)) for what in (SET_OWNER, SET_SIGNAL, SET_OWNER_EX)),
    *(Rule("fcntl", errno.EPERM, (1, EQUAL, what, 0)) for what in (SET_LEASE, NOTIFY)),
    *(Rule("ioctl", errno.EPERM, (1, EQUAL, what, 0)) for what in (PUSH_INPUT, SIGNAL_ME, OWNER, OWNER_OF_SOCKET)),
)
#: No socket: Landlock controls TCP alone. A connected pair leads nowhere, except with datagrams.
SOCKETS = (
    Rule("socket", errno.EACCES, (0, EQUAL, UNIX, 0)),
    Rule("socket", errno.ENETUNREACH, (0, NOT_EQUAL, UNIX, 0)),
    Rule("socketpair", errno.EACCES, (1, MASKED, KIND, DATAGRAM)),
    *refused("connect", "bind", "listen", error=errno.EACCES),
)
#: Nothing that belongs to a user as a whole: memory, semaphores, queues and watches by name.
NAMED = (
    *refused("shmget", "shmat", "shmctl", "semget", "semop", "semtimedop", "semctl"),
    *refused("msgget", "msgsnd", "msgrcv", "msgctl", "mq_open", "mq_unlink", "mq_notify", "mq_timedsend"),
    *refused("inotify_init", "inotify_init1", "inotify_add_watch"),
)
#: Modes, owners, times and attributes of files; space reserved without writing, or without a name.
FILES = (
    *refused("chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "lchown", "fchown", "fchownat"),
    *refused("utime", "utimes", "futimesat", "utimensat", "file_setattr"),
    *refused("setxattr", "lsetxattr", "fsetxattr", "setxattrat"),
    *refused("removexattr", "lremovexattr", "fremovexattr", "removexattrat"),
    *refused("fallocate", error=errno.EOPNOTSUPP),
    *refused("memfd_create", "memfd_secret", error=errno.ENOSYS),
    *refused("openat2", error=errno.ENOSYS),  # a filter cannot see its flags; the C library uses openat
    Rule("open", errno.EOPNOTSUPP, (1, MASKED, TMPFILE, TMPFILE)),
    Rule("openat", errno.EOPNOTSUPP, (2, MASKED, TMPFILE, TMPFILE)),
)
BEYOND_FILES = (*PROCESSES, *OTHERS, *SOCKETS, *NAMED, *FILES)

#: Rights that Landlock itself refuses from ABI 3 on: emptying a readable file.
BEFORE_TRUNCATE = (
    *refused("truncate", "truncate64", error=errno.EACCES),
    Rule("open", errno.EACCES, (1, MASKED, ACCESS_MODE | TRUNCATE, TRUNCATE)),
    Rule("openat", errno.EACCES, (2, MASKED, ACCESS_MODE | TRUNCATE, TRUNCATE)),
)
#: From ABI 6 on: signals to no other process.
BEFORE_SCOPES = (
    Rule("kill", errno.EPERM, (0, NOT_EQUAL, OWN, 0)),
    Rule("tgkill", errno.EPERM, (0, NOT_EQUAL, OWN, 0)),
    *refused("tkill"),
)


def beyond_landlock(version: int) -> tuple[Rule, ...]:
    """The system calls to refuse beside Landlock of this ABI."""
    older = (*(BEFORE_TRUNCATE if version < 3 else ()), *(BEFORE_SCOPES if version < 6 else ()))
    return (*BEYOND_FILES, *older)
