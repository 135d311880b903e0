#!/bin/sh
# Harm at the messages between command and server: a sample; `make torture` does all (FAULTS_ALL).
. "$(dirname "$0")/tap.shlib"
. "$(dirname "$0")/server.shlib"
server_make
printf 'shared_buffers = 4MB\nrestart_after_crash = on\nlog_statement = none\n' >>"$server/data/postgresql.conf"
server_start
mkdir "$work/faults" && cd "$work/faults" || exit 2
export FAULTS_START="$pg_bin/pg_ctl -s -w -D $server/data -l $server/log start"
[ "$(id -u)" != 0 ] || FAULTS_START="setpriv --reuid=postgres --regid=postgres --clear-groups $FAULTS_START"
python3 -B "$RECTRACK_SOURCE/tests/faults/run.py" "$server" "$port" "$server/data" "$@"
