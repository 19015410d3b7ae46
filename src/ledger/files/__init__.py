"""Files beside the log: attachments, atomic writes, locks, and folders read without following links."""
