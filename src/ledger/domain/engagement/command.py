"""What the commands on an engagement have in common: they name it first."""

from typing import Annotated

import msgspec

from ledger.domain.fields import EngagementRef
from ledger.domain.kernel import Command


class EngagementCommand(Command, frozen=True):
    """A command on an engagement that is there."""

    stream_kind = "engagement"
    key = "engagement"

    engagement: Annotated[EngagementRef, msgspec.Meta(extra={"argument": True})]
