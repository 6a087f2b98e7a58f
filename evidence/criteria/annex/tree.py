"""Rows with codes -> the tree of criteria, and what does not hold in it.

A code of several parts stands below the code that it extends (``1.3.1`` below ``1.3``). One of a single part stands
where its style stands: letters and Roman numbers outside, plain numbers inside them, small letters innermost. Where
plain numbers begin anew below each Roman field, the field's number goes before them (``II.1``), as no two criteria may
bear one code.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from evidence.criteria.annex.codes import Code, Style
from evidence.criteria.annex.table_rows import AnnexForm, AnnexPlace, AnnexRow, AnnexTable
from evidence.messages import Message

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


@dataclass(slots=True)
class Tree:
    top: list[Node]
    faults: list[PlacedMessage]
    remarks: list[PlacedMessage]

    def nodes(self) -> Iterator[Node]:
        """Every criterion, in the order of the table."""
        waiting = self.top[::-1]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += node.below[::-1]


def build_tree(sheet: AnnexTable) -> Tree:
    """The tree, with every fault: what is orphaned, doubled, without points, or does not add up."""
    tree = Tree([], list(sheet.faults), list(sheet.remarks))
    _plant(sheet.rows, tree)
    _name(tree)
    _once(tree)
    _points(tree)
    _sums(tree, sheet)
    _gaps(tree)
    return tree


# --- who stands below whom ------------------------------------------------------------------------------------------


def _plant(rows: Sequence[AnnexRow], tree: Tree) -> None:
    styles = _styles(rows)
    trunk: list[Node] = []
    for row in rows:
        node = Node(row, str(row.code))
        _climb(trunk, row, styles, tree)
        node.above = trunk[-1] if trunk else None
        (trunk[-1].below if trunk else tree.top).append(node)
        trunk.append(node)


def _styles(rows: Sequence[AnnexRow]) -> list[Style]:
    """The styles of single-part codes from the outermost in; letters and Roman numbers in the order they come."""
    found = list(dict.fromkeys(row.code.style for row in rows if len(row.code.parts) == 1))
    outer = [one for one in found if one in (Style.UPPER, Style.ROMAN)]
    return [*outer, Style.DECIMAL, Style.LOWER]


def _climb(trunk: list[Node], row: AnnexRow, styles: list[Style], tree: Tree) -> None:
    """Takes from the trunk what this row does not stand below."""
    parts = row.code.parts
    if len(parts) == 1:
        rank = styles.index(row.code.style) if row.code.style in styles else 0
        while trunk and _rank(trunk[-1].row.code, styles) >= rank:
            trunk.pop()
        return
    for depth in range(len(trunk) - 1, -1, -1):
        if _extends(parts, trunk[depth].row.code):
            del trunk[depth + 1 :]
            return
    _orphan(trunk, row, tree)


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


def _orphan(trunk: list[Node], row: AnnexRow, tree: Tree) -> None:
    """A code whose parent the table does not have: a row was lost, or the numbers below a field say no field."""
    parts = row.code.parts
    held = [depth for depth, one in enumerate(trunk) if one.row.code.style in (Style.ROMAN, Style.UPPER)]
    numbered = any(one.row.code.style is Style.DECIMAL and len(one.row.code.parts) == 1 for one in trunk)
    if held and len(parts) == 2 and not numbered:
        del trunk[held[-1] + 1 :]
        return
    while trunk and trunk[-1].row.code.parts != parts[: len(trunk[-1].row.code.parts)]:
        trunk.pop()
    tree.faults.append((row.place, row.place.message("annex-orphan", code=row.code, above=".".join(parts[:-1]))))


# --- what each is called --------------------------------------------------------------------------------------------


def _name(tree: Tree) -> None:
    for node in tree.nodes():
        if len(node.row.code.parts) == 1 and node.row.code.style is Style.LOWER and node.above:
            node.code = f"{node.above.code}.{node.row.code}"
    if not _restarts(tree):
        return
    for node in tree.nodes():
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


def _restarts(tree: Tree) -> bool:
    """Whether one code stands in several fields."""
    fields: dict[str, set[int]] = {}
    for node in tree.nodes():
        fields.setdefault(node.code, set()).add(id(_outer(node)))
    return any(len(where) > 1 for where in fields.values())


# --- what must hold -------------------------------------------------------------------------------------------------


def _once(tree: Tree) -> None:
    first: dict[str, Node] = {}
    for node in tree.nodes():
        known = first.setdefault(node.code, node)
        if known is not node:
            place = known.row.place
            name = "annex-twice-nought" if _nought(node) else "annex-twice"
            told = node.row.place.message(name, code=node.code, first=place.number, first_row=place.row)
            tree.faults.append((node.row.place, told))


def _nought(node: Node) -> bool:
    """Whether a spreadsheet may have made 1.1 of 1.10: it follows nine others, and ends in what 10, 20 begin with."""
    family = node.above.below if node.above else []
    at = next((place for place, one in enumerate(family) if one is node), 0)
    sheet = node.row.place.form is AnnexForm.SHEET and len(node.row.code.parts) == 2
    return sheet and at > 0 and family[at - 1].row.code.last == node.row.code.last * 10 - 1


def _points(tree: Tree) -> None:
    """A group without a maximum of its own takes the sum of its parts, and says so; a criterion must have one."""
    bad = {place for place, message in tree.faults if message.code.startswith("annex-bad-points")}
    for node in reversed(list(tree.nodes())):
        node.points = node.row.points
        if node.points is not None or node.row.place in bad:
            continue
        parts = [one.points for one in node.below]
        if parts and None not in parts:
            node.points = sum((one for one in parts if one is not None), Decimal(0))
            told = node.row.place.message("annex-points-summed", code=node.code, points=node.points)
            tree.remarks.append((node.row.place, told))
        else:
            tree.faults.append((node.row.place, node.row.place.message("annex-no-points", code=node.code)))


def _sums(tree: Tree, sheet: AnnexTable) -> None:
    for node in tree.nodes():
        parts = [one.points for one in node.below]
        if not parts or node.points is None or None in parts:
            continue
        total = sum((one for one in parts if one is not None), Decimal(0))
        if total != node.points:
            told = node.row.place.message(
                "annex-sum", code=node.code, points=node.points, total=total, difference=abs(node.points - total)
            )
            tree.faults.append((node.row.place, told))
    _total(tree, sheet)


def _total(tree: Tree, sheet: AnnexTable) -> None:
    fields = [one.points for one in tree.top]
    if None in fields or not fields:
        return
    total = sum((one for one in fields if one is not None), Decimal(0))
    if sheet.total is None:
        if total != SCALE:
            tree.remarks.append((sheet.place, sheet.place.message("annex-no-total", total=total)))
        return
    place, printed = sheet.total
    if printed != total:
        told = place.message("annex-total", printed=printed, total=total, difference=abs(printed - total))
        tree.faults.append((place, told))
    elif printed != SCALE:
        tree.remarks.append((place, place.message("annex-scale", total=printed, rest=SCALE - printed)))


def _gaps(tree: Tree) -> None:
    """Numbers that are left out between two siblings, or stand in another order."""
    for family in (tree.top, *(node.below for node in tree.nodes())):
        if family and family[0].row.code.last > 1:
            told = family[0].row.place.message("annex-starts", code=family[0].code)
            tree.remarks.append((family[0].row.place, told))
        styles = Counter(node.row.code.style for node in family)
        for before, after in pairwise(family):
            alike = before.row.code.style is after.row.code.style and len(styles) == 1
            if alike and after.row.code.last != before.row.code.last + 1:
                told = after.row.place.message("annex-gap", before=before.code, after=after.code)
                tree.remarks.append((after.row.place, told))
