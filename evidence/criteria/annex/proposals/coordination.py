"""Documents listed in one sentence, and what the last of them says for all.

"Báo cáo 6 tháng và báo cáo năm về hòa giải": the matter stands once, behind the last. "Quy chế A, quy chế B của đơn
vị": so does whose they are; of kinds of one family alone, for "Quyết định công nhận, Kế hoạch CCHC của đơn vị" leaves
open who recognises.

>>> share_tail([(("Báo cáo",), "6 tháng"), (("Báo cáo",), "năm về hòa giải ở cơ sở")])
['6 tháng về hòa giải ở cơ sở', 'năm về hòa giải ở cơ sở']
>>> share_tail([(("Quy chế",), "chi tiêu nội bộ"), (("Quy chế",), "quản lý tài sản công của đơn vị")])
['chi tiêu nội bộ của đơn vị', 'quản lý tài sản công của đơn vị']
>>> share_tail([(("Quyết định",), "công nhận sáng kiến"), (("Kế hoạch",), "CCHC của xã")])
['công nhận sáng kiến', 'CCHC của xã']
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.criteria.annex.proposals import subjects, vocabulary
from evidence.criteria.annex.proposals.bodies import COMMITTEES, COMPETENT, NAMED, OWNED

_FAMILIES = ({"Quy chế", "Quy định", "Quy trình"}, {"Quyết định", "Nghị quyết"})
_ROUTINE = re.compile(r"^(?:(?:định kỳ|đột xuất|chuyên đề)[\s,]*)+", re.IGNORECASE)
_OWNERS = (OWNED, NAMED, COMPETENT)


def share_tail(parts: Sequence[tuple[tuple[str, ...], str]]) -> list[str]:
    """The words after each head (its kinds, its words), completed from those of the heads behind it."""
    rests = [rest for _, rest in parts]
    for place in range(len(parts) - 2, -1, -1):
        kinds, rest = parts[place]
        following = rests[place + 1]
        vague = vocabulary.pattern("vague").search(following)
        if not vague and not vocabulary.by_order().search(rest) and _names_no_matter(rest):
            rests[place] = f"{rest} {_ROUTINE.sub('', _matter(following))}".strip()
        elif _are_of_one_family(kinds, parts[place + 1][0]) and not _owner(rest):
            owner = _owner(following)
            rests[place] = f"{rest} {owner}" if owner and following.endswith(owner) else rest
    return rests


def _matter(rest: str) -> str:
    """The words without whose they are and when."""
    for pattern in (*_OWNERS, COMMITTEES):
        rest = pattern.sub(" ", f" {rest}")
    return " ".join(subjects.TIMES.sub(" ", rest).split()).strip(" ,")


def _names_no_matter(rest: str) -> bool:
    return not re.sub(r"\b(?:các|những|và|về|đầu|cuối|báo cáo|kết luận|chuyên đề)\b", " ", _matter(rest)).strip(" ,")


def _owner(rest: str) -> str:
    """The first owner that the words name; empty where they name none."""
    for pattern in _OWNERS:
        if match := pattern.search(f" {rest}"):
            return match[0].strip()
    return ""


def _are_of_one_family(kinds: tuple[str, ...], others: tuple[str, ...]) -> bool:
    both = {*kinds, *others}
    return bool(both) and (len(both) == 1 or any(both <= family for family in _FAMILIES))
