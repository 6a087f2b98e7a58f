"""PDFs written object by object, for what no library writes: layers, marks, clips, annotations without appearance."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def stream(data: bytes, head: bytes = b"") -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (head, len(data), data)


def form(data: bytes, head: bytes = b"", box: bytes = b"0 0 595 842") -> bytes:
    """A form XObject with the font F1."""
    return stream(data, b"/Type/XObject/Subtype/Form/BBox[%s]/Resources<</Font<</F1 5 0 R>>>>%s" % (box, head))


def text(words: str, across: float = 60, down: float = 600, size: float = 13, before: str = "") -> str:
    """The operators that show a row of text, ``down`` counted from below."""
    return f"BT {before} /F1 {size} Tf {across} {down} Td ({words}) Tj ET\n"


def utf16(words: str) -> bytes:
    return b"<FEFF%s>" % words.encode("utf-16-be").hex().encode()


@dataclass
class RawPdf:
    """One page. Further objects are numbered from 10; ``resources`` and the other texts are put in as they are."""

    content: str
    resources: str = ""
    page: str = "/MediaBox[0 0 595 842]"
    catalogue: str = ""
    annotations: list[bytes] = field(default_factory=list)
    objects: dict[int, bytes] = field(default_factory=dict)

    def save(self, file: Path) -> Path:
        marks = {100 + place: b"<</Type/Annot%s>>" % body for place, body in enumerate(self.annotations)}
        listed = "".join(f"{number} 0 R " for number in marks)
        objects = {
            1: f"<</Type/Catalog/Pages 2 0 R{self.catalogue}>>".encode(),
            2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            3: f"<</Type/Page/Parent 2 0 R{self.page}/Contents 4 0 R/Annots[{listed}]"
            f"/Resources<</Font<</F1 5 0 R>>{self.resources}>>>>".encode(),
            4: stream(self.content.encode("latin-1")),
            5: FONT,
            **self.objects,
            **marks,
        }
        out, places = b"%PDF-1.7\n", {}
        for number, body in objects.items():
            places[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        last = max(objects)
        rows = b"".join(
            b"%010d %05d %s \n" % ((places[n], 0, b"n") if n in places else (0, 65535, b"f")) for n in range(last + 1)
        )
        tail = b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (last + 1, len(out))
        file.write_bytes(out + b"xref\n0 %d\n" % (last + 1) + rows + tail)
        return file
