"""The citation graph around a document, and whether a document is still in force as far as the archive has read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evidence.model.record import Relation
from evidence.values.date import PartialDate


class Force(StrEnum):
    """What the documents read say of a document's force; another, not handed in, may say otherwise."""

    IN_FORCE = "in-force"
    AMENDED = "amended"  # in force, some of it changed
    ENDED = "ended"  # replaced or repealed
    DOUBTFUL = "doubtful"  # one may have replaced or repealed it
    DRAFT = "draft"
    UNKNOWN = "unknown"  # no number: nothing can be said


@dataclass(frozen=True, slots=True)
class ForceChange:
    """What amends, replaces or repeals a document: ``sha256`` at ``page``, issued on ``date``. ``sure``: number and
    date or issuer say that it is this one, and the act is signed and dated."""

    relation: Relation
    sha256: str
    number: str | None
    date: PartialDate | None
    text: str
    page: int
    sure: bool


@dataclass(frozen=True, slots=True)
class DocumentForce:
    force: Force
    changes: tuple[ForceChange, ...] = ()


@dataclass(frozen=True, slots=True)
class GraphNode:
    """A document of the archive, or one that is only cited (no ``sha256``). ``level``: 0 the one asked for, -1 what it
    rests on, -2 what that rests on, 1 what rests on it, and so on."""

    id: str
    level: int
    sha256: str | None = None
    number: str | None = None
    date: PartialDate | None = None
    kind: str | None = None
    issuer: str | None = None
    subject: str | None = None
    force: DocumentForce | None = None


@dataclass(frozen=True, slots=True)
class GraphEdge:
    """``source`` cites ``target`` (ids) at ``page``; ``sure`` where it can mean no other document of the archive."""

    source: str
    target: str
    relation: Relation
    sure: bool
    page: int
    text: str


@dataclass(frozen=True, slots=True)
class CitationGraph:
    """``left_out``: documents within the depth that there was no room for."""

    center: str
    depth: int
    nodes: tuple[GraphNode, ...]
    edges: tuple[GraphEdge, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class WantedDocument:
    """A number that documents cite and none bears: how many cite it, and how one of them names it."""

    number: str
    citing: int
    kind: str | None
    dates: tuple[str, ...]
    issuer: str | None
    text: str
    documents: tuple[str, ...]
