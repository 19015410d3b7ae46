"""All projections: importing this module registers them. One line here admits a module."""

from projections import disclosed, engagements, moneys, orders, parameters, parties
from projections.rows import PROJECTORS

MODULES = (parties, engagements, orders, moneys, disclosed, parameters)

__all__ = ["MODULES", "PROJECTORS"]
