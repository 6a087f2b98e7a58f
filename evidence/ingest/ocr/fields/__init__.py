"""Further looks at the places of a scanned page where fields stand."""
