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
colon = { " :" }
value = Valeur
entries-of-the-log = Écritures du registre
all = Ensemble
original = Original : { $language }
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
word-no-conflict = aucun conflit
word-mitigated = atténué
word-accepted = accepté
word-not-acceptable = inacceptable
word-not-assessed = non évalué
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
partnerships-summary = Le présent document rend compte des partenariats et de la mobilisation de ressources en { FIG("/year") } : { FIG("/agreements") ->
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
partnerships-top-several = Parmi les partenaires, { FIG("/partners_with_contribution", "/partners", style: "words") } ont signé des contributions financières d’un montant total d’environ { FIG($partner-money, style: "million") }. Les plus importants sont nommés et représentés ci-après (voir { REF("top10") } et { REF("top10-chart") }) ; pour la liste, voir { $where }.
partnerships-regions-title = Régions
partnerships-regions = Les accords et les contributions sont présentés par région (voir { REF("regions") } et { REF("regions-chart") }).
partnerships-priorities-title = Priorités
partnerships-priorities = Les accords et les contributions sont présentés par priorité (voir { REF("priorities") } et { REF("priorities-chart") }).
partnerships-several = Un accord qui en concerne plusieurs est compté dans chacune, de sorte que les parts des accords totalisent plus de 100 pour cent. Ses contributions sont réparties.
partnerships-trend-title = Évolution sur cinq ans
partnerships-trend = Le nombre d’accords signés dans l’année est passé de { FIG($first, $last, style: "words") } en { $since } à { FIG($last, $first, style: "words") } en { FIG("/year") }. Les contributions sont présentées ci-après (voir { REF("trend") } et { REF("trend-chart") }).
partnerships-way-forward-title = Perspectives
partnerships-check-title = Comment vérifier le présent document
check = Chaque chiffre renvoie aux écritures du registre d’où il est tiré ; la page web et le classeur du présent rapport en donnent la liste. Le document montre la situation au { DAY($on) } ; quand il a été établi, le registre comptait { $position } écritures, de racine { $root }.
partnerships-left-out = { $number ->
    [one] Les totaux ne comprennent pas un engagement, faute de taux de change vers { $currency }.
   *[other] Les totaux ne comprennent pas { COUNT($number) } engagements, faute de taux de change vers { $currency }.
 }
partnerships-undated = { $number ->
    [one] La date de signature d’un accord n’est pas enregistrée ; il n’est compté dans aucune année.
   *[other] Les dates de signature de { COUNT($number) } accords ne sont pas enregistrées ; ils ne sont comptés dans aucune année.
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
    [0] la coopération avec des tiers : aucun engagement n’était en vigueur
    [one] un engagement avec des tiers en vigueur
   *[other] { FIG("/engagements", "/individually/engagements", style: "words") } engagements avec des tiers en vigueur
 }
council-summary-individual = { FIG("/individually/engagements") ->
    [0] { "" }
    [one] , dont un fait l’objet d’un compte rendu individuel
   *[other] , dont { FIG("/individually/engagements", "/engagements", style: "words") } font l’objet d’un compte rendu individuel
 }
council-introduction-title = Introduction
council-introduction = Un rapport complet a été demandé ({ NAME($body) }) sur la coopération avec des tiers ayant des incidences financières ou stratégiques importantes. Le présent document porte sur la période du { DAY($since) } au { DAY($until) }, selon la situation au { DAY($on) }, et sur ce qui en a été communiqué { $told }.
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
    [0] Aucun n’est connu pour avoir des incidences importantes { $basis }.
    [one] Un seul a des incidences importantes { $basis }, ou ne permet pas d’en juger ; il en est rendu compte ci-après ({ REF("individual") }). { $recorded }
   *[other] Parmi eux, { FIG("/individually/engagements", "/engagements", style: "words") } ont des incidences importantes { $basis }, ou ne permettent pas d’en juger ; il en est rendu compte ci-après ({ REF("individual") }). { $recorded }
 }
council-basis-guidelines = selon les lignes directrices en vigueur
council-basis-assessed = selon les évaluations consignées
council-assessed = { FIG("/material") ->
    [0] Indépendamment des lignes directrices, aucun engagement en vigueur n’a été évalué comme ayant des incidences importantes.
    [one] Indépendamment des lignes directrices, un engagement en vigueur a été évalué comme ayant des incidences importantes ; les rapports prouvés comptent celui-ci.
   *[other] Indépendamment des lignes directrices, { FIG("/material", style: "words") } engagements en vigueur ont été évalués comme ayant des incidences importantes ; les rapports prouvés comptent ceux-ci.
 }
council-recorded = { FIG("/individually/analysed") ->
    [0] Aucune analyse stratégique n’est enregistrée à leur sujet
   *[other] Une analyse stratégique est enregistrée pour { FIG("/individually/analysed", "/individually/reviewed", style: "words") } d’entre eux
 } ; { FIG("/individually/reviewed") ->
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
council-money-note = Les mesures ne s’additionnent pas : ce qui est signé n’est pas ce qui est reçu, et ce qui est commandé n’est pas ce qui est payé. Les montants en d’autres monnaies sont convertis au taux de leur date.
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
council-first-shown = Les { COUNT($number) } premiers cas figurent ci-après ({ REF($table) }) ; pour la liste, voir { $where }.
council-all-elsewhere = Pour la liste, voir { $where }.
in-page = la page web du rapport
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
    [one] La source d’un engagement n’en communique pas les montants ou les bons de commande ; ils ne sont pas nuls, mais non communiqués.
   *[other] Les sources de { COUNT($number) } engagements n’en communiquent pas les montants ou les bons de commande ; ils ne sont pas nuls, mais non communiqués.
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
    [one] Un changement de tiers, de durée ou de montants des engagements qui font l’objet d’un compte rendu individuel figure ci-après ({ REF($table) }) ; pour la liste, voir { $where }.
   *[other] Les changements de tiers, de durée et de montants des engagements qui font l’objet d’un compte rendu individuel figurent ci-après, au nombre de { COUNT($number) } au plus ({ REF($table) }) ; pour la liste, voir { $where }.
 }
council-changes-first-table = Changements de tiers, de durée et de montants
council-compliance-title = Lignes directrices et conformité
council-guidelines = { FIG("/guidelines/in_force") ->
    [0] Aucune ligne directrice n’est en vigueur à la date du présent document.
    [one] Une série de lignes directrices est en vigueur : { $symbols }.
   *[other] Les lignes directrices de { FIG("/guidelines/in_force", style: "words") } séries sont en vigueur : { $symbols }.
 } { $verdicts }
council-verdicts = { FIG("/verdicts/not_met") ->
    [0] Toute règle dont il a pu être jugé est respectée{ $late }
    [one] Dans un cas, une règle n’est pas respectée{ $late }
   *[other] Dans { FIG("/verdicts/not_met", "/verdicts/late", "/verdicts/cannot_be_judged", style: "words") } cas, une règle n’est pas respectée{ $late }
 }
council-late = { " ;" } le nombre de cas où elle l’a été tardivement est de { FIG("/verdicts/late", "/verdicts/not_met", "/verdicts/cannot_be_judged", style: "words") }, celui des cas dont il n’est pas possible de juger de { FIG("/verdicts/cannot_be_judged", "/verdicts/not_met", "/verdicts/late", style: "words") }.
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
council-conflicts-assessed = { FIG("/conflicts/assessed") ->
    [one] Un conflit d’intérêts de cette nature a été évalué ({ REF("conflicts_assessed") }).
   *[other] Parmi les conflits d’intérêts de cette nature, { FIG("/conflicts/assessed", style: "words") } ont été évalués. { $shown }
 }
council-conflicts-assessed-table = Conflits d’intérêts qui ont été évalués
council-conflicts-declared = { $number ->
    [one] Un autre conflit d’intérêts a été déclaré ({ REF("conflicts_declared") }).
   *[other] { COUNT($number) } autres conflits d’intérêts ont été déclarés. { $shown }
 }
council-conflicts-declared-table = Autres conflits d’intérêts déclarés
column-between = Entre
column-nature = Nature
column-assessment = Évaluation
column-measures = Mesures
column-paid = Est rémunéré
column-gives = Contribue
column-given = Nature de la contribution, et engagement
council-controls = Constatations des contrôles, ouvertes : { FIG("/findings/all/open", "/findings/all/confirmed", "/findings/all/remedied", "/findings/all/dismissed", style: "words") } ; confirmées : { FIG("/findings/all/confirmed", "/findings/all/open", "/findings/all/remedied", "/findings/all/dismissed", style: "words") } ; corrigées : { FIG("/findings/all/remedied", "/findings/all/open", "/findings/all/confirmed", "/findings/all/dismissed", style: "words") } ; écartées : { FIG("/findings/all/dismissed", "/findings/all/open", "/findings/all/confirmed", "/findings/all/remedied", style: "words") }.{ $listed }
council-controls-listed = { " " }La liste figure dans { $where }.
council-corrections = { FIG("/corrections") ->
    [0] Aucune écriture du registre n’a été annulée pendant la période.
    [one] Une écriture du registre a été annulée pendant la période.
   *[other] Pendant la période, { FIG("/corrections", style: "words") } écritures du registre ont été annulées.
 }
council-way-forward-title = Perspectives
council-check-title = Comment vérifier le présent document
council-individual-title = Engagements faisant l’objet d’un compte rendu individuel
council-none-individual = Aucun engagement ne fait l’objet d’un compte rendu individuel.
council-annex = Chacun est présenté en bref : les dates par mois/année ; les montants sans décimales, leur monnaie une fois si elle diffère de celle de l’en-tête ; l’intitulé pour l’objet ; entre parenthèses, le service si la référence ne commence pas par lui, et les bons de commande non communiqués ; les résultats atteints/prévus. Deux points (..) signifient que rien n’est enregistré. La présentation complète se trouve ici : { $where }. { $told }
council-annex-untold = Aucun de ces engagements n’a encore été communiqué.
council-annex-told = Documents qui en ont communiqué quelque chose en premier : { $documents }.
council-annex-named = On ne peut dire si les engagements suivants ont des incidences importantes, faute d’un élément décisif : { $engagements }.
council-individual-kind = Comptes rendus individuels : { $kind }
council-individual-unknown = Comptes rendus individuels faute d’un élément décisif
council-individual-list-title = Engagements faisant l’objet d’un compte rendu individuel, en détail
council-annex-role = Le rôle des tiers est { $role }, sauf indication contraire.
nothing-known = ..
and-further = { " et " }
column-third-parties-subject = Tiers ; intitulé ; service
column-months = Durée
column-signed-received = Signé ; reçu
column-ordered-paid = Commandé ; payé
column-orders-undisclosed = Bons de commande (non communiqués)
column-outcomes-reached = Résultats
column-engagement-in-short = Engagement
column-duration = Durée
column-financial = Incidences financières
column-orders = Bons de commande
column-outcomes = Résultats
column-highest-risk = Risque le plus élevé
column-analysis-review = Analyse ; dernier examen
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
council-findings-list-title = Constatations des contrôles
column-finding = Constatation
column-severity = Gravité
column-found = Objet
column-found-since = Depuis
column-outcome-of = Suite
column-assessed-by = Par
column-why = Motif
column-state = État
column-material = Évalué comme important
column-material-by-guidelines = Important selon les lignes directrices
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

# Le rapport sur les communications
disclosures-title = Communications
disclosures-subtitle = Ce qui a été communiqué aux organes directeurs au sujet des engagements avec des tiers, et quand
disclosures-told-none = Aucun document n’est enregistré qui ait informé un organe des engagements avec des tiers.
disclosures-told = { FIG("/documents") ->
    [one] Un document a informé { $number ->
        [one] un organe
       *[other] { COUNT($number) } organes
     } des engagements avec des tiers.
   *[other] Les documents qui ont informé { $number ->
        [one] un organe
       *[other] { COUNT($number) } organes
     } des engagements avec des tiers sont au nombre de { FIG("/documents", style: "words") }.
 }
disclosures-nothing = Il n’y a rien à communiquer : aucun engagement n’a été signé.
disclosures-no-orders = Aucun bon de commande n’est enregistré.
disclosures-no-facets = Aucun élément n’est enregistré.
disclosures-median = { FIG($at) ->
    [one] , dans un délai médian de { FIG($at) } jour
   *[other] , dans un délai médian de { FIG($at) } jours
 }
disclosures-of-orders = { FIG("/orders/all") ->
    [one] { FIG("/orders/disclosed") ->
        [0] Le seul bon de commande n’a pas été communiqué.
       *[other] Le seul bon de commande a été communiqué{ $median }.
     }
   *[other] Sur { FIG("/orders/all", "/orders/disclosed", style: "words") } bons de commande, { FIG("/orders/disclosed") ->
        [0] aucun n’a été communiqué.
        [one] un a été communiqué{ $median }.
       *[other] { FIG("/orders/disclosed", "/orders/all", style: "words") } ont été communiqués{ $median }.
     }
 }
disclosures-of-facets = { FIG("/facets/all") ->
    [one] { FIG("/facets/disclosed") ->
        [0] Le seul élément n’a pas été communiqué.
       *[other] Le seul élément a été communiqué{ $median }.
     }
   *[other] Sur { FIG("/facets/all", "/facets/disclosed", style: "words") } éléments, { FIG("/facets/disclosed") ->
        [0] aucun n’a été communiqué.
        [one] un a été communiqué{ $median }.
       *[other] { FIG("/facets/disclosed", "/facets/all", style: "words") } ont été communiqués{ $median }.
     }
 }
disclosures-document-shows = Un document montre la situation à une date, telle que connue à une position du registre.
disclosures-days-of = Les délais portent sur ce qui est communiqué, les parts sur l’ensemble.
disclosures-undated = { FIG($at) ->
    [0] Il n’en est aucun autre dont le jour ne soit pas enregistré.
    [one] Pour un autre, le jour n’est pas enregistré ; { FIG($hidden) ->
        [0] il est communiqué.
       *[other] il n’est pas communiqué.
     }
   *[other] Pour { FIG($at, $hidden, style: "words") } autres, le jour n’est pas enregistré ; { FIG($hidden) ->
        [0] tous sont communiqués.
        [one] l’un d’entre eux n’est pas communiqué.
       *[other] { FIG($hidden, $at, style: "words") } d’entre eux ne sont pas communiqués.
     }
 }
disclosures-waiting = { $number ->
    [one] Un cas au plus de chaque sorte est indiqué ici, parmi ceux dont le jour est enregistré ; les annexes les indiquent tous.
   *[other] Au plus { COUNT($number) } cas de chaque sorte sont indiqués ici, parmi ceux dont le jour est enregistré ; les annexes les indiquent tous.
 }
shows-at = { $day }, position { $position }
disclosures-method-1 = Ce qui doit être communiqué d’un engagement, ce sont ses éléments (tiers, incidence financière, bons de commande, durée, résultats), dès sa signature, et chaque bon de commande, dès son émission. Un élément existe dès que quelque chose en est enregistré, ou qu’il est enregistré que la source ne le communique pas.
disclosures-method-2 = Un élément ou un bon de commande est communiqué dès qu’un document enregistré qui le couvre le montre, c’est-à-dire s’il existait à la date et à la position du registre dont le document rend compte. Ce qui est survenu ou a été enregistré plus tard n’est pas communiqué par ce document. De plusieurs documents, ou rectificatifs, c’est le premier publié à l’intention de l’organe ({ $body }) qui compte. Un document couvre ce qui est enregistré à ce titre, même si l’enregistrement est postérieur à la publication.
disclosures-method-3 = Le jour où l’élément est survenu est le jour de la signature pour les tiers, la durée et ce qui n’est pas communiqué par la source, le jour de l’émission pour un bon de commande, et le jour du premier mouvement de fonds ou de la première mention pour l’incidence financière et les résultats. Si le jour de la signature n’est pas enregistré, les délais qui en dépendent ne le sont pas non plus : ils n’entrent dans aucun minimum, aucune médiane ni aucune part.
disclosures-method-4 = Le jour de l’enregistrement est celui (UTC) où l’écriture a été portée au registre. Les délais comptés depuis l’enregistrement sont négatifs lorsque le document a été publié avant que le registre n’ait connaissance de ce qu’il communique.
disclosures-method-5 = Un document peut montrer un jour postérieur à celui de sa publication, et donc un élément dont rien n’était encore survenu : le délai est alors négatif et n’entre dans aucun minimum, aucune médiane ni aucune part. Ce qui est survenu depuis figure dans le rapport au Conseil parmi les changements depuis la communication.
disclosures-method-6 = Pour ce qui n’est pas encore communiqué, le délai court jusqu’à la date du présent rapport.
disclosures-method-7 = La médiane est la valeur centrale des délais rangés par ordre croissant et, s’ils sont en nombre pair, la moyenne des deux valeurs centrales. Les parts par année de publication portent sur ce qui a été communiqué dans l’année et dont le délai est connu ; les parts par année de survenance portent sur tout ce qui est survenu dans l’année, communiqué ou non.
disclosures-method-8 = La mention « non enregistré » signifie que le registre ne contient rien ; elle n’est jamais comptée comme nulle.
disclosures-method-9 = Chaque chiffre renvoie aux écritures du registre d’où il est tiré ; chacun peut les reprendre et le recalculer.
method-title = Comment les chiffres sont établis
method-any-body = tout organe
method-body = { $body }

# Le dossier d’un engagement
engagement-title = Engagement { $engagement }
dossier-later = { $number ->
    [one] Une écriture connue prend effet après le { $day } ; le présent dossier ne la montre pas.
   *[other] Il existe { COUNT($number) } écritures connues qui prennent effet après le { $day } ; le présent dossier ne les montre pas.
 }
engagement-method-1 = Le dossier montre l’état de l’engagement à la date du rapport, tel que connu à la position du registre. Ce qui est indiqué des tiers est ce qui en était alors enregistré, quel que soit l’engagement au titre duquel cela l’a été.
engagement-method-2 = Les montants sont présentés par mesure, par payeur et par monnaie, et ne s’additionnent jamais de l’un à l’autre. Ce qui est signé n’est pas ce qui est reçu ; ce qui est commandé n’est pas ce qui est accepté ou payé.
engagement-method-3 = La durée indique chaque jour où l’engagement devait prendre fin depuis sa signature, avec l’écriture qui l’a déplacé.
engagement-method-4 = Un élément ou un bon de commande est communiqué dès qu’un document enregistré qui le couvre le montre à l’organe ({ $body }), c’est-à-dire s’il existait à la date et à la position du registre dont le document rend compte. Ce qui est survenu ou a été enregistré plus tard n’est pas communiqué par ce document. Le délai court du jour où l’élément est survenu au jour où le premier document a été publié, ou à la date du rapport ; si le jour n’est pas enregistré, le délai ne l’est pas non plus. Les changements depuis la communication comparent ce que le dernier document montrait à ce qui est connu à présent.
engagement-method-5 = L’historique comprend toutes les écritures du registre relatives à l’engagement, dans l’ordre où elles ont été enregistrées, y compris celles qui ont été annulées par la suite. Ce qu’une écriture a changé est la différence entre ce qui était connu avant et après elle.
engagement-method-6 = La mention « non enregistré » signifie que le registre ne contient rien ; « non communiqué », que la source ne le communique pas. Ni l’une ni l’autre n’est jamais comptée comme nulle.
engagement-method-7 = Chaque chiffre renvoie aux écritures du registre d’où il est tiré ; chacun peut les reprendre et le recalculer.
unit-not-recorded = service non enregistré
state-since = { $state } depuis le { $day }
signed-on-or-before = non enregistré ; { $day } ou avant
share-of = { $code } { $percent }
period-from-to = du { $starts } au { $ends }
on-day = { $day } : { $text }
in-role = { $name } ({ $role })
from-to = { $first } à { $last }
an-amount = { $amount }
no-period-recorded = La période n’est pas enregistrée.
no-period-disclosed = La période n’est pas communiquée.
engagement-period = { $number ->
    [0] { $period }. La fin n’a jamais été déplacée.
    [one] { $period }. La fin a été déplacée une fois.
   *[other] { $period }. La fin a été déplacée { COUNT($number) } fois.
 }
no-outcomes-recorded = Aucun résultat n’est enregistré.
no-outcomes-disclosed = Les résultats ne sont pas communiqués.
plan-indicator = indicateur : { $text }
plan-target = cible : { $text }
reached-actually = { $text } (valeur atteinte : { $actual })
no-risks = Aucun risque n’est enregistré.
no-conflicts = Aucun conflit d’intérêts n’est enregistré.
risk-rated = { $rating } (probabilité : { $likelihood } ; gravité : { $impact })
not-assessed = non évalué
no-reviews = Aucun examen n’est enregistré.
review-overdue = en retard
review-not-yet-held = à venir
action-open = en cours
no-documents = Aucun document n’est enregistré.
nothing-signed = Rien n’a encore été signé ; il n’y a donc rien à communiquer.
not-yet-disclosed = pas encore communiqué
no-document = aucun document
days-run = Pour ce qui n’est pas encore communiqué, le délai court jusqu’à la date du présent rapport.
nothing-withheld = rien
nothing-more = rien de plus
nothing-of = { $title } : { $text }
under-service-orders = au titre des bons de commande
measures-not-added = Les mesures ne s’additionnent jamais.
no-amounts-recorded = Aucun montant n’est enregistré.
no-amounts-disclosed = La source ne communique pas les montants.
amounts-withheld = La source ne communique pas les montants, hormis ceux qui sont enregistrés ici.
no-ceiling = Aucun plafond de commande n’est enregistré.
ceiling-at-most = Les bons de commande peuvent atteindre au total { FIG("/ceiling", style: "amount") } au plus.
no-orders-recorded = Aucun bon de commande n’est enregistré.
no-orders-disclosed = La source ne communique pas les bons de commande.
orders-counted = { $number ->
    [one] Les montants commandé, accepté et payé du seul bon de commande sont présentés ci-après.
   *[other] Les montants commandés, acceptés et payés de { COUNT($number) } bons de commande sont présentés ci-après.
 }
payment-reversed = annulé
role-vendor = prestataire
check-against = Vérification au regard de : { $list }
check-version = , version { $version }
check-diligence = Diligence raisonnable, { $level }
check-screening = Vérification
check-due-diligence = Diligence raisonnable
result-clear = rien à signaler
result-possible-match = correspondance possible
result-match = correspondance
result-accepted = accepté
result-accepted-with-conditions = accepté sous conditions
result-refused = refusé
flag-not-lifted = non levé
state-not-recorded = non enregistré
state-proposed = proposé
state-under-review = en cours d’examen
state-approved = approuvé
state-signed = signé
state-active = en cours
state-suspended = suspendu
state-expired = échu
state-completed = achevé
state-terminated = résilié
state-closed = clos
state-rejected = rejeté
state-cancelled = annulé
state-issued = émis
order-was-closed = { " (clos)" }
order-was-cancelled = { " (annulé)" }
facet-parties = tiers
facet-financials = incidence financière
facet-service-orders = bons de commande
facet-duration = durée
facet-outcomes = résultats
facet-order = bon de commande { $number }
measure-was-signed = Signé par les payeurs
measure-was-received = Reçu
measure-was-refunded = Remboursé
measure-was-in-kind = Évalué en nature
measure-was-ordered = Commandé
measure-was-accepted = Accepté
measure-was-paid = Payé
measured-signed = signé { $amount }
measured-received = reçu { $amount }
measured-refunded = remboursé { $amount }
measured-in-kind = en nature { $amount }
measured-ordered = commandé { $amount }
measured-accepted = accepté { $amount }
measured-paid = payé { $amount }
material-yes = oui
material-no = non
material-not-known = inconnu
material-not-recorded = non enregistré
material-financial = financièrement
material-strategic = stratégiquement
material-financial-and-strategic = financièrement et stratégiquement
assessed-financial = incidence financière : { $answer }
assessed-strategic = incidence stratégique : { $answer }
assessed-against = { " " }({ $value } pour un seuil de { $threshold })
analysis-options = Options : { $options }
material-by = { $whether }, selon { $symbols } : { $reason }
material-missing = { $whether }, selon { $symbols } ; il manque : { $missing }

# Obligations découlant des lignes directrices
duties-what = Chaque règle des lignes directrices en vigueur le jour du cas, élément par élément. Les écritures indiquées sont celles sans lesquelles le verdict serait autre ; la commande « ledger compliance explain » en donne davantage les raisons.
duties-none = Aucune règle ne s’applique.
duties-counted = { $number ->
    [one] Il y a un cas : { $numbers }.
   *[other] Il y a { COUNT($number) } cas : { $numbers }.
 }
duties-number = { $status } : { FIG($at) }
duties-material = Importance au { $day } : { $answer }.
duties-left-out = Règles qui ne s’appliquent pas à un cas : { $rules }.
verdict-met = respectée
verdict-late = tardive
verdict-due = à venir
verdict-not-met = non respectée
verdict-cannot-be-judged = ne peut être jugée
verdict-waived = dérogation
day-not-known = inconnu
no-day = aucun jour
case-on = { $what } le { $day }
case-on-or-before = { $what } le { $day } ou avant
moment-proposed = proposé
moment-submitted = soumis
moment-approved = approuvé
moment-signed = signé
moment-in-force = en vigueur
moment-extended = prolongé
moment-ordered = commandé { $of }
moment-order-amended = commande modifiée { $of }
moment-accepted = accepté { $of }
moment-paid = payé { $of }
moment-ended = échu
moment-completed = achevé
moment-terminated = résilié
quotation = « { $text } »

# L’historique d’un engagement
history-entries = { FIG("/entries") ->
    [one] Une écriture du registre porte sur l’engagement.
   *[other] Les écritures du registre relatives à l’engagement sont au nombre de { FIG("/entries", style: "words") }, dans l’ordre où elles ont été enregistrées.
 }
takes-back = Correction : annule la position { $position }
taken-back = { " " }[annulée à la position { $position }]
changed-nothing = n’a rien changé qui compte
changed-to = { $what } : { $after }
changed-no-longer = { $what } : { $before } supprimé
changed-from-to = { $what } : { $after } au lieu de { $before }
row-of-file = ligne { $row } du fichier de SHA-256 { $digest }
label-status = état
label-title = intitulé
label-kind = type
label-parties = tiers
label-purpose = objet
label-objective = objectif
label-unit = service
label-regions = régions
label-priorities = priorités
label-starts-on = début
label-ends-on = fin
label-ceiling = plafond
label-basis = fondement
label-withheld = non communiqué par la source
label-strategic-analysis = analyse stratégique
label-materiality = importance
label-access-risk = risque d’accès
label-compliance-risk = risque de conformité
label-financial-risk = risque financier
label-operational-risk = risque opérationnel
label-reputational-risk = risque de réputation
label-strategic-risk = risque stratégique
label-money = { $measure } par { $by } en { $currency }
label-committed = engagé
label-received = reçu
label-refunded = remboursé
label-in-kind = en nature { $item } par { $by }
label-order = bon de commande { $number }, { $what }
label-order-alone = bon de commande { $number }
label-subject = objet
label-vendor = prestataire
label-amount = montant
label-ex-post-facto = a posteriori
label-accepted = accepté
label-paid = payé
label-closed = clos
label-cancelled = annulé
label-outcome-planned = résultat { $key } prévu
label-part = { $section } { $key }
label-outcome = résultat
label-conflict-of-interest = conflit d’intérêts
label-review = examen
label-action = mesure
label-request = demande
label-document = document
label-approval-by = approbation par { $by }
label-day-of-signature = jour de la signature
label-waiver-of = dérogation à { $rule }
label-waiver-in = dérogation à { $rule } pour { $place }

# Ce que constatent les lignes directrices
found-disclosed-by = { $what } : communication par { $document } le { $day }
found-not-disclosed = { $what } : aucune communication à l’organe ({ $to })
found-nothing-of = rien n’est enregistré pour : { $what }
found-nothing = néant
found-worth-reaches = { $sum }, soit { $worth } le { $day }, ce qui atteint { $limit }
found-worth-less = { $sum }, soit { $worth } le { $day }, moins de { $limit }
found-reaches = { $sum }, ce qui atteint { $limit }
found-less = { $sum }, moins de { $limit }
found-not-comparable = { $sum }, sans comparaison possible avec { $limit } le { $day }
found-rate = un taux de { $from } vers { $to } pour le { $day }
found-waived-after = dérogation accordée par { $by } le { $day }, après le cas : { $why }
found-waived = dérogation accordée par { $by } le { $day } : { $why }
found-missing = il manque : { $what }
found-kind = type : { $kind }
found-not-strategic-yet = type « { $kind } » : non stratégique tant que non évalué
found-reviews-last = { $number ->
    [one] { COUNT($number) } examen tenu, le dernier le { $day }
   *[other] { COUNT($number) } examens tenus, le dernier le { $day }
 }
found-reviews = { $number ->
    [one] { COUNT($number) } examen tenu
   *[other] { COUNT($number) } examens tenus
 }
found-none-by = aucun au { $day }
found-ended-before = échu le { $day }, avant l’échéance d’un examen
found-withheld = { $what } : non communiqué par la source
found-check = { $what } de { $party } ({ $name }) : { $result } le { $day }
found-no-check = sans { $what } de { $party }
found-of = { $what } : { $text }
found-risk-assessed = évaluation du risque ({ $risk })
found-no-risk = aucune évaluation du risque ({ $risk })
found-risk-missing = une évaluation du risque ({ $risk })
found-risk-never = risque ({ $risk }) : jamais évalué
found-risk-level = risque ({ $risk }) : { $level }
found-conflict-assessed = évaluation du conflit { $key }
found-no-conflict = aucune évaluation du conflit { $key }
found-basis = fondement : { $basis }
found-approved-by = approbation par { $by }
found-submitted-by = soumission pour examen par { $by }
found-approved-elsewhere-by = approbation par ailleurs, par { $by }
found-grown = hausse de { $percent }
found-period = { $number ->
    [one] une durée de { COUNT($number) } jour
   *[other] une durée de { COUNT($number) } jours
 }
found-on = { $text } le { $day }
found-strategic-weight-yes = portée stratégique : oui
found-strategic-weight-no = portée stratégique : non
found-strategic-weight-never-assessed = portée stratégique : jamais évaluée
found-no-conflict-of-interest-is-declared = aucun conflit d’intérêts n’est déclaré
found-no-party-is-of-those-that-the-rule-names = aucun tiers n’est de ceux que la règle vise
found-no-risk-was-ever-assessed = aucun risque n’a jamais été évalué
found-no-party-is-recorded = aucun tiers n’est enregistré
found-the-vendor-is-not-recorded = le prestataire n’est pas enregistré
found-the-period-is-not-recorded = la période n’est pas enregistrée
found-a-risk-flag-of-a-party-is-raised = un tiers fait l’objet d’une alerte
found-no-risk-flag-of-a-party-is-raised = aucun tiers ne fait l’objet d’une alerte
found-the-amounts-which-the-source-withholds = les montants, que la source ne communique pas
found-the-day-of-signature-which-is-not-recorded = le jour de la signature, qui n’est pas enregistré
found-an-assessment-of-the-strategic-weight = une évaluation de la portée stratégique
found-an-assessment-of-a-risk = une évaluation d’un risque
found-the-parties-of-the-engagement = les tiers de l’engagement
found-strategic-analysis = analyse stratégique
found-materiality-assessed = évaluation de l’importance
found-approved = approbation
found-approved-elsewhere = approbation par ailleurs
found-submitted-for-review = soumission pour examen
found-review-held = examen tenu
found-outcome-planned = résultat prévu
found-outcome-reached = résultat atteint
found-document-attached = document joint
found-objective-recorded = objectif enregistré
found-end-of-the-period-recorded = fin de la période enregistrée
found-ceiling-recorded = plafond enregistré
found-no-strategic-analysis = aucune analyse stratégique
found-no-assessment-of-materiality = aucune évaluation de l’importance
found-no-approval = aucune approbation
found-no-submission-for-review = aucune soumission pour examen
found-no-review = aucun examen
found-no-planned-outcome = aucun résultat prévu
found-no-outcome = aucun résultat
found-no-attached-document = aucun document joint
found-no-basis-on-which-the-party-was-selected = aucun fondement du choix du tiers
found-no-objective = aucun objectif
found-no-end-of-the-period = aucune fin de la période
found-no-ceiling = aucun plafond
found-no-assessment-of-a-risk = aucune évaluation d’un risque
found-signed = signé
found-ordered = commandé
found-ceiling = plafond
found-in-kind = en nature
found-paid = payé
found-review = examen
found-planned-outcome = résultat prévu
found-outcome = résultat
found-end-of-the-period = fin de la période
found-screening = vérification
found-due-diligence = diligence raisonnable

# Ce qui a été enregistré d’un engagement
event-action-closed = Mesure close
event-analysis-recorded = Analyse enregistrée
event-approval-evidenced = Approbation attestée
event-conflict-assessed = Conflit évalué
event-conflict-declared = Conflit déclaré
event-contribution-committed = Contribution engagée
event-contribution-received = Contribution reçue
event-contribution-refunded = Contribution remboursée
event-contribution-valued = Contribution évaluée
event-deliverable-accepted = Prestation acceptée
event-deviation-waived = Dérogation accordée
event-document-attached = Document joint
event-engagement-activated = Engagement entré en exécution
event-engagement-amended = Engagement modifié
event-engagement-approved = Engagement approuvé
event-engagement-cancelled = Engagement annulé
event-engagement-closed = Engagement clos
event-engagement-completed = Engagement achevé
event-engagement-extended = Engagement prolongé
event-engagement-proposed = Engagement proposé
event-engagement-rejected = Engagement rejeté
event-engagement-reopened = Engagement rouvert
event-engagement-resumed = Engagement repris
event-engagement-returned = Engagement renvoyé
event-engagement-signed = Engagement signé
event-engagement-submitted = Engagement soumis
event-engagement-suspended = Engagement suspendu
event-engagement-terminated = Engagement résilié
event-information-provided = Information fournie
event-information-requested = Information demandée
event-materiality-assessed = Importance évaluée
event-order-amended = Bon de commande modifié
event-order-cancelled = Bon de commande annulé
event-order-closed = Bon de commande clos
event-order-issued = Bon de commande émis
event-outcome-planned = Résultat prévu
event-outcome-recorded = Résultat enregistré
event-payment-made = Paiement effectué
event-payment-reversed = Paiement annulé
event-review-held = Examen tenu
event-review-scheduled = Examen programmé
event-risk-assessed = Risque évalué

# Titres, têtes de colonnes et libellés de ces deux rapports
head-accepted = Accepté
head-action = Mesure
head-amount = Montant
head-amounts-of-service-orders = Montants des bons de commande
head-answers-for-it = Responsable
head-as-recorded = Selon le registre
head-asked-for-by = Demandée par
head-assessed-on = Évalué le
head-assessment = Évaluation
head-attached-on = Joint le
head-belongs-together-with = Lié à
head-between = Entre
head-bodies-and-documents = Organes et documents
head-body = Organe
head-by = Par
head-by-the-year-in-which-the-document-was-published = Par année de publication du document
head-by-the-year-in-which-the-facet-happened = Par année de survenance de l’élément
head-by-the-year-in-which-the-service-order-happened = Par année d’émission du bon de commande
head-by-when = Échéance
head-bytes = Octets
head-case = Cas
head-changed-since-disclosed = Changements depuis la communication
head-check = Vérification
head-closed = Clôture
head-conflicts-of-interest-that-were-declared = Conflits d’intérêts déclarés
head-corrected-on = Corrigé le
head-country = Pays
head-currency = Monnaie
head-days = Jours
head-days-counted = Délais comptés
head-days-since-recorded = Jours depuis l’enregistrement
head-declared-on = Déclaré le
head-deliverables = Prestations attendues
head-disclosed-in = Communiqué dans
head-disclosure = Communication
head-disclosures-in-figures = Les communications en chiffres
head-document = Document
head-documents = Documents
head-documents-in-preparation = Documents en préparation
head-documents-that-disclosed = Documents de communication
head-documents-that-were-corrected = Documents corrigés
head-due-on = Attendu le
head-duration = Durée
head-duties-under-the-guidelines = Obligations découlant des lignes directrices
head-effective = Prise d’effet
head-ends-on = Prend fin le
head-engagement = Engagement
head-engagements = Engagements
head-engagements-to-disclose = Engagements à communiquer
head-entries = Écritures
head-every-engagement-and-its-facets = Tous les engagements et leurs éléments
head-every-service-order = Tous les bons de commande
head-evidence = Justificatif
head-extensions-and-other-changes-of-the-end = Prolongations et autres changements de la fin
head-facets = Éléments
head-facets-of-engagements-to-disclose = Éléments d’engagements à communiquer
head-facets-of-engagements-days-to-disclosure = Éléments d’engagements : délais de communication
head-facets-that-wait-longest = Éléments dont la communication est attendue depuis le plus longtemps
head-financial-implication = Incidence financière
head-findings = Constatations
head-first-disclosed-on = Première communication le
head-for-the-organization = Pour l’organisation
head-from-the-day = À compter du
head-full-history = Historique complet
head-given-in-kind = Contributions en nature
head-happened-on = Survenu le
head-held-on = Tenu le
head-how = Lien
head-in = Dans
head-in-short = En bref
head-issued-on = Émis le
head-item = Article
head-kind = Type
head-last-disclosed-in = Communiqué en dernier dans
head-lifted = Levée
head-looked-at-again = Réexamen
head-material = Important
head-materiality-and-why = Importance et motif
head-maximum-days = Délai maximal
head-measure = Mesure
head-measures = Mesures
head-median-days = Délai médian
head-membership = Appartenance
head-minimum-days = Délai minimal
head-mitigation = Atténuation
head-money-by-measure-payer-and-currency = Montants par mesure, payeur et monnaie
head-nature = Nature
head-not-disclosed = Non communiqué
head-not-disclosed-by-the-source = Non communiqué par la source
head-not-yet-disclosed = Pas encore communiqué
head-number = Nombre
head-objective = Objectif
head-on = Le
head-order = Bon de commande
head-ordered = Commandé
head-outcome = Résultat
head-outcomes = Résultats
head-overview = Vue d’ensemble
head-paid = Payé
head-parties-that-belong-together = Tiers liés entre eux
head-period = Période
head-planned = Prévu
head-planned-for = Prévu pour
head-position = Position
head-priorities = Priorités
head-published-on = Publié le
head-purpose = Objet
head-purpose-analysis-and-materiality = Objet, analyse et importance
head-raised-on = Émis le
head-rating = Niveau
head-reached = Atteint
head-recorded-utc = Enregistré (UTC)
head-recorded-on = Enregistré le
head-regions = Régions
head-result = Résultat
head-review = Examen
head-reviews = Examens
head-risk = Risque
head-risk-flag = Alerte
head-risk-flags = Alertes
head-risks-and-conflicts-of-interest = Risques et conflits d’intérêts
head-risks-as-last-assessed = Risques selon la dernière évaluation
head-role = Rôle
head-rule = Règle
head-screening-and-due-diligence = Vérification et diligence raisonnable
head-selection-or-basis = Sélection ou fondement
head-service-orders = Bons de commande
head-service-orders-that-wait-longest = Bons de commande dont la communication est attendue depuis le plus longtemps
head-service-orders-to-disclose = Bons de commande à communiquer
head-service-orders-days-to-disclosure = Bons de commande : délais de communication
head-sha-256 = SHA-256
head-shows = Montre
head-signed-on = Signé le
head-since = Depuis
head-source = Source
head-state = État
head-stated-on = Déclaré le
head-strategic-analysis = Analyse stratégique
head-subject = Objet
head-subject-and-vendor = Objet et prestataire
head-third-parties = Tiers
head-third-party = Tiers
head-title = Intitulé
head-type = Type
head-valid-until = Valable jusqu’au
head-valued-on-the-basis-of = Base de l’évaluation
head-verdict = Verdict
head-was-to-end-on = Devait prendre fin le
head-what = Objet
head-what-changed = Changement
head-what-each-body-was-told = Ce qui a été communiqué à chaque organe
head-what-is-so-now = Situation actuelle
head-what-it-said = Indiqué alors
head-what-the-reviews-asked-for = Mesures demandées par les examens
head-what-was-disclosed-and-after-how-many-days = Ce qui a été communiqué, et dans quel délai
head-what-was-found = Constat
head-what-was-wrong = Erreur corrigée
head-why = Motif
head-why-and-from-where = Motif et provenance
head-within-30-days = Sous 30 jours
head-within-365-days = Sous 365 jours
head-within-90-days = Sous 90 jours
head-year = Année
head-disclosed = communiqués
head-disclosed-by-a-document-from-before-they-happened = communiqués par un document antérieur à leur survenance
head-not-yet-disclosed = pas encore communiqués
head-whose-day-is-not-recorded = dont le jour n’est pas enregistré
