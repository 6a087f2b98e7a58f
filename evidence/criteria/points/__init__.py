"""What a set says of its points as a whole: grades, and the parts that a published table has columns for."""
