"""Reports that prove themselves: a report in a folder with the log that it was made from, and what checks it."""
