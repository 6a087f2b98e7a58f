"""Tantivy: the engine for archives that outgrow Whoosh."""
