#!/bin/sh
# Nothing is lost: what `list` writes is what `import` reads, to the byte, into the same database and into an empty one,
# plain and for spreadsheets.
. "$(dirname "$0")/tap.shlib"
cd "$work" || exit 1
fixtures=$RECTRACK_SOURCE/fixtures/register
rectrack import document "$report" --symbol "$symbol" -q

put() { # KIND FILE
    if [ "$1" = recommendations ]; then set -- "$@" --new-documents; fi
    code rectrack import "$@"
}

# ---- the register as it is shipped: the same bytes
for file in states instruments scales themes; do
    check "$file are listed as they are shipped" same "$(rectrack list $file --format csv | cmp - "$fixtures/$file.csv" && echo same)"
done
check 'Parties too, with one column more' same \
    "$(rectrack list parties --format csv | sed -e 's/,$//' -e '1s/,withdrawn_on$//' | cmp - "$fixtures/treaty_participation.csv" && echo same)"

# ---- additions of every kind
head -n 1 "$fixtures/states.csv" >add-states.csv
printf 'ZZA,ZZ,007,"Zembla, ""the""\nkingdom",,true,,-Europe,=Northern,false,false,true\n' >>add-states.csv
printf 'iso3,lang,kind,name\nZZA,ar,short,زيمبلا\nZZA,ru,alias,"Зембла; ""З"""\nZZA,zh,short,赞巴拉\n' >add-names.csv
printf "code,title,adopted_on,in_force_on,treaty_reference\nT-1,'=A treaty,2001-01-01,,\n" >add-instruments.csv
printf 'instrument,iso3,deposited_on,action,source,withdrawn_on\nT-1,ZZA,,,,\nT-1,ITA,2002-02-02,accession,"@list\r\nof 2002",2020-01-01\n' >add-parties.csv
printf 'scale,code,label,letter,rank,weight,closes,colour,kind\nthree,yes,+Yes,Y,3,1.00,true,#1b7837,reported\nthree,no,No,N,1,,false,#9970ab,both\n' >add-scale.csv
printf 'code,label\nX1," a theme, spaced "\n' >add-themes.csv
printf 'document,reference,text,instrument,addressees,articles,themes,due_on,scale\nDOC/1,I.1,"First:\n- ""one"";\n- two",T-1,*,1 2,T01 X1,2027-01-01,three\nDOC/1,I.2,=2,,FRA ITA,,,,three\n' >add-recommendations.csv
kinds='states names instruments parties scale themes recommendations'
for kind in $kinds; do
    check "$kind are added" 0 "$(put $kind add-$kind.csv)"
done

# ---- status records of every sort of text, in the order in which they are listed. Quoted where RFC 4180 wants it, and at
# leading or trailing blanks.
awk 'function pick(n) { return int(rand() * n) }
    function field(s) { if (s ~ /[",\n\r]/ || s ~ /^ / || s ~ / $/) { gsub(/"/, "\"\"", s); return "\"" s "\"" } return s }
    function words(  s, n) { for (n = pick(5); n > 0; n--) s = s piece[1 + pick(pieces)]; return s }
    BEGIN {
        srand(20261126)
        pieces = split("=1+1|-|+49 1|@SUM(A1)|\x27|\x27=|\x27\x27-|007|0|NULL|\\N|\\.|,|;|\t|\"|\"\"| |\n|\r\n|\r|a b|é|ﬁ|中文|العربية|Русский|español ¿|हिन्दी|😀|\xe2\x80\xae|\xc2\xa0|\x01|＝x|%s|--|; DROP", piece, "|")
        split("ar en es fr ru zh", languages, " "); split("note-verbale questionnaire statement letter review other", channels, " ")
        n = split("AFG BRA CIV FRA ITA USA", states, " "); split("a b c d e f g h i", items, " ")
        split("implemented partially-implemented in-progress planned", levels, " ")
        print "state,recommendation,level,as_of,kind,received_on,channel,source,note,evidence,language"
        for (s = 1; s <= n; s++) for (i = 1; i <= 9; i++) for (k = 0; k < 2; k++) for (d = 1; d <= 3; d++) for (r = pick(3); r >= 0; r--)
            printf "%s,%s,%s,2019-0%d-1%d,%s,%s,%s,%s,%s,%s,%s\n", states[s], "CTOC/COP/WG.7/2018/L.1/Add.1:II.A.1(" items[i] ")",
                levels[1 + pick(4)], d, (r > 1), k ? "assessed" : "reported", pick(2) ? "2019-12-0" (1 + pick(9)) : "",
                pick(2) ? channels[1 + pick(6)] : "", field(words()), field(words() r), field(words()), pick(2) ? languages[1 + pick(6)] : ""
    }' >generated.csv
# The two days of one key come in the order of the days.
rectrack import status generated.csv 2>said
check 'generated records go in' 1 "$(grep -c 'added [0-9]*, superseded [0-9]*, skipped 0 already there$' said)"
rectrack list status --format csv >status.csv
sort_by_key() { rectrack import csv-check "$1" | LC_ALL=C sort; }
check 'they are all there, to the last character' same "$(sort_by_key generated.csv >one; sort_by_key status.csv >other; cmp one other && echo same)"

list_all() { # FOLDER OPTION...
    folder=$1
    shift
    mkdir -p "$folder"
    for kind in states names instruments parties themes recommendations status; do
        rectrack list $kind --format csv "$@" >"$folder/$kind.csv"
    done
    rectrack list scales --format csv "$@" >"$folder/scale.csv"
}
list_all first
for kind in $kinds status; do
    check "$kind listed and imported again change nothing" '0 1' "$(code rectrack import $kind first/$kind.csv) $(said 'added 0, superseded 0, skipped')"
done
list_all second
check 'the lists are the same bytes' same "$(diff -r first second && echo same)"

# ---- for spreadsheets
list_all excel --for excel
for kind in states instruments recommendations status; do
    check "$kind for a spreadsheet: no field begins a formula" 0 \
        "$(rectrack import csv-check excel/$kind.csv | grep -cE '(\[|,)"([[:space:]]|\\[tnr])*([=+@-]|＝)')"
    check '… a byte order mark, the guard told, and CRLF' 1 "$(head -n 1 excel/$kind.csv | grep -c "^$(printf '\357\273\277').*,guard$(printf '\r')\$")"
done
check 'a list without such texts has no guard' 0 "$(head -n 1 excel/themes.csv | grep -c guard)"
for kind in $kinds status; do
    check "$kind for a spreadsheet, imported again, change nothing" '0 1' "$(code rectrack import $kind excel/$kind.csv) $(said 'added 0, superseded 0, skipped')"
done
check 'leading zeros and points in numbers are guarded' "'007" "$(rectrack list states --state ZZA --format csv --for excel | sed -n 2p | cut -d, -f3)"
check 'tab-separated too' '0 1' "$(rectrack list status --format tsv --for excel >status.tsv; code rectrack import status status.tsv) $(said 'added 0, superseded 0, skipped')"
check 'JSON needs no guard' 2 "$(code rectrack list status --format json --for excel)"
check 'another program is not known' 2 "$(code rectrack list status --format csv --for word)"

# ---- saved anew by an office suite: semicolons, all texts quoted, no byte order mark
if [ -n "${RECTRACK_TEST_ALL:-}" ] && command -v soffice >/dev/null; then
    csv='Text - txt - csv (StarCalc)'
    timeout 200 soffice "-env:UserInstallation=file://$work/profile" --headless --infilter="$csv:44,34,76,1" \
        --convert-to "csv:$csv:59,34,76,1" --outdir saved excel/*.csv >/dev/null 2>&1
    check 'an office suite saves the files' 8 "$(ls saved | wc -l)"
    # It has line feeds for all line breaks inside a value, TRUE for true, and figures without their last zeros; nothing else
    # may change.
    sees() { rectrack import csv-check "$1" | sed -e 's/\\r/\\n/g' -e 's/\(\\n\)\{1,\}/\\n/g' -e 's/"TRUE"/"true"/g' -e 's/"FALSE"/"false"/g'; }
    for kind in states names instruments parties themes recommendations status; do
        check "$kind that it saved say the same" '' "$(sees excel/$kind.csv >one; sees saved/$kind.csv | diff one - | head -n 4)"
    done
    for kind in states names scale themes recommendations; do
        check "$kind that it saved change nothing" '0 1' "$(code rectrack import $kind saved/$kind.csv) $(said 'added 0, superseded 0, skipped')"
    done
fi

# ---- into an empty database
for source in first excel; do
    rectrack db stop -q
    export RECTRACK_DATA="$work/database-$source"
    rectrack init -q
    for kind in $kinds status; do
        check "$kind into an empty database, from $source" 0 "$(put $kind $source/$kind.csv)"
    done
    list_all third
    check '… gives the same bytes' same "$(diff -r first third && echo same)"
    check '… and a sound ledger' 0 "$(code rectrack verify)"
    rectrack db stop -q
done
export RECTRACK_DATA="$work/database"
finish
