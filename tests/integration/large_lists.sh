#!/bin/sh
# Lists of many records: all rows in order, by a plan for all of them.
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

sed -e '/^--/d' -e 's/\$[1-8]/NULL/g' -e 's/;$//' "$RECTRACK_SOURCE/sql/queries/list_records.sql" | tr '\n' ' ' >query
echo "COPY ($(cat query)) TO STDOUT CSV HEADER" >copy.sql
rectrack db psql -- -q -f copy.sql >copied.csv
for list in records status; do
    rectrack list $list --format csv -o $list.csv
    check "$list: every record is there" $rows $(($(wc -l <$list.csv) - 1))
done
check 'they are what the server copies out, in its order' same "$(cmp copied.csv records.csv && echo same)"

# The planner takes a cursor for one whose first tenth will do, and would compare each State with each record.  The server's log has
# what the program said before its cursor; said again, the plan of the same cursor can be looked at.
rectrack db psql -- -q -c "ALTER DATABASE rectrack SET log_statement = 'all'"
rectrack list records --format csv -o records.csv
{
    echo 'BEGIN;'
    sed -n -e 's/.* \(SET LOCAL [a-z_]* = .*\)/\1;/p' "$RECTRACK_DATA/log"
    echo "EXPLAIN (COSTS OFF) DECLARE listing SCROLL CURSOR FOR $(cat query);"
} >explain.sql
plan=$(rectrack db psql -- -q -A -t -f explain.sql)
check 'a plan of the list' yes "$(echo "$plan" | grep -q 'Scan on status_record' && echo yes)"
check '… is one for all rows: no State is compared with all records' 0 "$(echo "$plan" | grep -c 'Join Filter: (n.state_id = s.state_id)')"
finish
