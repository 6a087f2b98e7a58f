"""Messages in the shapes that programs and people give them: whatever stands first, however it was sent."""

from __future__ import annotations

import base64
import quopri
from pathlib import Path

import pytest

from evidence.ingest import media_types
from evidence.model.problem import ProblemCode
from tests.support.files.mail_files import HEADS, attachment, multipart, part, uuencoded
from tests.support.format_reading import media_type, read, text, write
from tests.support.windows_letters import windows

LETTER = "Kính gửi: Ủy ban nhân dân tỉnh, Sở Nội vụ gửi Báo cáo số 45/BC-SNV ngày 20/12/2019"
PLAIN = "Content-Type: text/plain; charset=utf-8"
FILE = b"noi dung cua tep"
MESSAGE = HEADS + multipart(part(LETTER.encode(), PLAIN), attachment(FILE))


FIRST = [
    "Status: RO", "X-Gmail-Labels: Inbox", "Authentication-Results: mx; spf=pass", "Thread-Index: Ac", "Bcc: x@y.vn",
    "Importance: high", "Received-SPF: pass", "Sensitivity: Company-Confidential", "Auto-Submitted: no",
    "ARC-Seal: i=1; a=rsa-sha256;\r\n  t=1; cv=none", "Return-Receipt-To: a@b.vn", "Feedback-ID: 1:2",
]  # fmt: skip


@pytest.mark.parametrize("head", FIRST)
def test_any_head_may_be_the_first(tmp_path: Path, head: str) -> None:
    file = write(tmp_path / "a.eml", head.encode() + b"\r\n" + MESSAGE)
    assert media_type(file) == media_types.EML
    assert [member.name for member in read(file).embedded] == ["bc.txt"]


APPLE = b'\n<?xml version="1.0"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD">\n<plist><dict/></plist>\n'
ABOVE = {
    "mbox": b"From vt@snv.vn Fri Mar 15 08:00:00 2019\n" + MESSAGE,
    "mozilla": b"From - Fri Mar 15 08:00:00 2019\r\nX-Mozilla-Status: 0001\r\n" + MESSAGE,
    "mark": b"\xef\xbb\xbf" + MESSAGE,
    "blank": b"\r\n \r\n\n" + MESSAGE,
    "lf": MESSAGE.replace(b"\r\n", b"\n"),
    "cr": MESSAGE.replace(b"\r\n", b"\r"),
    "twice": MESSAGE.replace(b"\r\n", b"\r\r\n"),
    "emlx": str(len(MESSAGE)).encode() + b"      \n" + MESSAGE + APPLE,
    "emlx-lies": b"99999\n" + MESSAGE + APPLE,
    "utf-16": b"\xff\xfe" + MESSAGE.decode().encode("utf-16-le"),
    "no-heads": multipart(part(LETTER.encode(), PLAIN), attachment(FILE)).partition(b"\r\n\r\n")[2],
    "forwarded": b"----- Thu chuyen tiep -----\r\n\r\n" + multipart(attachment(FILE)).partition(b"\r\n\r\n")[2],
    "no-type": HEADS + b"\r\n" + multipart(part(LETTER.encode(), PLAIN), attachment(FILE)).partition(b"\r\n\r\n")[2],
    "not-closed": MESSAGE.removesuffix(b"--=_b--\r\n"),
    "wrong-boundary": MESSAGE.replace(b'"=_b"', b'"other"'),
}


@pytest.mark.parametrize("shape", ABOVE)
def test_what_programs_put_around_a_message(tmp_path: Path, shape: str) -> None:
    file = write(tmp_path / "thu.txt", ABOVE[shape])
    assert media_type(file) == media_types.EML
    result = read(file)
    assert [(member.name, Path(member.file).read_bytes()) for member in result.embedded] == [("bc.txt", FILE)]
    assert shape == "forwarded" or LETTER in result.pages[0].text
    assert "DOCTYPE" not in result.pages[0].text


@pytest.mark.parametrize(
    "note", ["Kính gửi: Sở Nội vụ\nNgày: 15/3\n\nbegin 644 lần", "Note: a\n\n--- het ---\nabc", "a: b\nc"]
)
def test_notes_stay_notes(tmp_path: Path, note: str) -> None:
    assert media_type(write(tmp_path / "a.txt", note)) == media_types.TEXT


def test_a_mailbox_gives_its_messages(tmp_path: Path) -> None:
    quoted = HEADS + b"Subject: hai\r\n\r\nFrom here on\n>From the start\n\nFrom the office\n"
    box = b"From a@b Fri Mar 15 08:00:00 2019\n" + MESSAGE + b"\n\nFrom b@c Sat Mar 16 08:00:00 2019\n" + quoted
    result = read(write(tmp_path / "hop.mbox", box))
    assert [member.name for member in result.embedded] == ["1.eml", "2.eml"]
    assert "\nFrom the start" in Path(result.embedded[1].file).read_text()
    assert [media_type(Path(member.file)) for member in result.embedded] == [media_types.EML] * 2


CHARSETS: list[tuple[bytes, str | None]] = [
    (LETTER.encode(), None), (LETTER.encode(), "iso-8859-1"), (LETTER.encode(), "us-ascii"), (LETTER.encode(), "x-no"),
    (windows(LETTER), "windows-1258"), (windows(LETTER), None), (windows(LETTER), "iso-8859-1"),
    (windows(LETTER), "utf-8"), (windows(LETTER), "unknown-8bit"), (LETTER.encode("utf-7"), "utf-7"),
    (LETTER.encode("utf-16"), "utf-16"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "charset"), CHARSETS)
@pytest.mark.parametrize("sent", ["base64", "quoted-printable"])
def test_letters_decide_the_charset(tmp_path: Path, data: bytes, charset: str | None, sent: str) -> None:
    body = base64.b64encode(data).rstrip(b"=") if sent == "base64" else quopri.encodestring(data)
    kind = f"Content-Type: text/plain{f'; charset={charset}' if charset else ''}"
    file = write(tmp_path / "a.eml", HEADS + part(body, kind, f"Content-Transfer-Encoding: {sent}"))
    result = read(file)
    assert LETTER in result.pages[0].text
    assert not result.problems


def test_letters_of_old_fonts_in_a_message(tmp_path: Path) -> None:
    old = "Kính göi: Uû ban nh©n d©n tØnh L¹ng S¬n, Së Néi vô".encode("latin-1")
    for charset in ("; charset=iso-8859-1", "; charset=us-ascii", ""):
        result = read(write(tmp_path / "a.eml", HEADS + part(old, f"Content-Type: text/plain{charset}")))
        assert "Uỷ ban nhân dân tỉnh Lạng Sơn, Sở Nội vụ" in result.pages[0].text
        assert [problem.code for problem in result.problems] == [ProblemCode.LEGACY_ENCODING]


def test_lost_letters_are_told(tmp_path: Path) -> None:
    data = LETTER.encode().replace("ỉ".encode(), b"\xe1\xbb")
    for body in (data, LETTER.replace("ỉ", "\ufffd").encode()):
        result = read(write(tmp_path / "a.eml", HEADS + part(body, PLAIN)))
        assert "Sở Nội vụ" in result.pages[0].text
        assert [problem.code for problem in result.problems] == [ProblemCode.DOUBTFUL_TEXT]


HTML = "Content-Type: text/html; charset=utf-8"
BLANKS = ["", " \r\n\xa0", "Thư này ở dạng HTML.", "\u200b"]


@pytest.mark.parametrize("plain", BLANKS)
def test_html_where_the_plain_text_says_nothing(tmp_path: Path, plain: str) -> None:
    versions = multipart(part(plain.encode(), PLAIN), part(f"<p>{LETTER}</p>".encode(), HTML), kind="alternative")
    assert LETTER in text(write(tmp_path / "a.eml", HEADS + versions))


def test_the_plain_text_where_it_says_the_same(tmp_path: Path) -> None:
    versions = multipart(part(LETTER.encode(), PLAIN), part(f"<b>{LETTER}</b>!".encode(), HTML), kind="alternative")
    shown = text(write(tmp_path / "a.eml", HEADS + versions))
    assert shown.count(LETTER) == 1 and not shown.endswith("!")


def test_all_text_parts_in_their_order(tmp_path: Path) -> None:
    inner = multipart(part(b"hai", PLAIN), part(b"<p>HAI</p>", HTML), kind="alternative", boundary=b"=_c")
    cut = part(b"bon", 'Content-Type: text/plain; name="ATT00002.txt"')
    message = multipart(part(b"mot", PLAIN), attachment(FILE), inner, part(b"<p>ba</p>", HTML), cut)
    result = read(write(tmp_path / "a.eml", HEADS + message))
    assert result.pages[0].text.splitlines()[-4:] == ["mot", "hai", "ba", "bon"]
    assert [member.name for member in result.embedded] == ["bc.txt"]


def test_files_in_the_text(tmp_path: Path) -> None:
    body = b"Gui hai tep\n\n" + uuencoded(FILE * 9, "bc.doc") + b"\nva\n" + uuencoded(b"x", "Phu luc 1.txt") + b"het\n"
    for head in (HEADS + b"\r\n", b""):
        result = read(write(tmp_path / "a.txt", head + body))
        members = [(member.name, Path(member.file).read_bytes()) for member in result.embedded]
        assert members == [("bc.doc", FILE * 9), ("Phu luc 1.txt", b"x")]
        assert result.pages[0].text.splitlines()[-3:] == ["Gui hai tep", "va", "het"]


def test_flowed_lines_are_one(tmp_path: Path) -> None:
    body = "Báo cáo số \r\n45/BC-SNV\r\n> trích \r\n> dẫn\r\n".encode()
    shown = text(write(tmp_path / "a.eml", HEADS + part(body, f"{PLAIN}; format=flowed")))
    assert shown.endswith("Báo cáo số 45/BC-SNV\n> trích dẫn")


NAMES = [
    "filename*=utf-8''Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh.docx",
    "filename*0*=UTF-8'vi'Quy%E1%BA;\r\n filename*1*=%BFt%20;\r\n filename*2*=%C4%91%E1%BB%8Bnh;\r\n filename*3=.docx",
    'filename="=?utf-8?B?UXV54bq/dCDEkeG7i25oLmRvY3g=?="',
    'filename="=?utf-8?B?UXV54bq/dCDE?=\r\n =?utf-8?B?keG7i25oLmRvY3g=?="',
    "filename=Quyết định.docx", 'filename="Quyết định.docx"; size=3',
    'filename="Quyet dinh.docx"; filename*=utf-8\'\'Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh.docx',
    'filename="Quy%E1%BA%BFt%20%C4%91%E1%BB%8Bnh.docx"',
    "filename*=windows-1258''Quy%EA%ECt%20%F0i%F2nh.docx",
    'filename="=?windows-1258?Q?Quy=EA=ECt_=F0i=F2nh.docx?="', 'filename="QuyÕt ®Þnh.docx"',
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("place", ["Content-Disposition: attachment; ", "Content-Type: application/octet-stream; "])
def test_names_of_attachments(tmp_path: Path, name: str, place: str) -> None:
    head = place + (name if "Disposition" in place else name.replace("filename", "name"))
    file = write(tmp_path / "a.eml", HEADS + multipart(part(FILE, head)))
    assert [member.name for member in read(file).embedded] == ["Quyết định.docx"]


def test_raw_bytes_of_names_and_subjects(tmp_path: Path) -> None:
    for raw in (windows("Quyết định"), "QuyÕt ®Þnh".encode("latin-1"), "Quyết định".encode()):
        body = multipart(b'Content-Disposition: attachment; filename="' + raw + b'.docx"\r\n\r\n' + FILE)
        result = read(write(tmp_path / "a.eml", HEADS + b"Subject: " + raw + b"\r\n" + body))
        assert [member.name for member in result.embedded] == ["Quyết định.docx"]
        assert "Subject: Quyết định" in result.pages[0].text


def test_an_attached_message_keeps_its_bytes(tmp_path: Path) -> None:
    inner = MESSAGE.replace(b"\r\n", b"\n")
    for kind in ("message/rfc822", "message/global"):
        for data, sent in ((inner, "8bit"), (base64.encodebytes(inner), "base64")):
            whole = multipart(
                part(data, f"Content-Type: {kind}", f"Content-Transfer-Encoding: {sent}"), boundary=b"=_o"
            )
            result = read(write(tmp_path / "a.eml", HEADS + whole))
            assert [Path(member.file).read_bytes() for member in result.embedded] == [inner]


def test_a_digest_is_made_of_messages(tmp_path: Path) -> None:
    digest = multipart(b"\r\n" + MESSAGE, b"\r\n" + MESSAGE, kind="digest", boundary=b"=_o")
    assert [member.name for member in read(write(tmp_path / "a.eml", HEADS + digest)).embedded] == ["1.eml", "2.eml"]


def test_a_hand_made_head_is_shown(tmp_path: Path) -> None:
    assert "Sent: Thu Sau" in text(
        write(tmp_path / "a.txt", b"From: A\r\nSent: Thu Sau\r\nTo: B\r\nSubject: C\r\n\r\nx")
    )


def test_depth_and_number_of_parts_are_bounded(tmp_path: Path) -> None:
    nested = part(b"x", PLAIN)
    for depth in range(1_000):
        nested = multipart(nested, boundary=f"b{depth}".encode())
    result = read(write(tmp_path / "a.eml", HEADS + nested))
    assert [problem.message.code for problem in result.problems] == ["member-too-deep"]


STUBS = ["Thư này ở dạng HTML. Hãy bật HTML để xem nội dung của thư.", "Xem bản đính kèm 2 trang, phòng 12, tầng 30."]


@pytest.mark.parametrize("stub", STUBS)
def test_figures_that_stand_in_the_html_alone_are_not_lost(tmp_path: Path, stub: str) -> None:
    html = f"<p>{LETTER}</p>".encode()
    both = multipart(part(stub.encode(), PLAIN), part(html, "Content-Type: text/html; charset=utf-8"))
    file = write(tmp_path / "a.eml", HEADS + both.replace(b"multipart/mixed", b"multipart/alternative"))
    assert "45/BC-SNV" in text(file)
    assert ("phòng 12" in text(file)) == ("12" in stub)
