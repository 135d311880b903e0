#!/bin/sh
# Rows for one (State, recommendation, kind, day): revisions in the order of the file, whatever is there already and
# wherever the importer cuts the file into chunks.
. "$(dirname "$0")/tap.shlib"
rectrack import document "$report" --symbol "$symbol" -q
cd "$work" || exit 1
head=state,recommendation,level,as_of,note
row() { echo "$1,II.A.1(a),$2,$3,${4:-}"; }
levels() { rectrack list status --state "$1" --format csv | awk -F, -v day="$2" '$4 == day { printf "%s%s", n++ ? " " : "", $3 } END { print "" }'; }
put() { code rectrack import status "$1"; }

{ echo $head; row ITA planned 2019-01-01; row ITA in-progress 2019-01-01; row ITA planned 2019-01-01; } >aba.csv
check 'A, B, A' 0 "$(put aba.csv)"
check '… are three revisions' 'planned in-progress planned' "$(levels ITA 2019-01-01)"
check '… and superseding is counted' 1 "$(said 'added 1, superseded 2, skipped 0 already there')"
{ cat aba.csv; row ITA planned 2019-01-01; row ITA planned 2019-01-02; } >more.csv
check 'the same and once more the last one' 0 "$(put more.csv)"
check '… add only the other day' 1 "$(said 'added 1, superseded 0, skipped 4 already there')"
{ echo $head; row FRA planned 2019-01-01; } >a.csv
check 'A alone' 0 "$(put a.csv)"
{ echo $head; row FRA planned 2019-01-01; row FRA in-progress 2019-01-01; row FRA planned 2019-01-01; } >then.csv
check 'then A, B, A' 0 "$(put then.csv)"
check '… is the one that is there, and two more' 'planned in-progress planned' "$(levels FRA 2019-01-01)"
check '… counted' 1 "$(said 'added 0, superseded 2, skipped 1 already there')"
check 'A alone again' 0 "$({ cat a.csv; echo; } >again.csv; put again.csv)"
check '… is old news' 'planned in-progress planned' "$(levels FRA 2019-01-01)"
{ echo $head; row FRA planned 2019-01-01; row FRA planned 2019-01-01 'with a note'; row FRA planned 2019-01-01; row FRA in-progress 2019-01-01; row FRA in-progress 2019-01-01; } >mixed.csv
check 'a note is another content' 0 "$(put mixed.csv)"
check '… two of A and one of B answer for theirs' 1 "$(said 'added 0, superseded 1, skipped 4 already there')"

# Rows with long notes between them, so that each lies in a chunk of its own. YEAR
filler() {
    awk -F, -v OFS=, -v year="$1" 'BEGIN { for (i = 0; i < 200; i++) note = note "long words " }
        FNR > 1 && FNR < 102 { for (d = 1; d <= 45; d++) print $1, "II.A.1(b)", "planned", sprintf("%d-%02d-%02d", year, d % 12 + 1, d / 12 + 1), note d }' \
        "$RECTRACK_SOURCE/fixtures/register/states.csv"
}
filler 2019 >fill1
filler 2020 >fill2
{ echo $head; row BRA planned 2019-05-05; cat fill1; row BRA in-progress 2019-05-05; cat fill2; row BRA planned 2019-05-05; } >chunks.csv
check 'A, B, A in three chunks' 0 "$(put chunks.csv)"
check '… are three revisions' 'planned in-progress planned' "$(levels BRA 2019-05-05)"
{ cat chunks.csv; row EGY planned 2019-05-05; } >chunks2.csv
check 'the same with one more' 0 "$(put chunks2.csv)"
check '… adds the one' 1 "$(said 'added 1, superseded 0, skipped 9003 already there')"
sed -e 's/^BRA/CUB/' -e '/II.A.1(b)/s/,2019-/,2021-/' -e '/II.A.1(b)/s/,2020-/,2022-/' -e 's/,in-progress,/,planned,/' chunks.csv >same.csv
check 'A, A, A in three chunks' 0 "$(put same.csv)"
check '… is one' planned "$(levels CUB 2019-05-05)"
# A key that is there makes the importer look before it adds, from the first chunk on.
{ echo $head; row EGY planned 2019-05-05; row FJI planned 2019-05-05; sed 's/,2019-/,2023-/' fill1; row FJI in-progress 2019-05-05; sed 's/,2020-/,2024-/' fill2; row FJI planned 2019-05-05; row FJI planned 2019-05-05; } >merged.csv
check 'A, B, A, A in three chunks, behind one that is there' 0 "$(put merged.csv)"
check '… are three revisions' 'planned in-progress planned' "$(levels FJI 2019-05-05)"
check '… counted' 1 "$(said 'added 9001, superseded 2, skipped 2 already there')"

# Years 1900 to 2199 are taken, and found in tables.
rectrack record Nigeria 'II.A.1(a)' implemented --as-of 1900-01-01 -q
rectrack record Kenya 'II.A.1(a)' planned --as-of 2199-12-31 -q
check 'the first and the last day count' 'KEN planned 2199-12-31 NGA implemented 1900-01-01' \
    "$(rectrack report crosstab --rows state,level --cols date --where 'state in (NGA, KEN) and recommendation = II.A.1(a)' --as-of 2199-12-31 \
        --layout long -f csv | awk -F, '$3 == 1 && $1 != "total" && $2 != "total" { sub(" / ", " ", $1); print $1, $2 }' | paste -s -d ' ')"
check 'the ledger is sound' 0 "$(code rectrack verify)"
finish
