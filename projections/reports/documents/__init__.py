"""Documents to be tabled: reports composed as papers, checked, published and corrected."""
