"""Findings and records for people and machines: terminal, JSON Lines, CSV, one self-contained HTML page, workbook."""
