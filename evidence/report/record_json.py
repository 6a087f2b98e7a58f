"""A record as the JSON that others rely on (``docs/record-format.md``)."""

from __future__ import annotations

from typing import Any, TypeVar

from evidence.messages import Language, say
from evidence.model.document import Envelope, Source
from evidence.model.geometry import Box
from evidence.model.problem import Problem
from evidence.model.record import Citation, FieldValue, PageSummary, Record
from evidence.model.signature import Signature
from evidence.values.standard import Standard

T = TypeVar("T")


def render(record: Record, language: Language = Language.VI) -> dict[str, Any]:
    """One object a document; sentences in that language. Those of ``parts`` are objects of their own."""
    kind, issuer, parent, signer = record.kind, record.issuer, record.parent, record.signer
    return {
        "source": _source(record.source),
        "status": record.status.value,
        "pages": [_page(page) for page in record.pages],
        "number": found(record.number, _text(record.number), language),
        "date": found(record.date, _text(record.date), language),
        "place": found(record.place, record.place.value, language),
        "issuer": found(issuer, issuer.value and issuer.value.name, language, code=issuer.value and issuer.value.code),
        "parent": found(parent, parent.value and parent.value.name, language, code=parent.value and parent.value.code),
        "kind": found(kind, kind.value and kind.value.name, language, code=kind.value and kind.value.code),
        "subject": found(record.subject, record.subject.value, language),
        "signer": found(
            signer,
            signer.value and signer.value.name,
            language,
            title=signer.value and signer.value.title,
            authority=signer.value and signer.value.authority,
        ),
        "recipients": found(record.recipients, _list(record.recipients), language),
        "signatures": [_signature(one) for one in record.signatures],
        "envelope": _envelope(record.envelope) if record.envelope else None,
        "citations": [_citation(one, language) for one in record.citations],
        "standards": [_standard(one) for one in record.standards],
        "annexes": [found(one, one.value, language) for one in record.annexes],
        "annex_of": _citation(record.annex_of, language) if record.annex_of else None,
        "first_page": record.first_page,
        "last_page": record.last_page,
        "problems": [_problem(one, language) for one in record.problems],
    }


def found(one: FieldValue[T], value: object, language: Language, **more: object) -> dict[str, Any]:
    """A value with its proof. ``value`` null with a ``raw``: seen, not readable; both null: absent."""
    span = one.span
    return {
        "value": value,
        **more,
        "raw": one.raw,
        "page": span.page if span else None,
        "box": box(span.box) if span else None,
        "confidence": _hundredths(one.confidence),
        "doubtful": one.value is not None and not one.sure,
        "note": say(one.note, language) if one.note else None,
    }


def _hundredths(confidence: float) -> float:
    """Never rounded up: 0.896 is not sure and is not shown as 0.9.

    >>> _hundredths(0.896), _hundredths(0.9), _hundredths(0.29), _hundredths(1.0)
    (0.89, 0.9, 0.29, 1.0)
    """
    return int(confidence * 100 + 1e-6) / 100


def box(corners: Box | None) -> list[float] | None:
    """Corners in PDF points, to the tenth: a tenth of a point is a third of a hair."""
    return [round(corner, 1) for corner in corners] if corners else None


def _text(one: FieldValue[T]) -> str | None:
    return None if one.value is None else str(one.value)


def _list(one: FieldValue[tuple[str, ...]]) -> list[str] | None:
    return None if one.value is None else list(one.value)


def _source(source: Source) -> dict[str, Any]:
    out: dict[str, Any] = {
        "path": source.path,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "size": source.size,
    }
    if source.member_of:
        out["member_of"] = source.member_of
    if source.received:
        out["received"] = source.received.isoformat()
    return out


def _page(page: PageSummary) -> dict[str, Any]:
    return {
        "number": page.number,
        "width": round(page.width, 1),
        "height": round(page.height, 1),
        "origin": page.origin.value,
        "confidence": round(page.confidence, 2),
    }


def _signature(one: Signature) -> dict[str, Any]:
    return {
        "form": one.form,
        "signer": one.signer,
        "organisation": one.organisation,
        "issuer": one.issuer,
        "time": one.time.isoformat() if one.time else None,
        "timestamped": one.timestamped,
        "digest": one.digest,
        "intact": one.intact,
        "covers_whole_file": one.covers_whole_file,
        "later": one.later.value if one.later else None,
        "trusted": one.trusted,
    }


def _envelope(one: Envelope) -> dict[str, Any]:
    return {
        "number": one.number,
        "date": one.date.isoformat() if one.date else None,
        "issuer": one.issuer,
        "kind": one.kind,
        "subject": one.subject,
        "signer": one.signer,
    }


def _citation(one: Citation, language: Language) -> dict[str, Any]:
    return {
        "kind": one.kind.name if one.kind else None,
        "number": str(one.number) if one.number else None,
        "date": str(one.date) if one.date else None,
        "issuer": one.issuer,
        "issuer_agency": one.issuer_agency.name if one.issuer_agency else None,
        "range_to": str(one.range_to) if one.range_to else None,
        "name": one.name,
        "relation": one.relation.value,
        "text": one.text,
        "page": one.span.page,
        "start": one.span.start,
        "end": one.span.end,
        "box": box(one.span.box),
        "confidence": _hundredths(one.confidence),
        "note": say(one.note, language) if one.note else None,
    }


def _standard(one: FieldValue[Standard]) -> dict[str, Any]:
    span = one.span
    return {
        "kind": "standard",
        "value": _text(one),
        "text": one.raw,
        "page": span.page if span else None,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "box": box(span.box) if span else None,
        "confidence": _hundredths(one.confidence),
    }


def _problem(one: Problem, language: Language) -> dict[str, Any]:
    return {"code": one.code.value, "page": one.page, "sentence": say(one.message, language)}
