#!/bin/sh
# Imports: all or nothing, idempotent, every bad row named, safe when interrupted or run twice at once. See also killed.sh and together.sh.
. "$(dirname "$0")/tap.shlib"
rectrack import document "$report" --symbol "$symbol" -q
cd "$work" || exit 1

cat >good.csv <<'CSV'
state,recommendation,level,as_of,note
Italia,II.A.1(a),implemented,2018-07-04,
意大利,II.A.1(b),planned,2018-07-04,"two
lines, with ""quotes"""
Италия,II.A.1(c),Partially implemented,2018-07-05,
12,CTOC/COP/WG.7/2018/L.1/Add.1:II.B.2(g),in-progress,2018-07-05,M49 of Algeria without its zeros
CSV
check 'a good file goes in' 0 "$(code rectrack import status good.csv)"
check 'all its rows' 4 "$(records)"
check 'names in three scripts are one State' 3 "$(rectrack list records --state Italy --format jsonl | wc -l)"
check 'M49 without zeros' 1 "$(rectrack list records --state Algeria --format jsonl | wc -l)"
check 'a record is known by its line' 1 "$(rectrack list records --state Algeria --format csv | grep -c '\.6,DZA')"
check 'the same file again' 0 "$(code rectrack import status good.csv)"
check '… is recognised' 1 "$(said 'this very file was imported before')"
check '… and adds nothing' 4 "$(records)"

{ cat good.csv; echo 'ITA,II.A.1(a),planned,2018-07-04,a second reply of the same day'; echo 'BRA,II.A.1(a),planned,2018-07-04,'; } >more.csv
check 'a dry run of an overlapping file' 0 "$(code rectrack import status more.csv --dry-run)"
check '… tells what would be' 1 "$(said 'more.csv: would add 1, supersede 1, skip 4 already there; nothing was stored')"
check '… and stores nothing' 4 "$(records)"
check 'the overlapping file itself' 0 "$(code rectrack import status more.csv)"
check '… tells the same' 1 "$(said 'more.csv: added 1, superseded 1, skipped 4 already there')"
check '… and adds what is new' 6 "$(records)"
check 'the later row of one day counts' planned "$(rectrack show Italy --format csv | awk -F, '/II.A.1\(a\)/ { print $2 }')"

printf '%s\n' 'state,recommendation,level,as_of' 'Itly,II.A.1(a),planned,2018-07-04' 'ITA,II.A.1(z),planned,2018-07-04' \
    'ITA,II.A.1(a),plannd,2018-07-04' 'ITA,II.A.1(a),planned,04/07/2018' 'ITA,II.A.1(a),planned' 'ITA,II.A.1(d),planned,2018-07-04' >bad.csv
check 'bad rows refuse the file' 65 "$(code rectrack import status bad.csv)"
check '… a State, with the nearest' 1 "$(said 'bad.csv:2:1: unknown State: "Itly". Did you mean "Italy"?')"
check '… a recommendation' 1 "$(said 'bad.csv:3:5: ')"
check '… a level' 1 "$(said 'bad.csv:4:15: unknown level of the scale "implementation": "plannd". Did you mean "planned"?')"
check '… an ambiguous date, with both readings' 1 "$(said 'bad.csv:5:23: not a date: "04/07/2018". The date is ambiguous')"
check '… a short row' 1 "$(said 'bad.csv:6')"
check '… counted' 1 "$(said '5 of 6 rows refused; nothing was stored')"
check '… and the good row of it is not stored' 6 "$(records)"

printf 'state;recommendation;level;as_of\r\nEGY;II.A.1(a);planned;2018-07-04\r\n' >excel.csv
check 'semicolons and CRLF' 0 "$(code rectrack import status excel.csv)"
check 'standard input' 0 "$(code rectrack import status - <excel.csv)"
check '… is called so' 1 "$(said 'rectrack: standard input: added 0, superseded 0, skipped 1 already there')"
printf '\377\376s\0t\0' >utf16.csv
check 'UTF-16 is refused' 65 "$(code rectrack import status utf16.csv)"
check '… by name' 1 "$(said 'UTF-16')"
printf 'state,recommendation,level,as_of,remark\n' >unknown.csv
check 'an unknown column is refused' 65 "$(code rectrack import status unknown.csv)"
check 'a missing file' 66 "$(code rectrack import status nothing.csv)"

batch=$(rectrack list batches --format csv | awk -F, '$3 == "status" { b = $2 } END { print b }')
check 'undo' 0 "$(code rectrack undo "$batch" --reason test)"
check '… takes the batch back' 6 "$(records)"
check '… and its file can come again' 0 "$(code rectrack import status excel.csv)"
check '… and is there' 7 "$(records)"
id=$(rectrack list records --state EGY --format csv | sed -n 2p | cut -d, -f1)
check 'withdraw' 0 "$(code rectrack withdraw "$id" --reason 'sent by mistake')"
{ cat excel.csv; printf 'EGY;II.A.1(b);planned;2018-07-04\r\n'; } >excel2.csv
check 'a file with a withdrawn record' 0 "$(code rectrack import status excel2.csv)"
check '… does not bring it back' 7 "$(records)"

# Large enough for several chunks, with keys that come again in a later chunk: 198 States x 16 x 100 days.
awk -F, -v OFS=, 'BEGIN { split("a b c d e f g h i", a, " "); split("a b c d e f g", b, " "); print "state,recommendation,level,as_of" }
    FNR > 1 { iso[++n] = $1 }
    END {
        for (d = 0; d < 100; d++) for (s = 1; s <= n; s++) for (k = 1; k <= 16; k++)
            print iso[s], k < 10 ? "II.A.1(" a[k] ")" : "II.B.2(" b[k - 9] ")", (d + k) % 2 ? "planned" : "in-progress", sprintf("2019-%02d-%02d", d % 12 + 1, int(d / 12) + 1)
        print iso[1], "II.A.1(a)", "implemented", "2019-01-01"
        print iso[1], "II.A.1(a)", "in-progress", "2019-01-01"
    }' "$RECTRACK_SOURCE/fixtures/register/states.csv" >large.csv
check 'the large file has 316,802 rows' 316803 "$(wc -l <large.csv)"
rectrack import status large.csv -q 2>"$work/said1" &
first=$!
rectrack import status large.csv -q 2>"$work/said2" &
second=$!
wait $first; one=$?
wait $second; two=$?
check 'two imports of one file at once both end well' '0 0' "$one $two"
check '… and each row is there once' 316809 "$(records)"
check '… also the ones that came again later in the file' implemented \
    "$(rectrack list records --state AFG --reference 'II.A.1(a)' --format csv | awk -F, '$5 == "2019-01-01" { print $4 }' | sed -n 2p)"
check 'the ledger is intact' 0 "$(code rectrack verify)"
# Alone: while another import reads, what it may not see yet can't be tidied.
sed 's/,2019-/,2020-/' large.csv >later.csv
check 'a large file by itself' 0 "$(code rectrack import status later.csv)"
all_visible="SELECT relallvisible > 0 FROM pg_class WHERE oid = 'rectrack.status_record'::regclass"
tries=0
until [ "$(rectrack db psql -- -XAtc "$all_visible")" = t ] || [ $tries = 100 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
check 'the server tidies up behind it' t "$(rectrack db psql -- -XAtc "$all_visible")"
check '… quietly' 0 "$(grep -c 'lost\|Broken pipe' "$RECTRACK_DATA/log")"

mkfifo pipe
"$RECTRACK" import status - <pipe >/dev/null 2>"$work/said" &
victim=$!
exec 9>pipe
head -n 1000 large.csv | sed 's/2019/2021/' >&9
at_work="SELECT count(*) FROM pg_stat_activity WHERE application_name = 'rectrack' AND xact_start IS NOT NULL"
for _ in $(seq 100); do [ "$(rectrack db psql -- -XAtc "$at_work")" = 0 ] && sleep 0.1 || break; done
kill -INT $victim
exec 9>&-
wait $victim
check 'Ctrl-C ends with 130' 130 $?
check '… and leaves nothing behind' 633611 "$(records)"
check 'the ledger is intact after all of it' 0 "$(code rectrack verify)"
finish
