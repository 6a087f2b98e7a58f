"""Accounts of the service: adding people, signing in, what each of them sees."""
