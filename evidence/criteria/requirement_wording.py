"""Where a proposed requirement comes from: ``words``, ``page``, ``guide_page``, ``sure``, ``doubts``."""

from __future__ import annotations

import re

from evidence.criteria.set_context import MOST_PAGES
from evidence.criteria.yaml_section import Section
from evidence.model.criteria import Sureness, Wording

WORDING_KEYS = ("words", "page", "guide_page", "sure", "doubts")
_CODE = re.compile(r"[a-z][a-z0-9-]*")


def read_wording(section: Section) -> Wording | None:
    """The annex's words of this requirement; None where the file does not quote any."""
    if not any(section.has(key) for key in WORDING_KEYS):
        return None
    sureness = section.option("sure", tuple(Sureness))
    return Wording(
        words=section.text("words") or "",
        page=section.whole("page", 1, MOST_PAGES),
        guide_page=section.whole("guide_page", 1, MOST_PAGES),
        sureness=Sureness(sureness) if sureness else Sureness.SURE,
        doubts=tuple(code for code in section.words("doubts") if _CODE.fullmatch(code)),
    )
