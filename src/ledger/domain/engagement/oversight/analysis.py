"""Strategic analysis and materiality of an engagement."""

from collections.abc import Iterator
from typing import Annotated

import msgspec

from ledger.domain.engagement.command import EngagementCommand
from ledger.domain.engagement.state import Engagement
from ledger.domain.errors import LedgerError
from ledger.domain.fields import Amount, DocumentSymbol, LongText, about, checked_reference
from ledger.domain.kernel import DecisionContext, Event, Fact
from ledger.domain.money import Money
from ledger.domain.refusals import MissingField

YES, NO = "yes", "no"
ANALYSIS = "strategic analysis"
MATERIALITY = "materiality"
"""Names of the facts whose values are the latest `AnalysisRecorded` and `MaterialityAssessed`."""
THRESHOLD = "materiality.threshold"
"""The setting that says from which value on an engagement is financially material."""


class BadAnswer(LedgerError):
    """The answer to a question is neither yes nor no."""

    code = "bad-answer"

    def __init__(self, text: str) -> None:
        """Refuse the answer `text`."""
        super().__init__(f"'{text}' is neither yes nor no.", "Answer yes or no; leave out what was not assessed.")


class AgainstThreshold(LedgerError):
    """The given financial materiality contradicts the threshold in force."""

    code = "against-threshold"

    def __init__(self, value: Money, threshold: Money, given: str) -> None:
        """Refuse `given`, since `value` and `threshold` say the opposite."""
        side = "not less" if value.minor >= threshold.minor else "less"
        super().__init__(
            f"{value} is {side} than the threshold of {threshold}, so financially material cannot be '{given}'.",
            f"Leave out --financial, or change the threshold first: 'ledger setting change {THRESHOLD}'.",
        )


class AnalysisRecorded(Event, tag="analysis.recorded", frozen=True):
    """A strategic analysis compared options and came to a conclusion; `document` is where it can be read."""

    conclusion: str
    options: tuple[str, ...] = ()
    document: str | None = None

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the engagement exists. Raises ForbiddenTransition."""
        state.check_exists(fact)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Set the analysis from the effective date on."""
        state.put(ANALYSIS, self, fact)

    def __str__(self) -> str:
        options = f" (options: {'; '.join(self.options)})" if self.options else ""
        document = f", {self.document}" if self.document else ""
        return f"{self.conclusion}{options}{document}"


class MaterialityAssessed(Event, tag="materiality.assessed", frozen=True):
    """The materiality of the engagement was assessed: financial, strategic, and why.

    `value` was compared with `threshold`, the one in force (setting `materiality.threshold`).
    """

    why: str
    financial: str | None = None
    strategic: str | None = None
    value: Money | None = None
    threshold: Money | None = None

    def validate(self, state: Engagement, fact: Fact) -> None:
        """Check that the engagement exists, and that the answers are valid and agree with the threshold.

        Raises ForbiddenTransition, BadAnswer, AgainstThreshold.
        """
        state.check_exists(fact)
        for answer in (self.financial, self.strategic):
            if answer not in (None, YES, NO):
                raise BadAnswer(str(answer))
        if self.financial and self.value and self.threshold and self.value.currency == self.threshold.currency:
            reached = YES if self.value.minor >= self.threshold.minor else NO
            if self.financial != reached:
                raise AgainstThreshold(self.value, self.threshold, self.financial)

    def evolve(self, state: Engagement, fact: Fact) -> None:
        """Set the assessment from the effective date on."""
        state.put(MATERIALITY, self, fact)

    def __str__(self) -> str:
        answers = [f"financial {self.financial}"] if self.financial else []
        answers += [f"strategic {self.strategic}"] if self.strategic else []
        compared = f" ({self.value} against {self.threshold})" if self.value and self.threshold else ""
        return f"{', '.join(answers)}{compared}: {self.why}"


class RecordAnalysis(EngagementCommand, tag="analysis record", frozen=True):
    """Record the strategic analysis of an engagement: the options and the conclusion."""

    example = "IDS-2026-001 'Outsource: the skill is needed once' --option 'Own staff' --option 'Outsource'"

    conclusion: Annotated[LongText, msgspec.Meta(description="the conclusion", extra={"argument": True})]
    options: Annotated[
        tuple[LongText, ...],
        msgspec.Meta(description="an option compared; may be repeated", extra={"as": "texts", "option": "option"}),
    ] = ()
    document: Annotated[DocumentSymbol, msgspec.Meta(description="symbol of the document that contains it")] | None = (
        None
    )

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the analysis. Raises UnknownEngagement, BadReference."""
        context.engagement(self.engagement)
        document = self.document and checked_reference(self.document)
        yield AnalysisRecorded(conclusion=self.conclusion, options=self.options, document=document)


class AssessMateriality(EngagementCommand, tag="materiality assess", frozen=True):
    """Record whether an engagement is material, financially or strategically, and why.

    With --value, the threshold in force (setting materiality.threshold) decides whether it is financially material.
    """

    example = "IDS-2026-001 --strategic yes --value 'USD 250000.00' --why 'It shapes the strategic plan'"

    why: Annotated[LongText, msgspec.Meta(description="why")]
    financial: Annotated[str, about("is it financially material?", choices=(YES, NO))] | None = None
    strategic: Annotated[str, about("is it strategically material?", choices=(YES, NO))] | None = None
    value: Annotated[Amount, msgspec.Meta(description="the value to compare with the threshold")] | None = None

    def decide(self, state: Engagement, context: DecisionContext) -> Iterator[Event]:
        """Yield the assessment, with the threshold in force if it is in the currency of the value.

        Raises UnknownEngagement, BadAmount, MissingField.
        """
        context.engagement(self.engagement)
        value = self.value.checked() if self.value else None
        setting = context.setting(THRESHOLD, context.effective_on)
        threshold = Money.parse(setting) if setting and value and setting.startswith(f"{value.currency} ") else None
        financial = self.financial
        if financial is None and value and threshold:
            financial = YES if value.minor >= threshold.minor else NO
        if financial is None and self.strategic is None:
            raise MissingField("strategic", "say whether it is strategically material, or financially (--financial)")
        yield MaterialityAssessed(
            why=self.why, financial=financial, strategic=self.strategic, value=value, threshold=threshold
        )
