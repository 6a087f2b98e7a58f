"""The parts of an office package (ECMA-376 part 2, OPC) and how they refer to each other.

Opened as it comes from all the programs that write such files: with ``\\`` between folders, names in other letters than
the relationships use, absolute and relative targets, content types that are missing. What leads nowhere (``NULL``,
``#_top``, a part that is not there) is left out; who asks for it gets nothing. Names of Strict Open XML are those of
Transitional once a part is parsed, so that no reader knows of two. Each part is held against the limits as it is
unpacked.
"""

from __future__ import annotations

import base64
import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest.formats.safe_xml import Element, local_attribute, local_name, parse_xml
from evidence.ingest.formats.zip_limits import check_office_file
from evidence.ingest.office.kinds import TYPES, part_key
from evidence.ingest.reader_protocol import ReadRequest

STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
MAIN = "officeDocument"  # the relationship that leads to the main part
MEGABYTE = 1_000_000
BROKEN = (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Relationship:
    """How a part refers to another: ``kind`` is the last word of its type, ``target`` the key of a part that is there,
    or an address outside."""

    kind: str
    target: str
    outside: bool


class Package:
    """Parts by their keys (``part_key``)."""

    def __init__(
        self, named_parts: Mapping[str, Callable[[], bytes]], limits: Limits, types: Mapping[str, str] | None = None
    ) -> None:
        self._parts = {part_key(name): part for name, part in named_parts.items()}
        self._names = {part_key(name): name for name in named_parts}
        self._limits = limits
        self._relationships: dict[str, dict[str, Relationship]] = {}
        self._types: tuple[dict[str, str], dict[str, str]] | None = None if types is None else ({}, dict(types))

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def file_name(self, name: str) -> str:
        """What a part is called without its folders, in the letters of the package."""
        return self._names.get(name, name).replace("\\", "/").rpartition("/")[2]

    def read(self, name: str) -> bytes:
        """The bytes of a part. UnreadableError where it is not there, damaged or too large."""
        try:
            data = self._parts[name]()
        except (KeyError, *BROKEN) as error:
            raise UnreadableError("damaged", "damaged-docx") from error
        if len(data) > self._limits.part_bytes:
            raise UnreadableError("too-large", "too-large-unpacked", limit=self._limits.part_bytes // MEGABYTE)
        return data

    def parse(self, name: str) -> Element:
        """The root of a part that is XML. UnreadableError as ``read``, and where it is none."""
        return parse_xml(self.read_mapped(name), "Office")

    def read_mapped(self, name: str) -> bytes:
        """The bytes of a part that is XML, with names of Strict Open XML as those of Transitional.

        UnreadableError as ``read``.
        """
        data = self.read(name)
        return STRICT.sub(TRANSITIONAL, data) if b"purl.oclc.org" in data else data

    def parse_if_whole(self, name: str | None) -> Element | None:
        """The same of a part that the document can do without; ``None`` where it is not there or damaged."""
        if name is None or name not in self._parts:
            return None
        try:
            return self.parse(name)
        except UnreadableError as error:
            if error.problem == "too-large":
                raise
            return None

    def relationships(self, name: str = "") -> dict[str, Relationship]:
        """Those of a part (of the package: ``""``), by their ids; what leads nowhere is left out."""
        if name not in self._relationships:
            folder, _, file = name.rpartition("/")
            root = self.parse_if_whole(part_key(f"{folder}/_rels/{file}.rels"))
            listed = [] if root is None else [element for element in root if local_name(element) == "Relationship"]
            targets = ((element.get("Id", ""), self._relationship(element, folder)) for element in listed)
            self._relationships[name] = {key: relationship for key, relationship in targets if relationship}
        return self._relationships[name]

    def targets(self, name: str, kind: str) -> list[str]:
        """The parts that a part refers to in that way."""
        return [
            relationship.target
            for relationship in self.relationships(name).values()
            if relationship.kind.casefold() == kind.casefold() and not relationship.outside
        ]

    def target(self, name: str, kind: str) -> str | None:
        """The first of them; the part that is called so where the part refers to none at all."""
        usual = part_key(f"{name.rpartition('/')[0]}/{kind}.xml")
        named = [usual] if not self.relationships(name) and usual in self._parts else []
        return next(iter([*self.targets(name, kind), *named]), None)

    def content_type(self, name: str) -> str:
        """What the package says that a part is, in small letters; empty where it says nothing."""
        if self._types is None:
            self._types = self._read_types()
        defaults, overrides = self._types
        return overrides.get(name) or defaults.get(name.rpartition(".")[2], "")

    def main_part(self, type_marks: tuple[str, ...], usual: re.Pattern[str]) -> str:
        """The main part: the one the package refers to, else the one whose content type holds one of the marks, else
        the one that is called as usual. UnreadableError where there is none."""
        referred = self.targets("", MAIN)
        typed = [name for name in self._parts if any(mark in self.content_type(name) for mark in type_marks)]
        named = sorted(name for name in self._parts if usual.fullmatch(name))
        fitting = [name for name in referred if name in typed or usual.fullmatch(name)]
        main = next(iter([*fitting, *typed, *referred, *named]), None)
        if main is None:
            raise UnreadableError("damaged", "damaged-docx")
        return main

    def _relationship(self, element: Element, folder: str) -> Relationship | None:
        kind, target = element.get("Type", "").rpartition("/")[2], element.get("Target", "")
        if element.get("TargetMode", "").casefold() == "external":
            return Relationship(kind, target, True)
        bare = re.split(r"[#?]", target.replace("\\", "/"))[0]
        for path in (bare, unquote(bare)):
            whole = path if path.startswith("/") else f"{folder}/{path}"
            # some writers give the whole name without the "/" in front
            for key in (part_key(posixpath.normpath(f"/{whole}")), part_key(posixpath.normpath(f"/{path}"))):
                if path and key in self._parts:
                    return Relationship(kind, key, False)
        return None

    def _read_types(self) -> tuple[dict[str, str], dict[str, str]]:
        """The content types by ending and by part."""
        defaults: dict[str, str] = {}
        overrides: dict[str, str] = {}
        root = self.parse_if_whole(TYPES)
        for element in () if root is None else root:
            declared = local_attribute(element, "ContentType").casefold()
            if local_name(element) == "Default":
                defaults[local_attribute(element, "Extension").casefold().lstrip(".")] = declared
            elif local_name(element) == "Override":
                overrides[part_key(unquote(local_attribute(element, "PartName")))] = declared
        return defaults, overrides


def open_package(request: ReadRequest) -> Package:
    """The package in a file, a ZIP or one XML (Word's "XML document"). UnreadableError for what is neither, and for
    what would unpack to more than the limits allow."""
    with request.file.open("rb") as file:
        flat = b"<" in file.read(4)
    if flat:
        return _open_flat(request)
    check_office_file(request)
    try:
        archive = zipfile.ZipFile(request.file)
    except BROKEN as error:
        raise UnreadableError("damaged", "damaged-docx") from error
    members = [member for member in archive.infolist() if not member.is_dir()]
    most = request.limits.part_bytes
    return Package({member.filename: _unpacker(archive, member, most) for member in members}, request.limits)


def _unpacker(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> Callable[[], bytes]:
    """Unpacks a member when it is asked for, if it declares no more bytes than that; ZIP readers stop at what it
    declares."""

    def unpack() -> bytes:
        if member.file_size > most:
            raise UnreadableError("too-large", "too-large-unpacked", limit=most // MEGABYTE)
        return archive.read(member)

    return unpack


def _open_flat(request: ReadRequest) -> Package:
    """Parts as elements of one XML."""
    most = request.limits.part_bytes
    if request.file.stat().st_size > most:
        raise UnreadableError("too-large", "too-large-unpacked", limit=most // MEGABYTE)
    parts: dict[str, Callable[[], bytes]] = {}
    types: dict[str, str] = {}
    for part in parse_xml(request.file.read_bytes(), "XML"):
        if local_name(part) == "part":
            name = local_attribute(part, "name")
            types[part_key(name)] = local_attribute(part, "contentType").casefold()
            parts.update((name, _flat_reader(data)) for data in part)
    return Package(parts, request.limits, types)


def _flat_reader(data: Element) -> Callable[[], bytes]:
    if local_name(data) == "binaryData":
        return lambda: base64.b64decode("".join(map(str, data.itertext())))
    return lambda: next((bytes(etree.tostring(child)) for child in data if local_name(child)), b"")
