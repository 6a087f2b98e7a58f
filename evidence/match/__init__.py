"""Criteria + records + a date -> findings. Pure: today is an argument; no file is opened, no argument filled."""
