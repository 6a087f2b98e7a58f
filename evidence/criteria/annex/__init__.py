"""The tables of an official annex -> a criteria set. Pure: pages with tables in, criteria or faults out."""
