"""What can be done with an archive: the facade and its use cases, the only thing the doors know."""
