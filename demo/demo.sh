#!/bin/sh
# The job of the ledger from end to end, on the register that the project carries: `make demo` runs this.
# Everything is made in demo/out, which is emptied first; nothing else is touched.
set -eu

cd "$(dirname "$0")"
rm -rf out
mkdir out
cd out
unset LEDGER_FORMAT 2>/dev/null || true
LEDGER_URL=sqlite:///ledger.db
LEDGER_ACTOR=staff/17
export LEDGER_URL LEDGER_ACTOR

say() { printf '\n== %s\n' "$*"; }
run() {
    printf '$ ledger'
    for word in "$@"; do
        case $word in
        *[!A-Za-z0-9./=:_-]*) printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    ledger "$@"
}

say "A new ledger, and a register of 366 partnership agreements imported into it"
run init --origin example.org/ledger --currency USD --organization "Example Organisation"
run import tdag25 ../data/register.csv
run import tdag25 ../data/register.csv

say "The report on 2024 as it was published"
run report partnerships --year 2024 --output report-as-published.json

say "What staff record from then on: an amendment, a receipt, a service order, a disclosure, a correction"
run contribution amend BDT-2024-089 "EYGS LLP" "USD 450000.00" --effective 2025-03-01 --reason "Second phase agreed"
run contribution receive BDT-2024-089 "EYGS LLP" "USD 100000.00" --effective 2025-04-15
run order issue BDT-2024-089 SO-2025-014 --subject "Assessment of systems" --amount "USD 60000.00" \
    --effective 2025-05-02 --starts-on 2025-05-05 --ends-on 2025-09-30
run disclosure publish TDAG-25/5 --body TDAG --title "Partnerships and resource mobilization" \
    --effective 2025-05-12 --as-of-on 2025-05-12 --cover BDT-2024-089=parties,financials,duration
run contribution receive BDT-2024-088 "UN organization 01 (illustrative)" "USD 5000.00" --effective 2025-04-20
position=$(ledger log --type contribution.received --limit 1 --format json | sed -n 's/.*"position": \([0-9]*\).*/\1/p')
run void "$position" --reason "Credited to another agreement"

say "Where things stand"
run status
run totals --by party-type --measure signed
run history BDT-2024-089

say "What no document has told anyone yet, of this agreement; and what changed since it was told"
run disclosures --undisclosed --engagement BDT-2024-089
run disclosures --changed-since

say "The report on 2024 again, in every form; and as it was known before the changes"
for form in md html csv json; do
    run report partnerships --year 2024 --output "report.$form"
done
known=$(sed -n 's/.*"known_at": \([0-9]*\).*/\1/p' report-as-published.json | head -n 1)
run report partnerships --year 2024 --known-at "$known" --output report-as-known-then.json
cmp report-as-published.json report-as-known-then.json && echo "byte for byte the report as published"
run explain partnerships top10.7.1 --year 2024

say "Three engagements that a contribution to a working group names: amounts and orders were not disclosed"
run import cwg-fhr ../data/engagements.csv --effective 2023-12-01
council() { run report council --from 2024-01-01 --to 2024-12-31 --output "$1"; }
council council-first.md
grep -E '^\| (CWG-2023-00[123]|not disclosed)' council-first.md

say "One of them gets a service order: not yet disclosed, and for how many days"
run order issue CWG-2023-003 SO-2024-001 --subject "Assessment of systems" --amount "USD 60000.00" --effective 2024-02-01
council council-order.md
grep -E '^\| CWG-2023-003 .*SO-2024-001' council-order.md
run disclosure publish C24/50 --body Council --title "Engagements with consultants" --effective 2024-06-04 --as-of-on 2024-06-04 \
    --cover CWG-2023-003=parties,service-orders
run disclosures --engagement CWG-2023-003 --on 2024-12-31
council council-disclosed.md
grep -E '^\| (SO-2024-001|Service order SO-2024-001) ' council-disclosed.md

say "The consultant belongs to the network of a donor: a conflict of interest, until it is assessed"
run party affiliate EY "EYGS LLP" --relation "members of one network" --effective 2024-01-01
run report council --from 2024-01-01 --to 2024-12-31 --output council-conflict.md
grep -E '^\| CWG-2023-003 .*EYGS' council-conflict.md
run conflict declare CWG-2023-003 "The consultant belongs to the network of a donor" \
    --between EY --between "EYGS LLP" --effective 2024-07-01
run conflict assess CWG-2023-003 C1 mitigated --measures "The unit that buys does not raise funds" --effective 2024-07-15

say "The report to the Council, in every form; and what changed since it was told"
for form in md html csv json; do
    run report council --from 2024-01-01 --to 2024-12-31 --output "council.$form"
done
grep -E '^\| CWG-2023-003 .*EYGS' council.md
grep -E '^\| Conflicts of interest not assessed' council-conflict.md council.md
run report engagement CWG-2023-003 --output CWG-2023-003.html
run report disclosures --output disclosures.html
run changes --since C24/50 --engagement CWG-2023-003
run next --within 30 --unit "ITU secretariat"

say "Is it all as it was recorded?"
run verify

say "A report that anyone can check: signed, cosigned by another organisation, made again from the entries"
LEDGER_KEYS=$(mktemp -d) # keys are never kept beside the data; those of a demonstration not at all
export LEDGER_KEYS
trap 'rm -rf "$LEDGER_KEYS"' EXIT
run key new | tee made-key.txt
run witness init --name witness.example/one --state "$LEDGER_KEYS/witness" | tee made-witness.txt
{ grep '^log ' made-key.txt; grep '^witness ' made-witness.txt; echo "quorum witness.example/one"; } >policy.txt
run definitions adopt council
run checkpoint --output signed.checkpoint
run checkpoint request --output to-witness.txt
run witness trust "$(sed -n 's/^log //p' policy.txt)" --state "$LEDGER_KEYS/witness"
run witness cosign to-witness.txt --state "$LEDGER_KEYS/witness" --output from-witness.txt
run checkpoint add from-witness.txt --policy policy.txt
run report council --from 2024-01-01 --to 2024-12-31 --policy policy.txt --proof council-proved
cp ../../projections/proof/verify_ledger.py . # from the source of the software, never from the folder that is checked
printf '$ python3 -I verify_ledger.py council-proved --policy policy.txt\n'
python3 -I -S verify_ledger.py council-proved --policy policy.txt
run verify-report council-proved --policy policy.txt
printf '\nAnd if one amount of it is changed, wherever it is printed:\n'
cp -R council-proved council-changed
sed 's/60,000\.00/50,000.00/' council-proved/report.md >council-changed/report.md
run verify-report council-changed --policy policy.txt || echo "(exit code $?)"

say "Guidelines in two versions: every engagement is judged by the version that was in force on its day"
run guidelines check ../data/guidelines/model-third-parties-1.toml
run guidelines adopt ../data/guidelines/model-third-parties-1.toml
run guidelines try ../data/guidelines/model-third-parties-2.toml --count --on 2024-12-31
run guidelines adopt ../data/guidelines/model-third-parties-2.toml
run guidelines diff MODEL-GL/1 MODEL-GL/2
run compliance --on 2024-12-31
run compliance explain CWG-2023-003 analysis --on 2024-12-31
run findings --control expired --limit 3
run report council --from 2024-01-01 --to 2024-12-31 --output council-by-guidelines.html

cat <<END

Everything is in demo/out: ledger.db is the ledger; report.html, council.html and disclosures.html are reports to open
in a browser; council-proved is a report that you can hand out. Its reader takes verify_ledger.py and the
keys from elsewhere: policy.txt is the writer's own.
Try next, in demo/out, with .venv/bin of the project on your PATH:
  ledger --help
  ledger show 1 --raw
  ledger engagement list --where status=signed
  ledger totals --by region --measure signed --on 2024-12-31
  ledger party register "Another partner (illustrative)"
The README says more; docs/tutorial.md takes you through it.
END
