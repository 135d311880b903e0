#!/bin/sh
# What a person at a terminal sees, and what programs and files get instead: colours, questions, locales.
. "$(dirname "$0")/tap.shlib"
unset NO_COLOR
export TERM=xterm-256color LC_ALL=C.UTF-8
escape=$(printf '\033')
cd "$work" || exit 1
rectrack import document "$report" --symbol "$symbol" -q
rectrack record Italy 'II.A.1(a)' implemented --as-of 2026-09-30 -q
matrix="report matrix --as-of 2026-11-24 --where 'state = Italy'"

# on_terminal COMMAND: as a terminal of 100 columns gets it, without the CR before each line end. The code goes to $work/code.
on_terminal() {
    script -qec "stty cols 100; $1; echo \$? >$work/code" /dev/null </dev/null | tr -d '\r'
}
coloured() { grep -c -F -- "$escape["; }

# ---- colours
# 29 is the colour of xterm's table that is nearest to #1b7837, the green of "implemented"; 16 is black.
check 'a letter has its colour on a terminal' 1 \
    "$(on_terminal "'$RECTRACK' $matrix" | grep -c -F "$escape[48;5;29;38;5;16mI     $escape[0m")"
check '… and nothing else' 1 "$(on_terminal "'$RECTRACK' $matrix" | coloured)"
check 'no colour with NO_COLOR' 0 "$(on_terminal "NO_COLOR=1 '$RECTRACK' $matrix" | coloured)"
check '… unless it is empty' 1 "$(on_terminal "NO_COLOR= '$RECTRACK' $matrix" | coloured)"
check 'no colour on a dumb terminal' 0 "$(on_terminal "TERM=dumb '$RECTRACK' $matrix" | coloured)"
check 'no colour with --color never' 0 "$(on_terminal "'$RECTRACK' $matrix --color never" | coloured)"
check 'always is stronger than NO_COLOR' 1 "$(on_terminal "NO_COLOR=1 '$RECTRACK' $matrix --color=always" | coloured)"
check 'no colour in a pipe' 0 "$(eval "rectrack $matrix -f table" | coloured)"
check '… unless always' 1 "$(eval "rectrack $matrix -f table --color always" | coloured)"
on_terminal "'$RECTRACK' $matrix -f table -o table.txt" >/dev/null
check 'no colour in a file' 0 "$(coloured <table.txt)"
check 'no colour in csv, always or not' 0 "$(eval "rectrack $matrix -f csv --color always" | coloured)"
check 'without colour the same table' "$(cat table.txt)" \
    "$(eval "rectrack $matrix -f table --color always" | sed "s/$escape\[[0-9;]*m//g; s/ *\$//")"
check 'another word is refused' 2 "$(code rectrack list scales --color green)"
check '… with those that there are' 1 "$(said 'Write auto, always or never.')"

# ---- messages
check 'an error stands out on a terminal' \
    "$escape[1;31mrectrack:$escape[0m unknown State: \"Itly\". $escape[36mDid you mean \"Italy\"?$escape[0m" \
    "$(on_terminal "'$RECTRACK' show Itly")"
check '… and ends as elsewhere' 65 "$(cat code)"
check 'a note too' 1 "$(on_terminal "'$RECTRACK' record Chad 'II.A.1(a)' planned" | grep -c -F "rectrack: $escape[1;33mnote:$escape[0m Chad")"
check 'an error in a pipe is plain' 'rectrack: unknown State: "Itly". Did you mean "Italy"?' "$(rectrack show Itly 2>&1)"
check 'a wrong option is told in colour too' 1 "$(on_terminal "'$RECTRACK' --color always lst" | coloured)"

# ---- questions
sed 's/Add\.1/Add.2/' "$report" >later.txt
check 'nobody to ask: refused' 2 "$(code rectrack import document later.txt --symbol X/2 --supersedes "$symbol" </dev/null)"
on_terminal "timeout 20 '$RECTRACK' import document later.txt --symbol X/2 --supersedes $symbol --no-input" >said
check '--no-input on a terminal: refused, not asked' 2 "$(cat code)"
check '… and told how' 1 "$(grep -c -F 'give --yes' said)"
check '… with nothing stored' 0 "$(rectrack list documents | grep -c X/2)"

# ---- locales
rectrack report profile Italy --as-of 2026-11-24 --lang zh -f table >expected.txt
for locale in C POSIX en_US.UTF-8 de_DE.ISO-8859-1 xx_XX; do
    check "the same with the locale $locale" "$(cat expected.txt)" \
        "$(LC_ALL=$locale timeout 20 "$RECTRACK" report profile Italy --as-of 2026-11-24 --lang zh -f table)"
done
check 'a name in any script with the locale C' 0 "$(code env LC_ALL=C "$RECTRACK" record 'Côte d’Ivoire' 'II.A.1(a)' planned)"
if [ -z "${RECTRACK_TEST_TOOL:-}" ]; then
    check 'a closed standard output' 74 "$("$RECTRACK" list scales 2>"$work/said" >&-; echo $?)"
    check '… is said' 1 "$(grep -c 'cannot write to standard output: Bad file descriptor' "$work/said")"
else
    skip 'a closed standard output' "$RECTRACK_TEST_TOOL opens what is closed"
fi
finish
