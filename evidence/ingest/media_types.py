"""The media types that files are told apart by, and what a file's name promises. ``registry`` says who reads which."""

from __future__ import annotations

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DOC = "application/msword"
ODT = "application/vnd.oasis.opendocument.text"
RTF = "application/rtf"
TEXT = "text/plain"
HTML = "text/html"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS = "application/vnd.ms-excel"
DOCM = "application/vnd.ms-word.document.macroenabled.12"
DOTX = "application/vnd.openxmlformats-officedocument.wordprocessingml.template"
DOTM = "application/vnd.ms-word.template.macroenabled.12"
XLSM = "application/vnd.ms-excel.sheet.macroenabled.12"
XLTX = "application/vnd.openxmlformats-officedocument.spreadsheetml.template"
XLTM = "application/vnd.ms-excel.template.macroenabled.12"
XLSB = "application/vnd.ms-excel.sheet.binary.macroenabled.12"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ODP = "application/vnd.oasis.opendocument.presentation"
MHTML = "multipart/related"  # a page saved with its pictures
FLAT_OPC = "application/x-flat-opc"  # Word's "XML document": a package written as one XML
VSDX = "application/vnd.ms-visio.drawing"
XPS = "application/vnd.ms-xpsdocument"
IWORK = "application/vnd.apple.iwork"
PPT = "application/vnd.ms-powerpoint"
EXCEL_2003 = "application/x-spreadsheetml"
JPEG = "image/jpeg"
PNG = "image/png"
TIFF = "image/tiff"
WEBP = "image/webp"
HEIC = "image/heic"
ZIP = "application/zip"
EML = "message/rfc822"
EDXML = "application/x-edxml"
MSG = "application/vnd.ms-outlook"
TNEF = "application/ms-tnef"
CMS = "application/pkcs7-mime"  # a signed envelope

WORD_PACKAGES = frozenset({DOCX, DOCM, DOTX, DOTM})
WORKBOOKS = frozenset({XLSX, XLSM, XLTX, XLTM})
ODF = frozenset({ODT, ODS, ODP})  # with "-template" behind them those of templates
# office documents that no reader opens, and the program that writes them
TOLD = {
    VSDX: "Visio", XPS: "XPS Viewer", IWORK: "Pages, Numbers, Keynote", PPT: "PowerPoint 97-2003",
    "application/vnd.oasis.opendocument": "LibreOffice",
}  # fmt: skip

OLE_STORAGE = "application/x-ole-storage"  # of no kind that its directory tells
ENCRYPTED = "application/x-ole-encrypted"  # a DOCX or XLSX behind a password

PACKAGES = frozenset({ZIP, EML, EDXML, MSG, TNEF, CMS})  # what is handed in for the sake of the files inside
SUFFIXES = frozenset({
    ".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".heic", ".docx", ".docm", ".dotx", ".dotm", ".doc",
    ".odt", ".ott", ".rtf", ".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods", ".ots", ".pptx", ".ppsx",
    ".potx", ".pptm", ".ppsm", ".odp", ".zip", ".eml", ".emlx", ".msg",
})  # fmt: skip
# text has no mark of its own at its start: under such a name it is a failed download or a note, not the document
PLAIN = frozenset({TEXT, HTML})
NEVER_PLAIN = SUFFIXES - frozenset({".doc", ".xls", ".rtf", ".eml", ".emlx"})


def has_own_pages(media_type: str) -> bool:
    """Whether a file of that type has pages of its own, as wide and high as they are shown: PDF and pictures."""
    return media_type == PDF or media_type.startswith("image/")
