"""A survey's table taken into the archive: counted, its respondents hashed, kept whole or not at all."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from pathlib import Path

from evidence.archive.scores.office_tables import read_office_rows
from evidence.config import Settings
from evidence.errors import CriteriaError, UsageError
from evidence.ingest.sources.csv_text import decode_csv
from evidence.ingest.sources.paths import display
from evidence.messages import Message
from evidence.model.criteria import CriteriaSet
from evidence.model.survey import KeptSurvey, SurveyForm, SurveyMap
from evidence.scoring.surveys.answer_table import AnswerContext, read_answers
from evidence.scoring.surveys.count_table import read_counts
from evidence.scoring.surveys.map_entries import read_table_entries, read_yaml_entries
from evidence.scoring.surveys.map_reader import read_map
from evidence.store.scores.surveys import SurveyStore
from evidence.vietnamese.text import fold

YAML = (".yaml", ".yml")
MOST_MAP_BYTES = 5_000_000
MOST_FAULTS = 100  # rows that are printed; how many there are is said in any case


@dataclass(frozen=True, slots=True)
class SurveyRequest:
    """``replaces``: the number of a survey that this one stands for from now on. ``source``: what the file is called by
    who sent it."""

    file: Path
    map_file: Path
    by: str
    replaces: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class ImportedSurvey:
    """The survey as it is kept, and what a person should know of its table."""

    survey: KeptSurvey
    remarks: tuple[Message, ...]


def load_survey_map(file: Path, criteria: CriteriaSet, settings: Settings) -> SurveyMap:
    """The map. CriteriaError with every fault by its line; UnreadableError: a workbook that cannot be read."""
    if file.suffix.lower() in YAML:
        entries, faults = read_yaml_entries(_read_text(file))
    else:
        entries, faults = read_table_entries(read_office_rows(file, settings))
    read = None if faults else read_map(entries, criteria)
    faults = read.faults if read else faults
    if read is None or faults:
        raise CriteriaError("survey-map-faults", faults, path=display(file), count=len(faults))
    return read.map


def _read_text(file: Path) -> str:
    try:
        with file.open("rb") as source:
            data = source.read(MOST_MAP_BYTES + 1)
    except OSError as error:
        raise CriteriaError("table-unopened", path=display(file), detail=error.strerror or error) from error
    text = decode_csv(data) if len(data) <= MOST_MAP_BYTES else None
    if text is None:
        raise CriteriaError("table-unopened", path=display(file), detail="YAML, UTF-8")
    return text


def import_survey(
    surveys: SurveyStore, settings: Settings, request: SurveyRequest, criteria: CriteriaSet
) -> ImportedSurvey:
    """Counts the table and keeps what was counted. CriteriaError with every fault by row and cell: then nothing is
    kept. UsageError: the set has no units, the table was taken in before, or there is no survey to replace."""
    if not criteria.units:
        raise UsageError("survey-no-units", set=criteria.set)
    survey_map = load_survey_map(request.map_file, criteria, settings)
    sha256 = _hash(request.file)
    counting = surveys.counting(criteria.set)
    if request.replaces is not None and request.replaces not in {kept.id for kept in counting}:
        known = ", ".join(str(kept.id) for kept in counting) or "–"
        raise UsageError("survey-nothing-to-replace", number=request.replaces, set=criteria.set, known=known)
    beside = [kept for kept in counting if kept.id != request.replaces]
    same = next((kept for kept in beside if kept.sha256 == sha256), None)
    if same is not None:
        raise UsageError("survey-known", path=display(request.file), number=same.id, at=f"{same.at:%d/%m/%Y}")
    asked = {fold(question.criterion) for question in survey_map.questions}
    known_marks = frozenset(
        (respondent.unit, respondent.mark)
        for kept in beside
        if any(fold(count.criterion) in asked for count in kept.tally.counts)
        for respondent in kept.tally.respondents
    )
    context = AnswerContext(survey_map, criteria, surveys.salt(), known_marks)
    rows = read_office_rows(request.file, settings)
    read = (read_counts if survey_map.form is SurveyForm.COUNTS else read_answers)(rows, context)
    if read.faults:
        shown = tuple(sorted(read.faults, key=lambda fault: fault[0])[:MOST_FAULTS])
        raise CriteriaError("survey-faults", shown, path=display(request.file), count=len(read.faults))
    now = datetime.datetime.now(datetime.UTC)
    name = request.source or display(request.file.name)
    kept = KeptSurvey(0, criteria.set, name, sha256, read.tally, request.by, now, request.replaces)
    return ImportedSurvey(surveys.put(kept), read.remarks)


def _hash(file: Path) -> str:
    try:
        with file.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest()
    except OSError as error:
        raise CriteriaError("table-unopened", path=display(file), detail=error.strerror or error) from error
