"""What a number, a date, an agency and a kind of document are. Knows no documents."""
