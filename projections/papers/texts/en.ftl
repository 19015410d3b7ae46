# Messages of documents in English. A message names figures by their JSON Pointers: FIG chooses the form of words by the
# value, and prints a figure that every rendering can follow to its entries. Styles: plain, words, million, amount,
# percent, day. Further pointers are the other figures of a series, which is all in words or all in figures. NAME prints a name
# of the register, REF a reference, DAY a day, NOTE a footnote. Spelling and numbers: United Nations Editorial Manual.

# Numbers and numbering
numbers-in-words = zero one two three four five six seven eight nine
per-cent = per cent
million = million
millions = million
table = Table
figure = Figure
annex = Annex
in-text-table = table
in-text-figure = figure
in-text-annex = annex
in-text-section = section
total = Total
original = Original: { $language }
agenda-item = Agenda item { $item }
language-en = English
language-fr = French
foot = As of { DAY($on) }, position { $position }, root { $root }
draft = Draft
governing-body = Council

# Boxes
summary = Summary
action-required = Action required
references = References
action = The { NAME($body) } is invited to note this document.

# Words of the register in documents
not-recorded = not recorded
not-disclosed = not disclosed
none = none
no-membership = No membership
nothing-there = Nothing is recorded that belongs here.
in-document = document { $symbol }
agreements-in-note = agreements
money-in-note = contributions
rounding = The shares are rounded one by one and add up to { $sum } per cent.
rounding-of = The shares of { $what } are rounded one by one and add up to { $sum } per cent.

# Columns
column-type = Type
column-membership = Membership
column-partners = Partners
column-partner = Partner
column-share = Share
column-share-of-agreements = Share of agreements
column-share-of-money = Share of money
column-agreements = Agreements
column-signed = Signed
column-rank = Rank
column-region = Region
column-priority = Priority
column-year = Year
column-money-partners = Partners
column-money-organization = The organization
column-money-total = Total
column-reference = Reference
column-title = Title
column-signed-on = Signed on
column-period = Period

# The report on partnerships
partnerships-title = Partnerships and resource mobilization { $year }
partnerships-summary = This document reports on partnerships and resource mobilization in { FIG("/year") }: { FIG("/agreements") ->
    [0] no agreement was signed.
    [one] one agreement with { $partners }{ $money }.
   *[other] { FIG("/agreements", "/partners", style: "words") } agreements with { $partners }{ $money }.
 }
partnerships-partners = { FIG("/partners") ->
    [one] one partner
   *[other] { FIG("/partners", "/agreements", style: "words") } partners
 }
partnerships-contributions = { FIG($total) ->
    [0] { "" }
   *[other] , and contributions of { FIG($total, style: "million") }
 }
partnerships-background-title = Background
partnerships-background = This document reports on the partnership agreements that were signed from 1 January to 31 December { FIG("/year") }, on the partners to them, and on the contributions that they commit. Contributions are what was signed, not what was received.
partnerships-results-title = Partnerships and results of resource mobilization in { $year }
partnerships-signed = In { FIG("/year") }, { FIG("/agreements") ->
    [0] no partnership agreement was signed.
    [one] one partnership agreement was signed. { $money }
   *[other] { FIG("/agreements", "/agreements_with_contribution", style: "words") } partnership agreements were signed, { $money }
 }
partnerships-of-which = { FIG("/agreements_with_contribution") ->
    [0] none of which included financial contributions.
   *[other] of which { FIG("/agreements_with_contribution", "/agreements", style: "words") } included financial contributions totalling approximately { FIG($total, style: "million") }, with { FIG("/partner_share_percent", style: "percent") } contributed by partners and { FIG("/organization_share_percent", style: "percent") } by the organization.
 }
partnerships-one-of-which = { FIG("/agreements_with_contribution") ->
    [0] It included no financial contribution.
   *[other] It included financial contributions totalling approximately { FIG($total, style: "million") }, with { FIG("/partner_share_percent", style: "percent") } contributed by partners and { FIG("/organization_share_percent", style: "percent") } by the organization.
 }
partnerships-full-list = The full list of agreements is in { $where }.
partnerships-types-title = Partners by type
partnerships-types = { FIG("/partners") ->
    [one] These agreements were signed with one partner.
   *[other] These agreements were signed with { FIG("/partners", style: "words") } partners of different types, as shown in { REF("partners_by_type") } and { REF("partners_by_type-chart") }.
 }
partnerships-membership-title = Partners by membership
partnerships-membership = How these partners belong to the organization is shown in { REF("partners_by_membership") } and { REF("partners_by_membership-chart") }.
partnerships-money-title = Financial partners
partnerships-top = { FIG("/partners_with_contribution") ->
    [0] No partner signed a financial contribution in { FIG("/year") }.
    [one] One of these partners signed financial contributions, of { FIG($partner-money, style: "million") }.
   *[other] { $several }
 }
partnerships-top-several = Of the partners, { FIG("/partners_with_contribution", "/partners", style: "words") } signed financial contributions totalling approximately { FIG($partner-money, style: "million") }. The largest are named in { REF("top10") } and drawn in { REF("top10-chart") }; all are listed in { $where }.
partnerships-regions-title = Regions
partnerships-regions = Agreements and contributions by region are shown in { REF("regions") } and { REF("regions-chart") }.
partnerships-priorities-title = Priorities
partnerships-priorities = Agreements and contributions by priority are shown in { REF("priorities") } and { REF("priorities-chart") }.
partnerships-several = An agreement in several counts in each of them, so the shares of agreements add up to more than 100 per cent. Its contributions are shared out.
partnerships-trend-title = Five-year trend
partnerships-trend = The number of agreements signed in a year was { FIG($first, $last, style: "words") } in { $since } and { FIG($last, $first, style: "words") } in { FIG("/year") }. The contributions are shown in { REF("trend") } and { REF("trend-chart") }.
partnerships-way-forward-title = Way forward
partnerships-check-title = How to check this document
partnerships-check = Each figure names the entries of the log that were read for it; the web page and the workbook of this report list them. The log had { $position } entries, with the root { $root }, on { DAY($on) }.
partnerships-left-out = { $number ->
    [one] One commitment has no rate to { $currency } and is not in the sums.
   *[other] { $number } commitments have no rate to { $currency } and are not in the sums.
 }
partnerships-undated = { $number ->
    [one] The day of signature of one agreement is not recorded; it counts in no year.
   *[other] The day of signature of { $number } agreements is not recorded; they count in no year.
 }
partnerships-agreements-title = Agreements signed in { $year }
partnerships-financial-title = Financial partners, { $year }
partnerships-top-title = Largest financial partners, { $year }
partnerships-by-type = Partners by type, { $year }
partnerships-by-membership = Partners by membership, { $year }
partnerships-by-region = Agreements and contributions by region, { $year }
partnerships-by-priority = Agreements and contributions by priority, { $year }
partnerships-by-year = Agreements and signed contributions, { $since }–{ $until }
partnerships-trend-chart = Signed contributions, { $since }–{ $until }, { $currency } million
partnerships-region-chart = Contributions by region, { $year }, { $currency }
partnerships-priority-chart = Contributions by priority, { $year }, { $currency }
column-payer = Payer
payer-partners = Partners
payer-organization = The organization
to-day = { " to " }
