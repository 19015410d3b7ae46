"""`ledger compliance`: engagements judged by the guidelines that were in force on the day of each case."""

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from cli.filters.columns import Kind, ListColumn
from cli.lazy import LazyGroup
from cli.nouns.list_columns import ENGAGEMENT
from cli.nouns.party_names import LedgerNames, engagement_state
from cli.options.as_of import View, reading, viewing
from cli.options.listing import Asked, Selection, list_options, show_list
from cli.options.unit import check_units, is_of_unit
from cli.output.tables import Column, show_rows
from cli.session import Session, pass_session

if TYPE_CHECKING:
    from projections.compliance.verdicts import Verdict
    from projections.compliance.versions import Versions

STATUSES = ("not met", "late", "cannot be judged", "due", "waived", "met", "does not apply")
"""All verdicts, the gravest first."""
COLUMNS = (
    ENGAGEMENT, ListColumn("set"), ListColumn("symbol"), ListColumn("rule"), ListColumn("title"), ListColumn("facet"),
    ListColumn("severity", Kind.CHOICE, values=("low", "medium", "high")), ListColumn("moment"), ListColumn("case"),
    ListColumn("on", Kind.DAY), ListColumn("status", Kind.CHOICE, values=STATUSES), ListColumn("due_on", Kind.DAY),
    ListColumn("days", Kind.NUMBER), ListColumn("found"), ListColumn("missing", Kind.TEXTS), ListColumn("unit"),
    ListColumn("source"), ListColumn("entries", Kind.TEXTS),
)  # fmt: skip
SCREEN = [Column("engagement"), Column("what", "rule and case"), Column("status"), Column("by"), Column("found")]
COUNTED = ("not met", "late", "cannot be judged", "due", "waived", "met")
"""The verdicts that the overview counts; where a rule does not apply, there is nothing to count."""


class ComplianceGroup(LazyGroup):
    """A group of which the words after its name are an engagement, unless they are one of its commands."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Resolve a command; other words are those of the list."""
        return super().resolve_command(ctx, args if args[0] in self.table else ["list", *args])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words; without any, the list is meant."""
        is_help = bool(args) and args[0] in ctx.help_option_names
        return super().parse_args(ctx, args if is_help or (args and args[0] in self.table) else ["list", *args])


compliance = ComplianceGroup(
    "compliance",
    table={
        "list": ("cli.commands.comply.compliance:list_", "Judge an engagement, or count the verdicts on all."),
        "explain": ("cli.commands.comply.compliance_explain:explain", "Say why a verdict is what it is."),
    },
    help="""Compliance: engagements judged by the guidelines that were in force on the day of each case.

    'ledger compliance' alone counts the verdicts of each rule; with an engagement or a filter it lists them.

    \b
    Examples:
      ledger compliance
      ledger compliance IDS-2026-001
      ledger compliance --status 'not met' --unit IDS
      ledger compliance explain IDS-2026-001 analysis
    """,
    short_help="Engagements judged by the guidelines in force.",
)


@click.command("list")
@click.argument("engagement", required=False)
@click.option("--rule", metavar="ID", help="Only this rule.")
@click.option("--status", multiple=True, type=click.Choice(STATUSES), help="Only these verdicts; may be repeated.")
@click.option("--facet", metavar="FACET", help="Only rules of this facet.")
@click.option("--unit", metavar="UNIT", help="Only engagements of this unit.")
@list_options(COLUMNS)
@reading()
@pass_session
def list_(
    session: Session,
    /,
    engagement: str | None,
    rule: str | None,
    status: tuple[str, ...],
    facet: str | None,
    unit: str | None,
    on: str | None,
    known_at: str | None,
    form: str | None,
    **asked: Any,
) -> None:
    """Judge an engagement by the guidelines, or count the verdicts on all engagements, rule by rule.

    Without an engagement and without a filter it counts. What does not apply is listed only if it is asked for.

    \b
    Example:
      ledger compliance --status 'not met' --on 2026-12-31
    """
    from projections.compliance.listing import row, sorted_rows, units
    from projections.compliance.verdicts import Court
    from projections.compliance.versions import NoGuidelines, Versions

    wanted, wanted_units = Asked(**asked), [unit] if unit is not None else []
    wanted.check_output(form)
    with viewing(session, on, known_at, form) as view, view.queries() as queries:
        own = queries if engagement is None else queries.within([engagement])
        if engagement is not None and engagement not in own.statuses():
            engagement_state(view, engagement)  # which says what may be meant
        versions = Versions.recorded(queries)
        if not versions:
            raise NoGuidelines
        versions.check_known(rule, facet)
        check_units(queries, wanted_units)
        court = Court(queries, versions)
        refs = [engagement] if engagement is not None else sorted(queries.statuses())

        verdicts = court.verdicts(refs, rule_id=rule)
        if facet is not None:
            verdicts = (verdict for verdict in verdicts if verdict.rule.facet == facet)
        filters = [engagement, rule and f"rule {rule}", facet and f"facet {facet}", *status, unit and f"unit {unit}"]
        if not any((*filters, *wanted)):
            _show_counts(verdicts, versions, view)
            return
        shown = status or STATUSES[:-1]
        unit_of = units(own)
        rows = sorted_rows(
            row(verdict, view.on, unit_of)
            for verdict in verdicts
            if verdict.status in shown and (unit is None or is_of_unit(unit_of(verdict.engagement), wanted_units))
        )
        selection = Selection(wanted, COLUMNS, view.on, LedgerNames(view))
        stamp = view.stamp("; ".join(filter(None, (*filters, wanted.in_words))))
        show_list(selection.of(lambda: rows), selection, view.form, stamp, _screen(view, stamp))


def _screen(view: View, stamp: Any) -> Callable[[list[dict[str, Any]]], None]:
    def show(rows: list[dict[str, Any]]) -> None:
        counts = Counter(row["status"] for row in rows)
        note = ", ".join(f"{counts[status]} {status}" for status in STATUSES if counts[status])
        shown = [
            row | {"what": f"{row['rule']}\n{row['case'] or row['moment']} {row['on']}", "by": row["due_on"] or ""}
            for row in rows
        ]
        columns = SCREEN[1:] if len({row["engagement"] for row in rows}) == 1 else SCREEN
        show_rows(shown, columns, view.form, stamp, note=note)

    return show


def _show_counts(verdicts: "Iterator[Verdict]", versions: "Versions", view: View) -> None:
    rules = {(version.symbol, rule.id): rule for version in versions.all() for rule in version.guidelines.rules}
    found = Counter((verdict.version.entry, verdict.rule.id, verdict.status) for verdict in verdicts)
    symbols = {version.entry: version.symbol for version in versions.all()}
    counts: dict[tuple[str, str], Counter[str]] = {key: Counter() for key in rules}  # as the texts have them
    for (entry, rule, status), count in found.items():
        counts[symbols[entry], rule][status] += count
    rows: list[dict[str, Any]] = [
        {
            "symbol": symbol, "rule": rule, "title": rules[symbol, rule].title, "facet": rules[symbol, rule].facet,
            "severity": rules[symbol, rule].severity,
            **{status.replace(" ", "_"): counts[symbol, rule][status] for status in STATUSES},
        }
        for symbol, rule in counts
        if counts[symbol, rule]
    ]  # fmt: skip
    columns = [
        Column("symbol", "guidelines"), Column("rule"),
        *(Column(status.replace(" ", "_"), right=True) for status in COUNTED),
    ]  # fmt: skip
    sums = {column.key: sum(row[column.key] for row in rows) for column in columns[2:]}
    total = {"symbol": "all", "rule": "", **sums}
    note = "'ledger compliance --status \"not met\"' lists verdicts; 'explain' says why"
    show_rows(rows, columns, view.form, view.stamp(), total=total if rows else None, note=note)
