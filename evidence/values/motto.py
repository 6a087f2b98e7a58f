"""The motto that heads official paper, and how it is known again in print, in a scan and in an office document.

Nghị định 30/2020/NĐ-CP, Phụ lục I, ô 1: quốc hiệu and tiêu ngữ, top right; the Party's paper bears its name there. It
is the anchor of a header: printed large, the same on every document, and found even in a poor scan. The lines stand in
``data/mottoes.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from rapidfuzz import fuzz

from evidence import resources
from evidence.vietnamese.text import capital_letters, capital_share, strip_marks

HEADING_CAPITALS = 0.6  # share of a line's letters, by which a heading is told from a sentence of the body
CAPITALS = 0.7  # the same of a whole line that is the motto
SHORTEST, LONGEST = 0.7, 4  # of the motto's letters: what a line that bears it has; an issuer may stand beside it
ALIKE = 80.0  # of 100: how alike the letters must be
OPENING = 4  # words by which a line that begins with a motto is known
# a run of capitals, or the second line: what every page with a motto has, and most pages of a body have not
CANDIDATE = re.compile(r"[A-ZĐÀ-Ỹ][A-ZĐÀ-Ỹ ]{11,}|[Tt][uưự]\s*do\s*[-–]")


@dataclass(frozen=True)
class Motto:
    """One line of the motto. ``below``: it stands under another, in small letters."""

    text: str
    hints: tuple[str, ...]
    proof: str
    below: bool = False
    party: bool = False

    @cached_property
    def letters(self) -> str:
        """``DOCLAPTUDOHANHPHUC``."""
        return capital_letters(self.text)

    @cached_property
    def plain(self) -> str:
        """``doc lap - tu do - hanh phuc``."""
        return strip_marks(self.text).lower()

    @property
    def opening(self) -> str:
        """``cong hoa xa hoi``, ``doc lap``: how a line that bears it begins."""
        return " ".join(self.plain.split(" - ")[0].split()[:OPENING])

    def is_borne_by(self, line: str) -> bool:
        """Whether a line of print bears it, alone or beside an issuer, through what OCR makes of its letters.

        >>> state, _, second = mottoes()
        >>> state.is_borne_by("UBND TỈNH CỌNG HÒA XÃ HỌI CHỦ NGHĨA VIẸT NAM"), second.is_borne_by("Độc lập, tự chủ")
        (True, False)
        """
        letters = capital_letters(line)
        if not SHORTEST * len(self.letters) <= len(letters) <= LONGEST * len(self.letters):
            return False
        if not self.below and capital_share(line) < CAPITALS:
            return False
        return fuzz.partial_ratio(self.letters, letters) >= ALIKE


@cache
def mottoes() -> tuple[Motto, ...]:
    """All lines, in the order in which they are looked for."""
    rows = resources.load_yaml("evidence.values", "mottoes.yaml")
    return tuple(Motto(**{**row, "hints": tuple(row["hints"])}) for row in rows)


def has_motto_candidate(text: str) -> bool:
    """Whether a page's text may hold a motto at all: asked of every page, before its lines are looked at."""
    return CANDIDATE.search(text) is not None


def is_motto_line(line: str) -> bool:
    """Whether a row of a header is one of the motto's, however little of it was read.

    >>> [is_motto_line(text) for text in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")]
    [True, True]
    >>> is_motto_line("công dân nước Cộng hòa xã hội chủ nghĩa Việt Nam"), is_motto_line("hoạt động độc lập, tự chủ")
    (False, False)
    """
    plain = strip_marks(line).lower()
    if _second_line().search(plain):
        return True
    return capital_share(line) > HEADING_CAPITALS and any(hint in plain for hint in _hints())


def is_second_line(line: str) -> bool:
    """Whether a line begins as the one under the motto does: it is narrower than the motto."""
    letters = capital_letters(line)
    return any(letters[:6] == motto.letters[:6] for motto in mottoes() if motto.below)


def is_motto_in_capitals(line: str) -> bool:
    """Whether a line holds the motto in capitals, letter for letter, as an office document has it.

    >>> is_motto_in_capitals("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"), is_motto_in_capitals("Đảng Cộng sản Việt Nam")
    (True, False)
    """
    return _in_capitals().search(strip_marks(line)) is not None


def holds_motto(letters: str) -> bool:
    """Whether capital letters without marks hold what stands in a motto and in no agency's name.

    >>> holds_motto("HOICHUNGHIAVIETNAM"), holds_motto("BANVANHOAXAHOI")
    (True, False)
    """
    return any(proof in letters for proof in _proofs())


def motto_openings() -> tuple[str, ...]:
    """How a line that bears a motto begins, in small letters without marks.

    >>> motto_openings()
    ('cong hoa xa hoi', 'dang cong san viet', 'doc lap')
    """
    return tuple(motto.opening for motto in mottoes())


@cache
def _hints() -> tuple[str, ...]:
    return tuple(strip_marks(hint).lower() for motto in mottoes() for hint in motto.hints)


@cache
def _proofs() -> tuple[str, ...]:
    return tuple(capital_letters(motto.proof) for motto in mottoes())


@cache
def _second_line() -> re.Pattern[str]:
    """Two neighbouring parts of the line below, in whatever letters."""
    pairs = (pair for motto in mottoes() if motto.below for pair in pairwise(motto.plain.split(" - ")))
    return re.compile("|".join(rf"{before}\W{{0,5}}{after}" for before, after in pairs))


@cache
def _in_capitals() -> re.Pattern[str]:
    lines = (motto.plain.upper().split() for motto in mottoes() if not motto.below)
    return re.compile("|".join(" ?".join(words) for words in lines))
