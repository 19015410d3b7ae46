"""The stored format, byte for byte: entries, their canonical form, and the keys of names."""
