"""What an annex words as evidence, read into proposed requirements."""
