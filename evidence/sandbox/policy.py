"""The kernel's policy for a child: Landlock (files, programs, signals) and seccomp (system calls).

A child reads its own input and what its libraries need, writes into its own scratch folder, starts the programs that
its task names and no other, reaches no network, and makes no process where its task names no program. Kernels differ:
what this one lacks is found at the start (``missing_mechanisms``); the limits of ``process.confine`` hold always.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import resource
import shutil
import sys
import sysconfig
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

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
SHARED_PATHS = (
    "/usr/lib", "/usr/lib64", "/usr/local/lib", "/lib", "/lib64", "/usr/share", "/etc/ld.so.cache", "/etc/localtime",
    "/etc/fonts", "/proc/cpuinfo", "/proc/meminfo", "/proc/self", "/sys/devices/system/cpu", "/dev/urandom",
    "/etc/libreoffice", "/var/lib/libreoffice", "/var/spool/libreoffice", "/var/cache/fontconfig",
)  # fmt: skip
SPARE_PROCESSES = 256  # processes and threads that a child may add where seccomp cannot forbid processes
LOADERS = ("/lib64/ld-linux-x86-64.so.2", "/lib/ld-linux-aarch64.so.1")  # the kernel opens them to start a program
# calls that no reader needs: the network, other processes, the system itself
REFUSED_CALLS = (
    "socket", "connect", "bind", "listen", "accept", "accept4", "io_uring_setup", "ptrace", "process_vm_readv",
    "process_vm_writev", "bpf", "userfaultfd", "perf_event_open", "mount", "umount2", "move_mount", "open_tree",
    "fsopen", "fsconfig", "fsmount", "pivot_root", "chroot", "unshare", "setns", "keyctl", "add_key",
    "request_key", "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot",
    "swapon", "swapoff", "sethostname", "settimeofday", "clock_settime", "adjtimex", "quotactl", "syslog", "acct",
    "open_by_handle_at", "name_to_handle_at", "pidfd_getfd", "pidfd_open", "process_madvise", "mknod", "mknodat",
    "setuid", "setgid", "setresuid", "setresgid",
)  # fmt: skip
PROCESS_CALLS = ("fork", "vfork", "execve", "execveat")


@dataclass(frozen=True, slots=True)
class Permissions:
    """What a task may touch besides its libraries: what it reads, the folders it writes in, the programs it starts."""

    reads: tuple[Path, ...] = ()
    writes: tuple[Path, ...] = ()
    programs: tuple[str, ...] = ()


NO_PERMISSIONS = Permissions()


@cache
def missing_mechanisms() -> tuple[str, ...]:
    """Which of ``landlock`` and ``seccomp`` this machine cannot do; called once, in the parent."""
    missing = []
    if landlockpy.abi_version() < 1:
        missing.append("landlock")
    if _seccomp() is None or ctypes.CDLL(None).prctl(PR_GET_SECCOMP, 0, 0, 0, 0) < 0:
        missing.append("seccomp")
    return tuple(missing)


def prepare_filters() -> None:
    """Finds in the warm parent what every child needs, so that a fork costs no search."""
    missing_mechanisms()
    _library_paths()
    for programs in (False, True):
        _build_filter(programs)
    if "seccomp" in missing_mechanisms():
        _count_user_processes()


def enforce(permissions: Permissions) -> None:
    """Puts this process under the policy, for good. OSError where the kernel knows it and refuses it."""
    if "landlock" not in missing_mechanisms():
        _restrict_files(permissions)
    if "seccomp" not in missing_mechanisms():
        _load_filter(bool(permissions.programs))
    else:
        hard = resource.getrlimit(resource.RLIMIT_NPROC)[1]
        most = _count_user_processes() + SPARE_PROCESSES
        most = most if hard == resource.RLIM_INFINITY else min(hard, most)
        resource.setrlimit(resource.RLIMIT_NPROC, (most, most))


def forbid_processes() -> None:
    """Gives up the right to make processes and start programs, in a task that had it."""
    if "seccomp" not in missing_mechanisms():
        _load_filter(False)


def _load_filter(programs: bool) -> None:
    filters = _build_filter(programs)
    assert filters is not None, "seccomp was there when the pool began"
    filters.load()


@cache
def _count_user_processes() -> int:
    """How many processes and threads this user has. The system counts a limit of them by user, not by child; and a
    limit of none would end OpenBLAS and libheif, which start threads."""
    folders = (process / "task" for process in Path("/proc").glob("[0-9]*"))
    count = 0
    for folder in folders:
        with contextlib.suppress(OSError):
            count += sum(1 for _ in folder.iterdir()) if folder.stat().st_uid == os.geteuid() else 0
    return count


def _restrict_files(permissions: Permissions) -> None:
    """Landlock: what is not named here cannot be opened, changed, started or signalled."""
    with landlockpy.Ruleset(scoped=Scope.SIGNAL | Scope.ABSTRACT_UNIX_SOCKET) as rules:
        _allow(rules, (*_library_paths(), *permissions.reads), READ)
        _allow(rules, permissions.writes, WRITE)
        _allow(rules, (Path(os.devnull),), AccessFS.READ_FILE | AccessFS.WRITE_FILE)
        if permissions.programs:
            paths = (shutil.which(name) for name in permissions.programs)
            named = [Path(path).resolve() for path in paths if path]
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
def _library_paths() -> tuple[Path, ...]:
    """Where code and data of Python, of our own and of the libraries lie."""
    homes = [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    homes += _import_paths()
    own = Path(__file__).resolve().parents[1]
    data = [Path(folder) for folder in (os.environ.get("TESSDATA_PREFIX"),) if folder]
    return tuple(dict.fromkeys((own, *(Path(home) for home in homes if home), *map(Path, SHARED_PATHS), *data)))


def _import_paths() -> list[str]:
    """Where else Python looks for modules (a second site-packages, ``PYTHONPATH``): only folders that are made for
    code, since the working folder and the home hold people's files."""
    people = {Path(place).resolve() for place in (".", "/", tempfile.gettempdir(), os.environ.get("HOME") or "/")}
    return [entry for entry in sys.path if Path(entry).is_absolute() and Path(entry).resolve() not in people]


class _Filter(Protocol):
    """A ``SyscallFilter`` of pyseccomp."""

    def add_rule(self, action: int, syscall: str, *arguments: object) -> None: ...

    def load(self) -> None: ...


class _Seccomp(Protocol):
    """What we call of pyseccomp, which comes without types."""

    ALLOW: int
    MASKED_EQ: int

    def ERRNO(self, number: int) -> int: ...  # noqa: N802

    def SyscallFilter(self, defaction: int) -> _Filter: ...  # noqa: N802

    def Arg(self, argument: int, operator: int, first: int, second: int) -> object: ...  # noqa: N802


@cache
def _seccomp() -> _Seccomp | None:
    """The binding of libseccomp; ``None`` where the library is not installed."""
    try:
        import pyseccomp
    except (ImportError, RuntimeError, OSError):
        return None
    binding: _Seccomp = pyseccomp
    return binding


@cache
def _build_filter(programs: bool) -> _Filter | None:
    """The filter, ready to be loaded in a child. glibc falls back from ``clone3`` to ``clone``, whose flags we see."""
    lib = _seccomp()
    if lib is None:
        return None
    filters = lib.SyscallFilter(lib.ALLOW)
    refuse = lib.ERRNO(errno.EPERM)
    for name in (*REFUSED_CALLS, *(() if programs else PROCESS_CALLS)):
        _add_rule(filters, refuse, name)
    _add_rule(filters, lib.ERRNO(errno.ENOSYS), "clone3")
    if programs:
        for bit in (1 << at for at in range(32) if CLONE_NAMESPACES >> at & 1):
            filters.add_rule(refuse, "clone", lib.Arg(0, lib.MASKED_EQ, bit, bit))
    else:
        filters.add_rule(refuse, "clone", lib.Arg(0, lib.MASKED_EQ, CLONE_THREAD, 0))
    return filters


def _add_rule(filters: _Filter, action: int, name: str) -> None:
    """A call that this architecture or libseccomp does not know needs no rule."""
    try:
        filters.add_rule(action, name)
    except (OSError, ValueError):
        return
