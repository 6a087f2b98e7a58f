"""Words with boxes -> lines in reading order; which text of a page is to be believed."""
