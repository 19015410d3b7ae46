"""The tables of the projections, and bulk writes into them."""
