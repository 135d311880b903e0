#!/bin/sh
# A disk that is full, of the server and of the output. Needs root, for a small file system of its own.
. "$(dirname "$0")/tap.shlib"
if [ "$(id -u)" != 0 ] || ! unshare -m mount -t tmpfs -o size=1m none /mnt 2>/dev/null; then
    echo 'ok 1 - a full disk # SKIP only root can make a small file system'
    echo 1..1
    exit 0
fi
if [ -z "${IN_NAMESPACE:-}" ]; then
    rm -rf "$work"
    IN_NAMESPACE=1 exec unshare -m "$0"
fi
. "$(dirname "$0")/server.shlib"
mount --make-rprivate /
server_make
server_start
mkdir "$work/small" "$work/tight"
mount -t tmpfs -o size=18m,mode=755,uid="$(id -u postgres)" none "$work/small"
mount -t tmpfs -o size=64k none "$work/tight"
trap 'server_stop immediate; umount -q "$work/small" "$work/tight" "$work/disk"; rm -rf "$work"' EXIT
server_sql postgres "CREATE TABLESPACE small LOCATION '$work/small'"
server_sql postgres 'CREATE DATABASE small TABLESPACE small'
db="host=$server port=$port dbname=small user=owner"
check 'a small database' 0 "$(code rectrack init --db "$db" -q)"
rectrack import document "$report" --symbol $symbol -q --db "$db"
rectrack record Italy 'II.A.1(a)' planned --as-of 2026-01-01 -q --db "$db"
rows() { awk -v n="$1" -v s=$symbol 'BEGIN { print "state,recommendation,level,as_of,note"; for (i = 0; i < n; i++) printf "FRA,%s:II.A.1(a),planned,%04d-%02d-%02d,%s\n", s, 1900 + i / 336, i / 28 % 12 + 1, i % 28 + 1, "a note that takes room so that the disk is full before the rows are in" }'; }
rows 90000 >"$work/many.csv"
rows 50 >"$work/few.csv"
check 'an import for which the disk has no room' 74 "$(code rectrack import status "$work/many.csv" --db "$db")"
check '… says so' 1 "$(said "The server's disk is full; make room")"
# Makes room first: on a full disk the server can't always read either, since it must write out what it has in memory.
mount -o remount,size=40m "$work/small"
check 'nothing of it is there' 1 "$(server_sql small 'SELECT count(*) FROM rectrack.status_record')"
check 'the ledger is whole' 0 "$(code rectrack verify --db "$db")"
check 'what fits goes in afterwards' 0 "$(code rectrack import status "$work/few.csv" --db "$db")"
check '… and is whole' 0 "$(code rectrack verify --db "$db")"
# The disk of the server's own files, its log of changes among them: the server itself ends.
server_stop
mkdir "$work/disk"
mount -t tmpfs -o size=150m,mode=700,uid="$(id -u postgres)" none "$work/disk"
cp -a "$server/data/." "$work/disk" && rm -rf "$server/data" && ln -s "$work/disk" "$server/data"
server_start
used=$(df -m --output=used "$work/disk" | tail -n 1 | tr -d ' ')
mount -o remount,size=$((used + 1))m "$work/disk"
mount -o remount,size=250m "$work/small"
{ head -n 1 "$work/many.csv" && for state in ESP ITA DEU; do tail -n +2 "$work/many.csv" | sed "s/^FRA/$state/"; done; } >"$work/more.csv"
ended=$(code rectrack import status "$work/more.csv" --db "$db")
check 'an import for which the server has no room for its own files' yes "$(case $ended in 69 | 74) echo yes ;; *) cat "$work/said" ;; esac)"
mount -o remount,size=250m "$work/disk"
rectrack verify --db "$db" -q 2>/dev/null || { server_stop immediate; server_start; }
check '… keeps nothing of it' 1 "$(server_sql small "SELECT count(*) FROM rectrack.status_record n JOIN rectrack.state s USING (state_id) WHERE iso3 <> 'FRA'")"
check '… and leaves the ledger whole' 0 "$(code rectrack verify --db "$db")"
check '… which goes on' 0 "$(code rectrack record Chad 'II.A.1(a)' planned --as-of 2026-01-01 --db "$db")"
check 'a disk on which the output has no room' 74 "$(code rectrack verify --ledger -o "$work/tight/ledger.jsonl" --db "$db")"
check '… keeps nothing of it' 0 "$(ls -A "$work/tight" | wc -l)"
echo old >"$work/tight/states.csv"
head -c 60000 /dev/zero >"$work/tight/filler"
check 'a file that is to be replaced' 74 "$(code rectrack list states --format csv -o "$work/tight/states.csv" --db "$db")"
check '… stays as it was' old "$(cat "$work/tight/states.csv")"
finish
