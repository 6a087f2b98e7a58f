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

OLE_STORAGE = "application/x-ole-storage"  # of no kind that its directory tells
ENCRYPTED = "application/x-ole-encrypted"  # a DOCX or XLSX behind a password

PACKAGES = frozenset({ZIP, EML, EDXML, MSG, TNEF, CMS})  # what is handed in for the sake of the files inside
SUFFIXES = frozenset(
    ".pdf .jpg .jpeg .png .tif .tiff .webp .heic .docx .doc .odt .rtf .xlsx .xls .zip .eml .emlx .msg".split()  # noqa: SIM905
)
# text has no mark of its own at its start: under such a name it is a failed download or a note, not the document
PLAIN = frozenset({TEXT, HTML})
NEVER_PLAIN = SUFFIXES - frozenset({".doc", ".xls", ".rtf", ".eml", ".emlx"})
