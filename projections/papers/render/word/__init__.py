"""The parts of a Word document: styles, lines, tables, drawings, pages, and the package that holds them."""
