"""Third parties: names, ties between them, due diligence."""
