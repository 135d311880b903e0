#!/bin/sh
# What was published stays: after every kind of change, each earlier table is made again with its known-at, byte for byte, in every
# format; and what changed is counted by hand.
. "$(dirname "$0")/tap.shlib"
cd "$work" || exit 1
cp "$report" report.txt
made='csv:progress csv:matrix csv:trend csv:profile:Italy csv:changes:--from:2019-01-01 csv:groups:--compare:2019-12-31
    csv:crosstab:--rows:regional_group,state:--cols:level:--kind:both:--measure:count,row-percent
    json:sessions table:groups markdown:silent html:matrix xlsx:matrix'

# tables FOLDER OPTION...: tables as of one day, every format among them.
tables() {
    folder=$1
    shift
    mkdir "$folder"
    for table in $made; do
        format=${table%%:*}
        # shellcheck disable=SC2046
        rectrack report $(echo "${table#*:}" | tr ':' ' ') --as-of 2026-06-30 "$@" -f "$format" -o "$folder/$(echo "$table" | tr ':,' '__')" ||
            echo "# $table"
    done
}

# step NAME: keeps the tables that stand after it, and what to ask for to see them again.
steps=
step() {
    steps="$steps $1"
    tables "$1"
    rectrack db psql -- -XAtc "SELECT to_char(max(recorded_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM rectrack.batch" >"$1.moment"
}
# pairs LEVEL: how many there are now.
pairs() { rectrack report groups --as-of 2026-06-30 -f csv | awk -F, -v level="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == level) column = i } END { print $column }'; }

rectrack import document report.txt --symbol "$symbol" -q
printf '%s\n' 'state,recommendation,level,as_of,channel,source' 'Italy,II.A.1(a),planned,2019-03-01,letter,first' \
    'Italy,II.A.1(b),in-progress,2019-03-01,letter,first' 'France,II.A.1(a),implemented,2020-05-01,questionnaire,q' \
    'Fiji,II.A.1(a),implemented,2021-01-01,statement,s' >first.csv
rectrack import status first.csv -q
step first
check 'two implemented at first' 2 "$(pairs implemented)"

id=$(rectrack show --cell France 'II.A.1(a)' -f csv | awk -F, '$2 == "yes" { print $1 }')
check 'a record is corrected' 0 "$(code rectrack amend "$id" --level partially-implemented --reason 'read wrongly')"
step amended
check 'one implemented after the correction' 1 "$(pairs implemented)"
rectrack record Italy 'II.A.1(a)' implemented --as-of 2018-12-31 -q
step late
check 'a late reply that speaks of an earlier day does not count' planned "$(rectrack show --cell Italy 'II.A.1(a)' --as-of 2026-06-30 -f csv | awk -F, '$2 == "yes" { print $4 }')"
id=$(rectrack show --cell Italy 'II.A.1(a)' -f csv | awk -F, '$2 == "yes" { print $1 }')
check 'a record is withdrawn' 0 "$(code rectrack withdraw "$id" --reason 'sent by mistake')"
step withdrawn
check 'and the pair falls back to the late reply' implemented "$(rectrack show --cell Italy 'II.A.1(a)' --as-of 2026-06-30 -f csv | awk -F, '$2 == "yes" { print $4 }')"
printf '%s\n' 'state,recommendation,level,as_of' 'Egypt,II.A.1(a),implemented,2022-01-01' 'Egypt,II.A.1(b),implemented,2022-01-01' >wrong.csv
rectrack import status wrong.csv -q
step wrong
check 'a batch goes in' 4 "$(pairs implemented)"
check 'and is undone' 0 "$(code rectrack undo --reason 'of another State')"
step undone
check 'so that it does not count' 2 "$(pairs implemented)"

# The register: a State gets another name, one becomes a Party, one has withdrawn.
sed -n '1p; s/^ITA,IT,380,Italy,/ITA,IT,380,Italian Republic,/p' "$RECTRACK_SOURCE/fixtures/register/states.csv" >renamed.csv
check 'a State is renamed' 0 "$(code rectrack import states renamed.csv)"
step renamed
check '… and the table says so' 1 "$(rectrack report states -f csv | grep -c '^ITA,Italian Republic,')"
printf '%s\n' 'instrument,iso3,deposited_on,action,source,withdrawn_on' 'UNTOC-SOM,CIV,2020-01-01,accession,test,' \
    'UNTOC-SOM,FRA,2002-10-29,ratification,test,2024-01-01' 'UNTOC-SOM,EUE,2030-01-01,approval,test,' >parties.csv
check 'Parties come and go' 0 "$(code rectrack import parties parties.csv)"
step parties
# 143 Parties before; Côte d'Ivoire in, France and the European Union out.
check '… so that 142 are asked 16 recommendations' 2272 "$(pairs total)"
check '… 143 on a day before France withdrew' 2288 "$(rectrack report groups --as-of 2023-12-31 -f csv | tail -n 1 | awk -F, '{ print $NF }')"
check '… and 142 before Cote d’Ivoire acceded' 2272 "$(rectrack report groups --as-of 2019-12-31 -f csv | tail -n 1 | awk -F, '{ print $NF }')"
check '… nobody before the adoption' 0 "$(rectrack report groups --as-of 2018-07-03 -f csv | tail -n 1 | awk -F, '{ print $NF }')"
printf '%s\n' 'document,reference,text,addressees,themes' "$symbol,II.B.2(g),Encourage all,ITA FRA,CL3" >named.csv
check 'a recommendation is addressed to two States' 0 "$(code rectrack import recommendations named.csv)"
step named
# 15 x 142, and Italy, for France has withdrawn.
check '… of which one is a Party' 2131 "$(pairs total)"
check '… and the note says how it came about' 1 "$(rectrack report groups --as-of 2026-06-30 -f table | grep -c 'recommendations to named States: 1; pairs: 1')"
sed 's/^Draft Report$/Report/; s/^Addendum$//; s/4 July 2018/6 July 2018/' report.txt >final.txt
check 'the final report supersedes the draft' 0 "$(code rectrack import document final.txt --symbol CTOC/COP/WG.7/2018/4 --supersedes "$symbol" --yes)"
step final
check '… and asks each Party sixteen times' $((16 * 142)) "$(pairs total)"
check '… with what was said of the draft' 2 "$(pairs implemented)"
check 'init changes nothing of it' 0 "$(code rectrack init)"

for step in $steps; do
    tables "$step.again" --known-at "$(cat "$step.moment")"
    check "the tables after \"$step\" are made again, byte for byte" "$(echo $made | wc -w) same" \
        "$(ls "$step.again" | wc -l) $(diff -rq "$step" "$step.again" >/dev/null && echo same)"
done
tables now
check 'the tables of today too' same "$(diff -rq now final.again >/dev/null && echo same)"
check 'and are others than at first' 1 "$(cmp -s now/csv_progress first/csv_progress || echo 1)"

# By hand: France was corrected from implemented; Italy's planned was withdrawn, so that its late reply counts.
check 'what corrections and late replies have changed on one day' 'FRA implemented partially-implemented ITA planned implemented' \
    "$(echo $(rectrack diff --from 2026-06-30 --to 2026-06-30 --known-from "$(cat first.moment)" --known-at "$(cat undone.moment)" -f csv |
        sed 1d | awk -F, '{ print $1, $4, $6 }'))"
check '… and the records that did' 2 "$(rectrack diff --from 2026-06-30 --to 2026-06-30 --known-from "$(cat first.moment)" \
    --known-at "$(cat undone.moment)" -f csv | sed 1d | grep -c ',[0-9.]*[0-9]$')"

# What happened to one cell, and why.
history=$(rectrack history Italy 'CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a)' -f csv)
check 'the history has its three events' 'recorded recorded withdrawn' "$(echo "$history" | sed 1d | cut -d, -f5 | tr '\n' ' ' | sed 's/ $//')"
check '… and why' 1 "$(echo "$history" | grep -c 'sent by mistake')"
check 'the final recommendation has the history of its draft' 3 \
    "$(rectrack history Italy 'CTOC/COP/WG.7/2018/4:II.A.1(a)' -f csv | sed 1d | wc -l)"
cell=$(rectrack show --cell Italy 'II.A.1(a)' --document CTOC/COP/WG.7/2018/4 -f csv)
check 'behind the cell stand both records' 2 "$(echo "$cell" | sed 1d | wc -l)"
check '… and which does not count, and why' 1 "$(echo "$cell" | grep -c 'no: withdrawn: sent by mistake')"
cell=$(rectrack show --cell Italy 'CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a)' --known-at "$(cat late.moment)" -f csv)
check 'before it was withdrawn it counted' planned "$(echo "$cell" | awk -F, '$2 == "yes" { print $4 }')"
check '… and superseded the late reply' 1 "$(echo "$cell" | grep -c 'no: superseded by .*, of a later day')"
cell=$(rectrack show --cell Egypt 'CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a)' -f csv)
check 'an undone record says so' 1 "$(echo "$cell" | grep -c 'no: its batch was undone: of another State')"
cell=$(rectrack show --cell France 'CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(a)' --as-of 2020-04-30 --known-at "$(cat first.moment)" -f csv)
check 'a record of a later day says so' 1 "$(echo "$cell" | grep -c 'no: speaks of a day after 2020-04-30')"
check '… and one recorded later' 1 "$(echo "$cell" | grep -c 'no: recorded later, at ledger position')"
finish
