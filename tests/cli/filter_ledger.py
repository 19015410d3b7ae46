"""A ledger with something to find: names in several scripts, several currencies, values that nobody recorded."""

from tests.transcripts.terminal import Terminal

LINES = (
    "init --origin example.org/ledger --currency USD",
    "party register 'Ernst & Young (illustrative)' --ref P1 --type 'Private sector' --alias EY --country GB",
    "party register 'Université de Genève (illustrative)' --ref P2 --type Academia --country CH",
    "party register 'Salt and Sand = Co (illustrative)' --ref P3",
    "party register 电信学院 --ref P4 --type Academia",
    (
        "engagement sign E-1 --title 'School connectivity' --kind consultancy --party EY --effective 2026-01-10"
        " --ends-on 2026-12-31 --unit IDS --contribution 'organization=USD 250000.00'"
    ),
    (
        "engagement sign E-2 --title 'Étude des écoles' --kind 'partnership agreement' --party P2 --party P4"
        " --effective 2026-03-05 --starts-on 2026-04-01 --ends-on 2027-02-21 --contribution 'P2=CHF 100000.00'"
        " --contribution 'P4=USD 99999.99'"
    ),
    (
        "engagement sign E-3 --title 'Training, and more' --kind consultancy --party P3 --effective 2025-11-23"
        " --ends-on 2026-11-22 --unit CSD --contribution 'P3=JPY 5000000'"
    ),
    "engagement propose E-4 --title 'School meals' --kind consultancy --party EY --effective 2026-11-01",
    "engagement sign E-5 --title 'Withheld' --kind consultancy --party EY --effective 2024-02-29 --withheld financials",
    (
        "order issue E-1 SO-1 --subject 'Inception report' --amount 'USD 100000.00' --effective 2026-02-01"
        " --starts-on 2026-02-01 --ends-on 2026-06-30"
    ),
    "order issue E-1 SO-2 --subject 'School report' --amount 'USD 1500.50' --effective 2026-03-01",
    "order issue E-3 SO-3 --subject Training --amount 'JPY 100000' --effective 2026-02-28 --actor staff/2",
    "order issue E-2 SO-4 --subject Étude --vendor P2 --amount 'CHF 100000.00' --effective 2026-11-23",
    "order accept E-1 SO-1 'USD 60000.00' --effective 2026-03-01",
    "order accept E-3 SO-3 'JPY 100000' --effective 2026-04-30",
    "payment make E-1 SO-1 'USD 60000.00' --effective 2026-03-31",
    "payment make E-3 SO-3 'JPY 40000' --effective 2026-05-01",
    "payment make E-3 SO-3 'JPY 60000' --effective 2026-05-31",
    "payment reverse E-3 SO-3/2 --effective 2026-06-01",
    "contribution receive E-2 P2 'CHF 20000.00' --effective 2026-06-01",
    "risk assess E-1 reputational --likelihood low --impact high --review-on 2026-12-01 --owner IDS",
    "risk assess E-2 financial --likelihood high --impact high",
)


def recorded(terminal: Terminal) -> Terminal:
    """Record the ledger on a terminal, and return it."""
    for line in LINES:
        answer, code = terminal.type(f"ledger {line}")
        assert 0 == code, answer
    return terminal
