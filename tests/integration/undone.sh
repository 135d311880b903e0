#!/bin/sh
# A document is undone while somebody records on its recommendations: whichever comes first, one of the two is told, and no record is
# left without its recommendation.
. "$(dirname "$0")/tap.shlib"
cd "$work" || exit 1
rectrack db start -q
owner="host=$RECTRACK_DATA/run dbname=rectrack user=rectrack"
sql() { psql -X -q -A -t -d "$owner" -c "$1"; }
# The ledger's lock in a session of its own: whoever writes stops before the end until let_go.
mkfifo line
stop_writers() {
    psql -X -q -A -t -d "$owner" <line >/dev/null &
    holder=$!
    exec 5>line
    echo 'SELECT pg_advisory_lock(7233204, 1);' >&5
    waiting 'pg_locks WHERE locktype = $$advisory$$ AND classid = 7233204 AND objid = 1 AND granted' 1
}
let_go() { exec 5>&- && wait $holder; }
# waiting FROM NUMBER: until there are so many.
waiting() {
    for try in $(seq 1 200); do
        [ "$(sql "SELECT count(*) FROM $1")" -lt "$2" ] || return 0
        sleep 0.05
    done
    echo "# never: $2 of $1"
}
stuck() { waiting 'pg_locks l JOIN pg_stat_activity a USING (pid) WHERE a.application_name = $$rectrack$$ AND NOT l.granted' "$1"; }
# begin NAME ARGUMENTS: a command of its own, whose exit code and message `ended NAME` gives.
begin() {
    name=$1
    shift
    { "$RECTRACK" "$@" >"out.$name" 2>"said.$name"; echo $? >"code.$name"; } 5>&- 6>&- &
}
ended() { for try in $(seq 1 200); do [ ! -s "code.$1" ] || break; sleep 0.05; done; cat "code.$1"; rm "code.$1"; }
document() { rectrack import document "$report" --symbol $symbol -q && batch=$(sql 'SELECT max(batch_id) FROM rectrack.batch'); }
counting() { rectrack list records --format csv | tail -n +2 | wc -l; }

document
stop_writers
begin record record Italy 'II.A.1(a)' planned --as-of 2026-01-01
stuck 1
begin undo undo "$batch" --reason test
stuck 2
let_go
check 'a record that was first is stored' 0 "$(ended record)"
check '… and the undo refused' 65 "$(ended undo)"
check '… which says why' 1 "$(grep -c "1 records rest on the recommendations of batch $batch. Undo the batches of those records first" said.undo)"
check '… also when it is tried alone' 65 "$(code rectrack undo "$batch" --reason test)"
rectrack undo --reason test -q

stop_writers
begin undo undo "$batch" --reason test
stuck 1
begin record record Italy 'II.A.1(b)' planned --as-of 2026-01-01
stuck 2
printf 'state,recommendation,level,as_of\nFRA,%s:II.A.1(b),planned,2026-01-01\n' $symbol >status.csv
begin import import status status.csv
stuck 3
let_go
check 'an undo that was first is done' 0 "$(ended undo)"
check '… and the record refused' 65 "$(ended record)"
check '… which says why' 1 "$(grep -c 'unknown recommendation: "II.A.1(b)"' said.record)"
check '… and the import too' '65 1' "$(ended import) $(grep -c 'status.csv:2:5: unknown document' said.import)"
check 'nothing counts' 0 "$(counting)"

document
mkfifo rows
begin import import status rows
exec 6>rows
printf 'state,recommendation,level,as_of\nFRA,%s:II.A.1(b),planned,2026-01-01\n' $symbol >&6
waiting 'pg_locks WHERE relation = $$rectrack.status_record$$::regclass AND mode = $$RowExclusiveLock$$' 1
check 'who undoes what a long import may rest on is told to come back' 75 "$(code rectrack undo "$batch" --reason test)"
check '… by what is under way' 1 "$(said "records are being added that may rest on the recommendations of batch $batch. Run the same command again when")"
check 'records on it go on' 0 "$(code rectrack record Italy 'II.A.1(c)' planned --as-of 2026-01-01)"
check '… and can be undone meanwhile' 0 "$(code rectrack undo --reason test)"
exec 6>&-
check 'the import ends' 0 "$(ended import)"
check '… and counts' 1 "$(counting)"
check 'the ledger is whole' 0 "$(code rectrack verify)"
finish
