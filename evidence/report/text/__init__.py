"""Texts in reports: how wide they are, and what of them must be shown as escapes."""
