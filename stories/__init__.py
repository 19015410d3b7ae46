"""A seeded story of an organisation that there is not: years of engagements, for reports to be looked at and measured.

The same seed gives the same commands, and recorded at the times of the story, the same log and root, on every machine.
"""

from stories.recording import Told, record
from stories.telling import story

__all__ = ["Told", "record", "story"]
