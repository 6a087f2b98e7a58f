"""A subject laid out for comparing: its title apart from body text that ran into it, and its content words.

A title ends without a stop (Decree 30/2020/NĐ-CP, Appendix I, II.5), so where layout does not tell, the sentence behind
it runs into it: ``… năm 2025 Sở Xây dựng báo cáo như sau:``. What surely is body is left out; what may be is kept
apart: words found only there are doubt.

Real titles put generic heads and joints between the words that tell a document ("Công tác kiểm soát TTHC", "theo dõi
tình hình thi hành pháp luật"), so phrases are compared by their content words: ``data/subject_words.yaml``.

>>> split_title("Công tác CCHC năm 2025 Sở Xây dựng báo cáo kết quả rà soát như sau:")
('Công tác CCHC năm 2025', '')
>>> text = lay_out_subject("Kết quả công tác theo dõi tình hình thi hành pháp luật năm 2025")
>>> find_in_subject("theo dõi thi hành pháp luật", text), find_in_subject("kết quả", text)
(<PhraseMatch.EXACT: 2>, <PhraseMatch.NEAR: 1>)
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from evidence import resources
from evidence.criteria.periods import read_periods
from evidence.criteria.phrases import (
    PhraseMatch,
    PreparedText,
    Words,
    comparable_words,
    find_words,
    may_be_near,
    may_stand,
    prepare_text,
    prepare_words,
)
from evidence.values.abbreviation import Use, expansions
from evidence.vietnamese.text import fold

LEAST = 3  # words of a title before anything is cut off behind it
KEPT_TEXTS = 1_000  # texts that who checks unit after unit holds from one to the next
FEW = 2  # syllables that tell little without the generic words beside them
GAP = 6  # syllables that may stand between two words of a phrase
JOINT = fold("và")
AS_FOLLOWS = re.compile(r"\bnhư sau\b|[.:;]\s*$", re.IGNORECASE)
_DATED = re.compile(r"\btháng\s+\d{1,2}\s+năm\s+\d{4}\s*$", re.IGNORECASE)
_NUMBERED = re.compile(r"(?<=\s)(?:[IVX]{1,4}|[A-C]|1)\.\s+(?=\w)")
_YEAR_END = re.compile(r"\bnăm\s+(?:19|20)\d\d\s+(?=[A-ZĐÀ-Ỹ])")


@dataclass(frozen=True, slots=True)
class SubjectText:
    """``title`` as compared, ``content`` its content words, ``text`` as written; ``behind``: words that may be body."""

    title: PreparedText
    content: PreparedText
    text: str = ""
    behind: PreparedText | None = None
    cut: bool = False


@lru_cache(maxsize=20_000)
def lay_out_subject(text: str) -> SubjectText:
    """The subject laid out."""
    title, behind = split_title(text)
    prepared = prepare_text(title)
    content = prepare_words(content_words(prepared.words))
    return SubjectText(prepared, content, title, prepare_text(behind) if behind else None, title != text)


def forget_subjects() -> None:
    """Lets go of the subjects that were laid out, once they are many: a unit's papers are compared again and again
    while it is checked, and those of the units before it never."""
    if prepare_text.cache_info().currsize > KEPT_TEXTS:
        for kept in (lay_out_subject, split_title, prepare_text, comparable_words, read_periods):
            kept.cache_clear()


@lru_cache(maxsize=20_000)
def split_title(text: str) -> tuple[str, str]:
    """The title, and what stands behind it and may belong to it; what surely is the body's is left out."""
    at = _body_start(text)
    if at is None:
        return text, ""
    behind = text[at:].strip()
    return text[:at].rstrip(), "" if AS_FOLLOWS.search(behind) else behind


def _body_start(text: str) -> int | None:
    if text.isupper():
        return None
    starts = [match.start() for match in _openers().finditer(text)]
    starts += [match.start() for match in _NUMBERED.finditer(text)]
    starts += [match.end() for match in _YEAR_END.finditer(text) if not _DATED.search(text[: match.end()])]
    follows = re.search(r"\bnhư sau\b", text, re.IGNORECASE)
    if follows:
        starts += [match.start() for match in _bodies().finditer(text, 0, follows.start())]
    return min((at for at in starts if len(text[:at].split()) >= LEAST), default=None)


@cache
def _openers() -> re.Pattern[str]:
    return _capitals("openers", r"(?<![,;:(\-–/])")


@cache
def _bodies() -> re.Pattern[str]:
    joints = ("của", "cho", "tại", "với", "và", "do", "ở")
    return _capitals("bodies", r"(?<![,;:(\-–/])" + "".join(rf"(?<! {joint})" for joint in joints))


def _capitals(key: str, before: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in _words(key))
    return re.compile(rf"{before}(?<=[\w.])\s+(?:{words})\b")


@cache
def _words(key: str) -> tuple[str, ...]:
    return tuple(resources.load_yaml("evidence.match", "subject_words.yaml")[key])


def find_in_subject(phrase: str, text: SubjectText) -> PhraseMatch:
    """Whether the subject names the phrase: by its content words, in their order. A phrase of generic words decides
    nothing; other words between, or words that may be the body's, are doubt."""
    wanted = _prepare_phrase(phrase)
    if wanted.title.row in text.title.row and wanted.content.words:
        return PhraseMatch.EXACT
    if not wanted.content.words:
        return PhraseMatch.NEAR if wanted.title.words else PhraseMatch.EXACT
    if may_stand(wanted.content, text.title) and may_be_near(wanted.content, text.title):
        match = max(find_words(wanted.title, text.title), _find_content(wanted, text))
        if match is not PhraseMatch.NONE:
            return match
        if _stands_with_gaps(wanted.content.words, text.content):
            return PhraseMatch.NEAR
    behind = text.behind is not None and find_words(wanted.title, text.behind) is not PhraseMatch.NONE
    return PhraseMatch.NEAR if behind else PhraseMatch.NONE


def adds_phrase(phrase: str, text: SubjectText) -> bool:
    """Whether the phrase is only added to what stands before it: "cải cách hành chính và kiểm tra công vụ"."""
    return f" {JOINT}{prepare_text(phrase).row}" in text.title.row


def _find_content(wanted: SubjectText, text: SubjectText) -> PhraseMatch:
    """The content words; a word or two that are left of a longer phrase may belong to another matter."""
    match = find_words(wanted.content, text.content)
    few = len(wanted.content.words) <= FEW and wanted.content.words != wanted.title.words
    return min(match, PhraseMatch.NEAR) if few else match


@lru_cache(maxsize=4_000)
def _prepare_phrase(phrase: str) -> SubjectText:
    prepared = prepare_text(phrase)
    return SubjectText(prepared, prepare_words(content_words(prepared.words)))


def _stands_with_gaps(wanted: Words, text: PreparedText) -> bool:
    """Whether the words stand there in pieces of two or more, in order; what an abbreviation is short for is never in
    pieces."""
    if not set(wanted) <= set(text.words):
        return False
    return _find_pieces(wanted, text.words, 0, _joints(wanted))


def _find_pieces(wanted: Words, words: Words, start: int, joints: frozenset[int], most: int | None = None) -> bool:
    for size in range(len(wanted), 1, -1):
        if size < len(wanted) and (len(wanted) - size < 2 or size not in joints):
            continue
        last = len(words) - size if most is None else min(start + most, len(words) - size)
        for at in range(start, last + 1):
            if words[at : at + size] == wanted[:size]:
                rest = frozenset(joint - size for joint in joints)
                if size == len(wanted) or _find_pieces(wanted[size:], words, at + size, rest, GAP):
                    return True
    return False


@lru_cache(maxsize=4_000)
def _joints(wanted: Words) -> frozenset[int]:
    """The places between words at which others may stand: not inside the words that an abbreviation is short for."""
    glued: set[int] = set()
    for term in _terms():
        for at in range(len(wanted) - len(term) + 1):
            if wanted[at : at + len(term)] == term:
                glued |= set(range(at + 1, at + len(term)))
    return frozenset(range(1, len(wanted))) - glued


@cache
def _terms() -> tuple[Words, ...]:
    return tuple(dict.fromkeys(comparable_words(full) for full in expansions(Use.SUBJECT).values()))


def content_words(words: Words) -> Words:
    """Without generic heads and joints, except where they are part of another word."""
    return tuple(words[place] for place in content_places(words))


def content_places(words: Words) -> tuple[int, ...]:
    """The places of the words that are left without generic heads and joints."""
    phrases = _generic()
    places: list[int] = []
    at = 0
    while at < len(words):
        size, kept = next(
            (
                (len(phrase), kept)
                for phrase, kept in phrases.get(words[at], ())
                if words[at : at + len(phrase)] == phrase
            ),
            (1, True),
        )
        if kept:
            places.extend(range(at, at + size))
        at += size
    return tuple(places)


@cache
def _generic() -> dict[str, tuple[tuple[Words, bool], ...]]:
    """By their first word, the longest first: phrases to leave out (False) and to keep (True)."""
    table = {tuple(fold(phrase).split()): False for phrase in _words("generic")}
    table |= {tuple(fold(phrase).split()): True for phrase in _words("kept")}
    by_first: dict[str, list[tuple[Words, bool]]] = {}
    for phrase in sorted(table, key=len, reverse=True):
        by_first.setdefault(phrase[0], []).append((phrase, table[phrase]))
    return {first: tuple(phrases) for first, phrases in by_first.items()}
