#!/bin/sh
# One record by hand finds what it is about in one small table that is derived from the register and the documents: it follows
# every change of theirs, is seen where it doesn't, and writers that meet lose nothing.
. "$(dirname "$0")/tap.shlib"
rectrack import document "$report" --symbol "$symbol" -q
cd "$work" || exit 1
url="host=$RECTRACK_DATA/run dbname=rectrack user=rectrack"
sql() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "$url" -c "$1"; }
record() { code rectrack record "$@"; }
batches() { sql 'SELECT count(*) FROM rectrack.batch'; }

# ---- what changes is followed ----------------------------------------------------------------------------------------

check 'a State by a name in another language' 0 "$(record Italie 'II.A.1(a)' planned --as-of 2026-01-01)"
check '… by its M49 code without zeros' 0 "$(record 8 'II.A.1(a)' planned --as-of 2026-01-01)"
check '… which is Albania' 1 "$(said 'Albania (ALB)')"
check 'a level by its label' 0 "$(record Italy 'II.A.1(a)' 'Implementation planned' --as-of 2026-01-02)"
check 'a place by its document' 0 "$(record Italy 'II.A.1(a)' planned --document "$symbol" --as-of 2026-01-03)"
head -n 1 "$RECTRACK_SOURCE/fixtures/register/states.csv" >states.csv
grep '^ITA,' "$RECTRACK_SOURCE/fixtures/register/states.csv" | sed 's/,Italy,/,Italia Nova,/' >>states.csv
rectrack import states states.csv -q
check 'a State under its new name' 0 "$(record 'Italia Nova' 'II.A.1(b)' planned --as-of 2026-01-01)"
check '… which is shown' 1 "$(said 'Italia Nova (ITA)')"
check '… and under its old one' 0 "$(record Italy 'II.A.1(c)' planned --as-of 2026-01-01)"
check '… which is shown under the new' 1 "$(said 'Italia Nova (ITA)')"

check 'a State that is no Party' 0 "$(record Japan 'II.A.1(a)' planned --as-of 2010-06-01)"
check '… is told so' 1 "$(said 'not a Party')"
printf 'instrument,iso3,deposited_on\nUNTOC-SOM,JPN,2010-05-01\n' >parties.csv
rectrack import parties parties.csv -q
check 'a Party from the 30th day after its deposit' 1 "$(record Japan 'II.A.1(b)' planned --as-of 2010-05-31 >/dev/null; grep -c -v 'before the recommendation was adopted' said)"
check '… and not a day before' 1 "$(record Japan 'II.A.1(b)' planned --as-of 2010-05-30 >/dev/null; said 'not a Party')"

sed 's/L\.1/L.2/' "$report" >final.txt
rectrack import document final.txt --symbol CTOC/COP/WG.7/2018/L.2/Add.1 -q
check 'a place in two documents' 65 "$(record France 'II.A.1(a)' planned --as-of 2026-01-01)"
check '… is told of both' 1 "$(said 'L.2/Add.1')"
check '… and found in one' 0 "$(record France "$symbol:II.A.1(a)" planned --as-of 2026-01-01)"
rectrack undo --reason 'the wrong one' -q # of the record
rectrack undo --reason 'to come again' -q # of the document
check 'a document that was undone leaves the place to the other' 0 "$(record France 'II.A.1(a)' planned --as-of 2026-02-01)"
check '… and has none itself' 65 "$(record France 'CTOC/COP/WG.7/2018/L.2/Add.1:II.A.1(a)' planned)"
rectrack import document final.txt --symbol CTOC/COP/WG.7/2018/L.2/Add.1 --supersedes "$symbol" --yes -q >out
check 'a superseded place' 0 "$(record France "$symbol:II.A.1(a)" planned --as-of 2026-03-01)"
check '… counts for the one in its stead' 1 "$(said 'CTOC/COP/WG.7/2018/L.2/Add.1:II.A.1(a)')"
symbol=CTOC/COP/WG.7/2018/L.2/Add.1

# ---- the same and once more ------------------------------------------------------------------------------------------

check 'a record' 0 "$(record Egypt "$symbol:II.A.1(a)" planned --as-of 2026-01-01 --note one)"
sql "ALTER DATABASE rectrack SET log_min_duration_statement = 0"
from=$(($(wc -l <"$RECTRACK_DATA/log") + 1))
check 'another of the day after' 0 "$(record Egypt "$symbol:II.A.1(a)" planned --as-of 2026-01-02)"
sql "ALTER DATABASE rectrack RESET log_min_duration_statement"
logged() { tail -n +"$from" "$RECTRACK_DATA/log" | grep -c "ms  $1"; }
check '… is one transaction' '1 1' "$(logged 'execute .*: BEGIN') $(logged 'execute .*: COMMIT')"
check '… whose statements were prepared while it was looked for' '4 4' "$(logged 'parse ahead_') $(logged 'execute ahead_')"
check '… and none again' 0 "$(logged 'parse <unnamed>: INSERT')"
before=$(batches)
check 'the same again' 0 "$(record Egypt "$symbol:II.A.1(a)" planned --as-of 2026-01-01 --note one)"
check '… is there already' 1 "$(said 'already there')"
check '… and stores nothing' "$before" "$(batches)"
check 'another note' 0 "$(record Egypt "$symbol:II.A.1(a)" planned --as-of 2026-01-01 --note two)"
check '… supersedes' 1 "$(said 'it supersedes')"
check '… as the next revision' '1 one,2 two' \
    "$(sql "SELECT string_agg(rev || ' ' || note, ',' ORDER BY rev) FROM rectrack.status_record WHERE as_of = '2026-01-01' AND note IS NOT NULL")"
check 'what is unknown takes no number' "$(sql 'SELECT last_value FROM rectrack.batch_id')" \
    "$(record Egypt "$symbol:II.A.1(a)" planed >/dev/null; sql 'SELECT last_value FROM rectrack.batch_id')"

# ---- days that may be slips of the pen are told ----------------------------------------------------------------------

# The report was adopted on the last day of its meeting, 4-5 July 2018.
check 'a day before the adoption is stored' 0 "$(record Cuba "$symbol:II.A.1(b)" planned --as-of 2018-07-04)"
check '… and told' 1 "$(said 'note: that day is before the recommendation was adopted, on 2018-07-05. "rectrack amend ')"
check 'the day of the adoption' 0 "$(record Cuba "$symbol:II.A.1(b)" planned --as-of 2018-07-05)"
check '… is none' 0 "$(said 'before the recommendation was adopted')"
printf 'state,recommendation,level,as_of\nCuba,%s,planned,2018-01-01\nCuba,%s,planned,2017-01-01\nCuba,%s,planned,2018-07-05\nCuba,%s,planned,2126-01-01\n' \
    "$symbol:II.A.1(c)" "$symbol:II.A.1(c)" "$symbol:II.A.1(c)" "$symbol:II.A.1(c)" >slips.csv
for option in --dry-run --quiet ''; do
    # shellcheck disable=SC2086
    check "rows of such days are taken $option" 0 "$(code rectrack import status slips.csv $option)"
    [ "$option" != --dry-run ] || check '… and counted' 'note: 2 rows speak of a day before the recommendation was adopted; check the as-of days|note: 1 row speaks of a day to come; tables leave it out until then|' \
        "$(sed -n 's/^rectrack: \(note: .*\)/\1/p' "$work/said" | tr '\n' '|')"
done
check '… in the database' 4 "$(rectrack list status --reference "$symbol:II.A.1(c)" --state Cuba --format jsonl | wc -l)"
# Japan is a Party from 31 May 2010 on, as imported above; Palau isn't, by the UN's list of Parties.
printf 'state,recommendation,level,as_of\nJapan,%s,planned,2010-05-30\nJapan,%s,planned,2010-05-31\nPalau,%s,planned,2026-01-01\n' \
    "$symbol:II.A.1(c)" "$symbol:II.A.1(c)" "$symbol:II.A.1(c)" >parties.csv
check 'rows of States that are not Parties on their day are taken' 0 "$(code rectrack import status parties.csv)"
check '… and counted' 1 "$(said "note: 2 rows are of a State that is not a Party to the recommendation's instrument on that day; tables leave them out")"

# ---- what a correction takes back is told: a slip of the number is seen at once --------------------------------------

printf 'state,recommendation,level,as_of\nCuba,%s,planned,2026-03-01\nCuba,%s,planned,2026-03-02\nMexico,%s,planned,2026-03-01\n' \
    "$symbol:II.A.1(a)" "$symbol:II.A.1(a)" "$symbol:II.A.1(a)" >three.csv
rectrack import status three.csv -q
batch=$(rectrack list batches --format csv | tail -n 1 | cut -d, -f2)
check 'a record that changes its day' 0 "$(code rectrack amend "$batch.2" --as-of 2026-03-02 --level implemented --reason 'misread')"
check '… tells what it said before' 1 "$(said "instead of $batch.2: Cuba (CUB), $symbol:II.A.1(a): Implementation planned as of 2026-03-01, recorded 20")"
check '… and what it supersedes beside it' 1 "$(said "it supersedes $batch.3")"
check 'a record that is withdrawn' 0 "$(code rectrack withdraw "$batch.4" --reason 'of another State')"
check '… tells what it said' 1 "$(said "withdrawn: $batch.4: Mexico (MEX), $symbol:II.A.1(a): Implementation planned as of 2026-03-01, recorded 20")"
check 'a batch that is undone' 0 "$(code rectrack undo "$batch" --reason 'the wrong file')"
check '… tells what it was' 1 "$(said "batch $batch doesn't count any more: status, status records from three.csv: 3; 3 rows, recorded 20")"
check '… and by whom' 1 "$(said "Z by rectrack ($(id -un))")"

# ---- two at once -----------------------------------------------------------------------------------------------------

# Both wait for the ledger's lock, and have seen the same end of the ledger: one links itself to it, the other is refused and
# leaves the link to the server.
waiting() { # COUNT: until so many sessions wait for a lock
    for _ in $(seq 100); do
        [ "$(sql "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")" = "$1" ] && return
        sleep 0.05
    done
    echo "# nobody waits"
}
# lock: a session that holds the ledger's lock until `unlock`.
mkfifo hold
exec 8<>hold
lock() { (echo 'BEGIN; SELECT pg_advisory_xact_lock(7233204, 1);'; read -r _ <hold) | psql -X -q -d "$url" >/dev/null & }
held() { for _ in $(seq 100); do [ "$(sql "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 7233204 AND granted")" = 1 ] && return; sleep 0.05; done; }
both() { # STATE STATE PLACE LEVEL LEVEL: their exit codes
    lock
    held
    "$RECTRACK" record "$1" "$symbol:$3" "$4" --as-of 2026-06-01 2>said.1 &
    one=$!
    waiting 1
    "$RECTRACK" record "$2" "$symbol:$3" "$5" --as-of 2026-06-01 2>said.2 &
    two=$!
    waiting 2
    echo go >&8
    wait $one
    code=$?
    wait $two
    echo "$code $?"
}
before=$(batches)
check 'two States at once' '0 0' "$(both Fiji Ghana 'II.A.1(a)' planned implemented)"
check '… are two batches' $((before + 2)) "$(batches)"
check '… in a ledger that is sound' 0 "$(code rectrack verify)"
check 'two say the same at once' '0 0' "$(both Kenya Kenya 'II.A.1(a)' planned planned)"
check '… and it is stored once' 1 "$(cat said.1 said.2 | grep -c 'already there')"
check 'two contradict each other at once' '0 0' "$(both Malta Malta 'II.A.1(a)' planned implemented)"
check '… and one supersedes the other' 1 "$(cat said.1 said.2 | grep -c 'it supersedes')"
check '… in a ledger that is sound' 0 "$(code rectrack verify)"

# ---- where it doesn't follow -----------------------------------------------------------------------------------------

sql "DELETE FROM rectrack.known_as WHERE key = 'peru'"
check 'a name that got lost' 0 "$(record Peru "$symbol:II.A.1(a)" planned --as-of 2026-01-01)"
sql "DELETE FROM rectrack.known_as WHERE code = 'PER'"
check 'a State that got lost' 1 "$(record Peru "$symbol:II.A.1(b)" planned --as-of 2026-01-01)"
check '… is not taken for unknown' 1 "$(said 'Run "rectrack verify"')"
check '… and verify finds it' 4 "$(code rectrack verify)"
check '… with what to do' 1 "$(cat out said | grep -c 'known_as.*rectrack init')"
rectrack init -q
check '… which helps' 0 "$(code rectrack verify)"
check '… and it is found again' 0 "$(record Peru "$symbol:II.A.1(b)" planned --as-of 2026-01-01)"
sql 'DROP TRIGGER known_as ON rectrack.batch'
check 'a table that follows no longer' 4 "$(code rectrack verify)"
check '… is told of' 1 "$(cat out said | grep -c 'batch is not protected')"
rectrack init -q
check '… and follows again' 0 "$(code rectrack verify)"
sql 'INSERT INTO rectrack.migration (version, name, sha256) VALUES (9999, $$later$$, $$x$$); SELECT rectrack.know_again()' >out
check 'a schema of a newer program' 78 "$(record Peru "$symbol:II.A.1(c)" planned --as-of 2026-01-01)"
check '… is refused as such' 1 "$(said 'schema version 9999')"

# ---- a database of before --------------------------------------------------------------------------------------------

sql 'CREATE DATABASE old'
old() { psql -X -q -A -t -v ON_ERROR_STOP=1 -d "host=$RECTRACK_DATA/run dbname=old user=rectrack" "$@"; }
version=0
for file in "$RECTRACK_SOURCE"/sql/migrations/000[1-5]_*.sql; do
    version=$((version + 1))
    old -1 -f "$file" -c "INSERT INTO rectrack.migration (version, name, sha256) VALUES ($version, 'old', '$(sha256sum "$file" | cut -d' ' -f1)')" >out
done
old -c 'CREATE TRIGGER own_batch AFTER INSERT ON rectrack.state FOR EACH ROW WHEN (NEW.batch_id IS DISTINCT FROM rectrack.session_batch())
        EXECUTE FUNCTION rectrack.refuse_row()'
export RECTRACK_DB="host=$RECTRACK_DATA/run dbname=old user=rectrack"
check 'an old schema' 78 "$(record Italy 'II.A.1(a)' planned)"
check '… is told of' 1 "$(said 'rectrack init')"
check 'it is upgraded' 0 "$(code rectrack init)"
check '… with its data' 0 "$(code rectrack import document "$report" --symbol CTOC/COP/WG.7/2018/L.1/Add.1)"
check '… and takes records' 0 "$(record Italy 'II.A.1(a)' planned --as-of 2026-01-01)"
check '… in a ledger that is sound' 0 "$(code rectrack verify)"
finish
