"""The fields of work of the organisation: building blocks of titles, purposes, outcomes and orders."""

from typing import NamedTuple


class Result(NamedTuple):
    """A planned outcome: its summary, its indicator, and the range of targets."""

    summary: str
    indicator: str
    least: int
    most: int


class Theme(NamedTuple):
    """A field of work. `works` are what is made in it; `means` is how."""

    unit: str
    priority: str
    topic: str
    aim: str
    means: str
    users: str
    works: tuple[str, ...]
    results: tuple[Result, ...]


THEMES = (
    Theme(
        "EWS", "Early warning", "early warning of floods", "give people downstream the hours they need to reach safety",
        "linking river gauges, forecasts and the networks that carry warnings",
        "national meteorological and hydrological services",
        ("a shared flood forecasting platform", "a study of the reach of warnings by mobile network",
         "an exercise manual for national warning centres", "a training programme for hydrological forecasters"),
        (Result("Warnings reach communities before the flood does", "Communities reached by tested warnings", 12, 180),
         Result("Forecast offices use one shared platform", "Forecast offices connected", 3, 24),
         Result("Forecasters are trained in impact-based forecasting", "Forecasters certified", 40, 320)),
    ),
    Theme(
        "EWS", "Early warning", "cell-broadcast alerting", "let authorities warn everybody in a place at once",
        "bringing regulators, operators and disaster agencies to one protocol",
        "disaster management agencies",
        ("model regulations for public alerting", "a test bed for cell-broadcast messages",
         "an assessment of alerting readiness", "guidance on alerts in several languages"),
        (Result("Countries adopt the common alerting protocol", "Countries with the protocol in use", 4, 30),
         Result("A national alerting exercise is held each year", "Exercises held", 2, 16)),
    ),
    Theme(
        "STA", "Data and statistics", "household statistics on connectivity",
        "show who is connected, at what price and with what skills",
        "adding a short module to the surveys that countries already run", "national statistical offices",
        ("a questionnaire module with its manual", "a micro-data archive with documented access",
         "a review of sampling designs", "regional workshops on survey processing"),
        (Result("Countries publish comparable indicators", "Countries reporting all core indicators", 10, 60),
         Result("Micro-data are available to researchers under clear terms", "Surveys archived", 6, 45),
         Result("Statisticians are trained in the new module", "Statisticians trained", 60, 400)),
    ),
    Theme(
        "STA", "Data and statistics", "the use of new data sources in official statistics",
        "fill gaps between censuses at a reasonable cost", "testing mobile positioning data under strict privacy rules",
        "national statistical offices and regulators",
        ("a method for population estimates from network data", "a privacy impact assessment",
         "a reproducible processing pipeline", "a handbook with country cases"),
        (Result("Pilot countries publish experimental statistics", "Pilot publications", 2, 12),
         Result("A method is accepted by the expert group", "Methods endorsed", 1, 4)),
    ),
    Theme(
        "DHE", "Digital health", "digital primary health care", "bring reliable records to the first point of care",
        "equipping rural clinics with records that work without a connection", "ministries of health",
        ("an open reference design for clinic records", "an interoperability profile for referrals",
         "a cost model for national roll-out", "training for community health workers"),
        (Result("Clinics keep patient records digitally", "Clinics using the record system", 50, 900),
         Result("Referral data pass between levels of care", "Districts exchanging referrals", 5, 60),
         Result("Health workers are trained", "Health workers trained", 150, 2400)),
    ),
    Theme(
        "DHE", "Digital health", "mobile messaging against non-communicable diseases",
        "help people to stop smoking and to manage diabetes", "sending tested messages over networks that people use",
        "ministries of health and operators",
        ("a library of messages in six languages", "an evaluation of messaging in two districts",
         "a technical agreement template for operators", "a dashboard for programme teams"),
        (Result("People subscribe to the programme and stay", "Subscribers after six months", 20000, 400000),
         Result("An independent evaluation is published", "Evaluations published", 1, 3)),
    ),
    Theme(
        "NET", "Connectivity", "school connectivity", "connect schools that no operator reaches on its own",
        "mapping schools, pooling demand and sharing the risk of investment", "ministries of education",
        ("a map of schools with verified locations", "a tender template for pooled demand",
         "a comparison of access technologies and their cost", "monitoring probes in connected schools"),
        (Result("Schools are connected at the agreed quality", "Schools connected", 40, 1600),
         Result("School locations are verified", "Schools mapped", 500, 20000),
         Result("Quality of service in schools is measured daily", "Schools monitored", 40, 1200)),
    ),
    Theme(
        "NET", "Connectivity", "infrastructure sharing and rural networks",
        "lower the cost of reaching the last villages", "bringing rules, towers and spectrum together",
        "regulatory authorities",
        ("a model for shared rural towers", "a geographic information system of backbone networks",
         "a review of universal service funds", "guidelines on licensing community networks"),
        (Result("Regulators adopt rules on sharing", "Regulations adopted", 2, 15),
         Result("Villages are covered for the first time", "Villages covered", 30, 700)),
    ),
    Theme(
        "CYB", "Trust and security", "national incident response",
        "let countries answer cyber incidents with teams of their own",
        "assessing, equipping and exercising response teams", "national computer incident response teams",
        ("readiness assessments with road maps", "a yearly regional exercise", "a secure exchange for indicators",
         "a curriculum for incident handlers"),
        (Result("Response teams are established and staffed", "Teams operating around the clock", 2, 14),
         Result("Incident handlers are certified", "Handlers certified", 30, 260),
         Result("Teams exchange indicators routinely", "Teams in the exchange", 5, 40)),
    ),
    Theme(
        "CYB", "Trust and security", "child online protection", "keep children safe where they learn and play",
        "working with schools, parents and industry on shared guidelines", "ministries of education and helplines",
        ("guidelines in national languages", "a self-assessment for service providers", "lesson plans for teachers",
         "a study of reporting channels"),
        (Result("Countries adapt the guidelines to their law", "National strategies adopted", 3, 25),
         Result("Teachers use the lesson plans", "Teachers trained", 200, 5000)),
    ),
    Theme(
        "CAP", "Capacity development", "digital skills for small enterprises",
        "help small firms to sell and to be found online", "training trainers in chambers of commerce",
        "chambers of commerce and employment agencies",
        ("a modular course with assessment", "a platform for mentors", "a survey of skills needs",
         "materials for persons with disabilities"),
        (Result("Owners of small firms complete the course", "Owners certified", 300, 9000),
         Result("Women make up at least half of the participants", "Share of women in per cent", 50, 60),
         Result("National trainers carry on by themselves", "Trainers certified", 25, 300)),
    ),
    Theme(
        "CAP", "Capacity development", "training centres of excellence",
        "offer regulators the same standard of training everywhere", "accrediting centres and sharing their courses",
        "regulatory authorities and universities",
        ("an accreditation procedure", "twelve shared online courses", "a tracer study of graduates",
         "a fund for participants from least developed countries"),
        (Result("Centres meet the standard", "Centres accredited", 4, 18),
         Result("Participants finish their courses", "Participants certified", 500, 6000)),
    ),
    Theme(
        "IDS", "Corporate services", "a common data platform",
        "give members one place in which documents and figures can be found",
        "replacing twelve separate systems by a common platform", "member delegations and staff",
        ("the migration of the document archive", "a catalogue of open data", "an accessibility audit",
         "a service desk with agreed response times"),
        (Result("Systems are moved to the platform", "Systems migrated", 4, 12),
         Result("Documents are found by search at the first attempt", "Searches answered in per cent", 80, 95)),
    ),
    Theme(
        "IDS", "Corporate services", "interpretation and multilingual services",
        "serve meetings in all official languages at a stable cost",
        "combining remote interpretation and machine drafts",
        "meeting secretariats",
        ("remote interpretation for regional meetings", "terminology in six languages",
         "a quality review of machine translation", "captioning of plenary sessions"),
        (Result("Meetings have interpretation in six languages", "Meetings served", 20, 160),
         Result("Pages are translated within the agreed time", "Pages translated", 2000, 30000)),
    ),
    Theme(
        "CLI", "Climate and environment", "monitoring of electronic waste",
        "make producers' responsibility measurable", "harmonising registers of what is sold and what comes back",
        "environment agencies",
        ("a common register format", "a toolkit for national inventories", "a pilot of take-back points",
         "a regional balance of flows"),
        (Result("Countries publish a national inventory", "Inventories published", 3, 22),
         Result("Collected quantities rise", "Tonnes collected per year", 800, 30000)),
    ),
    Theme(
        "CLI", "Climate and environment", "climate services for farmers",
        "turn seasonal forecasts into advice that can be used in the field",
        "joining weather stations, extension services and radio", "agricultural extension services",
        ("an advisory bulletin by text message", "automatic weather stations", "a study of user needs",
         "a radio series in local languages"),
        (Result("Farmers receive advice in their language", "Farmers subscribed", 2000, 120000),
         Result("Stations report without gaps", "Stations reporting", 10, 140)),
    ),
)  # fmt: skip

UNITS = {
    "EWS": "Early Warning Services", "STA": "Statistics and Data", "DHE": "Digital Health", "NET": "Networks",
    "CYB": "Cybersecurity", "CAP": "Capacity Development", "IDS": "Information Services", "CLI": "Climate Action",
}  # fmt: skip
"""Units of the organisation, by the letters with which their references begin."""

PRIORITIES = tuple(dict.fromkeys(theme.priority for theme in THEMES))

PLACES = (
    ("AFR", "in West Africa"), ("AFR", "in the Sahel"), ("AFR", "in East Africa"), ("AFR", "in Southern Africa"),
    ("AFR", "in the Great Lakes region"), ("AMS", "in the Caribbean"), ("AMS", "in Central America"),
    ("AMS", "in the Andean countries"), ("AMS", "in the Southern Cone"), ("ARB", "in the Arab States"),
    ("ARB", "in the Maghreb"), ("ARB", "in the Mashreq"), ("ASP", "in the Pacific islands"),
    ("ASP", "in South Asia"), ("ASP", "in South-East Asia"), ("ASP", "in the Mekong basin"),
    ("CIS", "in Central Asia"), ("CIS", "in the South Caucasus"), ("EUR", "in the Western Balkans"),
    ("EUR", "in the Danube countries"), ("Multi regions", "in least developed countries"),
    ("Multi regions", "in small island developing States"), ("Multi regions", "in landlocked developing countries"),
    ("Multi regions", "in all regions"),
)  # fmt: skip
"""Where work is done: the region's code, and the place in words."""

REGIONS = tuple(dict.fromkeys(code for code, _ in PLACES))
