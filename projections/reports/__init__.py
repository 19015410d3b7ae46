"""Reports: one module builds each as a model of sections, tables, charts and figures; renderings stand beside."""
