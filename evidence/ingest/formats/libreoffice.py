"""Word 97-2003 and RTF -> DOCX by LibreOffice as a library (LibreOfficeKit), inside the walls.

LibreOfficeKit is the C interface that LibreOffice keeps stable: a table of functions that is only ever added to. It
works in this process, so nothing is started and no socket opened; the program ``soffice`` wants both, and a pipe under
/tmp. Profile, temporary files and result lie in the scratch folder. It is called in a child of the child, which gives
up the right to start programs before it sees the file: when LibreOffice crashes or hangs, another reader still can try.
Macros are never run; links lead nowhere, since neither other files nor the network can be reached.

Spreadsheets it opens only where the files of its user interface are installed too (``inputbar.ui``, 41 MB to fetch):
those in old fonts are read by ``xls_fonts``.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import time
from pathlib import Path
from typing import NoReturn

from evidence.ingest.reader_protocol import ReadRequest
from evidence.sandbox import child_limits, policy
from evidence.sandbox.time_limit import TimeLimit

FOLDERS = (Path("/usr/lib/libreoffice/program"), Path("/usr/lib64/libreoffice/program"))
LIBRARIES = ("libmergedlo.so", "libsofficeapp.so")  # distributions build all of LibreOffice into one library, or not
OPTIONS = b"EnableMacrosExecution=false"
LOAD, SAVE = 4, 2  # places of documentLoadWithOptions and saveAs in the tables of LibreOfficeKit.h
PAUSE = 0.01
FAULT = 70  # exit code of a child that failed before LibreOffice did

_Pointer = ctypes.c_void_p


def find_library() -> Path | None:
    """The library of an installed LibreOffice; ``None`` where there is none."""
    return next((file for folder in FOLDERS for name in LIBRARIES if (file := folder / name).is_file()), None)


def convert_to_docx(request: ReadRequest) -> Path | None:
    """The file as DOCX in the scratch folder; ``None`` where LibreOffice is absent, fails or takes half of the time."""
    library = find_library()
    if library is None:
        return None
    source, target = request.scratch / "source", request.scratch / "converted.docx"
    shutil.copyfile(request.file, source)  # LibreOffice writes its lock beside what it opens
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        _run_child(library, source, target, parent)
    ended_well = _wait(pid, TimeLimit(request.limits.document_seconds / 2, request.limits.patience, pid))
    source.unlink(missing_ok=True)
    return target if ended_well and target.is_file() else None


def _wait(pid: int, limit: TimeLimit) -> bool:
    """Whether it ended well in that time; it is killed if not."""
    while limit.left > 0:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return status == 0
        time.sleep(PAUSE)
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return False


def _run_child(library: Path, source: Path, target: Path, parent: int) -> NoReturn:
    code = FAULT
    try:
        child_limits.die_with_parent(parent)
        policy.forbid_processes()
        os.environ.update(HOME=str(target.parent), TMPDIR=str(target.parent), SAL_USE_VCLPLUGIN="svp")
        code = 0 if _convert(library, source, target) else 1
    finally:
        os._exit(code)


def _convert(library: Path, source: Path, target: Path) -> bool:
    """Opens and saves through the tables of functions; whether both succeeded."""
    start = ctypes.CDLL(str(library)).libreofficekit_hook_2
    start.restype, start.argtypes = _Pointer, [ctypes.c_char_p, ctypes.c_char_p]
    office = start(os.fsencode(library.parent), (target.parent / "profile").as_uri().encode())
    if not office:
        return False
    load = ctypes.CFUNCTYPE(_Pointer, _Pointer, ctypes.c_char_p, ctypes.c_char_p)(_table(office)[LOAD])
    document = load(office, source.as_uri().encode(), OPTIONS)
    if not document:
        return False
    save = ctypes.CFUNCTYPE(ctypes.c_int, _Pointer, *[ctypes.c_char_p] * 3)(_table(document)[SAVE])
    return bool(save(document, target.as_uri().encode(), target.suffix[1:].encode(), b""))


def _table(thing: int) -> list[int]:
    """The functions of an object, up to those we call: its first word points to their table."""
    table = ctypes.cast(thing, ctypes.POINTER(_Pointer))[0]
    return [place or 0 for place in ctypes.cast(table, ctypes.POINTER(_Pointer * (LOAD + 1))).contents]
