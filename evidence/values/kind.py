"""Kinds of documents (tên loại): Article 7 of Decree 30/2020/NĐ-CP, legal normative kinds, Party kinds, older ones.

A công văn and a thư công have no abbreviation. The list stands in ``data/kinds.yaml``.

>>> by_name("QUYẾT ĐỊNH"), by_code("TTr").name
(Kind(name='Quyết định', code='QĐ'), 'Tờ trình')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from evidence import resources
from evidence.vietnamese.text import fold, strip_marks


@dataclass(frozen=True, slots=True)
class Kind:
    name: str
    code: str | None = None

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: Kind
    names: tuple[str, ...]
    codes: tuple[str, ...]
    joint: bool
    alone: bool

    @property
    def leading_names(self) -> tuple[str, ...]:
        """The names that more words may stand after: not ``Đơn``, which begins ``đơn vị`` and ``đơn giá``."""
        return self.names[1:] if self.alone else self.names


@cache
def _entries() -> tuple[_Entry, ...]:
    entries = []
    for row in resources.load_yaml("evidence.values", "kinds.yaml"):
        kind = Kind(row["name"], row["code"])
        codes = tuple(code for code in (kind.code, *row.get("also", ())) if code)
        names = (kind.name, *row.get("names", ()))
        entries.append(_Entry(kind, names, codes, row.get("joint", False), row.get("alone", False)))
    return tuple(entries)


@cache
def kinds() -> tuple[Kind, ...]:
    """All kinds, in the order of the list."""
    return tuple(entry.kind for entry in _entries())


@cache
def code_index() -> dict[str, Kind]:
    """Abbreviation as printed -> kind; the first kind of the list that has it."""
    index: dict[str, Kind] = {}
    for entry in _entries():
        for code in entry.codes:
            index.setdefault(code, entry.kind)
    return index


@cache
def _name_index() -> dict[str, Kind]:
    return {fold(name): entry.kind for entry in _entries() for name in entry.names}


@cache
def _leading_index() -> dict[str, Kind]:
    return {fold(name): entry.kind for entry in _entries() for name in entry.leading_names}


@cache
def _unmarked_index() -> dict[str, Kind]:
    """Names without diacritics; one that two kinds would share is left out."""
    index: dict[str, Kind | None] = {}
    for name, kind in _name_index().items():
        bare = strip_marks(name).replace(" ", "")
        index[bare] = kind if index.get(bare, kind) == kind else None
    return {bare: kind for bare, kind in index.items() if kind}


@cache
def names_pattern() -> str:
    """A regular expression of all names, longest first, blanks as any white space; to be used ignoring case.

    Without those that are a kind only where they stand alone (``Đơn``). Gathered by their first letter, in both cases:
    where a text has another one, the engine leaves them all out at once.
    """
    by_letter: dict[str, list[str]] = {}
    for name in sorted((name for entry in _entries() for name in entry.leading_names), key=len, reverse=True):
        by_letter.setdefault(name[0].lower(), []).append(re.escape(name[1:]).replace(r"\ ", r"\s+"))
    return "|".join(f"(?-i:[{letter}{letter.upper()}])(?:{'|'.join(rests)})" for letter, rests in by_letter.items())


def by_name(text: str) -> Kind | None:
    """The kind of that name, whatever its case, tone placement and blanks; None where it is none.

    >>> by_name("Bản thoả  thuận").code
    'BTT'
    """
    return _name_index().get(" ".join(fold(text).split()))


def by_code(code: str) -> Kind | None:
    """The kind of an abbreviation: as printed, else whatever its case and with D for Đ.

    >>> by_code("QD").name, by_code("CV").code
    ('Quyết định', None)
    """
    exact = code_index().get(code)
    if exact is not None:
        return exact
    wanted = fold(code).replace("đ", "d")
    return next((kind for known, kind in code_index().items() if fold(known).replace("đ", "d") == wanted), None)


def is_joint(kind: Kind | None) -> bool:
    """Whether documents of the kind are issued by several bodies together (liên tịch).

    >>> is_joint(by_name("Thông tư liên bộ")), is_joint(by_code("NQLT")), is_joint(by_name("Thông tư"))
    (True, True, False)
    """
    return kind in _joint_kinds()


@cache
def _joint_kinds() -> frozenset[Kind]:
    return frozenset(entry.kind for entry in _entries() if entry.joint)


# headings of chapters that begin like a kind
_HEADINGS = frozenset(
    f"{kind} {rest}" for kind in ("quy định", "kết luận") for rest in ("chung", "cụ thể", "khác", "chuyển tiếp")
)
_EDGE = " \t*_.:-–—\"“”'()"


def read_title_line(text: str) -> Kind | None:
    """The kind that a line names as a title: alone in capitals, or in capitals with its subject after it.

    Read without diacritics where an OCR engine lost or changed them; letters may be set apart.

    >>> [read_title_line(line).name for line in ("  QUYÉT ĐỊNH ", "Q U Y Ế T  Đ Ị N H", "BÁO CÁO KẾT QUẢ NĂM 2018")]
    ['Quyết định', 'Quyết định', 'Báo cáo']
    >>> read_title_line("Báo cáo kết quả năm 2018") is None
    True
    >>> read_title_line("ĐƠN XIN GIA NHẬP HỘI").name, read_title_line("ĐƠN VỊ TÍNH"), read_title_line("ĐƠN").name
    ('Đơn', None, 'Đơn')
    """
    line = " ".join(text.split()).strip(_EDGE)
    if fold(line) in _HEADINGS:
        return None
    if kind := by_name(line):
        return kind if line[:1].isupper() else None
    letters = [char for char in line if char.isalpha()]
    if not letters or sum(char.isupper() for char in letters) < 0.8 * len(letters):
        return None
    bare = strip_marks(fold(line)).replace(" ", "")
    if kind := _unmarked_index().get(bare):
        return kind
    words = fold(line).split()
    for size in (4, 3, 2, 1):
        head = _leading_index().get(" ".join(words[:size])) if len(words) > size else None
        if head:
            return head
    return None
