"""The citation graph of an archive: what rests on what, what is in force, what is cited and not handed in."""
