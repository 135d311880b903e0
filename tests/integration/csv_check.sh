#!/bin/sh
# import csv-check: what an importer sees of a CSV file, and RFC 4180 to the letter with --raw. The expected arrays are
# written by hand after the rules of RFC 4180, section 2.
. "$(dirname "$0")/tap.shlib"
cd "$work" || exit 1

# sees [--raw] BYTES EXPECTED NAME: the JSON on one line, or the exit code and message when refused. BYTES are printf's.
sees() {
    raw=
    [ "$1" != --raw ] || { raw=$1; shift; }
    printf "$1" >in.csv
    rectrack import csv-check $raw in.csv >out.json 2>said
    code=$?
    [ $code = 0 ] || { [ ! -s out.json ] || echo 'a refused file left output'; echo "$code $(sed 's/^rectrack: //' said)"; } >>out.json
    check "${raw:+raw: }$3" "$2" "$(if [ $code = 0 ]; then tr -d '\n' <out.json; else cat out.json; fi)"
}

# ---- what an importer sees
sees 'a,b\n1,2\n' '[["a","b"],["1","2"]]' 'commas'
sees 'a;b\n1,5;2\n' '[["a","b"],["1,5","2"]]' 'semicolons are found'
sees 'a\tb\n1;2\t3,4\n' '[["a","b"],["1;2","3,4"]]' 'tabs are found'
sees 'sep=;\na;b\n1;2\n' '[["a","b"],["1","2"]]' 'a line that names the delimiter'
sees '\357\273\277a,b\r\n\303\251,\344\270\255\r\n' '[["a","b"],["é","中"]]' 'a byte order mark and CRLF'
sees 'a,b\r1,2\r3,4' '[["a","b"],["1","2"],["3","4"]]' 'lone CR, and no line end at the end'
sees '\na,b\n\n\n1,2\n\n' '[["a","b"],["1","2"]]' 'blank lines are passed over'
sees 'a,b,\n1,2,\n3,4,""\n' '[["a","b"],["1","2"],["3","4"]]' 'an empty last column without a name'
sees 'a,b\n" 1 ","x""y\nz"\n,""\n' '[["a","b"],[" 1 ","x\"y\nz"],["",""]]' 'spaces, quotes, line breaks, empty fields'
sees 'a\n\001\t\\\n' '[["a"],["\u0001\t\\"]]' 'control characters and backslashes'
sees 'a,b\n1\n' '65 in.csv:2: the row has 1 field, the header has 2. Give every field its place, the empty ones too.
1 of 1 rows would be refused. Mend the rows named above.' 'a short row is refused'
sees 'a,b\n\n"1\n2",3,4\n' '65 in.csv:4:6: the row has 3 fields, the header has 2. Put values that hold the delimiter in double quotes.
1 of 1 rows would be refused. Mend the rows named above.' 'a long row is refused, lines counted through blank ones and quotes'
sees 'a,b,\n1,2,3\n' '65 in.csv:2:5: a value in a column without a name: "3". Name the column in the header, or take the value out.
1 of 1 rows would be refused. Mend the rows named above.' 'a value under no name is refused'
sees 'a,b,a\n' '65 in.csv:1:5: column "a" is there twice. Take one of them out.' 'a name that is there twice is refused'
sees 'a,,b\n' '65 in.csv:1:3: column 2 has no name. Name it, or take the column out.' 'a column without a name between others is refused'
sees '' '65 in.csv: the file is empty.' 'an empty file is refused'
sees 'a\n"1\n' '65 in.csv:2:1: the double quote that opens this value is never closed. Close it, and double the quotes inside the value: "say ""yes""".' 'an open quote is refused'
sees 'a\nx"1"\n' '65 in.csv:2:2: a double quote stands inside a value that is not in quotes. Put the whole value in double quotes and double those inside it: "say ""yes""".' 'a stray quote is refused'
sees 'a\ncaf\351\n' '65 in.csv:2:4: the text is not UTF-8: byte 0xE9; it looks like Windows-1252 or Latin-1. In the spreadsheet, save it as "CSV UTF-8".' 'Latin-1 is refused by name'
sees '\377\376a\000\n\000' '65 in.csv: the file is UTF-16 text, not UTF-8. In the spreadsheet, save it as "CSV UTF-8".' 'UTF-16 is refused by name'
sees 'a\n1\0002\n' '65 in.csv:2:2: the file holds a NUL byte. Take it out, or save the file anew as "CSV UTF-8".' 'NUL is refused'
check 'a file that is not there' 66 "$(code rectrack import csv-check nothing.csv)"
check 'standard input' '[["a"],["1"]]' "$(printf 'a\n1\n' | rectrack import csv-check - | tr -d '\n')"
printf 'a\n1\n' >in.csv
check 'a full device' 74 "$(code sh -c '"$RECTRACK" import csv-check in.csv >/dev/full')"
check 'no database was made' '' "$(ls "$RECTRACK_DATA" 2>/dev/null)"

# ---- RFC 4180 to the letter
sees --raw 'aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n' '[["aaa","bbb","ccc"],["zzz","yyy","xxx"]]' 'each record on its line'
sees --raw 'aaa,bbb\r\nzzz,yyy' '[["aaa","bbb"],["zzz","yyy"]]' 'the last line end may be missing'
sees --raw 'a,a\n1,2\n' '[["a","a"],["1","2"]]' 'no header rules'
sees --raw ' a , b\n' '[[" a "," b"]]' 'spaces belong to a field'
sees --raw '"aaa","b\r\nbb","c,c"\r\n' '[["aaa","b\r\nbb","c,c"]]' 'line breaks and commas in quotes'
sees --raw '"a""b",""""\n' '[["a\"b","\""]]' 'doubled quotes'
sees --raw '"",a,\n,\n' '[["","a",""],["",""]]' 'empty fields'
sees --raw 'a\n\nb\n' '[["a"],[""],["b"]]' 'an empty line is a row of one empty field'
sees --raw '\n' '[[""]]' '… also alone'
sees --raw '\r\r\n\n' '[[""],[""],[""]]' '… whatever ends it'
sees --raw '""\n' '[[""]]' '… as is an empty value in quotes'
sees --raw '' '[]' 'an empty file has no rows'
sees --raw 'a\nb,c\nd,e,f\n' '[["a"],["b","c"],["d","e","f"]]' 'rows of any width'
sees --raw 'a;b\tc\n' '[["a;b\tc"]]' 'only the comma delimits'
sees --raw 'sep=;\na;b\n' '[["sep=;"],["a;b"]]' 'a line "sep=" is text'
sees --raw 'a,b"c\n' '65 in.csv:1:4: a double quote stands inside a value that is not in quotes. Put the whole value in double quotes and double those inside it: "say ""yes""".' 'a stray quote is refused'
sees --raw '"a" ,b\n' '65 in.csv:1:4: text follows a closing double quote. Put the whole value in double quotes and double those inside it: "say ""yes""".' 'text after a closing quote is refused'
sees --raw 'a,"b\n' '65 in.csv:1:3: the double quote that opens this value is never closed. Close it, and double the quotes inside the value: "say ""yes""".' 'an open quote is refused'

# ---- a public suite: csv-spectrum, from the npm registry; its location_coordinates.csv has stray quotes and is no UTF-8.
if [ -n "${RECTRACK_TEST_ALL:-}" ]; then
    if npm pack --silent csv-spectrum >/dev/null 2>&1 && tar -xzf csv-spectrum-*.tgz; then
        for csv in package/csvs/*.csv; do
            name=$(basename "$csv" .csv)
            rectrack import csv-check --raw "$csv" >out.json 2>said
            if [ "$name" = location_coordinates ]; then
                check "csv-spectrum: $name, which is broken, is refused" 1 "$(grep -c "$csv:2:22: a double quote stands inside" said)"
            else
                check "csv-spectrum: $name" same "$(node -e '
                    const read = f => JSON.parse(require("fs").readFileSync(f));
                    const [head, ...rows] = read("out.json");
                    const records = rows.map(row => Object.fromEntries(row.map((value, i) => [head[i], value])));
                    require("assert").deepStrictEqual(records, read(`package/json/${process.argv[1]}.json`));
                    console.log("same")' "$name")"
            fi
        done
    else
        number=$((number + 1))
        echo "ok $number - csv-spectrum # SKIP npm cannot fetch it here"
    fi
fi
finish
