"""Files that people upload for the scoring year (a survey with its map, a plan of work), taken in by a process of its
own, as ``set_files`` are.

    outcome = take_year_files(settings, request)
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evidence import codec
from evidence.archive.audit.acting import acting_as
from evidence.archive.facade import Archive
from evidence.archive.scores.scoring_year import SurveyRequest
from evidence.config import Settings
from evidence.errors import CriteriaError, EvidenceError
from evidence.jobs.helper_process import answer_request, ask_process
from evidence.messages import Language, Message, say
from evidence.model.account import Actor


@dataclass(frozen=True, slots=True)
class YearFilesRequest:
    """``file`` and ``map_file`` bear names of ours; ``source`` is what the person's file is called. ``criteria_set``:
    of the survey that the file is; empty where it is a plan, which is kept under ``plan``."""

    file: str
    source: str
    actor: Actor
    author: str
    language: Language
    criteria_set: str = ""
    map_file: str = ""
    map_source: str = ""
    replaces: int | None = None
    plan: str = ""
    year: int | None = None


@dataclass(frozen=True, slots=True)
class YearFilesOutcome:
    """``failure`` and every fault with its place, or what was taken in: ``count`` forms or tasks. ``remarks``: what a
    person should look at. Sentences in the asked language; ``is_new``: it was not there before."""

    failure: str = ""
    faults: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    count: int = 0
    is_new: bool = True


def take_year_files(settings: Settings, request: YearFilesRequest) -> YearFilesOutcome:
    """What became of the files. UsageError: others are being read now, or these took too long."""
    return codec.decode(ask_process("evidence.jobs.year_files", settings, codec.encode(request)), YearFilesOutcome)


def run_request(settings: Settings, request: YearFilesRequest) -> YearFilesOutcome:
    """Does it in this process. What is wrong with the files is an outcome, never an error."""
    try:
        with Archive.open(settings) as archive, acting_as(request.actor):
            return _take_survey(archive, request) if request.criteria_set else _take_plan(archive, request)
    except CriteriaError as error:
        rows = tuple(f"{line}: {say(fault, request.language)}" for line, fault in error.faults)
        return YearFilesOutcome(_say_named(error.message, request), rows)
    except EvidenceError as error:
        parts = (error.message, error.hint) if error.hint else (error.message,)
        return YearFilesOutcome(" ".join(_say_named(message, request) for message in parts))


def _say_named(message: Message, request: YearFilesRequest) -> str:
    """The sentence, with files of ours called as the person calls them."""
    names = {
        request.map_file: request.map_source, Path(request.file).name: request.source, request.file: request.source,
    }  # fmt: skip
    params = {key: names.get(value, value) for key, value in message.params.items()}
    return say(Message(message.code, params), request.language)


def _take_survey(archive: Archive, request: YearFilesRequest) -> YearFilesOutcome:
    criteria = archive.criteria(request.criteria_set)
    asked = SurveyRequest(
        Path(request.file), Path(request.map_file), request.author, request.replaces, request.source
    )  # fmt: skip
    imported = archive.scores.import_survey(asked, criteria)
    remarks = tuple(say(remark, request.language) for remark in imported.remarks)
    return YearFilesOutcome(remarks=remarks, count=sum(each.forms for each in imported.survey.tally.forms))


def _take_plan(archive: Archive, request: YearFilesRequest) -> YearFilesOutcome:
    imported = archive.plans.import_file(
        Path(request.file), request.plan, request.author, request.year, request.source
    )  # fmt: skip
    remarks = tuple(say(remark, request.language) for remark in imported.remarks)
    return YearFilesOutcome(remarks=remarks, count=len(imported.plan.tasks), is_new=imported.changed)


if __name__ == "__main__":
    answer_request(YearFilesRequest, run_request)
