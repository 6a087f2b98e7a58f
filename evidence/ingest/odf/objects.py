"""What is embedded in an OpenDocument text: documents of OLE are members, titles of charts are read, the rest is
told."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator

from evidence.errors import UnreadableError
from evidence.ingest.formats.safe_xml import Element, local_attribute, local_name, parse_xml
from evidence.ingest.members import MemberCollector
from evidence.ingest.word.embedded import unwrap_object
from evidence.messages import Message
from evidence.model.problem import Problem, ProblemCode

OBJECTS = ("{*}object", "{*}object-ole")
LINK = "href"
PROGRAMS = {"spreadsheet": "Calc", "text": "Writer", "presentation": "Impress", "drawing": "Draw"}
MOST = 200  # objects of a document
Objects = dict[Element, str]


def read_objects(
    archive: zipfile.ZipFile, body: Element, collector: MemberCollector
) -> tuple[dict[Element, list[str]], list[Problem]]:
    """The titles of the charts, by the elements that stand for them, and what is to be told of the other objects.

    UnreadableError where the members pass the limits.
    """
    titles: dict[Element, list[str]] = {}
    problems: list[Problem] = []
    for item in list(body.iter(*OBJECTS))[:MOST]:
        name = posixpath.normpath(local_attribute(item, LINK))
        inner = _parse_inner(archive, f"{name}/content.xml")
        if inner is None:
            problems += _take_ole(archive, name, collector)
            continue
        kind = next((local_name(child) for part in inner.iter("{*}body") for child in part), "")
        if kind == "chart":
            titles[item] = list(_chart_titles(inner))
        elif kind in PROGRAMS:
            problems.append(_unread(name, PROGRAMS[kind]))
    return titles, problems


def _parse_inner(archive: zipfile.ZipFile, name: str) -> Element | None:
    try:
        return parse_xml(archive.read(name), "ODT")
    except (KeyError, UnreadableError):
        return None


def _take_ole(archive: zipfile.ZipFile, name: str, collector: MemberCollector) -> list[Problem]:
    """The document of an object that other programs made; one that is gone or a formula says nothing."""
    if name not in archive.namelist():
        return []
    payload = unwrap_object(archive.read(name), name)
    if payload is None:
        return [_unread(name, "OLE")]
    collector.take(payload[0], io.BytesIO(payload[1]))
    return [Problem(ProblemCode.MIXED_DOCUMENTS, Message("embedded-document", {"name": payload[0]}))]


def _unread(name: str, program: str) -> Problem:
    return Problem(ProblemCode.UNSUPPORTED, Message("embedded-unread", {"name": name, "program": program}))


def _chart_titles(root: Element) -> Iterator[str]:
    """The title of a chart, its subtitle and those of its axes."""
    for title in root.iter("{*}title", "{*}subtitle"):
        text = " ".join("".join(title.itertext()).split())
        if text and local_name(title.getparent()) in ("chart", "axis"):
            yield text
