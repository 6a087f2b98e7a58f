"""Rows with codes -> the tree of criteria, and what does not hold in it.

A code of several parts stands below the code that it extends (``1.3.1`` below ``1.3``). One of a single part stands
where its style stands: letters and Roman numbers outside, plain numbers inside them, small letters innermost. Where
plain numbers begin anew below each Roman field, the field's number goes before them (``II.1``), as no two criteria may
bear one code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from evidence.criteria.annex.codes import Code, Style
from evidence.criteria.annex.scale import block_of_row, to_percents
from evidence.criteria.annex.table_rows import AnnexForm, AnnexPlace, AnnexRow, AnnexTable
from evidence.messages import Message
from evidence.model.score_rule import ScoreBlock

PlacedMessage = tuple[AnnexPlace, Message]
SCALE = Decimal(100)


@dataclass(slots=True)
class Node:
    """A criterion in its place. ``code`` is what it is called in the set."""

    row: AnnexRow
    code: str
    above: Node | None = None
    below: list[Node] = field(default_factory=list)
    points: Decimal | None = None
    block: ScoreBlock | None = None
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    """The outermost criteria. With ``faults`` they are not to be used; ``remarks`` do not stand in their way."""

    top: tuple[Node, ...]
    faults: tuple[PlacedMessage, ...]
    remarks: tuple[PlacedMessage, ...]

    def nodes(self) -> Iterator[Node]:
        """Every criterion, in the order of the table."""
        return _walk(self.top)


def build_tree(sheet: AnnexTable) -> Tree:
    """The tree, with every fault: what is orphaned, doubled, without points, or does not add up."""
    top, orphans = _plant(sheet.rows)
    _name_nodes(top)
    _set_scale(top)
    faults = [*sheet.faults, *orphans, *_doubled(top)]
    unread = {place for place, message in faults if message.code.startswith("annex-bad-points")}
    without, summed = _set_points(top, unread)
    total_faults, total_remarks = _check_total(top, sheet)
    return Tree(
        top,
        (*faults, *without, *_wrong_sums(top), *total_faults),
        (*sheet.remarks, *summed, *total_remarks, *_gaps(top)),
    )


def _walk(top: Sequence[Node]) -> Iterator[Node]:
    waiting = list(top[::-1])
    while waiting:
        node = waiting.pop()
        yield node
        waiting += node.below[::-1]


def _message(node: Node, name: str, **params: object) -> PlacedMessage:
    return node.row.place, node.row.place.message(name, **params)


# --- who stands below whom ------------------------------------------------------------------------------------------


def _plant(rows: Sequence[AnnexRow]) -> tuple[tuple[Node, ...], list[PlacedMessage]]:
    """The outermost nodes, each with its own below it, and the codes whose parent the table does not have."""
    styles = _styles(rows)
    top: list[Node] = []
    orphans: list[PlacedMessage] = []
    trunk: tuple[Node, ...] = ()  # the nodes from the outermost to the last one planted
    for row in rows:
        above, orphan = _find_branch(trunk, row, styles)
        node = Node(row, str(row.code), above[-1] if above else None)
        (above[-1].below if above else top).append(node)
        trunk = (*above, node)
        if orphan:
            orphans.append(_message(node, "annex-orphan", code=row.code, above=".".join(row.code.parts[:-1])))
    return tuple(top), orphans


def _styles(rows: Sequence[AnnexRow]) -> list[Style]:
    """The styles of single-part codes from the outermost in; letters and Roman numbers in the order they come."""
    styles = dict.fromkeys(row.code.style for row in rows if len(row.code.parts) == 1)
    outer = [style for style in styles if style in (Style.UPPER, Style.ROMAN)]
    return [*outer, Style.DECIMAL, Style.LOWER]


def _find_branch(trunk: tuple[Node, ...], row: AnnexRow, styles: list[Style]) -> tuple[tuple[Node, ...], bool]:
    """What of the trunk this row stands below, and whether its parent is missing there."""
    parts = row.code.parts
    if len(parts) == 1:
        rank = styles.index(row.code.style) if row.code.style in styles else 0
        return _cut_while(trunk, lambda node: _rank(node.row.code, styles) >= rank), False
    for depth in range(len(trunk) - 1, -1, -1):
        if _extends(parts, trunk[depth].row.code):
            return trunk[: depth + 1], False
    return _find_orphan_branch(trunk, parts)


def _cut_while(trunk: tuple[Node, ...], unfit: Callable[[Node], bool]) -> tuple[Node, ...]:
    length = len(trunk)
    while length and unfit(trunk[length - 1]):
        length -= 1
    return trunk[:length]


def _rank(code: Code, styles: list[Style]) -> int:
    """Small letters stand below any code of numbers, however long."""
    style = code.style if len(code.parts) == 1 else (Style.LOWER if code.parts[-1].islower() else Style.DECIMAL)
    return styles.index(style) if style in styles else 0


def _extends(parts: tuple[str, ...], above: Code) -> bool:
    """``1.3.1`` extends ``1.3``; ``1.1`` also the Roman field ``I``."""
    if above.parts == parts[:-1]:
        return True
    roman = len(above.parts) == 1 and above.style in (Style.ROMAN, Style.UPPER)
    return roman and len(parts) == 2 and parts[0].isdigit() and above.last == int(parts[0])


def _find_orphan_branch(trunk: tuple[Node, ...], parts: tuple[str, ...]) -> tuple[tuple[Node, ...], bool]:
    """A code whose parent the table does not have: a row was lost, or the numbers below a field say no field."""
    fields = [at for at, node in enumerate(trunk) if node.row.code.style in (Style.ROMAN, Style.UPPER)]
    numbered = any(node.row.code.style is Style.DECIMAL and len(node.row.code.parts) == 1 for node in trunk)
    if fields and len(parts) == 2 and not numbered:
        return trunk[: fields[-1] + 1], False
    return _cut_while(trunk, lambda node: node.row.code.parts != parts[: len(node.row.code.parts)]), True


# --- what each is called --------------------------------------------------------------------------------------------


def _name_nodes(top: Sequence[Node]) -> None:
    """Gives each node its code in the set."""
    for node in _walk(top):
        if len(node.row.code.parts) == 1 and node.row.code.style is Style.LOWER and node.above:
            node.code = f"{node.above.code}.{node.row.code}"
    if not _restarts(top):
        return
    for node in _walk(top):
        outer = _outer(node)
        if outer and node.row.code.style is Style.DECIMAL:
            node.code = f"{outer.code}.{node.row.code}"
        elif node.above and node.row.code.style is Style.LOWER:
            node.code = f"{node.above.code}.{node.row.code}"
        elif outer and node.row.code.style is Style.ROMAN and len(node.row.code.parts) == 1:
            node.code = f"{outer.code}.{node.row.code}"


def _outer(node: Node) -> Node | None:
    """The field of another style that a number stands in."""
    above = node.above
    while above and (above.row.code.style is node.row.code.style or len(above.row.code.parts) > 1):
        above = above.above
    return above


def _restarts(top: Sequence[Node]) -> bool:
    """Whether one code stands in several fields."""
    fields: dict[str, set[int]] = {}
    for node in _walk(top):
        fields.setdefault(node.code, set()).add(id(_outer(node)))
    return any(len(where) > 1 for where in fields.values())


# --- what must hold -------------------------------------------------------------------------------------------------


def _doubled(top: Sequence[Node]) -> Iterator[PlacedMessage]:
    first: dict[str, Node] = {}
    for node in _walk(top):
        known = first.setdefault(node.code, node)
        if known is not node:
            place = known.row.place
            name = "annex-twice-nought" if _lost_nought(node) else "annex-twice"
            yield _message(node, name, code=node.code, first=place.number, first_row=place.row)


def _lost_nought(node: Node) -> bool:
    """Whether a spreadsheet may have made 1.1 of 1.10: it follows nine others, and ends in what 10, 20 begin with."""
    family = node.above.below if node.above else []
    at = next((place for place, sibling in enumerate(family) if sibling is node), 0)
    sheet = node.row.place.form is AnnexForm.SHEET and len(node.row.code.parts) == 2
    return sheet and at > 0 and family[at - 1].row.code.last == node.row.code.last * 10 - 1


def _set_points(top: Sequence[Node], unread: set[AnnexPlace]) -> tuple[list[PlacedMessage], list[PlacedMessage]]:
    """Gives each node its points. A group without a maximum of its own takes the sum of its parts, and a remark says
    so; a criterion must have one (``unread``: its points are a fault already)."""
    without: list[PlacedMessage] = []
    summed: list[PlacedMessage] = []
    for node in reversed(list(_walk(top))):
        node.points = node.row.points
        if node.below and all(part.block is not node.block for part in node.below):  # bonus and penalty only
            node.points = Decimal(0)
        if node.points is not None or node.row.place in unread:
            continue
        node.points = _sum_of(node.below, node.block)
        if node.points is not None:
            summed.append(_message(node, "annex-points-summed", code=node.code, points=node.points))
        else:
            without.append(_message(node, "annex-no-points", code=node.code))
    return without, summed


def _set_scale(top: Sequence[Node]) -> None:
    """Gives each node its block, which holds for all below it, and its weight in percent."""
    for family in (top, *(node.below for node in _walk(top))):
        for node, weight in zip(family, to_percents([node.row.weight for node in family]), strict=True):
            node.weight = weight
    for node in _walk(top):
        node.block = block_of_row(node.row) or (node.above.block if node.above else None)


def _is_weighed(family: Sequence[Node]) -> bool:
    return bool(family) and all(node.weight is not None for node in family if node.block is None)


def _sum_of(nodes: Sequence[Node], block: ScoreBlock | None = None) -> Decimal | None:
    """The points of these nodes together; None where there are none, or one has none. Other blocks stand beside it."""
    nodes = [node for node in nodes if node.block is block]
    points = [node.points for node in nodes if node.points is not None]
    return sum(points, Decimal(0)) if nodes and len(points) == len(nodes) else None


def _wrong_sums(top: Sequence[Node]) -> Iterator[PlacedMessage]:
    for node in _walk(top):
        total = None if _is_weighed(node.below) else _sum_of(node.below, node.block)
        if total is not None and node.points is not None and total != node.points:
            difference = abs(node.points - total)
            yield _message(node, "annex-sum", code=node.code, points=node.points, total=total, difference=difference)


def _check_total(top: Sequence[Node], sheet: AnnexTable) -> tuple[tuple[PlacedMessage, ...], tuple[PlacedMessage, ...]]:
    """Faults and remarks on the table's own total."""
    if _is_weighed(top):
        weights = sum((node.weight for node in top if node.weight is not None), Decimal(0))
        return (), ((sheet.place, sheet.place.message("annex-weights", total=weights)),)
    total = _sum_of(top)
    if total is None:
        return (), ()
    if sheet.total is None:
        missing = (sheet.place, sheet.place.message("annex-no-total", total=total))
        return (), (missing,) if total != SCALE else ()
    place, printed = sheet.total
    if printed != total:
        wrong = place.message("annex-total", printed=printed, total=total, difference=abs(printed - total))
        return ((place, wrong),), ()
    scale = (place, place.message("annex-scale", total=printed, rest=SCALE - printed))
    return (), (scale,) if printed != SCALE else ()


def _gaps(top: Sequence[Node]) -> Iterator[PlacedMessage]:
    """Numbers that are left out between two siblings, or stand in another order."""
    for family in (top, *(node.below for node in _walk(top))):
        if family and family[0].row.code.last > 1:
            yield _message(family[0], "annex-starts", code=family[0].code)
        styles = Counter(node.row.code.style for node in family)
        for before, after in pairwise(family):
            alike = before.row.code.style is after.row.code.style and len(styles) == 1
            if alike and after.row.code.last != before.row.code.last + 1:
                yield _message(after, "annex-gap", before=before.code, after=after.code)
