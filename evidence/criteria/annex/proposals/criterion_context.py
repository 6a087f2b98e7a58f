"""What stands around the evidence of a criterion: titles, scoring, year and level of the set, pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.criteria.annex.proposals import vocabulary

_REPORTING = re.compile(r"(?:chế độ|thực hiện|công tác)\s+báo cáo|báo cáo\s+định kỳ", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CriterionContext:
    """What stands around the evidence. ``headings`` from the nearest outward; ``scoring``: the words of its rule;
    ``said_before``: the subject of the document that was asked for just before."""

    title: str
    headings: tuple[str, ...] = ()
    scoring: str = ""
    year: int = 0
    level: str = ""
    page: int | None = None
    guide_page: int | None = None
    said_before: tuple[str, ...] = ()

    @property
    def topic(self) -> str:
        """The field of work, of the title or else of the nearest heading that names one."""
        titles = (self.title, *self.headings)
        return next((topic for title in titles if (topic := vocabulary.first_topic(title))), "")

    @property
    def is_about_reporting(self) -> bool:
        """Whether it judges that reports are made, so that "các báo cáo" alone says which."""
        return bool(_REPORTING.search(self.title))

    @property
    def source(self) -> str:
        """Where a deadline that the annex gives comes from."""
        return f"phụ lục, trang {self.page}" if self.page else "phụ lục"
