"""The commands on plans of work."""
