#!/bin/sh
# The README's first table: types each of its commands at a terminal and compares what is said with the page; then, what can be
# known beforehand of the commands that a newcomer gives.  TAP.
set -u
rectrack() { "$RECTRACK" "$@"; }
cd "$RECTRACK_SOURCE" || exit 1
export RECTRACK_DATA="$HOME/first-session" RECTRACK_IDLE_SECONDS=30
unset RECTRACK_DB PGHOST PGDATABASE PGSERVICE PGPORT 2>/dev/null
trap 'rectrack db stop -q; rm -rf "$RECTRACK_DATA"' EXIT
number=0
failed=0
# check NAME EXPECTED ACTUAL
check() {
    number=$((number + 1))
    if [ "$2" = "$3" ]; then
        echo "ok $number - $1"
    else
        failed=$((failed + 1))
        echo "not ok $number - $1"
        printf '%s\n' "expected: $2" "got: $3" | sed 's/^/# /'
    fi
}

# ---- the page: commands behind "$", below them what a terminal of 100 columns shows; before them a file in the same way
page=$(mktemp -d "${TMPDIR:-/tmp}/rectrack-page.XXXXXX")
trap 'rectrack db stop -q; rm -rf "$RECTRACK_DATA" "$page"' EXIT
mkdir "$page/bin" && ln -s "$RECTRACK" "$page/bin/rectrack" && ln -s "$RECTRACK_SOURCE/fixtures" "$page/fixtures"
# A number of a batch may stay unused, so that the page's and today's may differ; positions may not.
mask() { sed -E -e 's/[0-9-]{10}T[0-9:.]+Z/<moment>/g' -e 's/(<moment> by rectrack).*/\1/' -e 's/(batch|undo|recorded) [0-9]+/\1 <batch>/g' -e '/^$/d' -e '/made the embedded database/d' -e 's/[0-9a-f]{64}/<digest>/'; }
finish_command() {
    [ -n "$command" ] || return 0
    (cd "$page" && PATH="$page/bin:$PATH" TERM=dumb LC_ALL=C.UTF-8 script -qec "stty cols 100; $command" /dev/null </dev/null) |
        tr -d '\r' | mask >"$page/shown"
    check "README: $command" "$(mask <"$page/said")" "$(cat "$page/shown")"
    command=
}
rectrack init -q 2>/dev/null
command=
sed -n '/^## Your first table/,/^## What goes in/s/^    //p' README.md >"$page/block"
while IFS= read -r line; do
    case $line in
    'state,'*)
        finish_command
        into="$page/replies.csv"
        printf '%s\n' "$line" >"$into"
        ;;
    '$ '*)
        finish_command
        command=${line#'$ '}
        into="$page/said"
        : >"$into"
        ;;
    *) printf '%s\n' "$line" >>"$into" ;;
    esac
done <"$page/block"
finish_command
check 'what was asked for as files is there' 'italy.txt matrix.html progress.xlsx' "$(cd "$page" && echo *.txt *.html *.xlsx)"
check 'the page has its commands' 10 "$(grep -c '^\$ ' "$page/block")"
rectrack db stop -q
rm -rf "$RECTRACK_DATA"

# ---- and what can be known beforehand
rectrack import document fixtures/documents/ctoc-cop-wg7-2018-l1-add1.txt --symbol CTOC/COP/WG.7/2018/L.1/Add.1 -q
check 'the report is stored' 0 $?
# 9 + 7 items under two chapeaux, counted in the document.
check 'it has 16 recommendations' 17 "$(rectrack list recommendations --format csv | wc -l)"
check 'from II.A.1(a)' 'CTOC/COP/WG.7/2018/L.1/Add.1,II.A.1(a)' "$(rectrack list recommendations --format csv | sed -n 2p | cut -d, -f1,2)"
check 'to II.B.2(g)' 'CTOC/COP/WG.7/2018/L.1/Add.1,II.B.2(g)' "$(rectrack list recommendations --format csv | tail -n 1 | cut -d, -f1,2)"
check 'the 14 States that made statements' 'BRA CUB DOM DZA EGY FJI ITA MAR MEX NGA SDN TUR USA VEN' \
    "$(rectrack show CTOC/COP/WG.7/2018/L.1/Add.1 --format json | sed -n 's/.*"statements": "\(.*\)".*/\1/p')"

rectrack record Italy 'II.A.1(a)' implemented --as-of 2026-09-30 --channel note-verbale --source 'NV 123/2026' -q
check 'a status of Italy' 0 $?
said=$(rectrack record 'Côte d’Ivoire' 'II.A.1(a)' planned --as-of 2026-09-30 2>&1)
check 'a State that is not a Party is stored and told' 1 "$(echo "$said" | grep -c 'not a Party')"
rectrack record Brasil 'II.B.2(g)' 'Partially implemented' --as-of 2026-10-05 -q
check 'a level by its label, a State in Portuguese spelling of the register' 0 $?

# 143 Parties in the register, of which 25 are Western European and other States and 30 Latin American and Caribbean, counted
# with: awk over treaty_participation.csv and states.csv.
groups=$(rectrack report groups --as-of 2026-11-24 --format csv)
expected=$(awk -F, '
    FNR == NR { if ($1 == "UNTOC-SOM") party[$2] = 1; next }
    FNR > 1 && ($1 in party) { count[$7 == "" ? "none" : $7]++; all++ }
    END { for (g in count) print g "=" count[g] * 16; print "total=" all * 16 }' \
    fixtures/register/treaty_participation.csv fixtures/register/states.csv | sort)
check 'the population of each group' "$expected" "$(echo "$groups" | sed 1d | awk -F, '{ print $1 "=" $NF }' | sort)"
check 'one implemented, one partially, among all' 'total,Total,1,1,0,0,0,0,2286,2288' "$(echo "$groups" | tail -n 1)"

cross=$(rectrack report crosstab --rows recommendation --cols level --measure states --where 'state = Italy' --as-of 2026-11-24 --format csv)
check 'the cross-tabulation of one State' 'total,Total,1,0,0,0,0,0,1,1' "$(echo "$cross" | tail -n 1)"
check 'show a State' 1 "$(rectrack show Italy --format table | grep -c '^State: Italy')"
rectrack verify -q >/dev/null
check 'the ledger is intact' 0 $?
said=$(rectrack record Itly 'II.A.1(a)' implemented 2>&1)
check 'a misspelt State' 'rectrack: unknown State: "Itly". Did you mean "Italy"?' "$said"

# The same table later: a correction changes today's table, not the one known before.
known=$(rectrack show 5 --format json | sed -n 's/.*"recorded_at": "\(.*\)".*/\1/p')
before=$(rectrack report groups --as-of 2026-11-24 --format csv)
rectrack record Italy 'II.A.1(a)' planned --as-of 2026-09-30 -q
check 'a correction changes the table' 1 "$(test "$before" != "$(rectrack report groups --as-of 2026-11-24 --format csv)" && echo 1)"
check 'the table known before it stays' "$before" "$(rectrack report groups --as-of 2026-11-24 --known-at "$known" --format csv)"
echo "1..$number"
[ "$failed" = 0 ]
