"""The act that a document is: what is published, assigned, recognised, approved, directed.

Acts of weight (công bố, giao, phê duyệt) make a bare "văn bản" definite wherever they stand; the others (chỉ đạo, hướng
dẫn, ủy quyền) only at the head of the words, and those that say little alone only with a field of work.

>>> read_act("của UBND xã chỉ đạo công tác CCHC", bare=True)
('chỉ đạo', 'công tác CCHC')
>>> read_act("chỉ đạo, đôn đốc thực hiện các nhiệm vụ", bare=True) is None
True
>>> read_act("UBND tỉnh giao dự toán", bare=True), read_act("giải trình", bare=True)
(('giao', 'dự toán'), None)
"""

from __future__ import annotations

import re

from evidence.criteria.annex.proposals import vocabulary
from evidence.criteria.annex.proposals.bodies import without_owners

_OPENING = re.compile(r"(?:\s|,|đã|về việc|về|của đơn vị|trong năm)+", re.IGNORECASE)


def read_act(rest: str, bare: bool) -> tuple[str, str] | None:
    """The act and the words that follow it; None where the words name none. ``bare``: no kind is named, so that the
    act alone must tell the document."""
    if match := vocabulary.all_acts().search(rest):
        after = rest[match.end() :].strip()
        vague = bare and vocabulary.pattern("vague_objects").match(after)
        return None if vague else (match[0].lower(), after)
    head = _head(rest)
    match = vocabulary.leading_act().match(head) if bare else None
    if not match:
        return None
    after = head[match.end() :].strip(" ,")
    named = vocabulary.first_topic(vocabulary.by_order().sub("", after))
    return (match[0].lower(), after) if match["definite"] or named else None


def _head(rest: str) -> str:
    """Without who does it."""
    rest = without_owners(f" {rest}")
    opening = _OPENING.match(rest)
    return rest[opening.end() :] if opening else rest
