#!/bin/sh
# Reports from file to database: what options and text decide, what is refused, and the file for review.
. "$(dirname "$0")/tap.shlib"
families=$RECTRACK_SOURCE/tests/data/documents/families
cd "$work" || exit 1

# ---- symbol, instrument, addressees
check 'a report that says its symbol needs none' 0 "$(code rectrack import document "$families/working-group-es.txt")"
check '… and its conference tells the instrument' UNTOC "$(rectrack show CTOC/COP/WG.9/2032/4 --format json | sed -n 's/.*"instrument": "\(.*\)".*/\1/p')"
check '… its four speakers are stored' 'ATG FJI ITA TTO' "$(rectrack show CTOC/COP/WG.9/2032/4 --format json | sed -n 's/.*"statements": "\(.*\)".*/\1/p')"
check 'another text under a symbol that is taken is refused' 65 "$(code rectrack import document "$families/working-group-en.txt")"
check '… and told' 1 "$(said 'another text is stored as "CTOC/COP/WG.9/2032/4" already')"
check 'a symbol that the text contradicts is taken' 0 "$(code rectrack import document "$families/working-group-en.txt" --symbol CTOC/COP/WG.9/2032/5)"
check '… and told with its line' 1 "$(said 'working-group-en.txt:1: the document says that its symbol is "CTOC/COP/WG.9/2032/4"; "CTOC/COP/WG.9/2032/5" is taken, as given')"
check '… and what is left out is told' 1 "$(said 'working-group-en.txt:57: 2 lines of footnotes left out')"
check 'the State under review is the addressee' 0 "$(code rectrack import document "$families/periodic-review-fr.txt")"
check '… of each recommendation' 'CIV CIV CIV CIV' \
    "$(rectrack list recommendations --document A/HRC/88/7 --format csv | sed 1d | awk -F, '{ print $5 }' | tr '\n' ' ' | sed 's/ $//')"
check '… and alone in the population' 1 \
    "$(rectrack report crosstab --rows state --cols level --where 'document = A/HRC/88/7 and recommendation = II.6.1' --measure states --as-of 2033-01-01 --format csv | tail -n 1 | awk -F, '{ print $NF }')"
check 'a State that nobody knows is refused' 65 "$(code rectrack import document "$RECTRACK_SOURCE/tests/data/documents/periodic-review.txt")"
check '… with what to do' 1 "$(said 'Say with --addressees whom its recommendations are addressed to')"
check 'unless it is said' 0 "$(code rectrack import document "$RECTRACK_SOURCE/tests/data/documents/periodic-review.txt" --addressees 'Fiji ITA Italie')"
check '… each once' 'FJI ITA' "$(rectrack list recommendations --reference A/HRC/99/7:II.6.1 --format csv | sed 1d | awk -F, '{ print $5 }')"
check 'a report without a symbol is refused' 65 "$(code rectrack import document "$report")"
check '… with what to do' 1 "$(said 'Give it with --symbol')"

# ---- review
check 'a report for review' 0 "$(code rectrack import document "$families/concluding-observations-en.txt" --review -o review.csv)"
check '… stores nothing' 65 "$(code rectrack show CHR/C/GMB/CO/4-5)"
# Six recommendations, counted in the document.
check '… writes a row for each' 7 "$(wc -l <review.csv)"
sed 's/Light its harbours/Light all its harbours/' review.csv >checked.csv
check 'checked and imported' 0 "$(code rectrack import recommendations checked.csv --new-documents)"
check '… they are there as corrected' 'CHR/C/GMB/CO/4-5,C.5(a),Light all its harbours,,GMB,,,,implementation' \
    "$(rectrack list recommendations --reference CHR/C/GMB/CO/4-5:C.5\(a\) --format csv | sed 1d)"
check 'a second import of the same file' 0 "$(code rectrack import document "$families/working-group-es.txt")"
check '… finds it there' 1 "$(said 'this very file is stored as CTOC/COP/WG.9/2032/4')"
# ---- Word documents and PDF files, made by an office suite
office=$RECTRACK_SOURCE/tests/data/documents/office
reads() { # WHAT FILE
    rectrack import document "$2" --review -o read.csv 2>"$work/said"
    check "$1" "$(cat "$office/report.csv")" "$(cat read.csv)"
    rm -f read.csv
}
reads 'a Word document' "$office/report.docx"
check '… its footnotes are left out, which is told' 1 "$(said 'report.docx:7: footnotes and endnotes left out: 2, the first here')"
check '… from standard input' "$(cat "$office/report.csv")" "$(rectrack import document - --review <"$office/report.docx" 2>/dev/null)"
check 'a damaged one' 65 "$(head -c 5000 "$office/report.docx" >damaged.docx && code rectrack import document damaged.docx)"
if command -v pdftotext >/dev/null; then
    reads 'a PDF file' "$office/report.pdf"
    check '… its footnotes are left out, which is told' 1 "$(said '2 lines of footnotes left out, the first: "1 Adopted on 4 May 2034."')"
    printf '%%PDF-1.7\nnothing that follows is of a PDF file\n' >damaged.pdf
    check 'a damaged one' 65 "$(code rectrack import document damaged.pdf)"
    check '… is told with what to do' 1 "$(said 'damaged.pdf: "pdftotext" ended with 1')"
else
    for name in 'a PDF file' '… its footnotes are left out' 'a damaged one' '… is told'; do skip "$name" 'pdftotext is not installed'; done
fi
check 'a PDF file without pdftotext' 78 "$(code env PATH=/nowhere "$RECTRACK" import document "$office/report.pdf")"
check '… is told with the package to install' 1 "$(said 'Install the package poppler-utils')"
check 'an old Word file' 65 "$(printf '\320\317\021\340\241\261\032\341%0600d' 0 >old.doc && code rectrack import document old.doc)"
if [ -n "${RECTRACK_TEST_ALL:-}" ] && command -v soffice >/dev/null && command -v pdftotext >/dev/null; then
    for ending in docx pdf; do
        timeout 200 soffice "-env:UserInstallation=file://$work/office" --headless --convert-to $ending --outdir converted "$office/report.fodt" >/dev/null 2>&1
        reads "the report as LibreOffice makes it now: $ending" converted/report.$ending
    done
else
    for ending in docx pdf; do skip "the report as LibreOffice makes it now: $ending" 'only with --all'; done
fi

check 'the ledger is intact' 0 "$(code rectrack verify)"
finish
