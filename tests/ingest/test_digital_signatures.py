from __future__ import annotations

import base64
import json
import zipfile
from pathlib import Path

import pytest

from evidence.ingest import digital_signatures
from evidence.ingest.digital_signatures import FileSignatures
from evidence.ingest.media_types import DOCX, PDF
from evidence.messages import say
from evidence.model.signature import LaterChange, Signature
from tests.support import papers, signing

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "documents"


def read(file: Path, roots: tuple[bytes, ...] = ()) -> FileSignatures:
    found = digital_signatures.read_signatures(file, PDF, roots)
    assert all(say(problem.message, language) for problem in found.problems for language in ("vi", "en"))
    return found


def codes(found: FileSignatures) -> list[str]:
    return [problem.message.code for problem in found.problems]


def one(file: Path, roots: tuple[bytes, ...] = ()) -> Signature:
    (found,) = read(file, roots).signatures
    return found


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    file = papers.digital(tmp_path / "a.pdf")
    signing.sign(file)
    return file


def test_an_unsigned_file_has_none(tmp_path: Path) -> None:
    assert read(papers.digital(tmp_path / "a.pdf")) == FileSignatures()


def test_a_signature_is_facts(signed: Path) -> None:
    found = one(signed)
    assert (found.form, found.signer, found.organisation) == ("pades", "Nguyễn Văn An", "SỞ NỘI VỤ")
    assert (found.intact, found.covers_whole_file, found.later, found.digest) == (True, True, None, "sha256")
    assert (found.timestamped, found.trusted) == (False, None)
    assert found.time is None or found.time.tzinfo is not None


def test_trust_is_told_only_against_roots_of_the_deployer(signed: Path, tmp_path: Path) -> None:
    own = signing.identity("Nguyễn Văn An", "SỞ NỘI VỤ")[1]
    other = signing.identity("Người khác", "NƠI KHÁC")[1]
    folder = tmp_path / "roots"
    folder.mkdir()
    (folder / "own.der").write_bytes(own)
    (folder / "other.pem").write_bytes(
        b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(other) + b"-----END CERTIFICATE-----\n"
    )
    (folder / "readme.txt").write_text("no certificate")
    assert set(digital_signatures.load_trusted_roots(folder)) == {own, other}
    assert digital_signatures.load_trusted_roots(None) == digital_signatures.load_trusted_roots(tmp_path / "none") == ()
    assert one(signed, (own, other)).trusted is True
    assert one(signed, (other,)).trusted is False


def test_one_changed_byte_breaks_it(signed: Path) -> None:
    data = bytearray(signed.read_bytes())
    at = data.index(b"/MediaBox [ 0 0 595") + len(b"/MediaBox [ 0 0 59")
    data[at] ^= 1
    signed.write_bytes(data)
    found = read(signed)
    assert [each.intact for each in found.signatures] == [False]
    assert codes(found) == ["signature-broken"]


def test_a_second_signature_is_what_was_added_after_the_first(signed: Path) -> None:
    signing.sign(signed, "Văn thư", "UBND TỈNH")
    first, second = read(signed).signatures
    assert (first.intact, first.covers_whole_file, first.later) == (True, False, LaterChange.FILLED)
    assert (second.intact, second.covers_whole_file, second.signer) == (True, True, "Văn thư")


def test_content_changed_by_a_later_increment_is_told(signed: Path) -> None:
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    with signed.open("rb+") as stream:
        writer = IncrementalPdfFileWriter(stream)
        page = writer.root["/Pages"]["/Kids"][0]
        page["/MediaBox"] = generic.ArrayObject(map(generic.NumberObject, (0, 0, 300, 300)))
        writer.mark_update(writer.root["/Pages"]["/Kids"].raw_get(0))
        writer.write_in_place()
    found = read(signed)
    assert [(each.intact, each.later) for each in found.signatures] == [(True, LaterChange.OTHER)]
    assert codes(found) == ["signature-overtaken"]


def test_bytes_before_the_header_move_no_signature(signed: Path) -> None:
    signed.write_bytes(b"\x75\xab\x5a\x01 portal " + signed.read_bytes())
    assert one(signed).intact is True


def test_a_damaged_signed_file_is_never_called_unsigned(signed: Path) -> None:
    data = signed.read_bytes()
    signed.write_bytes(data.replace(b"startxref", b"stertxraf").replace(b"trailer", b"tzailer"))
    found = read(signed)
    assert found.signatures or codes(found) == ["signature-unread"]


def test_later_changes_are_not_looked_into_for_ever(signed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    signing.sign(signed, "Văn thư", "UBND TỈNH")
    monkeypatch.setattr(digital_signatures, "PATIENCE", -1.0)
    assert [each.later for each in read(signed).signatures] == [LaterChange.UNKNOWN, None]


def test_docx_signatures_are_reported_and_not_judged(tmp_path: Path) -> None:
    file = papers.word(tmp_path / "a.docx")
    certificate = base64.b64encode(signing.identity("Nguyễn Văn An", "SỞ NỘI VỤ")[1])
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(
            "_xmlsignatures/sig1.xml",
            b"<Signature><X509Certificate>" + certificate + b"</X509Certificate>"
            b"<mdssi:Value>2025-08-28T07:49:11Z</mdssi:Value></Signature>",
        )
    (found,) = digital_signatures.read_signatures(file, DOCX).signatures
    assert (found.form, found.signer, found.intact, found.trusted) == ("ooxml", "Nguyễn Văn An", None, None)
    assert found.time is not None and found.time.isoformat() == "2025-08-28T07:49:11+00:00"


@pytest.mark.real
def test_real_files_are_judged_as_pdfsig_judges_them() -> None:
    broken = {"ac1c46ab5eb5": 3, "a8eb66b554b6": 1, "ed0bfd69bfdd": 1}  # "Digest Mismatch", "Invalid" in gold.jsonl
    gold = [json.loads(line) for line in (REAL / "gold.jsonl").read_text("utf-8").splitlines()]
    quick = [row for row in gold if row["file"].endswith(".pdf") and row["file"][:12] not in SLOW]
    for row in quick:
        found = read(REAL / row["file"])
        assert len(found.signatures) == row["digital_signatures"], row["file"]
        assert sum(each.intact is False for each in found.signatures) == broken.get(row["file"][:12], 0), row["file"]


SLOW = {"1c1cc918013a", "2c14f7dc0113"}  # seconds of looking for what was added after
