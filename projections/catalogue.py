"""All projections: importing this module registers them. One line here admits a module."""

from projections import disclosed, engagements, facets, moneys, orders, parameters, parties, supervision
from projections.rows import PROJECTORS

MODULES = (parties, engagements, supervision, orders, moneys, facets, disclosed, parameters)

__all__ = ["MODULES", "PROJECTORS"]
