"""What the index knows of a document, field by field. Every field is fed ready terms joined by blanks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from whoosh import fields
from whoosh.analysis import SpaceSeparatedTokenizer

from evidence.model.record import Record
from evidence.search import analyzer
from evidence.search.whoosh.writer import Words

ANALYSIS = 2  # goes up with every change of analyzer or schema; an index of another version is made anew


@dataclass(frozen=True, slots=True)
class Entry:
    """A document as the index is to know it. ``revision`` is the store's, to tell whether the index is in step."""

    sha256: str
    revision: int
    record: Record
    texts: tuple[str, ...]
    units: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()


def schema() -> Any:
    """The fields. ``big`` keeps frequencies only; nothing of the text is stored in the index."""
    words = SpaceSeparatedTokenizer()
    return fields.Schema(
        id=fields.ID(unique=True, stored=True),
        revision=fields.STORED,
        body=Words(analyzer=words),
        body_f=Words(analyzer=words),
        big=Words(analyzer=words, phrase=False),
        title=Words(analyzer=words),
        title_f=Words(analyzer=words),
        issuer=Words(analyzer=words),
        nums=Words(analyzer=words, phrase=False),
        number=fields.KEYWORD,
        cites=fields.KEYWORD,
        kind=fields.KEYWORD,
        unit=fields.KEYWORD,
        criterion=fields.KEYWORD,
        date=fields.ID,
    )


def values(entry: Entry) -> Mapping[str, object]:
    """The entry as the engine takes it."""
    text = "\n".join(entry.texts)
    body, title = analyzer.terms(text), analyzer.terms(_title(entry.record))
    flat, flat_title = analyzer.bare(body), analyzer.bare(title)
    return {
        "id": entry.sha256,
        "revision": entry.revision,
        "body": " ".join(body),
        "body_f": " ".join(flat),
        "big": " ".join(analyzer.bigrams(flat)),
        "title": " ".join(title),
        "title_f": " ".join(flat_title),
        "nums": " ".join([*analyzer.figures(text), *_date(entry.record)]),
        **_known(entry),
    }


def _known(entry: Entry) -> dict[str, str]:
    """The fields that come from the record and from who handed it in."""
    records = (entry.record, *entry.record.parts)  # every document of the file
    numbers = [one.number.value for one in records if one.number.value]
    kinds = [one.kind.value for one in records if one.kind.value]
    issuers = [one.issuer.value for one in records if one.issuer.value]
    cited = (analyzer.token(cite.number) for one in records for cite in one.citations if cite.number)
    return {
        "number": " ".join(term for one in numbers for term in (analyzer.token(one), *analyzer.parts(one))),
        "cites": " ".join(dict.fromkeys(cited)),
        "kind": " ".join(analyzer.label(name) for kind in kinds for name in (kind.name, kind.code) if name),
        # the gap keeps a phrase from running out of the name into the code
        "issuer": " ".join(
            term for one in issuers for term in analyzer.bare(analyzer.terms(f"{one.name} {one.code or ''}"))
        ),
        "unit": " ".join(map(analyzer.label, entry.units)),
        "criterion": " ".join(dict.fromkeys(term for code in entry.criteria for term in analyzer.branches(code))),
        "date": " ".join(_date(entry.record)[:1]),  # one term a document: that of the first
    }


def _title(record: Record) -> str:
    kind, subject = record.kind.value, record.subject.value
    return f"{kind.name if kind else ''} {subject or ''}"


def _date(record: Record) -> list[str]:
    return [str(one.date.value) for one in (record, *record.parts) if one.date.value]
