"""Which paper becomes which file of the dossier, and by which road."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from make import copies, ink, office, plans, reports, scan, sheet, truth
from make.paper import Paper
from make.scan import Wear
from make.sheet import Look

Made = tuple[bytes, truth.Truth]
PASSWORD = "sonha2025"

KH, BC, KT = "1.1 - Kế hoạch CCHC năm", "1.2 - Báo cáo CCHC định kỳ", "1.3 - Kiểm tra công tác CCHC"
DD, RS = "1.4 - Đôn đốc, chỉ đạo", "2.1 - Rà soát văn bản"
KS, TT = "3.1 - Báo cáo kiểm soát TTHC", "3.2 - Rà soát TTHC"
TC, CDS = "4.1 - Tổ chức bộ máy", "5.1 - Chuyển đổi số"


@dataclass(frozen=True, slots=True)
class Item:
    """A file to make: its place in the dossier, how it is made, and when the appraiser received it."""

    unit: str
    criterion: str
    file: str
    make: Callable[[], Made]
    received: str | None = None

    @property
    def path(self) -> str:
        return f"{self.unit}/{self.criterion}/{self.file}"


def _digital(paper: Paper, look: Look | None = None) -> Callable[[], Made]:
    return lambda: (sheet.draw(paper, look), truth.of(paper))


def _word(paper: Paper) -> Callable[[], Made]:
    return lambda: (office.draw(paper), truth.of(paper))


def _scanned(paper: Paper, wear: Wear, overlay: scan.Overlay | None = None, **changes: object) -> Callable[[], Made]:
    def made() -> Made:
        pictures = scan.scan(sheet.draw(paper), wear, overlay)
        return scan.to_pdf(pictures, wear), truth.of(paper, **changes)

    return made


def _fax(paper: Paper, wear: Wear) -> Callable[[], Made]:
    return lambda: (scan.to_tiff(scan.scan(sheet.draw(paper), wear), wear.dpi), truth.of(paper))


def _photo(paper: Paper) -> Callable[[], Made]:
    return lambda: (scan.photo(sheet.draw(paper), 7), truth.of(paper))


def _mixed(paper: Paper) -> Callable[[], Made]:
    """The text as issued, its annex as a page that went through a copier."""

    def made() -> Made:
        worn = scan.scan(sheet.draw(paper), Wear(31, skew=0.7, grey=True))
        return sheet.draw(paper, Look(annexes=tuple(worn[-len(paper.annexes) :]))), truth.of(paper)

    return made


def _locked(paper: Paper) -> Callable[[], Made]:
    return lambda: (sheet.draw(paper, Look(password=PASSWORD)), truth.unread("encrypted"))


def _cut(paper: Paper) -> Callable[[], Made]:
    """An upload that broke off: the first part of the file and nothing after it."""

    def made() -> Made:
        whole = sheet.draw(paper)
        return whole[: len(whole) * 55 // 100], truth.unread("damaged")

    return made


_ARRIVED = scan.stamped(ink.arrival("VĂN PHÒNG UBND TỈNH", "1187", "24/02/2025"), 0.03, 0.147)
_BLURRED = Wear(17, skew=1.6, noise=16, blur=1.5, quality=30, grey=True, shrink=0.12)

ITEMS: tuple[Item, ...] = (
    Item("SXD", KH, "218-KH-SXD.pdf", _digital(plans.PLAN_SXD)),
    Item("SXD", BC, "BC quy I.pdf", _scanned(reports.Q1_SXD, Wear(11, skew=1.1))),
    Item("SXD", BC, "132-BC-SXD 6 thang.pdf", _digital(reports.H1_SXD)),
    Item("SXD", BC, "201-BC-SXD quy III (ky so).pdf", _digital(reports.Q3_SXD, Look(fields=True))),
    Item("SXD", BC, "Báo cáo CCHC năm 2025.docx", _word(reports.YEAR_SXD)),
    Item("SXD", KT, "KH kiem tra.pdf", _scanned(plans.INSPECT_SXD, Wear(12, skew=-0.8, quality=42), _ARRIVED)),
    Item("SXD", KT, "IMG_20251103_081522.jpg", _photo(plans.RESULT_SXD)),
    Item("SXD", DD, "1045-SXD-VP.pdf", _digital(plans.URGE_SXD)),
    Item("SXD", RS, "301-BC-SXD ra soat VB.pdf", _digital(reports.REVIEW_SXD)),
    Item("SXD", KS, "294-BC-SXD KSTTHC.pdf", _digital(reports.CONTROL_SXD), received="2025-12-29"),
    Item("SXD", TT, "31-KH-SXD (mat khau).pdf", _locked(plans.PROCEDURE_SXD)),
    Item("SXD", TC, "1326-QD-UBND sao y.pdf", _scanned(plans.DUTIES_SXD, Wear(13, skew=0.6, quality=42),
                                                     copies.block(1, 0.44))),
    Item("SXD", CDS, "Dự thảo KH chuyển đổi số.docx", _word(plans.DIGITAL_SXD)),
    Item("VPUBND", KH, "KH CCHC 2025.tif", _fax(plans.PLAN_VP, Wear(14, skew=0.5, noise=3, blur=0.6))),
    Item("VPUBND", BC, "28-BC-VP quy I.pdf", _digital(reports.Q1_VP)),
    Item("VPUBND", BC, "77-BC-VP 6 thang kem phu luc.pdf", _mixed(reports.H1_VP)),
    Item("VPUBND", BC, "165-BC-VP nam 2025.pdf", _digital(reports.YEAR_VP)),
    Item("VPUBND", KT, "09-KH-VP kiem tra.pdf", _digital(plans.INSPECT_VP)),
    Item("VPUBND", KT, "41-GM-VP.pdf", _digital(plans.INVITE_VP)),
    Item("VPUBND", DD, "scan0007.pdf", _scanned(plans.URGE_VP, _BLURRED, legible=False,
                                                problems=["doubtful-text"])),
    Item("VPUBND", RS, "140-BC-VP ra soat VB.pdf", _cut(reports.REVIEW_VP)),
    Item("VPUBND", TC, "1327-QD-UBND.pdf", _digital(plans.DUTIES_VP)),
    Item("VPUBND", CDS, "07-KH-VP chuyen doi so.pdf", _digital(plans.DIGITAL_VP)),
)  # fmt: skip
