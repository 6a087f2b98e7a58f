"""What is wrapped in a message by Outlook, by signatures and by other mail programs, and what is no evidence in it."""

from __future__ import annotations

import base64
import datetime
import importlib
import io
import struct
from pathlib import Path

import pytest
from PIL import Image

from evidence.ingest import media_types
from evidence.model.problem import ProblemCode
from tests.support.files.mail_files import HEADS, attachment, fixed, mapi, multipart, ole, part, tnef
from tests.support.format_reading import media_type, read, refused, text, write

FILE = b"noi dung cua tep"
PLAIN = "Content-Type: text/plain; charset=utf-8"
NAME = "Quyết định 615.docx"
UNICODE, STRING8, BINARY, OBJECT = 0x1F, 0x1E, 0x102, 0x0D
LETTER = "Kính gửi Ủy ban nhân dân tỉnh báo cáo số 45/BC-SNV"


def wide(words: str) -> bytes:
    return words.encode("utf-16-le") + b"\0\0"


ATTACHED = (
    (2, 0x9002, bytes(14)), (2, 0x8010, b"QUYETD~1.DOC\0"), (2, 0x800F, FILE),
    (2, 0x9005, mapi((0x0003, 0x3705, b"\1\0\0\0"), (UNICODE, 0x3707, wide(NAME)))),
)  # fmt: skip


def names(file: Path) -> list[str]:
    return [member.name for member in read(file).embedded]


@pytest.mark.parametrize("kind", ["application/ms-tnef", "application/octet-stream", "application/vnd.ms-tnef"])
def test_winmail_is_opened(tmp_path: Path, kind: str) -> None:
    file = write(tmp_path / "a.eml", HEADS + multipart(attachment(tnef(*ATTACHED), "winmail.dat", kind)))
    assert names(file) == [NAME]
    assert Path(read(file).embedded[0].file).read_bytes() == FILE


def test_winmail_alone(tmp_path: Path) -> None:
    html = (1, 0x9003, mapi((BINARY, 0x1013, f"<p>{LETTER}</p>".encode()), (UNICODE, 0x0037, wide("Gửi báo cáo"))))
    file = write(tmp_path / "winmail.dat", tnef(html, *ATTACHED))
    assert media_type(file) == media_types.TNEF
    assert names(file) == [NAME]
    assert text(file).splitlines() == ["Subject: Gửi báo cáo", LETTER]


def test_winmail_speaks_where_the_message_is_silent(tmp_path: Path) -> None:
    packed = struct.pack("<II4sI", 0, 200, b"MELA", 0) + rb"{\rtf1\ansi Bao cao so 45}"
    for body in ((UNICODE, 0x1000, wide("Bao cao so 45")), (BINARY, 0x1009, packed)):
        data = tnef((1, 0x9003, mapi(body)), *ATTACHED)
        whole = multipart(part(b"\r\n", PLAIN), attachment(data, "winmail.dat"))
        assert "Bao cao so 45" in text(write(tmp_path / "a.eml", HEADS + whole))


def test_winmail_in_winmail_and_old_names(tmp_path: Path) -> None:
    inner = tnef(*ATTACHED)
    message = mapi((0x0003, 0x3705, b"\5\0\0\0"), (OBJECT, 0x3701, bytes(16) + inner), (UNICODE, 0x3001, wide("Thư")))
    old = ((2, 0x9002, bytes(14)), (2, 0x8010, "QuyÕt ®Þnh.doc".encode("latin-1") + b"\0"), (2, 0x800F, FILE))
    file = write(tmp_path / "winmail.dat", tnef((2, 0x9002, bytes(14)), (2, 0x9005, message), *old))
    assert names(file) == ["Thư", "Quyết định.doc"]
    assert media_type(Path(read(file).embedded[0].file)) == media_types.TNEF


def test_a_winmail_that_is_cut_gives_what_is_left(tmp_path: Path) -> None:
    data = tnef(*ATTACHED, *ATTACHED)
    for cut in range(0, len(data) - 8, 7):
        read(write(tmp_path / "winmail.dat", data[: len(data) - cut]))


def outlook(**more: object) -> dict[str, object]:
    moment = (datetime.datetime(2019, 3, 15, 1) - datetime.datetime(1601, 1, 1)) // datetime.timedelta(microseconds=1)
    file = {
        "__properties_version1.0": fixed((3, 0x3705, b"\1\0\0\0"), skipped=8),
        "__substg1.0_3707001F": NAME.encode("utf-16-le"), "__substg1.0_37010102": FILE + b"WordDocument",
    }  # fmt: skip
    return {
        "__nameid_version1.0": {},
        "__properties_version1.0": fixed((0x40, 0x39, (moment * 10).to_bytes(8, "little")), skipped=32),
        "__substg1.0_0037001F": "Gửi báo cáo".encode("utf-16-le"),
        "__substg1.0_0C1A001E": b"Van thu", "__substg1.0_1000001F": LETTER.encode("utf-16-le"),
        "__attach_version1.0_#00000000": file, **more,
    }  # fmt: skip


def test_a_message_saved_by_outlook(tmp_path: Path) -> None:
    file = write(tmp_path / "thu.msg", ole(outlook()))
    assert media_type(file) == media_types.MSG
    assert text(file).splitlines() == [
        "From: Van thu", "Date: Fri, 15 Mar 2019 08:00:00 +0700", "Subject: Gửi báo cáo", LETTER,
    ]  # fmt: skip
    assert names(file) == [NAME]


def test_a_message_in_a_message_of_outlook(tmp_path: Path) -> None:
    inner = outlook() | {"__properties_version1.0": fixed(skipped=24)}
    holder = {
        "__properties_version1.0": fixed((3, 0x3705, b"\5\0\0\0"), skipped=8), "__substg1.0_3701000D": inner,
    }  # fmt: skip
    file = write(tmp_path / "thu.msg", ole(outlook(**{"__attach_version1.0_#00000001": holder})))
    assert names(file) == [NAME, "Gửi báo cáo.eml"]
    attached = Path(read(file).embedded[1].file)
    data = attached.read_bytes()
    assert names(attached.rename(tmp_path / "in.eml")) == [NAME]
    assert LETTER in text(tmp_path / "in.eml")
    assert Path(read(file).embedded[1].file).read_bytes() == data, "the same hash each time"


def test_a_broken_message_of_outlook(tmp_path: Path) -> None:
    data = ole(outlook())
    assert refused(write(tmp_path / "thu.msg", data[:1_600]))[0] == "damaged"


def signed(content: bytes, kind: str = "signed_data") -> bytes:
    cms = importlib.import_module("asn1crypto.cms")
    if kind == "enveloped_data":
        return bytes(cms.ContentInfo({"content_type": kind, "content": cms.EnvelopedData({
            "version": "v0", "recipient_infos": [], "encrypted_content_info": {
                "content_type": "data", "content_encryption_algorithm": {"algorithm": "1.2.840.113549.3.7"},
                "encrypted_content": b"x"},
        })}).dump())  # fmt: skip
    return bytes(cms.ContentInfo({"content_type": kind, "content": cms.SignedData({
        "version": "v1", "digest_algorithms": [], "signer_infos": [],
        "encap_content_info": {"content_type": "data", "content": content},
    })}).dump())  # fmt: skip


ENTITY = multipart(part(LETTER.encode(), PLAIN), attachment(FILE, "bc.txt"), boundary=b"=_s")
P7M = "application/pkcs7-mime; smime-type=signed-data"


def test_a_signed_message_is_opened(tmp_path: Path) -> None:
    data = signed(ENTITY)
    whole = HEADS + part(
        base64.encodebytes(data), f'Content-Type: {P7M}; name="smime.p7m"', "Content-Transfer-Encoding: base64"
    )
    armoured = b"-----BEGIN PKCS7-----\n" + base64.encodebytes(data) + b"-----END PKCS7-----\n"
    for raw in (whole, data, armoured, base64.encodebytes(data)):
        file = write(tmp_path / "a.eml", raw)
        assert names(file) == ["bc.txt"]
        assert LETTER in text(file)


def test_a_signed_file_is_a_file(tmp_path: Path) -> None:
    message = HEADS + multipart(attachment(signed(b"%PDF-1.4 x"), "qd.pdf.p7m", "application/x-pkcs7-mime"))
    assert names(write(tmp_path / "a.eml", message)) == ["qd.pdf"]


def test_what_is_encrypted_is_told(tmp_path: Path) -> None:
    data = signed(b"", "enveloped_data")
    assert refused(write(tmp_path / "smime.p7m", data)) == ("encrypted", "encrypted-envelope")
    message = HEADS + multipart(attachment(data, "smime.p7m", "application/pkcs7-mime"))
    assert [problem.code for problem in read(write(tmp_path / "a.eml", message)).problems] == [ProblemCode.ENCRYPTED]
    pgp = multipart(attachment(b"Version: 1", "v", "application/pgp-encrypted"), attachment(b"x"), kind="encrypted")
    assert [problem.code for problem in read(write(tmp_path / "a.eml", HEADS + pgp)).problems] == [
        ProblemCode.ENCRYPTED
    ]


def picture(width: int, height: int) -> bytes:
    stream = io.BytesIO()
    Image.new("L", (width, height), 255).save(stream, "PNG")
    return stream.getvalue()


def test_logos_and_signatures_are_no_evidence(tmp_path: Path) -> None:
    def shown(data: bytes) -> bytes:
        heads = ("Content-Type: image/png", "Content-ID: <a@b>", "Content-Transfer-Encoding: base64")
        return part(base64.encodebytes(data), *heads)

    whole = multipart(
        shown(picture(600, 120)), shown(picture(900, 1200)), attachment(picture(300, 300), "the.png", "image/png"),
        attachment(b"\x30", "smime.p7s", "application/pkcs7-signature"), kind="related",
    )  # fmt: skip
    assert names(write(tmp_path / "a.eml", HEADS + whole)) == ["1.png", "the.png"]


def test_invitations_and_reports_are_not_lost(tmp_path: Path) -> None:
    calendar = part(b"BEGIN:VCALENDAR\nSUMMARY:Hop\nEND:VCALENDAR", "Content-Type: text/calendar; method=REQUEST")
    report = part(b"Final-Recipient: rfc822; a@b.vn\nStatus: 5.1.1", "Content-Type: message/delivery-status")
    file = write(tmp_path / "a.eml", HEADS + multipart(calendar, report))
    assert names(file) == ["1.ics"]
    assert "Status: 5.1.1" in text(file)


def test_what_lies_elsewhere_or_is_empty_is_told(tmp_path: Path) -> None:
    outside = part(b"", 'Content-Type: message/external-body; access-type=URL; name="bc.pdf"')
    file = write(tmp_path / "a.eml", HEADS + multipart(outside, attachment(b"", "trong.docx")))
    assert [problem.message.code for problem in read(file).problems] == ["member-elsewhere", "member-damaged"]
