"""The dossier of one engagement."""
