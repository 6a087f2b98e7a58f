"""Jobs of the worker for people and machines."""
