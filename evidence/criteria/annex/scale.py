"""What stands beside a set's scale, and how its fields are weighed: bonus and penalty blocks, weights in percent.

"III. Điểm thưởng", "IV. Điểm trừ" with points printed as -10: added to the sum, or taken from it; they count in no sum
of the table. Weights are printed as percent (15 %) or as shares (0,15) of one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from evidence.criteria.annex.table_rows import AnnexRow
from evidence.criteria.tables.header_phrases import plain_letters
from evidence.model.score_rule import ScoreBlock

BONUS = re.compile(r"^(?:\W*|noi dung |muc |phan |cac )*(?:diem (?:thuong|cong)|(?:thuong|cong) diem)\b")
PENALTY = re.compile(r"^(?:\W*|noi dung |muc |phan |cac )*(?:diem (?:tru|phat)|(?:tru|phat) diem)\b")
BOTH = re.compile(r"\b(?:thuong|cong)\b.*\b(?:tru|phat)\b|\b(?:tru|phat)\b.*\b(?:thuong|cong)\b")
ONE, HUNDRED = Decimal(1), Decimal(100)


def block_of_row(row: AnnexRow) -> ScoreBlock | None:
    """The block that a row opens by its title, or belongs to as its points are printed as taken."""
    title = plain_letters(" ".join(row.title[:1]))
    if row.taken or (PENALTY.match(title) and not BOTH.search(title)):
        return ScoreBlock.PENALTY
    return ScoreBlock.BONUS if BONUS.match(title) and not BOTH.search(title) else None


def to_percents(weights: Sequence[Decimal | None]) -> list[Decimal | None]:
    """The weights of siblings in percent.

    >>> [str(weight) for weight in to_percents([Decimal("0.4"), Decimal("0.6")])]
    ['40.0', '60.0']
    """
    known = [weight for weight in weights if weight is not None]
    shares = len(known) == len(weights) and sum(known, Decimal(0)) == ONE
    return [weight * HUNDRED if shares and weight is not None else weight for weight in weights]
