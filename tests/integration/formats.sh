#!/bin/sh
# The formats of tables: JSON keeps to the shipped schema, everything is the same each time, and nothing but text gets to a terminal.
. "$(dirname "$0")/tap.shlib"
cd "$work" || exit 1
rectrack import document "$report" --symbol "$symbol" --notice 'Provisional' -q
rectrack import status "$RECTRACK_SOURCE/fixtures/demo/status.csv" --notice 'ILLUSTRATIVE DATA' -q
rectrack record Fiji 'II.A.1(a)' implemented --as-of 2026-09-30 --note "$(printf 'a | b \\ c\n<i>\033[31mred\342\200\256')" --notice 'A third one' -q
as_of='--as-of 2026-11-24'

for name in progress states groups matrix trend ageing overdue sessions themes silent; do
    rectrack report $name $as_of -o "report-$name.json"
done
rectrack report groups $as_of --compare 2022-12-31 --measure count,row-percent -o compared.json
rectrack report crosstab --rows recommendation --cols kind --measure score $as_of -o score.json
rectrack report groups $as_of --layout long -o long.json
rectrack report matrix $as_of --lang ar -o arabic.json
for name in states instruments documents recommendations records responses batches scales themes; do
    rectrack list $name -o "list-$name.json"
done
rectrack show Italy -o show-state.json
rectrack show II.A.1\(a\) -o show-recommendation.json
rectrack show "$symbol" -o show-document.json
rectrack show 4.1 -o show-record.json
check 'JSON keeps to the schema' '' \
    "$(python3 "$RECTRACK_SOURCE/tests/integration/check_table.py" "$RECTRACK_SOURCE/fixtures/schema/table.schema.json" ./*.json 2>&1)"
check '… every kind of table' 27 "$(ls ./*.json | wc -l)"
check '… with every notice' 'A third one,ILLUSTRATIVE DATA,Provisional' \
    "$(python3 -c 'import json; print(",".join(sorted(json.load(open("report-groups.json"))["notices"])))')"
check '… with figures as numbers' '2288 int' \
    "$(python3 -c 'import json; t = json.load(open("report-groups.json"))["total"]["total"]; print(t, type(t).__name__)')"

for format in table csv tsv json jsonl markdown html svg xlsx; do
    for language in en ar; do
        rectrack report groups $as_of --lang $language --format $format -o "one.$format" &&
            rectrack report groups $as_of --lang $language --format $format -o "two.$format"
        check "the same bytes each time: $format, $language" 0 "$(code cmp "one.$format" "two.$format")"
    done
done

# What a record says can't reach a terminal but as text, nor leave its cell.
for format in table markdown; do
    rectrack list records --state Fiji --format $format >"list.$format"
    rectrack report matrix $as_of --title "$(printf '\033]0;title\a\342\200\256')" --format $format >>"list.$format"
    check "no control character: $format" 0 "$(LC_ALL=C grep -c "$(printf '[\001-\011\013-\037\177]')" "list.$format")"
    check "no turned writing: $format" 0 "$(grep -c "$(printf '\342\200\256')" "list.$format")"
done
row=$(grep 'red' list.markdown)
check 'a bar, a backslash and markup stay in their cell' 1 "$(printf '%s' "$row" | grep -c -F 'a \| b \\ c\\n\<i\>\\x1b\[31mred\\u202e')"
head=$(grep -n -m 1 '^| --' list.markdown | cut -d : -f 1)
check '… and all rows have the columns of the head' 1 \
    "$(sed -n "$((head - 1)),$((head + 2))p" list.markdown | sed 's/\\.//g' | tr -cd '|\n' | sort -u | wc -l)"
finish
