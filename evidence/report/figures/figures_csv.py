"""Proposed figures as a CSV for a person to go through: a yes in the first column confirms a row, the value may be put
right. ``figures confirm`` takes it back."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO

from evidence.messages import Language, Message, say
from evidence.model.scores.figures import FigureProposal
from evidence.report.findings_csv import BYTE_ORDER_MARK, escape_formula
from evidence.report.labels import label

COLUMNS = (
    "confirm", "unit", "criterion", "name", "value", "meaning", "document", "page", "box", "words", "confidence",
    "doubts",
)  # fmt: skip


def render(proposals: Iterable[FigureProposal], language: Language = Language.VI) -> str:
    """The table as text, beginning with the byte order mark; the column of confirmation is empty."""
    out = StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([label(f"figures-{name}", language) for name in COLUMNS])
    for each in proposals:
        writer.writerow([escape_formula(cell) for cell in _cells(each, language)])
    return out.getvalue()


def _cells(each: FigureProposal, language: Language) -> list[str]:
    figure, source = each.figure, each.sources[0]
    doubts = [say(Message(code), language) for code in each.doubts]
    doubts += [f"{value:f}: {place.raw} ({place.page})" for value, place in each.others]
    return [
        "", figure.unit, figure.criterion, figure.name, f"{figure.value:f}", each.meaning, source.document,
        str(source.page), " ".join(f"{edge:.1f}" for edge in source.box or ()),
        " / ".join(dict.fromkeys(each_source.raw for each_source in each.sources)), f"{source.confidence:.2f}",
        " · ".join(doubts),
    ]  # fmt: skip
