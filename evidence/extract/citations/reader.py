"""The documents that a text cites: number, kind, date, issuer and what the text does with each.

The citing document's own number, the number rows of headers and copies, and "Kế hoạch này" are no citations; nor are
forms, standards and scores (``values.traps``). A date that is not printed stays empty here; what the rest of
the document tells of it is concluded in ``completion``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace

from evidence.extract.citations import relations
from evidence.extract.citations.back_references import Antecedent, find_back_references
from evidence.extract.citations.by_name import find_named_documents
from evidence.extract.citations.context import Tail, find_issuer, read_head, read_tail
from evidence.extract.citations.lists import find_listed_serials, find_shared_dates
from evidence.extract.citations.mention import CitationMention
from evidence.extract.citations.ranges import read_range
from evidence.extract.citations.same_year import NOTE, ConcludedDate, conclude_date
from evidence.extract.layout.text_flow import WordPlaces, join_pages
from evidence.messages import Message
from evidence.model.document import Origin, Page
from evidence.model.record import Citation, Relation, Span
from evidence.values import kind as kinds
from evidence.values import number as numbers
from evidence.values.number import Number, NumberMatch
from evidence.vietnamese.text import canon, nfc, plain_map

_HEADER_ROW = re.compile(r"(?:^|\n)[ \t*|]*(?:(?:Luật|Lệnh|Pháp lệnh)[ ]+[Ss]ố|Số|SỐ)[ ]*:[ ]*$")
_PARTY_ROW = re.compile(r"(?:^|\n)[ \t*|]*Số[ ]*$")
LIST_NOTE = "citation-date-of-list"
CONCLUDED = 0.85  # a date that only its list tells; a number that something beside it may be of
_JOINED = re.compile(
    r"^\s*(?:,|;|và|hoặc|,\s*và|đến|[,;]?\s*từ)?\s*(?:(?:các\s+)?(?:từ\s+)?(?:số|sô)\s*:?)?\s*$", re.IGNORECASE
)


def read_citations(pages: tuple[Page, ...], own: Number | None = None) -> tuple[Citation, ...]:
    """The citations of a document in the order of its text; ``own`` is its own number."""
    flow = join_pages(pages)
    places: dict[int, WordPlaces] = {}
    citations = []
    for citation in read_text_citations(flow.text, own):
        index, start, end = flow.locate(citation.span.start, citation.span.end)
        if index not in places:
            places[index] = WordPlaces(pages[index])
        citations.append(_on_page(citation, places[index], start, end))
    return tuple(citations)


def _on_page(citation: Citation, places: WordPlaces, start: int, end: int) -> Citation:
    """The citation with its place; of one that goes on over a page break the place is what stands on the first."""
    box, confidence = places.find_box(start, end)
    if places.page.origin is not Origin.OCR:
        confidence = 1.0
    return replace(
        citation,
        span=Span(places.page.number, start, end, box),
        confidence=round(min(citation.confidence, max(confidence, 0.0)), 3),
    )


def read_text_citations(text: str, own: Number | None = None) -> tuple[Citation, ...]:
    """The citations of a plain text, as on page 1.

    >>> cited = read_text_citations("Thực hiện Quyết định số 615/QĐ-UBND ngày 15/3/2019 của UBND tỉnh về việc công bố")
    >>> [(citation.text, str(citation.date), citation.issuer, citation.relation.value) for citation in cited]
    [('Quyết định số 615/QĐ-UBND ngày 15/3/2019', '2019-03-15', 'UBND tỉnh', 'implements')]
    """
    composed, offsets = plain_map(text)
    plain = canon(composed)
    mentions = list(_ranged(plain, _with_shared_dates(plain, list(_numbered(plain, own)))))
    mentions += _pointing(plain, mentions)
    mentions = sorted([*mentions, *_by_name(plain, mentions)], key=lambda mention: mention.start)
    quotes = relations.Quotes(plain)
    reader = relations.RelationReader(plain)
    citations = []
    for mention in mentions:
        relation = reader.read_relation(mention.start, mention.stop, quotes.around(mention.start))
        citations.append(_citation(text, offsets, mention, _relation_to(relation, mention)))
    return tuple(citations)


def _relation_to(relation: Relation, mention: CitationMention) -> Relation:
    """A report is a source: "theo Báo cáo số" rests on nothing."""
    if relation is Relation.BASED_ON and mention.kind is not None and mention.kind.name in ("Báo cáo", "Biên bản"):
        return Relation.CITES
    return relation


def _citation(text: str, offsets: list[int] | None, mention: CitationMention, relation: Relation) -> Citation:
    def place(start: int, end: int) -> tuple[int, int]:
        return (start, end) if offsets is None else (offsets[start], offsets[end - 1] + 1)

    start, end = place(mention.start, mention.end)
    issuer = None
    if mention.issuer:
        low, high = place(*mention.issuer)
        issuer = " ".join(nfc(text[low:high]).split())
    return Citation(
        text=text[start:end],
        span=Span(1, start, end),
        relation=relation,
        kind=mention.kind,
        number=mention.number,
        date=mention.date,
        issuer=issuer,
        name=mention.name,
        confidence=mention.confidence,
        range_to=mention.range_to,
        note=mention.note,
    )


def _numbered(plain: str, own: Number | None) -> Iterator[CitationMention]:
    """Every cited number with its kind, date and issuer."""
    last: CitationMention | None = None
    end = 0
    for match in numbers.search(plain):
        if _is_own(plain, match, own):
            end = match.end
            continue
        mention = _mention(plain, match, end, last)
        listed = list(_listed(plain, mention, end)) if mention.number else []
        yield from listed
        last = replace(mention, kind=listed[0].kind) if listed else mention
        end = last.end
        yield last


def _listed(plain: str, mention: CitationMention, floor: int) -> Iterator[CitationMention]:
    """The serials before it that share its symbol, date and issuer; the first begins at the kind."""
    assert mention.number is not None
    kind = None
    for serial in find_listed_serials(plain, floor, mention.number_start, mention.number):
        head = read_head(plain, serial.start, serial.number, floor)
        kind = kind or head.kind
        yield replace(
            mention,
            start=head.start,
            end=serial.end,
            number=serial.number,
            kind=kind,
            number_start=serial.start,
            name=None,
            issuer=mention.issuer,
        )
        floor = serial.end


def _with_shared_dates(plain: str, mentions: list[CitationMention]) -> list[CitationMention]:
    """The mentions; those without a date have the one behind the last of their list."""
    for shared in find_shared_dates(plain, [mention.list_member for mention in mentions]):
        mention = mentions[shared.index]
        note = mention.note or (Message(LIST_NOTE) if shared.concluded else None)
        confidence = min(mention.confidence, CONCLUDED) if shared.concluded else mention.confidence
        mentions[shared.index] = replace(mention, date=shared.date, note=note, confidence=confidence)
    return mentions


def _is_own(plain: str, match: NumberMatch, own: Number | None) -> bool:
    """Whether it is the document's own number, or stands in the number row of a header, a copy or a stamp."""
    if own is not None and match.number.key == own.key:
        return True
    before = plain[max(0, match.start - 60) : match.start]
    if _HEADER_ROW.search(before):
        return True
    return match.number.is_party and _PARTY_ROW.search(before) is not None


def _mention(plain: str, match: NumberMatch, floor: int, last: CitationMention | None) -> CitationMention:
    head = read_head(plain, match.start, match.number, floor)
    tail = read_tail(plain, match.end)
    kind = head.kind
    joined = last is not None and _JOINED.match(plain[last.stop : head.start][:40]) is not None
    if last is not None and joined and not head.printed and match.number.kind_code == _kind_code(last):
        kind = last.kind or kind
    issuer = find_issuer(plain, tail.end, joint=kinds.is_joint(kind))
    tail = _behind_issuer(plain, match, tail, issuer)
    when = _when(plain, match, tail, last)
    confidence = min(0.8 if tail.damaged else 1.0 if match.labelled else 0.95, when.confidence)
    return CitationMention(
        head.start,
        tail.end,
        kind,
        match.number,
        when.date,
        issuer,
        head.name,
        confidence if match.certain else min(confidence, CONCLUDED),
        match.start,
        note=when.note,
        shared=tail.shared,
    )


def _behind_issuer(plain: str, match: NumberMatch, tail: Tail, issuer: tuple[int, int] | None) -> Tail:
    """``số 15/QĐ-UBND (năm 2019) của UBND tỉnh ngày 15/3/2019``: the date behind the issuer, of no other year."""
    year = tail.date if tail.date is not None and tail.date.month is None else None
    if issuer is None or (tail.end != match.end and year is None):
        return tail
    behind = read_tail(plain, issuer[1])
    if year is not None:
        return behind if behind.date and behind.date.whole and behind.date.year == year.year else tail
    return behind if behind.same_year or (behind.date and behind.date.whole) else tail


def _when(plain: str, match: NumberMatch, tail: Tail, last: CitationMention | None) -> ConcludedDate:
    """The date printed behind the number, or that of the citation or date before it ("cùng ngày", "cùng năm")."""
    if tail.same_year is not None:
        before = (
            (last.number_start, last.number.year) if last is not None and last.number and last.number.year else None
        )
        return conclude_date(plain, match.start, tail.same_year, match.number.year, before)
    if tail.same_day and last is not None and match.start - last.end < 300:
        rests = last.note is not None and last.note.code == NOTE
        return ConcludedDate(last.date, last.confidence, last.note) if rests else ConcludedDate(last.date)
    return ConcludedDate(tail.date)


def _ranged(plain: str, mentions: list[CitationMention]) -> Iterator[CitationMention]:
    """The mentions; the lower end of "từ số … đến số …" knows the upper one."""
    for index, mention in enumerate(mentions):
        following = mentions[index + 1].range_end if index + 1 < len(mentions) else None
        number_range = read_range(plain, mention.range_end, following)
        if number_range is not None:
            mention = replace(
                mention,
                start=number_range.start,
                number=number_range.low,
                range_to=number_range.high,
                note=number_range.note,
            )
        yield mention


def _pointing(plain: str, mentions: list[CitationMention]) -> Iterator[CitationMention]:
    """Citations that point back: "Quyết định 15 nêu trên"."""
    antecedents = [
        Antecedent(mention.end, mention.kind, mention.number, at)
        for at, mention in enumerate(mentions)
        if mention.number
    ]
    starts = [mention.start for mention in mentions]
    for reference in find_back_references(plain, antecedents):
        index = bisect_right(starts, reference.end - 1) - 1
        if index >= 0 and mentions[index].end > reference.start:
            continue
        meant = mentions[reference.place]
        note = Message("citation-points-back", {"number": str(meant.number)})
        start, end = reference.start, reference.end
        yield replace(meant, start=start, end=end, issuer=None, confidence=0.85, range_to=None, note=note)


def _kind_code(last: CitationMention) -> str | None:
    """The abbreviation of the kind in the number of a mention."""
    return last.number.kind_code if last.number else None


def _by_name(plain: str, taken: list[CitationMention]) -> Iterator[CitationMention]:
    """Documents cited by name, where no numbered citation stands already."""
    taken = sorted(taken, key=lambda named: named.start)
    starts = [named.start for named in taken]
    for named in find_named_documents(plain):
        index = bisect_right(starts, named.end - 1) - 1
        if index >= 0 and taken[index].end > named.start:
            continue
        yield CitationMention(
            named.start, named.end, named.kind, None, named.date, named.issuer, named.name, named.confidence
        )
