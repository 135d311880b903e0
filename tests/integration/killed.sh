#!/bin/sh
# An import that is killed leaves nothing or all, the ledger is sound, and the same command again completes it: kill -9 of
# rectrack, of the server's process that works for it, and of the server, each at a moment that is certain:
#   reading     in the middle of its input, which comes through a pipe that waits
#   copying     in the middle of a COPY into the table of records, likewise
#   sealing     all is sent, and the ledger's lock, which somebody else holds, is waited for
#   committed   all is stored, and the server's answer, for which it asks a standby that isn't there, is waited for
. "$(dirname "$0")/tap.shlib"
rectrack import document "$report" --symbol "$symbol" -q
cd "$work" || exit 1

ask() { rectrack db psql -- -qXAt -c "$1" 2>/dev/null; }
# until_true SECONDS COMMAND…
until_true() {
    tries=$(($1 * 20))
    shift
    while [ $tries -gt 0 ]; do
        "$@" && return
        sleep 0.05
        tries=$((tries - 1))
    done
    echo "# never true: $*"
    ask 'SELECT pid, state, wait_event, query FROM pg_stat_activity' | sed 's/^/# /'
    return 1
}
asked_true() { [ "$(ask "$1")" = t ]; }
of_import="application_name = 'rectrack' AND pid <> pg_backend_pid()"

# Rows that all differ; their notes are long, so that a few thousand fill more than one chunk. ROWS YEAR
rows() {
    awk -F, -v OFS=, -v rows="$1" -v year="$2" 'BEGIN { for (i = 0; i < 120; i++) note = note "long words "; print "state,recommendation,level,as_of,note" }
        FNR > 1 { iso[n++] = $1 }
        END { for (i = 0; i < rows; i++)
            print iso[i % n], "II.B.2(" substr("abcdefg", int(i / n) % 7 + 1, 1) ")", "planned", sprintf("%d-%02d-%02d", year, int(i / n / 7) % 12 + 1, int(i / n / 84) + 1), note i }' \
        "$RECTRACK_SOURCE/fixtures/register/states.csv"
}

begin_import() { # FILE
    "$RECTRACK" import status "$1" -q >out 2>said &
    import=$!
}
# What is running when a stage is reached; the pipe stays open at 9.
begin_stage() { # STAGE FILE
    rm -f pipe
    case $1 in
    reading | copying)
        mkfifo pipe
        begin_import pipe
        exec 9>pipe
        if [ "$1" = reading ]; then
            head -n 500 "$2" >&9
            until_true 20 asked_true "SELECT count(*) = 1 FROM pg_stat_activity WHERE $of_import AND state = 'idle in transaction'"
        else
            cat "$2" >&9
            until_true 20 asked_true "SELECT count(*) = 1 FROM pg_stat_progress_copy WHERE relid = 'rectrack.status_record'::regclass AND tuples_processed > 100"
        fi
        ;;
    sealing)
        ask 'BEGIN; SELECT pg_advisory_xact_lock(7233204, 1); SELECT pg_sleep(30)' >/dev/null &
        until_true 20 asked_true "SELECT count(*) = 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND objid = 1"
        begin_import "$2"
        until_true 20 asked_true "SELECT count(*) = 1 FROM pg_stat_activity WHERE $of_import AND wait_event = 'advisory'"
        ;;
    committed)
        ask "ALTER SYSTEM SET synchronous_standby_names = 'nobody'" && ask 'SELECT pg_reload_conf()' >/dev/null
        until_true 20 asked_true "SELECT current_setting('synchronous_standby_names') = 'nobody'"
        begin_import "$2"
        until_true 20 asked_true "SELECT count(*) = 1 FROM pg_stat_activity WHERE $of_import AND wait_event = 'SyncRep'"
        ;;
    esac
}
backend() { ask "SELECT pid FROM pg_stat_activity WHERE $of_import AND backend_type = 'client backend' AND state <> 'idle' AND query NOT LIKE '%pg_sleep%'"; }
server() { head -n 1 "$(find "$RECTRACK_DATA" -name postmaster.pid)"; }

year=2019
count=0
for stage in reading copying sealing committed; do
    for victim in rectrack backend server; do
        # All twelve take a minute; four of them meet every stage and every victim.
        case ${RECTRACK_TEST_ALL:-}$stage-$victim in
        reading-rectrack | copying-backend | sealing-server | committed-server | 1*) ;;
        *) continue ;;
        esac
        year=$((year + 1))
        many=9000
        [ $stage = copying ] || many=900
        rows $many $year >"$stage-$victim.csv"
        begin_stage $stage "$stage-$victim.csv"
        case $victim in
        rectrack) process=$import ;;
        backend) process=$(backend) ;;
        server) process=$(server) ;;
        esac
        kill -9 "$process" || echo "# there was nothing to kill: $process"
        exec 9>&-
        wait $import 2>/dev/null
        ended=$?
        # Who holds the lock, and the server's process that waits for a standby, would go on.
        case $stage-$victim in
        sealing-rectrack | committed-rectrack)
            ask "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND (query LIKE '%pg_sleep%' OR wait_event = 'SyncRep')" >/dev/null
            ;;
        esac
        case $victim in
        rectrack) check "$stage, rectrack killed" 137 $ended ;;
        *)
            check "$stage, $victim killed: rectrack ends with 69" 69 $ended
            check '… and says what to do' 1 "$(grep -c -i 'same command again' said)"
            ;;
        esac
        # The server is started anew where it must be, and may need a moment for its recovery.
        until_true 30 rectrack verify -q >/dev/null 2>said
        check '… the ledger is sound' 0 "$(code rectrack verify)"
        if [ $stage = committed ]; then
            ask 'ALTER SYSTEM RESET synchronous_standby_names' && ask 'SELECT pg_reload_conf()' >/dev/null
            until_true 20 asked_true "SELECT current_setting('synchronous_standby_names') = ''"
            count=$((count + many))
        fi
        until_true 20 asked_true "SELECT count(*) = 0 FROM pg_stat_activity WHERE $of_import AND state <> 'idle'"
        check "… $([ $stage = committed ] && echo all || echo nothing) is there" $count "$(ask 'SELECT count(*) FROM rectrack.status_record')"
        check '… the same file again' 0 "$(code rectrack import status "$stage-$victim.csv")"
        if [ $stage = committed ]; then
            check '… is recognised' 1 "$(said 'this very file was imported before')"
        else
            count=$((count + many))
            check '… is imported whole' 1 "$(said "added $many, superseded 0, skipped 0 already there")"
        fi
        check '… each row once' $count "$(ask 'SELECT count(*) FROM rectrack.status_record')"
    done
done
check 'the ledger is sound after all of it' 0 "$(code rectrack verify)"
finish
