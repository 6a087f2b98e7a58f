"""The audit as people read it: pages of it, all of it as lines, whether it is whole."""
