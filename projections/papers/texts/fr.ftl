# Les messages des documents en français. Les commentaires de en.ftl valent ici aussi. Orthographe et nombres : manuel de
# rédaction des Nations Unies ; les genres et les élisions obligent parfois à d'autres formes que l'anglais.

# Nombres et numérotation
numbers-in-words = zéro un deux trois quatre cinq six sept huit neuf
per-cent = pour cent
million = million
millions = millions
table = Tableau
figure = Figure
annex = Annexe
in-text-table = tableau
in-text-figure = figure
in-text-annex = annexe
in-text-section = section
total = Total
figures-and-entries = Chiffres et écritures
value = Valeur
entries-of-the-log = Écritures du registre
all = Ensemble
original = Original : { $language }
agenda-item = Point { $item } de l’ordre du jour
language-en = anglais
language-fr = français
foot = Au { DAY($on) }, position { $position }, racine { $root }
draft = Projet
governing-body = Conseil

# Encadrés
summary = Résumé
action-required = Suite à donner
references = Références
action = L’organe ({ NAME($body) }) est invité à prendre note du présent document.

# Mots du registre dans les documents
not-recorded = non enregistré
not-disclosed = non communiqué
word-parties = Tiers
word-financial-implication = Incidence financière
word-service-orders = Bons de commande
word-duration = Durée
word-outcomes = Résultats
word-access = Accès
word-compliance = Conformité
word-reputational = Réputation
word-strategic = Stratégie
word-financial = Finances
word-operational = Opérations
word-partnership-agreement = accord de partenariat
word-consultancy = services de conseil
word-outsourcing-contract = contrat d’externalisation
word-knowledge-partnership = partenariat de connaissances
word-memorandum = mémorandum d’accord
word-member-state = État membre
word-itu-d-sector-member = Membre du Secteur UIT-D
word-regional-or-other-international-organization = Organisation régionale ou autre organisation internationale
word-multi-regions = Plusieurs régions
word-multi-priorities = Plusieurs priorités
word-governmental-entities = Entités gouvernementales
word-un-organizations = Organismes des Nations Unies
word-academia = Établissements universitaires
word-financial-institutions = Institutions financières
word-international-and-regional-organizations = Organisations internationales et régionales
word-private-sector-incl-foundations = Secteur privé (fondations comprises)
word-end = fin
word-itself = lui-même
none = néant
no-membership = Aucune appartenance
nothing-there = Rien n’est enregistré à ce sujet.
in-document = document { $symbol }
agreements-in-note = accords
money-in-note = contributions
rounding = Les parts sont arrondies une à une et totalisent { $sum } pour cent.
rounding-of = Les parts des { $what } sont arrondies une à une et totalisent { $sum } pour cent.
or-before = { " ou avant" }
to-day = { " au " }

# Colonnes
column-type = Type
column-membership = Appartenance
column-partners = Partenaires
column-partner = Partenaire
column-share = Part
column-share-of-agreements = Part des accords
column-share-of-money = Part des contributions
column-agreements = Accords
column-signed = Montant signé
column-rank = Rang
column-region = Région
column-priority = Priorité
column-year = Année
column-money-partners = Partenaires
column-money-organization = L’organisation
column-money-total = Total
all = Ensemble
column-reference = Référence
column-title = Titre
column-signed-on = Signé le
column-period = Période
column-payer = Payeur
payer-partners = Partenaires
payer-organization = L’organisation

# Le rapport sur les partenariats
partnerships-title = Partenariats et mobilisation de ressources { $year }
partnerships-summary = Le présent document rend compte des partenariats et de la mobilisation de ressources en { FIG("/year") } : { FIG("/agreements") ->
    [0] aucun accord n’a été signé.
    [one] un accord avec { $partners }{ $money }.
   *[other] { FIG("/agreements", "/partners", style: "words") } accords avec { $partners }{ $money }.
 }
partnerships-partners = { FIG("/partners") ->
    [one] un partenaire
   *[other] { FIG("/partners", "/agreements", style: "words") } partenaires
 }
partnerships-contributions = { FIG($total) ->
    [0] { "" }
   *[other] , et des contributions d’un montant de { FIG($total, style: "million") }
 }
partnerships-background-title = Contexte
partnerships-background = Le présent document porte sur les accords de partenariat signés du 1er janvier au 31 décembre { FIG("/year") }, sur les partenaires et sur les contributions qui y sont prévues. Les contributions sont celles qui ont été signées, et non celles qui ont été reçues.
partnerships-results-title = Partenariats et résultats de la mobilisation de ressources en { $year }
partnerships-signed = En { FIG("/year") }, { FIG("/agreements") ->
    [0] aucun accord de partenariat n’a été signé.
    [one] un accord de partenariat a été signé. { $money }
   *[other] { FIG("/agreements", "/agreements_with_contribution", style: "words") } accords de partenariat ont été signés, { $money }
 }
partnerships-of-which = { FIG("/agreements_with_contribution") ->
    [0] dont aucun ne prévoyait de contribution financière.
    [one] dont { FIG("/agreements_with_contribution", "/agreements", style: "words") } prévoyait des contributions financières d’un montant total d’environ { FIG($total, style: "million") }, dont { FIG("/partner_share_percent", style: "percent") } à la charge des partenaires et { FIG("/organization_share_percent", style: "percent") } à celle de l’organisation.
   *[other] dont { FIG("/agreements_with_contribution", "/agreements", style: "words") } prévoyaient des contributions financières d’un montant total d’environ { FIG($total, style: "million") }, dont { FIG("/partner_share_percent", style: "percent") } à la charge des partenaires et { FIG("/organization_share_percent", style: "percent") } à celle de l’organisation.
 }
partnerships-one-of-which = { FIG("/agreements_with_contribution") ->
    [0] Il ne prévoyait aucune contribution financière.
   *[other] Il prévoyait des contributions financières d’un montant total d’environ { FIG($total, style: "million") }, dont { FIG("/partner_share_percent", style: "percent") } à la charge des partenaires et { FIG("/organization_share_percent", style: "percent") } à celle de l’organisation.
 }
partnerships-full-list = Pour la liste complète des accords, voir { $where }.
partnerships-types-title = Partenaires par type
partnerships-types = { FIG("/partners") ->
    [one] Ces accords ont été signés avec un partenaire.
   *[other] Ces accords ont été signés avec { FIG("/partners", style: "words") } partenaires de différents types (voir { REF("partners_by_type") } et { REF("partners_by_type-chart") }).
 }
partnerships-membership-title = Partenaires par appartenance
partnerships-membership = Les liens de ces partenaires avec l’organisation sont indiqués ci-après (voir { REF("partners_by_membership") } et { REF("partners_by_membership-chart") }).
partnerships-money-title = Partenaires financiers
partnerships-top = { FIG("/partners_with_contribution") ->
    [0] Aucun partenaire n’a signé de contribution financière en { FIG("/year") }.
    [one] Un de ces partenaires a signé des contributions financières d’un montant de { FIG($partner-money, style: "million") }.
   *[other] { $several }
 }
partnerships-top-several = Parmi les partenaires, { FIG("/partners_with_contribution", "/partners", style: "words") } ont signé des contributions financières d’un montant total d’environ { FIG($partner-money, style: "million") }. Les plus importants sont nommés et représentés ci-après (voir { REF("top10") } et { REF("top10-chart") }) ; pour la liste complète, voir { $where }.
partnerships-regions-title = Régions
partnerships-regions = Les accords et les contributions sont présentés par région (voir { REF("regions") } et { REF("regions-chart") }).
partnerships-priorities-title = Priorités
partnerships-priorities = Les accords et les contributions sont présentés par priorité (voir { REF("priorities") } et { REF("priorities-chart") }).
partnerships-several = Un accord qui en concerne plusieurs est compté dans chacune, de sorte que les parts des accords totalisent plus de 100 pour cent. Ses contributions sont réparties.
partnerships-trend-title = Évolution sur cinq ans
partnerships-trend = Le nombre d’accords signés dans l’année est passé de { FIG($first, $last, style: "words") } en { $since } à { FIG($last, $first, style: "words") } en { FIG("/year") }. Les contributions sont présentées ci-après (voir { REF("trend") } et { REF("trend-chart") }).
partnerships-way-forward-title = Perspectives
partnerships-check-title = Comment vérifier le présent document
check = Chaque chiffre renvoie aux écritures du registre d’où il est tiré ; la page web et le classeur du présent rapport en donnent la liste. Le document montre la situation au { DAY($on) } ; quand il a été établi, le registre comptait { $position } écritures, de racine { $root }.
partnerships-left-out = { $number ->
    [one] Les totaux ne comprennent pas un engagement, faute de taux de change vers { $currency }.
   *[other] Les totaux ne comprennent pas { COUNT($number) } engagements, faute de taux de change vers { $currency }.
 }
partnerships-undated = { $number ->
    [one] La date de signature d’un accord n’est pas enregistrée ; il n’est compté dans aucune année.
   *[other] Les dates de signature de { COUNT($number) } accords ne sont pas enregistrées ; ils ne sont comptés dans aucune année.
 }
partnerships-agreements-title = Accords signés en { $year }
partnerships-financial-title = Partenaires financiers, { $year }
partnerships-top-title = Principaux partenaires financiers, { $year }
partnerships-by-type = Partenaires par type, { $year }
partnerships-money-by-type = Contributions des partenaires par type, { $year }
partnerships-money-types = Les contributions signées par type de partenaire sont présentées ci-après ({ REF("money_by_type") }).
partnerships-by-membership = Partenaires par appartenance, { $year }
partnerships-by-region = Accords et contributions par région, { $year }
partnerships-by-priority = Accords et contributions par priorité, { $year }
partnerships-by-year = Accords et contributions signées, { $since }-{ $until }
partnerships-trend-chart = Contributions signées, { $since }-{ $until }, millions de { $currency }
partnerships-region-chart = Contributions par région, { $year }, { $currency }
partnerships-priority-chart = Contributions par priorité, { $year }, { $currency }

# Le rapport au Conseil
council-title = Coopération avec des tiers, du { DAY($since) } au { DAY($until) }
council-summary = Le présent document porte sur { $engagements } du { DAY($since) } au { DAY($until) }{ $individual }. { $orders }
council-summary-engagements = { FIG("/engagements") ->
    [0] la coopération avec des tiers : aucun engagement n’était en vigueur
    [one] un engagement avec des tiers en vigueur
   *[other] { FIG("/engagements", "/individually/engagements", style: "words") } engagements avec des tiers en vigueur
 }
council-summary-individual = { FIG("/individually/engagements") ->
    [0] { "" }
    [one] , dont un fait l’objet d’un compte rendu individuel
   *[other] , dont { FIG("/individually/engagements", "/engagements", style: "words") } font l’objet d’un compte rendu individuel
 }
council-introduction-title = Introduction
council-introduction = Un rapport complet a été demandé ({ NAME($body) }) sur la coopération avec des tiers ayant des incidences financières ou stratégiques importantes. Le présent document porte sur la période du { DAY($since) } au { DAY($until) }, telle qu’enregistrée au { DAY($on) }, et sur ce qui en a été communiqué { $told }.
told-any = à un organe
untold-any = à un organe
told-body = à l’organe compétent ({ NAME($body) })
council-by-guidelines = Un engagement fait l’objet d’un compte rendu individuel ({ REF("individual") }) s’il a des incidences importantes selon les lignes directrices en vigueur ({ $symbols }), ou si un élément manque pour en juger. Tous les autres sont dénombrés.
council-as-assessed = Un engagement fait l’objet d’un compte rendu individuel ({ REF("individual") }) si ses incidences financières ou stratégiques ont été jugées importantes. Le registre ne contient pas de lignes directrices en vigueur qui en décident. Tous les autres sont dénombrés.
council-findings-title = Principales constatations
council-in-force = { FIG("/engagements") ->
    [0] Pendant la période, aucun engagement avec des tiers n’était en vigueur.
    [one] Pendant la période, un engagement était en vigueur, avec { $parties }. { $signed }
   *[other] Pendant la période, { FIG("/engagements", "/signed_in_period", "/parties", style: "words") } engagements avec { $parties } étaient en vigueur. { $signed }
 }
council-parties = { FIG("/parties") ->
    [one] un tiers
   *[other] { FIG("/parties", "/engagements", style: "words") } tiers
 }
council-signed = { FIG("/signed_in_period") ->
    [0] Aucun n’a été signé pendant la période.
    [one] Un seul a été signé pendant la période.
   *[other] Parmi eux, { FIG("/signed_in_period", "/engagements", style: "words") } ont été signés pendant la période.
 }
council-individual = { FIG("/individually/engagements") ->
    [0] Aucun n’est connu pour avoir des incidences importantes.
    [one] Un seul a des incidences importantes, ou ne permet pas d’en juger ; il en est rendu compte ci-après ({ REF("individual") }). { $recorded }
   *[other] Parmi eux, { FIG("/individually/engagements", "/engagements", style: "words") } ont des incidences importantes, ou ne permettent pas d’en juger ; il en est rendu compte ci-après ({ REF("individual") }). { $recorded }
 }
council-recorded = { FIG("/individually/analysed") ->
    [0] Aucune analyse stratégique n’est enregistrée à leur sujet
   *[other] Une analyse stratégique est enregistrée pour { FIG("/individually/analysed", "/individually/reviewed", style: "words") } d’entre eux
 } ; { FIG("/individually/reviewed") ->
    [0] aucun examen n’est enregistré.
   *[other] un examen l’est pour { FIG("/individually/reviewed", "/individually/analysed", style: "words") }.
 }
council-not-known = { FIG("/materiality/not_known") ->
    [0] { "" }
    [one] Pour l’un d’entre eux, il manque un élément décisif.
   *[other] Pour { FIG("/materiality/not_known", style: "words") } d’entre eux, il manque un élément décisif.
 }
council-orders = { FIG("/orders/all") ->
    [0] Aucun bon de commande n’est enregistré au titre de ces engagements.
    [one] { FIG("/orders/undisclosed") ->
        [0] Le seul bon de commande émis au titre de ces engagements a été communiqué { $told }.
       *[other] Le seul bon de commande émis au titre de ces engagements n’a pas fait l’objet d’une communication { $told }.
     }
   *[other] { FIG("/orders/undisclosed") ->
        [0] Les bons de commande émis au titre de ces engagements, au nombre de { FIG("/orders/all", style: "words") }, ont tous été communiqués { $told }.
        [one] Parmi { FIG("/orders/all", "/orders/undisclosed", style: "words") } bons de commande émis au titre de ces engagements, un n’a pas fait l’objet d’une communication { $told }.
       *[other] Parmi { FIG("/orders/all", "/orders/undisclosed", style: "words") } bons de commande émis au titre de ces engagements, { FIG("/orders/undisclosed", "/orders/all", style: "words") } n’ont pas fait l’objet d’une communication { $told }.
     }
 }
council-changed = { FIG("/changed_since_disclosed") ->
    [0] Rien de ce qui a été communiqué n’a changé depuis.
    [one] Dans un cas, ce qu’un document a communiqué a changé depuis.
   *[other] Dans { FIG("/changed_since_disclosed", style: "words") } cas, ce qu’un document a communiqué a changé depuis.
 }
council-money = Les incidences financières sont présentées ci-après, par mesure et en { $currency } ({ REF("money_by_measure") }).
council-no-money = Aucun montant convertible en { $currency } n’est enregistré.
council-money-title = Incidences financières par mesure
council-money-note = Les mesures ne s’additionnent pas : ce qui est signé n’est pas ce qui est reçu, et ce qui est commandé n’est pas ce qui est payé. Les montants en d’autres monnaies sont convertis au taux de leur date.
council-left-out = { $number ->
    [one] Les totaux ne comprennent pas un mouvement de fonds, faute de taux de change vers { $currency }.
   *[other] Les totaux ne comprennent pas { COUNT($number) } mouvements de fonds, faute de taux de change vers { $currency }.
 }
measure-signed = Contributions signées
measure-received = Contributions reçues
measure-refunded = Contributions remboursées
measure-in-kind = Contributions en nature
measure-ordered = Bons de commande émis
measure-accepted = Prestations acceptées
measure-paid = Paiements effectués
column-measure = Mesure
column-in-period = Pendant la période
column-to-date = Depuis l’origine
council-compared-title = Situation antérieure
council-compared = La période est comparée ci-après ({ REF("compared") }) à la précédente, du { DAY($since) } au { DAY($until) }, telle qu’elle est connue à présent. { $last }
council-last = Y figure aussi ce que le dernier document antérieur, { FIG("/compared/last/document") }, pouvait montrer le { DAY($on) } d’une période de même durée.
council-no-last = Aucun document publié auparavant à l’intention de l’organe n’est enregistré.
compared-engagements = Engagements en vigueur
compared-individually = Comptes rendus individuels
compared-orders = Bons de commande enregistrés
compared-undisclosed = Bons de commande non communiqués
column-compared-now = Période considérée
column-compared-before = Période précédente
column-compared-last = Dernier document
council-kinds-title = Types d’engagement
council-kinds = Les engagements en vigueur sont présentés par type ({ REF("by_kind") } et { REF("by_kind-chart") }).
council-kinds-table = Engagements en vigueur par type
column-kind = Type
column-in-force = En vigueur
column-individually = Comptes rendus individuels
council-disclosure-title = Bons de commande et communication
council-undisclosed = { FIG("/undisclosed_orders") ->
    [0] Aucun bon de commande ne reste à communiquer.
    [one] Un bon de commande n’a pas été communiqué, en comptant aussi les engagements échus avant la période ({ REF("undisclosed_orders") }).
   *[other] En comptant aussi les engagements échus avant la période, { FIG("/undisclosed_orders", style: "words") } bons de commande n’ont pas été communiqués. { $shown }
 }
council-shown = La liste figure ci-après ({ REF($table) }).
council-first-shown = Les { COUNT($number) } premiers cas figurent ci-après ({ REF($table) }) ; pour la liste complète, voir { $where }.
in-page = la page web du présent rapport
council-orders-table = Bons de commande non communiqués, du plus ancien au plus récent
column-engagement = Engagement
column-order = Bon de commande
column-subject = Objet
column-parties-subject = Tiers et objet
column-parties = Tiers
column-amount = Montant
column-issued-on = Émis le
column-days = Jours
council-withheld = { $number ->
    [one] La source d’un engagement n’en communique pas les montants ou les bons de commande ; ils ne sont pas nuls, mais non communiqués.
   *[other] Les sources de { COUNT($number) } engagements n’en communiquent pas les montants ou les bons de commande ; ils ne sont pas nuls, mais non communiqués.
 }
council-facets = { FIG("/undisclosed_engagements") ->
    [0] Aucun engagement ne comporte d’élément non communiqué.
    [one] Un engagement comporte des éléments non communiqués ({ REF("undisclosed_facets") }).
   *[other] En vigueur ou non, les engagements comportant des éléments non communiqués sont au nombre de { FIG("/undisclosed_engagements", style: "words") } ({ REF("undisclosed_facets") }).
 }
council-facets-table = Engagements dont un élément n’est pas communiqué
column-facet = Élément
column-engagements = Engagements
column-oldest = Plus ancien
council-changes-title = Changements depuis la communication
council-changes-table = Ce qui n’est plus tel que communiqué
column-what = Objet
column-last-told = Communiqué en dernier dans
column-was = Indiqué alors
column-is = Situation actuelle
council-changes-first = { $number ->
    [one] Un changement de tiers, de durée ou de montants des engagements qui font l’objet d’un compte rendu individuel figure ci-après ({ REF($table) }) ; pour la liste complète, voir { $where }.
   *[other] Les changements de tiers, de durée et de montants des engagements qui font l’objet d’un compte rendu individuel figurent ci-après, au nombre de { COUNT($number) } au plus ({ REF($table) }) ; pour la liste complète, voir { $where }.
 }
council-changes-first-table = Changements de tiers, de durée et de montants
council-compliance-title = Lignes directrices et conformité
council-guidelines = { FIG("/guidelines/in_force") ->
    [0] Aucune ligne directrice n’est en vigueur à la date du présent document.
    [one] Une série de lignes directrices est en vigueur : { $symbols }.
   *[other] Les lignes directrices de { FIG("/guidelines/in_force", style: "words") } séries sont en vigueur : { $symbols }.
 } { $verdicts }
council-verdicts = { FIG("/verdicts/not_met") ->
    [0] Toute règle dont il a pu être jugé est respectée{ $late }
    [one] Dans un cas, une règle n’est pas respectée{ $late }
   *[other] Dans { FIG("/verdicts/not_met", "/verdicts/late", "/verdicts/cannot_be_judged", style: "words") } cas, une règle n’est pas respectée{ $late }
 }
council-late = { " ;" } le nombre de cas où elle l’a été tardivement est de { FIG("/verdicts/late", "/verdicts/not_met", "/verdicts/cannot_be_judged", style: "words") }, celui des cas dont il n’est pas possible de juger de { FIG("/verdicts/cannot_be_judged", "/verdicts/not_met", "/verdicts/late", style: "words") }.
council-waivers = { FIG("/waivers") ->
    [0] Aucune dérogation n’a été accordée.
    [one] Une dérogation a été accordée.
   *[other] { $several }
 }
council-waivers-several = Il a été accordé { FIG("/waivers", style: "words") } dérogations.
council-compliance-table = Verdicts par règle
column-guidelines = Lignes directrices
column-asks = Ce que la règle demande
column-not-met = Non respectée
column-late = Tardive
column-cannot-be-judged = Ne peut être jugée
column-due = À venir
column-waived = Dérogation
column-met = Respectée
council-outcomes-title = Résultats, examens et risques
council-outcomes = { FIG("/outcomes/planned") ->
    [0] { FIG("/outcomes/reached") ->
        [0] Aucun résultat de ces engagements n’est prévu dans le registre. { $late }
        [one] Aucun résultat de ces engagements n’est prévu dans le registre, et un est enregistré comme atteint. { $late }
       *[other] Aucun résultat de ces engagements n’est prévu dans le registre, et { FIG("/outcomes/reached", style: "words") } sont enregistrés comme atteints. { $late }
     }
   *[other] Sur { FIG("/outcomes/planned", "/outcomes/reached", style: "words") } résultats prévus, { FIG("/outcomes/reached", "/outcomes/planned", style: "words") } sont enregistrés comme atteints. { $late }
 }
council-late-shown = Les retards sont présentés ci-après ({ REF("overdue-counts") }).
council-nothing-late = Rien n’est en retard.
council-overdue-table = Retards à la date du présent document
overdue-review = Examens
overdue-outcome = Résultats
overdue-action = Mesures issues d’examens
overdue-screening = Vérifications de tiers
column-number = Nombre
council-risks = Les risques de ces engagements, selon leur dernière évaluation, sont présentés ci-après ({ REF("risks") }).
council-risks-table = Engagements par risque et par niveau
column-risk = Risque
column-low = Faible
column-medium = Moyen
column-high = Élevé
council-conflicts-title = Conflits d’intérêts et corrections
council-conflicts = { FIG("/conflicts/open") ->
    [0] Aucun tiers rémunéré ne contribue à l’organisation sans que la situation ait été évaluée.
    [one] Dans un cas, un tiers rémunéré contribue aussi à l’organisation sans que la situation ait été évaluée ({ REF("conflicts_open") }).
   *[other] Dans { FIG("/conflicts/open", style: "words") } cas, un tiers rémunéré, ou un tiers qui lui est apparenté, contribue aussi à l’organisation sans que la situation ait été évaluée. { $shown }
 }
council-conflicts-table = Conflits d’intérêts possibles qui n’ont pas été évalués
column-paid = Est rémunéré
column-gives = Contribue
column-given = Nature de la contribution, et engagement
council-corrections = { FIG("/corrections") ->
    [0] Aucune écriture du registre n’a été annulée pendant la période.
    [one] Une écriture du registre a été annulée pendant la période. Les écritures ne sont jamais modifiées.
   *[other] Pendant la période, { FIG("/corrections", style: "words") } écritures du registre ont été annulées. Les écritures ne sont jamais modifiées.
 }
council-way-forward-title = Perspectives
council-check-title = Comment vérifier le présent document
council-individual-title = Engagements faisant l’objet d’un compte rendu individuel
council-none-individual = Aucun engagement ne fait l’objet d’un compte rendu individuel.
council-annex = Chacun est présenté en bref : les dates par mois/année ; les montants sans décimales, leur monnaie une fois si elle diffère de celle de l’en-tête ; l’intitulé pour l’objet ; entre parenthèses, le service si la référence ne commence pas par lui, et les bons de commande non communiqués ; les résultats atteints/prévus. Deux points (..) signifient que rien n’est enregistré. La présentation complète se trouve ici : { $where }. { $told }
council-annex-untold = Aucun de ces engagements n’a encore été communiqué.
council-annex-told = Documents qui en ont communiqué quelque chose en premier : { $documents }.
council-annex-named = On ne peut dire si les engagements suivants ont des incidences importantes, faute d’un élément décisif : { $engagements }.
council-individual-kind = Comptes rendus individuels : { $kind }
council-individual-unknown = Comptes rendus individuels faute d’un élément décisif
council-individual-list-title = Engagements faisant l’objet d’un compte rendu individuel, en détail
council-annex-role = Le rôle des tiers est { $role }, sauf indication contraire.
nothing-known = ..
and-further = { " et " }
column-third-parties-subject = Tiers ; intitulé ; service
column-months = Durée
column-signed-received = Signé ; reçu
column-ordered-paid = Commandé ; payé
column-orders-undisclosed = Bons de commande (non communiqués)
column-outcomes-reached = Résultats
column-engagement-in-short = Engagement
column-duration = Durée
column-financial = Incidences financières
column-orders = Bons de commande
column-outcomes = Résultats
column-highest-risk = Risque le plus élevé
column-analysis-review = Analyse ; dernier examen
column-told = Première communication
short-signed = signé
short-received = reçu
short-refunded = remboursé
short-in-kind = en nature
short-ordered = commandé
short-accepted = accepté
short-paid = payé
short-undisclosed = non communiqué
short-orders = bons
short-untold = pas encore
short-planned = prévu
short-no-orders = aucun enregistré
short-not-analysed = pas d’analyse
short-not-reviewed = pas d’examen
short-analysed = analysé le { DAY($on) }
short-reviewed = examiné le { DAY($on) }
short-rating-low = faible
short-rating-medium = moyen
short-rating-high = élevé
risk-access = accès
risk-compliance = conformité
risk-reputational = réputation
risk-strategic = stratégique
risk-financial = financier
risk-operational = opérationnel
council-register-title = Registre des engagements
council-disclosure-list-title = Ce qui n’est pas communiqué
council-changes-list-title = Ce qui a changé depuis sa communication
column-state = État
column-material = Important
column-ordered = Commandé
column-paid-amount = Payé
column-undisclosed = Non communiqué
column-since = Depuis

# Rectificatifs
corrigendum-title = Rectificatif au document { $symbol }
corrigendum-title-line = Titre
corrigendum-part = Corrections
corrigendum-text = Les chiffres du document { $symbol } présentés ci-après ({ REF("corrections") }) doivent se lire comme indiqué, pour la même date, selon l’état du registre à la position { $position }. Tous les autres chiffres restent inchangés.
corrigendum-table = Chiffres corrigés
corrigendum-paragraph = Paragraphe { $number }
corrigendum-nothing = (néant)
column-where = Endroit
column-reads = Au lieu de
column-should-read = Lire
