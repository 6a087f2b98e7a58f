"""Lost points and their reasons: from findings, decisions and surveys, and from what a report says of itself. Pure."""
