#!/bin/sh
# Export runs that are hindered: a run at work, killed runs, full and read-only folders, a lost connection, Ctrl-C.
# Whatever happens, the old set stands whole, the error is clear, and the next run leaves no litter.
. "$(dirname "$0")/tap.shlib"
rectrack import document "$report" --symbol "$symbol" -q
rectrack import status "$RECTRACK_SOURCE/fixtures/demo/status.csv" -q
cd "$work" || exit 1
sets=$work/sets
weekly=$sets/weekly
jobs=$work/jobs.ini
cat >"$jobs" <<END
[weekly]
directory = $sets
reports = progress, groups, states, matrix
formats = csv, json, xlsx
keep_last = 3
[weekly/records]
report = records
END
run() { code rectrack export run --jobs "$jobs" "$@"; }
litter() { find "$weekly" \( -name '*.tmp' -o -name .new -o -name .old -o -name 'latest.new' \) | wc -l; }
# Whether the newest set is whole: as sha256sum sees it, and with no file too few.
whole() {
    (cd "$weekly/latest" && sha256sum --quiet -c SHA256SUMS >/dev/null 2>&1 && [ -f manifest.json ] && wc -l <SHA256SUMS)
}
psql() { rectrack db psql -- -XAtq -c "$1"; }

check 'a run' 0 "$(run)"
check 'its set is whole' 16 "$(whole)"

# One at a time.
exec 8>"$weekly/.lock"
flock 8
check 'while another is at work' 75 "$(run)"
check '… it says so' 1 "$(said 'another run of the job "weekly" is at work')"
check 'it waits as long as it is told' 75 "$(run --wait 1)"
(sleep 1 && flock -u 8) &
check 'and goes on when the other is done' 0 "$(run --wait 20)"
wait
exec 8>&-
pids=
for n in 1 2 3 4; do
    rectrack export run --jobs "$jobs" -q 2>/dev/null &
    pids="$pids $!"
done
codes=
for pid in $pids; do
    wait "$pid"
    codes="$codes $?"
done
check 'of four at once some work and the others say busy' yes "$(case "$codes " in *' 0 '*) [ -z "$(echo "$codes" | tr -d ' 057')" ] && echo yes ;; esac)"
check '… and the set is whole' 16 "$(whole)"

# Killed at any moment, up to 0.1 s; under a tool that makes it slower later.
broken=0
pace=${RECTRACK_TEST_TOOL:+100}
delay=0
while [ $delay -lt 24 ]; do
    "$RECTRACK" export run --jobs "$jobs" -q 2>/dev/null &
    pid=$!
    sleep "$(printf '%d.%03d' $((delay * ${pace:-4} / 1000)) $((delay * ${pace:-4} % 1000)))"
    kill -9 $pid 2>/dev/null
    wait $pid 2>/dev/null
    [ "$(whole)" = 16 ] || broken=$((broken + 1))
    delay=$((delay + 1))
done
check 'killed at 24 moments: no set is broken' 0 "$broken"
mkdir -p "$weekly/.new/x" "$weekly/.old"
ln -s nowhere "$weekly/latest.new"
check 'the next run' 0 "$(run)"
check '… leaves no litter' '0 16' "$(litter) $(whole)"
check '… and every set is whole' 0 "$(code rectrack export verify "$weekly")"
check 'killed runs have no end in the history' yes "$([ "$(psql "SELECT count(*) FROM rectrack.export_run LEFT JOIN rectrack.export_run_end e USING (run_id) WHERE e.run_id IS NULL")" -gt 0 ] && echo yes)"
# The one before was killed behind its beginning: a run that says nothing more.
psql "INSERT INTO rectrack.export_run (job, directory, host, os_user, tool_version)
      SELECT job, directory, host, os_user, tool_version FROM rectrack.export_run ORDER BY run_id DESC LIMIT 1" >/dev/null
begun=$(psql 'SELECT max(run_id) FROM rectrack.export_run')
outcome() { rectrack export history --jobs "$jobs" --format csv | awk -F, -v run="$begun" '$1 == run { print $5 }'; }
check 'a run without an end may still be at work' 'no end' "$(outcome)"
check '… the next one says that it was interrupted' '0 1' "$(run) $(grep -c "^rectrack: weekly: run $begun, begun at .*Z, was interrupted" "$work/said")"
check '… and so does the history' interrupted "$(outcome)"
check '… once' '0 0' "$(run) $(said interrupted)"

# Ended while it reads: another session holds the records.
hold() { # what is done to the run while it waits; its exit code
    psql 'BEGIN; LOCK TABLE rectrack.status_record IN ACCESS EXCLUSIVE MODE; SELECT pg_sleep(20)' >/dev/null 2>&1 &
    until [ "$(psql "SELECT count(*) FROM pg_locks WHERE relation = 'rectrack.status_record'::regclass AND granted")" = 1 ]; do sleep 0.05; done
    "$RECTRACK" export run --jobs "$jobs" >/dev/null 2>"$work/said" &
    pid=$!
    until [ "$(psql "SELECT count(*) FROM pg_locks WHERE relation = 'rectrack.status_record'::regclass AND NOT granted")" = 1 ]; do sleep 0.05; done
    "$@"
    wait $pid
    echo $?
    psql "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE relation = 'rectrack.status_record'::regclass" >/dev/null
    wait
}
lose() { psql "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE relation = 'rectrack.status_record'::regclass AND NOT granted" >/dev/null; }
before=$(readlink "$weekly/latest")
check 'a lost connection' 69 "$(hold lose)"
check '… is said' 1 "$(grep -c -E 'the connection to the database was lost|terminating connection' "$work/said")"
check '… and noted in the history' 'failed 69' "$(psql 'SELECT outcome, exit_code FROM rectrack.export_run_end ORDER BY run_id DESC LIMIT 1' | tr '|' ' ')"
interrupt() { kill -INT $pid; }
check 'Ctrl-C' 130 "$(hold interrupt)"
check '… the old set stands' "$before 16 0" "$(readlink "$weekly/latest") $(whole) $(litter)"

# No room.  A file's size is limited in blocks of 512 bytes.
check 'no file may grow beyond 8 KiB' 74 "$( (ulimit -f 16 && code "$RECTRACK" export run --jobs "$jobs"))"
check '… which is said' 1 "$(grep -c 'cannot write.*File too large.*Make room' "$work/said")"
check '… the old set stands' "$before 16 0" "$(readlink "$weekly/latest") $(whole) $(litter)"
mkdir small
if [ "$(id -u)" = 0 ] && mount -t tmpfs -o size="$(($(du -sk "$weekly/latest/" | cut -f1) + 120))k" tmpfs small 2>/dev/null; then
    trap 'umount "$work/small" 2>/dev/null; rectrack db stop -q >/dev/null 2>&1; rm -rf "$work"' EXIT
    mkdir small/weekly && cp -r "$weekly/$before" small/weekly/ && ln -s "$before" small/weekly/latest
    sed "s|^directory.*|directory = $work/small|" "$jobs" >small.ini
    full=$(code "$RECTRACK" export run --jobs small.ini)
    check 'a full device' '74 1' "$full $(grep -c 'No space left on device.*Make room' "$work/said")"
    check '… the old set stands' "$before 0" "$(readlink small/weekly/latest) $(find small -name .new -o -name '*.tmp' | wc -l)"
    check '… whole' 0 "$(code rectrack export verify "small/weekly/latest")"
    mount -o remount,ro small
    check 'a device that is read only' '73 1' "$(code "$RECTRACK" export run --jobs small.ini) $(said 'Read-only file system')"
    umount small
else
    for test in 'a full device' '… the old set stands' '… whole' 'a device that is read only'; do
        number=$((number + 1))
        echo "ok $number - $test # SKIP only root may mount one"
    done
fi
if [ "$(id -u)" != 0 ]; then
    chmod 555 "$weekly"
    check 'a folder that may not be written' 73 "$(run)"
    check '… the old set stands' "$before 16" "$(readlink "$weekly/latest") $(whole)"
    chmod 755 "$weekly"
fi
touch in-the-way
sed "s|^directory.*|directory = $work/in-the-way/x|" "$jobs" >way.ini
check 'a directory that can’t be made' 73 "$(code rectrack export run --jobs way.ini)"
check 'after all that, a run' 0 "$(run)"
check '… leaves no litter' '0 16' "$(litter) $(whole)"
mkdir "$work/broken" && : >"$work/broken/libcsv.so.3"
check 'a library that can’t be loaded' 78 "$(LD_LIBRARY_PATH=$work/broken run)"
check '… leaves no litter' '0 16' "$(litter) $(whole)"
# A clock that was set back, and more runs in a second than sets are kept: the newest stays the newest.
weekly=$work/clock/weekly
run --directory "$work/clock" >/dev/null
mv "$weekly/$(readlink "$weekly/latest")" "$weekly/2099-01-01T000000Z"
for run in 2 3 4 5; do
    check "run $run after the clock was set back" 0 "$(run --directory "$work/clock")"
    check '… is the newest' "2099-01-01T000000Z-$run" "$(readlink "$weekly/latest")"
    check '… and whole' 16 "$(whole)"
done
check '… and the three newest are kept' '2099-01-01T000000Z-3 2099-01-01T000000Z-4 2099-01-01T000000Z-5 ' "$(ls "$weekly" | grep Z | sort | tr '\n' ' ')"
finish
