"""Take the network from this process and from all that it starts: a filter in the kernel (seccomp) lets local sockets alone be made.

Needs no privilege and works inside a container and under the packaged systemd unit, where a network namespace of one's own is forbidden.
LIMITS: Linux on x86-64 and ARM64; local sockets (AF_UNIX) and files stay within reach.
"""

import ctypes
import errno
import os
import struct

ARCHES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Machine -> its name in the kernel (AUDIT_ARCH_*), the number of socket(2)."""
X32 = 0x40000000
"""Calls from here on belong to another way of calling, with numbers of its own."""
IO_URING = 425
"""io_uring_setup(2) makes sockets without socket(2)."""
LOCAL = 1
"""AF_UNIX."""
NUMBER, ARCH, FIRST = 0, 4, 16
"""Where the call's number, its architecture and the low half of its first argument stand (struct seccomp_data)."""
LOAD, EQUAL, AT_LEAST, ANSWER = 0x20, 0x15, 0x35, 0x06
"""BPF: load a word, jump if equal, jump if greater or equal, return."""
ALLOW, REFUSE = 0x7FFF0000, 0x00050000 | errno.EACCES
NO_NEW_PRIVS, SET_SECCOMP, FILTER = 38, 22, 2
"""prctl(2)."""


class _Program(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def cut_off() -> None:
    """From now on no socket but a local one can be made. Raises OSError where the kernel will not have it."""
    machine = os.uname().machine
    if machine not in ARCHES:
        raise OSError(errno.ENOSYS, machine)
    lines = _filter(*ARCHES[machine])
    program = _Program(len(lines), b"".join(struct.pack("=HBBI", *line) for line in lines))
    libc = ctypes.CDLL(None, use_errno=True)
    for words in ((NO_NEW_PRIVS, 1, 0, 0, 0), (SET_SECCOMP, FILTER, ctypes.byref(program))):
        if libc.prctl(*words) != 0:
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _filter(arch: int, socket: int) -> tuple[tuple[int, int, int, int], ...]:
    """One line an instruction: (code, lines to skip if true, if false, operand)."""
    return (
        (LOAD, 0, 0, ARCH),
        (EQUAL, 0, 7, arch),  # -> refuse
        (LOAD, 0, 0, NUMBER),
        (AT_LEAST, 5, 0, X32),  # -> refuse
        (EQUAL, 4, 0, IO_URING),  # -> refuse
        (EQUAL, 0, 2, socket),  # -> allow
        (LOAD, 0, 0, FIRST),
        (EQUAL, 0, 1, LOCAL),  # -> allow | refuse
        (ANSWER, 0, 0, ALLOW),
        (ANSWER, 0, 0, REFUSE),
    )
