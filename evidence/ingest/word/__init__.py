"""What a Word document (ECMA-376, WordprocessingML) shows: blocks, runs, styles, automatic numbers, inserted files."""
