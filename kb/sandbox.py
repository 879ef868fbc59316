"""What the reading child gives up before it opens a file: network, writing, other processes.

``python -m kb.sandbox MODULE`` puts up the walls and then is that module: before a library
is loaded whose threads would stay outside.

Linux: Landlock (``landlockpy``) takes writing away and lets it signal nobody but its own
children; seccomp (``pyseccomp`` on the system's libseccomp) takes sockets, and the ways into
other processes and the kernel that a reader never needs. Both hold for what the child starts
(Tesseract) and cannot be undone. Elsewhere, and where the kernel or the library has them not,
the child runs without: ``kb check`` says so. Reading stays: the files to read may lie anywhere.
"""

from __future__ import annotations

import errno
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Literal

Wall = Literal["writing", "network"]

_DEVICES = ("/dev/null", "/dev/zero", "/dev/full")
_REFUSED_CALLS = (
    # sockets, and the call that opens them unseen
    *("socket", "socketcall", "connect", "bind", "listen", "accept", "accept4"),
    *("io_uring_setup", "io_uring_enter"),
    # other processes
    *("ptrace", "process_vm_readv", "process_vm_writev", "pidfd_getfd", "pidfd_open", "kcmp"),
    # the kernel and the machine
    *("bpf", "perf_event_open", "userfaultfd", "keyctl", "add_key", "request_key"),
    *("mount", "umount2", "move_mount", "fsopen", "fsmount", "open_tree", "pivot_root", "chroot"),
    *("unshare", "setns", "init_module", "finit_module", "delete_module", "kexec_load"),
    *("kexec_file_load", "reboot", "swapon", "swapoff", "sethostname", "acct", "quotactl"),
    *("settimeofday", "clock_settime", "adjtimex", "open_by_handle_at"),
    # what Landlock does not rule: owners, modes and times of files it may not write
    *("chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat"),
    *("setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr"),
    *("utime", "utimes", "utimensat", "futimesat"),
)


def enter() -> frozenset[Wall]:
    """Put the walls up for this process, for good; the ones that stand are returned.

    To be called before other threads start: they would stay outside.
    """
    if not sys.platform.startswith("linux"):
        return frozenset()
    walls: set[Wall] = set()
    if _no_writing():
        walls.add("writing")
    if _no_network():
        walls.add("network")
    return frozenset(walls)


def walls() -> frozenset[Wall]:
    """The walls that would stand on this machine; this process stays as it is."""
    code = "from kb import sandbox; print(*sandbox.enter())"
    paths = os.pathsep.join([str(Path(__file__).resolve().parents[1]), *filter(None, sys.path)])
    try:
        told = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={**os.environ, "PYTHONPATH": paths},
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    known: tuple[Wall, ...] = ("writing", "network")
    return frozenset(wall for wall in known if wall in told.stdout.split())


def _no_writing() -> bool:
    try:
        from landlockpy import AccessFS, LandlockError, Ruleset, Scope
    except (ImportError, OSError):
        return False
    reading = AccessFS.READ_FILE | AccessFS.READ_DIR | AccessFS.EXECUTE
    writing = AccessFS(~reading & 0xFFFF)
    try:
        with Ruleset(handled_fs=writing, scoped=Scope.SIGNAL | Scope.ABSTRACT_UNIX_SOCKET) as rules:
            for device in _DEVICES:
                if os.path.exists(device):
                    rules.allow_path(device, AccessFS.WRITE_FILE | AccessFS.TRUNCATE)
            rules.restrict()
    except (LandlockError, OSError, RuntimeError):
        return False
    return True


def _no_network() -> bool:
    try:
        import pyseccomp
    except (ImportError, OSError, RuntimeError):  # RuntimeError: no libseccomp
        return False
    try:
        rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
        for name in _REFUSED_CALLS:
            try:
                rules.add_rule(pyseccomp.ERRNO(errno.EPERM), name)
            except (OSError, ValueError):  # a call this libseccomp or machine does not know
                continue
        rules.load()
    except (OSError, ValueError):
        return False
    return True


if __name__ == "__main__":
    enter()
    runpy.run_module(sys.argv[1], run_name="__main__", alter_sys=True)
