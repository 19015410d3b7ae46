"""The error of a file that cannot be read back."""


class NotReadable(ValueError):
    """A file is damaged, is too large, or is no document of a ledger; the sentence says which."""
