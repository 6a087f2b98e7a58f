"""The words of a subject out of its lines, as several engines read them, and how sure they are.

What OCR adds is taken away (specks around a line, a full stop inside a subject), ``V/v`` is put back where it was
misread, and words that the rest of the document spells otherwise are spelled so: then, and where a word is none in
Vietnamese, the subject is doubtful, whatever the engines agree on.
"""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.extract.fields.subject_lines import SubjectLines
from evidence.extract.layout.segments import Segment, join_segments
from evidence.extract.layout.zones import Zones
from evidence.extract.voting import text_votes
from evidence.extract.voting.body_spelling import BodySpelling, read_body_spelling
from evidence.extract.voting.text_votes import TextVote
from evidence.model.reading import ReadingRole
from evidence.model.record import FieldValue
from evidence.vietnamese.syllable import is_syllable
from evidence.vietnamese.text import fold, strip_marks

CLEAR = 0.8  # mean confidence of the words: below it even agreeing engines may share a smear
BELIEVED = 0.91  # one engine believes every word, the other read the same letters but not all marks
SPECKS = " *_|`~^"  # rules and dust around a line
ABOUT = re.compile(r"\W{0,3}(v\s?[/il1|]\s?v|vv|ve viec)\b\s*[:.]?\s*", re.IGNORECASE)
MISREAD_ABOUT = re.compile(r"\W{0,2}(?:%|[VvWwYyN][\W\w]{0,3})\W{0,2}$")  # what OCR makes of "V/v": VW, W/v, Víy, %
BULLET = re.compile(r"^[\s.,;:'`´’•*~-]+(?=[^\W\d_])")  # a speck before the first letter of a line
_WORD = re.compile(r"[^\W\d_]+")


def bears_about(segment: Segment) -> bool:
    """Whether the line begins with ``V/v`` or ``Về việc`` in any engine's reading."""
    return any(ABOUT.match(strip_marks(text)) for text in text_votes.all_texts(segment))


def settle_subject(lines: SubjectLines, zones: Zones) -> FieldValue[str]:
    """The lines joined; where engines differ, the words that the rest of the page uses win."""
    segments = lines.segments
    if not segments:
        return FieldValue()
    if not any(segment.is_ocr for segment in segments):
        text = _tidy(" ".join(segment.text.strip(SPECKS) for segment in segments))
        return replace(join_segments(segments, text, 0.95), value=text)
    own = {segment.start for segment in segments}
    rest = [segment for segment in zones.below if segment.start not in own]
    usage = text_votes.count_usage(rest)
    votes = [text_votes.vote_text(segment, usage) for segment in segments]
    read = _clean(_tidy(_join_votes(segments, votes)), segments[0])
    body = read_body_spelling(rest)
    text = body.mend_words(read)
    words = [word.confidence for segment in segments for word in segment.words]
    certain = _confidence(lines, votes)
    if text != read or not _is_vietnamese(text, segments, body):
        certain = text_votes.DIFFERED
    certain = certain if certain > text_votes.DIFFERED else min(certain, sum(words) / len(words))
    return replace(join_segments(segments, text, certain), value=text)


def _confidence(lines: SubjectLines, votes: list[TextVote]) -> float:
    words = [word.confidence for segment in lines.segments for word in segment.words]
    if not lines.whole or sum(words) / len(words) <= CLEAR:
        return text_votes.DIFFERED
    if all(vote.sure for vote in votes):
        return text_votes.AGREED
    return BELIEVED if all(vote.sure or vote.clear for vote in votes) else text_votes.DIFFERED


def _join_votes(segments: list[Segment], votes: list[TextVote]) -> str:
    """The lines' texts without the specks that OCR saw before and after them."""
    texts = [vote.text.strip(SPECKS) for vote in votes]
    texts[0] = _with_about(texts[0], segments[0])
    for at, text in enumerate(texts):
        text = BULLET.sub("", text)
        last = at + 1 == len(texts)
        texts[at] = text if last else re.sub(r"(?<=\w)\s?[.](?=$)", "", text)
    return " ".join(text for text in texts if text)


def _with_about(text: str, segment: Segment) -> str:
    """The first line with the ``V/v`` that another engine read there, or that was misread."""
    if ABOUT.match(strip_marks(text)):
        return text
    first, _, after = text.partition(" ")
    for other in text_votes.other_texts(segment):
        printed = ABOUT.match(strip_marks(other))
        if printed:
            begins = _letters(other[printed.end() :])
            rest = text if _letters(first) and _letters(text)[:6] == begins[:6] else after
            return f"{other[: printed.end()].strip()} {rest}"
    if segment.column == 0 and MISREAD_ABOUT.match(first) and not is_syllable(fold(first)):
        return f"V/v {after}"
    return text


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip()
    return re.sub(r"\s*[_–—-]{3,}\s*$", "", text).strip()


def _clean(text: str, segment: Segment) -> str:
    """Without what OCR makes of rules, dust and brackets at the ends; ``V/v`` as it is printed."""
    text = re.sub(r"[_|~^]\W*$|^\W*[_|~^`…]\W*|^\W*\.\.\W*", "", text)
    text = re.sub(r"^([Vv]ề)(?=việc\b)", r"\1 ", text)
    text = re.sub(r"^[VvYy]\s?/\s?(?:[vyuVY]\b)?\s*", "V/v ", text)
    text = text.replace('"', "").strip() if text.count('"') == 1 else text  # a speck
    if bears_about(segment) and text.startswith("(") and not text.rstrip(" .;").endswith(")"):
        text = text[1:].strip()  # the other bracket was lost
    return text


def _is_vietnamese(text: str, segments: list[Segment], body: BodySpelling) -> bool:
    """Whether every word is a syllable, an abbreviation or a word of the body too, spelled as its neighbours ask."""
    words = (word for word in _WORD.findall(text))
    if not all(is_syllable(fold(word)) or _is_abbreviation(word) or body.words[fold(word)] for word in words):
        return False
    spelled = [reading for segment in segments for reading in segment.readings if reading.role is ReadingRole.SPELLED]
    read = _letters_with_marks(text)
    return all(_letters_with_marks(reading.text) in read for reading in spelled)


def _is_abbreviation(word: str) -> bool:
    return word.isupper() and word.replace("Đ", "").isascii()


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", strip_marks(text)).lower()


def _letters_with_marks(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))
