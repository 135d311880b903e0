#!/bin/sh
# The embedded server that can't be made or started: what is wrong is said, and nothing half-made is left. The server's
# programs are stand-ins that fail at one step each.
. "$(dirname "$0")/tap.shlib"
mkdir "$work/bin" && chmod 755 "$work/bin"
export RECTRACK_PG_BINDIR="$work/bin"
program() { # NAME SCRIPT
    printf '#!/bin/sh\n%s\n' "$2" >"$work/bin/$1"
    chmod 755 "$work/bin/$1"
}
left() { ls "$RECTRACK_DATA" 2>/dev/null | grep -c '^data'; }

program postgres 'exit 0'
check 'programs that are not all there' 78 "$(code rectrack list scales)"
check '… and what is missing' 1 "$(said 'no initdb and postgres')"
program initdb 'echo "creating files" >&2; echo "initdb: error: no room" >&2; exit 1'
check 'data that cannot be made' 1 "$(code rectrack list scales)"
check '… for the reason that initdb gives' 1 "$(said 'initdb failed: initdb: error: no room. ')"
check '… leave nothing' 0 "$(left)"
program initdb 'kill -9 $$'
check 'a program that is killed' 1 "$(code rectrack list scales)"
check '… leaves nothing' 0 "$(left)"
program initdb 'mkdir "$2"; echo "# settings" >"$2/postgresql.conf"; echo 15 >"$2/PG_VERSION"'
program postgres 'case $1 in --single) cat >/dev/null; echo "FATAL:  no such template" >&2; exit 1 ;; esac'
check 'a database that cannot be made' 1 "$(code rectrack list scales)"
check '… for the reason that postgres gives' 1 "$(said 'postgres failed: FATAL:  no such template. ')"
check '… leaves nothing' 0 "$(left)"
program postgres 'case $1 in --single) cat >/dev/null ;; *) echo "LOG:  starting"; echo "FATAL:  no memory for buffers"; exit 1 ;; esac'
check 'a server that does not start' 1 "$(code rectrack list scales)"
check '… for the reason in its log' 1 "$(said "didn't start: FATAL:  no memory for buffers. ")"
check '… which is named' 1 "$(said "$RECTRACK_DATA/log")"
check '… whose data are there' 1 "$(left)"
check 'the next command tells the same' 1 "$(code rectrack db start)"
check '… in the same words' 1 "$(said 'no memory for buffers')"
check 'what was never started can be stopped' 0 "$(code rectrack db stop)"
rm -f "$RECTRACK_DATA/log" && mkdir "$RECTRACK_DATA/log"
check 'a log that cannot be written' 1 "$(code rectrack list scales)"
unset RECTRACK_PG_BINDIR
echo 9 >"$RECTRACK_DATA/data/PG_VERSION"
check 'data of a PostgreSQL that is not here' 78 "$(code rectrack list scales)"
check '… which can be installed' 1 "$(said 'apt-get install postgresql-9')"

: >"$work/file"
check 'a file for a folder' 78 "$(code env RECTRACK_DATA="$work/file" "$RECTRACK" list scales)"
check '… stays a file' 0 "$(wc -c <"$work/file")"
check 'a folder in a file' 73 "$(code env RECTRACK_DATA="$work/file/below" "$RECTRACK" list scales)"
ln -s /nowhere/at/all "$work/link"
check 'a link that leads nowhere' 78 "$(code env RECTRACK_DATA="$work/link" "$RECTRACK" list scales)"
mkdir "$work/full" && : >"$work/full/letters" && [ "$(id -u)" != 0 ] || chown nobody "$work/full"
if [ "$(id -u)" = 0 ]; then
    check 'the folder of another' 78 "$(code env RECTRACK_DATA="$work/full" "$RECTRACK" list scales)"
    check '… is left alone' letters "$(ls "$work/full")"
else
    skip 'the folder of another' 'only root can give a folder away'
fi
finish
