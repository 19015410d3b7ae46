-- table acceptances: entry, line, known_from, known_to, effective_on, engagement, acceptance, order_number, deliverable, evidence, currency, minor

-- table actions: entry, line, known_from, known_to, effective_on, engagement, action, status, review, what, due_on, how

-- table affiliations: entry, line, known_from, known_to, effective_on, party, other, status, relation

-- table approvals: entry, line, known_from, known_to, effective_on, engagement, authority, document

-- table assessments: entry, line, known_from, known_to, effective_on, finding, control, outcome, why, entries, until

-- table checks: entry, line, known_from, known_to, effective_on, party, kind, name, version, result, found, valid_until

-- table conflicts: entry, line, known_from, known_to, effective_on, engagement, conflict, parties, nature, outcome, measures

-- table control_versions: entry, line, known_from, known_to, effective_on, symbol, binds_from, title, adopted_by, adopted_on, in_force_on, text, sha256

-- table corrections: entry, line, known_from, known_to, effective_on, document, correction, what, as_of_on, as_of_position

-- table coverage: entry, line, known_from, known_to, effective_on, document, correction, engagement, facet, number

-- table disclosures: entry, line, known_from, known_to, effective_on, document, body, title, as_of_on, as_of_position

-- table documents: entry, line, known_from, known_to, effective_on, engagement, document, title, sha256, size, media_type

-- table engagement_facts: entry, line, known_from, known_to, effective_on, superseded_on, superseded_at, engagement, fact, value

-- table facets: entry, line, known_from, known_to, effective_on, superseded_on, superseded_at, engagement, facet, number

-- table flags: entry, line, known_from, known_to, effective_on, party, flag, status, what

-- table gifts: entry, line, known_from, known_to, effective_on, engagement, item, party, what, basis

-- table guidelines: entry, line, known_from, known_to, effective_on, series, symbol, binds_from, title, adopted_by, adopted_on, in_force_on, text, sha256

-- table information_requests: entry, line, known_from, known_to, effective_on, engagement, request, status, by, what, due_on, document

-- table merges: entry, line, known_from, known_to, effective_on, party, into

-- table money: entry, line, known_from, known_to, effective_on, engagement, measure, party, order_number, currency, minor

-- table of_merged: entry, line, known_from, known_to, effective_on, party

-- table order_facts: entry, line, known_from, known_to, effective_on, superseded_on, superseded_at, engagement, number, fact, value

-- table outcomes: entry, line, known_from, known_to, effective_on, engagement, outcome, status, summary, indicator, target, due_on, actual, evidence

-- table party_facts: entry, line, known_from, known_to, effective_on, superseded_on, superseded_at, party, fact, value

-- table payments: entry, line, known_from, known_to, effective_on, engagement, payment, order_number, status, currency, minor

-- table preparations: entry, line, known_from, known_to, effective_on, document, body, title, planned_on

-- table rates: entry, line, known_from, known_to, effective_on, base, quote, rate, source

-- table repeals: entry, line, known_from, known_to, effective_on, series, symbol

-- table reviews: entry, line, known_from, known_to, effective_on, engagement, review, status, due_on, subject, findings

-- table risks: entry, line, known_from, known_to, effective_on, engagement, risk, likelihood, impact, mitigation, owner, review_on

-- table settings: entry, line, known_from, known_to, effective_on, name, value

-- table tracking: id, version, position, hashes

-- table waivers: entry, line, known_from, known_to, effective_on, engagement, rule, of_case, why, approved_by, until, conditions

-- 01173d5bf126bceb06a8
SELECT DISTINCT facets.engagement, facets.facet, facets.number
FROM facets
WHERE facets.engagement IN (__[POSTCOMPILE_v0]) AND facets.known_from <= :v1 AND coalesce(facets.known_to, :v2) > :v3 AND facets.effective_on <= :v4

-- 02123ea2cb3fbe33c2f9
SELECT count(*) AS count_1
FROM party_facts
WHERE party_facts.known_from <= :v0 AND coalesce(party_facts.known_to, :v1) > :v2 AND party_facts.effective_on <= :v3 AND (party_facts.superseded_on > :v4 OR party_facts.superseded_at > :v5) AND party_facts.fact = :v6

-- 0424c67d2e841d2578f7
SELECT outcomes.entry, outcomes.line, outcomes.known_from, outcomes.known_to, outcomes.effective_on, outcomes.engagement, outcomes.outcome, outcomes.status, outcomes.summary, outcomes.indicator, outcomes.target, outcomes.due_on, outcomes.actual, outcomes.evidence
FROM outcomes
WHERE outcomes.engagement IN (__[POSTCOMPILE_v0]) AND outcomes.known_from <= :v1 AND coalesce(outcomes.known_to, :v2) > :v3 AND outcomes.effective_on <= :v4 AND outcomes.status = :v5 ORDER BY outcomes.effective_on, outcomes.entry, outcomes.line

-- 05632c408ce3bbb124f7
SELECT conflicts.entry, conflicts.line, conflicts.known_from, conflicts.known_to, conflicts.effective_on, conflicts.engagement, conflicts."conflict", conflicts.parties, conflicts.nature, conflicts.outcome, conflicts.measures
FROM conflicts
WHERE (conflicts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v0 AND coalesce(engagement_facts_1.known_to, :v1) > :v2 AND engagement_facts_1.fact = :v3 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v4)) AND conflicts.known_from <= :v5 AND coalesce(conflicts.known_to, :v6) > :v7 AND conflicts.effective_on <= :v8 ORDER BY conflicts.effective_on, conflicts.entry, conflicts.line

-- 0855757e431642c0f826
SELECT reviews.entry, reviews.line, reviews.known_from, reviews.known_to, reviews.effective_on, reviews.engagement, reviews.review, reviews.status, reviews.due_on, reviews.subject, reviews.findings
FROM reviews
WHERE reviews.engagement IN (__[POSTCOMPILE_v0]) AND reviews.known_from <= :v1 AND coalesce(reviews.known_to, :v2) > :v3 AND reviews.effective_on <= :v4 ORDER BY reviews.effective_on, reviews.entry, reviews.line

-- 087ed35741c0f719334b
SELECT order_facts.entry, order_facts.line, order_facts.known_from, order_facts.known_to, order_facts.effective_on, order_facts.superseded_on, order_facts.superseded_at, order_facts.engagement, order_facts.number, order_facts.fact, order_facts.value
FROM order_facts
WHERE order_facts.engagement IN (__[POSTCOMPILE_v0]) AND order_facts.known_from <= :v1 AND coalesce(order_facts.known_to, :v2) > :v3 AND order_facts.effective_on <= :v4 ORDER BY order_facts.effective_on, order_facts.entry, order_facts.line

-- 08b3f39cf9b8239b358f
SELECT engagement_facts.engagement, engagement_facts.value
FROM engagement_facts
WHERE engagement_facts.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts.known_from <= :v1 AND coalesce(engagement_facts.known_to, :v2) > :v3 AND engagement_facts.effective_on <= :v4 AND (engagement_facts.superseded_on > :v5 OR engagement_facts.superseded_at > :v6) AND engagement_facts.fact = :v7

-- 08ce72d3ac923abee7e8
SELECT disclosures.entry, disclosures.line, disclosures.known_from, disclosures.known_to, disclosures.effective_on, disclosures.document, disclosures.body, disclosures.title, disclosures.as_of_on, disclosures.as_of_position
FROM disclosures
WHERE disclosures.known_from <= :v0 AND coalesce(disclosures.known_to, :v1) > :v2 AND disclosures.effective_on <= :v3 AND disclosures.document IN (SELECT coverage.document
FROM coverage
WHERE (coverage.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v4]) AND engagement_facts_1.known_from <= :v5 AND coalesce(engagement_facts_1.known_to, :v6) > :v7 AND (engagement_facts_1.fact || :v8) = :v9 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v10)) AND coverage.engagement IN (__[POSTCOMPILE_v11]) AND coverage.known_from <= :v12 AND coalesce(coverage.known_to, :v13) > :v14 AND coverage.effective_on <= :v15) ORDER BY disclosures.effective_on, disclosures.entry, disclosures.line

-- 0ea01f1a95e9088f88a6
SELECT money.measure, money.currency, sum(money.minor / :v0) AS sum_1, sum(money.minor % :v1) AS sum_2
FROM money
WHERE (money.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v2 AND coalesce(engagement_facts_1.known_to, :v3) > :v4 AND engagement_facts_1.fact = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND money.known_from <= :v7 AND coalesce(money.known_to, :v8) > :v9 AND money.effective_on <= :v10 GROUP BY money.measure, money.currency ORDER BY money.measure, money.currency

-- 0eb53c77cc62ae9447f5
SELECT repeals.entry, repeals.line, repeals.known_from, repeals.known_to, repeals.effective_on, repeals.series, repeals.symbol
FROM repeals
WHERE repeals.known_to IS NULL AND repeals.effective_on <= :v0 ORDER BY repeals.effective_on, repeals.entry, repeals.line

-- 0ee12290c90e9c4ff199
SELECT money.entry, money.line, money.known_from, money.known_to, money.effective_on, money.engagement, money.measure, money.party, money.order_number, money.currency, money.minor
FROM money
WHERE money.known_to IS NULL AND money.effective_on <= :v0 AND (money.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND engagement_facts_1.fact = :v4 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v5)) AND money.measure IN (__[POSTCOMPILE_v6]) ORDER BY money.effective_on, money.entry, money.line

-- 0f73a605ab656178ec2b
SELECT disclosures.entry, disclosures.line, disclosures.known_from, disclosures.known_to, disclosures.effective_on, disclosures.document, disclosures.body, disclosures.title, disclosures.as_of_on, disclosures.as_of_position
FROM disclosures
WHERE disclosures.known_to IS NULL AND disclosures.effective_on <= :v0 ORDER BY disclosures.effective_on, disclosures.entry, disclosures.line

-- 0fa6a0336e7445116cb3
SELECT order_facts.engagement, order_facts.number, order_facts.value
FROM order_facts
WHERE (order_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND order_facts.engagement IN (__[POSTCOMPILE_v7]) AND order_facts.known_from <= :v8 AND coalesce(order_facts.known_to, :v9) > :v10 AND order_facts.effective_on <= :v11 AND (order_facts.superseded_on > :v12 OR order_facts.superseded_at > :v13) AND (order_facts.fact || :v14) = :v15

-- 0fd24143e6729e6ea58e
SELECT DISTINCT order_facts.engagement
FROM order_facts
WHERE (order_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND order_facts.engagement IN (__[POSTCOMPILE_v7]) AND order_facts.known_from <= :v8 AND coalesce(order_facts.known_to, :v9) > :v10 AND order_facts.effective_on <= :v11

-- 11b3c0a17d452c1eb3e6
SELECT disclosures.entry, disclosures.line, disclosures.known_from, disclosures.known_to, disclosures.effective_on, disclosures.document, disclosures.body, disclosures.title, disclosures.as_of_on, disclosures.as_of_position
FROM disclosures
WHERE disclosures.known_to IS NULL AND disclosures.effective_on <= :v0 AND disclosures.document IN (SELECT coverage.document
FROM coverage
WHERE coverage.engagement IN (__[POSTCOMPILE_v1]) AND coverage.known_from <= :v2 AND coalesce(coverage.known_to, :v3) > :v4 AND coverage.effective_on <= :v5) ORDER BY disclosures.effective_on, disclosures.entry, disclosures.line

-- 13dcd5c0f06f8d5dccde
SELECT engagement_facts.engagement, max(engagement_facts.known_from) AS max_1, max(coalesce(engagement_facts.known_to, :v0)) AS max_2, max(CASE WHEN (engagement_facts.effective_on <= :v1) THEN engagement_facts.effective_on ELSE :v2 END) AS max_3
FROM engagement_facts
WHERE engagement_facts.engagement IN (__[POSTCOMPILE_v3]) GROUP BY engagement_facts.engagement

-- 158ed5ccb88deb611732
SELECT control_versions.entry, control_versions.line, control_versions.known_from, control_versions.known_to, control_versions.effective_on, control_versions.symbol, control_versions.binds_from, control_versions.title, control_versions.adopted_by, control_versions.adopted_on, control_versions.in_force_on, control_versions.text, control_versions.sha256
FROM control_versions
WHERE control_versions.known_from <= :v0 AND coalesce(control_versions.known_to, :v1) > :v2 AND control_versions.effective_on <= :v3 ORDER BY control_versions.effective_on, control_versions.entry, control_versions.line

-- 15defb6b71ed397417ae
SELECT payments.entry, payments.line, payments.known_from, payments.known_to, payments.effective_on, payments.engagement, payments.payment, payments.order_number, payments.status, payments.currency, payments.minor
FROM payments
WHERE (payments.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v0 AND coalesce(engagement_facts_1.known_to, :v1) > :v2 AND engagement_facts_1.fact = :v3 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v4)) AND payments.known_from <= :v5 AND coalesce(payments.known_to, :v6) > :v7 AND payments.effective_on <= :v8 ORDER BY payments.effective_on, payments.entry, payments.line

-- 169926b793773e1eaf71
SELECT payments.entry, payments.line, payments.known_from, payments.known_to, payments.effective_on, payments.engagement, payments.payment, payments.order_number, payments.status, payments.currency, payments.minor
FROM payments
WHERE payments.known_from <= :v0 AND coalesce(payments.known_to, :v1) > :v2 AND payments.effective_on <= :v3 ORDER BY payments.effective_on, payments.entry, payments.line

-- 18ac667f2e6ee7ff6e74
SELECT money.entry, money.line, money.known_from, money.known_to, money.effective_on, money.engagement, money.measure, money.party, money.order_number, money.currency, money.minor
FROM money
WHERE money.engagement IN (__[POSTCOMPILE_v0]) ORDER BY money.effective_on, money.entry, money.line

-- 1afc6d51e1b16e35e758
SELECT money.measure, money.currency, sum(money.minor / :v0) AS sum_1, sum(money.minor % :v1) AS sum_2
FROM money
WHERE money.known_from <= :v2 AND coalesce(money.known_to, :v3) > :v4 AND money.effective_on <= :v5 GROUP BY money.measure, money.currency ORDER BY money.measure, money.currency

-- 1be70c8c2078dc6f8560
SELECT outcomes.entry, outcomes.line, outcomes.known_from, outcomes.known_to, outcomes.effective_on, outcomes.engagement, outcomes.outcome, outcomes.status, outcomes.summary, outcomes.indicator, outcomes.target, outcomes.due_on, outcomes.actual, outcomes.evidence
FROM outcomes
WHERE outcomes.engagement IN (__[POSTCOMPILE_v0]) ORDER BY outcomes.effective_on, outcomes.entry, outcomes.line

-- 1d4a16fe2940859b6ae1
SELECT payments.entry, payments.line, payments.known_from, payments.known_to, payments.effective_on, payments.engagement, payments.payment, payments.order_number, payments.status, payments.currency, payments.minor
FROM payments
WHERE payments.known_to IS NULL AND payments.effective_on <= :v0 AND (payments.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND engagement_facts_1.fact = :v4 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v5)) ORDER BY payments.effective_on, payments.entry, payments.line

-- 20dbd99c9eb849850e45
SELECT json_extract(anon_1.value, :v0) AS json_extract_1, count(DISTINCT engagement_facts.engagement) AS count_1
FROM engagement_facts JOIN json_each(engagement_facts.value) AS anon_1 ON 1 = 1
WHERE engagement_facts.known_to IS NULL AND engagement_facts.effective_on <= :v1 AND engagement_facts.superseded_on > :v2 AND engagement_facts.fact = :v3 AND engagement_facts.engagement IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_to IS NULL AND engagement_facts_1.effective_on <= :v4 AND engagement_facts_1.superseded_on > :v5 AND engagement_facts_1.fact = :v6) AND json_extract(anon_1.value, :v0) >= :v7 GROUP BY json_extract(anon_1.value, :v0) ORDER BY json_extract(anon_1.value, :v0)

-- 2228d7570943b01b4188
SELECT party_facts.party, max(party_facts.known_from) AS max_1, max(coalesce(party_facts.known_to, :v0)) AS max_2, max(CASE WHEN (party_facts.effective_on <= :v1) THEN party_facts.effective_on ELSE :v2 END) AS max_3
FROM party_facts
WHERE party_facts.party IN (__[POSTCOMPILE_v3]) AND (party_facts.fact || :v4) = :v5 GROUP BY party_facts.party

-- 2262d713e05483efc42e
SELECT anon_1.engagement, anon_1.facet, anon_1.number
FROM (SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE coverage.engagement IN (__[POSTCOMPILE_v4]) AND coverage.known_from <= :v5 AND coalesce(coverage.known_to, :v6) > :v7 AND coverage.effective_on <= :v8 AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v9 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_to IS NULL AND disclosures_1.effective_on <= :v10)) GROUP BY coverage.engagement, coverage.facet, coverage.number UNION SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(facets_3.entry) AS stood, min(facets_4.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v11 JOIN facets AS facets_3 ON facets_3.engagement = coverage.engagement AND facets_3.facet = coverage.facet AND facets_3.number = coverage.number AND facets_3.effective_on <= corrections.as_of_on AND facets_3.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_3.known_to, :v12) JOIN facets AS facets_4 ON facets_4.engagement = coverage.engagement AND facets_4.facet = :v13 AND facets_4.effective_on <= corrections.as_of_on AND facets_4.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_4.known_to, :v14)
WHERE coverage.engagement IN (__[POSTCOMPILE_v15]) AND coverage.known_from <= :v16 AND coalesce(coverage.known_to, :v17) > :v18 AND coverage.effective_on <= :v19 AND corrections.known_to IS NULL AND corrections.effective_on <= :v20 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_to IS NULL AND disclosures_1.effective_on <= :v10)) GROUP BY coverage.engagement, coverage.facet, coverage.number UNION SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(engagement_facts_1.entry) AS stood, min(facets_5.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v21 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v22 AND engagement_facts_1.value LIKE (:v23 || coverage.facet || :v24) AND (engagement_facts_1.superseded_on > disclosures.as_of_on OR engagement_facts_1.superseded_at > disclosures.as_of_position) AND engagement_facts_1.effective_on <= disclosures.as_of_on AND engagement_facts_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(engagement_facts_1.known_to, :v25) JOIN facets AS facets_5 ON facets_5.engagement = coverage.engagement AND facets_5.facet = :v26 AND facets_5.effective_on <= disclosures.as_of_on AND facets_5.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_5.known_to, :v27)
WHERE coverage.facet IN (__[POSTCOMPILE_v28]) AND coverage.number = :v29 AND NOT (coverage.facet = :v30 AND (EXISTS (SELECT *
FROM facets AS facets_6
WHERE facets_6.engagement = coverage.engagement AND facets_6.facet = :v31 AND facets_6.effective_on <= disclosures.as_of_on AND facets_6.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_6.known_to, :v32)))) AND coverage.engagement IN (__[POSTCOMPILE_v33]) AND coverage.known_from <= :v34 AND coalesce(coverage.known_to, :v35) > :v36 AND coverage.effective_on <= :v37 AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v38 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_to IS NULL AND disclosures_1.effective_on <= :v10)) GROUP BY coverage.engagement, coverage.facet, coverage.number UNION SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(engagement_facts_2.entry) AS stood, min(facets_7.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v39 JOIN engagement_facts AS engagement_facts_2 ON engagement_facts_2.engagement = coverage.engagement AND engagement_facts_2.fact = :v40 AND engagement_facts_2.value LIKE (:v41 || coverage.facet || :v42) AND (engagement_facts_2.superseded_on > corrections.as_of_on OR engagement_facts_2.superseded_at > corrections.as_of_position) AND engagement_facts_2.effective_on <= corrections.as_of_on AND engagement_facts_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(engagement_facts_2.known_to, :v43) JOIN facets AS facets_7 ON facets_7.engagement = coverage.engagement AND facets_7.facet = :v44 AND facets_7.effective_on <= corrections.as_of_on AND facets_7.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_7.known_to, :v45)
WHERE coverage.facet IN (__[POSTCOMPILE_v46]) AND coverage.number = :v47 AND NOT (coverage.facet = :v48 AND (EXISTS (SELECT *
FROM facets AS facets_8
WHERE facets_8.engagement = coverage.engagement AND facets_8.facet = :v49 AND facets_8.effective_on <= corrections.as_of_on AND facets_8.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_8.known_to, :v50)))) AND coverage.engagement IN (__[POSTCOMPILE_v51]) AND coverage.known_from <= :v52 AND coalesce(coverage.known_to, :v53) > :v54 AND coverage.effective_on <= :v55 AND corrections.known_to IS NULL AND corrections.effective_on <= :v56 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_to IS NULL AND disclosures_1.effective_on <= :v10)) GROUP BY coverage.engagement, coverage.facet, coverage.number) AS anon_1

-- 24e72dc6a9cce74e044e
SELECT conflicts.entry, conflicts.line, conflicts.known_from, conflicts.known_to, conflicts.effective_on, conflicts.engagement, conflicts."conflict", conflicts.parties, conflicts.nature, conflicts.outcome, conflicts.measures
FROM conflicts
WHERE (conflicts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND conflicts.engagement IN (__[POSTCOMPILE_v7]) AND conflicts.known_from <= :v8 AND coalesce(conflicts.known_to, :v9) > :v10 AND conflicts.effective_on <= :v11 ORDER BY conflicts.effective_on, conflicts.entry, conflicts.line

-- 26527aa5dfcabef5372f
SELECT DISTINCT party_facts.party
FROM party_facts
WHERE party_facts.party >= :v0 ORDER BY party_facts.party
LIMIT :v1 OFFSET 0

-- 287c372f76e29c71618a
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on, corrections.as_of_position, min(engagement_facts_1.entry) AS stood, min(facets_1.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v0 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v1 AND engagement_facts_1.value LIKE (:v2 || coverage.facet || :v3) AND (engagement_facts_1.superseded_on > corrections.as_of_on OR engagement_facts_1.superseded_at > corrections.as_of_position) AND engagement_facts_1.effective_on <= corrections.as_of_on AND engagement_facts_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(engagement_facts_1.known_to, :v4) JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = :v5 AND facets_1.effective_on <= corrections.as_of_on AND facets_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_1.known_to, :v6)
WHERE coverage.facet IN (__[POSTCOMPILE_v7]) AND coverage.number = :v8 AND NOT (coverage.facet = :v9 AND (EXISTS (SELECT *
FROM facets AS facets_2
WHERE facets_2.engagement = coverage.engagement AND facets_2.facet = :v10 AND facets_2.effective_on <= corrections.as_of_on AND facets_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_2.known_to, :v11)))) AND (coverage.engagement NOT IN (SELECT engagement_facts_2.engagement
FROM engagement_facts AS engagement_facts_2
WHERE engagement_facts_2.engagement IN (__[POSTCOMPILE_v12]) AND engagement_facts_2.known_from <= :v13 AND coalesce(engagement_facts_2.known_to, :v14) > :v15 AND (engagement_facts_2.fact || :v16) = :v17 GROUP BY engagement_facts_2.engagement
HAVING min(engagement_facts_2.effective_on) > :v18)) AND coverage.engagement IN (__[POSTCOMPILE_v19]) AND coverage.known_from <= :v20 AND coalesce(coverage.known_to, :v21) > :v22 AND coverage.effective_on <= :v23 AND corrections.known_from <= :v24 AND coalesce(corrections.known_to, :v25) > :v26 AND corrections.effective_on <= :v27 AND coverage.facet = :v28 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position

-- 291180c0594b09027e71
SELECT actions.entry, actions.line, actions.known_from, actions.known_to, actions.effective_on, actions.engagement, actions.action, actions.status, actions.review, actions.what, actions.due_on, actions.how
FROM actions
WHERE (actions.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND actions.engagement IN (__[POSTCOMPILE_v7]) AND actions.known_from <= :v8 AND coalesce(actions.known_to, :v9) > :v10 AND actions.effective_on <= :v11 ORDER BY actions.effective_on, actions.entry, actions.line

-- 2a1a7aed7c28dd2d43ed
SELECT count(*) AS count_1
FROM order_facts
WHERE order_facts.known_to IS NULL AND order_facts.effective_on <= :v0 AND (order_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND engagement_facts_1.fact = :v4 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v5)) AND order_facts.superseded_on > :v6 AND order_facts.fact = :v7

-- 2adf50fac53352d6b8ff
SELECT outcomes.entry, outcomes.line, outcomes.known_from, outcomes.known_to, outcomes.effective_on, outcomes.engagement, outcomes.outcome, outcomes.status, outcomes.summary, outcomes.indicator, outcomes.target, outcomes.due_on, outcomes.actual, outcomes.evidence
FROM outcomes
WHERE outcomes.engagement IN (__[POSTCOMPILE_v0]) AND outcomes.known_from <= :v1 AND coalesce(outcomes.known_to, :v2) > :v3 AND outcomes.effective_on <= :v4 ORDER BY outcomes.effective_on, outcomes.entry, outcomes.line

-- 2b38ced6611b9ba2f173
SELECT rates.entry, rates.line, rates.known_from, rates.known_to, rates.effective_on, rates.base, rates.quote, rates.rate, rates.source
FROM rates
WHERE rates.known_to IS NULL AND rates.effective_on <= :v0 ORDER BY rates.effective_on, rates.entry, rates.line

-- 2c161ac17c031a106a31
SELECT anon_1.document, count(DISTINCT anon_1.engagement) AS count_1, count(DISTINCT (anon_1.engagement || :v64 || nullif(anon_1.number, :v65))) AS count_2
FROM (SELECT coverage.entry AS entry, coverage.line AS line, coverage.effective_on AS effective_on, coverage.document AS document, coverage.correction AS correction, coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on AS as_of_on, disclosures.as_of_position AS as_of_position, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE coverage.known_from <= :v4 AND coalesce(coverage.known_to, :v5) > :v6 AND coverage.effective_on <= :v7 AND disclosures.known_from <= :v8 AND coalesce(disclosures.known_to, :v9) > :v10 AND disclosures.effective_on <= :v11 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position UNION SELECT coverage.entry AS entry, coverage.line AS line, coverage.effective_on AS effective_on, coverage.document AS document, coverage.correction AS correction, coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on AS as_of_on, corrections.as_of_position AS as_of_position, min(facets_3.entry) AS stood, min(facets_4.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v12 JOIN facets AS facets_3 ON facets_3.engagement = coverage.engagement AND facets_3.facet = coverage.facet AND facets_3.number = coverage.number AND facets_3.effective_on <= corrections.as_of_on AND facets_3.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_3.known_to, :v13) JOIN facets AS facets_4 ON facets_4.engagement = coverage.engagement AND facets_4.facet = :v14 AND facets_4.effective_on <= corrections.as_of_on AND facets_4.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_4.known_to, :v15)
WHERE coverage.known_from <= :v16 AND coalesce(coverage.known_to, :v17) > :v18 AND coverage.effective_on <= :v19 AND corrections.known_from <= :v20 AND coalesce(corrections.known_to, :v21) > :v22 AND corrections.effective_on <= :v23 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position UNION SELECT coverage.entry AS entry, coverage.line AS line, coverage.effective_on AS effective_on, coverage.document AS document, coverage.correction AS correction, coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on AS as_of_on, disclosures.as_of_position AS as_of_position, min(engagement_facts_1.entry) AS stood, min(facets_5.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v24 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v25 AND engagement_facts_1.value LIKE (:v26 || coverage.facet || :v27) AND (engagement_facts_1.superseded_on > disclosures.as_of_on OR engagement_facts_1.superseded_at > disclosures.as_of_position) AND engagement_facts_1.effective_on <= disclosures.as_of_on AND engagement_facts_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(engagement_facts_1.known_to, :v28) JOIN facets AS facets_5 ON facets_5.engagement = coverage.engagement AND facets_5.facet = :v29 AND facets_5.effective_on <= disclosures.as_of_on AND facets_5.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_5.known_to, :v30)
WHERE coverage.facet IN (__[POSTCOMPILE_v31]) AND coverage.number = :v32 AND NOT (coverage.facet = :v33 AND (EXISTS (SELECT *
FROM facets AS facets_6
WHERE facets_6.engagement = coverage.engagement AND facets_6.facet = :v34 AND facets_6.effective_on <= disclosures.as_of_on AND facets_6.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_6.known_to, :v35)))) AND coverage.known_from <= :v36 AND coalesce(coverage.known_to, :v37) > :v38 AND coverage.effective_on <= :v39 AND disclosures.known_from <= :v40 AND coalesce(disclosures.known_to, :v41) > :v42 AND disclosures.effective_on <= :v43 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position UNION SELECT coverage.entry AS entry, coverage.line AS line, coverage.effective_on AS effective_on, coverage.document AS document, coverage.correction AS correction, coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on AS as_of_on, corrections.as_of_position AS as_of_position, min(engagement_facts_2.entry) AS stood, min(facets_7.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v44 JOIN engagement_facts AS engagement_facts_2 ON engagement_facts_2.engagement = coverage.engagement AND engagement_facts_2.fact = :v45 AND engagement_facts_2.value LIKE (:v46 || coverage.facet || :v47) AND (engagement_facts_2.superseded_on > corrections.as_of_on OR engagement_facts_2.superseded_at > corrections.as_of_position) AND engagement_facts_2.effective_on <= corrections.as_of_on AND engagement_facts_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(engagement_facts_2.known_to, :v48) JOIN facets AS facets_7 ON facets_7.engagement = coverage.engagement AND facets_7.facet = :v49 AND facets_7.effective_on <= corrections.as_of_on AND facets_7.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_7.known_to, :v50)
WHERE coverage.facet IN (__[POSTCOMPILE_v51]) AND coverage.number = :v52 AND NOT (coverage.facet = :v53 AND (EXISTS (SELECT *
FROM facets AS facets_8
WHERE facets_8.engagement = coverage.engagement AND facets_8.facet = :v54 AND facets_8.effective_on <= corrections.as_of_on AND facets_8.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_8.known_to, :v55)))) AND coverage.known_from <= :v56 AND coalesce(coverage.known_to, :v57) > :v58 AND coverage.effective_on <= :v59 AND corrections.known_from <= :v60 AND coalesce(corrections.known_to, :v61) > :v62 AND corrections.effective_on <= :v63 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position) AS anon_1 GROUP BY anon_1.document

-- 2fc28352df2ed4d54222
SELECT merges.entry
FROM merges
LIMIT :v0 OFFSET 0

-- 2ff308c77ca7ee58d577
SELECT order_facts.engagement, order_facts.number, order_facts.fact, order_facts.value, order_facts.entry, order_facts.effective_on
FROM order_facts
WHERE (order_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v0 AND coalesce(engagement_facts_1.known_to, :v1) > :v2 AND engagement_facts_1.fact = :v3 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v4)) AND order_facts.known_from <= :v5 AND coalesce(order_facts.known_to, :v6) > :v7 AND order_facts.effective_on <= :v8 AND (order_facts.superseded_on > :v9 OR order_facts.superseded_at > :v10)

-- 31272ede16d33c2e25c2
SELECT order_facts.engagement, order_facts.number, order_facts.value
FROM order_facts
WHERE (order_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v0 AND coalesce(engagement_facts_1.known_to, :v1) > :v2 AND engagement_facts_1.fact = :v3 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v4)) AND order_facts.known_from <= :v5 AND coalesce(order_facts.known_to, :v6) > :v7 AND order_facts.effective_on <= :v8 AND (order_facts.superseded_on > :v9 OR order_facts.superseded_at > :v10) AND order_facts.fact = :v11

-- 312ea60a8ff40d1172b7
SELECT money.engagement, money.party, money.order_number, money.currency, money.minor, money.effective_on, money.entry
FROM money
WHERE money.known_from <= :v0 AND coalesce(money.known_to, :v1) > :v2 AND money.effective_on <= :v3 AND money.measure = :v4

-- 3253796db50e54599ad2
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on, disclosures.as_of_position, min(engagement_facts_1.entry) AS stood, min(facets_1.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v1 AND engagement_facts_1.value LIKE (:v2 || coverage.facet || :v3) AND (engagement_facts_1.superseded_on > disclosures.as_of_on OR engagement_facts_1.superseded_at > disclosures.as_of_position) AND engagement_facts_1.effective_on <= disclosures.as_of_on AND engagement_facts_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(engagement_facts_1.known_to, :v4) JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = :v5 AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v6)
WHERE coverage.facet IN (__[POSTCOMPILE_v7]) AND coverage.number = :v8 AND NOT (coverage.facet = :v9 AND (EXISTS (SELECT *
FROM facets AS facets_2
WHERE facets_2.engagement = coverage.engagement AND facets_2.facet = :v10 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v11)))) AND (coverage.engagement NOT IN (SELECT engagement_facts_2.engagement
FROM engagement_facts AS engagement_facts_2
WHERE engagement_facts_2.engagement IN (__[POSTCOMPILE_v12]) AND engagement_facts_2.known_from <= :v13 AND coalesce(engagement_facts_2.known_to, :v14) > :v15 AND (engagement_facts_2.fact || :v16) = :v17 GROUP BY engagement_facts_2.engagement
HAVING min(engagement_facts_2.effective_on) > :v18)) AND coverage.engagement IN (__[POSTCOMPILE_v19]) AND coverage.known_from <= :v20 AND coalesce(coverage.known_to, :v21) > :v22 AND coverage.effective_on <= :v23 AND disclosures.known_from <= :v24 AND coalesce(disclosures.known_to, :v25) > :v26 AND disclosures.effective_on <= :v27 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position

-- 32dc34a531666b0365b1
SELECT money.measure, money.currency, sum(money.minor / :v0) AS sum_1, sum(money.minor % :v1) AS sum_2
FROM money
WHERE money.known_to IS NULL AND money.effective_on <= :v2 GROUP BY money.measure, money.currency ORDER BY money.measure, money.currency

-- 3444c57acc03d04468af
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on, corrections.as_of_position, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= corrections.as_of_on AND facets_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= corrections.as_of_on AND facets_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE coverage.engagement IN (__[POSTCOMPILE_v4]) AND coverage.known_from <= :v5 AND coalesce(coverage.known_to, :v6) > :v7 AND coverage.effective_on <= :v8 AND corrections.known_to IS NULL AND corrections.effective_on <= :v9 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position

-- 349b6af88cfbbb82fadb
SELECT guidelines.entry, guidelines.line, guidelines.known_from, guidelines.known_to, guidelines.effective_on, guidelines.series, guidelines.symbol, guidelines.binds_from, guidelines.title, guidelines.adopted_by, guidelines.adopted_on, guidelines.in_force_on, guidelines.text, guidelines.sha256
FROM guidelines
WHERE guidelines.known_to IS NULL AND guidelines.effective_on <= :v0 ORDER BY guidelines.effective_on, guidelines.entry, guidelines.line

-- 37ad97cdcd409f91cd7c
SELECT money.engagement, money.currency, sum(money.minor / :v0) AS sum_1, sum(money.minor % :v1) AS sum_2
FROM money
WHERE (money.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v2 AND coalesce(engagement_facts_1.known_to, :v3) > :v4 AND engagement_facts_1.fact = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND money.known_from <= :v7 AND coalesce(money.known_to, :v8) > :v9 AND money.effective_on <= :v10 AND money.measure = :v11 GROUP BY money.engagement, money.currency ORDER BY money.engagement, money.currency

-- 39f35035e82220bbd2fe
SELECT engagement_facts.engagement, engagement_facts.fact, engagement_facts.effective_on, engagement_facts.entry, engagement_facts.value
FROM engagement_facts
WHERE (engagement_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND engagement_facts.engagement IN (__[POSTCOMPILE_v7]) AND engagement_facts.known_from <= :v8 AND coalesce(engagement_facts.known_to, :v9) > :v10 AND engagement_facts.effective_on <= :v11 ORDER BY engagement_facts.effective_on, engagement_facts.entry, engagement_facts.line

-- 3c4538549d8a592b7f96
SELECT outcomes.engagement, max(outcomes.known_from) AS max_1, max(coalesce(outcomes.known_to, :v0)) AS max_2, max(CASE WHEN (outcomes.effective_on <= :v1) THEN outcomes.effective_on ELSE :v2 END) AS max_3
FROM outcomes
WHERE outcomes.engagement IN (__[POSTCOMPILE_v3]) GROUP BY outcomes.engagement

-- 3de8931ed1f5a41c4cdd
SELECT engagement_facts.engagement, engagement_facts.value
FROM engagement_facts
WHERE (engagement_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND engagement_facts.engagement IN (__[POSTCOMPILE_v7]) AND engagement_facts.known_from <= :v8 AND coalesce(engagement_facts.known_to, :v9) > :v10 AND engagement_facts.effective_on <= :v11 AND (engagement_facts.superseded_on > :v12 OR engagement_facts.superseded_at > :v13) AND (engagement_facts.fact || :v14) = :v15

-- 3e027cec1ea419a36797
SELECT order_facts.engagement, order_facts.number, order_facts.fact, order_facts.value, order_facts.entry, order_facts.effective_on
FROM order_facts
WHERE order_facts.known_to IS NULL AND order_facts.effective_on <= :v0 AND (order_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND engagement_facts_1.fact = :v4 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v5)) AND order_facts.superseded_on > :v6

-- 3f33d7bb43c33bd30f12
SELECT waivers.entry, waivers.line, waivers.known_from, waivers.known_to, waivers.effective_on, waivers.engagement, waivers.rule, waivers.of_case, waivers.why, waivers.approved_by, waivers.until, waivers.conditions
FROM waivers
WHERE (waivers.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND waivers.engagement IN (__[POSTCOMPILE_v7]) AND waivers.known_from <= :v8 AND coalesce(waivers.known_to, :v9) > :v10 AND waivers.effective_on <= :v11 ORDER BY waivers.effective_on, waivers.entry, waivers.line

-- 41e65774cac383d5090e
SELECT acceptances.entry, acceptances.line, acceptances.known_from, acceptances.known_to, acceptances.effective_on, acceptances.engagement, acceptances.acceptance, acceptances.order_number, acceptances.deliverable, acceptances.evidence, acceptances.currency, acceptances.minor
FROM acceptances
WHERE acceptances.engagement IN (__[POSTCOMPILE_v0]) AND acceptances.known_from <= :v1 AND coalesce(acceptances.known_to, :v2) > :v3 AND acceptances.effective_on <= :v4 ORDER BY acceptances.effective_on, acceptances.entry, acceptances.line

-- 426e5d8daf1d1abb400b
SELECT engagement_facts.engagement, engagement_facts.value
FROM engagement_facts
WHERE engagement_facts.known_to IS NULL AND engagement_facts.effective_on <= :v0 AND engagement_facts.superseded_on > :v1 AND engagement_facts.fact = :v2

-- 43271120d31604f98768
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on, corrections.as_of_position, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= corrections.as_of_on AND facets_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= corrections.as_of_on AND facets_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE (coverage.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v4]) AND engagement_facts_1.known_from <= :v5 AND coalesce(engagement_facts_1.known_to, :v6) > :v7 AND (engagement_facts_1.fact || :v8) = :v9 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v10)) AND coverage.engagement IN (__[POSTCOMPILE_v11]) AND coverage.known_from <= :v12 AND coalesce(coverage.known_to, :v13) > :v14 AND coverage.effective_on <= :v15 AND corrections.known_from <= :v16 AND coalesce(corrections.known_to, :v17) > :v18 AND corrections.effective_on <= :v19 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position

-- 4362444c9f1e4914f1f5
SELECT money.engagement, money.party, money.order_number, money.currency, money.minor, money.effective_on, money.entry
FROM money
WHERE money.known_to IS NULL AND money.effective_on <= :v0 AND (money.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND engagement_facts_1.fact = :v4 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v5)) AND money.measure = :v6

-- 46b9a1c6e2542c18c0f3
SELECT facets.engagement, facets.facet, facets.number
FROM facets
WHERE facets.known_from <= :v0 AND coalesce(facets.known_to, :v1) > :v2 AND facets.effective_on <= :v3 AND (facets.superseded_on > :v4 OR facets.superseded_at > :v5)

-- 47492a21956fcbd43661
SELECT assessments.entry, assessments.line, assessments.known_from, assessments.known_to, assessments.effective_on, assessments.finding, assessments.control, assessments.outcome, assessments.why, assessments.entries, assessments.until
FROM assessments
WHERE assessments.known_from <= :v0 AND coalesce(assessments.known_to, :v1) > :v2 AND assessments.effective_on <= :v3 ORDER BY assessments.effective_on, assessments.entry, assessments.line

-- 480ff98e89548425a888
SELECT engagement_facts.engagement, engagement_facts.value
FROM engagement_facts
WHERE engagement_facts.known_from <= :v0 AND coalesce(engagement_facts.known_to, :v1) > :v2 AND engagement_facts.effective_on <= :v3 AND (engagement_facts.superseded_on > :v4 OR engagement_facts.superseded_at > :v5) AND engagement_facts.fact = 'status'

-- 482d0f16b670e0508764
SELECT money.entry, money.line, money.known_from, money.known_to, money.effective_on, money.engagement, money.measure, money.party, money.order_number, money.currency, money.minor
FROM money
WHERE money.known_to IS NULL AND money.effective_on <= :v0 AND money.measure IN (__[POSTCOMPILE_v1]) ORDER BY money.effective_on, money.entry, money.line

-- 49c085a4064a42ff0dbf
SELECT conflicts.entry, conflicts.line, conflicts.known_from, conflicts.known_to, conflicts.effective_on, conflicts.engagement, conflicts."conflict", conflicts.parties, conflicts.nature, conflicts.outcome, conflicts.measures
FROM conflicts
WHERE conflicts.engagement IN (__[POSTCOMPILE_v0]) AND conflicts.known_from <= :v1 AND coalesce(conflicts.known_to, :v2) > :v3 AND conflicts.effective_on <= :v4 ORDER BY conflicts.effective_on, conflicts.entry, conflicts.line

-- 4b1b361dc4eb6e4421dc
SELECT engagement_facts.engagement, engagement_facts.fact, engagement_facts.value, engagement_facts.entry, engagement_facts.effective_on
FROM engagement_facts
WHERE (engagement_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v0 AND coalesce(engagement_facts_1.known_to, :v1) > :v2 AND engagement_facts_1.fact = :v3 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v4)) AND engagement_facts.known_from <= :v5 AND coalesce(engagement_facts.known_to, :v6) > :v7 AND engagement_facts.effective_on <= :v8 AND (engagement_facts.superseded_on > :v9 OR engagement_facts.superseded_at > :v10)

-- 4de6734e4657835d490f
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on, disclosures.as_of_position, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE (coverage.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v4]) AND engagement_facts_1.known_from <= :v5 AND coalesce(engagement_facts_1.known_to, :v6) > :v7 AND (engagement_facts_1.fact || :v8) = :v9 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v10)) AND coverage.engagement IN (__[POSTCOMPILE_v11]) AND coverage.known_from <= :v12 AND coalesce(coverage.known_to, :v13) > :v14 AND coverage.effective_on <= :v15 AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v16 AND coverage.facet = :v17 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position

-- 4e67cb0bb921a630084b
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on, corrections.as_of_position, min(engagement_facts_1.entry) AS stood, min(facets_1.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v0 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v1 AND engagement_facts_1.value LIKE (:v2 || coverage.facet || :v3) AND (engagement_facts_1.superseded_on > corrections.as_of_on OR engagement_facts_1.superseded_at > corrections.as_of_position) AND engagement_facts_1.effective_on <= corrections.as_of_on AND engagement_facts_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(engagement_facts_1.known_to, :v4) JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = :v5 AND facets_1.effective_on <= corrections.as_of_on AND facets_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_1.known_to, :v6)
WHERE coverage.facet IN (__[POSTCOMPILE_v7]) AND coverage.number = :v8 AND NOT (coverage.facet = :v9 AND (EXISTS (SELECT *
FROM facets AS facets_2
WHERE facets_2.engagement = coverage.engagement AND facets_2.facet = :v10 AND facets_2.effective_on <= corrections.as_of_on AND facets_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_2.known_to, :v11)))) AND (coverage.engagement NOT IN (SELECT engagement_facts_2.engagement
FROM engagement_facts AS engagement_facts_2
WHERE engagement_facts_2.engagement IN (__[POSTCOMPILE_v12]) AND engagement_facts_2.known_from <= :v13 AND coalesce(engagement_facts_2.known_to, :v14) > :v15 AND (engagement_facts_2.fact || :v16) = :v17 GROUP BY engagement_facts_2.engagement
HAVING min(engagement_facts_2.effective_on) > :v18)) AND coverage.engagement IN (__[POSTCOMPILE_v19]) AND coverage.known_from <= :v20 AND coalesce(coverage.known_to, :v21) > :v22 AND coverage.effective_on <= :v23 AND corrections.known_to IS NULL AND corrections.effective_on <= :v24 AND coverage.facet = :v25 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position

-- 4ed418fbe04b47af74aa
SELECT payments.entry, payments.line, payments.known_from, payments.known_to, payments.effective_on, payments.engagement, payments.payment, payments.order_number, payments.status, payments.currency, payments.minor
FROM payments
WHERE payments.engagement IN (__[POSTCOMPILE_v0]) AND payments.known_from <= :v1 AND coalesce(payments.known_to, :v2) > :v3 AND payments.effective_on <= :v4 ORDER BY payments.effective_on, payments.entry, payments.line

-- 4f3c0066c6ce8bb36915
SELECT order_facts.engagement, order_facts.number, order_facts.value
FROM order_facts
WHERE order_facts.known_to IS NULL AND order_facts.effective_on <= :v0 AND (order_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND engagement_facts_1.fact = :v4 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v5)) AND order_facts.superseded_on > :v6 AND order_facts.fact = :v7

-- 506a30653bed0ada31bd
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on, corrections.as_of_position, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= corrections.as_of_on AND facets_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= corrections.as_of_on AND facets_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE coverage.engagement IN (__[POSTCOMPILE_v4]) AND coverage.known_from <= :v5 AND coalesce(coverage.known_to, :v6) > :v7 AND coverage.effective_on <= :v8 AND corrections.known_to IS NULL AND corrections.effective_on <= :v9 AND coverage.facet = :v10 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position

-- 5265db3b99214afb0866
SELECT risks.entry, risks.line, risks.known_from, risks.known_to, risks.effective_on, risks.engagement, risks.risk, risks.likelihood, risks.impact, risks.mitigation, risks.owner, risks.review_on
FROM risks
WHERE risks.engagement IN (__[POSTCOMPILE_v0]) AND risks.known_from <= :v1 AND coalesce(risks.known_to, :v2) > :v3 AND risks.effective_on <= :v4 ORDER BY risks.effective_on, risks.entry, risks.line

-- 54dbedfbc74487d22681
SELECT settings.entry, settings.line, settings.known_from, settings.known_to, settings.effective_on, settings.name, settings.value
FROM settings
WHERE settings.known_to IS NULL AND settings.effective_on <= :v0 ORDER BY settings.effective_on, settings.entry, settings.line

-- 55deefec9799a9c5459c
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on, corrections.as_of_position, min(engagement_facts_1.entry) AS stood, min(facets_1.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v0 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v1 AND engagement_facts_1.value LIKE (:v2 || coverage.facet || :v3) AND (engagement_facts_1.superseded_on > corrections.as_of_on OR engagement_facts_1.superseded_at > corrections.as_of_position) AND engagement_facts_1.effective_on <= corrections.as_of_on AND engagement_facts_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(engagement_facts_1.known_to, :v4) JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = :v5 AND facets_1.effective_on <= corrections.as_of_on AND facets_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_1.known_to, :v6)
WHERE coverage.facet IN (__[POSTCOMPILE_v7]) AND coverage.number = :v8 AND NOT (coverage.facet = :v9 AND (EXISTS (SELECT *
FROM facets AS facets_2
WHERE facets_2.engagement = coverage.engagement AND facets_2.facet = :v10 AND facets_2.effective_on <= corrections.as_of_on AND facets_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_2.known_to, :v11)))) AND coverage.engagement IN (__[POSTCOMPILE_v12]) AND coverage.known_from <= :v13 AND coalesce(coverage.known_to, :v14) > :v15 AND coverage.effective_on <= :v16 AND corrections.known_to IS NULL AND corrections.effective_on <= :v17 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position

-- 55e134da723a13b31d7b
SELECT facets.engagement, facets.facet, facets.number
FROM facets
WHERE facets.engagement IN (__[POSTCOMPILE_v0]) AND facets.known_from <= :v1 AND coalesce(facets.known_to, :v2) > :v3 AND facets.effective_on <= :v4 AND (facets.superseded_on > :v5 OR facets.superseded_at > :v6)

-- 560f794275ad7a0b5e40
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on, corrections.as_of_position, min(engagement_facts_1.entry) AS stood, min(facets_1.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v0 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v1 AND engagement_facts_1.value LIKE (:v2 || coverage.facet || :v3) AND (engagement_facts_1.superseded_on > corrections.as_of_on OR engagement_facts_1.superseded_at > corrections.as_of_position) AND engagement_facts_1.effective_on <= corrections.as_of_on AND engagement_facts_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(engagement_facts_1.known_to, :v4) JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = :v5 AND facets_1.effective_on <= corrections.as_of_on AND facets_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_1.known_to, :v6)
WHERE coverage.facet IN (__[POSTCOMPILE_v7]) AND coverage.number = :v8 AND NOT (coverage.facet = :v9 AND (EXISTS (SELECT *
FROM facets AS facets_2
WHERE facets_2.engagement = coverage.engagement AND facets_2.facet = :v10 AND facets_2.effective_on <= corrections.as_of_on AND facets_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_2.known_to, :v11)))) AND (coverage.engagement NOT IN (SELECT engagement_facts_2.engagement
FROM engagement_facts AS engagement_facts_2
WHERE engagement_facts_2.engagement IN (__[POSTCOMPILE_v12]) AND engagement_facts_2.known_from <= :v13 AND coalesce(engagement_facts_2.known_to, :v14) > :v15 AND (engagement_facts_2.fact || :v16) = :v17 GROUP BY engagement_facts_2.engagement
HAVING min(engagement_facts_2.effective_on) > :v18)) AND coverage.engagement IN (__[POSTCOMPILE_v19]) AND coverage.known_from <= :v20 AND coalesce(coverage.known_to, :v21) > :v22 AND coverage.effective_on <= :v23 AND corrections.known_to IS NULL AND corrections.effective_on <= :v24 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position

-- 567cd7403129bb658395
SELECT affiliations.entry, affiliations.line, affiliations.known_from, affiliations.known_to, affiliations.effective_on, affiliations.party, affiliations.other, affiliations.status, affiliations.relation
FROM affiliations
WHERE affiliations.known_from <= :v0 AND coalesce(affiliations.known_to, :v1) > :v2 AND affiliations.effective_on <= :v3 ORDER BY affiliations.effective_on, affiliations.entry, affiliations.line

-- 57396bb50a4641d70a3d
SELECT acceptances.entry, acceptances.line, acceptances.known_from, acceptances.known_to, acceptances.effective_on, acceptances.engagement, acceptances.acceptance, acceptances.order_number, acceptances.deliverable, acceptances.evidence, acceptances.currency, acceptances.minor
FROM acceptances
WHERE (acceptances.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND acceptances.engagement IN (__[POSTCOMPILE_v7]) AND acceptances.known_from <= :v8 AND coalesce(acceptances.known_to, :v9) > :v10 AND acceptances.effective_on <= :v11 ORDER BY acceptances.effective_on, acceptances.entry, acceptances.line

-- 577ddfddb27b2603c242
SELECT engagement_facts.engagement, engagement_facts.value
FROM engagement_facts
WHERE engagement_facts.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts.known_from <= :v1 AND coalesce(engagement_facts.known_to, :v2) > :v3 AND engagement_facts.effective_on <= :v4 AND (engagement_facts.superseded_on > :v5 OR engagement_facts.superseded_at > :v6) AND (engagement_facts.fact || :v7) = :v8 AND engagement_facts.value < :v9

-- 59ec797fb9204a3900b6
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on, disclosures.as_of_position, min(engagement_facts_1.entry) AS stood, min(facets_1.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v1 AND engagement_facts_1.value LIKE (:v2 || coverage.facet || :v3) AND (engagement_facts_1.superseded_on > disclosures.as_of_on OR engagement_facts_1.superseded_at > disclosures.as_of_position) AND engagement_facts_1.effective_on <= disclosures.as_of_on AND engagement_facts_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(engagement_facts_1.known_to, :v4) JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = :v5 AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v6)
WHERE coverage.facet IN (__[POSTCOMPILE_v7]) AND coverage.number = :v8 AND NOT (coverage.facet = :v9 AND (EXISTS (SELECT *
FROM facets AS facets_2
WHERE facets_2.engagement = coverage.engagement AND facets_2.facet = :v10 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v11)))) AND coverage.engagement IN (__[POSTCOMPILE_v12]) AND coverage.known_from <= :v13 AND coalesce(coverage.known_to, :v14) > :v15 AND coverage.effective_on <= :v16 AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v17 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position

-- 5d08c6d0fd51a106692c
SELECT DISTINCT order_facts.engagement
FROM order_facts
WHERE order_facts.known_from <= :v0 AND coalesce(order_facts.known_to, :v1) > :v2 AND order_facts.effective_on <= :v3 AND order_facts.engagement IN (SELECT engagement_facts.engagement
FROM engagement_facts
WHERE engagement_facts.fact = :v4)

-- 5d70b5c178e148de57ff
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on, disclosures.as_of_position, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE (coverage.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v4]) AND engagement_facts_1.known_from <= :v5 AND coalesce(engagement_facts_1.known_to, :v6) > :v7 AND (engagement_facts_1.fact || :v8) = :v9 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v10)) AND coverage.engagement IN (__[POSTCOMPILE_v11]) AND coverage.known_from <= :v12 AND coalesce(coverage.known_to, :v13) > :v14 AND coverage.effective_on <= :v15 AND disclosures.known_from <= :v16 AND coalesce(disclosures.known_to, :v17) > :v18 AND disclosures.effective_on <= :v19 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position

-- 5dbdb7e7b2fd218f5de5
SELECT money.measure, money.currency, sum(money.minor / :v0) AS sum_1, sum(money.minor % :v1) AS sum_2
FROM money
WHERE money.known_to IS NULL AND money.effective_on <= :v2 AND (money.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v3 AND coalesce(engagement_facts_1.known_to, :v4) > :v5 AND engagement_facts_1.fact = :v6 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v7)) GROUP BY money.measure, money.currency ORDER BY money.measure, money.currency

-- 5e31490f9517d623f0de
SELECT count(*) AS count_1
FROM party_facts
WHERE party_facts.known_to IS NULL AND party_facts.effective_on <= :v0 AND party_facts.superseded_on > :v1 AND party_facts.fact = :v2

-- 5ee73267ea76abc09d60
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on, corrections.as_of_position, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= corrections.as_of_on AND facets_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= corrections.as_of_on AND facets_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE coverage.engagement IN (__[POSTCOMPILE_v4]) AND coverage.known_from <= :v5 AND coalesce(coverage.known_to, :v6) > :v7 AND coverage.effective_on <= :v8 AND corrections.known_from <= :v9 AND coalesce(corrections.known_to, :v10) > :v11 AND corrections.effective_on <= :v12 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position

-- 61f6a528c439d5ec16cf
SELECT order_facts.engagement, order_facts.number, order_facts.value
FROM order_facts
WHERE order_facts.known_from <= :v0 AND coalesce(order_facts.known_to, :v1) > :v2 AND order_facts.effective_on <= :v3 AND (order_facts.superseded_on > :v4 OR order_facts.superseded_at > :v5) AND order_facts.fact = :v6

-- 63f3667e8406c759214f
SELECT money.engagement, money.currency, sum(money.minor / :v0) AS sum_1, sum(money.minor % :v1) AS sum_2
FROM money
WHERE money.known_to IS NULL AND money.effective_on <= :v2 AND (money.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v3 AND coalesce(engagement_facts_1.known_to, :v4) > :v5 AND engagement_facts_1.fact = :v6 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v7)) AND money.measure = :v8 GROUP BY money.engagement, money.currency ORDER BY money.engagement, money.currency

-- 6668ecf1f5dcd85a9616
SELECT party_facts.party, party_facts.fact, party_facts.value, party_facts.entry, party_facts.effective_on
FROM party_facts
WHERE party_facts.known_from <= :v0 AND coalesce(party_facts.known_to, :v1) > :v2 AND party_facts.effective_on <= :v3 AND (party_facts.superseded_on > :v4 OR party_facts.superseded_at > :v5) AND party_facts.party IN (__[POSTCOMPILE_v6]) AND (party_facts.fact NOT IN (__[POSTCOMPILE_v7]))

-- 6684a36cb36a0de9fb1b
SELECT of_merged.entry, of_merged.line, of_merged.known_from, of_merged.known_to, of_merged.effective_on, of_merged.party
FROM of_merged
WHERE of_merged.known_from <= :v0 AND coalesce(of_merged.known_to, :v1) > :v2 AND of_merged.effective_on <= :v3 AND of_merged.entry IN (__[POSTCOMPILE_v4]) ORDER BY of_merged.effective_on, of_merged.entry, of_merged.line

-- 6ac5c7d9a584562aeaa5
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on, disclosures.as_of_position, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE (coverage.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v4]) AND engagement_facts_1.known_from <= :v5 AND coalesce(engagement_facts_1.known_to, :v6) > :v7 AND (engagement_facts_1.fact || :v8) = :v9 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v10)) AND coverage.engagement IN (__[POSTCOMPILE_v11]) AND coverage.known_from <= :v12 AND coalesce(coverage.known_to, :v13) > :v14 AND coverage.effective_on <= :v15 AND disclosures.known_from <= :v16 AND coalesce(disclosures.known_to, :v17) > :v18 AND disclosures.effective_on <= :v19 AND coverage.facet = :v20 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position

-- 6ae1c566855b729aa08c
SELECT information_requests.entry, information_requests.line, information_requests.known_from, information_requests.known_to, information_requests.effective_on, information_requests.engagement, information_requests.request, information_requests.status, information_requests."by", information_requests.what, information_requests.due_on, information_requests.document
FROM information_requests
WHERE information_requests.engagement IN (__[POSTCOMPILE_v0]) AND information_requests.known_from <= :v1 AND coalesce(information_requests.known_to, :v2) > :v3 AND information_requests.effective_on <= :v4 ORDER BY information_requests.effective_on, information_requests.entry, information_requests.line

-- 6bc3305b6538526c1b20
SELECT money.entry, money.line, money.known_from, money.known_to, money.effective_on, money.engagement, money.measure, money.party, money.order_number, money.currency, money.minor
FROM money
WHERE money.engagement IN (__[POSTCOMPILE_v0]) AND money.known_from <= :v1 AND coalesce(money.known_to, :v2) > :v3 AND money.effective_on <= :v4 AND (money.measure || :v5) IN (__[POSTCOMPILE_v6]) ORDER BY money.effective_on, money.entry, money.line

-- 6c8730b7cd3ce33b58fc
SELECT money.entry, money.line, money.known_from, money.known_to, money.effective_on, money.engagement, money.measure, money.party, money.order_number, money.currency, money.minor
FROM money
WHERE money.engagement IN (__[POSTCOMPILE_v0]) AND money.known_from <= :v1 AND coalesce(money.known_to, :v2) > :v3 AND money.effective_on <= :v4 ORDER BY money.effective_on, money.entry, money.line

-- 6e2bef9d2fb55a347703
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on, corrections.as_of_position, min(engagement_facts_1.entry) AS stood, min(facets_1.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v0 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v1 AND engagement_facts_1.value LIKE (:v2 || coverage.facet || :v3) AND (engagement_facts_1.superseded_on > corrections.as_of_on OR engagement_facts_1.superseded_at > corrections.as_of_position) AND engagement_facts_1.effective_on <= corrections.as_of_on AND engagement_facts_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(engagement_facts_1.known_to, :v4) JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = :v5 AND facets_1.effective_on <= corrections.as_of_on AND facets_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_1.known_to, :v6)
WHERE coverage.facet IN (__[POSTCOMPILE_v7]) AND coverage.number = :v8 AND NOT (coverage.facet = :v9 AND (EXISTS (SELECT *
FROM facets AS facets_2
WHERE facets_2.engagement = coverage.engagement AND facets_2.facet = :v10 AND facets_2.effective_on <= corrections.as_of_on AND facets_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_2.known_to, :v11)))) AND (coverage.engagement NOT IN (SELECT engagement_facts_2.engagement
FROM engagement_facts AS engagement_facts_2
WHERE engagement_facts_2.engagement IN (__[POSTCOMPILE_v12]) AND engagement_facts_2.known_from <= :v13 AND coalesce(engagement_facts_2.known_to, :v14) > :v15 AND (engagement_facts_2.fact || :v16) = :v17 GROUP BY engagement_facts_2.engagement
HAVING min(engagement_facts_2.effective_on) > :v18)) AND coverage.engagement IN (__[POSTCOMPILE_v19]) AND coverage.known_from <= :v20 AND coalesce(coverage.known_to, :v21) > :v22 AND coverage.effective_on <= :v23 AND corrections.known_from <= :v24 AND coalesce(corrections.known_to, :v25) > :v26 AND corrections.effective_on <= :v27 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position

-- 71d4fbaeb167c0334fd1
SELECT engagement_facts.engagement, engagement_facts.value
FROM engagement_facts
WHERE engagement_facts.known_to IS NULL AND engagement_facts.effective_on <= :v0 AND engagement_facts.superseded_on > :v1 AND engagement_facts.fact = 'ends_on' AND engagement_facts.value < :v2

-- 721dc930acca9984ca3a
SELECT affiliations.entry, affiliations.line, affiliations.known_from, affiliations.known_to, affiliations.effective_on, affiliations.party, affiliations.other, affiliations.status, affiliations.relation
FROM affiliations
WHERE affiliations.known_to IS NULL AND affiliations.effective_on <= :v0 ORDER BY affiliations.effective_on, affiliations.entry, affiliations.line

-- 733fdee4aae0cf378426
SELECT anon_1.document, count(DISTINCT anon_1.engagement) AS count_1, count(DISTINCT (anon_1.engagement || :v60 || nullif(anon_1.number, :v61))) AS count_2
FROM (SELECT coverage.entry AS entry, coverage.line AS line, coverage.effective_on AS effective_on, coverage.document AS document, coverage.correction AS correction, coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on AS as_of_on, disclosures.as_of_position AS as_of_position, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE coverage.known_to IS NULL AND coverage.effective_on <= :v4 AND (coverage.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v5 AND coalesce(engagement_facts_1.known_to, :v6) > :v7 AND engagement_facts_1.fact = :v8 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v9)) AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v10 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position UNION SELECT coverage.entry AS entry, coverage.line AS line, coverage.effective_on AS effective_on, coverage.document AS document, coverage.correction AS correction, coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on AS as_of_on, corrections.as_of_position AS as_of_position, min(facets_3.entry) AS stood, min(facets_4.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v11 JOIN facets AS facets_3 ON facets_3.engagement = coverage.engagement AND facets_3.facet = coverage.facet AND facets_3.number = coverage.number AND facets_3.effective_on <= corrections.as_of_on AND facets_3.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_3.known_to, :v12) JOIN facets AS facets_4 ON facets_4.engagement = coverage.engagement AND facets_4.facet = :v13 AND facets_4.effective_on <= corrections.as_of_on AND facets_4.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_4.known_to, :v14)
WHERE coverage.known_to IS NULL AND coverage.effective_on <= :v15 AND (coverage.engagement NOT IN (SELECT engagement_facts_2.engagement
FROM engagement_facts AS engagement_facts_2
WHERE engagement_facts_2.known_from <= :v16 AND coalesce(engagement_facts_2.known_to, :v17) > :v18 AND engagement_facts_2.fact = :v19 GROUP BY engagement_facts_2.engagement
HAVING min(engagement_facts_2.effective_on) > :v20)) AND corrections.known_to IS NULL AND corrections.effective_on <= :v21 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position UNION SELECT coverage.entry AS entry, coverage.line AS line, coverage.effective_on AS effective_on, coverage.document AS document, coverage.correction AS correction, coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on AS as_of_on, disclosures.as_of_position AS as_of_position, min(engagement_facts_3.entry) AS stood, min(facets_5.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v22 JOIN engagement_facts AS engagement_facts_3 ON engagement_facts_3.engagement = coverage.engagement AND engagement_facts_3.fact = :v23 AND engagement_facts_3.value LIKE (:v24 || coverage.facet || :v25) AND (engagement_facts_3.superseded_on > disclosures.as_of_on OR engagement_facts_3.superseded_at > disclosures.as_of_position) AND engagement_facts_3.effective_on <= disclosures.as_of_on AND engagement_facts_3.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(engagement_facts_3.known_to, :v26) JOIN facets AS facets_5 ON facets_5.engagement = coverage.engagement AND facets_5.facet = :v27 AND facets_5.effective_on <= disclosures.as_of_on AND facets_5.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_5.known_to, :v28)
WHERE coverage.facet IN (__[POSTCOMPILE_v29]) AND coverage.number = :v30 AND NOT (coverage.facet = :v31 AND (EXISTS (SELECT *
FROM facets AS facets_6
WHERE facets_6.engagement = coverage.engagement AND facets_6.facet = :v32 AND facets_6.effective_on <= disclosures.as_of_on AND facets_6.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_6.known_to, :v33)))) AND coverage.known_to IS NULL AND coverage.effective_on <= :v34 AND (coverage.engagement NOT IN (SELECT engagement_facts_4.engagement
FROM engagement_facts AS engagement_facts_4
WHERE engagement_facts_4.known_from <= :v35 AND coalesce(engagement_facts_4.known_to, :v36) > :v37 AND engagement_facts_4.fact = :v38 GROUP BY engagement_facts_4.engagement
HAVING min(engagement_facts_4.effective_on) > :v39)) AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v40 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position UNION SELECT coverage.entry AS entry, coverage.line AS line, coverage.effective_on AS effective_on, coverage.document AS document, coverage.correction AS correction, coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on AS as_of_on, corrections.as_of_position AS as_of_position, min(engagement_facts_5.entry) AS stood, min(facets_7.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v41 JOIN engagement_facts AS engagement_facts_5 ON engagement_facts_5.engagement = coverage.engagement AND engagement_facts_5.fact = :v42 AND engagement_facts_5.value LIKE (:v43 || coverage.facet || :v44) AND (engagement_facts_5.superseded_on > corrections.as_of_on OR engagement_facts_5.superseded_at > corrections.as_of_position) AND engagement_facts_5.effective_on <= corrections.as_of_on AND engagement_facts_5.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(engagement_facts_5.known_to, :v45) JOIN facets AS facets_7 ON facets_7.engagement = coverage.engagement AND facets_7.facet = :v46 AND facets_7.effective_on <= corrections.as_of_on AND facets_7.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_7.known_to, :v47)
WHERE coverage.facet IN (__[POSTCOMPILE_v48]) AND coverage.number = :v49 AND NOT (coverage.facet = :v50 AND (EXISTS (SELECT *
FROM facets AS facets_8
WHERE facets_8.engagement = coverage.engagement AND facets_8.facet = :v51 AND facets_8.effective_on <= corrections.as_of_on AND facets_8.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_8.known_to, :v52)))) AND coverage.known_to IS NULL AND coverage.effective_on <= :v53 AND (coverage.engagement NOT IN (SELECT engagement_facts_6.engagement
FROM engagement_facts AS engagement_facts_6
WHERE engagement_facts_6.known_from <= :v54 AND coalesce(engagement_facts_6.known_to, :v55) > :v56 AND engagement_facts_6.fact = :v57 GROUP BY engagement_facts_6.engagement
HAVING min(engagement_facts_6.effective_on) > :v58)) AND corrections.known_to IS NULL AND corrections.effective_on <= :v59 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position) AS anon_1 GROUP BY anon_1.document

-- 74477c7caedcc608acdf
SELECT facets.entry, facets.line, facets.known_from, facets.known_to, facets.effective_on, facets.superseded_on, facets.superseded_at, facets.engagement, facets.facet, facets.number
FROM facets
WHERE facets.engagement IN (__[POSTCOMPILE_v0]) AND facets.known_from <= :v1 AND coalesce(facets.known_to, :v2) > :v3 AND facets.effective_on <= :v4 ORDER BY facets.effective_on, facets.entry, facets.line

-- 74891b7fb423bf2d3054
SELECT waivers.entry, waivers.line, waivers.known_from, waivers.known_to, waivers.effective_on, waivers.engagement, waivers.rule, waivers.of_case, waivers.why, waivers.approved_by, waivers.until, waivers.conditions
FROM waivers
WHERE waivers.known_to IS NULL AND waivers.effective_on <= :v0 ORDER BY waivers.effective_on, waivers.entry, waivers.line

-- 74c1714990a4690adc7f
SELECT order_facts.entry, order_facts.line, order_facts.known_from, order_facts.known_to, order_facts.effective_on, order_facts.superseded_on, order_facts.superseded_at, order_facts.engagement, order_facts.number, order_facts.fact, order_facts.value
FROM order_facts
WHERE (order_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND order_facts.engagement IN (__[POSTCOMPILE_v7]) AND order_facts.known_from <= :v8 AND coalesce(order_facts.known_to, :v9) > :v10 AND order_facts.effective_on <= :v11 ORDER BY order_facts.effective_on, order_facts.entry, order_facts.line

-- 753ccab4f9d45c39fd3b
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on, corrections.as_of_position, min(engagement_facts_1.entry) AS stood, min(facets_1.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v0 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v1 AND engagement_facts_1.value LIKE (:v2 || coverage.facet || :v3) AND (engagement_facts_1.superseded_on > corrections.as_of_on OR engagement_facts_1.superseded_at > corrections.as_of_position) AND engagement_facts_1.effective_on <= corrections.as_of_on AND engagement_facts_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(engagement_facts_1.known_to, :v4) JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = :v5 AND facets_1.effective_on <= corrections.as_of_on AND facets_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_1.known_to, :v6)
WHERE coverage.facet IN (__[POSTCOMPILE_v7]) AND coverage.number = :v8 AND NOT (coverage.facet = :v9 AND (EXISTS (SELECT *
FROM facets AS facets_2
WHERE facets_2.engagement = coverage.engagement AND facets_2.facet = :v10 AND facets_2.effective_on <= corrections.as_of_on AND facets_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_2.known_to, :v11)))) AND coverage.engagement IN (__[POSTCOMPILE_v12]) AND coverage.known_from <= :v13 AND coalesce(coverage.known_to, :v14) > :v15 AND coverage.effective_on <= :v16 AND corrections.known_to IS NULL AND corrections.effective_on <= :v17 AND coverage.facet = :v18 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position

-- 75424f44c6df515abbef
SELECT party_facts.party, party_facts.fact, party_facts.value, party_facts.entry, party_facts.effective_on
FROM party_facts
WHERE party_facts.known_to IS NULL AND party_facts.effective_on <= :v0 AND party_facts.superseded_on > :v1 AND (party_facts.fact NOT IN (__[POSTCOMPILE_v2]))

-- 756ae01227991bd05746
SELECT DISTINCT engagement_facts.engagement
FROM engagement_facts
WHERE engagement_facts.fact = :v0 ORDER BY engagement_facts.engagement

-- 75fc3e665612c73e6785
SELECT engagement_facts.engagement, engagement_facts.fact, engagement_facts.value, engagement_facts.entry, engagement_facts.effective_on
FROM engagement_facts
WHERE engagement_facts.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts.known_from <= :v1 AND coalesce(engagement_facts.known_to, :v2) > :v3 AND engagement_facts.effective_on <= :v4 AND (engagement_facts.superseded_on > :v5 OR engagement_facts.superseded_at > :v6)

-- 767cbae8843cfabd3230
SELECT engagement_facts.entry, engagement_facts.line, engagement_facts.known_from, engagement_facts.known_to, engagement_facts.effective_on, engagement_facts.superseded_on, engagement_facts.superseded_at, engagement_facts.engagement, engagement_facts.fact, engagement_facts.value
FROM engagement_facts
WHERE engagement_facts.engagement IN (__[POSTCOMPILE_v0]) ORDER BY engagement_facts.effective_on, engagement_facts.entry, engagement_facts.line

-- 78c2e8cc9313433ce2b0
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on, disclosures.as_of_position, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE (coverage.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v4]) AND engagement_facts_1.known_from <= :v5 AND coalesce(engagement_facts_1.known_to, :v6) > :v7 AND (engagement_facts_1.fact || :v8) = :v9 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v10)) AND coverage.engagement IN (__[POSTCOMPILE_v11]) AND coverage.known_from <= :v12 AND coalesce(coverage.known_to, :v13) > :v14 AND coverage.effective_on <= :v15 AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v16 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position

-- 79737e1edd3221e18339
SELECT money.engagement, money.currency, sum(money.minor / :v0) AS sum_1, sum(money.minor % :v1) AS sum_2
FROM money
WHERE money.known_to IS NULL AND money.effective_on <= :v2 AND money.measure = :v3 GROUP BY money.engagement, money.currency ORDER BY money.engagement, money.currency

-- 7a5d80d7b3bfe3937fe2
SELECT DISTINCT engagement_facts.engagement
FROM engagement_facts
WHERE engagement_facts.engagement >= :v0 ORDER BY engagement_facts.engagement
LIMIT :v1 OFFSET 0

-- 7a643daf448d676ba649
SELECT preparations.entry, preparations.line, preparations.known_from, preparations.known_to, preparations.effective_on, preparations.document, preparations.body, preparations.title, preparations.planned_on
FROM preparations
WHERE preparations.known_from <= :v0 AND coalesce(preparations.known_to, :v1) > :v2 AND preparations.effective_on <= :v3 ORDER BY preparations.effective_on, preparations.entry, preparations.line

-- 7a67e7fa751953794ccc
SELECT rates.entry, rates.line, rates.known_from, rates.known_to, rates.effective_on, rates.base, rates.quote, rates.rate, rates.source
FROM rates
WHERE rates.known_from <= :v0 AND coalesce(rates.known_to, :v1) > :v2 AND rates.effective_on <= :v3 ORDER BY rates.effective_on, rates.entry, rates.line

-- 7b89e067831569a1bd35
SELECT engagement_facts.engagement, engagement_facts.value
FROM engagement_facts
WHERE (engagement_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND engagement_facts.engagement IN (__[POSTCOMPILE_v7]) AND engagement_facts.known_from <= :v8 AND coalesce(engagement_facts.known_to, :v9) > :v10 AND engagement_facts.effective_on <= :v11 AND (engagement_facts.superseded_on > :v12 OR engagement_facts.superseded_at > :v13) AND engagement_facts.fact = :v14

-- 7c899d83e7b6f3cf41e1
SELECT facets.engagement, facets.facet, facets.number
FROM facets
WHERE (facets.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v0 AND coalesce(engagement_facts_1.known_to, :v1) > :v2 AND engagement_facts_1.fact = :v3 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v4)) AND facets.known_from <= :v5 AND coalesce(facets.known_to, :v6) > :v7 AND facets.effective_on <= :v8 AND (facets.superseded_on > :v9 OR facets.superseded_at > :v10)

-- 7d924bd911f65274878f
SELECT flags.entry, flags.line, flags.known_from, flags.known_to, flags.effective_on, flags.party, flags.flag, flags.status, flags.what
FROM flags
WHERE flags.party IN (__[POSTCOMPILE_v0]) AND flags.known_from <= :v1 AND coalesce(flags.known_to, :v2) > :v3 AND flags.effective_on <= :v4 ORDER BY flags.effective_on, flags.entry, flags.line

-- 815790c6766c3467621d
SELECT DISTINCT engagement_facts.engagement
FROM engagement_facts
WHERE engagement_facts.engagement > :v0 ORDER BY engagement_facts.engagement
LIMIT :v1 OFFSET 0

-- 836483ff616f3286f7ca
SELECT facets.engagement, facets.facet, facets.number
FROM facets
WHERE facets.known_to IS NULL AND facets.effective_on <= :v0 AND (facets.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND engagement_facts_1.fact = :v4 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v5)) AND facets.superseded_on > :v6

-- 858ac622d98b99fc76df
SELECT party_facts.party, party_facts.fact, party_facts.value, party_facts.entry, party_facts.effective_on
FROM party_facts
WHERE party_facts.known_from <= :v0 AND coalesce(party_facts.known_to, :v1) > :v2 AND party_facts.effective_on <= :v3 AND (party_facts.superseded_on > :v4 OR party_facts.superseded_at > :v5) AND (party_facts.fact NOT IN (__[POSTCOMPILE_v6]))

-- 882fcfd9bc57d4008737
SELECT engagement_facts.engagement, engagement_facts.value
FROM engagement_facts
WHERE (engagement_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v0 AND coalesce(engagement_facts_1.known_to, :v1) > :v2 AND engagement_facts_1.fact = :v3 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v4)) AND engagement_facts.known_from <= :v5 AND coalesce(engagement_facts.known_to, :v6) > :v7 AND engagement_facts.effective_on <= :v8 AND (engagement_facts.superseded_on > :v9 OR engagement_facts.superseded_at > :v10) AND engagement_facts.fact = 'status'

-- 8b46cc31a69910a5838d
SELECT json_extract(anon_1.value, :v0) AS json_extract_1, count(DISTINCT engagement_facts.engagement) AS count_1
FROM engagement_facts JOIN json_each(engagement_facts.value) AS anon_1 ON 1 = 1
WHERE (engagement_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND engagement_facts_1.fact = :v4 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v5)) AND engagement_facts.known_from <= :v6 AND coalesce(engagement_facts.known_to, :v7) > :v8 AND engagement_facts.effective_on <= :v9 AND (engagement_facts.superseded_on > :v10 OR engagement_facts.superseded_at > :v11) AND engagement_facts.fact = :v12 AND engagement_facts.engagement IN (SELECT engagement_facts_2.engagement
FROM engagement_facts AS engagement_facts_2
WHERE (engagement_facts_2.engagement NOT IN (SELECT engagement_facts_3.engagement
FROM engagement_facts AS engagement_facts_3
WHERE engagement_facts_3.known_from <= :v13 AND coalesce(engagement_facts_3.known_to, :v14) > :v15 AND engagement_facts_3.fact = :v16 GROUP BY engagement_facts_3.engagement
HAVING min(engagement_facts_3.effective_on) > :v17)) AND engagement_facts_2.known_from <= :v18 AND coalesce(engagement_facts_2.known_to, :v19) > :v20 AND engagement_facts_2.effective_on <= :v21 AND (engagement_facts_2.superseded_on > :v22 OR engagement_facts_2.superseded_at > :v23) AND engagement_facts_2.fact = :v24) AND json_extract(anon_1.value, :v0) >= :v25 GROUP BY json_extract(anon_1.value, :v0) ORDER BY json_extract(anon_1.value, :v0)

-- 8b9e9bdb9f2be7755dc7
SELECT order_facts.engagement, order_facts.number, order_facts.value
FROM order_facts
WHERE order_facts.known_to IS NULL AND order_facts.effective_on <= :v0 AND order_facts.superseded_on > :v1 AND order_facts.fact = :v2

-- 8c8fbbfe7a48c6bbde17
SELECT engagement_facts.engagement, engagement_facts.value
FROM engagement_facts
WHERE engagement_facts.known_from <= :v0 AND coalesce(engagement_facts.known_to, :v1) > :v2 AND engagement_facts.effective_on <= :v3 AND (engagement_facts.superseded_on > :v4 OR engagement_facts.superseded_at > :v5) AND engagement_facts.fact = :v6

-- 8f0c91ed9c8e1abeef64
SELECT party_facts.party, party_facts.value
FROM party_facts
WHERE party_facts.known_to IS NULL AND party_facts.effective_on <= :v0 AND party_facts.superseded_on > :v1 AND party_facts.fact = :v2

-- 8f5de06bf273ad4565ac
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on, corrections.as_of_position, min(engagement_facts_1.entry) AS stood, min(facets_1.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v0 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v1 AND engagement_facts_1.value LIKE (:v2 || coverage.facet || :v3) AND (engagement_facts_1.superseded_on > corrections.as_of_on OR engagement_facts_1.superseded_at > corrections.as_of_position) AND engagement_facts_1.effective_on <= corrections.as_of_on AND engagement_facts_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(engagement_facts_1.known_to, :v4) JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = :v5 AND facets_1.effective_on <= corrections.as_of_on AND facets_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_1.known_to, :v6)
WHERE coverage.facet IN (__[POSTCOMPILE_v7]) AND coverage.number = :v8 AND NOT (coverage.facet = :v9 AND (EXISTS (SELECT *
FROM facets AS facets_2
WHERE facets_2.engagement = coverage.engagement AND facets_2.facet = :v10 AND facets_2.effective_on <= corrections.as_of_on AND facets_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_2.known_to, :v11)))) AND coverage.engagement IN (__[POSTCOMPILE_v12]) AND coverage.known_from <= :v13 AND coalesce(coverage.known_to, :v14) > :v15 AND coverage.effective_on <= :v16 AND corrections.known_from <= :v17 AND coalesce(corrections.known_to, :v18) > :v19 AND corrections.effective_on <= :v20 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position

-- 927c9da2cb00ab211eca
SELECT facets.engagement, facets.facet, facets.number
FROM facets
WHERE (facets.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND facets.engagement IN (__[POSTCOMPILE_v7]) AND facets.known_from <= :v8 AND coalesce(facets.known_to, :v9) > :v10 AND facets.effective_on <= :v11 AND (facets.superseded_on > :v12 OR facets.superseded_at > :v13)

-- 92cd06fc01483fdeb3d8
SELECT control_versions.entry, control_versions.line, control_versions.known_from, control_versions.known_to, control_versions.effective_on, control_versions.symbol, control_versions.binds_from, control_versions.title, control_versions.adopted_by, control_versions.adopted_on, control_versions.in_force_on, control_versions.text, control_versions.sha256
FROM control_versions
WHERE control_versions.known_to IS NULL AND control_versions.effective_on <= :v0 ORDER BY control_versions.effective_on, control_versions.entry, control_versions.line

-- 93eb831a19613ca6c051
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on, corrections.as_of_position, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= corrections.as_of_on AND facets_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= corrections.as_of_on AND facets_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE (coverage.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v4]) AND engagement_facts_1.known_from <= :v5 AND coalesce(engagement_facts_1.known_to, :v6) > :v7 AND (engagement_facts_1.fact || :v8) = :v9 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v10)) AND coverage.engagement IN (__[POSTCOMPILE_v11]) AND coverage.known_from <= :v12 AND coalesce(coverage.known_to, :v13) > :v14 AND coverage.effective_on <= :v15 AND corrections.known_from <= :v16 AND coalesce(corrections.known_to, :v17) > :v18 AND corrections.effective_on <= :v19 AND coverage.facet = :v20 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position

-- 959317217432a2ccb01e
SELECT order_facts.entry, order_facts.line, order_facts.known_from, order_facts.known_to, order_facts.effective_on, order_facts.superseded_on, order_facts.superseded_at, order_facts.engagement, order_facts.number, order_facts.fact, order_facts.value
FROM order_facts
WHERE order_facts.engagement IN (__[POSTCOMPILE_v0]) ORDER BY order_facts.effective_on, order_facts.entry, order_facts.line

-- 95b82b8035a1a359a82f
SELECT count(*) AS count_1
FROM order_facts
WHERE order_facts.known_from <= :v0 AND coalesce(order_facts.known_to, :v1) > :v2 AND order_facts.effective_on <= :v3 AND (order_facts.superseded_on > :v4 OR order_facts.superseded_at > :v5) AND order_facts.fact = :v6

-- 96e40e6b04696dda2e98
SELECT order_facts.engagement, order_facts.number, order_facts.fact, order_facts.value, order_facts.entry, order_facts.effective_on
FROM order_facts
WHERE order_facts.known_to IS NULL AND order_facts.effective_on <= :v0 AND order_facts.superseded_on > :v1

-- 98419f0776cd066253b9
SELECT disclosures.entry, disclosures.line, disclosures.known_from, disclosures.known_to, disclosures.effective_on, disclosures.document, disclosures.body, disclosures.title, disclosures.as_of_on, disclosures.as_of_position
FROM disclosures
WHERE disclosures.known_from <= :v0 AND coalesce(disclosures.known_to, :v1) > :v2 AND disclosures.effective_on <= :v3 ORDER BY disclosures.effective_on, disclosures.entry, disclosures.line

-- 996b1e1618c54091f21f
SELECT outcomes.entry, outcomes.line, outcomes.known_from, outcomes.known_to, outcomes.effective_on, outcomes.engagement, outcomes.outcome, outcomes.status, outcomes.summary, outcomes.indicator, outcomes.target, outcomes.due_on, outcomes.actual, outcomes.evidence
FROM outcomes
WHERE (outcomes.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND outcomes.engagement IN (__[POSTCOMPILE_v7]) AND outcomes.known_from <= :v8 AND coalesce(outcomes.known_to, :v9) > :v10 AND outcomes.effective_on <= :v11 AND outcomes.status = :v12 ORDER BY outcomes.effective_on, outcomes.entry, outcomes.line

-- 9ad3c8063e35b98ff943
SELECT party_facts.party, party_facts.value
FROM party_facts
WHERE party_facts.known_from <= :v0 AND coalesce(party_facts.known_to, :v1) > :v2 AND party_facts.effective_on <= :v3 AND (party_facts.superseded_on > :v4 OR party_facts.superseded_at > :v5) AND party_facts.fact = :v6

-- 9b766e4519421b2240aa
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on, disclosures.as_of_position, min(engagement_facts_1.entry) AS stood, min(facets_1.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v1 AND engagement_facts_1.value LIKE (:v2 || coverage.facet || :v3) AND (engagement_facts_1.superseded_on > disclosures.as_of_on OR engagement_facts_1.superseded_at > disclosures.as_of_position) AND engagement_facts_1.effective_on <= disclosures.as_of_on AND engagement_facts_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(engagement_facts_1.known_to, :v4) JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = :v5 AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v6)
WHERE coverage.facet IN (__[POSTCOMPILE_v7]) AND coverage.number = :v8 AND NOT (coverage.facet = :v9 AND (EXISTS (SELECT *
FROM facets AS facets_2
WHERE facets_2.engagement = coverage.engagement AND facets_2.facet = :v10 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v11)))) AND (coverage.engagement NOT IN (SELECT engagement_facts_2.engagement
FROM engagement_facts AS engagement_facts_2
WHERE engagement_facts_2.engagement IN (__[POSTCOMPILE_v12]) AND engagement_facts_2.known_from <= :v13 AND coalesce(engagement_facts_2.known_to, :v14) > :v15 AND (engagement_facts_2.fact || :v16) = :v17 GROUP BY engagement_facts_2.engagement
HAVING min(engagement_facts_2.effective_on) > :v18)) AND coverage.engagement IN (__[POSTCOMPILE_v19]) AND coverage.known_from <= :v20 AND coalesce(coverage.known_to, :v21) > :v22 AND coverage.effective_on <= :v23 AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v24 AND coverage.facet = :v25 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position

-- 9ce46e19d31ba4f10ce2
SELECT anon_1.document, count(DISTINCT anon_1.engagement) AS count_1, count(DISTINCT (anon_1.engagement || :v40 || nullif(anon_1.number, :v41))) AS count_2
FROM (SELECT coverage.entry AS entry, coverage.line AS line, coverage.effective_on AS effective_on, coverage.document AS document, coverage.correction AS correction, coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on AS as_of_on, disclosures.as_of_position AS as_of_position, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE coverage.known_to IS NULL AND coverage.effective_on <= :v4 AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v5 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position UNION SELECT coverage.entry AS entry, coverage.line AS line, coverage.effective_on AS effective_on, coverage.document AS document, coverage.correction AS correction, coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on AS as_of_on, corrections.as_of_position AS as_of_position, min(facets_3.entry) AS stood, min(facets_4.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v6 JOIN facets AS facets_3 ON facets_3.engagement = coverage.engagement AND facets_3.facet = coverage.facet AND facets_3.number = coverage.number AND facets_3.effective_on <= corrections.as_of_on AND facets_3.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_3.known_to, :v7) JOIN facets AS facets_4 ON facets_4.engagement = coverage.engagement AND facets_4.facet = :v8 AND facets_4.effective_on <= corrections.as_of_on AND facets_4.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_4.known_to, :v9)
WHERE coverage.known_to IS NULL AND coverage.effective_on <= :v10 AND corrections.known_to IS NULL AND corrections.effective_on <= :v11 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position UNION SELECT coverage.entry AS entry, coverage.line AS line, coverage.effective_on AS effective_on, coverage.document AS document, coverage.correction AS correction, coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on AS as_of_on, disclosures.as_of_position AS as_of_position, min(engagement_facts_1.entry) AS stood, min(facets_5.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v12 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v13 AND engagement_facts_1.value LIKE (:v14 || coverage.facet || :v15) AND (engagement_facts_1.superseded_on > disclosures.as_of_on OR engagement_facts_1.superseded_at > disclosures.as_of_position) AND engagement_facts_1.effective_on <= disclosures.as_of_on AND engagement_facts_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(engagement_facts_1.known_to, :v16) JOIN facets AS facets_5 ON facets_5.engagement = coverage.engagement AND facets_5.facet = :v17 AND facets_5.effective_on <= disclosures.as_of_on AND facets_5.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_5.known_to, :v18)
WHERE coverage.facet IN (__[POSTCOMPILE_v19]) AND coverage.number = :v20 AND NOT (coverage.facet = :v21 AND (EXISTS (SELECT *
FROM facets AS facets_6
WHERE facets_6.engagement = coverage.engagement AND facets_6.facet = :v22 AND facets_6.effective_on <= disclosures.as_of_on AND facets_6.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_6.known_to, :v23)))) AND coverage.known_to IS NULL AND coverage.effective_on <= :v24 AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v25 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position UNION SELECT coverage.entry AS entry, coverage.line AS line, coverage.effective_on AS effective_on, coverage.document AS document, coverage.correction AS correction, coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on AS as_of_on, corrections.as_of_position AS as_of_position, min(engagement_facts_2.entry) AS stood, min(facets_7.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v26 JOIN engagement_facts AS engagement_facts_2 ON engagement_facts_2.engagement = coverage.engagement AND engagement_facts_2.fact = :v27 AND engagement_facts_2.value LIKE (:v28 || coverage.facet || :v29) AND (engagement_facts_2.superseded_on > corrections.as_of_on OR engagement_facts_2.superseded_at > corrections.as_of_position) AND engagement_facts_2.effective_on <= corrections.as_of_on AND engagement_facts_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(engagement_facts_2.known_to, :v30) JOIN facets AS facets_7 ON facets_7.engagement = coverage.engagement AND facets_7.facet = :v31 AND facets_7.effective_on <= corrections.as_of_on AND facets_7.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_7.known_to, :v32)
WHERE coverage.facet IN (__[POSTCOMPILE_v33]) AND coverage.number = :v34 AND NOT (coverage.facet = :v35 AND (EXISTS (SELECT *
FROM facets AS facets_8
WHERE facets_8.engagement = coverage.engagement AND facets_8.facet = :v36 AND facets_8.effective_on <= corrections.as_of_on AND facets_8.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_8.known_to, :v37)))) AND coverage.known_to IS NULL AND coverage.effective_on <= :v38 AND corrections.known_to IS NULL AND corrections.effective_on <= :v39 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position) AS anon_1 GROUP BY anon_1.document

-- 9f061850d071c555d2f3
SELECT order_facts.engagement, order_facts.number, order_facts.fact, order_facts.value, order_facts.entry, order_facts.effective_on
FROM order_facts
WHERE order_facts.known_from <= :v0 AND coalesce(order_facts.known_to, :v1) > :v2 AND order_facts.effective_on <= :v3 AND (order_facts.superseded_on > :v4 OR order_facts.superseded_at > :v5)

-- a01eabdb20649683375d
SELECT money.engagement, max(money.known_from) AS max_1, max(coalesce(money.known_to, :v0)) AS max_2, max(CASE WHEN (money.effective_on <= :v1) THEN money.effective_on ELSE :v2 END) AS max_3
FROM money
WHERE money.engagement IN (__[POSTCOMPILE_v3]) GROUP BY money.engagement

-- a0e166ce25106006cf46
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on, corrections.as_of_position, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= corrections.as_of_on AND facets_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= corrections.as_of_on AND facets_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE (coverage.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v4]) AND engagement_facts_1.known_from <= :v5 AND coalesce(engagement_facts_1.known_to, :v6) > :v7 AND (engagement_facts_1.fact || :v8) = :v9 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v10)) AND coverage.engagement IN (__[POSTCOMPILE_v11]) AND coverage.known_from <= :v12 AND coalesce(coverage.known_to, :v13) > :v14 AND coverage.effective_on <= :v15 AND corrections.known_to IS NULL AND corrections.effective_on <= :v16 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position

-- a1c5f42df8fa9150c39b
SELECT json_extract(anon_1.value, :v0) AS json_extract_1, count(DISTINCT engagement_facts.engagement) AS count_1
FROM engagement_facts JOIN json_each(engagement_facts.value) AS anon_1 ON 1 = 1
WHERE engagement_facts.known_from <= :v1 AND coalesce(engagement_facts.known_to, :v2) > :v3 AND engagement_facts.effective_on <= :v4 AND (engagement_facts.superseded_on > :v5 OR engagement_facts.superseded_at > :v6) AND engagement_facts.fact = :v7 AND engagement_facts.engagement IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v8 AND coalesce(engagement_facts_1.known_to, :v9) > :v10 AND engagement_facts_1.effective_on <= :v11 AND (engagement_facts_1.superseded_on > :v12 OR engagement_facts_1.superseded_at > :v13) AND engagement_facts_1.fact = :v14) AND json_extract(anon_1.value, :v0) >= :v15 GROUP BY json_extract(anon_1.value, :v0) ORDER BY json_extract(anon_1.value, :v0)

-- a3b53b176e85ce4d4d81
SELECT engagement_facts.engagement, engagement_facts.value
FROM engagement_facts
WHERE (engagement_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v0 AND coalesce(engagement_facts_1.known_to, :v1) > :v2 AND engagement_facts_1.fact = :v3 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v4)) AND engagement_facts.known_from <= :v5 AND coalesce(engagement_facts.known_to, :v6) > :v7 AND engagement_facts.effective_on <= :v8 AND (engagement_facts.superseded_on > :v9 OR engagement_facts.superseded_at > :v10) AND engagement_facts.fact = :v11

-- a46bf010d7f498525778
SELECT information_requests.entry, information_requests.line, information_requests.known_from, information_requests.known_to, information_requests.effective_on, information_requests.engagement, information_requests.request, information_requests.status, information_requests."by", information_requests.what, information_requests.due_on, information_requests.document
FROM information_requests
WHERE (information_requests.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND information_requests.engagement IN (__[POSTCOMPILE_v7]) AND information_requests.known_from <= :v8 AND coalesce(information_requests.known_to, :v9) > :v10 AND information_requests.effective_on <= :v11 ORDER BY information_requests.effective_on, information_requests.entry, information_requests.line

-- a6f8513f60c824fef553
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on, disclosures.as_of_position, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE coverage.engagement IN (__[POSTCOMPILE_v4]) AND coverage.known_from <= :v5 AND coalesce(coverage.known_to, :v6) > :v7 AND coverage.effective_on <= :v8 AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v9 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position

-- a822b51901a9dc3b593e
SELECT reviews.entry, reviews.line, reviews.known_from, reviews.known_to, reviews.effective_on, reviews.engagement, reviews.review, reviews.status, reviews.due_on, reviews.subject, reviews.findings
FROM reviews
WHERE (reviews.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND reviews.engagement IN (__[POSTCOMPILE_v7]) AND reviews.known_from <= :v8 AND coalesce(reviews.known_to, :v9) > :v10 AND reviews.effective_on <= :v11 ORDER BY reviews.effective_on, reviews.entry, reviews.line

-- a9fd11ce66b97898be7a
SELECT payments.entry, payments.line, payments.known_from, payments.known_to, payments.effective_on, payments.engagement, payments.payment, payments.order_number, payments.status, payments.currency, payments.minor
FROM payments
WHERE payments.known_to IS NULL AND payments.effective_on <= :v0 ORDER BY payments.effective_on, payments.entry, payments.line

-- ab10ecbe22b3820d2f82
SELECT max(engagement_facts.effective_on) AS max_1
FROM engagement_facts
WHERE (engagement_facts.fact || '') = 'status'

-- ab6f034a32ab02442999
SELECT engagement_facts.engagement, engagement_facts.fact, engagement_facts.value, engagement_facts.entry, engagement_facts.effective_on
FROM engagement_facts
WHERE engagement_facts.known_to IS NULL AND engagement_facts.effective_on <= :v0 AND (engagement_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND engagement_facts_1.fact = :v4 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v5)) AND engagement_facts.superseded_on > :v6

-- ae9a85e1fdbaea0ded38
SELECT money.engagement, money.currency, sum(money.minor / :v0) AS sum_1, sum(money.minor % :v1) AS sum_2
FROM money
WHERE money.known_from <= :v2 AND coalesce(money.known_to, :v3) > :v4 AND money.effective_on <= :v5 AND money.measure = :v6 GROUP BY money.engagement, money.currency ORDER BY money.engagement, money.currency

-- afde50c35a2f6ae6a66f
SELECT settings.entry, settings.line, settings.known_from, settings.known_to, settings.effective_on, settings.name, settings.value
FROM settings
WHERE settings.known_from <= :v0 AND coalesce(settings.known_to, :v1) > :v2 AND settings.effective_on <= :v3 ORDER BY settings.effective_on, settings.entry, settings.line

-- b0d274d54bdc8c41541a
SELECT anon_1.document, count(DISTINCT anon_1.engagement) AS count_1, count(DISTINCT (anon_1.engagement || :v84 || nullif(anon_1.number, :v85))) AS count_2
FROM (SELECT coverage.entry AS entry, coverage.line AS line, coverage.effective_on AS effective_on, coverage.document AS document, coverage.correction AS correction, coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on AS as_of_on, disclosures.as_of_position AS as_of_position, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE (coverage.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v4 AND coalesce(engagement_facts_1.known_to, :v5) > :v6 AND engagement_facts_1.fact = :v7 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v8)) AND coverage.known_from <= :v9 AND coalesce(coverage.known_to, :v10) > :v11 AND coverage.effective_on <= :v12 AND disclosures.known_from <= :v13 AND coalesce(disclosures.known_to, :v14) > :v15 AND disclosures.effective_on <= :v16 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position UNION SELECT coverage.entry AS entry, coverage.line AS line, coverage.effective_on AS effective_on, coverage.document AS document, coverage.correction AS correction, coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on AS as_of_on, corrections.as_of_position AS as_of_position, min(facets_3.entry) AS stood, min(facets_4.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v17 JOIN facets AS facets_3 ON facets_3.engagement = coverage.engagement AND facets_3.facet = coverage.facet AND facets_3.number = coverage.number AND facets_3.effective_on <= corrections.as_of_on AND facets_3.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_3.known_to, :v18) JOIN facets AS facets_4 ON facets_4.engagement = coverage.engagement AND facets_4.facet = :v19 AND facets_4.effective_on <= corrections.as_of_on AND facets_4.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_4.known_to, :v20)
WHERE (coverage.engagement NOT IN (SELECT engagement_facts_2.engagement
FROM engagement_facts AS engagement_facts_2
WHERE engagement_facts_2.known_from <= :v21 AND coalesce(engagement_facts_2.known_to, :v22) > :v23 AND engagement_facts_2.fact = :v24 GROUP BY engagement_facts_2.engagement
HAVING min(engagement_facts_2.effective_on) > :v25)) AND coverage.known_from <= :v26 AND coalesce(coverage.known_to, :v27) > :v28 AND coverage.effective_on <= :v29 AND corrections.known_from <= :v30 AND coalesce(corrections.known_to, :v31) > :v32 AND corrections.effective_on <= :v33 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position UNION SELECT coverage.entry AS entry, coverage.line AS line, coverage.effective_on AS effective_on, coverage.document AS document, coverage.correction AS correction, coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on AS as_of_on, disclosures.as_of_position AS as_of_position, min(engagement_facts_3.entry) AS stood, min(facets_5.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v34 JOIN engagement_facts AS engagement_facts_3 ON engagement_facts_3.engagement = coverage.engagement AND engagement_facts_3.fact = :v35 AND engagement_facts_3.value LIKE (:v36 || coverage.facet || :v37) AND (engagement_facts_3.superseded_on > disclosures.as_of_on OR engagement_facts_3.superseded_at > disclosures.as_of_position) AND engagement_facts_3.effective_on <= disclosures.as_of_on AND engagement_facts_3.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(engagement_facts_3.known_to, :v38) JOIN facets AS facets_5 ON facets_5.engagement = coverage.engagement AND facets_5.facet = :v39 AND facets_5.effective_on <= disclosures.as_of_on AND facets_5.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_5.known_to, :v40)
WHERE coverage.facet IN (__[POSTCOMPILE_v41]) AND coverage.number = :v42 AND NOT (coverage.facet = :v43 AND (EXISTS (SELECT *
FROM facets AS facets_6
WHERE facets_6.engagement = coverage.engagement AND facets_6.facet = :v44 AND facets_6.effective_on <= disclosures.as_of_on AND facets_6.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_6.known_to, :v45)))) AND (coverage.engagement NOT IN (SELECT engagement_facts_4.engagement
FROM engagement_facts AS engagement_facts_4
WHERE engagement_facts_4.known_from <= :v46 AND coalesce(engagement_facts_4.known_to, :v47) > :v48 AND engagement_facts_4.fact = :v49 GROUP BY engagement_facts_4.engagement
HAVING min(engagement_facts_4.effective_on) > :v50)) AND coverage.known_from <= :v51 AND coalesce(coverage.known_to, :v52) > :v53 AND coverage.effective_on <= :v54 AND disclosures.known_from <= :v55 AND coalesce(disclosures.known_to, :v56) > :v57 AND disclosures.effective_on <= :v58 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position UNION SELECT coverage.entry AS entry, coverage.line AS line, coverage.effective_on AS effective_on, coverage.document AS document, coverage.correction AS correction, coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on AS as_of_on, corrections.as_of_position AS as_of_position, min(engagement_facts_5.entry) AS stood, min(facets_7.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v59 JOIN engagement_facts AS engagement_facts_5 ON engagement_facts_5.engagement = coverage.engagement AND engagement_facts_5.fact = :v60 AND engagement_facts_5.value LIKE (:v61 || coverage.facet || :v62) AND (engagement_facts_5.superseded_on > corrections.as_of_on OR engagement_facts_5.superseded_at > corrections.as_of_position) AND engagement_facts_5.effective_on <= corrections.as_of_on AND engagement_facts_5.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(engagement_facts_5.known_to, :v63) JOIN facets AS facets_7 ON facets_7.engagement = coverage.engagement AND facets_7.facet = :v64 AND facets_7.effective_on <= corrections.as_of_on AND facets_7.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_7.known_to, :v65)
WHERE coverage.facet IN (__[POSTCOMPILE_v66]) AND coverage.number = :v67 AND NOT (coverage.facet = :v68 AND (EXISTS (SELECT *
FROM facets AS facets_8
WHERE facets_8.engagement = coverage.engagement AND facets_8.facet = :v69 AND facets_8.effective_on <= corrections.as_of_on AND facets_8.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_8.known_to, :v70)))) AND (coverage.engagement NOT IN (SELECT engagement_facts_6.engagement
FROM engagement_facts AS engagement_facts_6
WHERE engagement_facts_6.known_from <= :v71 AND coalesce(engagement_facts_6.known_to, :v72) > :v73 AND engagement_facts_6.fact = :v74 GROUP BY engagement_facts_6.engagement
HAVING min(engagement_facts_6.effective_on) > :v75)) AND coverage.known_from <= :v76 AND coalesce(coverage.known_to, :v77) > :v78 AND coverage.effective_on <= :v79 AND corrections.known_from <= :v80 AND coalesce(corrections.known_to, :v81) > :v82 AND corrections.effective_on <= :v83 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position) AS anon_1 GROUP BY anon_1.document

-- b243724ea8dc0c92f9f1
SELECT waivers.entry, waivers.line, waivers.known_from, waivers.known_to, waivers.effective_on, waivers.engagement, waivers.rule, waivers.of_case, waivers.why, waivers.approved_by, waivers.until, waivers.conditions
FROM waivers
WHERE waivers.engagement IN (__[POSTCOMPILE_v0]) AND waivers.known_from <= :v1 AND coalesce(waivers.known_to, :v2) > :v3 AND waivers.effective_on <= :v4 ORDER BY waivers.effective_on, waivers.entry, waivers.line

-- b284b29c11011db9c221
SELECT disclosures.entry, disclosures.line, disclosures.known_from, disclosures.known_to, disclosures.effective_on, disclosures.document, disclosures.body, disclosures.title, disclosures.as_of_on, disclosures.as_of_position
FROM disclosures
WHERE disclosures.known_to IS NULL AND disclosures.effective_on <= :v0 AND disclosures.document IN (SELECT coverage.document
FROM coverage
WHERE (coverage.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v1]) AND engagement_facts_1.known_from <= :v2 AND coalesce(engagement_facts_1.known_to, :v3) > :v4 AND (engagement_facts_1.fact || :v5) = :v6 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v7)) AND coverage.engagement IN (__[POSTCOMPILE_v8]) AND coverage.known_from <= :v9 AND coalesce(coverage.known_to, :v10) > :v11 AND coverage.effective_on <= :v12) ORDER BY disclosures.effective_on, disclosures.entry, disclosures.line

-- b4134b83a245cf73fc82
SELECT money.entry, money.line, money.known_from, money.known_to, money.effective_on, money.engagement, money.measure, money.party, money.order_number, money.currency, money.minor
FROM money
WHERE (money.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND money.engagement IN (__[POSTCOMPILE_v7]) AND money.known_from <= :v8 AND coalesce(money.known_to, :v9) > :v10 AND money.effective_on <= :v11 AND (money.measure || :v12) IN (__[POSTCOMPILE_v13]) ORDER BY money.effective_on, money.entry, money.line

-- b44add27bc2ab2d3f8d1
SELECT DISTINCT order_facts.engagement
FROM order_facts
WHERE order_facts.engagement IN (__[POSTCOMPILE_v0]) AND order_facts.known_from <= :v1 AND coalesce(order_facts.known_to, :v2) > :v3 AND order_facts.effective_on <= :v4

-- b4f8b3504f6bcfc3e7ea
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on, disclosures.as_of_position, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE coverage.engagement IN (__[POSTCOMPILE_v4]) AND coverage.known_from <= :v5 AND coalesce(coverage.known_to, :v6) > :v7 AND coverage.effective_on <= :v8 AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v9 AND coverage.facet = :v10 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position

-- b57babefcf0124a7fd0e
SELECT money.entry, money.line, money.known_from, money.known_to, money.effective_on, money.engagement, money.measure, money.party, money.order_number, money.currency, money.minor
FROM money
WHERE (money.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND money.engagement IN (__[POSTCOMPILE_v7]) AND money.known_from <= :v8 AND coalesce(money.known_to, :v9) > :v10 AND money.effective_on <= :v11 ORDER BY money.effective_on, money.entry, money.line

-- b586b3c027fd0b6fef66
SELECT order_facts.engagement, order_facts.number, order_facts.fact, order_facts.value, order_facts.entry, order_facts.effective_on
FROM order_facts
WHERE (order_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND order_facts.engagement IN (__[POSTCOMPILE_v7]) AND order_facts.known_from <= :v8 AND coalesce(order_facts.known_to, :v9) > :v10 AND order_facts.effective_on <= :v11 AND (order_facts.superseded_on > :v12 OR order_facts.superseded_at > :v13)

-- b5bb2f34642f19ac7754
SELECT actions.entry, actions.line, actions.known_from, actions.known_to, actions.effective_on, actions.engagement, actions.action, actions.status, actions.review, actions.what, actions.due_on, actions.how
FROM actions
WHERE actions.engagement IN (__[POSTCOMPILE_v0]) AND actions.known_from <= :v1 AND coalesce(actions.known_to, :v2) > :v3 AND actions.effective_on <= :v4 ORDER BY actions.effective_on, actions.entry, actions.line

-- b5d14a5a0f0869b9313c
SELECT DISTINCT party_facts.party
FROM party_facts
WHERE party_facts.party > :v0 ORDER BY party_facts.party
LIMIT :v1 OFFSET 0

-- b9445bb1f34038428886
SELECT preparations.entry, preparations.line, preparations.known_from, preparations.known_to, preparations.effective_on, preparations.document, preparations.body, preparations.title, preparations.planned_on
FROM preparations
WHERE preparations.known_to IS NULL AND preparations.effective_on <= :v0 ORDER BY preparations.effective_on, preparations.entry, preparations.line

-- b96935d77ab8ba5ea1ee
SELECT documents.entry, documents.line, documents.known_from, documents.known_to, documents.effective_on, documents.engagement, documents.document, documents.title, documents.sha256, documents.size, documents.media_type
FROM documents
WHERE (documents.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND documents.engagement IN (__[POSTCOMPILE_v7]) AND documents.known_from <= :v8 AND coalesce(documents.known_to, :v9) > :v10 AND documents.effective_on <= :v11 ORDER BY documents.effective_on, documents.entry, documents.line

-- bb293642522150ca0132
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on, disclosures.as_of_position, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE coverage.engagement IN (__[POSTCOMPILE_v4]) AND coverage.known_from <= :v5 AND coalesce(coverage.known_to, :v6) > :v7 AND coverage.effective_on <= :v8 AND disclosures.known_from <= :v9 AND coalesce(disclosures.known_to, :v10) > :v11 AND disclosures.effective_on <= :v12 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position

-- bb9bcee681b9ac2dfb12
SELECT engagement_facts.engagement, engagement_facts.value
FROM engagement_facts
WHERE engagement_facts.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts.known_from <= :v1 AND coalesce(engagement_facts.known_to, :v2) > :v3 AND engagement_facts.effective_on <= :v4 AND (engagement_facts.superseded_on > :v5 OR engagement_facts.superseded_at > :v6) AND (engagement_facts.fact || :v7) = :v8

-- bc19a15c735654630154
SELECT risks.entry, risks.line, risks.known_from, risks.known_to, risks.effective_on, risks.engagement, risks.risk, risks.likelihood, risks.impact, risks.mitigation, risks.owner, risks.review_on
FROM risks
WHERE (risks.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND risks.engagement IN (__[POSTCOMPILE_v7]) AND risks.known_from <= :v8 AND coalesce(risks.known_to, :v9) > :v10 AND risks.effective_on <= :v11 ORDER BY risks.effective_on, risks.entry, risks.line

-- bc2e086833772829b9c0
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on, disclosures.as_of_position, min(engagement_facts_1.entry) AS stood, min(facets_1.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v1 AND engagement_facts_1.value LIKE (:v2 || coverage.facet || :v3) AND (engagement_facts_1.superseded_on > disclosures.as_of_on OR engagement_facts_1.superseded_at > disclosures.as_of_position) AND engagement_facts_1.effective_on <= disclosures.as_of_on AND engagement_facts_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(engagement_facts_1.known_to, :v4) JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = :v5 AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v6)
WHERE coverage.facet IN (__[POSTCOMPILE_v7]) AND coverage.number = :v8 AND NOT (coverage.facet = :v9 AND (EXISTS (SELECT *
FROM facets AS facets_2
WHERE facets_2.engagement = coverage.engagement AND facets_2.facet = :v10 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v11)))) AND (coverage.engagement NOT IN (SELECT engagement_facts_2.engagement
FROM engagement_facts AS engagement_facts_2
WHERE engagement_facts_2.engagement IN (__[POSTCOMPILE_v12]) AND engagement_facts_2.known_from <= :v13 AND coalesce(engagement_facts_2.known_to, :v14) > :v15 AND (engagement_facts_2.fact || :v16) = :v17 GROUP BY engagement_facts_2.engagement
HAVING min(engagement_facts_2.effective_on) > :v18)) AND coverage.engagement IN (__[POSTCOMPILE_v19]) AND coverage.known_from <= :v20 AND coalesce(coverage.known_to, :v21) > :v22 AND coverage.effective_on <= :v23 AND disclosures.known_from <= :v24 AND coalesce(disclosures.known_to, :v25) > :v26 AND disclosures.effective_on <= :v27 AND coverage.facet = :v28 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position

-- bc8f7352f77d2212c97a
SELECT facets.engagement, facets.facet, facets.number
FROM facets
WHERE facets.known_to IS NULL AND facets.effective_on <= :v0 AND facets.superseded_on > :v1

-- bd5f1577e4b8feb255d9
SELECT engagement_facts.engagement, engagement_facts.value
FROM engagement_facts
WHERE (engagement_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND engagement_facts.engagement IN (__[POSTCOMPILE_v7]) AND engagement_facts.known_from <= :v8 AND coalesce(engagement_facts.known_to, :v9) > :v10 AND engagement_facts.effective_on <= :v11 AND (engagement_facts.superseded_on > :v12 OR engagement_facts.superseded_at > :v13) AND (engagement_facts.fact || :v14) = :v15 AND engagement_facts.value < :v16

-- bd7a80635302707ef062
SELECT json_extract(anon_1.value, :v0) AS json_extract_1, count(DISTINCT engagement_facts.engagement) AS count_1
FROM engagement_facts JOIN json_each(engagement_facts.value) AS anon_1 ON 1 = 1
WHERE engagement_facts.known_to IS NULL AND engagement_facts.effective_on <= :v1 AND (engagement_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v2 AND coalesce(engagement_facts_1.known_to, :v3) > :v4 AND engagement_facts_1.fact = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND engagement_facts.superseded_on > :v7 AND engagement_facts.fact = :v8 AND engagement_facts.engagement IN (SELECT engagement_facts_2.engagement
FROM engagement_facts AS engagement_facts_2
WHERE engagement_facts_2.known_to IS NULL AND engagement_facts_2.effective_on <= :v9 AND (engagement_facts_2.engagement NOT IN (SELECT engagement_facts_3.engagement
FROM engagement_facts AS engagement_facts_3
WHERE engagement_facts_3.known_from <= :v10 AND coalesce(engagement_facts_3.known_to, :v11) > :v12 AND engagement_facts_3.fact = :v13 GROUP BY engagement_facts_3.engagement
HAVING min(engagement_facts_3.effective_on) > :v14)) AND engagement_facts_2.superseded_on > :v15 AND engagement_facts_2.fact = :v16) AND json_extract(anon_1.value, :v0) >= :v17 GROUP BY json_extract(anon_1.value, :v0) ORDER BY json_extract(anon_1.value, :v0)

-- bdf2cd067a3c22ce2d42
SELECT order_facts.engagement, max(order_facts.known_from) AS max_1, max(coalesce(order_facts.known_to, :v0)) AS max_2, max(CASE WHEN (order_facts.effective_on <= :v1) THEN order_facts.effective_on ELSE :v2 END) AS max_3
FROM order_facts
WHERE order_facts.engagement IN (__[POSTCOMPILE_v3]) GROUP BY order_facts.engagement

-- be377f148897a191010d
SELECT checks.entry, checks.line, checks.known_from, checks.known_to, checks.effective_on, checks.party, checks.kind, checks.name, checks.version, checks.result, checks.found, checks.valid_until
FROM checks
WHERE checks.party IN (__[POSTCOMPILE_v0]) AND checks.known_from <= :v1 AND coalesce(checks.known_to, :v2) > :v3 AND checks.effective_on <= :v4 ORDER BY checks.effective_on, checks.entry, checks.line

-- be84a00642d674820480
SELECT engagement_facts.engagement, engagement_facts.fact, engagement_facts.value, engagement_facts.entry, engagement_facts.effective_on
FROM engagement_facts
WHERE engagement_facts.known_from <= :v0 AND coalesce(engagement_facts.known_to, :v1) > :v2 AND engagement_facts.effective_on <= :v3 AND (engagement_facts.superseded_on > :v4 OR engagement_facts.superseded_at > :v5)

-- bf32f95a75c2d4463b85
SELECT DISTINCT engagement_facts.engagement
FROM engagement_facts
WHERE (engagement_facts.fact || :v0) = :v1 AND engagement_facts.engagement IN (__[POSTCOMPILE_v2]) ORDER BY engagement_facts.engagement

-- c2526d498e99f6eba38f
SELECT anon_1.engagement, anon_1.facet, anon_1.number
FROM (SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE (coverage.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v4]) AND engagement_facts_1.known_from <= :v5 AND coalesce(engagement_facts_1.known_to, :v6) > :v7 AND (engagement_facts_1.fact || :v8) = :v9 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v10)) AND coverage.engagement IN (__[POSTCOMPILE_v11]) AND coverage.known_from <= :v12 AND coalesce(coverage.known_to, :v13) > :v14 AND coverage.effective_on <= :v15 AND disclosures.known_from <= :v16 AND coalesce(disclosures.known_to, :v17) > :v18 AND disclosures.effective_on <= :v19 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_from <= :v20 AND coalesce(disclosures_1.known_to, :v21) > :v22 AND disclosures_1.effective_on <= :v23)) GROUP BY coverage.engagement, coverage.facet, coverage.number UNION SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(facets_3.entry) AS stood, min(facets_4.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v24 JOIN facets AS facets_3 ON facets_3.engagement = coverage.engagement AND facets_3.facet = coverage.facet AND facets_3.number = coverage.number AND facets_3.effective_on <= corrections.as_of_on AND facets_3.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_3.known_to, :v25) JOIN facets AS facets_4 ON facets_4.engagement = coverage.engagement AND facets_4.facet = :v26 AND facets_4.effective_on <= corrections.as_of_on AND facets_4.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_4.known_to, :v27)
WHERE (coverage.engagement NOT IN (SELECT engagement_facts_2.engagement
FROM engagement_facts AS engagement_facts_2
WHERE engagement_facts_2.engagement IN (__[POSTCOMPILE_v28]) AND engagement_facts_2.known_from <= :v29 AND coalesce(engagement_facts_2.known_to, :v30) > :v31 AND (engagement_facts_2.fact || :v32) = :v33 GROUP BY engagement_facts_2.engagement
HAVING min(engagement_facts_2.effective_on) > :v34)) AND coverage.engagement IN (__[POSTCOMPILE_v35]) AND coverage.known_from <= :v36 AND coalesce(coverage.known_to, :v37) > :v38 AND coverage.effective_on <= :v39 AND corrections.known_from <= :v40 AND coalesce(corrections.known_to, :v41) > :v42 AND corrections.effective_on <= :v43 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_from <= :v20 AND coalesce(disclosures_1.known_to, :v21) > :v22 AND disclosures_1.effective_on <= :v23)) GROUP BY coverage.engagement, coverage.facet, coverage.number UNION SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(engagement_facts_3.entry) AS stood, min(facets_5.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v44 JOIN engagement_facts AS engagement_facts_3 ON engagement_facts_3.engagement = coverage.engagement AND engagement_facts_3.fact = :v45 AND engagement_facts_3.value LIKE (:v46 || coverage.facet || :v47) AND (engagement_facts_3.superseded_on > disclosures.as_of_on OR engagement_facts_3.superseded_at > disclosures.as_of_position) AND engagement_facts_3.effective_on <= disclosures.as_of_on AND engagement_facts_3.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(engagement_facts_3.known_to, :v48) JOIN facets AS facets_5 ON facets_5.engagement = coverage.engagement AND facets_5.facet = :v49 AND facets_5.effective_on <= disclosures.as_of_on AND facets_5.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_5.known_to, :v50)
WHERE coverage.facet IN (__[POSTCOMPILE_v51]) AND coverage.number = :v52 AND NOT (coverage.facet = :v53 AND (EXISTS (SELECT *
FROM facets AS facets_6
WHERE facets_6.engagement = coverage.engagement AND facets_6.facet = :v54 AND facets_6.effective_on <= disclosures.as_of_on AND facets_6.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_6.known_to, :v55)))) AND (coverage.engagement NOT IN (SELECT engagement_facts_4.engagement
FROM engagement_facts AS engagement_facts_4
WHERE engagement_facts_4.engagement IN (__[POSTCOMPILE_v56]) AND engagement_facts_4.known_from <= :v57 AND coalesce(engagement_facts_4.known_to, :v58) > :v59 AND (engagement_facts_4.fact || :v60) = :v61 GROUP BY engagement_facts_4.engagement
HAVING min(engagement_facts_4.effective_on) > :v62)) AND coverage.engagement IN (__[POSTCOMPILE_v63]) AND coverage.known_from <= :v64 AND coalesce(coverage.known_to, :v65) > :v66 AND coverage.effective_on <= :v67 AND disclosures.known_from <= :v68 AND coalesce(disclosures.known_to, :v69) > :v70 AND disclosures.effective_on <= :v71 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_from <= :v20 AND coalesce(disclosures_1.known_to, :v21) > :v22 AND disclosures_1.effective_on <= :v23)) GROUP BY coverage.engagement, coverage.facet, coverage.number UNION SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(engagement_facts_5.entry) AS stood, min(facets_7.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v72 JOIN engagement_facts AS engagement_facts_5 ON engagement_facts_5.engagement = coverage.engagement AND engagement_facts_5.fact = :v73 AND engagement_facts_5.value LIKE (:v74 || coverage.facet || :v75) AND (engagement_facts_5.superseded_on > corrections.as_of_on OR engagement_facts_5.superseded_at > corrections.as_of_position) AND engagement_facts_5.effective_on <= corrections.as_of_on AND engagement_facts_5.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(engagement_facts_5.known_to, :v76) JOIN facets AS facets_7 ON facets_7.engagement = coverage.engagement AND facets_7.facet = :v77 AND facets_7.effective_on <= corrections.as_of_on AND facets_7.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_7.known_to, :v78)
WHERE coverage.facet IN (__[POSTCOMPILE_v79]) AND coverage.number = :v80 AND NOT (coverage.facet = :v81 AND (EXISTS (SELECT *
FROM facets AS facets_8
WHERE facets_8.engagement = coverage.engagement AND facets_8.facet = :v82 AND facets_8.effective_on <= corrections.as_of_on AND facets_8.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_8.known_to, :v83)))) AND (coverage.engagement NOT IN (SELECT engagement_facts_6.engagement
FROM engagement_facts AS engagement_facts_6
WHERE engagement_facts_6.engagement IN (__[POSTCOMPILE_v84]) AND engagement_facts_6.known_from <= :v85 AND coalesce(engagement_facts_6.known_to, :v86) > :v87 AND (engagement_facts_6.fact || :v88) = :v89 GROUP BY engagement_facts_6.engagement
HAVING min(engagement_facts_6.effective_on) > :v90)) AND coverage.engagement IN (__[POSTCOMPILE_v91]) AND coverage.known_from <= :v92 AND coalesce(coverage.known_to, :v93) > :v94 AND coverage.effective_on <= :v95 AND corrections.known_from <= :v96 AND coalesce(corrections.known_to, :v97) > :v98 AND corrections.effective_on <= :v99 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_from <= :v20 AND coalesce(disclosures_1.known_to, :v21) > :v22 AND disclosures_1.effective_on <= :v23)) GROUP BY coverage.engagement, coverage.facet, coverage.number) AS anon_1

-- c2a23cb699b10555461a
SELECT money.entry, money.line, money.known_from, money.known_to, money.effective_on, money.engagement, money.measure, money.party, money.order_number, money.currency, money.minor
FROM money
WHERE money.known_from <= :v0 AND coalesce(money.known_to, :v1) > :v2 AND money.effective_on <= :v3 AND money.measure IN (__[POSTCOMPILE_v4]) ORDER BY money.effective_on, money.entry, money.line

-- c58520b042dd44d744aa
SELECT party_facts.entry, party_facts.line, party_facts.known_from, party_facts.known_to, party_facts.effective_on, party_facts.superseded_on, party_facts.superseded_at, party_facts.party, party_facts.fact, party_facts.value
FROM party_facts
WHERE party_facts.party IN (__[POSTCOMPILE_v0]) AND party_facts.known_from <= :v1 AND coalesce(party_facts.known_to, :v2) > :v3 AND party_facts.effective_on <= :v4 AND party_facts.fact IN (__[POSTCOMPILE_v5]) ORDER BY party_facts.effective_on, party_facts.entry, party_facts.line

-- c5e903e255e5b190f42d
SELECT gifts.entry, gifts.line, gifts.known_from, gifts.known_to, gifts.effective_on, gifts.engagement, gifts.item, gifts.party, gifts.what, gifts.basis
FROM gifts
WHERE gifts.engagement IN (__[POSTCOMPILE_v0]) AND gifts.known_from <= :v1 AND coalesce(gifts.known_to, :v2) > :v3 AND gifts.effective_on <= :v4 ORDER BY gifts.effective_on, gifts.entry, gifts.line

-- c5f1716e8d5a38151a2c
SELECT order_facts.entry, order_facts.line, order_facts.known_from, order_facts.known_to, order_facts.effective_on, order_facts.superseded_on, order_facts.superseded_at, order_facts.engagement, order_facts.number, order_facts.fact, order_facts.value
FROM order_facts
WHERE order_facts.known_to IS NULL AND order_facts.effective_on <= :v0 AND order_facts.fact = :v1 ORDER BY order_facts.effective_on, order_facts.entry, order_facts.line

-- c80db031e98b1878bd69
SELECT of_merged.entry, of_merged.line, of_merged.known_from, of_merged.known_to, of_merged.effective_on, of_merged.party
FROM of_merged
WHERE of_merged.known_to IS NULL AND of_merged.effective_on <= :v0 AND of_merged.entry IN (__[POSTCOMPILE_v1]) ORDER BY of_merged.effective_on, of_merged.entry, of_merged.line

-- c8ca0bb0f43cdf0d8d1e
SELECT order_facts.engagement, order_facts.number, order_facts.fact, order_facts.value, order_facts.entry, order_facts.effective_on
FROM order_facts
WHERE order_facts.engagement IN (__[POSTCOMPILE_v0]) AND order_facts.known_from <= :v1 AND coalesce(order_facts.known_to, :v2) > :v3 AND order_facts.effective_on <= :v4 AND (order_facts.superseded_on > :v5 OR order_facts.superseded_at > :v6)

-- cb2226bcbf1d99d79fbe
SELECT money.engagement, money.party, money.order_number, money.currency, money.minor, money.effective_on, money.entry
FROM money
WHERE money.known_to IS NULL AND money.effective_on <= :v0 AND money.measure = :v1

-- cc15996c4498b23d921b
SELECT money.entry, money.line, money.known_from, money.known_to, money.effective_on, money.engagement, money.measure, money.party, money.order_number, money.currency, money.minor
FROM money
WHERE (money.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v0 AND coalesce(engagement_facts_1.known_to, :v1) > :v2 AND engagement_facts_1.fact = :v3 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v4)) AND money.known_from <= :v5 AND coalesce(money.known_to, :v6) > :v7 AND money.effective_on <= :v8 AND money.measure IN (__[POSTCOMPILE_v9]) ORDER BY money.effective_on, money.entry, money.line

-- cc5329c27ae64f5a487f
SELECT documents.entry, documents.line, documents.known_from, documents.known_to, documents.effective_on, documents.engagement, documents.document, documents.title, documents.sha256, documents.size, documents.media_type
FROM documents
WHERE documents.engagement IN (__[POSTCOMPILE_v0]) AND documents.known_from <= :v1 AND coalesce(documents.known_to, :v2) > :v3 AND documents.effective_on <= :v4 ORDER BY documents.effective_on, documents.entry, documents.line

-- cce8cffb5978f4b42f7d
SELECT outcomes.entry, outcomes.line, outcomes.known_from, outcomes.known_to, outcomes.effective_on, outcomes.engagement, outcomes.outcome, outcomes.status, outcomes.summary, outcomes.indicator, outcomes.target, outcomes.due_on, outcomes.actual, outcomes.evidence
FROM outcomes
WHERE (outcomes.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND outcomes.engagement IN (__[POSTCOMPILE_v7]) AND outcomes.known_from <= :v8 AND coalesce(outcomes.known_to, :v9) > :v10 AND outcomes.effective_on <= :v11 ORDER BY outcomes.effective_on, outcomes.entry, outcomes.line

-- cd35b0019243d7ff80bb
SELECT merges.entry
FROM merges
WHERE merges.known_to IS NULL AND merges.effective_on <= :v0
LIMIT :v1 OFFSET 0

-- d0ffaa6f12b8895407e2
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on, disclosures.as_of_position, min(engagement_facts_1.entry) AS stood, min(facets_1.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v1 AND engagement_facts_1.value LIKE (:v2 || coverage.facet || :v3) AND (engagement_facts_1.superseded_on > disclosures.as_of_on OR engagement_facts_1.superseded_at > disclosures.as_of_position) AND engagement_facts_1.effective_on <= disclosures.as_of_on AND engagement_facts_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(engagement_facts_1.known_to, :v4) JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = :v5 AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v6)
WHERE coverage.facet IN (__[POSTCOMPILE_v7]) AND coverage.number = :v8 AND NOT (coverage.facet = :v9 AND (EXISTS (SELECT *
FROM facets AS facets_2
WHERE facets_2.engagement = coverage.engagement AND facets_2.facet = :v10 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v11)))) AND coverage.engagement IN (__[POSTCOMPILE_v12]) AND coverage.known_from <= :v13 AND coalesce(coverage.known_to, :v14) > :v15 AND coverage.effective_on <= :v16 AND disclosures.known_from <= :v17 AND coalesce(disclosures.known_to, :v18) > :v19 AND disclosures.effective_on <= :v20 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position

-- d16e68febd666ba8e16c
SELECT assessments.entry, assessments.line, assessments.known_from, assessments.known_to, assessments.effective_on, assessments.finding, assessments.control, assessments.outcome, assessments.why, assessments.entries, assessments.until
FROM assessments
WHERE assessments.known_to IS NULL AND assessments.effective_on <= :v0 ORDER BY assessments.effective_on, assessments.entry, assessments.line

-- d1812aab12ddcee4923b
SELECT anon_1.engagement, anon_1.facet, anon_1.number
FROM (SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE (coverage.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v4]) AND engagement_facts_1.known_from <= :v5 AND coalesce(engagement_facts_1.known_to, :v6) > :v7 AND (engagement_facts_1.fact || :v8) = :v9 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v10)) AND coverage.engagement IN (__[POSTCOMPILE_v11]) AND coverage.known_from <= :v12 AND coalesce(coverage.known_to, :v13) > :v14 AND coverage.effective_on <= :v15 AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v16 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_to IS NULL AND disclosures_1.effective_on <= :v17)) GROUP BY coverage.engagement, coverage.facet, coverage.number UNION SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(facets_3.entry) AS stood, min(facets_4.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v18 JOIN facets AS facets_3 ON facets_3.engagement = coverage.engagement AND facets_3.facet = coverage.facet AND facets_3.number = coverage.number AND facets_3.effective_on <= corrections.as_of_on AND facets_3.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_3.known_to, :v19) JOIN facets AS facets_4 ON facets_4.engagement = coverage.engagement AND facets_4.facet = :v20 AND facets_4.effective_on <= corrections.as_of_on AND facets_4.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_4.known_to, :v21)
WHERE (coverage.engagement NOT IN (SELECT engagement_facts_2.engagement
FROM engagement_facts AS engagement_facts_2
WHERE engagement_facts_2.engagement IN (__[POSTCOMPILE_v22]) AND engagement_facts_2.known_from <= :v23 AND coalesce(engagement_facts_2.known_to, :v24) > :v25 AND (engagement_facts_2.fact || :v26) = :v27 GROUP BY engagement_facts_2.engagement
HAVING min(engagement_facts_2.effective_on) > :v28)) AND coverage.engagement IN (__[POSTCOMPILE_v29]) AND coverage.known_from <= :v30 AND coalesce(coverage.known_to, :v31) > :v32 AND coverage.effective_on <= :v33 AND corrections.known_to IS NULL AND corrections.effective_on <= :v34 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_to IS NULL AND disclosures_1.effective_on <= :v17)) GROUP BY coverage.engagement, coverage.facet, coverage.number UNION SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(engagement_facts_3.entry) AS stood, min(facets_5.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v35 JOIN engagement_facts AS engagement_facts_3 ON engagement_facts_3.engagement = coverage.engagement AND engagement_facts_3.fact = :v36 AND engagement_facts_3.value LIKE (:v37 || coverage.facet || :v38) AND (engagement_facts_3.superseded_on > disclosures.as_of_on OR engagement_facts_3.superseded_at > disclosures.as_of_position) AND engagement_facts_3.effective_on <= disclosures.as_of_on AND engagement_facts_3.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(engagement_facts_3.known_to, :v39) JOIN facets AS facets_5 ON facets_5.engagement = coverage.engagement AND facets_5.facet = :v40 AND facets_5.effective_on <= disclosures.as_of_on AND facets_5.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_5.known_to, :v41)
WHERE coverage.facet IN (__[POSTCOMPILE_v42]) AND coverage.number = :v43 AND NOT (coverage.facet = :v44 AND (EXISTS (SELECT *
FROM facets AS facets_6
WHERE facets_6.engagement = coverage.engagement AND facets_6.facet = :v45 AND facets_6.effective_on <= disclosures.as_of_on AND facets_6.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_6.known_to, :v46)))) AND (coverage.engagement NOT IN (SELECT engagement_facts_4.engagement
FROM engagement_facts AS engagement_facts_4
WHERE engagement_facts_4.engagement IN (__[POSTCOMPILE_v47]) AND engagement_facts_4.known_from <= :v48 AND coalesce(engagement_facts_4.known_to, :v49) > :v50 AND (engagement_facts_4.fact || :v51) = :v52 GROUP BY engagement_facts_4.engagement
HAVING min(engagement_facts_4.effective_on) > :v53)) AND coverage.engagement IN (__[POSTCOMPILE_v54]) AND coverage.known_from <= :v55 AND coalesce(coverage.known_to, :v56) > :v57 AND coverage.effective_on <= :v58 AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v59 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_to IS NULL AND disclosures_1.effective_on <= :v17)) GROUP BY coverage.engagement, coverage.facet, coverage.number UNION SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(engagement_facts_5.entry) AS stood, min(facets_7.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v60 JOIN engagement_facts AS engagement_facts_5 ON engagement_facts_5.engagement = coverage.engagement AND engagement_facts_5.fact = :v61 AND engagement_facts_5.value LIKE (:v62 || coverage.facet || :v63) AND (engagement_facts_5.superseded_on > corrections.as_of_on OR engagement_facts_5.superseded_at > corrections.as_of_position) AND engagement_facts_5.effective_on <= corrections.as_of_on AND engagement_facts_5.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(engagement_facts_5.known_to, :v64) JOIN facets AS facets_7 ON facets_7.engagement = coverage.engagement AND facets_7.facet = :v65 AND facets_7.effective_on <= corrections.as_of_on AND facets_7.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_7.known_to, :v66)
WHERE coverage.facet IN (__[POSTCOMPILE_v67]) AND coverage.number = :v68 AND NOT (coverage.facet = :v69 AND (EXISTS (SELECT *
FROM facets AS facets_8
WHERE facets_8.engagement = coverage.engagement AND facets_8.facet = :v70 AND facets_8.effective_on <= corrections.as_of_on AND facets_8.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_8.known_to, :v71)))) AND (coverage.engagement NOT IN (SELECT engagement_facts_6.engagement
FROM engagement_facts AS engagement_facts_6
WHERE engagement_facts_6.engagement IN (__[POSTCOMPILE_v72]) AND engagement_facts_6.known_from <= :v73 AND coalesce(engagement_facts_6.known_to, :v74) > :v75 AND (engagement_facts_6.fact || :v76) = :v77 GROUP BY engagement_facts_6.engagement
HAVING min(engagement_facts_6.effective_on) > :v78)) AND coverage.engagement IN (__[POSTCOMPILE_v79]) AND coverage.known_from <= :v80 AND coalesce(coverage.known_to, :v81) > :v82 AND coverage.effective_on <= :v83 AND corrections.known_to IS NULL AND corrections.effective_on <= :v84 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_to IS NULL AND disclosures_1.effective_on <= :v17)) GROUP BY coverage.engagement, coverage.facet, coverage.number) AS anon_1

-- d3925d1e9e17137cbd4f
SELECT disclosures.entry, disclosures.line, disclosures.known_from, disclosures.known_to, disclosures.effective_on, disclosures.document, disclosures.body, disclosures.title, disclosures.as_of_on, disclosures.as_of_position
FROM disclosures
WHERE disclosures.known_from <= :v0 AND coalesce(disclosures.known_to, :v1) > :v2 AND disclosures.effective_on <= :v3 AND disclosures.document IN (SELECT coverage.document
FROM coverage
WHERE coverage.engagement IN (__[POSTCOMPILE_v4]) AND coverage.known_from <= :v5 AND coalesce(coverage.known_to, :v6) > :v7 AND coverage.effective_on <= :v8) ORDER BY disclosures.effective_on, disclosures.entry, disclosures.line

-- d3bfaf0eb69adcfa192f
SELECT DISTINCT order_facts.engagement
FROM order_facts
WHERE (order_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v0 AND coalesce(engagement_facts_1.known_to, :v1) > :v2 AND engagement_facts_1.fact = :v3 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v4)) AND order_facts.known_from <= :v5 AND coalesce(order_facts.known_to, :v6) > :v7 AND order_facts.effective_on <= :v8 AND order_facts.engagement IN (SELECT engagement_facts.engagement
FROM engagement_facts
WHERE engagement_facts.fact = :v9)

-- d51057dac64eb1b76bf8
SELECT approvals.entry, approvals.line, approvals.known_from, approvals.known_to, approvals.effective_on, approvals.engagement, approvals.authority, approvals.document
FROM approvals
WHERE (approvals.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND approvals.engagement IN (__[POSTCOMPILE_v7]) AND approvals.known_from <= :v8 AND coalesce(approvals.known_to, :v9) > :v10 AND approvals.effective_on <= :v11 ORDER BY approvals.effective_on, approvals.entry, approvals.line

-- d510709114e6e27f7ec9
SELECT engagement_facts.engagement, engagement_facts.value
FROM engagement_facts
WHERE engagement_facts.known_to IS NULL AND engagement_facts.effective_on <= :v0 AND engagement_facts.superseded_on > :v1 AND engagement_facts.fact = 'status'

-- d597e21e8a5098ac7329
SELECT conflicts.entry, conflicts.line, conflicts.known_from, conflicts.known_to, conflicts.effective_on, conflicts.engagement, conflicts."conflict", conflicts.parties, conflicts.nature, conflicts.outcome, conflicts.measures
FROM conflicts
WHERE conflicts.known_to IS NULL AND conflicts.effective_on <= :v0 ORDER BY conflicts.effective_on, conflicts.entry, conflicts.line

-- d6cf637a1bf8b2fa89e5
SELECT corrections.entry, corrections.line, corrections.known_from, corrections.known_to, corrections.effective_on, corrections.document, corrections.correction, corrections.what, corrections.as_of_on, corrections.as_of_position
FROM corrections
WHERE corrections.known_from <= :v0 AND coalesce(corrections.known_to, :v1) > :v2 AND corrections.effective_on <= :v3 ORDER BY corrections.effective_on, corrections.entry, corrections.line

-- d741ca6bb07afdf64955
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on, disclosures.as_of_position, min(engagement_facts_1.entry) AS stood, min(facets_1.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v1 AND engagement_facts_1.value LIKE (:v2 || coverage.facet || :v3) AND (engagement_facts_1.superseded_on > disclosures.as_of_on OR engagement_facts_1.superseded_at > disclosures.as_of_position) AND engagement_facts_1.effective_on <= disclosures.as_of_on AND engagement_facts_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(engagement_facts_1.known_to, :v4) JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = :v5 AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v6)
WHERE coverage.facet IN (__[POSTCOMPILE_v7]) AND coverage.number = :v8 AND NOT (coverage.facet = :v9 AND (EXISTS (SELECT *
FROM facets AS facets_2
WHERE facets_2.engagement = coverage.engagement AND facets_2.facet = :v10 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v11)))) AND coverage.engagement IN (__[POSTCOMPILE_v12]) AND coverage.known_from <= :v13 AND coalesce(coverage.known_to, :v14) > :v15 AND coverage.effective_on <= :v16 AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v17 AND coverage.facet = :v18 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position

-- d7701af393358a3b236e
SELECT waivers.entry, waivers.line, waivers.known_from, waivers.known_to, waivers.effective_on, waivers.engagement, waivers.rule, waivers.of_case, waivers.why, waivers.approved_by, waivers.until, waivers.conditions
FROM waivers
WHERE (waivers.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v0 AND coalesce(engagement_facts_1.known_to, :v1) > :v2 AND engagement_facts_1.fact = :v3 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v4)) AND waivers.known_from <= :v5 AND coalesce(waivers.known_to, :v6) > :v7 AND waivers.effective_on <= :v8 ORDER BY waivers.effective_on, waivers.entry, waivers.line

-- d864b7f55074b0c3d897
SELECT guidelines.entry, guidelines.line, guidelines.known_from, guidelines.known_to, guidelines.effective_on, guidelines.series, guidelines.symbol, guidelines.binds_from, guidelines.title, guidelines.adopted_by, guidelines.adopted_on, guidelines.in_force_on, guidelines.text, guidelines.sha256
FROM guidelines
WHERE guidelines.known_from <= :v0 AND coalesce(guidelines.known_to, :v1) > :v2 AND guidelines.effective_on <= :v3 ORDER BY guidelines.effective_on, guidelines.entry, guidelines.line

-- dbea2572f95c7e048855
SELECT DISTINCT facets.engagement, facets.facet, facets.number
FROM facets
WHERE facets.known_from <= :v0 AND coalesce(facets.known_to, :v1) > :v2 AND facets.effective_on <= :v3

-- de760d8a7653fc68ff1b
SELECT order_facts.engagement, order_facts.number, order_facts.value
FROM order_facts
WHERE order_facts.engagement IN (__[POSTCOMPILE_v0]) AND order_facts.known_from <= :v1 AND coalesce(order_facts.known_to, :v2) > :v3 AND order_facts.effective_on <= :v4 AND (order_facts.superseded_on > :v5 OR order_facts.superseded_at > :v6) AND (order_facts.fact || :v7) = :v8

-- defc039a5577af607c9f
SELECT tracking.position
FROM tracking

-- e013798ce49eccae2d81
SELECT money.engagement, money.party, money.order_number, money.currency, money.minor, money.effective_on, money.entry
FROM money
WHERE (money.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v0 AND coalesce(engagement_facts_1.known_to, :v1) > :v2 AND engagement_facts_1.fact = :v3 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v4)) AND money.known_from <= :v5 AND coalesce(money.known_to, :v6) > :v7 AND money.effective_on <= :v8 AND money.measure = :v9

-- e0808d8ad8147dac63ea
SELECT engagement_facts.engagement, engagement_facts.value
FROM engagement_facts
WHERE engagement_facts.known_to IS NULL AND engagement_facts.effective_on <= :v0 AND (engagement_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND engagement_facts_1.fact = :v4 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v5)) AND engagement_facts.superseded_on > :v6 AND engagement_facts.fact = 'ends_on' AND engagement_facts.value < :v7

-- e0b47b5bd8b46488bcc6
SELECT repeals.entry, repeals.line, repeals.known_from, repeals.known_to, repeals.effective_on, repeals.series, repeals.symbol
FROM repeals
WHERE repeals.known_from <= :v0 AND coalesce(repeals.known_to, :v1) > :v2 AND repeals.effective_on <= :v3 ORDER BY repeals.effective_on, repeals.entry, repeals.line

-- e0b544fd42eab0efc212
SELECT conflicts.entry, conflicts.line, conflicts.known_from, conflicts.known_to, conflicts.effective_on, conflicts.engagement, conflicts."conflict", conflicts.parties, conflicts.nature, conflicts.outcome, conflicts.measures
FROM conflicts
WHERE conflicts.known_from <= :v0 AND coalesce(conflicts.known_to, :v1) > :v2 AND conflicts.effective_on <= :v3 ORDER BY conflicts.effective_on, conflicts.entry, conflicts.line

-- e136fea0821a88f3523d
SELECT engagement_facts.engagement, engagement_facts.fact, engagement_facts.effective_on, engagement_facts.entry, engagement_facts.value
FROM engagement_facts
WHERE engagement_facts.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts.known_from <= :v1 AND coalesce(engagement_facts.known_to, :v2) > :v3 AND engagement_facts.effective_on <= :v4 ORDER BY engagement_facts.effective_on, engagement_facts.entry, engagement_facts.line

-- e4d32d8dfbc4a1eeaf46
SELECT gifts.entry, gifts.line, gifts.known_from, gifts.known_to, gifts.effective_on, gifts.engagement, gifts.item, gifts.party, gifts.what, gifts.basis
FROM gifts
WHERE (gifts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND gifts.engagement IN (__[POSTCOMPILE_v7]) AND gifts.known_from <= :v8 AND coalesce(gifts.known_to, :v9) > :v10 AND gifts.effective_on <= :v11 ORDER BY gifts.effective_on, gifts.entry, gifts.line

-- e5d965449ae20284721b
SELECT approvals.entry, approvals.line, approvals.known_from, approvals.known_to, approvals.effective_on, approvals.engagement, approvals.authority, approvals.document
FROM approvals
WHERE approvals.engagement IN (__[POSTCOMPILE_v0]) AND approvals.known_from <= :v1 AND coalesce(approvals.known_to, :v2) > :v3 AND approvals.effective_on <= :v4 ORDER BY approvals.effective_on, approvals.entry, approvals.line

-- e65a7eb167c49bd62e35
SELECT conflicts.entry, conflicts.line, conflicts.known_from, conflicts.known_to, conflicts.effective_on, conflicts.engagement, conflicts."conflict", conflicts.parties, conflicts.nature, conflicts.outcome, conflicts.measures
FROM conflicts
WHERE conflicts.known_to IS NULL AND conflicts.effective_on <= :v0 AND (conflicts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND engagement_facts_1.fact = :v4 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v5)) ORDER BY conflicts.effective_on, conflicts.entry, conflicts.line

-- e68f59e8e50c28bd07e1
SELECT engagement_facts.engagement, engagement_facts.value
FROM engagement_facts
WHERE engagement_facts.known_from <= :v0 AND coalesce(engagement_facts.known_to, :v1) > :v2 AND engagement_facts.effective_on <= :v3 AND (engagement_facts.superseded_on > :v4 OR engagement_facts.superseded_at > :v5) AND engagement_facts.fact = 'ends_on' AND engagement_facts.value < :v6

-- e9a4f1829e8c5811d74d
SELECT party_facts.party, party_facts.fact, party_facts.value, party_facts.entry, party_facts.effective_on
FROM party_facts
WHERE party_facts.party IN (__[POSTCOMPILE_v0]) AND party_facts.known_from <= :v1 AND coalesce(party_facts.known_to, :v2) > :v3 AND party_facts.effective_on <= :v4 AND (party_facts.superseded_on > :v5 OR party_facts.superseded_at > :v6) AND (party_facts.fact NOT IN (__[POSTCOMPILE_v7]))

-- ee034547d73f30ae2855
SELECT count(*) AS count_1
FROM order_facts
WHERE order_facts.known_to IS NULL AND order_facts.effective_on <= :v0 AND order_facts.superseded_on > :v1 AND order_facts.fact = :v2

-- ee20284c8b33ef75ea61
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on AS published_on, disclosures.entry AS published_at, disclosures.as_of_on, disclosures.as_of_position, min(engagement_facts_1.entry) AS stood, min(facets_1.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v1 AND engagement_facts_1.value LIKE (:v2 || coverage.facet || :v3) AND (engagement_facts_1.superseded_on > disclosures.as_of_on OR engagement_facts_1.superseded_at > disclosures.as_of_position) AND engagement_facts_1.effective_on <= disclosures.as_of_on AND engagement_facts_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(engagement_facts_1.known_to, :v4) JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = :v5 AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v6)
WHERE coverage.facet IN (__[POSTCOMPILE_v7]) AND coverage.number = :v8 AND NOT (coverage.facet = :v9 AND (EXISTS (SELECT *
FROM facets AS facets_2
WHERE facets_2.engagement = coverage.engagement AND facets_2.facet = :v10 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v11)))) AND (coverage.engagement NOT IN (SELECT engagement_facts_2.engagement
FROM engagement_facts AS engagement_facts_2
WHERE engagement_facts_2.engagement IN (__[POSTCOMPILE_v12]) AND engagement_facts_2.known_from <= :v13 AND coalesce(engagement_facts_2.known_to, :v14) > :v15 AND (engagement_facts_2.fact || :v16) = :v17 GROUP BY engagement_facts_2.engagement
HAVING min(engagement_facts_2.effective_on) > :v18)) AND coverage.engagement IN (__[POSTCOMPILE_v19]) AND coverage.known_from <= :v20 AND coalesce(coverage.known_to, :v21) > :v22 AND coverage.effective_on <= :v23 AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v24 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, disclosures.effective_on, disclosures.entry, disclosures.as_of_on, disclosures.as_of_position

-- ef05ae8886a41fd25baa
SELECT anon_1.engagement, anon_1.facet, anon_1.number
FROM (SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE coverage.engagement IN (__[POSTCOMPILE_v4]) AND coverage.known_from <= :v5 AND coalesce(coverage.known_to, :v6) > :v7 AND coverage.effective_on <= :v8 AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v9 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_to IS NULL AND disclosures_1.effective_on <= :v10 AND disclosures_1.body = :v11)) GROUP BY coverage.engagement, coverage.facet, coverage.number UNION SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(facets_3.entry) AS stood, min(facets_4.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v12 JOIN facets AS facets_3 ON facets_3.engagement = coverage.engagement AND facets_3.facet = coverage.facet AND facets_3.number = coverage.number AND facets_3.effective_on <= corrections.as_of_on AND facets_3.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_3.known_to, :v13) JOIN facets AS facets_4 ON facets_4.engagement = coverage.engagement AND facets_4.facet = :v14 AND facets_4.effective_on <= corrections.as_of_on AND facets_4.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_4.known_to, :v15)
WHERE coverage.engagement IN (__[POSTCOMPILE_v16]) AND coverage.known_from <= :v17 AND coalesce(coverage.known_to, :v18) > :v19 AND coverage.effective_on <= :v20 AND corrections.known_to IS NULL AND corrections.effective_on <= :v21 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_to IS NULL AND disclosures_1.effective_on <= :v10 AND disclosures_1.body = :v11)) GROUP BY coverage.engagement, coverage.facet, coverage.number UNION SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(engagement_facts_1.entry) AS stood, min(facets_5.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v22 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v23 AND engagement_facts_1.value LIKE (:v24 || coverage.facet || :v25) AND (engagement_facts_1.superseded_on > disclosures.as_of_on OR engagement_facts_1.superseded_at > disclosures.as_of_position) AND engagement_facts_1.effective_on <= disclosures.as_of_on AND engagement_facts_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(engagement_facts_1.known_to, :v26) JOIN facets AS facets_5 ON facets_5.engagement = coverage.engagement AND facets_5.facet = :v27 AND facets_5.effective_on <= disclosures.as_of_on AND facets_5.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_5.known_to, :v28)
WHERE coverage.facet IN (__[POSTCOMPILE_v29]) AND coverage.number = :v30 AND NOT (coverage.facet = :v31 AND (EXISTS (SELECT *
FROM facets AS facets_6
WHERE facets_6.engagement = coverage.engagement AND facets_6.facet = :v32 AND facets_6.effective_on <= disclosures.as_of_on AND facets_6.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_6.known_to, :v33)))) AND coverage.engagement IN (__[POSTCOMPILE_v34]) AND coverage.known_from <= :v35 AND coalesce(coverage.known_to, :v36) > :v37 AND coverage.effective_on <= :v38 AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v39 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_to IS NULL AND disclosures_1.effective_on <= :v10 AND disclosures_1.body = :v11)) GROUP BY coverage.engagement, coverage.facet, coverage.number UNION SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(engagement_facts_2.entry) AS stood, min(facets_7.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v40 JOIN engagement_facts AS engagement_facts_2 ON engagement_facts_2.engagement = coverage.engagement AND engagement_facts_2.fact = :v41 AND engagement_facts_2.value LIKE (:v42 || coverage.facet || :v43) AND (engagement_facts_2.superseded_on > corrections.as_of_on OR engagement_facts_2.superseded_at > corrections.as_of_position) AND engagement_facts_2.effective_on <= corrections.as_of_on AND engagement_facts_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(engagement_facts_2.known_to, :v44) JOIN facets AS facets_7 ON facets_7.engagement = coverage.engagement AND facets_7.facet = :v45 AND facets_7.effective_on <= corrections.as_of_on AND facets_7.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_7.known_to, :v46)
WHERE coverage.facet IN (__[POSTCOMPILE_v47]) AND coverage.number = :v48 AND NOT (coverage.facet = :v49 AND (EXISTS (SELECT *
FROM facets AS facets_8
WHERE facets_8.engagement = coverage.engagement AND facets_8.facet = :v50 AND facets_8.effective_on <= corrections.as_of_on AND facets_8.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_8.known_to, :v51)))) AND coverage.engagement IN (__[POSTCOMPILE_v52]) AND coverage.known_from <= :v53 AND coalesce(coverage.known_to, :v54) > :v55 AND coverage.effective_on <= :v56 AND corrections.known_to IS NULL AND corrections.effective_on <= :v57 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_to IS NULL AND disclosures_1.effective_on <= :v10 AND disclosures_1.body = :v11)) GROUP BY coverage.engagement, coverage.facet, coverage.number) AS anon_1

-- effea4344ad98e0df7f9
SELECT engagement_facts.engagement, engagement_facts.fact, engagement_facts.value, engagement_facts.entry, engagement_facts.effective_on
FROM engagement_facts
WHERE (engagement_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v0]) AND engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND (engagement_facts_1.fact || :v4) = :v5 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v6)) AND engagement_facts.engagement IN (__[POSTCOMPILE_v7]) AND engagement_facts.known_from <= :v8 AND coalesce(engagement_facts.known_to, :v9) > :v10 AND engagement_facts.effective_on <= :v11 AND (engagement_facts.superseded_on > :v12 OR engagement_facts.superseded_at > :v13)

-- f267c938cb2c00399ac3
SELECT waivers.entry, waivers.line, waivers.known_from, waivers.known_to, waivers.effective_on, waivers.engagement, waivers.rule, waivers.of_case, waivers.why, waivers.approved_by, waivers.until, waivers.conditions
FROM waivers
WHERE waivers.known_from <= :v0 AND coalesce(waivers.known_to, :v1) > :v2 AND waivers.effective_on <= :v3 ORDER BY waivers.effective_on, waivers.entry, waivers.line

-- f73ef4aca9b1f00d18fc
SELECT engagement_facts.engagement, engagement_facts.value
FROM engagement_facts
WHERE (engagement_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v0 AND coalesce(engagement_facts_1.known_to, :v1) > :v2 AND engagement_facts_1.fact = :v3 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v4)) AND engagement_facts.known_from <= :v5 AND coalesce(engagement_facts.known_to, :v6) > :v7 AND engagement_facts.effective_on <= :v8 AND (engagement_facts.superseded_on > :v9 OR engagement_facts.superseded_at > :v10) AND engagement_facts.fact = 'ends_on' AND engagement_facts.value < :v11

-- f75e85e0e63e2708b802
SELECT count(*) AS count_1
FROM order_facts
WHERE (order_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v0 AND coalesce(engagement_facts_1.known_to, :v1) > :v2 AND engagement_facts_1.fact = :v3 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v4)) AND order_facts.known_from <= :v5 AND coalesce(order_facts.known_to, :v6) > :v7 AND order_facts.effective_on <= :v8 AND (order_facts.superseded_on > :v9 OR order_facts.superseded_at > :v10) AND order_facts.fact = :v11

-- f764f406bad54aa827c7
SELECT waivers.entry, waivers.line, waivers.known_from, waivers.known_to, waivers.effective_on, waivers.engagement, waivers.rule, waivers.of_case, waivers.why, waivers.approved_by, waivers.until, waivers.conditions
FROM waivers
WHERE waivers.known_to IS NULL AND waivers.effective_on <= :v0 AND (waivers.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND engagement_facts_1.fact = :v4 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v5)) ORDER BY waivers.effective_on, waivers.entry, waivers.line

-- f91decc9d1dfb9d19012
SELECT engagement_facts.engagement, engagement_facts.value
FROM engagement_facts
WHERE engagement_facts.known_to IS NULL AND engagement_facts.effective_on <= :v0 AND (engagement_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND engagement_facts_1.fact = :v4 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v5)) AND engagement_facts.superseded_on > :v6 AND engagement_facts.fact = :v7

-- f94293005ecdb26051e1
SELECT party_facts.entry, party_facts.line, party_facts.known_from, party_facts.known_to, party_facts.effective_on, party_facts.superseded_on, party_facts.superseded_at, party_facts.party, party_facts.fact, party_facts.value
FROM party_facts
WHERE party_facts.party IN (__[POSTCOMPILE_v0]) AND (party_facts.fact NOT IN (__[POSTCOMPILE_v1])) ORDER BY party_facts.effective_on, party_facts.entry, party_facts.line

-- faa39845f2dc7d44e5fd
SELECT anon_1.engagement, anon_1.facet, anon_1.number
FROM (SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= disclosures.as_of_on AND facets_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= disclosures.as_of_on AND facets_2.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE coverage.known_to IS NULL AND coverage.effective_on <= :v4 AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v5 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_to IS NULL AND disclosures_1.effective_on <= :v6 AND disclosures_1.body = :v7)) GROUP BY coverage.engagement, coverage.facet, coverage.number UNION SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(facets_3.entry) AS stood, min(facets_4.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v8 JOIN facets AS facets_3 ON facets_3.engagement = coverage.engagement AND facets_3.facet = coverage.facet AND facets_3.number = coverage.number AND facets_3.effective_on <= corrections.as_of_on AND facets_3.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_3.known_to, :v9) JOIN facets AS facets_4 ON facets_4.engagement = coverage.engagement AND facets_4.facet = :v10 AND facets_4.effective_on <= corrections.as_of_on AND facets_4.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_4.known_to, :v11)
WHERE coverage.known_to IS NULL AND coverage.effective_on <= :v12 AND corrections.known_to IS NULL AND corrections.effective_on <= :v13 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_to IS NULL AND disclosures_1.effective_on <= :v6 AND disclosures_1.body = :v7)) GROUP BY coverage.engagement, coverage.facet, coverage.number UNION SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(engagement_facts_1.entry) AS stood, min(facets_5.entry) AS signed
FROM coverage JOIN disclosures ON coverage.document = disclosures.document AND coverage.correction = :v14 JOIN engagement_facts AS engagement_facts_1 ON engagement_facts_1.engagement = coverage.engagement AND engagement_facts_1.fact = :v15 AND engagement_facts_1.value LIKE (:v16 || coverage.facet || :v17) AND (engagement_facts_1.superseded_on > disclosures.as_of_on OR engagement_facts_1.superseded_at > disclosures.as_of_position) AND engagement_facts_1.effective_on <= disclosures.as_of_on AND engagement_facts_1.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(engagement_facts_1.known_to, :v18) JOIN facets AS facets_5 ON facets_5.engagement = coverage.engagement AND facets_5.facet = :v19 AND facets_5.effective_on <= disclosures.as_of_on AND facets_5.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_5.known_to, :v20)
WHERE coverage.facet IN (__[POSTCOMPILE_v21]) AND coverage.number = :v22 AND NOT (coverage.facet = :v23 AND (EXISTS (SELECT *
FROM facets AS facets_6
WHERE facets_6.engagement = coverage.engagement AND facets_6.facet = :v24 AND facets_6.effective_on <= disclosures.as_of_on AND facets_6.known_from <= disclosures.as_of_position AND disclosures.as_of_position < coalesce(facets_6.known_to, :v25)))) AND coverage.known_to IS NULL AND coverage.effective_on <= :v26 AND disclosures.known_to IS NULL AND disclosures.effective_on <= :v27 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_to IS NULL AND disclosures_1.effective_on <= :v6 AND disclosures_1.body = :v7)) GROUP BY coverage.engagement, coverage.facet, coverage.number UNION SELECT coverage.engagement AS engagement, coverage.facet AS facet, coverage.number AS number, min(engagement_facts_2.entry) AS stood, min(facets_7.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v28 JOIN engagement_facts AS engagement_facts_2 ON engagement_facts_2.engagement = coverage.engagement AND engagement_facts_2.fact = :v29 AND engagement_facts_2.value LIKE (:v30 || coverage.facet || :v31) AND (engagement_facts_2.superseded_on > corrections.as_of_on OR engagement_facts_2.superseded_at > corrections.as_of_position) AND engagement_facts_2.effective_on <= corrections.as_of_on AND engagement_facts_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(engagement_facts_2.known_to, :v32) JOIN facets AS facets_7 ON facets_7.engagement = coverage.engagement AND facets_7.facet = :v33 AND facets_7.effective_on <= corrections.as_of_on AND facets_7.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_7.known_to, :v34)
WHERE coverage.facet IN (__[POSTCOMPILE_v35]) AND coverage.number = :v36 AND NOT (coverage.facet = :v37 AND (EXISTS (SELECT *
FROM facets AS facets_8
WHERE facets_8.engagement = coverage.engagement AND facets_8.facet = :v38 AND facets_8.effective_on <= corrections.as_of_on AND facets_8.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_8.known_to, :v39)))) AND coverage.known_to IS NULL AND coverage.effective_on <= :v40 AND corrections.known_to IS NULL AND corrections.effective_on <= :v41 AND (EXISTS (SELECT *
FROM disclosures AS disclosures_1
WHERE disclosures_1.document = coverage.document AND disclosures_1.known_to IS NULL AND disclosures_1.effective_on <= :v6 AND disclosures_1.body = :v7)) GROUP BY coverage.engagement, coverage.facet, coverage.number) AS anon_1

-- fd67e47050087af81b4b
SELECT engagement_facts.engagement, engagement_facts.value
FROM engagement_facts
WHERE engagement_facts.known_to IS NULL AND engagement_facts.effective_on <= :v0 AND (engagement_facts.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.known_from <= :v1 AND coalesce(engagement_facts_1.known_to, :v2) > :v3 AND engagement_facts_1.fact = :v4 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v5)) AND engagement_facts.superseded_on > :v6 AND engagement_facts.fact = 'status'

-- fdd63382f90f09ccf0c7
SELECT engagement_facts.engagement, engagement_facts.fact, engagement_facts.value, engagement_facts.entry, engagement_facts.effective_on
FROM engagement_facts
WHERE engagement_facts.known_to IS NULL AND engagement_facts.effective_on <= :v0 AND engagement_facts.superseded_on > :v1

-- ff8d84b0404c8d731da8
SELECT corrections.entry, corrections.line, corrections.known_from, corrections.known_to, corrections.effective_on, corrections.document, corrections.correction, corrections.what, corrections.as_of_on, corrections.as_of_position
FROM corrections
WHERE corrections.known_to IS NULL AND corrections.effective_on <= :v0 ORDER BY corrections.effective_on, corrections.entry, corrections.line

-- ffa575f71aa605a6518b
SELECT merges.entry
FROM merges
WHERE merges.known_from <= :v0 AND coalesce(merges.known_to, :v1) > :v2 AND merges.effective_on <= :v3
LIMIT :v4 OFFSET 0

-- fff3abd7c190f6cdeb0e
SELECT coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on AS published_on, corrections.entry AS published_at, corrections.as_of_on, corrections.as_of_position, min(facets_1.entry) AS stood, min(facets_2.entry) AS signed
FROM coverage JOIN corrections ON coverage.entry = corrections.entry AND coverage.correction != :v0 JOIN facets AS facets_1 ON facets_1.engagement = coverage.engagement AND facets_1.facet = coverage.facet AND facets_1.number = coverage.number AND facets_1.effective_on <= corrections.as_of_on AND facets_1.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_1.known_to, :v1) JOIN facets AS facets_2 ON facets_2.engagement = coverage.engagement AND facets_2.facet = :v2 AND facets_2.effective_on <= corrections.as_of_on AND facets_2.known_from <= corrections.as_of_position AND corrections.as_of_position < coalesce(facets_2.known_to, :v3)
WHERE (coverage.engagement NOT IN (SELECT engagement_facts_1.engagement
FROM engagement_facts AS engagement_facts_1
WHERE engagement_facts_1.engagement IN (__[POSTCOMPILE_v4]) AND engagement_facts_1.known_from <= :v5 AND coalesce(engagement_facts_1.known_to, :v6) > :v7 AND (engagement_facts_1.fact || :v8) = :v9 GROUP BY engagement_facts_1.engagement
HAVING min(engagement_facts_1.effective_on) > :v10)) AND coverage.engagement IN (__[POSTCOMPILE_v11]) AND coverage.known_from <= :v12 AND coalesce(coverage.known_to, :v13) > :v14 AND coverage.effective_on <= :v15 AND corrections.known_to IS NULL AND corrections.effective_on <= :v16 AND coverage.facet = :v17 GROUP BY coverage.entry, coverage.line, coverage.effective_on, coverage.document, coverage.correction, coverage.engagement, coverage.facet, coverage.number, corrections.effective_on, corrections.entry, corrections.as_of_on, corrections.as_of_position
