"""Made-up papers of an appraisal and the set that asks for them, as many as wanted, each made of its number alone.

The text of their pages is somebody else's (``search_corpus``) and read in place; nothing of it is kept.
"""

from __future__ import annotations

import datetime
import hashlib
import random
from dataclasses import dataclass

from evidence.model.document import Document, Page, Source
from evidence.model.placement import Submission
from evidence.model.record import Citation, FieldValue, PageSummary, Record, Relation, Span, Status
from evidence.pipeline.extract_many import grammar_version
from evidence.store.mapping import page_to_row
from evidence.values import agency, date, kind, number
from tests.bench.search_corpus import make_gazette_entries
from tests.support import text_pipeline

FIELDS, PER_FIELD = 8, 13
CRITERIA = tuple(f"{field}.{at}" for field in range(1, FIELDS + 1) for at in range(1, PER_FIELD + 1))
TOPICS = (
    "cải cách hành chính", "kiểm soát thủ tục hành chính", "chuyển đổi số", "rà soát văn bản quy phạm pháp luật",
    "phòng chống tham nhũng", "tinh giản biên chế", "tuyên truyền", "ứng dụng công nghệ thông tin",
    "theo dõi thi hành pháp luật", "đào tạo bồi dưỡng", "tài chính công", "kỷ luật kỷ cương", "dân chủ cơ sở",
)  # fmt: skip
KINDS = ("KH", "BC", "QĐ")
NAMES = {"KH": "Kế hoạch", "BC": "Báo cáo", "QĐ": "Quyết định"}
LAWS = tuple(f"{at}/2024/NĐ-CP" for at in range(11, 21))
HANDED_IN = datetime.date(2025, 3, 1)
SPAN = Span(1, 0, 40, (85.0, 98.0, 190.0, 112.0))
ROW = 14  # words of a row
BODIES = 6_000  # different texts

HEAD = "set: bo\ntitle: Bộ chỉ số lớn\nyear: 2025\nlevel: so\nholidays: vn-2025\nunits:\n"
UNIT = "  - {{code: S{0:02}, name: Sở {0:02}, issuer: Sở {0:02} tỉnh An Phú}}\n"
CRITERION = """\
      - {{code: "{code}", title: "{title}", points: 1, score: {score}, evidence: [
          {{id: kh, title: "{title}", kind: {kind}, issuer: unit, subject: ["{topic}"], about: 2025, {when}}}]}}
"""
WHEN = {
    "KH": "issued: 2024-10-01..2025-06-30, due: 2025-01-31",
    "BC": "issued: 2025-01-01..2025-12-31, due: 2025-06-30, shift: next-working-day",
    "QĐ": "issued: 2025-01-01..2025-12-31",
}
PERIODS = ("quý I năm", "6 tháng đầu năm", "quý III năm", "năm")
SERIES = "series: cchc-quarterly, shift: next-working-day"  # of every last criterion of a field


def write_large_set(units: int) -> str:
    """The set as YAML: 104 criteria, eight of them with four reports a year."""
    rows = [HEAD, *(UNIT.format(at) for at in range(units)), "criteria:\n"]
    for field in range(1, FIELDS + 1):
        rows.append(f'  - code: "{field}"\n    title: Lĩnh vực {field}\n    points: {PER_FIELD}\n    children:\n')
        for at in range(1, PER_FIELD + 1):
            code, topic = KINDS[at % 3], name_topic(f"{field}.{at}")
            regular = at == PER_FIELD
            rows.append(
                CRITERION.format(
                    code=f"{field}.{at}", title=f"{NAMES[code]} {topic}", kind="Báo cáo" if regular else NAMES[code],
                    score="all-or-nothing" if code == "QĐ" or regular else "timeliness", topic=topic,
                    when=SERIES if regular else WHEN[code],
                )
            )  # fmt: skip
    return "".join(rows)


def name_topic(criterion: str) -> str:
    """What the papers of that criterion are about, which no other's are."""
    field, _, at = criterion.partition(".")
    return f"{TOPICS[int(at) - 1]} đợt {field}"


@dataclass(frozen=True, slots=True)
class Paper:
    """One document; ``bodies``: the bytes of its pages behind the first, as they are kept."""

    document: Document
    record: Record
    submission: Submission
    bodies: tuple[bytes, ...]


class PaperMaker:
    """Papers by their number: that of one number is the same every time."""

    def __init__(self, documents: int, units: int) -> None:
        self._documents, self._units = documents, units
        texts = [entry.texts for entry in make_gazette_entries(BODIES)]
        self._starts = [" ".join(pages[0].split()[:90]) for pages in texts]
        self._pages = [_rows(" ".join(pages)[:2_100]) for pages in texts]
        self._packed: dict[tuple[int, int], bytes] = {}

    def make(self, at: int) -> Paper:
        """That of this number, from 0."""
        dice, unit, nth = random.Random(at), at % self._units, at // self._units
        criterion = CRITERIA[(nth + unit * 7) % len(CRITERIA)]
        code = KINDS[int(criterion.partition(".")[2]) % 3]
        period = dice.choice(PERIODS) if criterion.endswith(f".{PER_FIELD}") else "năm"
        this_year = dice.random() < (0.9 if nth < len(CRITERIA) else 0.2)  # others have last year's among them
        subject = f"{NAMES[code]} {name_topic(criterion)} {period} {2025 if this_year else 2024}"
        day = datetime.date(2025, 1, 5) + datetime.timedelta(days=dice.randrange(50 if code == "KH" else 200))
        printed, issuer = f"{nth + 1}/{code}-S{unit:02}", f"Sở {unit:02} tỉnh An Phú"
        cited = (dice.choice(LAWS), *self._choose_papers(dice, unit))
        text = (
            f"Số: {printed}\nLoại: {NAMES[code]}\nCơ quan: {issuer}\nNgày: {day:%d/%m/%Y}\nVề: {subject}\n"
            + "".join(f"Căn cứ {each}\n" for each in cited)
            + _rows(dice.choice(self._starts))
        )
        name = f"S{unit:02}/{criterion}/{at}.pdf"
        source = Source(name, hashlib.sha256(f"paper {at}".encode()).hexdigest(), "application/pdf", 100_000)
        first = text_pipeline.page(1, text)
        drawn = [dice.randrange(len(self._pages)) for _ in range(2)]
        bodies = tuple(self._pack(number, body) for number, body in enumerate(drawn, 2))
        sure = 0.97 if dice.random() < 0.93 else 0.7
        record = Record(
            source=source,
            status=Status.READ,
            pages=tuple(PageSummary(n, 595.0, 842.0, first.origin, 0.95) for n in (1, 2, 3)),
            kind=FieldValue(kind.by_code(code), NAMES[code], SPAN, 0.97),
            number=FieldValue(number.parse(printed), printed, SPAN, sure),
            date=FieldValue(date.parse(day.isoformat()), day.isoformat(), SPAN, 0.97),
            issuer=FieldValue(agency.parse(issuer), issuer, SPAN, 0.97),
            subject=FieldValue(subject, subject, SPAN, 0.97 if dice.random() < 0.95 else 0.7),
            citations=tuple(_cite(each, text, dice) for each in cited),
            grammar=grammar_version(),
        )
        place = criterion if dice.random() < 0.9 else None
        submission = Submission(source.sha256, name, f"S{unit:02}", place, HANDED_IN)
        return Paper(Document(source, (first,)), record, submission, bodies)

    def _choose_papers(self, dice: random.Random, unit: int) -> tuple[str, ...]:
        most = max(1, self._documents // self._units)
        others = (unit, unit, dice.randrange(self._units))
        return tuple(f"{dice.randint(1, most)}/{dice.choice(KINDS)}-S{other:02}" for other in others)

    def _pack(self, page: int, body: int) -> bytes:
        """The bytes of that text as that page, made once."""
        if (page, body) not in self._packed:
            self._packed[page, body] = page_to_row("", text_pipeline.page(page, self._pages[body])).data
        return self._packed[page, body]


def count_pages(paper: Paper) -> int:
    return len(paper.document.pages) + len(paper.bodies)


def first_page(paper: Paper) -> Page:
    return paper.document.pages[0]


def _rows(text: str) -> str:
    """The words in rows, as a page has them."""
    words = text.split()
    return "\n".join(" ".join(words[at : at + ROW]) for at in range(0, len(words), ROW))


def _cite(printed: str, text: str, dice: random.Random) -> Citation:
    start = text.index(printed)
    relation = Relation.REPLACES if dice.random() < 0.01 else Relation.BASED_ON
    span = Span(1, start, start + len(printed), (85.0, 160.0, 190.0, 172.0))
    return Citation(printed, span, relation, number=number.parse(printed))
