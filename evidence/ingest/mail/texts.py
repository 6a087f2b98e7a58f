"""The text of a part: its letters decided, lines that were broken for sending joined, HTML as a person sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.errors import UnreadableError
from evidence.ingest.encoding import charsets
from evidence.ingest.encoding.declared import decode_declared, detect_codec
from evidence.ingest.formats.html import TAG, read_html
from evidence.ingest.mail.parts import MailPart
from evidence.model.problem import Problem

SIGNATURE = "-- "  # what stands between a message and who wrote it: never joined with the next line
RICHER = 2  # how many times the letters of the plain text the HTML must have to be the message itself
FIGURE = re.compile(r"\d{2,}")
STUB = 20  # letters that the HTML has besides


@dataclass(frozen=True, slots=True)
class PartText:
    """The text of one part. ``html``: whether it was HTML."""

    text: str
    html: bool = False
    problems: tuple[Problem, ...] = ()

    @property
    def letters(self) -> int:
        return sum(letter.isalnum() for letter in self.text)


def make_text(data: bytes, part: MailPart) -> PartText:
    """The text of those bytes, which are the part's content."""
    if part.kind == "text/html":
        return read_source(data, part.charset)
    converted = decode_declared(data, part.charset)
    text, old = converted.text, converted.encoding in charsets.NAMES
    if (part.heads.parameter("content-type", "format") or "").lower() == "flowed":
        text = join_flowed(text, (part.heads.parameter("content-type", "delsp") or "").lower() == "yes")
    return PartText(text, problems=charsets.encoding_problems(converted.encoding) if old else ())


def read_source(data: bytes, charset: str | None) -> PartText:
    """The text of HTML; letters of old fonts are told by the fonts that it names."""
    source = data.decode(detect_codec(TAG.sub(b"\n", data), charset), "replace")
    if not source.strip():
        return PartText("", html=True)
    try:
        result = read_html(source)
    except UnreadableError:
        return PartText("", html=True)
    return PartText("\n".join(page.text for page in result.pages), True, result.problems)


def choose_text(versions: list[list[PartText]]) -> list[PartText]:
    """Of several versions of the same text the plain one; the HTML where the plain one says nothing, or only that the
    message is HTML."""
    filled = [version for version in versions if any(text.letters for text in version)]
    plain = next((version for version in filled if not any(text.html for text in version)), None)
    html = next((version for version in reversed(filled) if any(text.html for text in version)), None)
    if plain is None or html is None:
        return html or plain or []
    if _letters(html) > RICHER * _letters(plain) + STUB:
        return html
    own, other = _figures(plain), _figures(html)
    if other <= own:
        return plain
    return [*plain, *html] if own - other else html  # "This message is in HTML": what stands in one alone is not lost


def _figures(version: list[PartText]) -> set[str]:
    """The figures of a text: two versions of one text have the same."""
    return {figure for text in version for figure in FIGURE.findall(text.text)}


def _letters(version: list[PartText]) -> int:
    return sum(text.letters for text in version)


def join_flowed(text: str, without_blank: bool = False) -> str:
    """Lines that end in a blank joined with the next (RFC 3676); ``without_blank``: the blank was put there for that.

    >>> join_flowed("Kính gửi \\nSở Nội vụ\\n-- \\nVăn thư")
    'Kính gửi Sở Nội vụ\\n-- \\nVăn thư'
    """
    lines: list[str] = []
    depth, open_line = 0, False
    for raw in text.splitlines():
        quoted = re.match(">*", raw)
        marks = quoted.end() if quoted else 0
        line = raw[marks:].removeprefix(" ") if marks or raw.startswith(" ") else raw
        if open_line and marks == depth and line != SIGNATURE:
            lines[-1] += line
        else:
            lines.append(f"{'>' * marks} {line}" if marks else line)
        open_line = line.endswith(" ") and line != SIGNATURE
        if open_line and without_blank:
            lines[-1] = lines[-1][:-1]
        depth = marks
    return "\n".join(lines)
