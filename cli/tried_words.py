"""Words that people try in place of a command, and the command that does what they want."""

CREATING = "register sign propose issue make commit record assess declare plan schedule attach prepare publish init"
CHANGING = "amend rename reclassify describe extend change correct"
ENDING = "end terminate cancel reverse withdraw retire void undo"
VERBS = {
    "add new create make insert open enter": CREATING,
    "edit update modify set change fix": CHANGING,
    "delete remove rm del cancel close erase revert": ENDING,
    "ls all search find filter query": "list",
    "view get info describe cat detail details": "show",
}
"""The verbs that people try after a noun, and those of ours that they may mean."""

COMMANDS = {
    "list ls search find filter query":
        "Lists belong to what they list: 'ledger engagement list', 'ledger order list', 'ledger party list'.",
    "add new create insert enter":
        "'ledger party register', 'ledger engagement sign', 'ledger order issue' and 'ledger payment make' record what "
        "is new.",
    "edit update modify change fix amend":
        "'ledger correct POSITION' corrects what is wrong; 'ledger engagement amend' and 'ledger order amend' record "
        "a change.",
    "delete remove rm del erase cancel":
        "Nothing is ever deleted: 'ledger void' takes entries back, 'ledger undo' your last command.",
    "redo revert rollback": "'ledger undo' takes back your last command, an undo as well.",
    "export download csv excel xlsx": "Lists go to files: 'ledger order list --output orders.xlsx'.",
    "todo due tasks agenda": "'ledger next' lists what is due.",
    "check audit validate": "'ledger verify' checks that nothing was altered.",
    "sum balance money": "'ledger totals' adds up money; 'ledger status' is an overview.",
    "sign": "'ledger engagement sign' records an agreement; 'ledger checkpoint' signs the log.",
    "config settings options": "'ledger setting list' shows the settings.",
    "user login actor me": "'ledger whoami' says who records.",
    "ui web gui serve": "There is no web page to work in; 'ledger publish' writes pages to read.",
    "contract contracts agreement agreements engagements": "Contracts are engagements: 'ledger engagement list'.",
    "vendor vendors partner partners supplier suppliers parties": "Partners and vendors: 'ledger party list'.",
    "orders": "'ledger order list' lists service orders.",
    "payments": "'ledger payment list' lists payments.",
    "quit exit": "Each command ends by itself.",
}  # fmt: skip
"""What people try as a command, and a sentence that names ours."""


def verbs_meant(tried: str, verbs: tuple[str, ...]) -> list[str]:
    """Return the verbs, of those that a noun has, that somebody may mean who tries another."""
    meant = (ours for words, ours in VERBS.items() if tried in words.split())
    return [verb for ours in meant for verb in ours.split() if verb in verbs]


def command_meant(tried: str) -> str:
    """Return a sentence with the command that somebody may mean who tries another; empty if none is known."""
    return next((sentence for words, sentence in COMMANDS.items() if tried in words.split()), "")
