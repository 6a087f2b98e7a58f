"""Each format over one assessment with every status: what must be in it, and what must never be."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from dataclasses import replace

import pytest

from evidence.messages import Language, Message
from evidence.model.assessment import Assessment, Verdict
from evidence.report import (
    findings_csv,
    findings_html,
    findings_json,
    findings_terminal,
    labels,
    record_json,
    record_terminal,
    summary,
)
from evidence.report.formats import TEXT_FORMATS
from tests.support import dossier, example_assessment

LANGUAGES = list(Language)


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return example_assessment.assessment()


def test_the_example_has_every_status(assessment: Assessment) -> None:
    assert {finding.status for finding in assessment.findings} == set(Verdict)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", list(TEXT_FORMATS))
def test_every_format_ends_in_its_coverage(name: str, language: Language, assessment: Assessment) -> None:
    text = TEXT_FORMATS[name](assessment, language)
    assert labels.label("only-read", language) in html.unescape(text).replace('""', '"')
    assert "scan 0097 (2).pdf" in text and "cchc-so-2018" in text


def test_finding_json_has_the_shape_others_rely_on(assessment: Assessment) -> None:
    late = next(finding for finding in assessment.findings if finding.status is Verdict.LATE)
    row = findings_json.finding_json(late, Language.VI)
    assert list(row) == [
        "unit", "criterion", "requirement", "title", "status", "due", "clock", "actual", "days_late", "documents",
        "reasons", "points",
    ]  # fmt: skip
    assert row["points"] == {
        "max": "2", "suggested": "1", "suggested_min": "1", "suggested_max": "1", "at_stake": "1",
    }  # fmt: skip
    assert list(row["reasons"][0]) == ["rule", "ok", "sentence", "document", "page", "box"]
    assert (row["status"], row["due"], row["clock"], row["days_late"]) == ("late", "2018-03-31", "issued", 192)


def test_json_lines(assessment: Assessment) -> None:
    rows = [json.loads(line) for line in TEXT_FORMATS["json"](assessment, Language.VI).splitlines()]
    assert len(rows) == len(assessment.findings) + 1
    assert rows[-1]["coverage"]["files"] == assessment.coverage.files
    assert all(isinstance(row["points"]["max"], str) for row in rows[:-1])


def test_record_json_has_the_shape_others_rely_on() -> None:
    row = record_json.render(dossier.record(doubt=("date",)), Language.VI)
    fields = ["number", "date", "place", "issuer", "parent", "kind", "subject", "signer", "recipients"]
    assert list(row)[:3] == ["source", "status", "pages"] and all(name in row for name in fields)
    assert {"signatures", "citations", "problems"} <= set(row)
    assert (row["number"]["value"], row["kind"]["code"], row["issuer"]["value"]) == ("15/BC-SNV", "BC", dossier.ISSUER)
    assert row["date"]["value"] == "2018-03-15" and row["date"]["doubtful"] is True
    assert row["place"] == {
        "value": None, "raw": None, "page": None, "box": None, "confidence": 0.0, "doubtful": False, "note": None,
    }  # fmt: skip
    json.dumps(row)


def test_record_json_of_an_unreadable_file_says_why() -> None:
    row = record_json.render(dossier.unreadable("hỏng.pdf"), Language.EN)
    assert row["status"] == "unreadable" and row["problems"][0]["sentence"]


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_the_table_keeps_its_width(width: int, assessment: Assessment) -> None:
    text = findings_terminal.render(assessment, Language.VI, width)
    assert all(len(line) <= width for line in text.splitlines())
    assert "\x1b" not in text and "\x1b[" in findings_terminal.render(assessment, Language.VI, width, colour=True)


def test_the_table_says_status_in_words(assessment: Assessment) -> None:
    text = findings_terminal.render(assessment, Language.EN, 160)
    for verdict in Verdict:
        assert labels.status_label(verdict, Language.EN) in text


def test_csv_opens_in_a_spreadsheet_and_runs_nothing(assessment: Assessment) -> None:
    first = assessment.findings[0]
    evil = replace(first, title='=HYPERLINK("http://x")', criterion="@SUM(A1)")
    text = TEXT_FORMATS["csv"](replace(assessment, findings=(evil,)), Language.VI)
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert len({len(row) for row in rows}) == 1
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for row in rows for cell in row)


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", " =1"])
def test_guarded_cells(cell: str) -> None:
    assert findings_csv.escape_formula(cell) == f"'{cell}".replace("\r", "\\u000d")


def test_html_needs_nothing_from_elsewhere(assessment: Assessment) -> None:
    text = TEXT_FORMATS["html"](assessment, Language.VI)
    assert not re.search(r"(?:src|href)\s*=\s*[\"'](?!#)", text)
    assert "url(" not in text and "@import" not in text and "http" not in text.replace("http-equiv", "")


def test_html_escapes_what_comes_from_documents(assessment: Assessment) -> None:
    first = assessment.findings[0]
    attack = "<script>alert(1)</script>\"'"
    reason = replace(first.reasons[0], message=Message("assign-handed", {"path": attack}))
    bad = replace(first, title=attack, reasons=(reason, *first.reasons[1:]))
    text = findings_html.render(
        replace(assessment, findings=(bad, *assessment.findings[1:]), paths=dict.fromkeys(assessment.paths, attack))
    )
    assert "<script>alert" not in text and "&lt;script&gt;alert" in text


def test_html_anchors_meet(assessment: Assessment) -> None:
    text = TEXT_FORMATS["html"](assessment, Language.EN)
    targets = set(re.findall(r'<details id="([^"]+)"', text))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= targets
    assert len(targets) == len(assessment.findings)


def test_sums_count_an_all_or_nothing_criterion_once(assessment: Assessment) -> None:
    view = summary.group_by_unit(assessment)[0]
    assert view.points.max == 30
    assert view.points.sure + view.points.open + view.points.lost == view.points.max


def test_the_headline_says_what_decides(assessment: Assessment) -> None:
    for finding in assessment.findings:
        head = summary.headline(finding)
        if finding.status is Verdict.LATE:
            assert head.rule == "deadline" and head.ok is False
        if finding.status is Verdict.WRONG:
            assert head.ok is False and head.document


def test_a_record_on_a_terminal_marks_doubt() -> None:
    text = record_terminal.render(dossier.record(doubt=("date",)), Language.VI, 100)
    assert "0.60 chưa chắc" in text and "15/BC-SNV" in text and "không thấy" in text
    assert all(len(line) <= 100 for line in text.splitlines())


def test_an_unreadable_record_on_a_terminal_says_why() -> None:
    text = record_terminal.render(dossier.unreadable("hỏng.pdf"), Language.EN, 80)
    assert "unreadable" in text and "Please note" in text
