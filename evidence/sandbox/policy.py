"""The kernel's walls around a child: Landlock (files, programs, signals) and seccomp (system calls).

A child reads its own input and what its libraries need, writes into its own scratch folder, starts the programs that
its task names and no other, reaches no network, and makes no process where its task names no program. Kernels differ:
what this one lacks is found at the start (``lacking``) and said by ``doctor``; the limits of ``confine`` hold always.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import resource
import shutil
import sysconfig
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import landlockpy
from landlockpy import AccessFS, Scope

PR_GET_SECCOMP = 21
CLONE_THREAD = 0x00010000
CLONE_NAMESPACES = 0x7E020080 | 0x00020000
READ = AccessFS.READ_FILE | AccessFS.READ_DIR
WRITE = (
    READ | AccessFS.WRITE_FILE | AccessFS.TRUNCATE | AccessFS.MAKE_REG | AccessFS.MAKE_DIR | AccessFS.REMOVE_FILE
    | AccessFS.REMOVE_DIR | AccessFS.REFER
)  # fmt: skip
# what Python, its libraries, Tesseract, antiword and LibreOffice read while they work
SHARED = (
    "/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/usr/share", "/etc/ld.so.cache", "/etc/localtime",
    "/etc/fonts", "/proc/cpuinfo", "/proc/meminfo", "/proc/self", "/sys/devices/system/cpu", "/dev/urandom",
    "/etc/libreoffice", "/var/lib/libreoffice", "/var/spool/libreoffice", "/var/cache/fontconfig",
)  # fmt: skip
SPARE = 256  # processes and threads that a child may add where seccomp cannot forbid processes
LOADERS = ("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1")  # the kernel opens them to start a program
# calls that no reader needs: the network, other processes, the system itself
REFUSED = (
    "socket", "connect", "bind", "listen", "accept", "accept4", "io_uring_setup", "ptrace", "process_vm_readv",
    "process_vm_writev", "bpf", "userfaultfd", "perf_event_open", "mount", "umount2", "move_mount", "open_tree",
    "fsopen", "fsconfig", "fsmount", "pivot_root", "chroot", "unshare", "setns", "keyctl", "add_key",
    "request_key", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot",
    "swapon", "swapoff", "sethostname", "settimeofday", "clock_settime", "adjtimex", "quotactl", "syslog", "acct",
    "open_by_handle_at", "name_to_handle_at", "pidfd_getfd", "pidfd_open", "process_madvise", "mknod", "mknodat",
    "setuid", "setgid", "setresuid", "setresgid",
)  # fmt: skip
PROCESSES = ("fork", "vfork", "execve", "execveat")


@dataclass(frozen=True, slots=True)
class Permissions:
    """What a task may touch besides its libraries: what it reads, the folders it writes in, the programs it starts."""

    reads: tuple[Path, ...] = ()
    writes: tuple[Path, ...] = ()
    programs: tuple[str, ...] = ()


NO_PERMISSIONS = Permissions()


@cache
def lacking() -> tuple[str, ...]:
    """Which of ``landlock`` and ``seccomp`` this machine cannot do; called once, in the parent."""
    walls = []
    if landlockpy.abi_version() < 1:
        walls.append("landlock")
    if _seccomp() is None or ctypes.CDLL(None).prctl(PR_GET_SECCOMP, 0, 0, 0, 0) < 0:
        walls.append("seccomp")
    return tuple(walls)


def prepare() -> None:
    """Finds in the warm parent what every child needs, so that a fork costs no search."""
    lacking()
    _libraries()
    for programs in (False, True):
        _filter(programs)
    if "seccomp" in lacking():
        _crowd()


def shut(leave: Permissions) -> None:
    """Raises the walls around this process, for good. OSError where the kernel has them and they do not rise."""
    if "landlock" not in lacking():
        _fence(leave)
    if "seccomp" not in lacking():
        found = _filter(bool(leave.programs))
        assert found is not None
        found.load()
    else:
        hard = resource.getrlimit(resource.RLIMIT_NPROC)[1]
        most = _crowd() + SPARE if hard == resource.RLIM_INFINITY else min(hard, _crowd() + SPARE)
        resource.setrlimit(resource.RLIMIT_NPROC, (most, most))


def bolt() -> None:
    """Gives up the right to make processes and start programs, in a task that had it."""
    if "seccomp" not in lacking():
        found = _filter(False)
        assert found is not None
        found.load()


@cache
def _crowd() -> int:
    """How many processes and threads this user has. The system counts a limit of them by user, not by child; and a
    limit of none would end OpenBLAS and libheif, which start threads."""
    folders = (one / "task" for one in Path("/proc").glob("[0-9]*"))
    count = 0
    for folder in folders:
        with contextlib.suppress(OSError):
            count += sum(1 for _ in folder.iterdir()) if folder.stat().st_uid == os.geteuid() else 0
    return count


def _fence(leave: Permissions) -> None:
    """Landlock: what is not named here cannot be opened, changed, started or signalled."""
    with landlockpy.Ruleset(scoped=Scope.SIGNAL | Scope.ABSTRACT_UNIX_SOCKET) as rules:
        _allow(rules, (*_libraries(), *leave.reads), READ)
        _allow(rules, leave.writes, WRITE)
        _allow(rules, (Path(os.devnull),), AccessFS.READ_FILE | AccessFS.WRITE_FILE)
        if leave.programs:
            found = (shutil.which(name) for name in leave.programs)
            named = [Path(path).resolve() for path in found if path]
            _allow(rules, (*named, *map(Path, LOADERS)), AccessFS.EXECUTE | AccessFS.READ_FILE)
        rules.restrict()


def _allow(rules: landlockpy.Ruleset, paths: Iterable[Path], access: AccessFS) -> None:
    """A file takes only the rights of files; a path that is not there takes none."""
    for path in paths:
        try:
            rules.allow_path(path, access if path.is_dir() else access & FILES)
        except (FileNotFoundError, NotADirectoryError, PermissionError):
            continue


FILES = AccessFS.READ_FILE | AccessFS.WRITE_FILE | AccessFS.EXECUTE | AccessFS.TRUNCATE


@cache
def _libraries() -> tuple[Path, ...]:
    """Where code and data of Python, of our own and of the libraries lie."""
    homes = (sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib"))
    own = Path(__file__).resolve().parents[1]
    data = [Path(folder) for folder in (os.environ.get("TESSDATA_PREFIX"),) if folder]
    return tuple(dict.fromkeys((own, *(Path(home) for home in homes if home), *map(Path, SHARED), *data)))


@cache
def _seccomp() -> Any | None:
    """The binding of libseccomp; ``None`` where the library is not installed."""
    try:
        import pyseccomp
    except (ImportError, RuntimeError, OSError):
        return None
    return pyseccomp


@cache
def _filter(programs: bool) -> Any | None:
    """The filter, ready to be loaded in a child. glibc falls back from ``clone3`` to ``clone``, whose flags we see."""
    lib = _seccomp()
    if lib is None:
        return None
    made = lib.SyscallFilter(lib.ALLOW)
    refuse = lib.ERRNO(errno.EPERM)
    for name in (*REFUSED, *(() if programs else PROCESSES)):
        _rule(made, refuse, name)
    _rule(made, lib.ERRNO(errno.ENOSYS), "clone3")
    if programs:
        for bit in (1 << at for at in range(32) if CLONE_NAMESPACES >> at & 1):
            made.add_rule(refuse, "clone", lib.Arg(0, lib.MASKED_EQ, bit, bit))
    else:
        made.add_rule(refuse, "clone", lib.Arg(0, lib.MASKED_EQ, CLONE_THREAD, 0))
    return made


def _rule(made: Any, action: int, name: str) -> None:
    """A call that this architecture or libseccomp does not know needs no rule."""
    try:
        made.add_rule(action, name)
    except (OSError, ValueError):
        return
