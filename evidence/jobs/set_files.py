"""Files that people upload for a criteria set (annex, guide, list of units), taken in by a process of its own.

    outcome = take_set_files(settings, request)

The server starts this module, hands it the request on standard input and reads the outcome from standard output
(``helper_process``).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from pathlib import Path

from evidence import codec
from evidence.archive.audit.acting import acting_as
from evidence.archive.criteria_import import ImportedCriteria, ImportRequest, import_criteria
from evidence.archive.facade import Archive
from evidence.archive.kept_sets.units import UnitsRequest
from evidence.config import Settings
from evidence.errors import AnnexError, CriteriaError, EvidenceError
from evidence.jobs.helper_process import LONGEST, answer_request, ask_process
from evidence.messages import Language, Message, say
from evidence.model.account import Actor


@dataclass(frozen=True, slots=True)
class SetFilesRequest:
    """``file`` and ``guides`` bear names of ours; ``source`` is what the person's file is called. ``units_of``: the set
    whose units the file lists; empty where the file is an annex, which becomes a set. ``author``: who a new version is
    by."""

    file: str
    source: str
    actor: Actor
    author: str
    language: Language
    units_of: str = ""
    guides: tuple[str, ...] = ()
    name: str | None = None
    year: int | None = None
    level: str | None = None
    table: int | None = None
    province: str | None = None


@dataclass(frozen=True, slots=True)
class SetFilesOutcome:
    """The set that is kept now, or ``failure`` and every fault with its place; sentences in the asked language.
    ``remarks``: what a person should know of a set that was taken."""

    criteria_set: str = ""
    failure: str = ""
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    is_new: bool = True


def take_set_files(settings: Settings, request: SetFilesRequest, longest: float = LONGEST) -> SetFilesOutcome:
    """What became of the files. UsageError: others are being read now, or these took too long."""
    answer = ask_process("evidence.jobs.set_files", settings, codec.encode(request), longest)
    return codec.decode(answer, SetFilesOutcome)


def run_request(settings: Settings, request: SetFilesRequest) -> SetFilesOutcome:
    """Does it in this process. What is wrong with the files is an outcome, never an error."""
    try:
        with Archive.open(settings) as archive, acting_as(request.actor):
            if request.units_of:
                return _take_units(archive, request)
            return _take_annex(archive, settings, request)
    except AnnexError as error:
        rows = tuple(_join(row, request.language) for row in error.places)
        return SetFilesOutcome(failure=say(error.message, request.language), faults=rows)
    except CriteriaError as error:
        rows = tuple(f"{line}: {say(fault, request.language)}" for line, fault in error.faults)
        return SetFilesOutcome(failure=say(error.message, request.language), faults=rows)
    except EvidenceError as error:
        return SetFilesOutcome(failure=error.say(request.language))


def _take_annex(archive: Archive, settings: Settings, request: SetFilesRequest) -> SetFilesOutcome:
    asked = ImportRequest(
        request.name, request.year, request.level, request.table, tuple(Path(guide) for guide in request.guides)
    )
    imported: ImportedCriteria = import_criteria(Path(request.file), asked, settings)
    is_new = archive.keep_criteria(dataclasses.replace(imported, source=request.source))
    remarks = tuple(_join(remark, request.language) for remark in imported.remarks)
    return SetFilesOutcome(imported.criteria.set, remarks=remarks, is_new=is_new)


def _take_units(archive: Archive, request: SetFilesRequest) -> SetFilesOutcome:
    asked = UnitsRequest(Path(request.file), request.author, request.province, request.name)
    kept = archive.keep_units(request.units_of, asked)
    remarks = tuple(_join(remark, request.language) for remark in kept.remarks)
    return SetFilesOutcome(kept.criteria.set, remarks=remarks)


def _join(row: tuple[Message | None, Message], language: Language) -> str:
    return ": ".join(say(part, language) for part in row if part)


if __name__ == "__main__":
    answer_request(SetFilesRequest, run_request)
