"""An annex's pages -> the criteria of its set, with all that does not hold and all that a person should know.

Beside the annex there may be guides: tables without points that word, for codes of the set, how each is scored and
what evidence it asks for (12094/BNV-CCHC for the set of 1187/QĐ-BNV).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evidence.criteria.annex import clauses, evidence_source, heading, owners, paragraphs, scoring_choice, tree
from evidence.criteria.annex.heading import Heading
from evidence.criteria.annex.proposals import neighbours
from evidence.criteria.annex.proposals.criterion_context import CriterionContext
from evidence.criteria.annex.proposals.deadlines import impossible_days
from evidence.criteria.annex.proposals.proposal_reader import read_proposals
from evidence.criteria.annex.scoring_choice import ReadScoring
from evidence.criteria.annex.table_rows import AnnexForm, AnnexPlace, AnnexRow, AnnexTable, read_annex_tables
from evidence.criteria.annex.tree import Node, PlacedMessage
from evidence.messages import Message
from evidence.model.criteria import Criterion, Requirement
from evidence.model.document import Page
from evidence.model.score_rule import ScoreRule

Sentence = tuple[Message | None, Message]  # where, and what
DEFAULT_LEVEL = "tinh"  # where neither the annex nor the person says: most published sets are for provinces
FEWEST = 2  # criteria of the smallest table that is taken for a set


@dataclass(frozen=True, slots=True)
class Annex:
    """One set. With ``faults`` its criteria are not to be used; ``remarks`` do not stand in their way."""

    criteria: tuple[Criterion, ...]
    heading: Heading
    total: Decimal
    place: AnnexPlace
    count: int
    faults: tuple[Sentence, ...]
    remarks: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class GuideEntry:
    """What a guide words for one code."""

    place: AnnexPlace
    rule: str
    evidence: str


def find_sets(pages: Sequence[Page], form: AnnexForm) -> list[AnnexTable]:
    """The tables that give points."""
    tables = [table for table in read_annex_tables(pages, form) if heading.has_points(table)]
    return [table for table in tables if len(table.rows) + len(table.faults) >= FEWEST]


def read_guide(pages: Sequence[Page], form: AnnexForm) -> dict[str, GuideEntry]:
    """What the tables word for each code, points or not."""
    entries: dict[str, GuideEntry] = {}
    for sheet in read_annex_tables(pages, form):
        for row in sheet.rows:
            _, scoring = paragraphs.split_title([*row.title, *row.below])
            rule, marked = evidence_source.split_marked(_lines("\n".join(filter(None, [scoring, *row.rule]))))
            evidence = _lines("\n".join(row.evidence)) or marked
            entries.setdefault(str(row.code), GuideEntry(row.place, rule, evidence))
    return entries


@dataclass(frozen=True, slots=True)
class SetHead:
    """Year and level as the person gives them; ``this_year`` is taken where neither person nor annex names one."""

    year: int | None = None
    level: str | None = None
    this_year: int | None = None


def build_annex(
    pages: Sequence[Page],
    sheet: AnnexTable,
    guides: Iterable[dict[str, GuideEntry]] = (),
    given: SetHead = SetHead(),
) -> Annex:
    """The set of that table. What the person gives goes before what the annex's heading says."""
    grown = tree.build_tree(sheet)
    head = heading.read_heading(pages, sheet)
    entries = {code: entry for guide in guides for code, entry in guide.items()}
    builder = _CriteriaBuilder(
        entries, given.year or head.year or given.this_year or 0, given.level or head.level or DEFAULT_LEVEL
    )
    criteria = neighbours.add_not_subjects(tuple(builder.criterion(node) for node in grown.top))
    known = {node.code for node in grown.nodes()}
    unknown = {code: entry.place for code, entry in entries.items() if code not in known}
    lost = [(place, place.message("annex-guide-lost", code=code)) for code, place in unknown.items()]
    return Annex(
        criteria=criteria,
        heading=head,
        total=sum((criterion.points for criterion in criteria), Decimal(0)),
        place=sheet.place,
        count=len(known),
        faults=_ordered([*grown.faults, *builder.faults]),
        remarks=_ordered([*grown.remarks, *builder.remarks, *lost]),
    )


def _ordered(messages: Iterable[PlacedMessage]) -> tuple[Sentence, ...]:
    return tuple((place.where, message) for place, message in sorted(messages, key=lambda each: each[0]))


class _CriteriaBuilder:
    """Nodes of the tree -> criteria of the model; ``faults`` and ``remarks`` are what it met on the way."""

    def __init__(self, guide: dict[str, GuideEntry], year: int, level: str) -> None:
        self._guide, self._year, self._level = guide, year, level
        self.faults: list[PlacedMessage] = []
        self.remarks: list[PlacedMessage] = []
        self._shared: set[int] = set()  # merged cells of evidence whose requirements are proposed already

    def criterion(self, node: Node) -> Criterion:
        row, points = node.row, node.points if node.points is not None else Decimal(0)
        title, scoring = paragraphs.split_title([*row.title, *row.below])
        entry = self._guide.get(node.code)
        own, marked = evidence_source.split_marked(_lines("\n".join(filter(None, [scoring, *row.rule]))))
        _, noted = evidence_source.split_marked(_lines("\n".join(row.note)))
        evidence = _lines("\n".join(row.evidence)) or marked or noted or (entry.evidence if entry else "")
        further = _new(entry.rule, own) if entry else ""
        asked = self._propose(node, evidence, title, f"{own}\n{further}")
        named = title or paragraphs.first_sentence(scoring)
        read = self._scoring(node, (own, entry.rule if entry else ""), points, named, bool(asked))
        return Criterion(
            code=node.code,
            title=title or self._untitled(row, scoring),
            points=points,
            children=tuple(self.criterion(child) for child in node.below),
            score=read.rule,
            evidence=asked,
            rule_text="\n".join(filter(None, (own, further))),
            evidence_text=evidence,
            page=_page(row.place),
            scoring=read.how,
            not_applicable_if=read.not_applicable_if,
            full_points_if=read.full_points_if,
            timely=read.timely,
            owners=owners.split_owners("\n".join(row.owner)),
            weight=node.weight,
            self_assessed=read.self_assessed and not clauses.NOT_BY_ITSELF.search(evidence),
            block=node.block,
        )

    def _untitled(self, row: AnnexRow, scoring: str) -> str:
        """A criterion without a title of its own is called by its first sentence, and it is said."""
        title = paragraphs.first_sentence(scoring)
        name = "annex-untitled" if title else "annex-no-title"
        problem = (row.place, row.place.message(name, code=row.code, title=title))
        (self.remarks if title else self.faults).append(problem)
        return title or str(row.code)

    def _propose(self, node: Node, text: str, title: str, scoring: str) -> tuple[Requirement, ...]:
        """The proposals of a criterion without parts; a merged cell proposes once."""
        for raw in impossible_days(f"{text}\n{scoring}"):
            problem = node.row.place.message("annex-no-such-day", code=node.code, value=raw)
            self.faults.append((node.row.place, problem))
        again = node.row.borrowed and id(node.row.evidence) in self._shared
        self._shared.add(id(node.row.evidence))
        if node.below or again or heading.is_surveyed(node.row.note):
            return ()
        context = self._context(node, title, scoring)
        if text:
            return read_proposals(text, context)
        worded = "" if node.block else evidence_source.find_worded(title, scoring)
        return tuple(evidence_source.doubt_source(read_proposals(worded, context)))

    def _context(self, node: Node, title: str, scoring: str) -> CriterionContext:
        entry, place = self._guide.get(node.code), node.row.place
        return CriterionContext(
            title=title,
            headings=tuple(paragraphs.split_title([*above.row.title, *above.row.below])[0] for above in _above(node)),
            scoring=scoring,
            year=self._year,
            level=self._level,
            page=_page(place),
            guide_page=_page(entry.place) if entry else None,
        )

    def _scoring(self, node: Node, texts: tuple[str, str], points: Decimal, title: str, asked: bool) -> ReadScoring:
        """How the criterion is scored. A group is scored by its parts, a survey by those who are asked."""
        if node.below:
            return ReadScoring()
        if heading.is_surveyed(node.row.note):
            return ReadScoring(rule=ScoreRule.SURVEY)
        read = scoring_choice.read_scoring(*texts, points, title, asked, node.block)
        if read.conflict:
            self.remarks.append((node.row.place, node.row.place.message("annex-guide-differs", code=node.code)))
        return read


def _new(text: str, known: str) -> str:
    """Lines of a guide that the annex does not have itself."""
    said = {line.rstrip(" .;") for line in known.split("\n")}
    return "\n".join(line for line in text.split("\n") if line.rstrip(" .;") not in said)


def _lines(text: str) -> str:
    """Each line once trimmed, empty ones left out."""
    return "\n".join(line for part in text.split("\n") if (line := " ".join(part.split())))


def _above(node: Node) -> Iterator[Node]:
    """The nodes that this one stands in, the nearest first."""
    while node.above is not None:
        node = node.above
        yield node


def _page(place: AnnexPlace) -> int | None:
    return place.number if place.form is AnnexForm.PAGE else None
