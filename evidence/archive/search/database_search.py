"""A search where there is no index: fields and numbers answer from the database, words of the text are not looked at.

Each part of the query becomes the set of documents that meet it, or None where the database does not know: words, and
fields that only the index has. Of parts that must all hold, those that are known count; an answer may hold documents
that an index would leave out, and the note says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from evidence.archive.search.visibility import select_visible
from evidence.search import analyzer
from evidence.search.conditions import cited_start, contains_day, find_loose_number, number_piece
from evidence.search.engine import RankedDocument
from evidence.search.fields import Field
from evidence.search.query import (
    AllOf,
    AnyOf,
    Condition,
    DateRange,
    DateSought,
    Excluded,
    Leaf,
    Node,
    NumberPart,
    NumberSought,
    PeriodSought,
    Query,
    Words,
)
from evidence.search.scope import Scope
from evidence.store.searches.field_lookup import FieldLookup
from evidence.store.searches.search_reader import SearchReader
from evidence.values import agency, kind
from evidence.values import number as numbers
from evidence.values.date import PartialDate

Documents = frozenset[str] | None


@dataclass(frozen=True, slots=True)
class StoredValues:
    """The ``KnownValues`` of the database."""

    reader: SearchReader
    scope: Scope

    def holds(self, field: Field, value: str) -> bool:
        """Whether some document within the scope has that issuer or unit."""
        if field not in (Field.ISSUER, Field.UNIT):
            return False
        documents = _Evaluation(self.reader, self.scope).find(Condition(field, value))
        return bool(documents and select_visible(self.reader, documents, self.scope))

    def is_whole(self, field: Field, value: str) -> bool:
        """Never told: the database looks for an issuer in one way alone."""
        return False


def find_stored(reader: SearchReader, query: Query, scope: Scope) -> tuple[RankedDocument, ...] | None:
    """The documents that meet what the database knows of the query, within the scope: bearers of a number first, then
    those that cite it, each the newest first. None where it knows nothing of it."""
    evaluation = _Evaluation(reader, scope)
    documents = evaluation.find(query.root)
    if documents is None:
        return None
    own = [evaluation.find_own(leaf) for leaf in query.wanted()]
    bearers = frozenset().union(*(found for found in own if found))
    cited = [evaluation.find_citing(number.key) for number in (*query.numbers, *query.cited_numbers)]
    cited += [evaluation.find_citing_part(part.pieces) for part in query.number_parts]
    citing = frozenset().union(*cited)
    dates = evaluation.dates
    shown = select_visible(reader, sorted(documents), scope)
    newest = sorted(shown, key=lambda sha256: dates.get(sha256, ""), reverse=True)
    ranked = (RankedDocument(sha256, 0.0, sha256 in bearers, sha256 in citing) for sha256 in newest)
    return tuple(sorted(ranked, key=lambda document: (not document.bears, not document.names)))


class _Evaluation:
    """One query held against the database."""

    def __init__(self, reader: SearchReader, scope: Scope) -> None:
        self._lookup = FieldLookup(reader)
        self._scope = scope

    @property
    def dates(self) -> dict[str, str]:
        return self._lookup.dates

    def find(self, node: Node) -> Documents:
        """The documents that meet the part; None where the database does not know."""
        if isinstance(node, Excluded):
            inner = self.find(node.part)
            return None if inner is None else self._lookup.list_all() - inner
        if isinstance(node, AllOf | AnyOf):
            known = [documents for part in node.parts if (documents := self.find(part)) is not None]
            if not known:
                return None
            return reduce(frozenset.intersection if isinstance(node, AllOf) else frozenset.union, known)
        return self._find_leaf(node)

    def find_own(self, leaf: Leaf) -> Documents:
        """The documents that bear the number that the leaf names."""
        if isinstance(leaf, NumberSought):
            return self._lookup.find_bearers(leaf.number.key.__eq__)
        if isinstance(leaf, NumberPart):
            return self._find_pieces(leaf.pieces)
        if isinstance(leaf, Words):
            pieces = find_loose_number(leaf.terms)
            return self._find_pieces(pieces) if pieces else None
        if isinstance(leaf, Condition) and leaf.field is Field.NUMBER and (whole := numbers.parse(leaf.value)):
            return self._lookup.find_bearers(whole.key.__eq__)
        return None

    def find_citing(self, key: str) -> frozenset[str]:
        return self._lookup.find_citing(key.__eq__)

    def find_citing_part(self, pieces: tuple[str, ...]) -> frozenset[str]:
        """The documents that cite a number which begins with those pieces; none where they name no figure."""
        start = cited_start(pieces)
        return self._lookup.find_citing(lambda key: start[0].isdigit() and key.replace(" ", "").startswith(start))

    def _find_leaf(self, leaf: Leaf) -> Documents:
        if isinstance(leaf, Condition):
            return self._find_condition(leaf)
        if isinstance(leaf, DateSought):
            return self._find_dates(DateRange(leaf.date, leaf.date))
        if isinstance(leaf, PeriodSought):
            return self._find_dates(leaf.dates)
        own = self.find_own(leaf)
        if own is not None and isinstance(leaf, NumberSought):
            return own | self.find_citing(leaf.number.key)
        return own | self.find_citing_part(leaf.pieces) if own is not None and isinstance(leaf, NumberPart) else own

    def _find_condition(self, condition: Condition) -> Documents:
        value = condition.value
        match condition.field:
            case Field.NUMBER:
                return self._find_number(value)
            case Field.CITES:
                whole = numbers.parse(value)
                part = self.find_citing_part(tuple(analyzer.strip_term_marks(analyzer.extract_terms(value))))
                return part | self.find_citing(whole.key) if whole else part
            case Field.KIND:
                known = kind.by_name(value) or kind.by_code(value)
                return self._lookup.find_by_kind({value, *([known.code or "", known.name] if known else [])})
            case Field.ISSUER:
                runs = [_padded(value), _padded(agency.parse(value).name)]
                return self._lookup.find_by_issuer(lambda name: any(run in _padded(name) for run in runs))
            case Field.DATE:
                return self._find_dates(condition.dates) if condition.dates else None
            case Field.STATUS:
                return self._lookup.find_by_status(value)
            case Field.UNIT | Field.CRITERION:
                return self._find_submitted(condition)
        return None

    def _find_submitted(self, condition: Condition) -> Documents:
        label = analyzer.label_term(condition.value)
        if condition.field is Field.UNIT:
            return self._lookup.find_by_submission(
                lambda each: self._scope.sees(each.unit) and analyzer.label_term(each.unit or "") == label
            )
        code = analyzer.criterion_terms(condition.value)[-1]
        return self._lookup.find_by_submission(
            lambda each: self._scope.sees(each.unit) and code in analyzer.criterion_terms(each.criterion or "")
        )

    def _find_number(self, value: str) -> frozenset[str]:
        whole = numbers.parse(value)
        if whole is not None and whole.issuer_code is not None:
            return self._lookup.find_bearers(whole.key.__eq__)
        return self._find_pieces(tuple(analyzer.extract_terms(value)))

    def _find_pieces(self, pieces: tuple[str, ...]) -> frozenset[str]:
        wanted = [number_piece(piece) for piece in analyzer.strip_term_marks(pieces)]
        return self._lookup.find_bearers(lambda key: _holds_pieces(key, wanted))

    def _find_dates(self, dates: DateRange) -> frozenset[str]:
        return self._lookup.find_by_date(lambda date: contains_day(dates, _parse_date(date)))


def _holds_pieces(key: str, wanted: list[str]) -> bool:
    """Whether a number's key (``30/2019/ndcp``) has the figures as its own and the letters in its symbol."""
    parts = key.replace(" ", "").split("/")
    letters = "".join(part for part in parts if not part.isdigit())
    return all(piece in parts if piece.isdigit() else piece in letters for piece in wanted)


def _padded(text: str) -> str:
    """The words without marks, so that only whole words are found in them."""
    return f" {' '.join(analyzer.strip_term_marks(analyzer.extract_terms(text)))} "


def _parse_date(text: str) -> PartialDate:
    return PartialDate(*map(int, text.split("-")))
