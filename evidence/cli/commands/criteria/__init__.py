"""Commands on criteria sets: ``criteria validate, import, list, show``."""
