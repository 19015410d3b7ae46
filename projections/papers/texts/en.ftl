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
colon = :
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
word-no-conflict = no conflict
word-mitigated = mitigated
word-accepted = accepted
word-not-acceptable = not acceptable
word-not-assessed = not assessed
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
partnerships-top-several = Of the partners, { FIG("/partners_with_contribution", "/partners", style: "words") } signed financial contributions totalling approximately { FIG($partner-money, style: "million") }. The largest are named in { REF("top10") } and drawn in { REF("top10-chart") }; all are in { $where }.
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
council-introduction = The { NAME($body) } asked for a comprehensive report on cooperation with third parties that has substantial financial or strategic implications. This document reports on the period from { DAY($since) } to { DAY($until) }, as of { DAY($on) }, and on what of it was disclosed to { $told }.
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
    [0] None of them is known to have substantial implications { $basis }.
    [one] One of them has substantial implications { $basis }, or it cannot be told whether it has; it is reported in { REF("individual") }. { $recorded }
   *[other] Of them, { FIG("/individually/engagements", "/engagements", style: "words") } have substantial implications { $basis }, or it cannot be told whether they have; they are reported in { REF("individual") }. { $recorded }
 }
council-basis-guidelines = by the guidelines in force
council-basis-assessed = by the assessments on record
council-assessed = { FIG("/material") ->
    [0] Apart from the guidelines, no engagement in force was assessed as having substantial implications.
    [one] Apart from the guidelines, one engagement in force was assessed as having substantial implications; proved reports count this one.
   *[other] Apart from the guidelines, { FIG("/material", style: "words") } engagements in force were assessed as having substantial implications; proved reports count these.
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
council-first-shown = The first { COUNT($number) } are shown in { REF($table) }; all are in { $where }.
council-all-elsewhere = All are listed in { $where }.
in-page = the report’s web page
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
    [one] One change of parties, duration or amounts under the engagements in { REF("individual") } is shown in { REF($table) }; all are in { $where }.
   *[other] Changes of parties, duration and amounts under the engagements in { REF("individual") } are shown in { REF($table) }, at most { COUNT($number) }; all are in { $where }.
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
council-conflicts-assessed = { FIG("/conflicts/assessed") ->
    [one] One such conflict of interest was assessed ({ REF("conflicts_assessed") }).
   *[other] Of such conflicts of interest, { FIG("/conflicts/assessed", style: "words") } were assessed. { $shown }
 }
council-conflicts-assessed-table = Conflicts of interest that were assessed
council-conflicts-declared = { $number ->
    [one] One other conflict of interest was declared ({ REF("conflicts_declared") }).
   *[other] Of other conflicts of interest, { COUNT($number) } were declared. { $shown }
 }
council-conflicts-declared-table = Other conflicts of interest that were declared
column-between = Between
column-nature = Nature
column-assessment = Assessment
column-measures = Measures
column-paid = Is paid
column-gives = Gives
column-given = What it gives, and where
council-controls = Findings of the controls over the whole history: { FIG("/findings/all/open", "/findings/all/confirmed", "/findings/all/remedied", "/findings/all/dismissed", style: "words") } open, { FIG("/findings/all/confirmed", "/findings/all/open", "/findings/all/remedied", "/findings/all/dismissed", style: "words") } confirmed, { FIG("/findings/all/remedied", "/findings/all/open", "/findings/all/confirmed", "/findings/all/dismissed", style: "words") } remedied, { FIG("/findings/all/dismissed", "/findings/all/open", "/findings/all/confirmed", "/findings/all/remedied", style: "words") } dismissed.{ $listed }
council-controls-listed = { " " }They are listed in { $where }.
council-corrections = { FIG("/corrections") ->
    [0] No entry of the register was taken back in the period.
    [one] One entry of the register was taken back in the period.
   *[other] In the period, { FIG("/corrections", style: "words") } entries of the register were taken back.
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
council-findings-list-title = Findings of the controls
column-finding = Finding
column-severity = Severity
column-found = What was found
column-found-since = Since
column-outcome-of = Outcome
column-assessed-by = By
column-why = Why
check = Each figure names the entries of the log that were read for it; the web page and the workbook of this report list them. The document shows the state of { DAY($on) }; when it was made, the log had { $position } entries, with the root { $root }.
column-state = State
column-material = Assessed as substantial
column-material-by-guidelines = Substantial by the guidelines
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

# The report on disclosures
disclosures-title = Disclosures
disclosures-subtitle = What the governing bodies were informed of concerning engagements with third parties, and when
disclosures-told-none = No document is recorded that informed any body of engagements with third parties.
disclosures-told = { FIG("/documents") ->
    [one] One document informed { $number ->
        [one] one body
       *[other] { COUNT($number) } bodies
     } of engagements with third parties.
   *[other] In all, { FIG("/documents", style: "words") } documents informed { $number ->
        [one] one body
       *[other] { COUNT($number) } bodies
     } of engagements with third parties.
 }
disclosures-nothing = There is nothing to disclose: no engagement was signed.
disclosures-no-orders = No service order is recorded.
disclosures-no-facets = No facet is recorded.
disclosures-median = { FIG($at) ->
    [one] , after a median of { FIG($at) } day
   *[other] , after a median of { FIG($at) } days
 }
disclosures-of-orders = { FIG("/orders/all") ->
    [one] { FIG("/orders/disclosed") ->
        [0] The one service order was not disclosed.
       *[other] The one service order was disclosed{ $median }.
     }
   *[other] Of { FIG("/orders/all", "/orders/disclosed", style: "words") } service orders, { FIG("/orders/disclosed") ->
        [0] none was disclosed.
        [one] one was disclosed{ $median }.
       *[other] { FIG("/orders/disclosed", "/orders/all", style: "words") } were disclosed{ $median }.
     }
 }
disclosures-of-facets = { FIG("/facets/all") ->
    [one] { FIG("/facets/disclosed") ->
        [0] The one facet was not disclosed.
       *[other] The one facet was disclosed{ $median }.
     }
   *[other] Of { FIG("/facets/all", "/facets/disclosed", style: "words") } facets, { FIG("/facets/disclosed") ->
        [0] none was disclosed.
        [one] one was disclosed{ $median }.
       *[other] { FIG("/facets/disclosed", "/facets/all", style: "words") } were disclosed{ $median }.
     }
 }
disclosures-document-shows = What a document shows is the state on a date, as known at a position of the log.
disclosures-days-of = Days are of those that are disclosed; shares are of all.
disclosures-undated = { FIG($at) ->
    [one] For one more, the day is not recorded; { FIG($hidden) ->
        [0] it is disclosed.
       *[other] it is not disclosed.
     }
   *[other] For { FIG($at, $hidden, style: "words") } more, the day is not recorded; { FIG($hidden) ->
        [0] all of them are disclosed.
        [one] one of them is not disclosed.
       *[other] { FIG($hidden, $at, style: "words") } of them are not disclosed.
     }
 }
disclosures-waiting = { $number ->
    [one] At most one of each is named here, of those whose day is recorded; the annexes name all.
   *[other] At most { COUNT($number) } of each are named here, of those whose day is recorded; the annexes name all.
 }
shows-at = { $day }, position { $position }
disclosures-method-1 = What is to be disclosed of an engagement are its facets (parties, financial implication, service orders, duration, outcomes), from its signature on, and each service order from its issue on. A facet is there once something of it is recorded, or once it is recorded that the source withholds it.
disclosures-method-2 = A facet or service order is disclosed once a recorded document that covers it shows it: it stood on the day, and at the position of the log, of which the document is. What happened later, or was recorded later, it does not disclose. Of several documents, or corrections of documents, the one that was published first counts, to { $body }. What a document covers is what is recorded of it, also where that was recorded later than the document was published.
disclosures-method-3 = Happened is the day of signature for parties, duration and what is withheld, the day of issue for a service order, and the day of the first movement of money or the first statement for financial implication and outcomes. Where the day of signature is not recorded, neither are the days that depend on it: they are in no minimum, median or share.
disclosures-method-4 = Recorded is the day (UTC) on which that entry was written to the log. Days from recording are negative where the document was published before the register learned of what it told.
disclosures-method-5 = A document may show a day after that of its publication, and so a facet of which nothing had happened by then: its days are negative, and they are in no minimum, median or share. What has happened since stands in the council report as changed since disclosed.
disclosures-method-6 = Of what is not yet disclosed, the days run to the date of this report.
disclosures-method-7 = The median is the middle one of the days in their order, of an even number the mean of the two in the middle. Shares by year of publication are of what was disclosed in that year and whose days are known; shares by year of happening are of all that happened in that year, disclosed or not.
disclosures-method-8 = “Not recorded” means that the register holds nothing; it is never counted as zero.
disclosures-method-9 = Every figure names the entries of the log that were read for it; anyone can fold them again.
method-title = How the figures are made
method-any-body = any body
method-body = { $body }

# The dossier of an engagement
engagement-title = Engagement { $engagement }
dossier-later = { $number ->
    [one] One entry is known that takes effect after { $day }; this dossier does not show it.
   *[other] There are { COUNT($number) } entries known that take effect after { $day }; this dossier does not show them.
 }
engagement-method-1 = The dossier shows the state of the engagement on the date of the report, as known at the position of the log. Its third parties are shown as recorded then, whichever engagement that was recorded for.
engagement-method-2 = Money is shown by measure, payer and currency, and never added up across them. What was signed is not what was received; what was ordered is not what was accepted or paid.
engagement-method-3 = The duration names each day on which the engagement was to end, from its signature on, with the entry that moved it.
engagement-method-4 = A facet or service order is disclosed once a recorded document that covers it shows it to { $body }: it stood on the day, and at the position of the log, of which the document is. What happened later, or was recorded later, it does not disclose. Days run from the day on which it happened to the day on which the first document was published, or to the date of the report; where the day is not recorded, neither are the days. Changed since disclosed compares what the last document showed with what is known now.
engagement-method-5 = The history has every entry of the log that is about the engagement, in the order in which they were recorded, also those that were taken back later. What an entry changed is the difference between what was known before and after it.
engagement-method-6 = “Not recorded” means that the register holds nothing; “not disclosed”, that the source withholds it. Neither is ever counted as zero.
engagement-method-7 = Every figure names the entries of the log that were read for it; anyone can fold them again.
unit-not-recorded = unit not recorded
state-since = { $state } since { $day }
signed-on-or-before = not recorded; { $day } or before
share-of = { $code } { $percent }
period-from-to = { $starts } to { $ends }
on-day = { $day }: { $text }
in-role = { $name } ({ $role })
from-to = { $first } to { $last }
an-amount = { $amount }
no-period-recorded = The period is not recorded.
no-period-disclosed = The period is not disclosed.
engagement-period = { $number ->
    [0] { $period }. The end was never moved.
    [one] { $period }. The end was moved once.
   *[other] { $period }. The end was moved { COUNT($number) } times.
 }
no-outcomes-recorded = Outcomes are not recorded.
no-outcomes-disclosed = Outcomes are not disclosed.
plan-indicator = indicator: { $text }
plan-target = target: { $text }
reached-actually = { $text } (actual: { $actual })
no-risks = Risks are not recorded.
no-conflicts = Conflicts of interest are not recorded.
risk-rated = { $rating } (likelihood { $likelihood }, impact { $impact })
not-assessed = not assessed
no-reviews = Reviews are not recorded.
review-overdue = overdue
review-not-yet-held = not yet held
action-open = open
no-documents = Documents are not recorded.
nothing-signed = Nothing was signed yet, so that there is nothing to disclose.
not-yet-disclosed = not yet disclosed
no-document = no document
days-run = Of what is not yet disclosed, the days run to the date of this report.
nothing-withheld = nothing
nothing-more = nothing more
nothing-of = { $title }: { $text }
under-service-orders = under service orders
measures-not-added = Measures are never added up.
no-amounts-recorded = Amounts are not recorded.
no-amounts-disclosed = Amounts are not disclosed by the source.
amounts-withheld = The source does not disclose amounts but for those that are recorded here.
no-ceiling = A ceiling of what may be ordered is not recorded.
ceiling-at-most = Service orders may add up to { FIG("/ceiling", style: "amount") } at the most.
no-orders-recorded = No service order is recorded.
no-orders-disclosed = Service orders are not disclosed by the source.
orders-counted = { $number ->
    [one] The amounts ordered, accepted and paid of the one service order are shown below.
   *[other] The amounts ordered, accepted and paid of { COUNT($number) } service orders are shown below.
 }
payment-reversed = reversed
role-vendor = vendor
check-against = Screening against { $list }
check-version = , version { $version }
check-diligence = Due diligence, { $level }
check-screening = Screening
check-due-diligence = Due diligence
result-clear = clear
result-possible-match = possible match
result-match = match
result-accepted = accepted
result-accepted-with-conditions = accepted with conditions
result-refused = refused
flag-not-lifted = not lifted
state-not-recorded = not recorded
state-proposed = proposed
state-under-review = under review
state-approved = approved
state-signed = signed
state-active = active
state-suspended = suspended
state-expired = expired
state-completed = completed
state-terminated = terminated
state-closed = closed
state-rejected = rejected
state-cancelled = cancelled
state-issued = issued
order-was-closed = { " (closed)" }
order-was-cancelled = { " (cancelled)" }
facet-parties = parties
facet-financials = financial implication
facet-service-orders = service orders
facet-duration = duration
facet-outcomes = outcomes
facet-order = service order { $number }
measure-was-signed = Signed by payers
measure-was-received = Received
measure-was-refunded = Refunded
measure-was-in-kind = Valued in kind
measure-was-ordered = Ordered
measure-was-accepted = Accepted
measure-was-paid = Paid
measured-signed = signed { $amount }
measured-received = received { $amount }
measured-refunded = refunded { $amount }
measured-in-kind = in-kind { $amount }
measured-ordered = ordered { $amount }
measured-accepted = accepted { $amount }
measured-paid = paid { $amount }
material-yes = yes
material-no = no
material-not-known = not known
material-not-recorded = not recorded
material-financial = financial
material-strategic = strategic
material-financial-and-strategic = financial and strategic
assessed-financial = financial: { $answer }
assessed-strategic = strategic: { $answer }
assessed-against = { " " }({ $value } against a threshold of { $threshold })
analysis-options = Options: { $options }
material-by = { $whether }, by { $symbols }: { $reason }
material-missing = { $whether }, by { $symbols }: missing: { $missing }

# Duties under the guidelines
duties-what = Each rule of the guidelines that were in force on the day of a case, facet by facet. The entries are those without which a verdict would be another; “ledger compliance explain” says more of why.
duties-none = No rule applies.
duties-counted = { $number ->
    [one] There is one case: { $numbers }.
   *[other] There are { COUNT($number) } cases: { $numbers }.
 }
duties-number = { FIG($at) } { $status }
duties-material = Material on { $day }: { $answer }.
duties-left-out = Rules that do not apply in a case: { $rules }.
verdict-met = met
verdict-late = late
verdict-due = due
verdict-not-met = not met
verdict-cannot-be-judged = cannot be judged
verdict-waived = waived
day-not-known = not known
no-day = no day
case-on = { $what } on { $day }
case-on-or-before = { $what } on or before { $day }
moment-proposed = proposed
moment-submitted = submitted
moment-approved = approved
moment-signed = signed
moment-in-force = in force
moment-extended = extended
moment-ordered = ordered { $of }
moment-order-amended = order amended { $of }
moment-accepted = accepted { $of }
moment-paid = paid { $of }
moment-ended = ended
moment-completed = completed
moment-terminated = terminated
quotation = “{ $text }”

# The history of an engagement
history-entries = { FIG("/entries") ->
    [one] One entry of the log is about the engagement.
   *[other] The entries of the log about the engagement are { FIG("/entries", style: "words") }, in the order in which they were recorded.
 }
takes-back = Correction: takes back position { $position }
taken-back = { " " }[taken back at position { $position }]
changed-nothing = changed nothing that counts
changed-to = { $what }: { $after }
changed-no-longer = { $what }: no longer { $before }
changed-from-to = { $what }: from { $before } to { $after }
row-of-file = row { $row } of the file with SHA-256 { $digest }
label-status = status
label-title = title
label-kind = kind
label-parties = parties
label-purpose = purpose
label-objective = objective
label-unit = unit
label-regions = regions
label-priorities = priorities
label-starts-on = starts on
label-ends-on = ends on
label-ceiling = ceiling
label-basis = basis
label-withheld = withheld
label-strategic-analysis = strategic analysis
label-materiality = materiality
label-access-risk = access risk
label-compliance-risk = compliance risk
label-financial-risk = financial risk
label-operational-risk = operational risk
label-reputational-risk = reputational risk
label-strategic-risk = strategic risk
label-money = { $measure } by { $by } in { $currency }
label-committed = committed
label-received = received
label-refunded = refunded
label-in-kind = in kind { $item } by { $by }
label-order = service order { $number } { $what }
label-order-alone = service order { $number }
label-subject = subject
label-vendor = vendor
label-amount = amount
label-ex-post-facto = ex post facto
label-accepted = accepted
label-paid = paid
label-closed = closed
label-cancelled = cancelled
label-outcome-planned = outcome { $key } planned
label-part = { $section } { $key }
label-outcome = outcome
label-conflict-of-interest = conflict of interest
label-review = review
label-action = action
label-request = request
label-document = document
label-approval-by = approval by { $by }
label-day-of-signature = day of signature
label-waiver-of = waiver of { $rule }
label-waiver-in = waiver of { $rule } in { $place }

# What guidelines find
found-disclosed-by = { $what } disclosed by { $document } on { $day }
found-not-disclosed = { $what } not disclosed to { $to }
found-nothing-of = nothing of { $what } is recorded
found-nothing = nothing
found-worth-reaches = { $sum }, worth { $worth } on { $day }, which reaches { $limit }
found-worth-less = { $sum }, worth { $worth } on { $day }, less than { $limit }
found-reaches = { $sum }, which reaches { $limit }
found-less = { $sum }, less than { $limit }
found-not-comparable = { $sum }, not comparable with { $limit } on { $day }
found-rate = a rate of { $from } to { $to } for { $day }
found-waived-after = waived by { $by } on { $day }, after the case: { $why }
found-waived = waived by { $by } on { $day }: { $why }
found-missing = missing: { $what }
found-kind = kind: { $kind }
found-not-strategic-yet = kind “{ $kind }”: not strategic until assessed
found-reviews-last = { $number ->
    [one] one review held, the last on { $day }
   *[other] { COUNT($number) } reviews held, the last on { $day }
 }
found-reviews = { $number ->
    [one] one review held
   *[other] { COUNT($number) } reviews held
 }
found-none-by = none by { $day }
found-ended-before = ended on { $day }, before a review was due
found-withheld = { $what }: withheld by the source
found-check = { $what } of { $party } ({ $name }): { $result } on { $day }
found-no-check = no { $what } of { $party }
found-of = { $what }: { $text }
found-risk-assessed = { $risk } risk assessed
found-no-risk = no assessment of the { $risk } risk
found-risk-missing = an assessment of the { $risk } risk
found-risk-never = { $risk } risk: never assessed
found-risk-level = { $risk } risk: { $level }
found-conflict-assessed = conflict { $key } assessed
found-no-conflict = no assessment of conflict { $key }
found-basis = basis: { $basis }
found-approved-by = approved by { $by }
found-submitted-by = submitted for review by { $by }
found-approved-elsewhere-by = approved elsewhere by { $by }
found-grown = grown by { $percent }
found-period = { $number ->
    [one] a period of one day
   *[other] a period of { COUNT($number) } days
 }
found-on = { $text } on { $day }
found-strategic-weight-yes = strategic weight: yes
found-strategic-weight-no = strategic weight: no
found-strategic-weight-never-assessed = strategic weight: never assessed
found-no-conflict-of-interest-is-declared = no conflict of interest is declared
found-no-party-is-of-those-that-the-rule-names = no party is one of those that the rule names
found-no-risk-was-ever-assessed = no risk was ever assessed
found-no-party-is-recorded = no party is recorded
found-the-vendor-is-not-recorded = the vendor is not recorded
found-the-period-is-not-recorded = the period is not recorded
found-a-risk-flag-of-a-party-is-raised = a risk flag of a party is raised
found-no-risk-flag-of-a-party-is-raised = no risk flag of a party is raised
found-the-amounts-which-the-source-withholds = the amounts, which the source withholds
found-the-day-of-signature-which-is-not-recorded = the day of signature, which is not recorded
found-an-assessment-of-the-strategic-weight = an assessment of the strategic weight
found-an-assessment-of-a-risk = an assessment of a risk
found-the-parties-of-the-engagement = the parties of the engagement
found-strategic-analysis = strategic analysis
found-materiality-assessed = materiality assessed
found-approved = approved
found-approved-elsewhere = approved elsewhere
found-submitted-for-review = submitted for review
found-review-held = review held
found-outcome-planned = outcome planned
found-outcome-reached = outcome reached
found-document-attached = document attached
found-objective-recorded = objective recorded
found-end-of-the-period-recorded = end of the period recorded
found-ceiling-recorded = ceiling recorded
found-no-strategic-analysis = no strategic analysis
found-no-assessment-of-materiality = no assessment of materiality
found-no-approval = no approval
found-no-submission-for-review = no submission for review
found-no-review = no review
found-no-planned-outcome = no planned outcome
found-no-outcome = no outcome
found-no-attached-document = no attached document
found-no-basis-on-which-the-party-was-selected = no basis on which the party was selected
found-no-objective = no objective
found-no-end-of-the-period = no end of the period
found-no-ceiling = no ceiling
found-no-assessment-of-a-risk = no assessment of a risk
found-signed = signed
found-ordered = ordered
found-ceiling = ceiling
found-in-kind = in-kind
found-paid = paid
found-review = review
found-planned-outcome = planned outcome
found-outcome = outcome
found-end-of-the-period = end of the period
found-screening = screening
found-due-diligence = due diligence

# What was recorded of an engagement
event-action-closed = Action closed
event-analysis-recorded = Analysis recorded
event-approval-evidenced = Approval evidenced
event-conflict-assessed = Conflict assessed
event-conflict-declared = Conflict declared
event-contribution-committed = Contribution committed
event-contribution-received = Contribution received
event-contribution-refunded = Contribution refunded
event-contribution-valued = Contribution valued
event-deliverable-accepted = Deliverable accepted
event-deviation-waived = Deviation waived
event-document-attached = Document attached
event-engagement-activated = Engagement activated
event-engagement-amended = Engagement amended
event-engagement-approved = Engagement approved
event-engagement-cancelled = Engagement cancelled
event-engagement-closed = Engagement closed
event-engagement-completed = Engagement completed
event-engagement-extended = Engagement extended
event-engagement-proposed = Engagement proposed
event-engagement-rejected = Engagement rejected
event-engagement-reopened = Engagement reopened
event-engagement-resumed = Engagement resumed
event-engagement-returned = Engagement returned
event-engagement-signed = Engagement signed
event-engagement-submitted = Engagement submitted
event-engagement-suspended = Engagement suspended
event-engagement-terminated = Engagement terminated
event-information-provided = Information provided
event-information-requested = Information requested
event-materiality-assessed = Materiality assessed
event-order-amended = Order amended
event-order-cancelled = Order cancelled
event-order-closed = Order closed
event-order-issued = Order issued
event-outcome-planned = Outcome planned
event-outcome-recorded = Outcome recorded
event-payment-made = Payment made
event-payment-reversed = Payment reversed
event-review-held = Review held
event-review-scheduled = Review scheduled
event-risk-assessed = Risk assessed

# Titles, heads and labels of these two reports
head-accepted = Accepted
head-action = Action
head-amount = Amount
head-amounts-of-service-orders = Amounts of service orders
head-answers-for-it = Answers for it
head-as-recorded = As recorded
head-asked-for-by = Asked for by
head-assessed-on = Assessed on
head-assessment = Assessment
head-attached-on = Attached on
head-belongs-together-with = Belongs together with
head-between = Between
head-bodies-and-documents = Bodies and documents
head-body = Body
head-by = By
head-by-the-year-in-which-the-document-was-published = By the year in which the document was published
head-by-the-year-in-which-the-facet-happened = By the year in which the facet happened
head-by-the-year-in-which-the-service-order-happened = By the year in which the service order happened
head-by-when = By when
head-bytes = Bytes
head-case = Case
head-changed-since-disclosed = Changed since disclosed
head-check = Check
head-closed = Closed
head-conflicts-of-interest-that-were-declared = Conflicts of interest that were declared
head-corrected-on = Corrected on
head-country = Country
head-currency = Currency
head-days = Days
head-days-counted = Days counted
head-days-since-recorded = Days since recorded
head-declared-on = Declared on
head-deliverables = Deliverables
head-disclosed-in = Disclosed in
head-disclosure = Disclosure
head-disclosures-in-figures = Disclosures in figures
head-document = Document
head-documents = Documents
head-documents-in-preparation = Documents in preparation
head-documents-that-disclosed = Documents that disclosed
head-documents-that-were-corrected = Documents that were corrected
head-due-on = Due on
head-duration = Duration
head-duties-under-the-guidelines = Duties under the guidelines
head-effective = Effective
head-ends-on = Ends on
head-engagement = Engagement
head-engagements = Engagements
head-engagements-to-disclose = Engagements to disclose
head-entries = Entries
head-every-engagement-and-its-facets = Every engagement and its facets
head-every-service-order = Every service order
head-evidence = Evidence
head-extensions-and-other-changes-of-the-end = Extensions and other changes of the end
head-facets = Facets
head-facets-of-engagements-to-disclose = Facets of engagements to disclose
head-facets-of-engagements-days-to-disclosure = Facets of engagements: days to disclosure
head-facets-that-wait-longest = Facets that wait longest
head-financial-implication = Financial implication
head-findings = Findings
head-first-disclosed-on = First disclosed on
head-for-the-organization = For the organization
head-from-the-day = From the day
head-full-history = Full history
head-given-in-kind = Given in kind
head-happened-on = Happened on
head-held-on = Held on
head-how = How
head-in = In
head-in-short = In short
head-issued-on = Issued on
head-item = Item
head-kind = Kind
head-last-disclosed-in = Last disclosed in
head-lifted = Lifted
head-looked-at-again = Looked at again
head-material = Material
head-materiality-and-why = Materiality and why
head-maximum-days = Maximum days
head-measure = Measure
head-measures = Measures
head-median-days = Median days
head-membership = Membership
head-minimum-days = Minimum days
head-mitigation = Mitigation
head-money-by-measure-payer-and-currency = Money by measure, payer and currency
head-nature = Nature
head-not-disclosed = Not disclosed
head-not-disclosed-by-the-source = Not disclosed by the source
head-not-yet-disclosed = Not yet disclosed
head-number = Number
head-objective = Objective
head-on = On
head-order = Order
head-ordered = Ordered
head-outcome = Outcome
head-outcomes = Outcomes
head-overview = Overview
head-paid = Paid
head-parties-that-belong-together = Parties that belong together
head-period = Period
head-planned = Planned
head-planned-for = Planned for
head-position = Position
head-priorities = Priorities
head-published-on = Published on
head-purpose = Purpose
head-purpose-analysis-and-materiality = Purpose, analysis and materiality
head-raised-on = Raised on
head-rating = Rating
head-reached = Reached
head-recorded-utc = Recorded (UTC)
head-recorded-on = Recorded on
head-regions = Regions
head-result = Result
head-review = Review
head-reviews = Reviews
head-risk = Risk
head-risk-flag = Risk flag
head-risk-flags = Risk flags
head-risks-and-conflicts-of-interest = Risks and conflicts of interest
head-risks-as-last-assessed = Risks as last assessed
head-role = Role
head-rule = Rule
head-screening-and-due-diligence = Screening and due diligence
head-selection-or-basis = Selection or basis
head-service-orders = Service orders
head-service-orders-that-wait-longest = Service orders that wait longest
head-service-orders-to-disclose = Service orders to disclose
head-service-orders-days-to-disclosure = Service orders: days to disclosure
head-sha-256 = SHA-256
head-shows = Shows
head-signed-on = Signed on
head-since = Since
head-source = Source
head-state = State
head-stated-on = Stated on
head-strategic-analysis = Strategic analysis
head-subject = Subject
head-subject-and-vendor = Subject and vendor
head-third-parties = Third parties
head-third-party = Third party
head-title = Title
head-type = Type
head-valid-until = Valid until
head-valued-on-the-basis-of = Valued on the basis of
head-verdict = Verdict
head-was-to-end-on = Was to end on
head-what = What
head-what-changed = What changed
head-what-each-body-was-told = What each body was told
head-what-is-so-now = What is so now
head-what-it-said = What it said
head-what-the-reviews-asked-for = What the reviews asked for
head-what-was-disclosed-and-after-how-many-days = What was disclosed, and after how many days
head-what-was-found = What was found
head-what-was-wrong = What was wrong
head-why = Why
head-why-and-from-where = Why, and from where
head-within-30-days = Within 30 days
head-within-365-days = Within 365 days
head-within-90-days = Within 90 days
head-year = Year
head-disclosed = disclosed
head-disclosed-by-a-document-from-before-they-happened = disclosed by a document from before they happened
head-not-yet-disclosed = not yet disclosed
head-whose-day-is-not-recorded = whose day is not recorded
