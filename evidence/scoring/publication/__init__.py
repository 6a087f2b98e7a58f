"""What is published of a year's points, and what is wrong with tables that were published. Pure."""
