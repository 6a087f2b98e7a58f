"""How far values may be believed: other places of the document, the envelope, the grammar of the field."""
