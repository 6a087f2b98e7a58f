"""Sums that sentences take apart: "780 lượt (605 cấp tỉnh, 114 cấp huyện, 61 cấp xã)", "780 = 605 + 114 + 61".

Parts that a bracket takes apart once more are sums of their own. Where "gồm" or "=" says that the parts are all, any
difference is a fault; behind "trong đó" parts may be some of the whole, and only more than the whole is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from evidence.appraisal.statistics.page_sentences import PageSentence, list_sentences
from evidence.appraisal.statistics.printed_numbers import PrintedNumber, find_numbers
from evidence.model.document import Page
from evidence.model.scores.figures import StatedSum

_OPENS = re.compile(
    r"(?P<all>\b(?:bao gồm|gồm(?: có)?|cụ thể(?: là| như sau)?|chia ra)\b|=)|(?P<some>\btrong đó\b)|(?P<bracket>\()",
    re.IGNORECASE,
)
_EQUATION = re.compile(r"(?<![\w.,/])(\d[\d.]*(?:,\d+)?)\s*=\s*(\d[\d.,]*(?:\s*\+\s*\d[\d.,]*)+)")
_TO = re.compile(r"\.\s+(?=[A-ZĐÀ-Ỹ])|;\s+(?=tổng|tiếp nhận)", re.IGNORECASE)
FEWEST = 2
_APART = re.compile(r"\b(?:đạt|tăng|giảm|chiếm|so với|tỷ lệ)\b", re.IGNORECASE)


def read_sums(pages: Iterable[Page], document: str) -> Iterator[StatedSum]:
    """Every sum that a sentence takes apart, in order."""
    for sentence in list_sentences(pages):
        yield from _read_equations(sentence, document)
        yield from _read_breakdowns(sentence.text, sentence, document)


def _read_equations(sentence: PageSentence, document: str) -> Iterator[StatedSum]:
    for match in _EQUATION.finditer(sentence.text):
        values = [
            number.value for text in (match[1], *match[2].split("+")) for number in find_numbers(text.strip(" ,."))
        ]
        if len(values) > FEWEST:
            yield StatedSum(values[0], tuple(values[1:]), sentence.source(document, match[0]))


def _read_breakdowns(text: str, sentence: PageSentence, document: str) -> Iterator[StatedSum]:
    done = 0
    for opening in _OPENS.finditer(text):
        if opening.start() < done or opening[0] == "=":
            continue
        whole = _count_before(text[: opening.start()])
        if opening["bracket"]:
            body = _bracket(text, opening.end())
            done = opening.end() + len(body)
            yield from _read_breakdowns(body, sentence, document)
        else:
            body = _TO.split(text[opening.end() :])[0]
        inner = re.match(r"\s*(?:trong đó|bao gồm|gồm)\b", body, re.IGNORECASE) if opening["bracket"] else None
        is_all = bool(opening["all"] or (opening["bracket"] and not (inner and "trong" in inner[0].lower())))
        parts = _parts(body)
        if whole is not None and len(parts) >= FEWEST and max(part.value for part in parts) <= whole.value:
            raw = text[whole.start : opening.end() + len(body) + bool(opening["bracket"])]
            yield StatedSum(
                whole.value, tuple(part.value for part in parts), sentence.source(document, raw),
                is_all and not _differ_in_kind(text, whole, body),
            )  # fmt: skip


def _count_before(text: str) -> PrintedNumber | None:
    """The count that stands last before the parts, unless a bracket or the end of a sentence parts them."""
    counts = [number for number in find_numbers(text) if not number.is_percent and number.whole is None]
    if not counts or re.search(r"[.;)]\s", text[counts[-1].end :]):
        return None
    return counts[-1]


def _bracket(text: str, start: int) -> str:
    depth = 1
    for at in range(start, len(text)):
        depth += {"(": 1, ")": -1}.get(text[at], 0)
        if not depth:
            return text[start:at]
    return text[start:]


def _parts(body: str) -> list[PrintedNumber]:
    """The counts of the parts: without percents, without what brackets take apart once more, one a part."""
    flat = re.sub(r"\([^()]*\)", lambda match: " " * len(match[0]), body)
    parts: list[PrintedNumber] = []
    for number in find_numbers(flat):
        begin = parts[-1].end if parts else 0
        between = flat[begin : number.start]
        if number.is_percent or number.whole is not None or _APART.search(between):
            continue
        if parts and not re.search(r"[,;:+]|\bvà\b", between):
            continue  # a second number of the same part
        parts.append(number)
    return parts


def _differ_in_kind(text: str, whole: PrintedNumber, body: str) -> bool:
    """Whether the parts surely count something else than the whole: amounts of money, for one."""
    money = re.compile(r"\b(?:đồng|tỷ|triệu)\b", re.IGNORECASE)
    return bool(money.search(body)) != bool(money.search(text[whole.end : whole.end + 40]))
