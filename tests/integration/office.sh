#!/bin/sh
# Workbooks in an office suite: questionnaires that it fills in, tables that it opens, computes with and prints. Slow, and the suite
# is heavy: only where all tests are wanted.
. "$(dirname "$0")/tap.shlib"
if [ -z "${RECTRACK_TEST_ALL:-}" ] || ! command -v soffice >/dev/null; then
    echo 'ok 1 - workbooks in an office suite # SKIP all tests, with LibreOffice: ./quickstart check --all'
    echo 1..1
    exit 0
fi
rectrack import document "$report" --symbol "$symbol" -q
rectrack import status "$RECTRACK_SOURCE/fixtures/demo/status.csv" -q
cd "$work" || exit 1
export HOME="$work"
fill() { timeout 120 "$RECTRACK_SOURCE/tests/integration/office.py" fill profile "$@"; }
convert() { # FORMAT FILE
    timeout 120 soffice "-env:UserInstallation=file://$work/profile" --headless --convert-to "$1" "$2" >/dev/null 2>&1
}

# ---- a questionnaire: typed into, saved by the suite, read back
rectrack questionnaire --state Italy --as-of 2026-11-24 --lang es -o ITA.xlsx -q
check 'the suite opens a questionnaire and types into it' 'F5 open
G5 open
H5 open
I5 open
F6 open
G3 open
H3 open' "$(fill ITA.xlsx filled.xlsx 'F5=Aplicada parcialmente' 'G5=2026-09-30' 'H5=Decreto núm. 12; «=1+1»' 'I5=https://example.org/' \
    'F6=Aplicada' 'G3=2026-10-02' 'H3=Español')"
check 'what it saved is read' 0 "$(code rectrack import questionnaire filled.xlsx --received 2026-11-25)"
check '… both answers' 1 "$(said 'filled.xlsx: added 2, superseded 0, skipped 0 already there')"
check '… with their levels, days, note and evidence' 'II.A.1(a),partially-implemented,2026-09-30,reported,2026-11-25,questionnaire,filled.xlsx,Decreto núm. 12; «=1+1»,https://example.org/,es
II.A.1(b),implemented,2026-10-02,reported,2026-11-25,questionnaire,filled.xlsx,,,' \
    "$(rectrack list records --state ITA --format csv | grep filled.xlsx | sed 's/^[0-9.]*,ITA,[^:]*://' | sort)"
fill filled.xlsx untouched.xlsx >/dev/null
check 'saved once more it says the same' 0 "$(cp untouched.xlsx filled.xlsx; code rectrack import questionnaire filled.xlsx --received 2026-11-25)"
check '… nothing new' 1 "$(said 'added 0, superseded 0, skipped 2 already there')"
check 'a locked cell is locked' 'C7 locked' "$(fill ITA.xlsx forged.xlsx 'C7=Do nothing')"
check '… and a change in it is found after all' 65 "$(code rectrack import questionnaire forged.xlsx)"
check '… with its cell' 1 "$(said 'cell C7: this locked cell was changed: "Do nothing" instead of "Encourage')"
check 'the ledger holds' 0 "$(code rectrack verify)"

# ---- tables: what the suite shows is what our own CSV says
cat >compare.py <<'PYTHON'
import csv, sys
ours = list(csv.reader(open(sys.argv[1], encoding="utf-8", newline="")))[1:]
theirs = list(csv.reader(open(sys.argv[2], encoding="utf-8", newline="")))[4:]  # title, facts, legend, heads
width = len(ours[0])
theirs = [row[:width] for row in theirs[: len(ours)]]
print(f"{len(ours)} rows", "the same" if ours == theirs else next(pair for pair in zip(ours, theirs) if pair[0] != pair[1]))
PYTHON
as_shown='csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,true,false,false,1'
for table in 'progress 17' 'groups 7' 'matrix 144' 'states 144'; do
    name=${table% *}
    rectrack report "$name" --as-of 2026-11-24 -o "$name.xlsx" -q
    rectrack report "$name" --as-of 2026-11-24 -o "ours.csv" -q
    rm -f "$name"*.csv
    convert "$as_shown" "$name.xlsx"
    check "$name as the suite shows it" "${table#* } rows the same" "$(python3 compare.py ours.csv "$name"*.csv)"
done
rectrack report crosstab --rows regional_group --cols level --measure row-percent --as-of 2026-11-24 -o percent.xlsx -q
rectrack report crosstab --rows regional_group --cols level --measure row-percent --as-of 2026-11-24 -o ours.csv -q
rm -f percent*.csv
convert "$as_shown" percent.xlsx
check 'percentages have their decimals' '7 rows the same' "$(python3 compare.py ours.csv percent*.csv)"
check 'figures are figures: the suite’s sum is our total' "$(rectrack report progress --as-of 2026-11-24 --format csv | tail -n 1 | cut -d, -f 3)" \
    "$(timeout 120 "$RECTRACK_SOURCE/tests/integration/office.py" formula profile progress.xlsx '=SUM(C5:C20)')"
check 'texts are texts: none becomes a number, a formula or an error' 0 \
    "$(timeout 120 "$RECTRACK_SOURCE/tests/integration/office.py" formula profile progress.xlsx '=SUMPRODUCT(ISNUMBER(A1:B40)+ISFORMULA(A1:L40)+ISERROR(A1:L40))')"

# ---- paper: A4 across, as wide as one page
convert pdf matrix.xlsx
check 'the matrix is printed on A4' 1 "$(grep -a -c '/MediaBox *\[ *0 0 84[12]' matrix.pdf | awk '{print ($1 > 0)}')"
finish
