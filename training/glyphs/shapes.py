"""Draws figures and capitals in free fonts and keeps their shapes: ``python -m training.glyphs.shapes FOLDER OUT.npz``.

``evidence/ingest/pdf/false_text/glyph_shapes.py`` holds what a PDF draws against them, to see
whether the text that the file gives for it may be true. Fonts: Tinos and Arimo (Apache 2.0; of the widths and nearly
the shapes of Times New Roman and Arial), Cousine, DejaVu (Bitstream Vera). Folder: ``/usr/share/fonts/truetype``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from evidence.ingest.pdf.false_text.glyph_shapes import CAPITALS, FIGURES, blur_outlines, outline_shape

SIZE = 36  # pixels
FAMILIES = (
    "Tinos-",
    "Arimo-",
    "Cousine-",
    "DejaVuSans-Bold.",
    "DejaVuSans.",
    "DejaVuSans-Oblique",
    "DejaVuSerif-Bold.",
    "DejaVuSerif.",
    "DejaVuSerif-Italic",
)


def draw(font: Path, letter: str) -> bytes | None:
    """The shape of one letter; ``None`` for one that is too wide."""
    picture = Image.new("L", (2 * SIZE, 2 * SIZE), 255)
    ImageDraw.Draw(picture).text((SIZE // 2, 5), letter, font=ImageFont.truetype(str(font), SIZE), fill=0)
    shape = outline_shape(np.asarray(picture))
    return None if shape is None else (255 * blur_outlines([shape])[0]).round().astype(np.uint8).tobytes()


def main(folder: Path, out: Path) -> None:
    """Shapes of every letter in every font of these families, each shape once."""
    fonts = [file for file in sorted(folder.rglob("*.ttf")) if file.name.startswith(FAMILIES)]
    drawn = {(letter, draw(font, letter)) for letter in FIGURES + CAPITALS for font in fonts}
    kept = sorted((letter, shape) for letter, shape in drawn if shape is not None)
    shapes = np.array([np.frombuffer(shape, np.uint8) for _, shape in kept])
    np.savez_compressed(out, letters=np.array([ord(letter) for letter, _ in kept], np.uint32), shapes=shapes)
    print(f"{len(fonts)} fonts, {len(kept)} shapes, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
