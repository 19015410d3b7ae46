"""The document to the Council: its sentences and tables, and the annex of engagements one by one."""
