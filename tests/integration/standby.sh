#!/bin/sh
# A primary and a standby with synchronous replication: reports and exports are read on the standby, writes go to the
# primary, the primary dies in the middle of a job, the standby is promoted, and the next commands work as before.
. "$(dirname "$0")/tap.shlib"
if [ -z "${RECTRACK_TEST_ALL:-}" ]; then
    echo 'ok 1 - a primary and a standby # SKIP only in check --all'
    echo 1..1
    exit 0
fi
cd "$work" || exit 1
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
mkdir servers
# The server refuses root.
as=
if [ "$(id -u)" = 0 ]; then
    chown postgres servers
    as='setpriv --reuid=postgres --regid=postgres --clear-groups'
fi
run() { program=$1 && shift && (cd servers && $as "$bin/$program" "$@") >>"$work/log" 2>&1; }
stop() { for data in primary standby; do run pg_ctl -D "$work/servers/$data" -m immediate stop; done; }
trap 'stop; rm -rf "$work"' EXIT
first=$((20000 + $$ % 20000))
second=$((first + 1))
run initdb -D primary -U rectrack -A trust -E UTF8 --locale=C.UTF-8
cat >settings <<END
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
synchronous_commit = remote_apply
log_connections = on
END
configure() { { cat settings && echo "port = $2"; } | $as tee -a "servers/$1/postgresql.conf" >/dev/null; }
configure primary $first
run pg_ctl -D primary -w -l primary.log start
run pg_basebackup -d "host=127.0.0.1 port=$first user=rectrack" -D standby -R -X stream
configure standby $second
run pg_ctl -D standby -w -l standby.log start
psql() { port=$1 && shift && command psql -X -q -A -t -d "host=127.0.0.1 port=$port user=rectrack dbname=rectrack" "$@"; }
command psql -X -q -d "host=127.0.0.1 port=$first user=rectrack dbname=postgres" -c 'CREATE DATABASE rectrack' \
    -c "ALTER SYSTEM SET synchronous_standby_names = '*'" -c 'SELECT pg_reload_conf()' >/dev/null
export RECTRACK_DB="host=127.0.0.1,127.0.0.1 port=$first,$second user=rectrack dbname=rectrack"

check 'init finds the primary' 0 "$(code rectrack init)"
check '… and so does an import' 0 "$(code rectrack import document "$report" --symbol "$symbol")"
check '… whichever host comes first' 0 "$(RECTRACK_DB="host=127.0.0.1,127.0.0.1 port=$second,$first user=rectrack dbname=rectrack" \
    code rectrack import status "$RECTRACK_SOURCE/fixtures/demo/status.csv")"
reads() { grep -c 'application_name=rectrack' "servers/$1.log"; }
before=$(reads standby)
check 'a report is read' 0 "$(code rectrack report groups)"
check '… on the standby' 1 "$(($(reads standby) - before))"

{
    printf '[weekly]\ndirectory = %s/sets\nreports = groups, progress\nlanguages = en, fr, ar\n' "$work"
    for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        printf '[weekly/matrix%s]\nreport = matrix\nformats = csv, html, xlsx\n' $n
    done
} >jobs.ini
before=$(reads standby)
check 'an export is made' 0 "$(code rectrack export run --jobs jobs.ini)"
check '… read on the standby' 1 "$(($(reads standby) - before))"
check '… and noted on the primary' published "$(psql $first -c 'SELECT outcome FROM rectrack.export_run_end')"

# Somebody records all the time, and writes down what was acknowledged; then the primary dies in the middle of a job.
: >acknowledged
(
    n=1
    while [ ! -e enough ]; do
        "$RECTRACK" record Italy 'II.A.1(a)' planned --as-of 2026-01-01 --note "number $n" -q 2>/dev/null && echo "number $n" >>acknowledged
        n=$((n + 1))
    done
) &
recorder=$!
"$RECTRACK" export run --jobs jobs.ini >out 2>said &
job=$!
until [ "$(psql $first -c 'SELECT count(*) FROM rectrack.export_run')" = 2 ]; do sleep 0.02; done
kill -STOP $job
until [ "$(wc -l <acknowledged)" -ge 3 ]; do sleep 0.1; done
run pg_ctl -D primary -m immediate stop
touch enough
wait $recorder
run pg_ctl -D standby -w promote
kill -CONT $job
wait $job
check 'the job ends well' 0 $?
check '… with a whole set' 0 "$(code rectrack export verify "$work/sets/weekly/latest")"
check '… which is noted on the new primary' '2 published' "$(psql $second -c 'SELECT count(*), max(outcome) FROM rectrack.export_run_end' | tr '|' ' ')"
rectrack list status --state Italy -f csv >records
missing=0
while IFS= read -r note; do
    grep -q ",$note," records || missing=$((missing + 1))
done <acknowledged
check 'no record that was acknowledged is missing' "0 yes" "$missing $([ "$(wc -l <acknowledged)" -ge 3 ] && echo yes)"
psql $second -c 'ALTER SYSTEM RESET synchronous_standby_names' -c 'SELECT pg_reload_conf()' >/dev/null
check 'the next command works without a change' 0 "$(code rectrack record Brazil 'II.A.1(b)' planned --as-of 2026-11-20)"
check '… and the next export' 0 "$(code rectrack export run --jobs jobs.ini)"
check '… and the ledger is intact' 0 "$(code rectrack verify)"
finish
