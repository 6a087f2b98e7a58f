"""Names of persons as they stand under a signature: two to five words, each with a capital, family name first.

>>> parse("TS. Nguyễn Thị Minh Khai")
'Nguyễn Thị Minh Khai'
>>> parse("Sở Nội vụ") is None
True
"""

from __future__ import annotations

import re
from functools import cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Hamming

from evidence import resources
from evidence.vietnamese.syllable import is_syllable
from evidence.vietnamese.text import fold, nfc, strip_marks

# ranks and academic titles stand before the name only in the army, education, health and science (NĐ 30, ô 7b)
TITLES = re.compile(
    r"^(?:(?:thượng tướng|trung tướng|thiếu tướng|đại tướng|đại tá|thượng tá|trung tá|thiếu tá|đại úy"
    r"|gs|pgs|ts|ths|bs|cki+|ckii|luật sư|ls|kts|ncs|nsnd|nsưt|linh mục|đ/c|ông|bà"
    r"|(?:đã\s+)?ký)\.?(?:\s*[.,:;]\s*|\s+))+",
    re.IGNORECASE,
)
# nine in ten Vietnamese bear one of these
COMMON = frozenset(
    [
        "Nguyễn",
        "Trần",
        "Lê",
        "Phạm",
        "Hoàng",
        "Huỳnh",
        "Phan",
        "Vũ",
        "Võ",
        "Đặng",
        "Bùi",
        "Đỗ",
        "Hồ",
        "Ngô",
        "Dương",
        "Lý",
    ]
)
EDGE = " .,;:_-–—*|'\"`/\\()[]{}“”‘’~^°<>«»"
UPPER = "A-ZĐÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĨŨƠƯẠẢẤẦẨẪẬẮẰẲẴẶẸẺẼẾỀỂỄỆỈỊỌỎỐỒỔỖỘỚỜỞỠỢỤỦỨỪỬỮỰỲỴỶỸ"
GLUED = re.compile(rf"(?<=[^\W\d_{UPPER}])(?=[{UPPER}])")
RANKS = ("daituong", "thuongtuong", "trungtuong", "thieutuong", "daita", "thuongta", "trungta", "thieuta")
LIKE_A_RANK = 65.0  # of 100
SPECK = 3  # letters of what ink leaves beside a name
LONGEST = 7  # words of a line that a name may be looked for in
USUAL = 250  # syllables at the head of the list of given names that most names are made of
RARE, STRANGE = 0.7, 0.3
HIGHLAND = re.compile(r"(?:H|Y|K)(?:['’]|$)")
SPOILT_MARK = re.compile(r"\b([HKY])[°º*`´‘]\s?(?=[A-ZÊÔĐ])")  # the apostrophe of "H'Vi"
SHORT_END = 3  # letters of the end of a family name
LONG_FAMILY = 5  # letters of a family name that one wrong letter leaves to be told
LIKE_A_NAME = 4  # letters from which one wrong letter leaves a name to be told
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]*)?$")  # H'Linh, K' of the central highlands


@cache
def family_names() -> frozenset[str]:
    """Vietnamese family names, folded."""
    return frozenset(fold(name) for name in _names())


@cache
def _names() -> tuple[str, ...]:
    return _listed("family_names.yaml")


def _listed(file: str) -> tuple[str, ...]:
    return tuple(str(name) for name in resources.load_yaml("evidence.values", file))


@cache
def _given() -> tuple[frozenset[str], dict[str, str]]:
    """Syllables of given names, folded; and the usual one for the same letters without diacritics."""
    usual: dict[str, str] = {}
    for name in _listed("given_names.yaml"):
        usual.setdefault(strip_marks(name).lower(), name)
    return frozenset(fold(name) for name in _listed("given_names.yaml")), usual


@cache
def _unmarked() -> dict[str, frozenset[str]]:
    """Family names by their letters without diacritics; of those that are common, if any is."""
    table: dict[str, set[str]] = {}
    for name in _names():
        table.setdefault(strip_marks(name).lower(), set()).add(name)
    return {key: frozenset(COMMON & names or names) for key, names in table.items()}


def parse(text: str) -> str | None:
    """The name without its titles, or ``None`` where the line is no name of a person."""
    bare = TITLES.sub("", nfc(text).strip(EDGE))
    words = bare.split()
    if not 2 <= len(words) <= 6 or not all(WORD.match(word) and word[0].isupper() for word in words):
        return None
    if any(len(word) > 1 and not _small_after_first(word, words) for word in words):
        return None
    first = re.split("['’]", strip_marks(words[0]).lower())[0]
    if first not in _unmarked() and not _misread_family(words[0]):
        return None
    return " ".join(words)


def _small_after_first(word: str, words: list[str]) -> bool:
    """Whether small letters follow the first; names of the highlands have a second capital: ``H'Vi ÊBan``."""
    if "’" in word or "'" in word or word[1:].islower():
        return True
    return bool(HIGHLAND.match(words[0])) and word[2:].islower()


@cache
def _misread_family(word: str) -> str | None:
    """The common family name that a word has all letters of but one (``Aguyên``), or the end of (``Puyễn``: a seal lay
    over its beginning); ``None`` for names and for what may be another word."""
    folded, letters = fold(word), strip_marks(word).lower()
    if letters in _unmarked() or is_given(word):
        return None
    ends = [name for name in COMMON if len(word) <= len(name) + 1 and folded.endswith(_ends(name))]
    alike = [name for name in COMMON if len(name) == len(letters) and len(name) >= LONG_FAMILY]
    alike = [name for name in alike if Hamming.distance(strip_marks(name).lower(), letters) == 1]
    likely = ends or ([] if is_syllable(folded) else alike)
    return likely[0] if len(likely) == 1 else None


@cache
def _ends(name: str) -> tuple[str, ...]:
    """What may be left of a family name: all but a letter or two, if a mark and three letters are among it."""
    ends = (fold(name)[1:], fold(name)[2:] if len(name) > LONG_FAMILY else "")
    return tuple(end for end in ends if len(end) >= SHORT_END and strip_marks(end) != end)


def search(text: str, glued: bool = False) -> str | None:
    """The name that a line holds: all of it, else the longest run of words in it that is one.

    ``glued``: OCR loses blanks, so a capital after a small letter begins a word.

    >>> search("4 LêXuân Thử .", glued=True), search("uaPham Ví Dụ", glued=True)
    ('Lê Xuân Thử', 'Pham Ví Dụ')
    """
    line = GLUED.sub(" ", SPOILT_MARK.sub(r"\1'", nfc(text))) if glued else text
    whole = parse(line)
    if whole:
        return whole
    if not glued:
        return None
    words = [word for word in line.split() if word.strip(EDGE)]
    if len(words) > LONGEST or sum(char.isdigit() for char in line) > 2:
        return None  # a sentence or a date, not a name with specks of ink around it
    runs = [
        " ".join(words[i:j])
        for i in range(len(words))
        for j in range(i + 2, min(i + 6, len(words) + 1))
        if _specks(words[j:]) and (_specks(words[:i]) or _rank(words[:i]))
    ]
    named = (name for run in runs if (name := parse(run)) and len(name.split()[-1]) > 1)
    return max(named, key=len, default=None)


def _specks(words: list[str]) -> bool:
    return all(sum(map(str.isalpha, word)) <= SPECK for word in words)


def _rank(words: list[str]) -> bool:
    """Whether the words are a rank that OCR spoilt: ``Đai,fuơng``."""
    read = re.sub(r"[^a-z]", "", strip_marks("".join(words)).lower())
    return any(fuzz.ratio(read, rank) >= LIKE_A_RANK for rank in RANKS)


def has_family_name(name: str) -> bool:
    """Whether the name begins with a family name, marks and all.

    >>> has_family_name("Nguyễn Ví Dụ"), has_family_name("Nguyên Ví Dụ")
    (True, False)
    """
    return fold(name.split()[0]) in family_names()


def is_given(word: str) -> bool:
    """Whether a middle or given name is spelt so, marks and all.

    >>> is_given("Lưu"), is_given("Lữu")
    (True, False)
    """
    return fold(word) in _given()[0]


def given_name_likeness(word: str) -> float:
    """How much a word is like a given name: 1.0 for the usual ones, less for rare ones and for what no name is.

    >>> given_name_likeness("Lưu"), given_name_likeness("Lụa"), given_name_likeness("Lữu")
    (1.0, 0.7, 0.3)
    """
    known, usual_ones = _given()
    if fold(word) not in known:
        return STRANGE
    return 1.0 if word in list(usual_ones.values())[:USUAL] else RARE


def usual_given_name(word: str) -> str:
    """The usual given name with these letters, whatever their marks; where they make no syllable, the one that has
    one other letter in their place; the word itself where there is none, or more than one.

    >>> usual_given_name("Lữu"), usual_given_name("Kđăm"), usual_given_name("Hoàrg")
    ('Lưu', 'Kđăm', 'Hoàng')
    """
    letters = strip_marks(word).lower()
    usual = _given()[1]
    if letters in usual or len(letters) < LIKE_A_NAME or is_syllable(fold(word)):
        return usual.get(letters, word)
    # the first letters stay: a cluster there, as in Kđăm, is another language's
    alike = [other for other in usual if other[:2] == letters[:2] and len(other) == len(letters)]
    alike = [other for other in alike if Hamming.distance(other, letters) == 1]
    return usual[alike[0]] if len(alike) == 1 else word


def mend_person_name(name: str) -> str:
    """The name with the marks of its family name put back, where one family name alone has these letters.

    >>> mend_person_name("Nguyên Ví Dụ"), mend_person_name("Vo Ví Dụ"), mend_person_name("Aguyên Ví Dụ")
    ('Nguyễn Ví Dụ', 'Võ Ví Dụ', 'Nguyễn Ví Dụ')
    """
    first, *rest = name.split()
    misread = _misread_family(first)
    spellings = _unmarked().get(strip_marks(first).lower(), frozenset([misread] if misread else []))
    return " ".join([next(iter(spellings)), *rest]) if len(spellings) == 1 and not has_family_name(name) else name
