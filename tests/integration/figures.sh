#!/bin/sh
# Each report checked against figures.py, which counts the same files without rectrack: 198 States and 100 recommendations of five
# meetings with 20,000 records; with RECTRACK_TEST_ALL 1,000 recommendations with 1,000,000 records.
. "$(dirname "$0")/tap.shlib"
figures="$RECTRACK_SOURCE/tests/integration/figures.py"
register="$RECTRACK_SOURCE/fixtures/register"
documents=5 items=20 records=20000 days='2017-12-31 2026-11-24'
if [ -n "${RECTRACK_TEST_ALL-}" ]; then
    items=200 records=1000000 days=2026-11-24
fi
mkdir "$work/made"
python3 "$figures" generate "$work/made" "$register" $documents $items $records || exit 1

for document in 0 1 2 3 4; do
    check "the report of meeting $document goes in" 0 \
        "$(code rectrack import document "$work/made/document-$document.txt" --symbol "TEST/WG.$document/1")"
done
check 'the recommendations get their addressees, themes and dates' 0 "$(code rectrack import recommendations "$work/made/recommendations.csv")"
check 'all of them' $((documents * items)) "$(rectrack list recommendations -f jsonl | wc -l)"
check 'the Parties are corrected' 0 "$(code rectrack import parties "$work/made/parties.csv")"
check 'the records go in' 0 "$(code rectrack import status "$work/made/status.csv")"
batch=$(rectrack list batches -f csv | awk -F, '$3 == "status" { print $2 }')
# Some records are taken back, those that figures.py leaves out.
rows=$(($(wc -l <"$work/made/status.csv") - 1))
line=$((rows / 12))
while [ $line -le $((rows + 1)) ]; do
    rectrack withdraw "$batch.$line" --reason test -q
    line=$((line + rows / 12))
done
{ head -n 1 "$work/made/status.csv"; sed -n '2,500s/,implemented,/,not-implemented,/p' "$work/made/status.csv"; } >"$work/undone.csv"
rectrack import status "$work/undone.csv" -q
check 'a batch is undone' 0 "$(code rectrack undo --reason test)"

# same NAME ROWS EXPECTED-ARGUMENTS -- REPORT-ARGUMENTS: the table of rectrack is the one of figures.py.
same() {
    name=$1 rows=$2 expected=
    shift 2
    while [ "$1" != -- ]; do
        expected="$expected '$1'"
        shift
    done
    shift
    eval "python3 \"\$figures\" $expected" >"$work/expected"
    rectrack report "$@" -f csv >"$work/out" 2>"$work/said" || cat "$work/said"
    case $rows in
        [0-9]) python3 "$figures" normal "$rows" <"$work/out" >"$work/got" ;;
        *) eval "python3 \"\$figures\" pick $rows" <"$work/out" >"$work/got" ;;
    esac
    check "$name: $(wc -l <"$work/expected") rows" '' "$(diff "$work/expected" "$work/got" | head -n 6)"
}
for day in $days; do
    for report in progress states groups; do
        same "$report on $day" 1 $report "$work/made" "$register" $day -- $report --as-of $day
    done
    same "the matrix on $day" 1 matrix "$work/made" "$register" $day -- matrix --as-of $day
    same "sessions on $day" 2 sessions "$work/made" "$register" $day -- sessions --as-of $day
    same "ageing on $day" 2 ageing "$work/made" "$register" $day -- ageing --as-of $day
    same "the silent States on $day" 'state recommendations' silent "$work/made" "$register" $day -- silent --as-of $day
done
day=2025-03-31
same 'the themes' 2 themes "$work/made" "$register" $day -- themes --as-of $day
same 'what is overdue' 2 overdue "$work/made" "$register" $day -- overdue --as-of $day
same 'the trend' 1 trend "$work/made" "$register" $day -- trend --as-of $day
same 'the change since a day' 1 compare "$work/made" "$register" $day 2020-01-01 -- groups --as-of $day --compare 2020-01-01
same 'what has changed' 'state recommendation before after' changes "$work/made" "$register" $day 2024-11-07 -- changes --as-of $day
same '… since another day' 'state recommendation before after' changes "$work/made" "$register" $day 2018-07-04 -- \
    changes --as-of $day --from 2018-07-04
same 'a condition' 1 filtered "$work/made" "$register" $day -- crosstab --rows channel --cols year --as-of $day --kind both \
    --where 'ldc = yes and answered = yes and not level = planned and date in 2019-03-01..2022-10-31'
while read -r rows columns measure kinds; do
    dimensions=$(echo "$rows" | tr ',' ' ' | wc -w)
    case $kinds in *,*) kind=both ;; *) kind=$kinds ;; esac
    same "$rows by $columns: $measure of $kinds" $dimensions crosstab "$work/made" "$register" $day $rows $columns $measure $kinds -- \
        crosstab --rows $rows --cols $columns --measure $measure --kind $kind --as-of $day
    [ -z "${RECTRACK_TEST_ALL-}" ] || [ "$measure" != score ] || break # a million records take minutes to count elsewhere
done <<'CUTS'
regional_group,ldc level count reported
theme regional_group states reported
state body recommendations assessed
regional_group level row-percent reported
recommendation regional_group score reported
document closed col-percent reported,assessed
ldc quarter total-percent reported,assessed
theme year count assessed
channel kind count,row-percent reported,assessed
regional_group theme recommendations,row-percent reported
answered age states reported
CUTS

source=$(rectrack report matrix --as-of $day -f json | python3 -c '
import json, sys
print([row["source"] for row in json.load(sys.stdin)["rows"] if row["state"] == "ITA"][0])')
check 'the newest record of a State has its source in the matrix' "$(rectrack report profile Italy --as-of $day -f json | python3 -c '
import json, sys
rows = json.load(sys.stdin)["rows"]
newest = max(row["as_of"] for row in rows if row["as_of"])
print(sys.argv[1] if sys.argv[1] in [row["channel"] for row in rows if row["as_of"] == newest] else newest)' "$source")" "$source"

# The statement that --explain prints gives the same, and so does each cell that is shown.
rectrack report groups --as-of $day --explain >"$work/explained"
sed -n '/^    WITH/,$p' "$work/explained" >"$work/check.sql"
check 'the explained SQL counts the same' "$(python3 "$figures" crosstab "$work/made" "$register" $day level level count reported | awk -F, '{ print $1, $NF }' | grep -v total)" \
    "$(rectrack db psql -- -XAtF' ' -f - <"$work/check.sql" | LC_ALL=C sort)"
finish
