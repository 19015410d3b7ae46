"""Parameters of the controls: versions that an organisation adopts, each a file whose whole text the log holds."""
