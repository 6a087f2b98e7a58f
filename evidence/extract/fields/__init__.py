"""One file a field of the record: each takes its value from its place on the page, with the proof."""
