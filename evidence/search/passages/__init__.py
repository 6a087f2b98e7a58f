"""What is shown of a hit: where on its pages stands what was looked for."""
