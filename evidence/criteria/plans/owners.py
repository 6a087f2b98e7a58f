"""Who leads and who helps, out of a cell of a plan.

A comma parts agencies only where another agency begins behind it: it also stands inside names ("Sở Văn hóa, Thể thao và
Du lịch") and in the words for a group ("các sở, ban, ngành").

>>> split_bodies("Sở Tư pháp, Văn phòng UBND tỉnh và Công an tỉnh")
('Sở Tư pháp', 'Văn phòng UBND tỉnh', 'Công an tỉnh')
>>> split_bodies("Các sở, ban, ngành; UBND các xã, phường, đặc khu")
('Các sở, ban, ngành', 'UBND các xã, phường, đặc khu')
>>> split_bodies("Sở Văn hóa, Thể thao và Du lịch; Sở Khoa học và Công nghệ")
('Sở Văn hóa, Thể thao và Du lịch', 'Sở Khoa học và Công nghệ')
>>> [owner.kind.value for owner in read_owners("Sở Nội vụ; các cơ quan, đơn vị; Theo phân công tại Phương án số 7/PA")]
['agency', 'group', 'reference']
"""

from __future__ import annotations

import re
from functools import cache

from evidence import resources
from evidence.model.plan import OwnerKind, TaskOwner

_GROUP = re.compile(
    r"\b(?:các|những|mọi|toàn bộ|tất cả|từng|mỗi)\b|"
    r"^\s*(?:sở|ban|ngành|cơ quan|đơn vị|địa phương|xã|huyện|phường)\b\s*,",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"^\s*(?:theo|thực hiện theo|như|tại)\s", re.IGNORECASE)
_LEADS = re.compile(r"^(?:chủ trì|cơ quan chủ trì|đơn vị chủ trì|phối hợp|cơ quan phối hợp)\s*:\s*", re.IGNORECASE)


def split_bodies(text: str) -> tuple[str, ...]:
    """Each body that the cell names, as printed."""
    parts = (" ".join(_LEADS.sub("", part.strip(" -+•.")).split()) for part in _parts().split(_join_lines(text)))
    return tuple(dict.fromkeys(part for part in parts if part))


def read_owners(text: str) -> tuple[TaskOwner, ...]:
    """The owners that the cell names, each with what kind of owner it is."""
    return tuple(TaskOwner(name, _kind_of(name)) for name in split_bodies(text))


@cache
def _parts() -> re.Pattern[str]:
    table = resources.load_yaml("evidence.criteria.plans", "bodies.yaml")
    heads, grouped = "|".join(table["heads"]), "|".join(table["grouped"])
    following = rf"(?=(?:{heads})(?![^\W_])|(?:[Cc]ác|[Nn]hững|[Mm]ột số|[Tt]oàn bộ)\s+(?:{grouped}))"
    listed = rf"\s*,\s*(?:và\s+)?{following}|\s+(?:và|cùng|&)\s+{following}"
    return re.compile(rf"\s*[;\n]\s*(?:[-+•]\s*)?|{listed}")


def _kind_of(name: str) -> OwnerKind:
    if _REFERENCE.match(name):
        return OwnerKind.REFERENCE
    return OwnerKind.GROUP if _GROUP.search(name) else OwnerKind.AGENCY


def _join_lines(text: str) -> str:
    """A line of the cell that goes on in small letters, or behind "và" or a comma, is the rest of the one before."""
    return re.sub(r"\s*\n\s*(?=[a-zà-ỹđ(])|(?<=[,&])\s*\n\s*|(?<=\bvà)\s*\n\s*", " ", text)
