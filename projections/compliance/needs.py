"""What becomes of the need of a rule in a case where the rule applies."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from ledger.domain.dates import days_after
from ledger.domain.errors import listed
from ledger.domain.guidelines.language import Need
from ledger.domain.guidelines.vocabulary import FACTS
from projections.compliance.cases import Case, ended_on
from projections.compliance.conditions import party_fits, percent_text, rise
from projections.compliance.disclosing import disclosed
from projections.compliance.outcomes import (
    DUE,
    LATE,
    MET,
    NOT_APPLICABLE,
    NOT_MET,
    UNKNOWN,
    Outcome,
    either,
    every,
)
from projections.compliance.records import Record
from projections.tables import named as schema
from projections.tables.words import APPROVED_BY, SUBMITTED_TO

WITHHELD_WITH = {"ends_on": "duration", "outcome": "outcomes", "outcome-planned": "outcomes", "ceiling": "financials"}
"""The facet with which a source withholds a fact."""


class Candidate(NamedTuple):
    """Something recorded that may be what a rule needs: its day, its entry, until when it is valid, and its values."""

    on: str
    entry: int
    said: str
    valid_until: str = ""
    values: tuple[tuple[str, str], ...] = ()


def outcome_of(record: Record, case: Case, need: Need) -> Outcome:
    """Return what becomes of a need in a case."""
    special = _SPECIAL.get("every_days" if need.every_days is not None else need.fact)
    return special(record, case, need) if special is not None else _plain(record, case, need)


def _any(record: Record, case: Case, need: Need) -> Outcome:
    return either(outcome_of(record, case, part) for part in need.parts)


def _at_most(record: Record, case: Case, need: Need) -> Outcome:
    first, now, entries = rise(record, case)
    status = NOT_MET if (now - first) * 100 > first * need.percent else MET
    return Outcome(status, case.on, f"grown by {percent_text(first, now)}", entries)


def _risk(record: Record, case: Case, need: Need) -> Outcome:
    """Return the outcome of assessing each of the risks that the rule names, or any."""
    outcomes = {}
    for kind in need.kinds or ("",):
        name = f"assessment of {f'the {kind}' if kind else 'a'} risk"
        outcomes[kind] = _found(record, case, need, name, _risks(record, kind), _stream(record))
    outcome = every(outcomes.values())
    missing = [kind for kind, own in outcomes.items() if own.status == outcome.status and not own.entries]
    return outcome._replace(said=f"no assessment of {listed(missing, 'and')} risk") if len(missing) > 1 else outcome


def _plain(record: Record, case: Case, need: Need) -> Outcome:
    name = FACTS[need.fact].means
    outcome = _found(record, case, need, name, _CANDIDATES[need.fact](record), _stream(record))
    facet = WITHHELD_WITH.get(need.fact)
    facets, entry = record.withheld(record.on)
    if outcome.status in (NOT_MET, DUE) and facet in facets:
        missing = f"the {facet}, which the source withholds"
        return Outcome(UNKNOWN, outcome.due_on, f"{_bare(name)}: withheld by the source", (entry,), (missing,))
    return outcome


def _stream(record: Record) -> str:
    return f"engagement/{record.ref}"


def _fits(need: Need, candidate: Candidate, case: Case) -> bool:
    values = dict(candidate.values)
    if any(values.get(name) not in wanted for name, wanted in need.where):
        return False
    if candidate.valid_until and candidate.valid_until < case.on:
        return False
    return need.age_days is None or candidate.on >= days_after(case.on, -need.age_days)


def _found(
    record: Record, case: Case, need: Need, name: str, candidates: Iterable[Candidate], searched: str
) -> Outcome:
    """Return the outcome of a need from what is recorded that may be it."""
    deadline = case.on if need.after_days is None else days_after(case.on, need.after_days)
    fitting = [candidate for candidate in candidates if _fits(need, candidate, case)]
    in_time = [candidate for candidate in fitting if candidate.on <= deadline]
    if in_time:
        last = in_time[-1]
        if not case.is_dated and last.entry != case.entry:
            missing = "the day of signature, which is not recorded"
            return Outcome(UNKNOWN, deadline, f"{last.said} on {last.on}", (last.entry, case.entry), (missing,))
        return Outcome(MET, deadline, f"{last.said} on {last.on}", (last.entry,))
    if fitting:
        first = fitting[0]
        return Outcome(LATE, deadline, f"{first.said} on {first.on}", (first.entry,))
    is_open = need.after_days is not None and record.on <= deadline
    return Outcome(DUE if is_open else NOT_MET, deadline, f"no {_bare(name)}", (), (), (searched,))


def _bare(name: str) -> str:
    for article in ("a ", "an ", "the "):
        if name.startswith(article):
            return name[len(article) :]
    return name


# What is recorded of each fact.


def _facts(fact: str, text: str) -> Callable[[Record], list[Candidate]]:
    def candidates(record: Record) -> list[Candidate]:
        values = record.held(fact)
        texts = [f"{text}: {item.value}" if fact == "basis" else text for item in values]
        return [
            Candidate(item.on, item.entry, own, values=(("in", item.value),))
            for item, own in zip(values, texts, strict=True)
        ]

    return candidates


def _risks(record: Record, kind: str) -> list[Candidate]:
    return [
        Candidate(row.effective_on, row.entry, f"{row.risk} risk assessed")
        for row in record.rows(schema.risks) if kind in ("", row.risk)
    ]  # fmt: skip


def _rows(table: Any, said: str, status: str = "") -> Callable[[Record], list[Candidate]]:
    def candidates(record: Record) -> list[Candidate]:
        return [
            Candidate(row.effective_on, row.entry, said)
            for row in record.rows(table) if not status or row.status == status
        ]  # fmt: skip

    return candidates


def _steps(status: str, said: str, by: str) -> Callable[[Record], list[Candidate]]:
    def candidates(record: Record) -> list[Candidate]:
        authorities = {item.entry: item.value for item in record.held(by)}
        steps = [step for step in record.held("status") if step.value == status]
        found = [_step(step.on, step.entry, said, authorities.get(step.entry)) for step in steps]
        rows = record.rows(schema.approvals) if status == "approved" else ()
        found += [_step(row.effective_on, row.entry, "approved elsewhere", row.authority) for row in rows]
        return sorted(found, key=lambda candidate: (candidate.on, candidate.entry))

    return candidates


def _step(on: str, entry: int, said: str, authority: str | None) -> Candidate:
    if authority is None:
        return Candidate(on, entry, said)
    return Candidate(on, entry, f"{said} by {authority}", values=(("authority", authority),))


_CANDIDATES: dict[str, Callable[[Record], list[Candidate]]] = {
    "analysis": _facts("analysis", "strategic analysis"),
    "materiality": _facts("materiality", "materiality assessed"),
    "approval": _steps("approved", "approved", APPROVED_BY),
    "submission": _steps("under review", "submitted for review", SUBMITTED_TO),
    "review": _rows(schema.reviews, "review held", "held"),
    "outcome-planned": _rows(schema.outcomes, "outcome planned", "planned"),
    "outcome": _rows(schema.outcomes, "outcome reached", "reached"),
    "document": _rows(schema.documents, "document attached"),
    "basis": _facts("basis", "basis"),
    "objective": _facts("objective", "objective recorded"),
    "ends_on": _facts("ends_on", "end of the period recorded"),
    "ceiling": _facts("ceiling", "ceiling recorded"),
}


def _of_parties(record: Record, case: Case, need: Need) -> Outcome:
    """Return the outcome of a check that every party must have that fits what the rule says."""
    kind = "due diligence" if need.fact == "diligence" else "screening"
    parties, names = record.parties(case.on)
    outcomes: dict[str, Outcome] = {}
    read = {names} - {0}
    for party, role in parties:
        if need.of is not None:
            fits = party_fits(party, role, names, need.of, case.on)
            read.update(fits.entries)
            if fits.holds is False:
                continue
            if fits.holds is None:
                outcomes[party.ref] = Outcome(UNKNOWN, "", fits.said, fits.entries, fits.missing)
                continue
        candidates = [
            Candidate(
                row.effective_on, row.entry, f"{kind} of {party.ref} ({row.name}): {row.result}", row.valid_until,
                (("outcome", row.result), ("level", row.name), ("result", row.result), ("list", row.name)),
            )
            for row in party.checks if row.kind == kind
        ]  # fmt: skip
        found = _found(record, case, need, f"{kind} of {party.ref}", candidates, f"party/{party.ref}")
        outcomes[party.ref] = found
    if not outcomes:
        return Outcome(NOT_APPLICABLE, "", "no party is of those that the rule names", tuple(sorted(read)))
    return _citing(every(outcomes.values()), read)


def _citing(outcome: Outcome, more: Iterable[int]) -> Outcome:
    return outcome._replace(entries=tuple(sorted({*outcome.entries, *more})))


def _conflicts(record: Record, case: Case, need: Need) -> Outcome:
    """Return the outcome of assessing every conflict of interest that was declared by the day of the case."""
    rows = record.rows(schema.conflicts)
    declared = [row for row in rows if not row.outcome and row.effective_on <= case.on]
    if not declared:
        return Outcome(MET, case.on, "no conflict of interest is declared", (), (), (_stream(record),))
    outcomes = []
    for conflict in declared:
        candidates = [
            Candidate(row.effective_on, row.entry, f"conflict {row.conflict} assessed", "", (("outcome", row.outcome),))
            for row in rows if row.outcome and row.conflict == conflict.conflict
        ]  # fmt: skip
        name = f"assessment of conflict {conflict.conflict}"
        outcomes.append(_found(record, case, need, name, candidates, _stream(record)))
    return _citing(every(outcomes), (row.entry for row in declared))


def _repeated(record: Record, case: Case, need: Need) -> Outcome:
    """Return the outcome of reviews that are held again and again from the case on, while the engagement runs.

    The end shows it where the outcome would be another without it: reviews after it would count, or time would go on.
    """
    days = need.every_days or 0
    end = ended_on(record)
    until = record.on if end is None else min(end.on, record.on)
    anchor, entries, gaps, is_held_later = case.on, list[int](), list[str](), False
    for row in record.rows(schema.reviews):
        if row.status == "held" and case.on <= row.effective_on <= until:
            if row.effective_on > days_after(anchor, days):
                gaps.append(days_after(anchor, days))
            anchor = row.effective_on
            entries.append(row.entry)
        is_held_later = is_held_later or (row.status == "held" and until < row.effective_on <= record.on)
    deadline = days_after(anchor, days)
    said = f"{len(entries)} reviews held" if len(entries) != 1 else "1 review held"
    said += f", the last on {anchor}" if entries else ""
    ending = () if end is None else (end.entry,)
    if until > deadline:
        shown = (*entries, *ending) if is_held_later else tuple(entries)
        return Outcome(NOT_MET, deadline, said, shown, (), (_stream(record),))
    if gaps:
        shown = (*entries, *ending) if is_held_later or record.on > deadline else tuple(entries)
        return Outcome(LATE, gaps[0], f"{said}; none by {gaps[0]}", shown)
    if end is None and not entries:
        return Outcome(DUE, deadline, said, (), (), (_stream(record),))
    if not entries:
        return Outcome(MET, "", f"ended on {until}, before a review was due", ending)
    return Outcome(MET, deadline if end is None else "", said, (*entries, *ending))


_SPECIAL: dict[str, Callable[[Record, Case, Need], Outcome]] = {
    "any": _any, "at_most_percent": _at_most, "disclosed": disclosed, "every_days": _repeated, "risk": _risk,
    "diligence": _of_parties, "screening": _of_parties, "conflict": _conflicts,
}  # fmt: skip
"""Needs that are more than one fact of the engagement."""
