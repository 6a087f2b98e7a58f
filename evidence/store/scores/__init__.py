"""What is kept of a scoring year: surveys as they were counted, rounds that were frozen."""
