"""Figures that sentences state: "nhiệm vụ đề ra 45, đã hoàn thành 43", "hoàn thành 43/45 nhiệm vụ (95,6%)", "12 sáng
kiến được công nhận, 2 đang trình".

A sentence is taken apart where a comma, a bracket or "và" parts its numbers. What a number counts is said by the words
of its own part; the noun that a later part leaves out is that of the parts before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from evidence.appraisal.statistics.figure_roles import find_role, name_counted
from evidence.appraisal.statistics.page_sentences import PageSentence, list_sentences
from evidence.appraisal.statistics.printed_numbers import PrintedNumber, find_numbers
from evidence.model.document import Page
from evidence.model.scores.figures import FigureRole, StatedFigure

_CUT = re.compile(
    r"[,;()]\s*|:\s*(?=[^\d\s])|\s+(?=trong đó\b|gồm\b)|\s+và\s+(?=(?:\w+\s+){0,4}\d)|\.\s+", re.IGNORECASE
)
_TOTAL_OF = re.compile(r"\b(?:trong|trên)\s+(?:tổng số|tổng|số)\b", re.IGNORECASE)

_TABLE_HEAD = re.compile(r"(?:^|\s)(?:STT|TT|Stt|Số TT)\s+(?=[A-ZĐÀ-Ỹ])")
_ORDERED = re.compile(r"(?<![\w/.,])(\d{1,2})\s+(?=[A-ZĐÀ-Ỹ])")
FEWEST_ROWS = 3
MONEY = frozenset({"đồng", "nghìn", "ngàn", "triệu", "tỷ"})  # says how the number is counted, not what


@dataclass(frozen=True, slots=True)
class _Clause:
    """A part of a sentence with its number; the words of a second number of the same part are its own."""

    number: PrintedNumber
    words: str


def read_prose(pages: Iterable[Page], document: str) -> Iterator[StatedFigure]:
    """What the sentences state, in order. ``document``: the hash that proofs name."""
    for group, sentence in enumerate(list_sentences(pages)):
        yield from _read_sentence(sentence, document, group)


def is_table_text(text: str) -> bool:
    """Whether the words are rows of a table that was read as lines: its head with a column of order, or order numbers
    that count on before capitals. Whose a number in them is nobody can say.

    >>> is_table_text("STT Nhiệm vụ Chủ trì 1 Rà soát 2 Tập huấn"), is_table_text("hoàn thành 1 kế hoạch, 2 báo cáo")
    (True, False)
    """
    if _TABLE_HEAD.search(text):
        return True
    counted = [int(match[1]) for match in _ORDERED.finditer(text)]
    runs = sum(after == before + 1 for before, after in pairwise(counted))
    return runs >= FEWEST_ROWS - 1


def _read_sentence(sentence: PageSentence, document: str, group: int) -> Iterator[StatedFigure]:
    if is_table_text(sentence.text):
        return
    clauses = list(_split(sentence.text))
    if not clauses:
        return
    source = sentence.source(document)
    context = f"{sentence.heading} {sentence.text}"
    before = ""
    for clause in clauses:
        own = " ".join(clause.words.split())
        if not any(letter.isalpha() for letter in own) and not before:
            continue  # the number of a note or of a paragraph
        label = own if name_counted(own) - MONEY else f"{before} {own}".strip()
        role = find_role(own)
        number = clause.number
        if number.whole is not None:
            part = role if role not in (FigureRole.PLAIN, FigureRole.TOTAL) else FigureRole.DONE
            yield StatedFigure(number.value, part, label, own, context, group, source)
            yield StatedFigure(number.whole, FigureRole.TOTAL, label, own, context, group, source)
        elif role is FigureRole.PLAIN and number.is_percent and len(clauses) > 1:
            yield StatedFigure(number.value, FigureRole.DONE, label, own, context, group, source, True)
        else:
            yield StatedFigure(number.value, role, label, own, context, group, source, number.is_percent)
        before = label


def _split(text: str) -> Iterator[_Clause]:
    numbers = list(find_numbers(text))
    cuts = [match.span() for match in _CUT.finditer(text) if not _inside(match.span(), numbers)]
    for at, number in enumerate(numbers):
        start = max((end for _, end in cuts if end <= number.start), default=0)
        stop = min((begin for begin, _ in cuts if begin >= number.end), default=len(text))
        if at and numbers[at - 1].start >= start:  # two numbers of one part: each has the words around it
            start = numbers[at - 1].end
        if at + 1 < len(numbers) and numbers[at + 1].start < stop:
            stop = _between(text, number, numbers[at + 1])
        words = f"{text[start : number.start]} {text[number.end : stop]}"
        if at and start == numbers[at - 1].end and (of := _TOTAL_OF.search(text[start : number.start])):
            words = f"tổng số {text[start + of.end() : number.start]} {text[number.end : stop]}"
        yield _Clause(number, words)


def _inside(span: tuple[int, int], numbers: Iterable[PrintedNumber]) -> bool:
    return any(number.start < span[0] < number.end for number in numbers)


def _between(text: str, number: PrintedNumber, after: PrintedNumber) -> int:
    """Where the words of a number end before the next one of its part: before "trong tổng số", else before it."""
    of = _TOTAL_OF.search(text, number.end, after.start)
    return of.start() if of else after.start
