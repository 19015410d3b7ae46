"""The figures of a document read out of its file, with the standard library alone."""
