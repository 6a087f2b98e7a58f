"""Claims as one HTML page that needs nothing from elsewhere: one row a document, with every criterion that cites it."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.messages import Language, Message, say
from evidence.report.appraisal_terminal import AppraisalRow, count_rows, format_reason
from evidence.report.labels import label
from evidence.report.templates import load_template

COLUMNS = ("column-unit", "column-document", "column-cited-by", "column-status", "column-reason", "column-hash")


def render(title: str, rows: Sequence[AppraisalRow], language: Language) -> str:
    """The whole page; everything that comes from documents is escaped by the template."""
    return load_template("claims.html").render(
        title=title,
        lang=language.value,
        columns=[label(code, language) for code in COLUMNS],
        counts=count_rows(rows, language),
        rows=[
            {
                "code": row.code,
                "cells": (row.unit, row.text, row.criterion, say(Message(row.word), language)),
                "reason": format_reason(row, language),
                "documents": [sha256[:12] for sha256 in row.documents],
            }
            for row in rows
        ],
    )
