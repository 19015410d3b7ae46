"""Guidelines for cooperation with third parties: the language of their rules, and their adoption as versions."""
