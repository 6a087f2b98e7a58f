"""Which document of the archive a citation means, and which citations mean a document: by identity, not by number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from evidence.archive.search.visibility import select_visible
from evidence.model.record import Citation, Record, Relation
from evidence.search.scope import Scope
from evidence.store.searches.citing_places import CitingPlaces, find_citing_places
from evidence.store.store import Store
from evidence.values import agency, identity
from evidence.values.identity import Authority, Identity
from evidence.values.number import Number
from evidence.vietnamese.text import fold

MOST_BEARERS = 200  # bearers of one number that are looked at; an archive of a province has a handful
ENDS = (Relation.REPLACES, Relation.REPEALS)
CHANGES = (Relation.AMENDS, *ENDS)
_COLLECTIVE = re.compile(r"\s*t\s*[./]?\s*m\s*[./]?\s", re.IGNORECASE)
_HEAD = re.compile(r"(?:k\s*[./]?\s*t\s*[./]?\s*)?chủ tịch")


@dataclass(frozen=True, slots=True)
class CitationTarget:
    """``sha256``: the one document that the citation means; ``may_be``: those that it may mean, where none is sure."""

    sha256: str | None = None
    may_be: tuple[str, ...] = ()


def resolve_citation(store: Store, citation: Citation, own: str, scope: Scope) -> CitationTarget:
    """What a citation of the document ``own`` means in this archive, among what the scope shows."""
    return resolve_citations(store, (citation,), own, scope)[0]


def resolve_citations(
    store: Store, citations: Sequence[Citation], own: str, scope: Scope
) -> tuple[CitationTarget, ...]:
    """The same for several citations of that document, by as many queries as for one."""
    keys = dict.fromkeys(citation.number.key for citation in citations if citation.number is not None)
    bearers = store.bearers_of(keys) if keys else {}
    visible = set(select_visible(store, (sha256 for each in bearers.values() for sha256, _ in each), scope))
    shown = {
        key: [sha256 for sha256, _ in each if sha256 != own and sha256 in visible][:MOST_BEARERS]
        for key, each in bearers.items()
    }
    records = store.records(dict.fromkeys(chain(*shown.values()))) if any(shown.values()) else {}
    return tuple(_choose_target(citation, shown, records) for citation in citations)


def _choose_target(
    citation: Citation, bearers: Mapping[str, Sequence[str]], records: Mapping[str, Record]
) -> CitationTarget:
    """Among the documents that bear its number."""
    if citation.number is None:
        return CitationTarget()
    wanted = citation_identity(citation, citation.number)
    held = [sha256 for sha256 in bearers[citation.number.key] if sha256 in records]
    verdicts = {sha256: match_identity(wanted, records[sha256]) for sha256 in held}
    sure = [sha256 for sha256, same in verdicts.items() if same is True]
    if len(sure) == 1:
        return CitationTarget(sure[0])
    return CitationTarget(None, tuple(sure or (sha256 for sha256, same in verdicts.items() if same is None)))


def citing_documents(store: Store, record: Record, scope: Scope) -> Iterator[tuple[str, Citation]]:
    """The citations of other documents that mean this one, or may mean it, as far as the scope shows them; also of
    others in the same file."""
    yield from first_citing_documents(store, record, scope, None).citations


def first_citing_documents(store: Store, record: Record, scope: Scope, most: int | None) -> CitingPlaces:
    """The same of the first places that cite its number (None: of all), and of all that change or end it."""
    own = record.number.value
    if own is None:
        return CitingPlaces(())
    if most is None:
        places = CitingPlaces(store.cited_by(own.key))
    else:
        with store.database.reading() as session:
            places = find_citing_places(session, own.key, scope.units, most, CHANGES)
    return replace(places, citations=tuple(_select_meant(store, places.citations, record, scope)))


def _select_meant(
    store: Store, mentions: Sequence[tuple[str, Citation]], record: Record, scope: Scope
) -> Iterator[tuple[str, Citation]]:
    visible = set(select_visible(store, (sha256 for sha256, _ in mentions), scope))
    for sha256, citation in mentions:
        if sha256 not in visible or citation.number is None:
            continue
        if sha256 == record.source.sha256 and citation in record.citations:
            continue
        if match_identity(citation_identity(citation, citation.number), record) is not False:
            yield sha256, citation


def citation_identity(citation: Citation, number: Number) -> Identity:
    """What a citation tells of the identity of the document it names."""
    issuer = citation.issuer_agency or (agency.parse(citation.issuer) if citation.issuer else None)
    return identity.make_identity(number, citation.date, issuer)


def record_identity(record: Record, number: Number) -> Identity:
    """The identity of a document read."""
    return identity.make_identity(number, record.date.value, record.issuer.value, _authority(record))


def match_identity(wanted: Identity, record: Record) -> bool | None:
    """Whether one of the documents of that file is the one wanted; None: what is known does not tell."""
    verdicts: set[bool | None] = set()
    for part in (record, *record.parts):
        if part.number.value is not None:
            verdicts.add(identity.compare_identities(wanted, record_identity(part, part.number.value)))
    return True if True in verdicts else None if None in verdicts else False


def list_documents(record: Record) -> tuple[Record, ...]:
    """The documents of a file, in their order."""
    return (record, *record.parts)


def citing_part(record: Record, citation: Citation) -> Record:
    """The document of the file in which that citation stands."""
    return next((part for part in record.parts if citation in part.citations), record)


def cited_within(record: Record, citation: Citation) -> Record | None:
    """Another document of the same file that the citation means, or may mean."""
    if citation.number is None:
        return None
    wanted = citation_identity(citation, citation.number)
    for part in list_documents(record):
        number = part.number.value
        if number is None or number.key != citation.number.key or citation in part.citations:
            continue
        if identity.compare_identities(wanted, record_identity(part, number)) is not False:
            return part
    return None


def find_part(record: Record, number: Number) -> Record:
    """The document of the file that bears the number, the first one where none does."""
    documents = list_documents(record)
    return next((part for part in documents if part.number.value and part.number.value.key == number.key), record)


def _authority(record: Record) -> Authority | None:
    """In whose name a people's committee's paper is signed: NĐ 30/2020, Phụ lục I, ô 7a (``TM. ỦY BAN NHÂN DÂN``)."""
    signer, issuer = record.signer.value, record.issuer.value
    if signer is None or issuer is None or not fold(agency.parse(issuer.name).name).startswith("ủy ban nhân dân"):
        return None
    block = f"{signer.authority or ''} {signer.title or ''}".strip()
    if _COLLECTIVE.match(block):
        return Authority.COLLECTIVE
    return Authority.HEAD if _HEAD.match(fold(block)) else None
