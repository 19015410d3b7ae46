"""What is typed after an error whose hint quotes a command: the table of `test_hints`.

`PASTE` is every command that the hint quotes, as it stands; `AGAIN` is the line that was refused, and is accepted now.
A line is completed with values of the state where the hint names only the noun and verb. `1: ` in front is the exit
code, 0 without; `says: ` is in the last answer; `$ ` is typed into a shell.
"""

PASTE, AGAIN = "paste", "again"

FOLLOW: dict[str, list[str]] = {
    "affiliated-already": ["ledger party show EY", "says: EYGS"],
    "against-threshold": ["ledger setting change materiality.threshold 'USD 300000.00'", AGAIN],
    "bad-actor": [PASTE, "says: kept staff/17"],
    "bad-controls": ["3: ledger controls check late.toml", "says: not a whole number"],
    "bad-entry": ["1: paste", "says: malformed"],
    "bad-guidelines": ["3: ledger guidelines check bad.toml", "says: Did you mean analysis?"],
    "bad-guard": ["$ mv guard away", PASTE, AGAIN],
    "bad-key": [PASTE, "says: log example.org/ledger"],
    "bad-log-key": [
        "ledger init --origin example.org/ledger --currency USD",
        "ledger key new",
        PASTE,
        "says: log example.org/ledger+",
    ],
    "bad-position": ["ledger log"],
    "bad-submission": [PASTE, "says: old 0"],
    "before-first": [PASTE, "says: ledger.opened"],
    "below-accepted": ["ledger void {payment.made} {deliverable.accepted} --reason Mistake", AGAIN],
    "beyond-checkpoint": [PASTE, AGAIN],
    "checkpoint-stands": [
        "ledger --url sqlite:///fork.db key revoke {id}",
        "ledger --url sqlite:///fork.db key new",
        AGAIN,
    ],
    "command-reused": ["ledger show 2"],
    "damaged": ["5: paste", "says: damaged"],
    "damaged-checkpoint": ["1: ledger verify", "says: checkpoint"],
    "definitions-not-adopted": [PASTE, AGAIN],
    "does-not-apply": [PASTE, "says: does not apply"],
    "duplicate-disclosure": ["ledger disclosure cover C26/1 E-1"],
    "duplicate-engagement": ["ledger engagement amend E-1 --title Again"],
    "duplicate-order": ["ledger order amend E-1 SO-1 --amount 'USD 30.00'"],
    "files-missing": ["1: paste", "says: attachment-missing"],
    "flags-collide": ["ledger correct 7 --set flag=F2 --reason 'One key each'", AGAIN],
    "foreign-journal": ["$ mkdir alone && cp journal.db alone/", "ledger --url sqlite:///alone/journal.db verify"],
    "goes-back": ["ledger history IDS-2026-001", "ledger engagement close IDS-2026-001 --effective 2026-11-02"],
    "guard-exists": [PASTE, "says: extended"],
    "guard-missing": [PASTE, AGAIN],
    "identifiers-differ": ["ledger history B", "ledger void 4 --reason 'Of another one'", AGAIN],
    "key-exposed": [
        "$ chmod 600 ~/.config/engagement-ledger/keys/*.pem",
        AGAIN,
        "ledger key rotate --passphrase-file passphrase.txt",
    ],
    "key-not-active": [PASTE, "says: retired"],
    "key-there": [PASTE],
    "log-rewritten": [
        "1: ledger --url sqlite:///fork.db verify",
        "ledger restore monday.zip --url sqlite:///restored.db",
        "ledger --url sqlite:///restored.db verify",
    ],
    "needless-proof": ["ledger checkpoint request --old 2 -o fresh.txt", "ledger witness cosign fresh.txt"],
    "needs-file": [
        "ledger backup b.zip",
        "ledger restore b.zip --url sqlite:///restored.db",
        "ledger copy sqlite:///restored.db sqlite:///target.db",
    ],
    "no-actor": [PASTE, AGAIN],
    "no-profile": [PASTE, "ledger import own.toml contracts.csv --dry-run", "says: 1 signed"],
    "no-checkpoint": ["ledger key new", "ledger checkpoint", AGAIN],
    "no-guidelines": ["ledger guidelines adopt guidelines.toml", AGAIN],
    "no-guard": ["ledger --guard here guard start", "ledger --guard here guard show"],
    "no-ledger": ["ledger init --origin example.org/ledger --currency USD", AGAIN],
    "no-quorum": [
        PASTE,
        "ledger report council --policy witnessed.txt --proof not-witnessed --without-quorum",
    ],
    "no-signing-key": [PASTE, AGAIN],
    "no-such-checkpoint": [PASTE],
    "no-witness": ["ledger witness init --name witness.example/one", AGAIN],
    "not-comparable": ["ledger report verify council.html", "says: byte for byte"],
    "not-earlier": ["ledger finding show expired/IDS-2026-001"],
    "not-ready": [
        "1: ledger report council --from 2026-01-01 --to 2026-11-23 --texts own.txt --check",
        "says: no-symbol",
    ],
    "nothing-committed": ["ledger contribution commit E-1 organization 'USD 5.00' --effective 2026-03-01", AGAIN],
    "nothing-stands": [PASTE],
    "not-a-party-here": ["ledger engagement amend E-1 --add-party FUND --effective 2026-05-01", AGAIN],
    "not-as-attached": ["1: paste", "says: attachment"],
    "not-copied": ["1: ledger verify"],
    "no-manifest": [
        "ledger report council --from 2026-01-01 --to 2026-06-30 -o two.html",
        "ledger disclosure publish C26/2 --body Council --report two.html",
    ],
    "not-covered": ["ledger disclosure cover C27/50 E-1=service-orders", AGAIN],
    "other-log": [
        "ledger --url sqlite:///another.db report council --from 2026-01-01 --to 2026-06-30 -o two.html",
        AGAIN,
    ],
    "not-extended": ["1: ledger verify --checkpoint other.checkpoint"],
    "not-extending": [PASTE],
    "not-for-report": [PASTE, "says: Usage:"],
    "not-kept": ["$ echo content > kept.pdf", "ledger document attach E-1 kept.pdf --title Kept"],
    "not-later": ["ledger engagement amend IDS-2026-001 --ends-on 2026-11-30"],
    "not-signed": ["ledger witness trust {key}", "4: again", "says: This checkpoint was cosigned already"],
    "not-sound": ["1: paste", "says: missing-trigger"],
    "not-trusted": [PASTE],
    "not-yet-checkpointed": [PASTE, AGAIN],
    "nothing-to-prove": [PASTE],
    "order-unpaid": ["ledger payment make E-1 SO-1 'USD 10000.00' --effective 2026-05-11", AGAIN],
    "other-size": ["ledger checkpoint request --old 2 -o fresh.txt", "ledger witness cosign fresh.txt"],
    "over-accepted": [
        "ledger order accept SUR-2026-01 SO-1 'CHF 20000.00' --deliverable Survey --effective 2026-04-20",
        AGAIN,
    ],
    "over-ceiling": ["ledger engagement amend SUR-2026-01 --ceiling 'CHF 100000.00' --effective 2026-03-01", AGAIN],
    "over-order": ["ledger order amend FW-2025-001 SO-2 --amount 'CHF 30000.00' --effective 2025-06-30", AGAIN],
    "payment-differs": [
        "ledger import payments.toml later.csv --as correction",
        "ledger payment reverse A-1 PV-1 --reason Back",
    ],
    "published-differs": ["ledger verify", "1: ledger verify --bundle altered"],
    "published-not-prefix": ["1: ledger verify --checkpoint other/checkpoint"],
    "rolled-back": [
        "1: ledger --url sqlite:///new/ledger.db verify",
        "ledger restore monday.zip --url sqlite:///again.db",
    ],
    "rotation-not-signed": [PASTE],
    "status-differs": ["ledger engagement reopen A-1 --reason 'Not finished'", AGAIN],
    "taken-back": [PASTE, "ledger void 6 5 --reason 'It counts'", AGAIN],
    "unknown-code": ["ledger setting change list.party-types Company University Zoo", AGAIN],
    "unknown-conflict": ["ledger conflict declare E 'Owns shares' --between A", AGAIN],
    "unknown-import": [PASTE],
    "unknown-key": [PASTE],
    "unsound-log": [
        "1: ledger verify",
        "ledger restore monday.zip --url sqlite:///restored.db",
        "ledger --url sqlite:///restored.db verify",
    ],
    "unknown-control": [PASTE, "says: signed-without-approval"],
    "unknown-disclosure": [PASTE],
    "unknown-document": [PASTE],
    "unknown-engagement": [PASTE],
    "unknown-controls": [PASTE],
    "unknown-guidelines": [PASTE],
    "unknown-rule": ["ledger guidelines adopt guidelines.toml", AGAIN],
    "unknown-finding": [PASTE],
    "unknown-log": ["ledger witness trust {key} --state one", "says: trusts the key"],
    "unknown-order": ["ledger order issue E SO-3 --subject S --amount 'USD 5.00'", AGAIN],
    "unknown-party": ["ledger party list", "ledger party register 'Newcomer (illustrative)'"],
    "unknown-rate": [PASTE],
    "unknown-reference": [PASTE],
    "void-breaks": ["ledger void 6 7 --reason Tried"],
}

_INIT = "ledger init --origin example.org/ledger --currency USD"
_ENGAGED = [
    _INIT,
    "ledger party register Alpha --ref A",
    "ledger engagement sign E --title T --kind memorandum --party A",
]
_SIGNED = [_INIT, "ledger key new", "ledger checkpoint -o first.checkpoint"]
_FORKED = [
    _INIT,
    "ledger key new",
    "ledger backup monday.zip",
    "$ cp ledger.db fork.db",
    "ledger party register Alpha",
    "ledger checkpoint -o alpha.checkpoint",
    "ledger --url sqlite:///fork.db party register Beta",
    "$ {sqlite} fork.db \"INSERT INTO checkpoints VALUES (1, 3, readfile('alpha.checkpoint'))\"",
]

STATES: dict[str, list[str]] = {
    "checkpoint-stands": [*_FORKED, "ledger --url sqlite:///fork.db checkpoint --pass-over 3"],
    "damaged-checkpoint": [
        *_SIGNED,
        "$ {sqlite} ledger.db \"INSERT INTO checkpoints VALUES (2, 1, x'00')\"",
        "ledger checkpoint list",
    ],
    "log-rewritten": [*_FORKED, "ledger --url sqlite:///fork.db checkpoint"],
    "not-copied": [
        *_ENGAGED,
        '$ {sqlite} ledger.db "UPDATE commands SET first = 2 WHERE first = 3"',
        "ledger copy sqlite:///ledger.db sqlite:///target.db",
    ],
    "other-size": [
        *_SIGNED,
        "ledger witness init --name witness.example/one",
        "ledger witness trust {key}",
        "ledger checkpoint request -o one.txt",
        "ledger witness cosign one.txt -o cosigned.txt",
        "ledger party register Alpha",
        "ledger checkpoint -o second.checkpoint",
        "ledger checkpoint request -o two.txt",
        "ledger witness cosign two.txt",
    ],
    "rotation-not-signed": [
        _INIT,
        "ledger key new",
        """$ echo '{"command": "key rotate", "old": "{key}", "new": "{key}", "statement": "x"}' > r.jsonl""",
        "ledger record r.jsonl",
    ],
    "unknown-code": [
        _INIT,
        "ledger setting change list.party-types Company University",
        "ledger party register A --type Zoo",
    ],
    "unknown-conflict": [*_ENGAGED, "ledger conflict assess E C1 mitigated"],
    "unknown-document": [_INIT, "ledger changes --since Z/1"],
    "unknown-key": [_INIT, "ledger key retire 12345678"],
    "unknown-order": [*_ENGAGED, "ledger order amend E SO-3 --amount 'USD 1.00'"],
    "unsound-log": [
        _INIT,
        "ledger key new",
        "ledger backup monday.zip",
        '$ {sqlite} ledger.db "UPDATE head SET root = zeroblob(32)"',
        "ledger checkpoint",
    ],
}
"""States of errors that no transcript shows with a command in the hint: lines; the last one is refused."""

ACTIONS: dict[str, tuple[list[str], list[str]]] = {
    "backup-exists": ([_INIT, "$ touch b.zip", "ledger backup b.zip"], ["ledger backup other.zip"]),
    "bad-url": ([_INIT, "ledger --url sqlite:/ledger.db log"], ["ledger --url sqlite:///ledger.db log"]),
    "cannot-guard": ([_INIT, "ledger --guard second/g guard start"], ["$ mkdir second", AGAIN]),
    "cannot-read": ([_INIT, "ledger record lines.jsonl"], ["$ touch lines.jsonl", AGAIN]),
    "cannot-write": ([*_SIGNED, "ledger checkpoint -o folder/x"], ["$ mkdir folder", AGAIN]),
    "file-exists": (
        [
            *_ENGAGED,
            "$ echo content > a.txt",
            "ledger document attach E a.txt --title T",
            "ledger document save E D1 -o a.txt",
        ],
        ["ledger document save E D1 -o b.txt", "$ cmp a.txt b.txt"],
    ),
    "ledger-exists": ([_INIT, _INIT], [_INIT.replace("ledger init", "ledger --url sqlite:///other.db init")]),
    "looks-like-party": (
        [_INIT, "ledger party register Alpha", "ledger party register 'Аlpha'"],
        ["ledger party register 'Аlpha' --namesake"],
    ),
    "no-folder": (
        [_INIT.replace("ledger init", "ledger --url sqlite:///f/l.db init")],
        ["$ mkdir f", AGAIN, "ledger --url sqlite:///f/l.db verify"],
    ),
    "witness-there": (
        ["$ mkdir w && touch w/x", "ledger witness init --name w.example/1 --state w"],
        ["ledger witness init --name w.example/1 --state v"],
    ),
}
"""Errors whose hint names an action, or an option: a state, whose last line is refused, and what is done then."""

ELSEWHERE: dict[str, str] = {
    "bad-digest": "no command line gets there: not-kept or bad-command comes first",
    "empty-log": "maintenance/test_former_life.py makes an empty log, and then the ledger in it",
    "entry-refused": "only a program that is not this one sends it: postgres/test_recording_rights.py",
    "identifier-differs": "importing/test_party_rows.py registers the namesake, and imports again",
    "no-database": "postgres/test_hints.py",
    "not-allowed": "postgres/test_hints.py",
    "not-migrated": "postgres/test_hints.py",
    "not-proved": "no state: it would be a defect of the software, which proof/ plants",
    "second-name": "stores/test_placement.py removes the second name, and records",
    "too-many-faults": "importing/test_command.py",
    "not-the-text": "only a program that is not this one records it: spec/test_guidelines.py",
    "outcome-unknown": "postgres/test_unknown_outcome.py",
}
"""Errors whose hint another test follows, or that no test can make: where, or why."""
