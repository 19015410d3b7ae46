"""Reports: each package builds a model of sections, tables, charts and figures; `render` turns it into a document."""
