"""XML and HTML opened safely: no entities, no network, no huge trees (``billion laughs`` stays three bytes)."""

from __future__ import annotations

from typing import TypeAlias

from lxml import etree, html

from evidence.errors import UnreadableError

Element: TypeAlias = etree._Element


def parse_xml(data: bytes, kind: str) -> Element:
    """The root element. UnreadableError where the bytes are no XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("damaged", "damaged-office", kind=kind) from error


def parse_html(data: bytes | str) -> Element:
    """The root of an HTML page, however it is written. UnreadableError where there is none, as of an empty file."""
    parser = html.HTMLParser(no_network=True, huge_tree=False, encoding=None if isinstance(data, str) else "utf-8")
    try:
        return html.fromstring(data, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError("damaged", "damaged-office", kind="HTML") from error


def local_name(element: Element) -> str:
    """The name of an element without its namespace; empty for comments and instructions."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def local_attribute(element: Element, name: str) -> str:
    """An attribute by its name without a namespace; empty where there is none."""
    return next((value for key, value in element.items() if key.rpartition("}")[2] == name), "")


def relationship_id(element: Element) -> str:
    """The relationship that an element of an office document names; elements may bear an ``id`` of their own too."""
    return next((value for key, value in element.items() if key.endswith("/relationships}id")), "")
