"""Office packages (ECMA-376 part 2, OPC): which kind of document a ZIP is, its parts, how they refer to each other."""
