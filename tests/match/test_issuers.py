"""Whose document it is, in the check: letterheads of two lines, persons for agencies, other provinces."""

from __future__ import annotations

from dataclasses import replace

import pytest

from evidence.match.check import check
from evidence.model.record import FieldValue, Record
from evidence.values import agency
from tests.support.dossier import AS_OF, load_set, record, submit

TEXT = """\
set: thu-2018
title: Bộ thử
year: 2018
level: so
units:
  - {{code: STC, name: Sở Tài chính, issuer: "Sở Tài chính tỉnh Lạng Sơn"}}
criteria:
  - code: "1"
    title: Kế hoạch
    points: 1
    score: all-or-nothing
    evidence:
      - {{id: kh, title: Kế hoạch, kind: Kế hoạch, issuer: "{issuer}", subject: ["cải cách hành chính"], about: 2018}}
"""


def plan(issuer: str, parent: str | None = None, place: str | None = None, confidence: float = 0.97) -> Record:
    made = record("kh.pdf", "Kế hoạch", "Kế hoạch CCHC năm 2018", "2018-01-20", issuer, "7/KH-X")
    above = FieldValue(agency.parse(parent), parent, made.issuer.span, confidence) if parent else FieldValue()
    line = FieldValue(place, place, made.issuer.span, 0.97) if place else FieldValue()
    return replace(made, parent=above, place=line)


def status(asked: str, document: Record) -> str:
    (finding,) = check(load_set(TEXT.format(issuer=asked)), [submit(document, "1", "STC")], (), AS_OF)
    return finding.status.value


@pytest.mark.parametrize(
    ("asked", "document", "answer"),
    [
        ("Sở Nội vụ tỉnh Lạng Sơn", plan("Sở Nội vụ", "UBND tỉnh Lạng Sơn"), "met"),
        ("Sở Nội vụ", plan("Sở Nội vụ", "UBND tỉnh Lạng Sơn"), "met"),
        ("Sở Nội vụ", plan("Sở Nội vụ", "UBND tỉnh Cao Bằng"), "wrong"),
        ("unit", plan("Sở Tài chính", "UBND tỉnh Cao Bằng"), "wrong"),
        ("unit", plan("Sở Tài chính", None, "Cao Bằng"), "wrong"),
        ("unit", plan("Sở Tài chính", "UBND tỉnh Lạng Sơn", "Lạng Sơn"), "met"),
        ("unit", plan("Sở Tài chính", "UBND tỉnh Lạng Sơn", confidence=0.6), "unclear"),
        ("unit", plan("Sở Kế hoạch và Đầu tư", "UBND tỉnh Lạng Sơn"), "unclear"),
        ("Chủ tịch UBND tỉnh", plan("UBND tỉnh Lạng Sơn"), "met"),
        ("Chủ tịch UBND tỉnh", plan("UBND tỉnh Cao Bằng"), "wrong"),
        ("Văn phòng UBND tỉnh", plan("Văn phòng", "UBND tỉnh Lạng Sơn"), "met"),
        ("Văn phòng UBND tỉnh", plan("Văn phòng", "Sở Xây dựng"), "wrong"),
    ],
)
def test_issuer(asked: str, document: Record, answer: str) -> None:
    assert status(asked, document) == answer
