"""Whether a subject that has the words asked for is about them, or about something else that only names them.

A title names its matter at its head: "Kế hoạch chuyển đổi số". Another deed before the words ("tập huấn chuyển đổi
số", "kinh phí rà soát …"), a narrower matter right behind them ("đào tạo nghề") or words that turn their sense ("bổ
nhiệm vào ngạch") make it another document, or may: that is doubt, for a person to look at. Items of a list ("ứng dụng
công nghệ thông tin, chuyển đổi số"), light words ("đẩy mạnh", "hành động") and whatever the requirement itself is
worded with make no other matter: ``data/subject_matter.yaml``.

>>> find_other_matter(("chuyển đổi số",), "Kế hoạch tập huấn chuyển đổi số năm 2025", "Kế hoạch", "")
'tập huấn'
>>> find_other_matter(("chuyển đổi số",), "Ứng dụng CNTT, chuyển đổi số năm 2025", "Kế hoạch", "")
''
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from evidence import resources
from evidence.criteria import periods
from evidence.criteria.phrases import Words, comparable_words
from evidence.match.subject_text import GAP, JOINT, content_places, content_words
from evidence.vietnamese.text import fold

HEAD = 2  # syllables that a phrase begins with: mostly its deed
LONG, LEAST_OF_LONG, LEAST_OF_SHORT = 9, 0.5, 0.6  # syllables asked for; the share of them that is most
_PARTS = re.compile(r"[,;:(“”\"]|\s[-–]\s")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class _TitleWords:
    """A title's words as they are compared; ``apart``: places that a comma or the like stands before; ``capital``:
    places written with a capital; ``content``: places of words that are no generic heads or joints."""

    words: Words
    apart: frozenset[int]
    capital: frozenset[int]
    content: tuple[int, ...]


@lru_cache(maxsize=4_000)
def find_other_matter(phrases: tuple[str, ...], title: str, kind: str, wording: str) -> str:
    """The words by which the title is about another matter than the phrases, which all stand in it; empty where it is
    about them. ``kind``: of the document; ``wording``: what the requirement itself is worded with."""
    text = _read_title(title)
    wanted = [content_words(comparable_words(phrase)) for phrase in phrases if not periods.parse_period(phrase)]
    wanted = [words for words in wanted if words]
    spans = [_find_span(words, text) for words in wanted]
    if not spans or any(span is None for span in spans):
        return ""
    places = [span for span in spans if span is not None]
    worded = _read_title(wording)
    own = frozenset(worded.words)
    listed = (_behind(end, text, own) for end in _inner_ends(wanted, places, worded))
    between = (_governing_between(end, start, text, own) for (_, end), (start, _) in pairwise(places))
    return (
        _before(min(start for start, _ in places), text, fold(kind), own)
        or _behind(max(end for _, end in places), text, own)
        or next(filter(None, listed), "")
        or next(filter(None, between), "")
        or _turned(wanted, text)
    )


def _inner_ends(wanted: Sequence[Words], places: Sequence[tuple[int, int]], worded: _TitleWords) -> Iterable[int]:
    """Where phrases end that the requirement words as items of a list ("đào tạo, bồi dưỡng"), if the title puts
    something between the two."""
    for (first, second), ((_, end), (start, _)) in zip(pairwise(wanted), pairwise(places), strict=True):
        if end < start and " ".join(first) not in load_names("acts") and _are_listed(first, second, worded):
            yield end


def _are_listed(first: Words, second: Words, text: _TitleWords) -> bool:
    """Whether only a comma or "và" stands between the two."""
    here, there = _find_span(first, text), _find_span(second, text)
    if here is None or there is None or there[0] < here[1]:
        return False
    between = text.words[here[1] : there[0]]
    return set(between) <= {JOINT} and (bool(between) or there[0] in text.apart)


@lru_cache(maxsize=4_000)
def names_most(phrases: tuple[str, ...], title: str) -> bool:
    """Whether a title that lacks some of the phrases has most of their words, and one phrase or the head of the first:
    titles shorten and reorder long ones ("giải ngân vốn đầu tư công")."""
    wanted = [content_words(comparable_words(phrase)) for phrase in phrases if not periods.parse_period(phrase)]
    wanted = [words for words in wanted if words]
    syllables = {word for words in wanted for word in words}
    content = content_words(comparable_words(title))
    row = f" {' '.join(content)} "
    heads = [wanted[0][:HEAD], *wanted] if wanted and len(wanted[0]) > HEAD else wanted
    if not any(f" {' '.join(words)} " in row for words in heads):
        return False
    least = LEAST_OF_LONG if len(syllables) >= LONG else LEAST_OF_SHORT
    return len(syllables & set(content)) >= least * len(syllables)


def _read_title(title: str) -> _TitleWords:
    words: list[str] = []
    apart: set[int] = set()
    capital: set[int] = set()
    shouted = title.isupper()
    for part in _PARTS.split(title):
        apart.add(len(words))
        compared, at = comparable_words(part), 0
        for word in _WORD.findall(part):
            size = len(comparable_words(word))
            if word[0].isupper() and not shouted:
                capital.add(len(words) + at)
            at += size
        words += compared
    return _TitleWords(tuple(words), frozenset(apart), frozenset(capital), content_places(tuple(words)))


def stands_in_list(phrase: str, title: str) -> bool:
    """Whether the title has the phrase with a further item of a list inside: "quy trình nội bộ, quy trình điện tử giải
    quyết thủ tục hành chính"."""
    words = content_words(comparable_words(phrase))
    return bool(words) and _find_span(words, _read_title(title)) is not None


def _find_span(wanted: Words, text: _TitleWords) -> tuple[int, int] | None:
    """The places of the title's words from the phrase's first to behind its last: the first such, else one with an item
    of a list inside."""
    content = tuple(text.words[place] for place in text.content)
    start = _find_words(wanted, content, 0)
    if start is not None:
        return text.content[start], text.content[start + len(wanted) - 1] + 1
    for size in range(len(wanted) - HEAD, HEAD - 1, -1):
        start = _find_words(wanted[:size], content, 0)
        if start is None or start + size >= len(content) or not _is_listed(start + size, text):
            continue
        rest = _find_words(wanted[size:], content[: start + size + GAP + len(wanted)], start + size)
        if rest is not None:
            return text.content[start], text.content[rest + len(wanted) - size - 1] + 1
    return None


def _find_words(wanted: Words, content: Words, start: int) -> int | None:
    places = range(start, len(content) - len(wanted) + 1)
    return next((at for at in places if content[at : at + len(wanted)] == wanted), None)


def _is_listed(at: int, text: _TitleWords) -> bool:
    """Whether a comma or "và" stands before that content word."""
    place = text.content[at]
    return place in text.apart or text.words[place - 1] == JOINT


def _before(start: int, text: _TitleWords, kind: str, own: frozenset[str]) -> str:
    """Words of another deed before the matter. Items of a list before it are not, but another document is."""
    head = text.words[:start]
    light = _light_places(head, kind)
    heavy = [place for place in text.content if place < start and place not in light]
    left = [place for place in heavy if not _is_own(head[place], own)]
    if not left:
        return ""
    between = range(left[-1] + 1, start + 1)
    listed = any(place in text.apart or text.words[place] == JOINT for place in between)
    if listed and not _is_governed(head, heavy, text, own):
        return ""
    return " ".join(text.words[place] for place in left)


def _is_governed(head: Words, heavy: Sequence[int], text: _TitleWords, own: frozenset[str]) -> bool:
    """Whether the list stands under a deed that has all of it ("truyền thông cải cách, kiểm soát"; not "kiểm tra, rà
    soát …"), or names another document."""
    if any(_stands_at(phrase, head, place) for phrase in _phrases("instruments") for place in heavy):
        return True
    deeds = [deed for deed in _phrases("governing") if not own.issuperset(deed)]
    ends = (place + len(deed) for deed in deeds for place in heavy if _stands_at(deed, head, place))
    return any(end < len(head) and end not in text.apart and head[end] != JOINT for end in ends)


def _behind(end: int, text: _TitleWords, own: frozenset[str]) -> str:
    """Words right behind the matter that make it a narrower one."""
    if end >= len(text.words) or end in text.apart or end in text.capital or end not in text.content:
        return ""
    if _is_own(text.words[end], own) or any(_stands_at(phrase, text.words, end) for phrase in _phrases("tails")):
        return ""
    stop = next((at for at in range(end, len(text.words)) if at in text.apart or at not in text.content), None)
    return " ".join(text.words[end:stop])


def _governing_between(end: int, start: int, text: _TitleWords, own: frozenset[str]) -> str:
    """A deed between two phrases that makes the second its own: "giao nhiệm vụ kiểm tra thu ngân sách"."""
    deeds = (deed for deed in _phrases("governing") for at in range(end, start) if _stands_at(deed, text.words, at))
    return next((" ".join(deed) for deed in deeds if not own.issuperset(deed)), "")


def _turned(wanted: Iterable[Words], text: _TitleWords) -> str:
    """Words that give one of the phrases another sense, wherever they stand."""
    turning = _turns()
    row = f" {' '.join(text.words)} "
    said = (phrase for words in wanted for phrase in turning.get(words, ()) if f" {phrase} " in row)
    return next(said, "")


def _is_own(word: str, own: frozenset[str]) -> bool:
    return word in own or word.isdigit()


def _light_places(words: Words, kind: str) -> frozenset[int]:
    phrases = (comparable_words(kind), *_phrases("light"), *_light_in().get(kind, ()))
    places = (
        range(at, at + len(phrase)) for at in range(len(words)) for phrase in phrases if _stands_at(phrase, words, at)
    )
    return frozenset(place for covered in places for place in covered)


def _stands_at(phrase: Words, words: Sequence[str], at: int) -> bool:
    return tuple(words[at : at + len(phrase)]) == phrase


@cache
def load_names(key: str) -> frozenset[str]:
    """Folded names of one list of the table."""
    return frozenset(fold(name) for name in resources.load_yaml("evidence.match", "subject_matter.yaml")[key])


@cache
def _phrases(key: str) -> tuple[Words, ...]:
    return tuple(
        comparable_words(phrase) for phrase in resources.load_yaml("evidence.match", "subject_matter.yaml")[key]
    )


@cache
def _light_in() -> dict[str, tuple[Words, ...]]:
    """By kind of document, its light words."""
    table = resources.load_yaml("evidence.match", "subject_matter.yaml")["light_in"]
    return {fold(kind): tuple(map(comparable_words, phrases)) for kind, phrases in table.items()}


@cache
def _turns() -> dict[Words, tuple[str, ...]]:
    """By the words of a phrase, what turns its sense."""
    table = resources.load_yaml("evidence.match", "subject_matter.yaml")["turns"]
    return {
        content_words(comparable_words(phrase)): tuple(" ".join(comparable_words(word)) for word in words)
        for phrase, words in table.items()
    }
