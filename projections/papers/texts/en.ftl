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
figures-and-entries = Figures and entries
value = Value
entries-of-the-log = Entries of the log
all = All
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
word-parties = Parties
word-financial-implication = Financial implication
word-service-orders = Service orders
word-duration = Duration
word-outcomes = Outcomes
word-access = Access
word-compliance = Compliance
word-reputational = Reputational
word-strategic = Strategic
word-financial = Financial
word-operational = Operational
word-partnership-agreement = partnership agreement
word-consultancy = consultancy
word-outsourcing-contract = outsourcing contract
word-knowledge-partnership = knowledge partnership
word-memorandum = memorandum
word-member-state = Member State
word-itu-d-sector-member = ITU-D Sector Member
word-regional-or-other-international-organization = Regional or other international organization
word-multi-regions = Multi regions
word-multi-priorities = Multi-priorities
word-governmental-entities = Governmental entities
word-un-organizations = UN organizations
word-academia = Academia
word-financial-institutions = Financial institutions
word-international-and-regional-organizations = International and regional organizations
word-private-sector-incl-foundations = Private sector (incl. Foundations)
word-end = end
word-itself = itself
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
all = All
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
partnerships-background = This document reports on the partnership agreements that were signed from 1 January to 31 December { FIG("/year") }, on the partners to them, and on the contributions committed under them. Contributions are what was signed, not what was received.
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
partnerships-membership = The membership of these partners is shown in { REF("partners_by_membership") } and { REF("partners_by_membership-chart") }.
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
partnerships-trend = The number of agreements signed in a year went from { FIG($first, $last, style: "words") } in { $since } to { FIG($last, $first, style: "words") } in { FIG("/year") }. The contributions are shown in { REF("trend") } and { REF("trend-chart") }.
partnerships-way-forward-title = Way forward
partnerships-check-title = How to check this document
partnerships-left-out = { $number ->
    [one] The sums leave out one commitment, which has no rate to { $currency }.
   *[other] The sums leave out { COUNT($number) } commitments, which have no rate to { $currency }.
 }
partnerships-undated = { $number ->
    [one] The day of signature of one agreement is not recorded; it counts in no year.
   *[other] The day of signature of { COUNT($number) } agreements is not recorded; they count in no year.
 }
partnerships-agreements-title = Agreements signed in { $year }
partnerships-financial-title = Financial partners, { $year }
partnerships-top-title = Largest financial partners, { $year }
partnerships-by-type = Partners by type, { $year }
partnerships-money-by-type = Contributions of partners by type, { $year }
partnerships-money-types = What partners of each type signed is shown in { REF("money_by_type") }.
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
or-before = { " or before" }
to-day = { " to " }

# The report to the Council
council-title = Cooperation with third parties, { DAY($since) } to { DAY($until) }
council-summary = This document reports on { $engagements } from { DAY($since) } to { DAY($until) }{ $individual }. { $orders }
council-summary-engagements = { FIG("/engagements") ->
    [0] cooperation with third parties: no engagement was in force
    [one] one engagement with third parties that was in force
   *[other] { FIG("/engagements", "/individually/engagements", style: "words") } engagements with third parties that were in force
 }
council-summary-individual = { FIG("/individually/engagements") ->
    [0] { "" }
    [one] , of which one is reported individually
   *[other] , of which { FIG("/individually/engagements", "/engagements", style: "words") } are reported individually
 }
council-introduction-title = Introduction
council-introduction = The { NAME($body) } asked for a comprehensive report on cooperation with third parties that has substantial financial or strategic implications. This document reports on the period from { DAY($since) } to { DAY($until) }, as recorded on { DAY($on) }, and on what of it was disclosed to { $told }.
told-any = a body
untold-any = any body
told-body = the { NAME($body) }
council-by-guidelines = An engagement is reported individually, in { REF("individual") }, if it has substantial implications by the guidelines in force ({ $symbols }), or if that cannot be told because a fact is missing. All others are counted.
council-as-assessed = An engagement is reported individually, in { REF("individual") }, if it was assessed as having substantial financial or strategic implications. The ledger holds no guidelines in force that say which have. All others are counted.
council-findings-title = Main findings
council-in-force = { FIG("/engagements") ->
    [0] In the period, no engagement with third parties was in force.
    [one] In the period, one engagement was in force, with { $parties }. { $signed }
   *[other] In the period, { FIG("/engagements", "/signed_in_period", "/parties", style: "words") } engagements with { $parties } were in force. { $signed }
 }
council-parties = { FIG("/parties") ->
    [one] one third party
   *[other] { FIG("/parties", "/engagements", style: "words") } third parties
 }
council-signed = { FIG("/signed_in_period") ->
    [0] None of them was signed in the period.
    [one] One of them was signed in the period.
   *[other] Of these, { FIG("/signed_in_period", "/engagements", style: "words") } were signed in the period.
 }
council-individual = { FIG("/individually/engagements") ->
    [0] None of them is known to have substantial implications.
    [one] One of them has substantial implications, or it cannot be told whether it has; it is reported in { REF("individual") }. { $recorded }
   *[other] Of them, { FIG("/individually/engagements", "/engagements", style: "words") } have substantial implications, or it cannot be told whether they have; they are reported in { REF("individual") }. { $recorded }
 }
council-recorded = { FIG("/individually/analysed") ->
    [0] No strategic analysis of them is recorded
   *[other] A strategic analysis is recorded of { FIG("/individually/analysed", "/individually/reviewed", style: "words") }
 } and { FIG("/individually/reviewed") ->
    [0] no review.
   *[other] a review of { FIG("/individually/reviewed", "/individually/analysed", style: "words") }.
 }
council-not-known = { FIG("/materiality/not_known") ->
    [0] { "" }
    [one] For one of these, a fact is missing that would decide.
   *[other] For { FIG("/materiality/not_known", style: "words") } of these, a fact is missing that would decide.
 }
council-orders = { FIG("/orders/all") ->
    [0] No service order under these engagements is recorded.
    [one] { FIG("/orders/undisclosed") ->
        [0] The one service order under these engagements has been disclosed to { $told }.
       *[other] The one service order under these engagements has not been disclosed to { $untold }.
     }
   *[other] { FIG("/orders/undisclosed") ->
        [0] All { FIG("/orders/all", style: "words") } service orders under these engagements have been disclosed to { $told }.
        [one] Of { FIG("/orders/all", "/orders/undisclosed", style: "words") } service orders under these engagements, one has not been disclosed to { $untold }.
       *[other] Of { FIG("/orders/all", "/orders/undisclosed", style: "words") } service orders under these engagements, { FIG("/orders/undisclosed", "/orders/all", style: "words") } have not been disclosed to { $untold }.
     }
 }
council-changed = { FIG("/changed_since_disclosed") ->
    [0] Nothing that was disclosed has changed since.
    [one] In one case, what a document disclosed has changed since.
   *[other] In { FIG("/changed_since_disclosed", style: "words") } cases, what a document disclosed has changed since.
 }
council-money = The financial implications, by measure and in { $currency }, are shown in { REF("money_by_measure") }.
council-no-money = No amount with a rate to { $currency } is recorded.
council-money-title = Financial implications by measure
council-money-note = Measures are not added up: what was signed is not what was received, and what was ordered is not paid. Amounts in other currencies are converted at the rate of their own date.
council-left-out = { $number ->
    [one] The sums leave out one movement of money, which has no rate to { $currency }.
   *[other] The sums leave out { COUNT($number) } movements of money, which have no rate to { $currency }.
 }
measure-signed = Contributions signed
measure-received = Contributions received
measure-refunded = Contributions refunded
measure-in-kind = Contributions in kind
measure-ordered = Service orders issued
measure-accepted = Deliverables accepted
measure-paid = Payments made
column-measure = Measure
column-in-period = In the period
column-to-date = Since the beginning
council-compared-title = How it stood before
council-compared = This period is compared with the one before, from { DAY($since) } to { DAY($until) } as known now, in { REF("compared") }. { $last }
council-last = It also has what the last document before, { FIG("/compared/last/document") }, could show on { DAY($on) } of as long a period.
council-no-last = No document that was published to the body before is recorded.
compared-engagements = Engagements in force
compared-individually = Reported individually
compared-orders = Service orders recorded
compared-undisclosed = Service orders not disclosed
column-compared-now = This period
column-compared-before = Period before
column-compared-last = Last document
council-kinds-title = Kinds of engagement
council-kinds = The engagements in force are shown by kind in { REF("by_kind") } and { REF("by_kind-chart") }.
council-kinds-table = Engagements in force by kind
column-kind = Kind
column-in-force = In force
column-individually = Reported individually
council-disclosure-title = Service orders and their disclosure
council-undisclosed = { FIG("/undisclosed_orders") ->
    [0] No service order waits to be disclosed.
    [one] One service order has not been disclosed, also counting engagements that ended before the period; it is shown in { REF("undisclosed_orders") }.
   *[other] Also counting engagements that ended before the period, { FIG("/undisclosed_orders", style: "words") } service orders have not been disclosed. { $shown }
 }
council-shown = They are shown in { REF($table) }.
council-first-shown = The first { COUNT($number) } are shown in { REF($table) }; all are listed in { $where }.
in-page = the web page of this report
council-orders-table = Service orders not disclosed, longest first
column-engagement = Engagement
column-order = Order
column-subject = Subject
column-parties-subject = Third parties and subject
column-parties = Third parties
column-amount = Amount
column-issued-on = Issued on
column-days = Days
council-withheld = { $number ->
    [one] The source of one engagement does not disclose its amounts or service orders; they are not disclosed, not nought.
   *[other] The sources of { COUNT($number) } engagements do not disclose their amounts or service orders; they are not disclosed, not nought.
 }
council-facets = { FIG("/undisclosed_engagements") ->
    [0] Of no engagement is a fact undisclosed.
    [one] Of one engagement, something has not been disclosed ({ REF("undisclosed_facets") }).
   *[other] Of { FIG("/undisclosed_engagements", style: "words") } engagements, in force or not, something has not been disclosed ({ REF("undisclosed_facets") }).
 }
council-facets-table = Engagements of which a fact is not disclosed
column-facet = Fact
column-engagements = Engagements
column-oldest = Oldest since
council-changes-title = Changes since disclosure
council-changes-table = What is no longer as it was disclosed
column-what = What
column-last-told = Last disclosed in
column-was = It said
column-is = It is now
council-changes-first = { $number ->
    [one] One change of parties, duration or amounts under the engagements in { REF("individual") } is shown in { REF($table) }; all are listed in { $where }.
   *[other] Changes of parties, duration and amounts under the engagements in { REF("individual") } are shown in { REF($table) }, at most { COUNT($number) }; all are listed in { $where }.
 }
council-changes-first-table = Changes of parties, duration and amounts
council-compliance-title = Guidelines and compliance
council-guidelines = { FIG("/guidelines/in_force") ->
    [0] No guidelines are in force on the date of this document.
    [one] One set of guidelines is in force: { $symbols }.
   *[other] Guidelines of { FIG("/guidelines/in_force", style: "words") } sets are in force: { $symbols }.
 } { $verdicts }
council-verdicts = { FIG("/verdicts/not_met") ->
    [0] Every rule that could be judged is met{ $late }
    [one] In one case a rule is not met{ $late }
   *[other] In { FIG("/verdicts/not_met", "/verdicts/late", "/verdicts/cannot_be_judged", style: "words") } cases a rule is not met{ $late }
 }
council-late = , in { FIG("/verdicts/late", "/verdicts/not_met", "/verdicts/cannot_be_judged", style: "words") } it was met late, and { FIG("/verdicts/cannot_be_judged", "/verdicts/not_met", "/verdicts/late", style: "words") } cannot be judged.
council-waivers = { FIG("/waivers") ->
    [0] No deviation was waived.
    [one] One deviation was waived.
   *[other] { $several }
 }
council-waivers-several = Deviations were waived { FIG("/waivers", style: "words") } times.
council-compliance-table = Verdicts by rule
column-guidelines = Guidelines
column-asks = What the rule asks for
column-not-met = Not met
column-late = Late
column-cannot-be-judged = Cannot be judged
column-due = Due
column-waived = Waived
column-met = Met
council-outcomes-title = Outcomes, reviews and risks
council-outcomes = { FIG("/outcomes/planned") ->
    [0] { FIG("/outcomes/reached") ->
        [0] No outcome of these engagements is planned in the register. { $late }
        [one] No outcome of these engagements is planned in the register, and one is recorded as reached. { $late }
       *[other] No outcome of these engagements is planned in the register, and { FIG("/outcomes/reached", style: "words") } are recorded as reached. { $late }
     }
   *[other] Of { FIG("/outcomes/planned", "/outcomes/reached", style: "words") } outcomes that are planned, { FIG("/outcomes/reached", "/outcomes/planned", style: "words") } are recorded as reached. { $late }
 }
council-late-shown = What is overdue is shown in { REF("overdue-counts") }.
council-nothing-late = Nothing is overdue.
council-overdue-table = What is overdue on the date of this document
overdue-review = Reviews
overdue-outcome = Outcomes
overdue-action = Actions of reviews
overdue-screening = Screenings of third parties
column-number = Number
council-risks = The risks of these engagements, as last assessed, are shown in { REF("risks") }.
council-risks-table = Engagements by risk and rating
column-risk = Risk
column-low = Low
column-medium = Medium
column-high = High
council-conflicts-title = Conflicts of interest and corrections
council-conflicts = { FIG("/conflicts/open") ->
    [0] No party that is paid also gives to the organization without an assessment of it.
    [one] In one case a party that is paid also gives to the organization, and no assessment is recorded ({ REF("conflicts_open") }).
   *[other] In { FIG("/conflicts/open", style: "words") } cases a party that is paid, or one that it belongs together with, also gives to the organization, and no assessment is recorded. { $shown }
 }
council-conflicts-table = Possible conflicts of interest that are not assessed
column-paid = Is paid
column-gives = Gives
column-given = What it gives, and where
council-corrections = { FIG("/corrections") ->
    [0] No entry of the register was taken back in the period.
    [one] One entry of the register was taken back in the period. Entries are never changed.
   *[other] In the period, { FIG("/corrections", style: "words") } entries of the register were taken back. Entries are never changed.
 }
council-way-forward-title = Way forward
council-check-title = How to check this document
council-individual-title = Engagements reported individually
council-none-individual = No engagement is reported individually.
council-annex = Each is shown in short: dates as month/year; amounts in whole units, their currency once where it is not that of the head; the title for the purpose; in brackets the unit where the reference does not begin with it, and the service orders that are not disclosed; outcomes as reached/planned. Two dots mean that nothing is recorded. All is shown in full in { $where }. { $told }
council-annex-untold = None of these engagements has been disclosed before.
council-annex-told = Documents that first disclosed something of them: { $documents }.
council-annex-named = Whether the following have substantial implications cannot be told, because a fact is missing that would decide: { $engagements }.
council-individual-kind = Reported individually: { $kind }
council-individual-unknown = Reported individually because a fact is missing that would decide
council-individual-list-title = Engagements reported individually, in full
council-annex-role = The role of third parties is { $role } where no other is given.
nothing-known = ..
and-further = { " and " }
column-third-parties-subject = Third parties; title; unit
column-months = Duration
column-signed-received = Signed; received
column-ordered-paid = Ordered; paid
column-orders-undisclosed = Orders (not disclosed)
column-outcomes-reached = Outcomes
column-engagement-in-short = Engagement
column-duration = Duration
column-financial = Financial implication
column-orders = Service orders
column-outcomes = Outcomes
column-highest-risk = Highest risk
column-analysis-review = Analysis; review
column-told = First disclosed
short-signed = signed
short-received = received
short-refunded = refunded
short-in-kind = in kind
short-ordered = ordered
short-accepted = accepted
short-paid = paid
short-undisclosed = not disclosed
short-orders = orders
short-untold = not yet
short-planned = planned
short-no-orders = none recorded
short-not-analysed = no analysis
short-not-reviewed = no review
short-analysed = analysed { DAY($on) }
short-reviewed = reviewed { DAY($on) }
short-rating-low = low
short-rating-medium = medium
short-rating-high = high
risk-access = access
risk-compliance = compliance
risk-reputational = reputational
risk-strategic = strategic
risk-financial = financial
risk-operational = operational
council-register-title = Register of engagements
council-disclosure-list-title = What is not disclosed
council-changes-list-title = What changed since it was disclosed
check = Each figure names the entries of the log that were read for it; the web page and the workbook of this report list them. The document shows the state of { DAY($on) }; when it was made, the log had { $position } entries, with the root { $root }.
column-state = State
column-material = Substantial
column-ordered = Ordered
column-paid-amount = Paid
column-undisclosed = Not disclosed
column-since = Since

# Corrigenda
corrigendum-title = Corrigendum to { $symbol }
corrigendum-title-line = Title
corrigendum-part = Corrections
corrigendum-text = The figures of { $symbol } that are listed below in { REF("corrections") } should read as shown there. They are of the same day, as known at position { $position } of the log. All other figures stay as they are.
corrigendum-table = Figures that are corrected
corrigendum-paragraph = Paragraph { $number }
corrigendum-nothing = (nothing)
column-where = Where
column-reads = Reads
column-should-read = Should read
