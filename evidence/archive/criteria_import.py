"""An annex as published -> a criteria set in the archive and as a YAML file.

The file's tables are read in the contained children like any other document; what they say is judged by
``criteria.annex``; what is written is read back by ``criteria.loader`` before anybody may use it. A
fault anywhere, and nothing is kept.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evidence.archive.kept_sets.table_kinds import annex_form, is_self_assessment
from evidence.config import Settings
from evidence.criteria import loader, yaml_writer
from evidence.criteria.annex import importer
from evidence.criteria.annex.importer import DEFAULT_LEVEL, Annex, GuideEntry, Sentence, SetHead
from evidence.criteria.annex.table_rows import AnnexForm, AnnexTable
from evidence.criteria.confirmation import count_proposals
from evidence.criteria.review.annex_spots import find_spots
from evidence.criteria.review.proposal_values import group_proposals
from evidence.criteria.review.review_rows import list_rows
from evidence.criteria.yaml_section import parse_moment
from evidence.errors import AnnexError, CriteriaError, UsageError
from evidence.ingest import media_types
from evidence.ingest.sources.identify import identify
from evidence.messages import Message, say
from evidence.model.criteria import CriteriaSet, Criterion, walk_criteria
from evidence.model.document import Document, Origin
from evidence.model.record import Status
from evidence.model.review import AnnexMap, AnnexPage, AnnexPaper
from evidence.model.score_rule import ScoreRule
from evidence.pipeline.requests import request_file
from evidence.pipeline.scheduler import read_files
from evidence.vietnamese.text import fold, strip_marks

YAML = (".yaml", ".yml")
HEAD = ("annex-yaml-head", "annex-yaml-proposed", "annex-yaml-units")


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """What the person says besides the file. ``table``: which of several sets, from 1. ``window`` (FROM..TO) and
    ``closing`` (2025-12-05T17:00): of the round, from its letter."""

    name: str | None = None
    year: int | None = None
    level: str | None = None
    table: int | None = None
    guides: tuple[Path, ...] = ()
    window: str | None = None
    closing: str | None = None


@dataclass(frozen=True, slots=True)
class ImportedCriteria:
    """A set ready to be kept: the noun, its YAML text, and what a person should know of it."""

    criteria: CriteriaSet
    text: str
    source: str
    sha256: str
    remarks: tuple[Sentence, ...]
    paper: AnnexPaper | None = None  # where the file has pages to be shown

    @property
    def every(self) -> tuple[Criterion, ...]:
        """All criteria of the set, each before its parts."""
        return tuple(walk_criteria(self.criteria.criteria))

    @property
    def turned(self) -> int:
        """Criteria whose scoring became a rule."""
        free = (ScoreRule.MANUAL, ScoreRule.SURVEY)
        return sum(criterion.score not in free for criterion in self.every)

    @property
    def manual(self) -> int:
        """Criteria without parts that a person scores."""
        return sum(criterion.score is ScoreRule.MANUAL and not criterion.children for criterion in self.every)

    @property
    def surveyed(self) -> int:
        """Criteria that a survey scores."""
        return sum(criterion.score is ScoreRule.SURVEY for criterion in self.every)

    @property
    def proposed(self) -> int:
        """Requirements that wait for a person to confirm them, each period of a series by itself."""
        return count_proposals(self.criteria)

    @property
    def proposals(self) -> int:
        """The same as a review counts them: a series is one."""
        groups = (slots for criterion in self.every for slots in group_proposals(criterion))
        return sum(any(requirement.proposed for requirement in slots) for slots in groups)


def import_criteria(file: Path, request: ImportRequest, settings: Settings) -> ImportedCriteria:
    """The set that the file holds. AnnexError or CriteriaError with every fault; nothing is kept here.

    UsageError: no such table in the file, or a name that cannot be changed. UnreadableError: the file cannot be opened.
    """
    if file.suffix.lower() in YAML:
        return _import_yaml(file, request)
    document, form = _read_tables(file, settings)
    if is_self_assessment(document):
        raise AnnexError("annex-is-self-assessment", (), path=file.name)
    guides = [_read_guide(guide, settings) for guide in request.guides]
    sheet = _choose_sheet(file, document, form, request.table)
    today = datetime.date.today().year
    annex = importer.build_annex(document.pages, sheet, guides, SetHead(request.year, request.level, today))
    if annex.faults:
        raise AnnexError("annex-faults", annex.faults, path=file.name, count=len(annex.faults))
    criteria, remarks = _build_set(annex, file, request, today)
    text = yaml_writer.render_yaml(criteria, [say(Message(code), settings.language) for code in HEAD])
    faults = loader.find_faults(text)
    if faults:
        raise CriteriaError("annex-unsound", faults, path=file.name, count=len(faults))
    read = loader.parse_criteria(text)
    paper = _keep_paper(file, document, read)
    return ImportedCriteria(read, text, file.name, document.source.sha256, (*annex.remarks, *remarks), paper)


def _keep_paper(file: Path, document: Document, criteria: CriteriaSet) -> AnnexPaper | None:
    """The annex with the places of its proposals; None where its kind has no pages, or other bytes stand there now."""
    if not media_types.has_own_pages(document.source.media_type):
        return None
    data = file.read_bytes()
    if hashlib.sha256(data).hexdigest() != document.source.sha256:
        return None
    pages = tuple(AnnexPage(page.number, page.width, page.height, page.rotation) for page in document.pages)
    spots = find_spots(document.pages, list_rows(criteria))
    return AnnexPaper(document.source.media_type, data, AnnexMap(pages, spots))


def _import_yaml(file: Path, request: ImportRequest) -> ImportedCriteria:
    """A set that somebody wrote or went on with; under another name where one is asked for."""
    criteria = loader.load_criteria(file)
    text = file.read_text("utf-8-sig")
    if request.name and request.name != criteria.set:
        text, count = re.subn(r"(?m)^set:.*$", lambda _: f'set: "{request.name}"', text, count=1)
        if not count:
            raise UsageError("annex-cannot-rename", path=file.name)
        criteria = loader.parse_criteria(text, file.name)
    if request.window is not None or request.closing is not None:
        text = _set_round(text, request)
        criteria = loader.parse_criteria(text, file.name)
    return ImportedCriteria(criteria, text, file.name, identify(file, Settings(file).limits).sha256, ())


def _set_round(text: str, request: ImportRequest) -> str:
    """The file's text with the round's window and closing, in the place of its own."""
    window, closing = _window(request.window), _closing(request.closing)
    lines = {
        "window": yaml_writer.write_window(*window) if request.window is not None else None,
        "closing": yaml_writer.write_closing(closing) if closing else None,
    }
    for key, line in lines.items():
        if line is not None:
            text = re.sub(rf"(?m)^{key}:.*\n", "", text)
            text = re.sub(r"(?m)^(set:.*)$", rf"\g<1>\n{line}", text, count=1)
    return text


# --- the file -------------------------------------------------------------------------------------------------------


def _read_tables(file: Path, settings: Settings) -> tuple[Document, AnnexForm]:
    """The file's pages with their tables. AnnexError says why there are none."""
    request = request_file(file, settings.limits)
    result = next(read_files([request], settings, tables=True))
    document = result.document
    if result.record.status is Status.UNREADABLE or not document.pages:
        raise AnnexError(
            "annex-unreadable", tuple((None, problem.message) for problem in document.problems), path=file.name
        )
    return document, annex_form(request.source.media_type)


def _read_guide(file: Path, settings: Settings) -> dict[str, GuideEntry]:
    document, form = _read_tables(file, settings)
    guide = importer.read_guide(document.pages, form)
    if not guide:
        raise AnnexError("annex-no-table", (), path=file.name, pages=len(document.pages))
    return guide


def _choose_sheet(file: Path, document: Document, form: AnnexForm, table: int | None) -> AnnexTable:
    """The one set of the file, or the one that was asked for."""
    sheets = importer.find_sets(document.pages, form)
    if not sheets:
        raise _no_sheet(file, document, form)
    if table is None and len(sheets) > 1:
        rows = tuple(_describe_sheet(number, sheet) for number, sheet in enumerate(sheets, start=1))
        raise AnnexError("annex-several", rows, path=file.name, count=len(sheets))
    if table is not None and not 1 <= table <= len(sheets):
        raise UsageError("annex-no-such-table", path=file.name, table=table, count=len(sheets))
    return sheets[(table or 1) - 1]


def _describe_sheet(number: int, sheet: AnnexTable) -> Sentence:
    first, last = sheet.rows[0], sheet.rows[-1]
    params = {"first": str(first.code), "last": str(last.code), "title": _first(first.title)}
    return sheet.place.where, Message("annex-one-of", {"table": str(number), "count": str(len(sheet.rows)), **params})


def _first(texts: Sequence[str]) -> str:
    return " ".join(texts[0].split())[:60] if texts else ""


def _no_sheet(file: Path, document: Document, form: AnnexForm) -> AnnexError:
    """Why no set was found: pages that are pictures, a guide without points, no table at all."""
    scans = [page.number for page in document.pages if page.origin is Origin.OCR]
    if scans:
        return AnnexError("annex-scan", (), path=file.name, pages=len(scans), first=scans[0])
    if importer.read_guide(document.pages, form):
        return AnnexError("annex-only-guide", (), path=file.name)
    return AnnexError("annex-no-table", (), path=file.name, pages=len(document.pages))


# --- the set --------------------------------------------------------------------------------------------------------


def _build_set(
    annex: Annex, file: Path, request: ImportRequest, today: int
) -> tuple[CriteriaSet, tuple[Sentence, ...]]:
    """The set with its head; what the annex does not say is said to be assumed."""
    head, window = annex.heading, _window(request.window)
    remarks: list[Sentence] = []
    year, level = request.year or head.year, request.level or head.level
    title = head.title or file.stem
    if year is None:
        remarks.append((None, Message("annex-year-assumed", {"year": str(today)})))
    if level is None:
        remarks.append((None, Message("annex-level-assumed", {"level": DEFAULT_LEVEL})))
    if head.title is None:
        remarks.append((None, Message("annex-title-assumed", {"title": title})))
    criteria = CriteriaSet(
        set=request.name or set_name(str(head.number) if head.number else file.stem),
        title=title,
        year=year or today,
        level=level or DEFAULT_LEVEL,
        units=(),
        criteria=annex.criteria,
        based_on=head.number,
        based_on_date=head.date,
        window_from=window[0],
        window_to=window[1],
        closing=_closing(request.closing),
    )
    return criteria, tuple(remarks)


def _window(text: str | None) -> tuple[datetime.date | None, datetime.date | None]:
    """FROM..TO, either side may be open. UsageError where it is none."""
    if text is None:
        return None, None
    left, dots, right = (part.strip() for part in text.partition(".."))
    days = tuple(parse_moment(part) if part else None for part in (left, right))
    wrong = any(part and ("T" in part or day is None) for part, day in zip((left, right), days, strict=True))
    first, last = (day.date() if day else None for day in days)
    if not dots or wrong or not (first or last) or (first and last and first > last):
        raise UsageError("annex-bad-window", value=text)
    return first, last


def _closing(text: str | None) -> datetime.datetime | None:
    """A moment; of a day alone its last minute. UsageError where it is none."""
    moment = parse_moment(text) if text is not None else None
    if text is not None and moment is None:
        raise UsageError("annex-bad-closing", value=text)
    return moment


def set_name(text: str) -> str:
    """A name for a set: letters without marks, figures, hyphens.

    >>> set_name("1187/QĐ-BNV"), set_name("Bộ chỉ số  sở, ngành 2025")
    ('1187-qd-bnv', 'bo-chi-so-so-nganh-2025')
    """
    plain = strip_marks(fold(text)).replace("đ", "d")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "bo-tieu-chi"
