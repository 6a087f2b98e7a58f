"""PDF pages by pdfium: characters, words, tables, annotations, images for OCR."""
