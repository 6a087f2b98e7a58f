"""Figures as JSON Lines (``docs/scoring.md``); numbers are strings."""

from __future__ import annotations

import json
from collections.abc import Iterable

from evidence.messages import Language, Message, say
from evidence.model.scores.figures import FigureProposal, FigureSource, KeptFigure, StatedFigure, StatedSum

Tree = dict[str, object]


def render_proposals(proposals: Iterable[FigureProposal], language: Language) -> str:
    """A line a proposal."""
    return "".join(_line(_proposal(each, language)) for each in proposals)


def render_kept(figures: Iterable[KeptFigure]) -> str:
    """A line a figure that counts."""
    return "".join(
        _line({
            "unit": each.figure.unit, "criterion": each.figure.criterion, "name": each.figure.name,
            "value": str(each.figure.value), "by": each.author, "at": each.at.isoformat(),
            "sources": [_source(source) for source in each.sources],
        })
        for each in figures
    )  # fmt: skip


def render_stated(figures: Iterable[StatedFigure], sums: Iterable[StatedSum], language: Language) -> str:
    """What one paper states: rows ``figure``, then rows ``sum``."""
    rows: list[Tree] = [
        {"row": "figure", "value": f"{each.value:f}", "role": each.role.value, "percent": each.is_percent,
         "label": each.label, **_source(each.source)}
        for each in figures
    ]  # fmt: skip
    rows += [
        {"row": "sum", "whole": f"{each.whole:f}", "parts": [f"{part:f}" for part in each.parts], "holds": each.holds,
         "difference": f"{each.difference:f}", "sentence": say(sum_sentence(each), language), **_source(each.source)}
        for each in sums
    ]  # fmt: skip
    return "".join(map(_line, rows))


def sum_sentence(stated: StatedSum) -> Message:
    """Whether the sum holds, as a sentence."""
    code = {True: "figure-sum-holds", False: "figure-sum-differs", None: "figure-sum-open"}[stated.holds]
    parts = " + ".join(f"{part:f}" for part in stated.parts)
    made = sum(stated.parts, stated.whole * 0)
    values = {"whole": f"{stated.whole:f}", "parts": parts, "sum": f"{made:f}", "difference": f"{stated.difference:+f}"}
    return Message(code, {**values, "page": str(stated.source.page)})


def _proposal(each: FigureProposal, language: Language) -> Tree:
    figure, first = each.figure, each.sources[0]
    return {
        "unit": figure.unit, "criterion": figure.criterion, "title": each.title, "name": figure.name,
        "meaning": each.meaning, "value": f"{figure.value:f}", **_source(first),
        "sources": [_source(source) for source in each.sources],
        "others": [{"value": f"{value:f}", **_source(source)} for value, source in each.others],
        "pending": [{"value": f"{value:f}", **_source(source)} for value, source in each.pending],
        "doubts": [{"code": code, "sentence": say(Message(code), language)} for code in each.doubts],
        "kept": None if each.kept is None else f"{each.kept:f}",
    }  # fmt: skip


def _source(source: FigureSource) -> Tree:
    return {
        "document": source.document, "page": source.page, "box": list(source.box) if source.box else None,
        "raw": source.raw, "confidence": round(source.confidence, 3),
    }  # fmt: skip


def _line(tree: Tree) -> str:
    return json.dumps(tree, ensure_ascii=False) + "\n"
