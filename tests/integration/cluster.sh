#!/bin/sh
# The embedded server: made, started, joined, recovered, stopped when idle; in a folder with an awkward name.
. "$(dirname "$0")/tap.shlib"
rectrack db stop -q >/dev/null 2>&1
awkward="$work/a folder, \"quoted\" – und größer"
mkdir "$awkward" && chmod 755 "$awkward"
export RECTRACK_DATA="$awkward/database"
server() { sed -n 1p "$RECTRACK_DATA/data/postmaster.pid" 2>/dev/null; }
alive() { kill -0 "$1" 2>/dev/null && echo yes || echo no; }

check 'it is not there at first' 1 "$(rectrack db status | grep -c 'not made yet')"
rectrack list scales >one 2>said1 &
first=$!
rectrack list scales >two 2>said2 &
second=$!
wait $first; one=$?
wait $second; two=$?
check 'two commands at once make one cluster' '0 0' "$one $two"
check '… and see the same' "$(cksum <one)" "$(cksum <two)"
rm -f one two said1 said2
check 'it runs' 1 "$(rectrack db status | grep -c '^server: running')"
check 'by its socket only' '' "$(rectrack db psql -- -XAtc 'SHOW listen_addresses')"
check 'durably' 'on on' "$(rectrack db psql -- -XAtc 'SHOW fsync') $(rectrack db psql -- -XAtc 'SHOW data_checksums')"
check 'with ICU' i "$(rectrack db psql -- -XAtc 'SELECT datlocprovider FROM pg_database WHERE datname = current_database()')"

pid=$(server)
kill -9 "$pid"
check 'a killed server is recovered from' 0 "$(code rectrack list scales)"
check '… by another one' yes "$([ "$(server)" != "$pid" ] && alive "$(server)")"

# As the server's user, whose processes it takes for servers.
if [ "$(id -u)" = 0 ]; then setpriv --reuid=postgres --regid=postgres --clear-groups sleep 100 & else sleep 100 & fi
kill -9 "$(server)"
folder=$(rectrack db url | sed 's/.*host=\([^&]*\).*/\1/')
sed -i "1s/.*/$!/" "$folder/.s.PGSQL.5432.lock"
check 'one whose socket seems to be somebody’s too' 0 "$(code rectrack list scales)"
kill $!

rectrack db stop -q
check 'stop' 1 "$(rectrack db status | grep -c '^server: stopped')"
sleep 100 &
sleeper=$!
printf '%s\n' "$sleeper" "$RECTRACK_DATA/data" 1 5432 '' '' 0 ready >"$RECTRACK_DATA/data/postmaster.pid"
[ "$(id -u)" != 0 ] || chown postgres "$RECTRACK_DATA/data/postmaster.pid"
check 'a stale pid file with the number of another program' 0 "$(code rectrack list scales)"
check '… which is left alone' yes "$(alive $sleeper)"
kill $sleeper
mkdir "$RECTRACK_DATA/data.new.999999"
rectrack db stop -q

export RECTRACK_IDLE_SECONDS=2
check 'start' 0 "$(code rectrack db start)"
pid=$(server)
rectrack db psql -- -XAtc 'SELECT pg_sleep(5)' >/dev/null &
sleep 4
check 'it is not stopped while somebody is connected' yes "$(alive "$pid")"
wait
for second in 1 2 3 4 5 6 7 8; do
    [ "$(alive "$pid")" = no ] && break
    sleep 1
done
check 'it is stopped when idle' no "$(alive "$pid")"
sleep 0.5
check 'no keeper is left' 0 "$(for p in /proc/[0-9]*; do [ "$(readlink "$p/cwd" 2>/dev/null)" = "$RECTRACK_DATA/data" ] && echo "$p"; done | wc -l)"

check '… nor the folder of the socket' '' "$(ls -d "$folder" 2>/dev/null)"

export RECTRACK_IDLE_SECONDS=30
deep="$work/$(printf 'deep%.0s/' 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20)"
mkdir -p "$deep"
RECTRACK_DATA="$deep/database" check 'a path too long for a socket' 0 "$(code env RECTRACK_DATA="$deep/database" "$RECTRACK" list scales)"
folder=$(RECTRACK_DATA="$deep/database" rectrack db url | sed 's/.*host=\([^&]*\).*/\1/')
check '… which stands in a folder of its own' yes "$([ -S "$folder/.s.PGSQL.5432" ] && echo yes)"
RECTRACK_DATA="$deep/database" rectrack db stop -q
check '… that goes with the server' '' "$(ls -d "$folder" 2>/dev/null)"

# A server that is begun by hand, past the lock, and coming up: at work in the folder, with no word of it in the pid file yet.
(
    export RECTRACK_DATA="$work/coming"
    rectrack list scales -q >/dev/null && rectrack db stop -q
)
owner=
[ "$(id -u)" != 0 ] || owner='setpriv --reuid=postgres --regid=postgres --clear-groups'
(cd "$work/coming/data" && exec $owner sh -c 'sleep 1; mkdir -p "$1"; exec "$0" -D . -c unix_socket_directories="$1"' \
    "$(ls -d /usr/lib/postgresql/*/bin/postgres | sort -V | tail -n 1)" "$work/coming/run") >"$work/coming.log" 2>&1 &
check 'a server that was begun by hand and is coming up' 0 "$(code env RECTRACK_DATA="$work/coming" timeout 30 "$RECTRACK" list scales)"
check '… is joined' "$!" "$(sed -n 1p "$work/coming/data/postmaster.pid")"
RECTRACK_DATA="$work/coming" rectrack db stop -q

# One whose starter is killed: whoever comes next waits for what was begun, and begins nothing beside it.
mkdir "$work/slow"
bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n 1)
ln -s "$bin/initdb" "$work/slow/initdb"
printf '#!/bin/sh\necho once >>"%s/begun"\nsleep 1\nexec "%s/postgres" "$@"\n' "$work" "$bin" >"$work/slow/postgres"
chmod 755 "$work/slow/postgres"
touch "$work/begun" && chmod 666 "$work/begun"
(
    export RECTRACK_DATA="$work/coming" RECTRACK_PG_BINDIR="$work/slow"
    timeout -s KILL 0.5 "$RECTRACK" list scales >/dev/null 2>&1
    timeout 30 "$RECTRACK" list scales >"$work/out" 2>"$work/said"
    echo $? >"$work/code"
)
check 'a server that was hardly begun when its starter was killed' 0 "$(cat "$work/code")"
check '… is the only one' once "$(cat "$work/begun")"
RECTRACK_DATA="$work/coming" rectrack db stop -q

# As root the server runs as "postgres", who must get to the data.
mkdir -m 700 "$work/closed" && mkdir "$work/closed/open"
if [ "$(id -u)" = 0 ]; then
    for folder in closed/new/database closed/open/database; do
        check "a folder below one that is closed to the server's user: $folder" 78 "$(code env RECTRACK_DATA="$work/$folder" "$RECTRACK" list scales)"
        check '… which is named' 1 "$(said "the user \"postgres\", who runs the server for root, can't enter the folder \"$work/closed\". Set RECTRACK_DATA")"
    done
    check '… doctor finds it' 1 "$(RECTRACK_DATA="$work/closed/open/database" rectrack doctor --format csv | grep -c "^permissions,.*can't enter the folder")"
    check '… nothing was made there' open "$(ls "$work/closed" "$work/closed/open" | grep -v -e : -e '^$')"
else
    skip 'folders that are closed to the server' 'only where root makes the database'
fi

check 'a folder without server programs' 78 "$(code env RECTRACK_PG_BINDIR="$work" RECTRACK_DATA="$work/none" "$RECTRACK" list scales)"
check '… tells so' 1 "$(said 'RECTRACK_PG_BINDIR')"
finish
