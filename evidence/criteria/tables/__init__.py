"""What the tables of annexes and plans have in common: the words of their headers."""
