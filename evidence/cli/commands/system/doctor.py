"""``evidence doctor``: what this machine lacks, and the command that installs it.

Imports nothing that may itself be missing, so it answers where nothing else does.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import click

from evidence.archive.diagnostics import LARGE, count_documents, examine_engines, find_missing_parts, find_missing_walls
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Command
from evidence.cli.output import emit, printable
from evidence.messages import Message, say

OLDEST = (3, 11)
DISK = 1_000_000_000  # an archive of 1,000 scans takes about as much
MEMORY = 2_000_000_000  # one child at its limit of 1.5 GB, and ourselves
PATIENCE = 20  # seconds for a program to say its version
MISSING, NO_ARCHIVE = 4, 6
LIBREOFFICE = "libreoffice-writer-nogui"


class State(StrEnum):
    GOOD = "good"
    WARNING = "warning"  # works, with less
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class MachineCheck:
    """One thing looked at. ``package`` is the Debian package that mends it; ``code`` the exit code where it is bad."""

    state: State
    message: Message
    package: str | None = None
    code: int = MISSING


@click.command("doctor", cls=Command)
@click.pass_obj
def doctor(context: CliContext) -> int:
    settings = context.settings()
    checks = list(examine_machine(settings.home, settings.search_engine, settings.database))
    for check in checks:
        emit(f"{context.say(f'cli-state-{check.state}'):<12} {say(check.message, context.language)}")
    packages = " ".join(check.package for check in checks if check.package and check.state is not State.GOOD)
    if packages:
        emit(context.say("cli-doctor-install", packages=packages))
    bad = [check.code for check in checks if check.state is State.BAD]
    emit(context.say("cli-doctor-ill" if bad else "cli-doctor-well"))
    return min(bad, default=0)


def examine_machine(home: Path, engine: str, database: str | None = None) -> Iterator[MachineCheck]:
    """All that is looked at, in the order in which a person would mend it."""
    yield _python()
    yield _packages()
    yield _private_parts()
    yield from _tesseract()
    yield _antiword()
    yield from _old_formats(home)
    yield _walls()
    yield from _archive_folder(home)
    yield _memory(Path("/proc/meminfo"))
    yield from _engines(home, database)
    yield from _search_engine(home, engine, database)


def _python() -> MachineCheck:
    version = ".".join(map(str, sys.version_info[:3]))
    good = sys.version_info >= OLDEST and hasattr(os, "fork")
    return MachineCheck(
        State.GOOD if good else State.BAD, Message("cli-doctor-python", {"version": version}), "python3"
    )


def _packages() -> MachineCheck:
    """Every Python package that the project names is installed."""
    lacking = []
    try:
        wanted = importlib.metadata.requires("evidence") or []
    except importlib.metadata.PackageNotFoundError:  # run from the source folder without having been installed
        wanted = []
    for line in wanted:
        match = re.match(r"[\w.-]+", line)
        if "extra ==" in line or match is None:
            continue
        try:
            importlib.metadata.version(match[0])
        except importlib.metadata.PackageNotFoundError:
            lacking.append(match[0])
    if lacking:
        return MachineCheck(State.BAD, Message("cli-doctor-packages-missing", {"names": ", ".join(lacking)}))
    return MachineCheck(State.GOOD, Message("cli-doctor-packages"))


def _private_parts() -> MachineCheck:
    """The parts of packages that we rely on and no package promises: where one has moved, scans are read worse."""
    missing = find_missing_parts()
    if missing:
        return MachineCheck(State.BAD, Message("cli-doctor-parts-moved", {"names": ", ".join(missing)}))
    return MachineCheck(State.GOOD, Message("cli-doctor-parts"))


def _tesseract() -> Iterator[MachineCheck]:
    said = _program_output("tesseract", "--version")
    if said is None:
        yield MachineCheck(State.BAD, Message("cli-doctor-tesseract-missing"), "tesseract-ocr")
        yield MachineCheck(State.BAD, Message("cli-doctor-vie-missing"), "tesseract-ocr-vie")
        return
    yield MachineCheck(State.GOOD, Message("cli-doctor-tesseract", {"version": said.split("\n")[0]}))
    if "vie" in (_program_output("tesseract", "--list-langs") or "").split():
        yield MachineCheck(State.GOOD, Message("cli-doctor-vie"))
    else:
        yield MachineCheck(State.BAD, Message("cli-doctor-vie-missing"), "tesseract-ocr-vie")


def _antiword() -> MachineCheck:
    if shutil.which("antiword"):
        return MachineCheck(State.GOOD, Message("cli-doctor-antiword"))
    return MachineCheck(State.WARNING, Message("cli-doctor-antiword-missing"), "antiword")


def _old_formats(home: Path) -> Iterator[MachineCheck]:
    """Whether files of ours in old formats and old fonts are read right; a library that lies there proves nothing."""
    try:
        proof = importlib.import_module("evidence.archive.office_reading").prove_office_reading(home)
    except ImportError:  # said by _packages
        return
    names = {"names": ", ".join(f".{kind}" for kind in proof.misread if kind != "xls")}
    if not proof.libreoffice:
        yield MachineCheck(State.WARNING, Message("cli-doctor-libreoffice-missing"), LIBREOFFICE)
    elif names["names"]:
        yield MachineCheck(State.WARNING, Message("cli-doctor-libreoffice-broken", names), f"--reinstall {LIBREOFFICE}")
    else:
        yield MachineCheck(State.GOOD, Message("cli-doctor-libreoffice"))
    good = "xls" not in proof.misread
    yield MachineCheck(
        State.GOOD if good else State.WARNING, Message("cli-doctor-xls" if good else "cli-doctor-xls-broken")
    )


def _walls() -> MachineCheck:
    """What of the kernel's walls around the reading children this machine has; the limits hold without them."""
    missing = find_missing_walls()
    if not missing:
        return MachineCheck(State.GOOD, Message("walls-up"))
    package = "libseccomp2" if "seccomp" in missing else None
    return MachineCheck(State.WARNING, Message("walls-missing", {"names": ", ".join(missing)}), package)


def _program_output(*command: str) -> str | None:
    """What the program prints; ``None`` where there is none or it does not run."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        return None
    return (done.stdout or done.stderr).decode("utf-8", "replace").strip()


def _archive_folder(home: Path) -> Iterator[MachineCheck]:
    """The archive's folder, or the nearest one above it that exists: may we write there, and is there room?"""
    where = {"path": printable(str(home))}
    folder = next((path for path in (home, *home.parents) if path.exists()), Path("/"))
    if folder.is_dir() and os.access(folder, os.W_OK | os.X_OK):
        yield MachineCheck(State.GOOD, Message("cli-doctor-writable", where))
    else:
        yield MachineCheck(State.BAD, Message("cli-doctor-not-writable", where), code=NO_ARCHIVE)
    free = shutil.disk_usage(folder).free
    room = Message("cli-doctor-disk" if free >= DISK else "cli-doctor-disk-low", {"free": f"{free / 1e9:.1f}"})
    yield MachineCheck(State.GOOD if free >= DISK else State.WARNING, room)


def _memory(meminfo: Path) -> MachineCheck:
    """What Linux says is available; unknown counts as enough."""
    try:
        match = re.search(r"MemAvailable:\s+(\d+) kB", meminfo.read_text("ascii", "replace"))
    except OSError:
        match = None
    free = int(match[1]) * 1024 if match else MEMORY
    code = "cli-doctor-memory" if free >= MEMORY else "cli-doctor-memory-low"
    return MachineCheck(State.GOOD if free >= MEMORY else State.WARNING, Message(code, {"free": f"{free / 1e9:.1f}"}))


def _engines(home: Path, database: str | None) -> Iterator[MachineCheck]:
    """The database and the object store of an archive that several machines share, and the clocks."""
    for check in examine_engines(home, database):
        good = check.code == 0
        yield MachineCheck(State.GOOD if good else State.BAD, check.message, code=check.code)
        if check.hint is not None:
            yield MachineCheck(State.BAD, check.hint, code=check.code)


def _search_engine(home: Path, engine: str, database: str | None) -> Iterator[MachineCheck]:
    """Whether the archive has outgrown Whoosh; nothing is said where there is none yet."""
    count = count_documents(home, database)
    if count is None:
        return
    values = {"count": f"{count:,}".replace(",", "."), "engine": engine}
    large = engine == "whoosh" and count > LARGE
    code = "cli-doctor-search-large" if large else "cli-doctor-search"
    yield MachineCheck(State.WARNING if large else State.GOOD, Message(code, values))
