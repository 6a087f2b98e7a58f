"""What the index knows of a document, field by field. Every field is fed ready terms joined by blanks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from whoosh import fields
from whoosh.analysis import SpaceSeparatedTokenizer

from evidence.model import Record
from evidence.search import analyzer

ANALYSIS = 1  # goes up with every change of analyzer or schema; an index of another version is made anew


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
        body=fields.TEXT(analyzer=words),
        body_f=fields.TEXT(analyzer=words),
        big=fields.TEXT(analyzer=words, phrase=False),
        title=fields.TEXT(analyzer=words),
        title_f=fields.TEXT(analyzer=words),
        issuer=fields.TEXT(analyzer=words),
        nums=fields.TEXT(analyzer=words, phrase=False),
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
    record = entry.record
    number, kind, issuer = record.number.value, record.kind.value, record.issuer.value
    cited = (analyzer.token(one.number) for one in record.citations if one.number)
    return {
        "number": " ".join([analyzer.token(number), *analyzer.parts(number)] if number else []),
        "cites": " ".join(dict.fromkeys(cited)),
        "kind": " ".join(map(analyzer.label, filter(None, (kind.name, kind.code)))) if kind else "",
        # the gap keeps a phrase from running out of the name into the code
        "issuer": " ".join(analyzer.bare(analyzer.terms(f"{issuer.name} {issuer.code or ''}"))) if issuer else "",
        "unit": " ".join(map(analyzer.label, entry.units)),
        "criterion": " ".join(dict.fromkeys(term for code in entry.criteria for term in analyzer.branches(code))),
        "date": " ".join(_date(record)),
    }


def _title(record: Record) -> str:
    kind, subject = record.kind.value, record.subject.value
    return f"{kind.name if kind else ''} {subject or ''}"


def _date(record: Record) -> list[str]:
    return [str(record.date.value)] if record.date.value else []
