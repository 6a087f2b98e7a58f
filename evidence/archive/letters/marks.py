"""What an appraiser marked for a letter: by codes, by a file of findings, by notes in the last round."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evidence.appraisal import marks
from evidence.archive.appraisal import Appraisal
from evidence.config import Settings
from evidence.errors import UnreadableError, UsageError
from evidence.model.appraisal import LetterChoice, LetterMark
from evidence.model.assessment import Assessment
from evidence.model.criteria import CriteriaSet, Unit
from evidence.pipeline.requests import request_file
from evidence.pipeline.scheduler import read_files

TEXTS = (".txt", ".json", ".jsonl", ".ndjson")


def read_marks_file(file: Path, unit: Unit, settings: Settings) -> tuple[LetterMark, ...]:
    """The marks of the unit in a list of codes, in findings as JSON Lines, or in a table (CSV, XLSX, DOCX). UsageError:
    it has none; UnreadableError: it cannot be read."""
    if file.suffix.lower() in TEXTS:
        try:
            return marks.read_text_marks(file.read_text("utf-8"), unit)
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError("letter-bad-file", path=file, detail=error) from error
    document = next(iter(read_files([request_file(file, settings.limits)], settings, tables=True))).document
    if not document.pages:
        problem = document.problems[0]
        raise UnreadableError(problem.code.value, problem.message.code, **problem.message.params)
    chosen = marks.read_table_marks((table for page in document.pages for table in page.tables), unit)
    if chosen is None:
        raise UsageError("letter-no-column", path=file)
    return chosen


def noted_marks(appraisal: Appraisal, criteria: CriteriaSet, unit: Unit) -> tuple[LetterMark, ...]:
    """The criteria on which an appraiser noted something in the last round. UsageError: no round is open."""
    return marks.list_noted(appraisal.decisions([appraisal.round_of(criteria).id]), unit)


def choose_findings(chosen: Sequence[LetterMark], assessment: Assessment) -> LetterChoice:
    """The marks, held against the findings. UsageError where one fits nothing, or there are none."""
    return marks.choose_findings(chosen, assessment.findings, assessment.criteria)


def parse_codes(codes: Sequence[str]) -> tuple[LetterMark, ...]:
    """Marks by codes, each text with one or several."""
    return tuple(mark for text in codes for mark in marks.parse_codes(text))
