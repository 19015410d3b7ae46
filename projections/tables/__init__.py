"""The tables of the projections, and how rows get into them."""
