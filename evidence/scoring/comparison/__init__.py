"""Year against year: results read from tables, crosswalks between sets and units, what rose and what fell. Pure."""
