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
none = néant
no-membership = Aucune appartenance
nothing-there = Rien n’est enregistré à ce sujet.
in-document = document { $symbol }
agreements-in-note = accords
money-in-note = contributions
rounding = Les parts sont arrondies une à une et totalisent { $sum } pour cent.
rounding-of = Les parts des { $what } sont arrondies une à une et totalisent { $sum } pour cent.
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
partnerships-background = Le présent document porte sur les accords de partenariat signés du 1er janvier au 31 décembre { FIG("/year") }, sur les partenaires et sur les contributions auxquelles ceux-ci s’engagent. Les contributions sont celles qui ont été signées, et non celles qui ont été reçues.
partnerships-results-title = Partenariats et résultats de la mobilisation de ressources en { $year }
partnerships-signed = En { FIG("/year") }, { FIG("/agreements") ->
    [0] aucun accord de partenariat n’a été signé.
    [one] un accord de partenariat a été signé. { $money }
   *[other] { FIG("/agreements", "/agreements_with_contribution", style: "words") } accords de partenariat ont été signés, { $money }
 }
partnerships-of-which = { FIG("/agreements_with_contribution") ->
    [0] dont aucun ne prévoyait de contribution financière.
    [one] dont { FIG("/agreements_with_contribution", "/agreements", style: "words") } prévoyait des contributions financières d’un montant total d’environ { FIG($total, style: "million") }, { FIG("/partner_share_percent", style: "percent") } étant versés par les partenaires et { FIG("/organization_share_percent", style: "percent") } par l’organisation.
   *[other] dont { FIG("/agreements_with_contribution", "/agreements", style: "words") } prévoyaient des contributions financières d’un montant total d’environ { FIG($total, style: "million") }, { FIG("/partner_share_percent", style: "percent") } étant versés par les partenaires et { FIG("/organization_share_percent", style: "percent") } par l’organisation.
 }
partnerships-one-of-which = { FIG("/agreements_with_contribution") ->
    [0] Il ne prévoyait aucune contribution financière.
   *[other] Il prévoyait des contributions financières d’un montant total d’environ { FIG($total, style: "million") }, { FIG("/partner_share_percent", style: "percent") } étant versés par les partenaires et { FIG("/organization_share_percent", style: "percent") } par l’organisation.
 }
partnerships-full-list = La liste complète des accords se trouve ici : { $where }.
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
partnerships-top-several = Parmi les partenaires, { FIG("/partners_with_contribution", "/partners", style: "words") } ont signé des contributions financières d’un montant total d’environ { FIG($partner-money, style: "million") }. Les plus importants sont nommés et représentés ci-après (voir { REF("top10") } et { REF("top10-chart") }) ; la liste complète se trouve ici : { $where }.
partnerships-regions-title = Régions
partnerships-regions = Les accords et les contributions sont présentés par région (voir { REF("regions") } et { REF("regions-chart") }).
partnerships-priorities-title = Priorités
partnerships-priorities = Les accords et les contributions sont présentés par priorité (voir { REF("priorities") } et { REF("priorities-chart") }).
partnerships-several = Un accord qui en concerne plusieurs est compté dans chacune, de sorte que les parts des accords totalisent plus de 100 pour cent. Ses contributions sont réparties.
partnerships-trend-title = Évolution sur cinq ans
partnerships-trend = Le nombre d’accords signés dans l’année était de { FIG($first, $last, style: "words") } en { $since } et de { FIG($last, $first, style: "words") } en { FIG("/year") }. Les contributions sont présentées ci-après (voir { REF("trend") } et { REF("trend-chart") }).
partnerships-way-forward-title = Perspectives
partnerships-check-title = Comment vérifier le présent document
check = Chaque chiffre renvoie aux écritures du registre d’où il est tiré ; la page web et le classeur du présent rapport en donnent la liste. Le registre comptait { $position } écritures, de racine { $root }, au { DAY($on) }.
partnerships-left-out = { $number ->
    [one] Un engagement n’a pas de taux de change vers { $currency } et n’entre pas dans les totaux.
   *[other] { $number } engagements n’ont pas de taux de change vers { $currency } et n’entrent pas dans les totaux.
 }
partnerships-undated = { $number ->
    [one] La date de signature d’un accord n’est pas enregistrée ; il n’est compté dans aucune année.
   *[other] Les dates de signature de { $number } accords ne sont pas enregistrées ; ils ne sont comptés dans aucune année.
 }
partnerships-agreements-title = Accords signés en { $year }
partnerships-financial-title = Partenaires financiers, { $year }
partnerships-top-title = Principaux partenaires financiers, { $year }
partnerships-by-type = Partenaires par type, { $year }
partnerships-by-membership = Partenaires par appartenance, { $year }
partnerships-by-region = Accords et contributions par région, { $year }
partnerships-by-priority = Accords et contributions par priorité, { $year }
partnerships-by-year = Accords et contributions signées, { $since }-{ $until }
partnerships-trend-chart = Contributions signées, { $since }-{ $until }, millions de { $currency }
partnerships-region-chart = Contributions par région, { $year }, { $currency }
partnerships-priority-chart = Contributions par priorité, { $year }, { $currency }
