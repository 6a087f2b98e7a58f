"""What the papers of an archive, or a single file, state in numbers: their sentences, and the tables of statistics
annexes, which in a PDF are found by reading its ruled lines once more, in contained children."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidence.appraisal.statistics.prose_figures import read_prose
from evidence.appraisal.statistics.scan_tables import add_scan_tables
from evidence.appraisal.statistics.stated_sums import read_sums
from evidence.appraisal.statistics.table_figures import read_column_sums, read_table_figures
from evidence.config import Settings
from evidence.errors import UnreadableError
from evidence.ingest import media_types
from evidence.match.figure_proposals.candidates import StatisticPaper
from evidence.model.criteria import Unit
from evidence.model.document import Origin, Page
from evidence.model.geometry import Box
from evidence.model.scores.figures import StatedFigure, StatedSum
from evidence.pipeline.requests import Custody, FileRequest, request_file
from evidence.pipeline.scheduler import read_files
from evidence.store.store import Store
from evidence.vietnamese.text import fold

_STATISTICS = re.compile(r"biểu|phụ lục|thống kê|tổng hợp|\bstt\b|\btt\b|chỉ tiêu|tỷ lệ|số lượng")
MOST_PAGES = 80  # of a PDF whose tables are looked for


@dataclass(frozen=True, slots=True)
class StatedNumbers:
    """What one file states: its figures and the sums that it takes apart."""

    figures: tuple[StatedFigure, ...]
    sums: tuple[StatedSum, ...]


def read_stated(file: Path, settings: Settings) -> StatedNumbers:
    """The numbers of a file. UnreadableError: it cannot be opened."""
    request = request_file(file, settings.limits)
    is_pdf = request.source.media_type == media_types.PDF  # its ruled lines are read along, a text file is no table
    document = next(iter(read_files([request], settings, tables=is_pdf))).document
    if not document.pages:
        problem = document.problems[0]
        raise UnreadableError(problem.code.value, problem.message.code, **problem.message.params)
    pages = tuple(map(add_scan_tables, document.pages))
    sha256 = document.source.sha256
    sums = (*read_sums(map(_without_tables, pages), sha256), *read_column_sums(pages, sha256))
    return StatedNumbers(_figures(pages, sha256), sums)


def load_papers(store: Store, unit: Unit, settings: Settings) -> Iterator[StatisticPaper]:
    """The papers that the unit handed in, one by one, each once."""
    handed: dict[str, set[str]] = {}
    for submission in store.submissions(units=frozenset({fold(unit.code), fold(unit.name)})):
        codes = handed.setdefault(submission.sha256, set())
        if submission.criterion:
            codes.add(submission.criterion)
    records = store.records(handed)
    for sha256, record in records.items():
        pages = tuple(map(add_scan_tables, store.pages(sha256)))
        source = record.source
        original = store.originals.bring(sha256)
        request = FileRequest(source, original, Custody.KEPT) if original.is_file() else None
        date = record.date.value.to_date() if record.date.value else None
        figures = _figures(_tables(pages, request, settings), sha256)
        if figures:
            subject = record.subject.value or ""
            yield StatisticPaper(sha256, subject, date, frozenset(handed[sha256]), figures)


def _figures(pages: Sequence[Page], sha256: str) -> tuple[StatedFigure, ...]:
    return (*read_prose(map(_without_tables, pages), sha256), *read_table_figures(pages, sha256))


def _without_tables(page: Page) -> Page:
    """The page without the lines of its tables: those are read as rows."""
    boxes = [table.box for table in page.tables if table.box]
    kept = tuple(line for line in page.lines if line.box is None or not any(_lies_in(line.box, box) for box in boxes))
    return replace(page, lines=kept)


def _lies_in(line: Box, table: Box) -> bool:
    middle = (line[1] + line[3]) / 2
    return table[1] <= middle <= table[3]


def _tables(pages: tuple[Page, ...], request: FileRequest | None, settings: Settings) -> tuple[Page, ...]:
    """The pages with their tables; a PDF is read for them where its text looks like statistics."""
    if request is None or request.source.media_type != media_types.PDF or len(pages) > MOST_PAGES:
        return pages
    typed = any(page.origin is not Origin.OCR for page in pages)
    if not typed or not any(_STATISTICS.search(fold(page.text)) for page in pages):
        return pages
    read = next(iter(read_files([request], settings, tables=True))).document.pages
    return tuple(map(add_scan_tables, read)) or pages
