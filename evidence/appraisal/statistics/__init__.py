"""What papers state in numbers: in sentences, in rows of tables, and sums that they take apart. Pure."""
