"""Documents to be tabled: a paper is data, its numbers and references are given once, and renderers only lay out."""
