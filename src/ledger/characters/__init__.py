"""Characters: which a text may have, which cannot be seen, and which texts look alike. It knows no entries."""
