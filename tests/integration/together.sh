#!/bin/sh
# Imports at the same time: of one file, one adds and the other finds nothing new; of files that overlap, each row is there
# once, whatever their order. Nobody is refused for it.
. "$(dirname "$0")/tap.shlib"
rectrack import document "$report" --symbol "$symbol" -q
cd "$work" || exit 1

# ROWS FROM YEAR: rows number FROM, FROM + 1, …; all differ.
rows() {
    awk -F, -v OFS=, -v rows="$1" -v from="$2" -v year="$3" -v note="$4" 'FNR > 1 { iso[n++] = $1 }
        END { for (i = from; i < from + rows; i++)
            print iso[i % n], "II.B.2(" substr("abcdefg", int(i / n) % 7 + 1, 1) ")", "planned", sprintf("%d-%02d-%02d", year, int(i / n / 7) % 12 + 1, int(i / n / 84) + 1), note i }' \
        "$RECTRACK_SOURCE/fixtures/register/states.csv"
}
head=state,recommendation,level,as_of,note
# Starts the imports of all files at the same moment: they wait for a line from a pipe.
mkfifo gate
exec 8<>gate
together() { # FILE…
    started=0
    processes=
    codes=
    for file in "$@"; do
        started=$((started + 1))
        sh -c 'read -r line <gate; exec "$0" import status "$1" 2>"$2"' "$RECTRACK" "$file" "said.$started" &
        processes="$processes $!"
    done
    sleep 0.2
    for file in "$@"; do echo go; done >&8
    for process in $processes; do
        wait "$process"
        codes="$codes $?"
    done
    codes=${codes# }
}
added() { cat said.? | sed -n 's/^.*: added \([0-9]*\), superseded 0,.*/\1/p' | sort -n | tr '\n' ' '; }
stored() { rectrack db psql -- -qXAt -c 'SELECT count(*) FROM rectrack.status_record'; }

total=0
for round in 1 2 3 4 5; do
    { echo $head; rows 700 0 $((2000 + round)) n; } >one.csv
    rm -f said.?
    together one.csv one.csv
    total=$((total + 700))
    check "round $round: two imports of one file both end well" '0 0' "$codes"
    check '… one adds, the other nothing' 1 "$(case $(added) in '0 700 ' | '700 ') echo 1 ;; *) added ;; esac)"
    check '… each row is there once' $total "$(stored)"
done

# Four files, each half of the next, in four orders.
for part in 0 1 2 3; do { echo $head; rows 600 $((part * 300)) 2010 n | if [ $((part % 2)) = 0 ]; then cat; else tac; fi; } >part$part.csv; done
rm -f said.?
together part0.csv part1.csv part2.csv part3.csv
total=$((total + 1500))
check 'four that overlap' '0 0 0 0' "$codes"
check '… each row is there once' $total "$(stored)"

# Files of several chunks in opposite orders lock rows in opposite orders: the server ends one, which begins anew.
note=$(awk 'BEGIN { for (i = 0; i < 130; i++) printf "long words " }')
rows 9000 0 2011 "$note" >all
{ echo $head; cat all; } >up.csv
{ echo $head; tac all; } >down.csv
rm -f said.?
together up.csv down.csv
total=$((total + 9000))
check 'two in opposite orders' '0 0' "$codes"
check '… each row is there once' $total "$(stored)"
check 'the ledger is sound' 0 "$(code rectrack verify)"
finish
