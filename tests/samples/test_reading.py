"""Every sample read, and held against its expected record field by field."""

from __future__ import annotations

import difflib
import re
from typing import Any

import pytest

from evidence.config import Settings
from evidence.extract.record import read_record
from evidence.model.record import FieldValue, Record
from evidence.pipeline import scheduler as pipeline
from evidence.vietnamese.text import fold, strip_marks

FIELDS = ("number", "date", "place", "issuer", "parent", "kind", "subject", "signer", "recipients")


def letters(text: object) -> str:
    return re.sub(r"[\W_]+", "", fold(str(text)))


def said(name: str, found: FieldValue[Any]) -> Any:
    """A field in the form of the expected record; ``None`` where it has no value."""
    value = found.value
    if value is None:
        return None
    if name in ("issuer", "parent", "kind"):
        return value.name
    return value if name in ("signer", "recipients") else str(value)


def agrees(name: str, expected: dict[str, Any], record: Record, likeness: float = 1.0) -> bool:
    """Whether a field is what the paper says; letters count, not case, blanks and punctuation."""
    want, got = expected[name], said(name, getattr(record, name))
    if want is None or got is None:
        return want == got
    if name == "signer":
        lines = "".join(want["authority"])
        return (letters(want["name"]), letters(want["title"]), letters(lines)) == (
            letters(got.name), letters(got.title or ""), letters(got.authority or ""),
        )  # fmt: skip
    if name == "recipients":
        return [letters(one) for one in want] == [letters(one) for one in got]
    if name in ("number", "date"):
        return bool(want == got)
    if name == "issuer" and expected["parent"]:
        whole = {letters(want), letters(f"{want} {expected['parent']}"), letters(want) + letters("tỉnh Sơn Hà")}
        return letters(got) in whole
    if name == "subject":
        got = re.sub(r"^(v/v|về việc)\s*", "", got, flags=re.IGNORECASE)
    return difflib.SequenceMatcher(None, letters(want), letters(got), autojunk=False).ratio() >= likeness


def wrong(expected: dict[str, Any], record: Record, fields: tuple[str, ...], likeness: float = 1.0) -> dict[str, Any]:
    """The fields that are not what the paper says, with what was read instead."""
    return {
        name: (expected[name], said(name, getattr(record, name)))
        for name in fields
        if not agrees(name, expected, record, likeness)
    }


def cited(record: Record) -> list[tuple[str | None, str, str | None, str]]:
    return [
        (one.kind.name if one.kind else None, str(one.number), str(one.date) if one.date else None, str(one.relation))
        for one in record.citations
        if one.number is not None
    ]


def expected_citations(expected: dict[str, Any]) -> list[tuple[str | None, str, str | None, str]]:
    return [(one["kind"], one["number"], one["date"], one["relation"]) for one in expected["citations"]]


@pytest.fixture(scope="module")
def digital(blind, source, samples) -> dict[str, Record]:
    """All samples that need no OCR, read in one run of the pipeline with an engine that reads nothing."""
    chosen = [source(one) for one in samples if not one.scanned]
    return {one.source.path: one.record for one in pipeline.read_files(chosen, blind)}


def test_own_text_is_read_without_a_fault(own_text, digital):
    record = digital[str(own_text.file)]
    expected = own_text.expected
    assert record.status == expected["status"]
    assert {problem.code for problem in record.problems} >= set(expected["problems"])
    if expected["status"] == "unreadable":
        assert [str(problem.code) for problem in record.problems] == expected["problems"]
        return
    assert wrong(expected, record, FIELDS) == {}
    assert cited(record) == expected_citations(expected)
    assert [letters(one.value) for one in record.annexes] == [letters(one) for one in expected["annexes"]]


def test_scans_are_read_as_recorded(scan, recorded):
    held(scan, read_record(recorded(scan)))


@pytest.mark.ocr
@pytest.mark.slow
def test_scans_are_read_by_the_real_engine(tmp_path, source, samples):
    chosen = {str(one.file): one for one in samples if one.scanned}
    settings = Settings(home=tmp_path, jobs=2)
    records = {one.source.path: one.record for one in pipeline.read_files(map(source, chosen.values()), settings)}
    for path, sample in chosen.items():
        held(sample, records[path])


def hand(record: Record, expected: dict[str, Any]) -> bool:
    """Whether the signer of a scan is right or not read: a seal may hide the name, and OCR loses marks in it."""
    got, want = record.signer.value, expected["signer"]
    if got is None:
        return True
    pairs = ((want["name"], got.name), (want["title"], got.title or ""))
    return all(
        difflib.SequenceMatcher(None, strip_marks(letters(one)), strip_marks(letters(two))).ratio() >= 0.9
        for one, two in pairs
    )


def held(scan: Any, record: Record) -> None:
    """What a scan must give: the header right; of a page that nobody can read, nothing that is wrong and sure."""
    expected = scan.expected
    if not expected.get("legible", True):
        sure = tuple(name for name in FIELDS[:7] if getattr(record, name).sure)
        assert wrong(expected, record, sure, 0.95) == {}
        return
    assert wrong(expected, record, ("number", "date", "place", "issuer", "kind")) == {}
    assert wrong(expected, record, ("subject",), 0.98) == {}
    assert hand(record, expected), record.signer.value
    assert [one[1:3] for one in cited(record)] == [one[1:3] for one in expected_citations(expected)]
    assert [letters(one.value) for one in record.annexes] == [letters(one) for one in expected["annexes"]]
