"""One file an OCR engine or recogniser of rows."""
