"""Why things happened, in the words of those who recorded them."""

AUTHORITIES = ("Contracts Committee", "Partnerships Board", "Deputy Secretary-General", "Procurement Review Committee")

RETURNED = (
    "The options are not compared; doing the work with our own staff is missing.",
    "The budget table does not add up to the ceiling.",
    "The due diligence of the partner is older than a year.",
    "The exit clause does not say who keeps the data.",
)
REJECTED = (
    "The work overlaps with an agreement that is in force.",
    "No strategic need is shown beyond the pilot.",
    "The partner would hold exclusive rights to results paid for from public funds.",
)
CANCELLED = (
    "The donor withdrew before signature.",
    "The budget line was moved to another programme.",
    "The unit will do the work with its own staff.",
)
REVIVED = (
    "The concerns were answered in a new proposal.",
    "Another donor takes the place of the first.",
    "The Council asked for the work in its resolution.",
)
SUSPENDED = (
    "An audit finding on the selection has to be answered first.",
    "The security situation does not allow missions.",
    "The partner is being screened again after a change of owner.",
    "Reports are overdue; payments wait until they are in.",
)
TERMINATED = (
    "By agreement: the partner changed its strategy.",
    "Deliverables were refused twice.",
    "The partner could no longer show that its funds were free of conditions.",
    "The programme that it served was ended by the governing body.",
)
EXTENDED = (
    "Procurement in the field took longer than planned.",
    "Two more countries joined; the amount stays the same.",
    "Travel was not possible for a season.",
    "The evaluation needs the data of another year.",
)
REOPENED = (
    "A last payment came back from the bank.",
    "The final audit asked for a correction of the accounts.",
    "A deliverable was found to be missing from the archive.",
)
COMPLETED = {
    "resume": (
        "The finding was answered to the auditor's satisfaction.",
        "Missions are possible again.",
        "The overdue reports were received and accepted.",
    ),
    "complete": (
        "All deliverables were accepted.",
        "The final report was accepted by the steering group.",
        "The work plan was carried out; what is left goes on under national programmes.",
    ),
    "close": (
        "All payments are made and the balance is settled.",
        "The final financial statement was agreed with the partner.",
        "Nothing is owed on either side.",
    ),
}
"""Why lives go on and end in good order, by the step."""

LATE = (
    "Found when the invoices of the year were reconciled.",
    "The field office sent its file at the end of the quarter.",
    "Recorded after the internal audit asked for it.",
    "The unit had kept it in a list of its own.",
)
TWICE = ("Recorded twice from the same advice of the bank.", "It belongs to another engagement of the same payer.")
FROM_A_DRAFT = ("The figure was taken from a draft.", "The date was that of the letter, not of the fact.")
ANOTHER = ("The report was about another organisation of the same name.", "The source was withdrawn by its publisher.")
CONFIRMED = "The signed copy confirms what was first recorded."
ENTERED = (
    "Entered from the register of agreements that was kept until the ledger was opened.",
    "Taken over from the annual report of partnerships; the source gives no date of signature.",
)
WIND_DOWN = "Decision WD/{}: what was delivered before the end is paid"
BANK = ("The account was closed; the bank sent it back.", "Paid to the wrong account.", "Paid twice.")
REPRICED = (
    "Two more countries are covered.",
    "Fewer missions were needed than planned.",
    "The rates of the framework changed on 1 January.",
    "An additional deliverable was agreed.",
)
DROPPED = ("No longer needed: staff did the work.", "The supplier could not name the experts that it had offered.")
SCREENED_AGAIN = "Yearly screening"
