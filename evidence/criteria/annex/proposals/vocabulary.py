"""The words of ``data/evidence_words.yaml`` as patterns, each compiled once."""

from __future__ import annotations

import re
from functools import cache

from evidence import resources
from evidence.values.abbreviation import Use, expansions
from evidence.values.kind import Kind, kinds
from evidence.vietnamese.text import fold

NOT_HEADS = {"Văn bản", "Luật", "Bộ luật", "Hiến pháp", "Pháp lệnh", "Lệnh", "Dự án"}
_LAWS = ("Nghị định", "Thông tư")  # asked for at the head of a line; within it they are what a deed rests on
_WORD = re.compile(r"[^\W_]+")


@cache
def _table() -> dict[str, object]:
    return dict(resources.load_yaml("evidence.criteria.annex", "evidence_words.yaml"))


@cache
def phrases(name: str, part: str = "") -> tuple[str, ...]:
    """One list of the table; ``part`` is the list inside a mapping.

    >>> phrases("acts", "publish"), phrases("issued_kinds")
    (('công bố',), ('Biên bản',))
    """
    value = _table()[name]
    rows = value[part] if isinstance(value, dict) else value
    return tuple(str(row) for row in rows) if isinstance(rows, list) else ()


@cache
def parts(name: str) -> tuple[str, ...]:
    """The names inside a mapping of the table."""
    value = _table()[name]
    return tuple(value) if isinstance(value, dict) else ()


def alternation(words: tuple[str, ...]) -> str:
    """A pattern of any of these phrases, longest first, whole words."""
    ordered = sorted(words, key=len, reverse=True)
    return r"(?<![^\W_])(?:" + "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered) + r")(?![^\W_])"


@cache
def pattern(name: str, part: str = "") -> re.Pattern[str]:
    """Any phrase of that list."""
    return re.compile(alternation(phrases(name, part)), re.IGNORECASE)


@cache
def leading_act() -> re.Pattern[str]:
    """An act at the head of a bare "văn bản", several of them joined by commas."""
    definite, open_ = (alternation(phrases("leading_acts", part)) for part in ("definite", "open"))
    joint = r"\s*(?:,|và|/)\s*(?:và\s+)?"
    return re.compile(rf"(?:(?P<definite>{definite})|(?P<open>{open_}(?:{joint}{open_})*))", re.IGNORECASE)


@cache
def all_acts() -> re.Pattern[str]:
    """Any act that makes a bare "văn bản" definite; not "giải trình", "được giao", "giao dịch"."""
    words = tuple(act for part in parts("acts") for act in phrases("acts", part))
    parts_of_words = "".join(rf"(?<!{word}\s)" for word in phrases("not_before_acts"))
    return re.compile(
        rf"{parts_of_words}(?!(?:trình\s+(?:tự|độ)|giao\s+(?:dịch|thông|ban|lưu|nhận))\b){alternation(words)}",
        re.IGNORECASE,
    )


@cache
def by_order() -> re.Pattern[str]:
    """ "theo chỉ đạo của …" to the end: whose order, not what the document is about."""
    return re.compile(rf"\s*(?<![^\W_])theo\s+(?:sự\s+)?{alternation(phrases('orders'))}.*", re.IGNORECASE | re.DOTALL)


@cache
def head_kinds() -> dict[str, Kind]:
    """Folded name -> kind, of the kinds that evidence may be asked as. A name of one syllable ("Đơn") is part of other
    words more often than a kind."""
    return {fold(kind.name): kind for kind in kinds() if kind.name not in NOT_HEADS and " " in kind.name}


@cache
def kind_names() -> str:
    """A pattern of those names and of the bare "văn bản"; laws only where the words name no number of theirs."""
    return alternation((*(kind.name for kind in head_kinds().values() if kind.name not in _LAWS), "văn bản"))


@cache
def heads() -> re.Pattern[str]:
    """A kind at the head of a line: also laws, but for those cited by number."""
    return re.compile(rf"{kind_names()}|{alternation(_LAWS)}(?!\s+(?:số\s*:?\s*)?\d)", re.IGNORECASE)


def spell_kinds(text: str) -> str:
    """Kinds that offices abbreviate, written out where words follow: not the code of a number.

    >>> spell_kinds("QĐ giao biên chế theo CV số 12/QĐ-UBND; BC/KH CCHC")
    'Quyết định giao biên chế theo CV số 12/QĐ-UBND; Báo cáo/Kế hoạch CCHC'
    """
    return _kind_codes().sub(lambda match: _codes()[match[0]], text)


@cache
def _codes() -> dict[str, str]:
    return {code: name for name in parts("kind_codes") for code in phrases("kind_codes", name)}


@cache
def _kind_codes() -> re.Pattern[str]:
    """In capitals and before words; "/" joins two of them."""
    codes = "|".join(sorted(map(re.escape, _codes()), key=len, reverse=True))
    return re.compile(
        rf"(?<![^\W_])(?<![/-])(?:{codes})(?=\s+(?!số)[^\W\d_]|\s*/\s*(?:{codes})\s)|(?<=/)(?:{codes})(?=\s+(?!số)[^\W\d_])"
    )


def kind_named(text: str) -> Kind | None:
    """The kind of that name; None for "văn bản"."""
    return head_kinds().get(" ".join(fold(text).split()))


@cache
def _short() -> dict[str, str]:
    return {fold(short): " ".join(_WORD.findall(fold(full))) for short, full in expansions(Use.SUBJECT).items()}


def long_words(text: str) -> str:
    """Folded words, abbreviations written out, between single blanks.

    >>> long_words("Kế hoạch CCHC, năm")
    'kế hoạch cải cách hành chính năm'
    """
    return " ".join(_short().get(word, word) for word in _WORD.findall(fold(text)))


@cache
def broad_fields() -> re.Pattern[str]:
    """A broad field as the whole subject, several of them joined, or an act without its object."""
    fields = alternation(tuple(long_words(field) for field in phrases("broad_fields")))
    return re.compile(rf"(?:{fields}\s*)+|{pattern('broad_acts').pattern}", re.IGNORECASE)


@cache
def _topic_words() -> tuple[tuple[str, str], ...]:
    rows = [(long_words(topic), topic) for topic in phrases("topics")]
    return tuple(sorted(rows, key=lambda row: -len(row[0])))


def first_topic(text: str) -> str | None:
    """The field of work that a title names first; of two that begin alike the longer.

    >>> first_topic("Tỷ lệ TTHC nội bộ được công bố"), first_topic("Thực hiện chế độ báo cáo định kỳ")
    ('thủ tục hành chính nội bộ', None)
    """
    words = f" {long_words(text)} "
    places = [(words.find(f" {topic} "), order, name) for order, (topic, name) in enumerate(_topic_words())]
    found = [place for place in places if place[0] >= 0]
    return min(found)[2] if found else None
