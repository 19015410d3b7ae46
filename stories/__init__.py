"""A seeded synthetic history of an imaginary organisation: years of engagements, for tests, demos and measurements.

The same seed gives the same commands on every machine. Recorded at the times of the story, they give the same log and
the same root.
"""

from stories.generate import story
from stories.recording import RecordedStory, record

__all__ = ["RecordedStory", "record", "story"]
