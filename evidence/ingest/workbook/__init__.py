"""What a workbook (ECMA-376, SpreadsheetML) shows: number formats, styles, strings, cells, text boxes."""
