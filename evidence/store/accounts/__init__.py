"""Accounts of the service: who may sign in, their sessions, and attempts that failed."""
