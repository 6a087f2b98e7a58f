"""Page images before OCR: upright, flat, even light, without borders and seals."""
