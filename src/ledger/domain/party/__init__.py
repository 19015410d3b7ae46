"""Third parties: names, classes, identifiers, affiliations and due diligence."""
