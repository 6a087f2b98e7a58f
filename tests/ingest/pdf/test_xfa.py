from __future__ import annotations

from pathlib import Path

import pytest

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest.pdf import reader as pdf
from evidence.ingest.reader_protocol import ReadRequest
from tests.support.files.raw_pdf import RawPdf, stream, text

WAIT = text("Please wait...") + text("If this message is not eventually replaced, upgrade Adobe Reader.", down=560)
FORM = "/AcroForm<</Fields[]/XFA 10 0 R>>"
PACKET = {10: stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")}


@pytest.mark.parametrize(
    ("content", "catalogue"), [(WAIT, FORM), (WAIT, f"{FORM}/NeedsRendering true"), ("", f"{FORM}/NeedsRendering true")]
)
def test_a_form_that_only_adobe_draws_is_told_with_the_way_out(content: str, catalogue: str, tmp_path: Path) -> None:
    file = RawPdf(content, catalogue=catalogue, objects=PACKET).save(tmp_path / "a.pdf")
    with pytest.raises(UnreadableError) as caught:
        pdf.read(ReadRequest(file, tmp_path, Limits()))
    assert (caught.value.problem, caught.value.message.code) == ("unsupported", "dynamic-xfa")


@pytest.mark.parametrize(
    ("content", "catalogue"),
    [
        (text("A form with a page of its own, as static forms have it, 615"), FORM),
        (text("A form with a page of its own, as static forms have it, 615"), f"{FORM}/NeedsRendering true"),
        (text("Please wait for the meeting 615"), ""),
    ],
)
def test_pages_that_are_printed_are_read(content: str, catalogue: str, tmp_path: Path) -> None:
    file = RawPdf(content, catalogue=catalogue, objects=PACKET).save(tmp_path / "a.pdf")
    (page,) = pdf.read(ReadRequest(file, tmp_path, Limits())).pages
    assert page.text.endswith("615")
