"""Which part of the page a line belongs to (Nghị định 30/2020/NĐ-CP, Phụ lục I), and the text that results."""
