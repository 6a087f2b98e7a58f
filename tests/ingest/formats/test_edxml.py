"""An edXML envelope with its document, from file to record: what it says is held against what the page says."""

from __future__ import annotations

import base64
from pathlib import Path

from evidence.config import Settings
from evidence.model.problem import ProblemCode
from evidence.model.record import Record
from evidence.pipeline import scheduler as pipeline
from evidence.pipeline.requests import request_file
from tests.support import papers

ENVELOPE = """<?xml version="1.0" encoding="utf-8"?>
<e:edXMLEnvelope xmlns:e="http://www.mic.gov.vn/TBT/QCVN_102_2016"><e:edXMLHeader><e:MessageHeader>
<e:From><e:OrganId>000.00.11.H37</e:OrganId><e:OrganName>Sở Nội vụ</e:OrganName></e:From>
<e:Code><e:CodeNumber>{number}</e:CodeNumber><e:CodeNotation>TTr-SNV</e:CodeNotation></e:Code>
<e:PromulgationInfo><e:PromulgationDate>{date}</e:PromulgationDate></e:PromulgationInfo>
</e:MessageHeader></e:edXMLHeader><e:AttachmentEncoded><e:Attachment><e:AttachmentName>tt.pdf</e:AttachmentName>
<e:ContentTransferEncoded>{data}</e:ContentTransferEncoded></e:Attachment></e:AttachmentEncoded></e:edXMLEnvelope>"""


def inside(folder: Path, number: str, date: str) -> Record:
    """The record of the document in an envelope that says this of it."""
    data = base64.b64encode(papers.digital(folder / "a.pdf").read_bytes()).decode()
    file = folder / "a.edxml"
    file.write_text(ENVELOPE.format(number=number, date=date, data=data), "utf-8")
    settings = Settings(home=folder)
    _, inner = pipeline.read_files([request_file(file, settings.limits)], settings)
    assert inner.source.path == f"{file}!/tt.pdf"
    return inner.record


def test_an_envelope_that_agrees_is_named(tmp_path: Path) -> None:
    record = inside(tmp_path, "187", "2025/08/28")
    for value in (record.number, record.date, record.issuer):
        assert value.sure and value.note and value.note.code == "witness-envelope"
    assert not [problem for problem in record.problems if problem.code is ProblemCode.CONFLICT]


def test_an_envelope_that_contradicts_is_a_conflict(tmp_path: Path) -> None:
    record = inside(tmp_path, "178", "2025/08/29")
    assert (str(record.number.value), str(record.date.value)) == ("187/TTr-SNV", "2025-08-28")
    assert not record.number.sure and not record.date.sure
    messages = [problem.message for problem in record.problems if problem.code is ProblemCode.CONFLICT]
    assert [problem.code for problem in messages] == ["problem-envelope-number", "problem-envelope-date"]
    assert (messages[0].params["value"], messages[0].params["told"]) == ("187/TTr-SNV", "178/TTr-SNV")
