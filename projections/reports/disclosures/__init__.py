"""The report on disclosures and the days until them."""
