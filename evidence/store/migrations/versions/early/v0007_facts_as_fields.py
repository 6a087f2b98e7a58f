"""Facts that stood in names, made-up texts and sentences become fields of the stored pages and records.

- A reading's ``engine`` was ``trueocr@0,0.1``, ``trueocr@raw``, ``digits@0.15,0``: it becomes what the engine declares
  of itself, the number of the crop and the reading's role.
- What the digit network saw stood in a made-up row, ``Số: 281/~`` or ``ngày 16 tháng 01 năm ``: it becomes ``places``.
- A line's own text counted as Tesseract's in every vote: lines with further readings say whose they are in ``engine``.
- A page's rotation stood in the sentence of a problem, and whether a file is worth another try in its code.

The names and numbers below are those of the version before and are never changed.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

JSON = dict[str, Any]
Row = tuple[Any, ...]

ENGINES: dict[str, JSON] = {
    "trueocr": {"name": "trueocr", "handwriting": "partly", "alphabet": "vietnamese", "family": None},
    "ppocr": {"name": "ppocr", "handwriting": "well", "alphabet": "latin", "family": None},
    "digits": {"name": "digits", "handwriting": "well", "alphabet": "figures", "family": None},
    "tesseract": {"name": "tesseract", "handwriting": "hardly", "alphabet": "vietnamese", "family": None},
}
CROPS = {"0": 0, "0,0.1": 1, "0.1,0.1": 2, "0.2,0.1": 3, "0.35,0.1": 4, "0.2,0.2": 5, "0.35,0.35": 6, "0.3,0": 7,
         "0.1,1.5": 8, "0.15,3": 9, "0.15,0": 10, "0.25,0.1": 11, "0.38,0": 12}  # fmt: skip
ROLES = ("raw", "spelled")
NUMBER_ROW = re.compile(r"Số: (?P<serial>.*?)(?P<mark>[/-]?)~", re.DOTALL)
DATE_ROW = re.compile(r"ngày (?P<day>.*) tháng (?P<month>.*) năm ", re.DOTALL)
READING = b'"readings":[{'
LOT = 200  # rows read at a time


def upgrade() -> None:
    """Rewrites the pages and records that hold such facts; the others stay as they are, byte for byte."""
    rotations: dict[str, dict[int, int]] = {}
    for sha256, head in _rows("SELECT sha256, head FROM documents", "sha256"):
        document = json.loads(head)
        rotations[sha256] = _rotations(document)
        if _mark_retriable(document):
            _write("UPDATE documents SET head = :data WHERE sha256 = :sha256", _bytes(document), sha256)
    for sha256, number, packed in _rows("SELECT sha256, number, data FROM pages", "sha256, number"):
        rotation = rotations.get(sha256, {}).get(number, 0)
        data = zlib.decompress(packed)
        if rotation or READING in data:
            page = json.loads(data)
            convert_page(page, rotation)
            statement = "UPDATE pages SET data = :data WHERE sha256 = :sha256 AND number = :number"
            _write(statement, zlib.compress(_bytes(page)), sha256, number)
    for sha256, data in _rows("SELECT sha256, data FROM records", "sha256"):
        record = json.loads(data)
        if _convert_record(record, rotations.get(sha256, {})):
            _write("UPDATE records SET data = :data WHERE sha256 = :sha256", _bytes(record), sha256)


def _rows(query: str, keys: str) -> Iterator[Row]:
    """The rows in the order of their keys, some at a time: pages are large, and there may be a million."""
    count = len(keys.split(","))
    last: tuple[object, ...] = ("", 0)[:count]
    names = ", ".join(f":key{at}" for at in range(count))
    statement = sa.text(f"{query} WHERE ({keys}) > ({names}) ORDER BY {keys} LIMIT {LOT}")
    while rows := op.get_bind().execute(statement, {f"key{at}": key for at, key in enumerate(last)}).all():
        yield from map(tuple, rows)
        last = tuple(rows[-1])[:count]


def _write(statement: str, data: bytes, sha256: str, number: int | None = None) -> None:
    values = {"data": data, "sha256": sha256} | ({} if number is None else {"number": number})
    op.get_bind().execute(sa.text(statement), values)


def _bytes(value: JSON) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _rotations(document: JSON) -> dict[int, int]:
    """By how much each page was turned: what is told first of a page."""
    rotations: dict[int, int] = {}
    for problem in document.get("problems", ()):
        degrees = problem["message"].get("params", {}).get("degrees", "")
        if problem["code"] == "rotated" and degrees.isdigit():
            rotations.setdefault(problem["page"], int(degrees))
    return rotations


def _mark_retriable(holder: JSON) -> bool:
    """Whether some problem says that time or a program was lacking; such problems are marked."""
    lacking = [
        problem
        for problem in holder.get("problems", ())
        if problem["code"] == "time-out" or problem["message"]["code"].endswith("-missing")
    ]
    for problem in lacking:
        problem["retriable"] = True
    return bool(lacking)


def _convert_record(record: JSON, rotations: dict[int, int]) -> bool:
    """The record and those of its parts; whether anything was changed."""
    changed = _mark_retriable(record)
    for page in record.get("pages", ()):
        if rotations.get(page["number"]):
            page["rotation"] = rotations[page["number"]]
            changed = True
    return any([changed, *[_convert_record(part, rotations) for part in record.get("parts", ())]])


def convert_page(page: JSON, rotation: int) -> None:
    """The page as the new version writes it."""
    if rotation:
        page["rotation"] = rotation
    for line in (*page.get("lines", ()), *page.get("other", ())):
        suffixes = [reading["engine"].partition("@")[2] for reading in line.get("readings", ())]
        if suffixes and any(word.get("origin") == "ocr" for word in line["words"]):
            line["engine"] = ENGINES["trueocr" if "raw" in suffixes else "tesseract"]
        line["readings"] = [_converted(reading) for reading in line.get("readings", ())]


def _converted(reading: JSON) -> JSON:
    name, _, suffix = reading["engine"].partition("@")
    role = suffix if suffix in ROLES else "witness"
    crop = CROPS.get(suffix, int(suffix) if suffix.isdigit() else None)
    text, places = (reading["text"], None) if name != "digits" else _places(reading["text"])
    return {
        "engine": ENGINES[name],
        "text": text,
        "confidence": reading["confidence"],
        "crop": crop,
        "role": role,
        "places": places,
    }


def _places(text: str) -> tuple[str, JSON | None]:
    """What the digit network saw: as a text, and by the places of the row."""
    if match := NUMBER_ROW.fullmatch(text):
        serial, mark = match["serial"], match["mark"]
        return f"{serial}{mark}", {"serial": serial, "mark": mark, "day": None, "month": None}
    if match := DATE_ROW.fullmatch(text):
        day, month = match["day"], match["month"]
        return f"{day} {month}", {"serial": None, "mark": None, "day": day, "month": month}
    return text, None
