#!/bin/sh
# The making of the embedded database is killed at any moment; the next command makes it whole, and leaves one server.
. "$(dirname "$0")/tap.shlib"
[ -n "${RECTRACK_TEST_ALL:-}" ] && delays='0.02 0.05 0.1 0.15 0.2 0.25 0.3 0.35 0.4 0.45 0.5 0.6 0.7 0.8 0.9 1.0 1.2 1.5' || delays='0.05 0.25 0.5 0.8'
servers() { # how many there are of this data folder
    grep -l -s -a -F -- "$RECTRACK_DATA/data" /proc/[0-9]*/cmdline | xargs -r grep -l -s -a bin/postgres | wc -l
}
for delay in $delays; do
    export RECTRACK_DATA="$work/after-$delay"
    timeout -s KILL "$delay" "$RECTRACK" init -q >/dev/null 2>&1
    check "a database whose making was killed after $delay s" 0 "$(code rectrack init -q)"
    check '… is whole' 0 "$(code rectrack verify -q)"
    check '… with one server and nothing left over' '1 0' "$(servers) $(ls "$RECTRACK_DATA" | grep -c '\.new')"
    rectrack db stop -q
    check '… which stops' 0 "$(servers)"
    rm -rf "$RECTRACK_DATA"
done
finish
