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
        "number": field_json(record.number, _text(record.number), language),
        "date": field_json(record.date, _text(record.date), language),
        "place": field_json(record.place, record.place.value, language),
        "issuer": field_json(
            issuer, issuer.value and issuer.value.name, language, code=issuer.value and issuer.value.code
        ),
        "parent": field_json(
            parent, parent.value and parent.value.name, language, code=parent.value and parent.value.code
        ),
        "kind": field_json(kind, kind.value and kind.value.name, language, code=kind.value and kind.value.code),
        "subject": field_json(record.subject, record.subject.value, language),
        "signer": field_json(
            signer,
            signer.value and signer.value.name,
            language,
            title=signer.value and signer.value.title,
            authority=signer.value and signer.value.authority,
        ),
        "recipients": field_json(record.recipients, _list(record.recipients), language),
        "signatures": [_signature(signature) for signature in record.signatures],
        "envelope": _envelope(record.envelope) if record.envelope else None,
        "citations": [_citation(citation, language) for citation in record.citations],
        "standards": [_standard(standard) for standard in record.standards],
        "annexes": [field_json(annex, annex.value, language) for annex in record.annexes],
        "annex_of": _citation(record.annex_of, language) if record.annex_of else None,
        "first_page": record.first_page,
        "last_page": record.last_page,
        "problems": [_problem(problem, language) for problem in record.problems],
    }


def field_json(field: FieldValue[T], value: object, language: Language, **more: object) -> dict[str, object]:
    """A value with its proof. ``value`` null with a ``raw``: seen, not readable; both null: absent."""
    span = field.span
    return {
        "value": value,
        **more,
        "raw": field.raw,
        "page": span.page if span else None,
        "box": rounded_box(span.box) if span else None,
        "confidence": _hundredths(field.confidence),
        "doubtful": field.value is not None and not field.sure,
        "note": say(field.note, language) if field.note else None,
    }


def _hundredths(confidence: float) -> float:
    """Never rounded up: 0.896 is not sure and is not shown as 0.9.

    >>> _hundredths(0.896), _hundredths(0.9), _hundredths(0.29), _hundredths(1.0)
    (0.89, 0.9, 0.29, 1.0)
    """
    return int(confidence * 100 + 1e-6) / 100


def rounded_box(corners: Box | None) -> list[float] | None:
    """Corners in PDF points, to the tenth: a tenth of a point is a third of a hair."""
    return [round(corner, 1) for corner in corners] if corners else None


def _text(field: FieldValue[T]) -> str | None:
    return None if field.value is None else str(field.value)


def _list(field: FieldValue[tuple[str, ...]]) -> list[str] | None:
    return None if field.value is None else list(field.value)


def _source(source: Source) -> dict[str, object]:
    out: dict[str, object] = {
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


def _page(page: PageSummary) -> dict[str, object]:
    return {
        "number": page.number,
        "width": round(page.width, 1),
        "height": round(page.height, 1),
        "origin": page.origin.value,
        "confidence": round(page.confidence, 2),
    }


def _signature(signature: Signature) -> dict[str, object]:
    return {
        "form": signature.form,
        "signer": signature.signer,
        "organisation": signature.organisation,
        "issuer": signature.issuer,
        "time": signature.time.isoformat() if signature.time else None,
        "timestamped": signature.timestamped,
        "digest": signature.digest,
        "intact": signature.intact,
        "covers_whole_file": signature.covers_whole_file,
        "later": signature.later.value if signature.later else None,
        "trusted": signature.trusted,
    }


def _envelope(envelope: Envelope) -> dict[str, object]:
    return {
        "number": envelope.number,
        "date": envelope.date.isoformat() if envelope.date else None,
        "issuer": envelope.issuer,
        "kind": envelope.kind,
        "subject": envelope.subject,
        "signer": envelope.signer,
    }


def _citation(citation: Citation, language: Language) -> dict[str, object]:
    return {
        "kind": citation.kind.name if citation.kind else None,
        "number": str(citation.number) if citation.number else None,
        "date": str(citation.date) if citation.date else None,
        "issuer": citation.issuer,
        "issuer_agency": citation.issuer_agency.name if citation.issuer_agency else None,
        "range_to": str(citation.range_to) if citation.range_to else None,
        "name": citation.name,
        "relation": citation.relation.value,
        "text": citation.text,
        "page": citation.span.page,
        "start": citation.span.start,
        "end": citation.span.end,
        "box": rounded_box(citation.span.box),
        "confidence": _hundredths(citation.confidence),
        "note": say(citation.note, language) if citation.note else None,
    }


def _standard(standard: FieldValue[Standard]) -> dict[str, object]:
    span = standard.span
    return {
        "kind": "standard",
        "value": _text(standard),
        "text": standard.raw,
        "page": span.page if span else None,
        "start": span.start if span else None,
        "end": span.end if span else None,
        "box": rounded_box(span.box) if span else None,
        "confidence": _hundredths(standard.confidence),
    }


def _problem(problem: Problem, language: Language) -> dict[str, object]:
    return {"code": problem.code.value, "page": problem.page, "sentence": say(problem.message, language)}
