"""Criteria + records + a date -> findings. Pure: today is an argument; only ``criteria.load`` opens a file."""
