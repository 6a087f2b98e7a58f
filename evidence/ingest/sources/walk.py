"""Which files are handed in, by which unit, for which criterion.

Below a given folder the layout is ``UNIT/CRITERION[ - any title]/file``; deeper folders keep the first two levels; a
file directly below ``UNIT`` has no criterion. A given folder that holds folders of criteria (``1.1``, ``1.2.1 - Báo
cáo``) is the unit's own: no unit is called 1.2.1. A manifest overrides the layout, flags override both. The order is
that of the names, so two runs over one folder are alike.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from evidence.errors import UsageError
from evidence.ingest.sources.manifest import ManifestRow, read_manifest
from evidence.ingest.sources.paths import display, find_paths, is_folder

SKIPPED = frozenset({"thumbs.db", "desktop.ini", "__macosx", "$recycle.bin"})
SHORTCUTS = (".lnk", ".url", ".webloc")  # Windows' and macOS' pointers to what lies elsewhere
TITLE = re.compile(r"\s+[-–—]\s+")  # "1.2.1 - Báo cáo CCHC" -> "1.2.1"
CODE = re.compile(r"[A-Za-zĐđ]?\d{1,3}(?P<part>\.\d{1,3})*\.?$")


@dataclass(frozen=True, slots=True)
class OfferedFile:
    """A file as it is handed in. ``path`` is its real name on disk; ``inside`` leads on to a file inside it.

    A folder that may not be opened is offered as itself, so that it is reported and does not stop the run.
    ``by_layout``: unit and criterion are told by the names of folders alone, or not at all. ``name``: what it is called
    where that is not its name on disk, as of what came in through the service; never opened.
    """

    path: Path
    unit: str | None = None
    criterion: str | None = None
    received: date | None = None
    claimed_number: str | None = None
    claimed_date: str | None = None
    page: int | None = None
    inside: str = ""
    by_layout: bool = False
    name: str = ""

    @property
    def shown(self) -> str:
        """The path as it is shown and stored: ``SNV/1.2/ho-so.zip!/bc.pdf``."""
        return (self.name or display(self.path)) + self.inside

    @property
    def path_bytes(self) -> bytes:
        """Where it lies on disk, its package for a file inside one: opens the file again where ``shown`` would not,
        and is the same from whatever folder it was walked to. A link to a file is a place of its own."""
        name = self.name.rpartition("/")[2] or self.path.name
        return os.fsencode(Path(os.path.realpath(self.path.parent), name))


def walk(
    paths: Sequence[Path],
    unit: str | None = None,
    criterion: str | None = None,
    received: date | None = None,
    manifest: Path | None = None,
    outside: bool = False,
) -> Iterator[OfferedFile]:
    """Every file under the paths, in order; with ``outside`` also those that the manifest names elsewhere.

    UsageError for a path that is not there; CriteriaError with all faults of a manifest. With ``unit`` given, the first
    folder names the criterion unless it bears that unit's name.
    """
    roots = [root for path in paths for root in _roots(path)]
    rows = read_manifest(manifest, roots, outside) if manifest else ()
    rows_by_file: dict[Path, list[ManifestRow]] = {}
    for row in rows:
        rows_by_file.setdefault(_key(row.path), []).append(row)
    flags = OfferedFile(Path(), unit, criterion, received)
    for root in roots:
        for path, folders in _files_below(root, () if unit else _unit_of(root)):
            yield from _offer_file(path, folders, rows_by_file, flags)
    for path in [row.path for row in rows]:
        if _key(path) in rows_by_file:  # named by the manifest, but outside the given folders
            yield from _offer_file(path, (), rows_by_file, flags)


def _roots(path: Path) -> tuple[Path, ...]:
    """What bears that name, or all that is shown so. UsageError where nothing is."""
    roots = find_paths(path)
    if not roots:
        raise UsageError("path-missing", path=display(path))
    return roots


def _key(path: Path) -> Path:
    return Path(os.path.normpath(Path.cwd() / path))


def _offer_file(
    path: Path, folders: tuple[str, ...], rows_by_file: dict[Path, list[ManifestRow]], flags: OfferedFile
) -> Iterator[OfferedFile]:
    """The file once, or once a row that names it in the manifest."""
    place = replace(_layout(folders, flags.unit), path=path, by_layout=True)
    for file in [_apply_row(place, row) for row in rows_by_file.pop(_key(path), [])] or [place]:
        yield replace(
            file,
            unit=flags.unit or file.unit,
            criterion=flags.criterion or file.criterion,
            received=flags.received or file.received,
            by_layout=file.by_layout and not (flags.unit or flags.criterion),
        )


def _apply_row(place: OfferedFile, row: ManifestRow) -> OfferedFile:
    unit, criterion = row.unit or place.unit, row.criterion or place.criterion
    return OfferedFile(place.path, unit, criterion, row.received, row.number, row.date, row.page)


def _layout(folders: tuple[str, ...], unit: str | None) -> OfferedFile:
    """Unit and criterion by the names of the folders."""
    if unit and folders and folders[0].casefold() != display(unit).casefold():
        folders = (unit, *folders)
    code = TITLE.split(folders[1])[0].strip() if len(folders) > 1 else None
    return OfferedFile(Path(), folders[0] if folders else None, code or None)


def _unit_of(root: Path) -> tuple[str, ...]:
    """The name of a given folder that is a unit's own: most of the folders in it are numbered, one as 1.2 is."""
    try:
        names = [display(entry.name) for entry in os.scandir(root) if entry.is_dir(follow_symlinks=False)]
    except OSError:
        return ()
    codes = [CODE.match(TITLE.split(name)[0].strip()) for name in names if not _is_skipped(name)]
    numbered = [code for code in codes if code]
    if 2 * len(numbered) <= len(codes) or not any(code["part"] for code in numbered):
        return ()
    return (display(Path(os.path.realpath(root)).name).strip(),)


def _files_below(path: Path, folders: tuple[str, ...]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """The files of a folder and of those in it, each with the names of the folders above. Folders may lie deeper in
    one another than Python's functions may."""
    if not is_folder(path):
        yield path, folders
        return
    open_folders = [_list_folder(path, folders)]
    while open_folders:
        entry = next(open_folders[-1], None)
        if entry is None:
            open_folders.pop()
        elif entry.is_folder:
            open_folders.append(_list_folder(entry.path, entry.above))
        else:
            yield entry.path, entry.above


class _Entry(NamedTuple):
    path: Path
    above: tuple[str, ...]  # names of the folders that it, or what is in it, lies in
    is_folder: bool = False


def _list_folder(path: Path, folders: tuple[str, ...]) -> Iterator[_Entry]:
    """What lies in a folder; the folder itself, as a file, where it cannot be listed."""
    try:
        entries = sorted(os.scandir(path), key=lambda entry: (display(entry.name), os.fsencode(entry.name)))
    except OSError:
        yield _Entry(path, folders)
        return
    for entry in entries:
        if _is_skipped(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield _Entry(Path(entry.path), (*folders, display(entry.name).strip()), is_folder=True)
        elif not is_folder(Path(entry.path)):  # a link to a folder may lead round in a ring, or to itself
            yield _Entry(Path(entry.path), folders)


def _is_skipped(name: str) -> bool:
    """Hidden files, and what Windows, macOS and Word leave behind."""
    return name.startswith((".", "~$")) or name.casefold() in SKIPPED or name.casefold().endswith(SHORTCUTS)
