"""Claims, cross-checks and rounds as the JSON that others rely on: one object a row."""

from __future__ import annotations

from collections.abc import Iterable

from evidence.messages import Language, Message, say
from evidence.report.appraisal_terminal import AppraisalRow
from evidence.report.record_json import rounded_box


def render(rows: Iterable[AppraisalRow], language: Language) -> list[dict[str, object]]:
    return [_row(row, language) for row in rows]


def _row(row: AppraisalRow, language: Language) -> dict[str, object]:
    return {
        "unit": row.unit,
        "criterion": row.criteria[0] if row.criteria else row.criterion,
        **({"criteria": list(row.criteria), "text": row.text} if row.criteria else {}),
        "code": row.code,
        "sentence": say(row.message, language),
        "documents": list(row.documents),
        "page": row.page,
        "box": rounded_box(row.box),
        **({"others": [_other(*other, language) for other in row.others]} if row.others else {}),
    }


def _other(message: Message, criteria: str, language: Language) -> dict[str, object]:
    return {"criteria": criteria.split(", "), "sentence": say(message, language)}
