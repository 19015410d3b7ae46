"""The random histories of the property tests reach every type of event."""

import random
from collections import Counter
from pathlib import Path

from ledger.domain.registry import COMMANDS, EVENTS
from ledger.format.entry import read
from tests.projections.histories import EPISODES, VERBS, play, steps

STORIES, LENGTH = 10, 60


def test_every_command_is_a_verb_of_the_stories() -> None:
    """Every command is a verb of the stories; `import` is the only verb that is no command."""
    assert set(COMMANDS) - {"ledger open"} == set(VERBS) - {"import"}


def test_every_type_of_event_is_reached(tmp_path: Path) -> None:
    """The stories of a fixed seed together have every type of event."""
    chance = random.Random("stories/9")  # noqa: S311 - the same stories each time
    reached: Counter[str] = Counter()
    for number in range(STORIES):
        episodes = [steps(chance.choice(EPISODES), *(chance.randrange(12) for _ in range(4))) for _ in range(LENGTH)]
        folder = tmp_path / str(number)
        folder.mkdir()
        ledger = play([step for episode in episodes for step in episode], folder)
        reached.update({read(data).event.tag() for _, data in ledger.store.entries()})
        ledger.close()
    assert set(EVENTS) == set(reached)
