"""Citations of other documents in the running text: number, date, issuer, relation."""
