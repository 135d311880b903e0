#!/bin/sh
# Lists of many records: all rows in order, with little memory, and not much slower than the server itself copies them out.
. "$(dirname "$0")/tap.shlib"
cd "$work" || exit 1
rectrack import document "$report" --symbol "$symbol" -q
awk -v recommendations=16 -v dates=20 -f "$RECTRACK_SOURCE/tests/bench/generate.awk" \
    "$RECTRACK_SOURCE/fixtures/register/states.csv" |
    awk -F, -v OFS=, -v symbol="$symbol" 'NR > 1 {
        sub(/.*II.A./, "", $2); n = $2 - 1
        $2 = symbol ":II." (n < 9 ? "A.1(" substr("abcdefghi", n + 1, 1) : "B.2(" substr("abcdefg", n - 8, 1)) ")"
    } { print }' >many.csv
rectrack import status many.csv -q
rows=$(($(wc -l <many.csv) - 1))

# measure COMMAND...: the best time of three in milliseconds, and the most memory in MiB.
cat >measure.py <<'PYTHON'
import os, resource, subprocess, sys, time
def run():
    begin = time.monotonic()
    subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - begin
print(round(min(run() for _ in range(3)) * 1000), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
PYTHON
measure() { python3 measure.py "$@"; }

sed -e '/^--/d' -e 's/\$[1-8]/NULL/g' -e 's/;$//' "$RECTRACK_SOURCE/sql/queries/list_records.sql" | tr '\n' ' ' >query
echo "COPY ($(cat query)) TO STDOUT CSV HEADER" >copy.sql
rectrack db psql -- -q -f copy.sql >copied.csv
for list in records status; do
    rectrack list $list --format csv -o $list.csv
    check "$list: every record is there" $rows $(($(wc -l <$list.csv) - 1))
done
check 'they are what the server copies out, in its order' same "$(cmp copied.csv records.csv && echo same)"

set -- $(measure "$RECTRACK" db psql -- -q -f copy.sql)
copy=$1
for list in records status; do
    set -- $(measure "$RECTRACK" list $list --format csv)
    echo "# $list: $1 ms, $2 MiB; COPY alone $copy ms"
    check "$list: in at most two and a half times what COPY alone takes" yes "$([ "$1" -le $((copy * 5 / 2)) ] && echo yes || echo "no: $1 ms against $copy ms")"
    check "$list: with less than 48 MiB" yes "$([ "$2" -lt 48 ] && echo yes || echo "no: $2 MiB")"
done
finish
