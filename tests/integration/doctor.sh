#!/bin/sh
# doctor: what is well is said to be, and each thing that isn't is found, with its remedy.
. "$(dirname "$0")/tap.shlib"
cd "$work" || exit 1
unset PGPASSFILE
doctor() { rectrack doctor -f csv "$@"; }
# found CHECK TEXT: whether a finding of that check has that text.
found() { grep -c "^$1,found,.*$2" "$work/out"; }

check 'before there is a database' 0 "$(code rectrack doctor -f csv)"
check '… none is made for it' no "$([ -e "$RECTRACK_DATA" ] && echo yes || echo no)"
rectrack import document "$report" --symbol "$symbol" -q
rectrack import status "$RECTRACK_SOURCE/fixtures/demo/status.csv" -q
check 'all is well' 0 "$(code rectrack doctor -f csv)"
check '… and each check says so' 'batch_numbers clock connection ledger libraries locale locks output_encodings register roles schema server_programs' \
    "$(sed -n 's/,well,.*//p' out | tr ' ' '_' | grep -v -e disk -e permissions | sort -u | tr '\n' ' ' | sed 's/ $//')"
check 'as JSON' '{' "$(rectrack doctor --format json | head -c 1)"
check 'findings have remedies in JSON' yes "$(LC_ALL=xx_YY rectrack doctor --format json 2>/dev/null | grep -q '"remedy": "Install it' && echo yes)"

check 'a locale that isn’t installed' 4 "$(LC_ALL=xx_YY code rectrack doctor -f csv)"
check '… is found' 1 "$(found locale xx_YY)"
echo 'h:1:d:u:secret' >pgpass && chmod 644 pgpass
check 'a password file that others may read' 4 "$(PGPASSFILE=$work/pgpass code rectrack doctor -f csv)"
check '… is found, and not shown' '1 0' "$(found permissions pgpass) $(grep -c secret out)"
check 'a server that isn’t there' 4 "$(code rectrack doctor -f csv --db 'host=127.0.0.1 port=1')"
check '… is found, and what needs it left out' '1 7' "$(found connection '') $(grep -c 'left out,there is no connection' out)"
url=$(rectrack db url)
owner="host=$RECTRACK_DATA/run dbname=rectrack user=rectrack"
mkfifo line
PGAPPNAME=hold psql -X -q -A -t -d "$owner" <line >/dev/null &
exec 5>line
echo 'SELECT pg_advisory_lock(7233204, 1);' >&5
for try in $(seq 1 100); do
    [ -z "$(psql -X -q -A -t -d "$owner" -c "SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted")" ] || break
    sleep 0.05
done
check 'somebody who holds the lock of the ledger' 4 "$(code rectrack doctor -f csv)"
check '… is found, with what to do' '1 1' "$(found locks '.*rectrack.*(process [0-9]*, hold).* keeps others from writing') $(grep -c 'pg_terminate_backend([0-9]*)' out)"
exec 5>&-
wait
psql -X -q -A -t -d "$owner" -c "SELECT setval('rectrack.batch_id', 2000000000)" >/dev/null
check 'numbers that were used up' 4 "$(code rectrack doctor -f csv)"
check '… are found' 1 "$(found 'batch numbers' '2000000000 of 2147483647 numbers were taken; the largest of the ledger is [0-9]')"
check '… and tables are made all the same' 0 "$(code timeout 20 "$RECTRACK" report groups -f csv)"
psql -X -q -A -t -d "$owner" -c "SELECT setval('rectrack.batch_id', (SELECT max(batch_id) FROM rectrack.batch))" >/dev/null
check '… until they are set back' 0 "$(code rectrack doctor -f csv)"
check 'a database that isn’t ours' 4 "$(code rectrack doctor -f csv --db "${url%%/rectrack\?*}/template1?${url#*\?}")"
check '… is told how to become it' 1 "$(found schema 'no rectrack schema')"
mkdir broken && : >broken/libzip.so.4 && : >broken/libxlsxwriter.so.4
check 'libraries that can’t be loaded' 4 "$(LD_LIBRARY_PATH=$work/broken code rectrack doctor -f csv)"
check '… are found, with their packages' '1 1' "$(found libraries '.*apt-get install libxlsxwriter4') $(found libraries '.*apt-get install libzip4')"
check '… what needs them ends' 78 "$(LD_LIBRARY_PATH=$work/broken code rectrack report groups -o groups.xlsx)"
check '… with the package, and no file' 'apt-get install libxlsxwriter4 no' \
    "$(sed -n 's/.*On Debian: //p' said) $([ -e groups.xlsx ] && echo yes || echo no)"
check '… and the rest goes on' 0 "$(LD_LIBRARY_PATH=$work/broken code rectrack report groups -o groups.csv)"
check 'a folder without programs' 4 "$(RECTRACK_PG_BINDIR=$work code rectrack doctor -f csv)"

cat >jobs.ini <<END
[daily]
directory = $work/sets
reports = groups
late_after = 2 days
[other]
directory = $work/sets
reports = groups
END
check 'a job without a good run' 4 "$(code rectrack doctor -f csv --jobs jobs.ini)"
check '… is found, where it could be late' '1 0' "$(found 'export jobs' daily) $(found 'export jobs' other)"
rectrack export run daily --jobs jobs.ini -q
check 'after a good run' 0 "$(code rectrack doctor -f csv --jobs jobs.ini)"
# Three days ago, and since then only a run that failed.
rectrack db psql -- -XqAt >/dev/null <<'END'
ALTER TABLE rectrack.export_run_end DISABLE TRIGGER never_changed;
UPDATE rectrack.export_run_end SET ended_at = now() - interval '73 hours';
ALTER TABLE rectrack.export_run_end ENABLE ALWAYS TRIGGER never_changed;
WITH run AS (INSERT INTO rectrack.export_run (job, directory, host, os_user, tool_version)
             VALUES ('daily', '/x', 'h', 'u', '0') RETURNING run_id)
SELECT run_id FROM run \gset
INSERT INTO rectrack.export_run_end (run_id, outcome, exit_code) VALUES (:run_id, 'failed', 69);
END
check 'a late job' 4 "$(code rectrack doctor -f csv --jobs jobs.ini)"
check '… is found' 1 "$(found 'export jobs' 'late: its last good run ended 3 days ago')"
rectrack export run daily --jobs jobs.ini -q
cp -r "$work/sets/daily/latest" "$work/sets/daily/2099-01-01T000000Z/" 2>/dev/null || cp -r "$work/sets/daily/latest/" "$work/sets/daily/2099-01-01T000000Z"
rm "$work/sets/daily/2099-01-01T000000Z/groups.csv"
check 'a set that isn’t whole' 4 "$(code rectrack doctor -f csv --jobs jobs.ini)"
check '… is found' 1 "$(found 'export jobs' '2099-01-01T000000Z, is not whole')"
rm -r "$work/sets/daily/2099-01-01T000000Z"
chmod 666 jobs.ini
check 'a job file that anybody may change' 4 "$(code rectrack doctor -f csv --jobs jobs.ini)"
check '… is found' 1 "$(found permissions 'jobs.ini')"
chmod 644 jobs.ini
echo 'keep_lats = 1' >>jobs.ini
check 'a faulty job file' 4 "$(code rectrack doctor -f csv --jobs jobs.ini)"
check '… is found with its line' 1 "$(found 'export jobs' 'jobs.ini:8: unknown key')"

rectrack db psql -- -Xq -c 'ALTER TABLE rectrack.status_record DISABLE TRIGGER never_changed; UPDATE rectrack.status_record SET level = level + 1 WHERE line = 2' >/dev/null
check 'a record that was changed' 4 "$(code rectrack doctor -f csv)"
check '… is found' yes "$([ "$(found ledger '')" -gt 0 ] && echo yes)"
rectrack db psql -- -Xq -c "ALTER TABLE rectrack.migration DISABLE TRIGGER never_changed; UPDATE rectrack.migration SET sha256 = repeat('0', 64) WHERE version = 1" >/dev/null
check 'a migration of another program' 4 "$(code rectrack doctor -f csv)"
check '… is found' 1 "$(found schema 'checksums')"
finish
