"""What a person looks for, as a tree: what ``parser`` makes of the text that was typed. Never an engine's own syntax.

Leaves are ``Words``, ``Phrase``, ``Prefix``, ``NumberSought``, ``NumberPart``, ``DateSought``, ``PeriodSought`` and
``Condition``; they are joined by ``AllOf``, ``AnyOf`` and ``Excluded``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence.messages import Message
from evidence.search.fields import Field
from evidence.values import number as numbers
from evidence.values.date import PartialDate
from evidence.values.number import Number
from evidence.vietnamese.text import fold, strip_marks


@dataclass(frozen=True, slots=True)
class DateRange:
    """From the first moment of ``first`` to the last of ``last``; None: open."""

    first: PartialDate | None
    last: PartialDate | None


@dataclass(frozen=True, slots=True)
class Words:
    """Words in any order, as they were typed (folded, marks kept)."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PhraseSought:
    """Words side by side."""

    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins so: ``các*``. ``term``: in small letters, as typed."""

    term: str

    @property
    def starts(self) -> tuple[str, ...]:
        """The beginnings of terms without their marks. A last ``i`` is also ``y``, for a whole syllable is written with
        either: ``kĩ*`` finds "kỹ thuật" and ``ki*`` "kiến nghị".

        >>> Prefix("ki").starts, Prefix("ky").starts
        (('ki', 'ky'), ('ky',))
        """
        return tuple(dict.fromkeys((strip_marks(self.term), strip_marks(fold(self.term)))))


@dataclass(frozen=True, slots=True)
class NumberSought:
    """A whole number: documents that bear it, then those that name it."""

    number: Number


@dataclass(frozen=True, slots=True)
class NumberPart:
    """Pieces of one number in any order: ``1605/QĐ``, ``NĐ30/2020``. ``typed`` is how it stood in the query."""

    pieces: tuple[str, ...]
    typed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateSought:
    """A date that the document bears or names, however it is written; ``typed`` are its words in the query."""

    date: PartialDate
    typed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeriodSought:
    """A quarter: documents issued in it, or that name it. ``wordings`` are the ways it is written."""

    dates: DateRange
    wordings: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A field and its value; ``dates`` where the field is a date; ``whole``: some document has just this value."""

    field: Field
    value: str
    dates: DateRange | None = None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Excluded:
    part: Node


Leaf = Words | PhraseSought | Prefix | NumberSought | NumberPart | DateSought | PeriodSought | Condition
Node = Leaf | AllOf | AnyOf | Excluded


@dataclass(frozen=True, slots=True)
class Query:
    """The tree. ``run``: all words of a query of plain text in their order (a sentence remembered), else none.
    ``notes``: what a person must know about how it was understood."""

    root: Node
    run: tuple[str, ...] = ()
    notes: tuple[Message, ...] = field(default=(), compare=False)

    def wanted(self) -> Iterator[Leaf]:
        """The leaves that a document found is to have; not those that are excluded."""
        yield from _leaves(self.root)

    @property
    def words(self) -> tuple[str, ...]:
        """Every single word that is looked for."""
        return tuple(term for leaf in self.wanted() if isinstance(leaf, Words) for term in leaf.terms)

    @property
    def phrases(self) -> tuple[tuple[str, ...], ...]:
        return tuple(leaf.terms for leaf in self.wanted() if isinstance(leaf, PhraseSought))

    @property
    def starts(self) -> tuple[str, ...]:
        """The beginnings of words that are looked for, without their marks."""
        return tuple(start for leaf in self.wanted() if isinstance(leaf, Prefix) for start in leaf.starts)

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The whole numbers that are looked for, borne or named."""
        return tuple(leaf.number for leaf in self.wanted() if isinstance(leaf, NumberSought))

    @property
    def number_parts(self) -> tuple[NumberPart, ...]:
        return tuple(leaf for leaf in self.wanted() if isinstance(leaf, NumberPart))

    @property
    def dates(self) -> tuple[DateSought, ...]:
        return tuple(leaf for leaf in self.wanted() if isinstance(leaf, DateSought))

    @property
    def periods(self) -> tuple[PeriodSought, ...]:
        return tuple(leaf for leaf in self.wanted() if isinstance(leaf, PeriodSought))

    @property
    def conditions(self) -> tuple[Condition, ...]:
        return tuple(leaf for leaf in self.wanted() if isinstance(leaf, Condition))

    @property
    def own_numbers(self) -> tuple[Number, ...]:
        """The numbers that a document found may bear as its own."""
        return (*self.numbers, *self._named_in(Field.NUMBER))

    @property
    def cited_numbers(self) -> tuple[Number, ...]:
        """The numbers that the documents are to cite."""
        return self._named_in(Field.CITES)

    def _named_in(self, wanted: Field) -> tuple[Number, ...]:
        values = (numbers.parse(condition.value) for condition in self.conditions if condition.field is wanted)
        return tuple(value for value in values if value)


def _leaves(node: Node) -> Iterator[Leaf]:
    if isinstance(node, AllOf | AnyOf):
        for part in node.parts:
            yield from _leaves(part)
    elif not isinstance(node, Excluded):
        yield node
