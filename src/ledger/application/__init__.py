"""The application: a request contains commands, a unit of work decides them, and their entries are appended."""
