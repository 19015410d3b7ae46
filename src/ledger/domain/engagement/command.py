"""Base class of the commands on an existing engagement. Its first argument is the reference of the engagement."""

from typing import Annotated

import msgspec

from ledger.domain.fields import EngagementRef
from ledger.domain.kernel import Command


class EngagementCommand(Command, frozen=True):
    """A command on an existing engagement."""

    stream_kind = "engagement"
    key = "engagement"

    engagement: Annotated[EngagementRef, msgspec.Meta(extra={"argument": True})]
