"""Files next to the log: attachments, atomic writes, locks, and folders read without following links."""
