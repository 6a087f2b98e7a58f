"""A citation graph for machines (JSON, GraphML), for the eye (SVG) and for the terminal."""
